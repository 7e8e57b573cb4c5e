"""Files by the hash of their content, in folders that no address leads to.

What people upload is kept in `files` and goes into every backup; what the program makes and can make again is kept in
`made` and does not. A file is written beside its place and moved there whole, so that nobody ever reads half of one;
the same content twice is one file. Who may read a file is never decided here.
"""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast

from django.conf import settings

Area = Literal["files", "made"]
"""`files`: uploads, in every backup. `made`: what can be made again."""

CHUNK = 1 << 16  # bytes read at a time
_DIGEST = re.compile(r"[0-9a-f]{64}")


class TooLarge(ValueError):
    """More than the place allows; nothing was kept."""


class Full(OSError):
    """There is no room for the file: the disk is full, or what may be stored here is used up. Nothing was kept."""


class Missing(LookupError):
    """There is no file of this content, or not any more."""


@dataclass(frozen=True)
class Stored:
    """What a file is kept as: the SHA-256 of its content, and its size in bytes."""

    digest: str
    size: int


def place(area: Area, digest: str) -> Path:
    """Return where the content with a digest is kept. Raises Missing for what is no digest: it can't lead elsewhere."""
    if not _DIGEST.fullmatch(digest):
        raise Missing("There is no such file.")
    return Path(settings.VAR) / area / digest[:2] / digest


@contextmanager
def writing(area: Area) -> Iterator[BinaryIO]:
    """Open a file to write before its digest is known; `keep` it within, or nothing stays of it."""
    folder = Path(settings.VAR) / area
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".half-", delete=False) as half:
        try:
            yield cast("BinaryIO", half.file)
        finally:
            Path(half.name).unlink(missing_ok=True)


def keep(area: Area, half: BinaryIO) -> Stored:
    """Move what was written into `writing` to its place, and return what it is kept as."""
    half.flush()
    os.fsync(half.fileno())
    half.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := half.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    target = place(area, digest.hexdigest())
    target.parent.mkdir(exist_ok=True)
    Path(half.name).replace(target)
    return Stored(digest.hexdigest(), size)


def put(area: Area, chunks: Iterable[bytes], *, limit: int) -> Stored:
    """Keep content that comes in pieces. Raises TooLarge above `limit` bytes, and Full; nothing is kept then."""
    size = 0
    left = room(area)
    with no_room_in_words(), writing(area) as half:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLarge(f"The file is larger than {limit:,} bytes.")
            if left is not None and size > left:
                raise Full(errno.EDQUOT, NO_ROOM)
            half.write(chunk)
        return keep(area, half)


NO_ROOM = "There is no room for this file: the storage is full. Nothing was saved; tell whoever runs this installation."
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def no_room_in_words() -> Iterator[None]:
    """Raise Full where the system says that there is no room."""
    try:
        yield
    except Full:
        raise
    except OSError as exc:
        if exc.errno not in _NO_ROOM:
            raise
        raise Full(exc.errno, NO_ROOM) from exc


def room(area: Area) -> int | None:
    """Return how many bytes may still be uploaded; None where nothing limits it but the disk."""
    limit: int = settings.STORAGE_LIMIT
    if area != "files" or not limit:
        return None
    return max(0, limit - sum(path.stat().st_size for path in (Path(settings.VAR) / area).glob("??/*")))


def opened(area: Area, digest: str) -> BinaryIO:
    """Open a kept file to read. Raises Missing."""
    try:
        return place(area, digest).open("rb")
    except FileNotFoundError as exc:
        raise Missing("There is no such file.") from exc


def digest_of(content: bytes) -> str:
    """Return the digest under which content is kept."""
    return hashlib.sha256(content).hexdigest()


def is_kept(area: Area, digest: str) -> bool:
    """Say whether the content is there."""
    return bool(digest) and place(area, digest).is_file()


def remove(area: Area, digest: str) -> None:
    """Remove what can be made again, or what nobody refers to any more; what is gone already is no error."""
    place(area, digest).unlink(missing_ok=True)
