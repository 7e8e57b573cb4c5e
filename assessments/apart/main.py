"""The process apart: it answers one question after the other, and knows nothing but what it is asked.

Its standard input is a socket to who started it. It has no environment, no settings, no database and no file but a
folder of its own, and limits on time and memory. Whatever goes wrong in one question is told by its kind and place,
never by its text. It ends when the other side does, and when nobody asked for a while.
"""

import os
import select
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from assessments.apart import line as wire
from assessments.apart import work
from assessments.apart.carried import opened

STARTING = 40
"""Seconds until it has been told its limits."""


def main() -> None:
    """Answer until the other side ends, or nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started it
    with socket.socket(fileno=sys.stdin.fileno()) as line:
        try:
            _answer_all(line)
        except wire.Gone:
            pass
        finally:
            shutil.rmtree(os.environ.get("TMPDIR", ""), ignore_errors=True)
    os._exit(0)  # the farewell of a library would look for the folder that is gone


def _limit(megabytes: int, largest_file: int) -> None:
    import resource  # only where the process runs: not every system has it

    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file << 20, largest_file << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer_all(line: socket.socket) -> None:
    signal.alarm(STARTING)  # its default is to end the process, wherever it is stuck
    limits, _ = wire.asked(line)
    _limit(limits["megabytes"], limits["largest_file"])
    wire.send(line, wire.DONE)
    while True:
        signal.alarm(0)
        if not select.select([line], [], [], limits["idle"])[0]:
            return
        signal.alarm(limits["seconds"])
        asked, files = wire.asked(line, opened)
        wire.send(line, *_answer(partial(_do, line, limits["seconds"], asked, files)))


def _answer(what: Callable[[], bytes]) -> tuple[bytes, bytes]:
    try:
        return wire.DONE, what()
    except wire.Gone:
        raise
    except wire.Refused as exc:
        return wire.REFUSED, str(exc).encode("utf-8", "replace")
    except MemoryError:
        return wire.NO_MEMORY, b""
    except Exception as exc:  # noqa: BLE001  whatever it was, who asked is told, without the words of the document
        last = traceback.extract_tb(exc.__traceback__)[-1]
        return wire.FAILED, f"{type(exc).__name__} at {last.filename.rpartition('/')[2]}:{last.lineno}".encode()


def _do(line: socket.socket, seconds: int, asked: Mapping[str, Any], files: list[bytes]) -> bytes:
    """Do what is asked: at once, or, for a file of many parts, part by part as they come."""
    name, values = asked["do"], asked["values"]
    if name in work.AT_ONCE:
        return work.AT_ONCE[name](*files, **values)
    out = _Out(line)
    work.IN_PARTS[name](_parts(line, out, seconds), out, *files, **values)
    return out.rest()


def _parts(line: socket.socket, out: "_Out", seconds: int) -> Iterator[Any]:
    """Yield the parts, each asked for when the one before is done, with a clock of its own."""
    while True:
        wire.send(line, wire.DONE, out.rest())
        signal.alarm(0)  # who asks may take its time for the next one: its end is noticed
        select.select([line], [], [])
        signal.alarm(seconds)
        part, _ = wire.asked(line, opened)
        if part is None:
            return
        yield part


class _Out:
    """What a file of many parts has grown by; sent on as it comes, so that no more than a piece is kept."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.held = bytearray()

    def write(self, data: bytes) -> int:
        self.held += data
        if len(self.held) > 1 << 20:
            wire.send(self.line, wire.PART, self.rest())
        return len(data)

    def rest(self) -> bytes:
        data = bytes(self.held)
        self.held.clear()
        return data


if __name__ == "__main__":
    main()
