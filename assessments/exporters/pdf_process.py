"""The process that makes PDFs: what it is asked for and answers, and its work. `pdf.py` starts it and speaks to it.

Its standard input is a socket to who started it. It has no environment, no settings, no database and no file but a
folder of its own, and limits on time and memory. One question is answered at a time; whatever goes wrong in one is told
by its kind and place, never by its text. It ends when the other side does, and when nobody asked for a while.
"""

import json
import os
import select
import shutil
import signal
import socket
import struct
import sys
import traceback
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assessments.exporters.pdf_engine import Engine

SECONDS = 40
"""For one document, or one country of a report; two pages take a third of one."""
IDLE_SECONDS = 300
"""Without a question: then the memory is given back."""
MEGABYTES = 1_024
"""Of memory, as addresses; 70 are resident after a document."""
_LARGEST_FILE = 16 * 1024 * 1024  # the library puts faces into files
_HEAD = struct.Struct("!cQ")

DONE, MISSING, NO_MEMORY, FAILED = b"D", b"M", b"N", b"F"
"""Kinds of answers: here it is, or, empty, it is ready; no Pango on this machine; too little memory; it raised."""
ENDED_BY_CLOCK = -14
"""How a process ends whose time is over: by SIGALRM."""
_ASKED = b"Q"


class Gone(ConnectionError):
    """The other side has ended."""


def ask(line: socket.socket, **values: Any) -> None:
    """Send a question. Raises OSError where nobody takes it."""
    send(line, _ASKED, json.dumps(values).encode())


def send(line: socket.socket, kind: bytes, data: bytes = b"") -> None:
    """Send one piece, whole."""
    line.sendall(_HEAD.pack(kind, len(data)) + data)


def receive(line: socket.socket) -> tuple[bytes, bytes]:
    """Return the kind and content of the next piece. Raises Gone, and TimeoutError where the line has a limit."""
    kind, length = _HEAD.unpack(_exactly(line, _HEAD.size))
    return kind, _exactly(line, length)


def _exactly(line: socket.socket, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        piece = line.recv(min(length - len(found), 1 << 20))
        if not piece:
            raise Gone
        found += piece
    return bytes(found)


def main() -> None:
    """Answer until the other side ends, or nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started it
    with socket.socket(fileno=sys.stdin.fileno()) as line:
        try:
            _answer_all(line)
        except OSError:
            pass  # the other side has ended
        finally:
            shutil.rmtree(os.environ.get("TMPDIR", ""), ignore_errors=True)
    os._exit(0)  # the library's own farewell would look for the folder that is gone


def _limit(megabytes: int) -> None:
    import resource  # only where the process runs: not every system has it

    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer_all(line: socket.socket) -> None:
    signal.alarm(SECONDS)  # its default is to end the process, wherever it is stuck
    first = json.loads(receive(line)[1])
    _limit(first["megabytes"])
    try:
        from assessments.exporters.pdf_engine import Engine  # here, because it fails without Pango
    except OSError:
        send(line, MISSING)
        return
    room = Room(Engine(first["style"]))
    send(line, DONE)
    while True:
        signal.alarm(0)
        if not select.select([line], [], [], first["idle"])[0]:
            return
        signal.alarm(first["seconds"])
        asked = json.loads(receive(line)[1])
        send(line, *_answer(room, asked))


def _answer(room: "Room", asked: dict[str, Any]) -> tuple[bytes, bytes]:
    try:
        return DONE, room.answer(**asked)
    except MemoryError:
        return NO_MEMORY, b""
    except Exception as exc:  # noqa: BLE001  whatever it was, who asked is told, without the words of the document
        last = traceback.extract_tb(exc.__traceback__)[-1]
        return FAILED, f"{type(exc).__name__} at {last.filename.rpartition('/')[2]}:{last.lineno}".encode()


class Room:
    """What is known from one question to the next: the engine, and a report that is being written."""

    def __init__(self, engine: "Engine") -> None:
        """Begin with nothing."""
        from assessments.exporters.pdf_joined import Joined

        self.engine = engine
        self.out = BytesIO()
        self.report = Joined(engine, self.out)

    def answer(self, *, do: str, **values: Any) -> bytes:
        """Return a document as PDF (`write`), or what a report grew by: a part (`add`), its end (`end`)."""
        if do == "write":
            return self.engine.write(**values)
        if do == "add":
            self.report.add(**values)
        else:
            self.report.end()
        grown = self.out.getvalue()
        self.out.seek(0)
        self.out.truncate()
        return grown


if __name__ == "__main__":
    main()
