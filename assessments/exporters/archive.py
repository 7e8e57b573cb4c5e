"""Zip files: the same bytes for the same content, and no name that leads out of the folder it is unpacked in."""

import re
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

_SAFE = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_LONGEST = 120
_MADE = (1980, 1, 1, 0, 0, 0)  # a moment would make equal content unequal
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


class UnsafeName(ValueError):
    """A name that no file of an archive may have."""


def safe_name(name: str) -> str:
    """Return a name that is safe on every system. Raises UnsafeName: folders, dots at the ends, devices, repeats."""
    if len(name) > _LONGEST or not _SAFE.fullmatch(name) or _RESERVED.fullmatch(name):
        raise UnsafeName(f"{name!r} can't be the name of a file in an archive.")
    return name


class Archive:
    """A zip file that is written entry by entry; at most one entry is in memory."""

    def __init__(self, out: BinaryIO) -> None:
        """Write into an open file."""
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._names: set[str] = set()

    def add(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Add a file. Raises UnsafeName for a name that is not safe, or that was added before."""
        if safe_name(name) in self._names:
            raise UnsafeName(f"{name!r} stands twice in an archive.")
        self._names.add(name)
        info = zipfile.ZipInfo(name, _MADE)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w") as entry:
            for chunk in (data,) if isinstance(data, bytes) else data:
                entry.write(chunk)

    def close(self) -> None:
        """Write the list of entries; without it the file can't be read."""
        self._zip.close()
