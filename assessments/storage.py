"""Files by the hash of their content, in folders that no address leads to.

What people upload is kept in `files` and goes into every backup; what the program makes and can make again is kept in
`made` and does not. A file is written beside its place and moved there whole, so that nobody ever reads half of one;
the same content twice is one file. Who may read a file is never decided here.
"""

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
    """Keep content that comes in pieces. Raises TooLarge above `limit` bytes; nothing is kept then."""
    size = 0
    with writing(area) as half:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLarge(f"The file is larger than {limit:,} bytes.")
            half.write(chunk)
        return keep(area, half)


def opened(area: Area, digest: str) -> BinaryIO:
    """Open a kept file to read. Raises Missing."""
    try:
        return place(area, digest).open("rb")
    except FileNotFoundError as exc:
        raise Missing("There is no such file.") from exc


def is_kept(area: Area, digest: str) -> bool:
    """Say whether the content is there."""
    return bool(digest) and place(area, digest).is_file()


def remove(area: Area, digest: str) -> None:
    """Remove what can be made again, or what nobody refers to any more; what is gone already is no error."""
    place(area, digest).unlink(missing_ok=True)
