"""A zip from outside, looked at before anything in it is unpacked: one guard for Word files, workbooks and sources."""

import zipfile
import zlib
from dataclasses import dataclass

_ENTRY_IS_ENCRYPTED = 0x1
MEGABYTE = 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError)
"""What unpacking a damaged zip may raise; NotImplementedError says that it was packed in a way nobody here knows."""


class Suspicious(ValueError):
    """The zip is not unpacked; the text says why, in words for who uploaded it."""


@dataclass(frozen=True)
class Limits:
    """What a kind of file may hold at most. `name` is what it is called: "Word document"."""

    name: str
    entries: int
    unpacked: int  # bytes of all parts together
    part: int  # bytes of one part of XML


_MACROS = ("vbaproject.bin", "vbadata.xml")


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def entries(archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return the parts of a zip, folders left out.

    Raises Suspicious for too many or too large, for doubled, encrypted or misplaced ones, and for macros.
    """
    found = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(found) > limits.entries:
        most = f"no {limits.name} has more than {limits.entries:,}"
        raise Suspicious(f"The file holds {len(found):,} parts; {most}. It was not opened.")
    if len({entry.filename.lower() for entry in found}) < len(found):
        raise Suspicious("The file is damaged: two of its parts have one name.")
    if any(entry.flag_bits & _ENTRY_IS_ENCRYPTED for entry in found):
        raise Suspicious("The file is protected by a password. Save it without one.")
    if any(_leads_out(entry.filename) for entry in found):
        raise Suspicious("The file is damaged: one of its parts would lead out of it.")
    if any(entry.filename.lower().endswith(_MACROS) for entry in found):
        raise Suspicious("The file holds macros. Save it without them, as .docx or .xlsx.")
    unpacked = sum(entry.file_size for entry in found)
    large = any(entry.file_size > limits.part and entry.filename.endswith((".xml", ".rels")) for entry in found)
    if unpacked > limits.unpacked or large:
        size = f"{unpacked / MEGABYTE:,.0f} MB"
        raise Suspicious(f"The file unpacks to {size}, far more than a {limits.name} has. It was not opened.")
    return found
