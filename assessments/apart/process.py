"""What the program asks of its processes apart: `make` a file, `read` one from outside, `join` one of many parts.

Each process that serves pages starts one that makes files with the first that is asked for, and another that reads
with the first file that comes from outside; each is kept for the next, and ends when nobody asked for a while. What
comes from outside is never read where files are made. One that ended by itself is replaced unnoticed, and a file of
many parts has one to itself. See docs/adr/0011.
"""

import atexit
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

from assessments.apart import line as wire
from assessments.apart.carried import plain
from assessments.apart.line import Refused

__all__ = ["MAKING", "READING", "Ended", "Process", "Purpose", "Refused", "Unavailable", "join", "make", "read"]

logger = logging.getLogger(__name__)

ENDED_BY_CLOCK = -14
"""How a process ends whose time is over: by SIGALRM."""
PATIENCE = 5
"""Seconds to wait beyond those the process has itself."""
_ROOT = Path(__file__).resolve().parents[2]
_MODULE = "assessments.apart.main"


@dataclass(frozen=True)
class Purpose:
    """What a process is for: its limits, and the words when they are reached."""

    seconds: int  # for one question, or one part of a file of many
    megabytes: int  # of memory, as addresses
    largest_file: int  # MB, of those it may write into its folder
    idle: float  # seconds without a question, after which the memory is given back
    most: int  # questions; what a library leaves behind goes with the process
    slow: str
    no_memory: str
    ended: str
    failed: str


_TELL = "Another format may work. If it happens again, tell who looks after Indicia."
_SAVE = "Nothing was taken from it. Save it anew, or tell who looks after Indicia."
MAKING = Purpose(
    seconds=40,  # two pages of PDF take a third of one
    megabytes=1_024,
    largest_file=256,  # faces, and the parts of a report before they are packed
    idle=300,
    most=500,
    slow=f"The {{what}} was not ready in time and was given up. {_TELL}",
    no_memory=f"The {{what}} needs more memory than one may take, and was given up. {_TELL}",
    ended=f"The {{what}} could not be made: the process that makes it ended in the middle. {_TELL}",
    failed=f"The {{what}} could not be made: its engine failed. {_TELL}",
)
READING = Purpose(
    seconds=20,
    megabytes=768,
    largest_file=0,
    idle=60,
    most=100,
    slow=f"The file could not be read in time and was given up. {_SAVE}",
    no_memory=f"To read the file takes more memory than one may take; it was given up. {_SAVE}",
    ended=f"The file could not be read: the process that reads it ended in the middle. {_SAVE}",
    failed=f"The file could not be read: something in it is not as it must be. {_SAVE}",
)
_NAMES = {"pdf": "PDF", "word": "Word file", "workbook": "workbook"}


class Unavailable(RuntimeError):
    """It can't be done on this machine, or not this time; its text says why, in words for who asked."""


class Ended(Unavailable):
    """The process ended before it answered, not for want of time or memory."""


def make(do: str, *files: bytes, **values: Any) -> bytes:
    """Return a file, made in the process apart. Raises Unavailable; `do` and the rest are as in work.py."""
    try:
        return MAKER.ask(do, *files, **values)
    except Refused as exc:
        raise Unavailable(str(exc)) from None


def read(do: str, *files: bytes, **values: Any) -> bytes:
    """Return what stands in a file from outside. Raises Refused in words about it, and Unavailable."""
    return READER.ask(do, *files, **values)


def join(do: str, parts: Iterable[Any], out: BinaryIO, *files: bytes, **values: Any) -> None:
    """Write a file of many parts, which go to a process of its own one by one. Raises Unavailable.

    No more of the file than a piece is in memory here.
    """
    with Process(MAKING) as process:
        try:
            process.join(do, parts, out, *files, **values)
        except Refused as exc:
            raise Unavailable(str(exc)) from None


class Process:
    """A process apart, as who started it sees it."""

    def __init__(self, purpose: Purpose) -> None:
        """Start it. Raises Unavailable."""
        self.purpose = purpose
        self.owner = os.getpid()
        self.asked = 0
        self.folder = tempfile.mkdtemp(prefix="indicia-apart-")
        self.line, theirs = socket.socketpair()
        self.line.settimeout(purpose.seconds + PATIENCE)  # its own clock rings before
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own module, by our own interpreter
                [sys.executable, "-s", "-E", "-B", "-m", _MODULE],
                cwd=_ROOT,
                env={"TMPDIR": self.folder},
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        threading.Thread(target=self._bury, name="waits for a process apart", daemon=True).start()
        limits = {name: getattr(purpose, name) for name in ("seconds", "megabytes", "largest_file", "idle")}
        self._exchange("file", limits, ())

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.end()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def is_fit(self) -> bool:
        """Say whether it is ours, lives, and hasn't done enough."""
        return self.owner == os.getpid() and self.asked < self.purpose.most and self._process.poll() is None

    def ask(self, do: str, *files: bytes, **values: Any) -> bytes:
        """Return the answer to a question. Raises Refused and Unavailable; the process may have been ended by then."""
        self.asked += 1
        return self._exchange(do, {"do": do, "values": values}, files)

    def join(self, do: str, parts: Iterable[Any], out: BinaryIO, *files: bytes, **values: Any) -> None:
        """Write a file of many parts; nothing else can be asked meanwhile. Raises as `ask`."""
        self.asked += 1
        self._exchange(do, {"do": do, "values": values}, files, out.write)
        for part in parts:
            self._exchange(do, part, (), out.write)
        self._exchange(do, None, (), out.write)

    def _exchange(self, do: str, values: Any, files: Iterable[bytes], write: Callable[[bytes], Any] = len) -> bytes:
        """Send one question and return its answer; `write` gets it as well, and what comes before the last piece."""
        name = _NAMES.get(do.partition("-")[0], "file")
        try:
            wire.ask(self.line, values, tuple(files), plain)
            kind, data = wire.receive(self.line)
            while kind == wire.PART:
                write(data)
                kind, data = wire.receive(self.line)
        except TimeoutError:
            self.end()
            raise Unavailable(self.purpose.slow.format(what=name)) from None
        except wire.Gone:
            raise self._told_by_its_end(name) from None
        if kind == wire.REFUSED:
            raise Refused(data.decode("utf-8", "replace")[:20_000])
        if kind == wire.FAILED:
            logger.error("The process apart failed at %s: %s", do, data.decode("utf-8", "replace")[:200])
            raise Unavailable(self.purpose.failed.format(what=name))
        if kind != wire.DONE:
            self.end()
            raise Unavailable(self.purpose.no_memory.format(what=name))
        write(data)
        return data

    def end(self) -> int:
        """End it, whatever it is doing, and return with what it ended.

        In a process that was forked from the one that started it only our end of the line is closed.
        """
        self.line.close()
        if self.owner != os.getpid():
            return 0
        self._process.kill()
        return self._bury()

    def _bury(self) -> int:
        """Wait for its end, whatever brings it, and remove its folder."""
        code = self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code

    def _told_by_its_end(self, name: str) -> Unavailable:
        code = self.end()
        if code == ENDED_BY_CLOCK:
            return Unavailable(self.purpose.slow.format(what=name))
        logger.error("A process apart ended before it answered, with %d", code)
        return Ended(self.purpose.ended.format(what=name))


class Kept:
    """The process of one purpose that is kept from one question to the next: none or one, asked one thing at a time."""

    def __init__(self, purpose: Purpose) -> None:
        """Begin with none."""
        self.purpose = purpose
        self._lock = threading.Lock()
        self._kept: list[Process] = []

    def ask(self, do: str, *files: bytes, **values: Any) -> bytes:
        """Return the answer to a question. Raises Refused and Unavailable."""
        with self._lock:
            if self._kept and self._kept[0].is_fit:
                # Where somebody ended it, or this question does, that is seen when it is tried once more.
                with suppress(Ended):
                    return self._kept[0].ask(do, *files, **values)
            self.end()
            self._kept.append(Process(self.purpose))
            return self._kept[0].ask(do, *files, **values)

    @property
    def pids(self) -> list[int]:
        """The number in the system of the one that is kept, if any."""
        return [one.pid for one in self._kept]

    def end(self) -> None:
        """End the one that is kept; the next question starts another."""
        while self._kept:
            self._kept.pop().end()


MAKER, READER = Kept(MAKING), Kept(READING)


@atexit.register
def end_kept() -> None:
    """End the processes that are kept."""
    MAKER.end()
    READER.end()
