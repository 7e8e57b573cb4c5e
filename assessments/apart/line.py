"""How a process apart and who started it speak: pieces of bytes over a socket, each with its kind and its length.

A question is a piece of JSON, and the files it is about as they are. Answers are pieces until one that ends them.
"""

import json
import socket
import struct
from collections.abc import Callable, Sequence
from typing import Any

DONE, PART, REFUSED, NO_MEMORY, FAILED = b"D", b"P", b"R", b"N", b"X"
"""Kinds of answers: the rest of it; more follows; not to be done, in words; too little memory; it raised, and where."""
_ASKED, _FILE = b"Q", b"F"
_HEAD = struct.Struct("!cQ")
_CHUNK = 1 << 20
LONGEST = 512 << 20
"""Bytes of one piece; more is no answer that anybody asked for."""


class Gone(ConnectionError):
    """The other side has ended, or says what makes no sense."""


class Refused(ValueError):
    """It can't be done; the text says why, in words for who asked."""


def ask(
    line: socket.socket, values: Any, files: Sequence[bytes] = (), default: Callable[[Any], Any] | None = None
) -> None:
    """Send a question; `default` makes plain what JSON does not know. Raises Gone, TimeoutError."""
    send(line, _ASKED, json.dumps({"values": values, "files": len(files)}, default=default).encode())
    for file in files:
        send(line, _FILE, file)


def asked(line: socket.socket, hook: Callable[[dict[str, Any]], Any] | None = None) -> tuple[Any, list[bytes]]:
    """Return the next question, its values and its files; `hook` makes of plain values what they were. Raises Gone."""
    question = json.loads(receive(line)[1], object_hook=hook)
    return question["values"], [receive(line)[1] for _ in range(question["files"])]


def send(line: socket.socket, kind: bytes, data: bytes = b"") -> None:
    """Send one piece, whole. Raises Gone, and TimeoutError where the line has a limit."""
    try:
        line.sendall(_HEAD.pack(kind, len(data)))
        line.sendall(data)
    except TimeoutError:
        raise
    except OSError as exc:
        raise Gone from exc


def receive(line: socket.socket) -> tuple[bytes, bytes]:
    """Return the kind and content of the next piece. Raises Gone, and TimeoutError where the line has a limit."""
    try:
        kind, length = _HEAD.unpack(_exactly(line, _HEAD.size))
        if length > LONGEST:
            raise Gone
        return kind, _exactly(line, length)
    except TimeoutError:
        raise
    except OSError as exc:
        raise Gone from exc


def _exactly(line: socket.socket, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        piece = line.recv(min(length - len(found), _CHUNK))
        if not piece:
            raise Gone
        found += piece
    return bytes(found)
