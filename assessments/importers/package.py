"""Word files from outside: opened with suspicion, and refused in words. Nothing in them is ever run or fetched.

A .docx is a zip of XML parts. What is looked at before any part is read: the size, the number of entries, what they
unpack to, their names. XML is read without entities, so that none can grow or lead to a file; a part that declares a
document type is refused.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from assessments import zipped
from assessments.apart.line import Refused

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 120 * MEGABYTE
LARGEST_PART = 40 * MEGABYTE
"""Of a part of XML; a report of two hundred countries has about 15 MB."""
MOST_ENTRIES = 2000

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))


class Unreadable(Refused):
    """The file is not taken; the text says why, in words for who uploaded it."""


@dataclass(frozen=True)
class Relation:
    """One relationship of a part: its kind (the last word of its type), where it leads, and whether that is outside."""

    id: str
    kind: str
    target: str
    is_external: bool


@dataclass(frozen=True)
class Package:
    """The parts of a Word file by name, without a slash in front."""

    parts: Mapping[str, bytes]

    @cached_property
    def types(self) -> Mapping[str, str]:
        """Return the content type of each part."""
        root = parsed(self.parts["[Content_Types].xml"], "[Content_Types].xml")
        by_ending = {str(node.get("Extension", "")).lower(): str(node.get("ContentType", "")) for node in root}
        by_name = {str(node.get("PartName", "")).lstrip("/"): str(node.get("ContentType", "")) for node in root}
        return {name: by_name.get(name) or by_ending.get(name.rpartition(".")[2].lower(), "") for name in self.parts}

    @cached_property
    def main(self) -> str:
        """Return the name of the part that holds the text. Raises Unreadable."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and not relation.is_external and relation.target in self.parts:
                return relation.target
        raise Unreadable("This is no Word document: no part of it holds a text.")

    def relations(self, part: str) -> list[Relation]:
        """Return the relationships of a part, "" for the package itself. Raises Unreadable."""
        folder, _, name = part.rpartition("/")
        data = self.parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
        if data is None:
            return []
        found = []
        for node in parsed(data, f"{part}.rels"):
            kind, target = str(node.get("Type", "")).rpartition("/")[2], str(node.get("Target", ""))
            is_external = str(node.get("TargetMode", "")).lower() == "external" or "://" in target
            if not is_external:
                target = normpath(join("/", dirname(part), unquote(target))).lstrip("/")
            found.append(Relation(str(node.get("Id", "")), kind, target, is_external))
        return found

    def related(self, kind: str) -> str | None:
        """Return the part of a kind that the text names; None where it has none."""
        return next(
            (one.target for one in self.relations(self.main) if one.kind == kind and one.target in self.parts), None
        )

    def xml(self, name: str) -> Any:
        """Return the root of a part. Raises Unreadable."""
        return parsed(self.parts[name], name)

    @property
    def external(self) -> list[tuple[str, Relation]]:
        """Return every relationship that leads out of the file, with the part it belongs to."""
        owners = [""] + [name for name in self.parts if not name.endswith(".rels")]
        return [(name, one) for name in owners for one in self.relations(name) if one.is_external]

    @property
    def macros(self) -> list[str]:
        """Return the parts that hold something to run: macros, controls, embedded programs."""
        wanted = ("macroenabled", "vbaproject", "activex", "oleobject", "vbadata")
        return [
            name
            for name, kind in self.types.items()
            if any(word in kind.lower() or word in name.lower() for word in wanted)
        ]


def opened(data: bytes, *, largest: int = LARGEST_FILE) -> Package:
    """Return the parts of a Word file. Raises Unreadable with the reason; nothing in the file is trusted."""
    check_size(data, largest)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable("The file is of an old form (.doc) or protected by a password. Save it as .docx without one.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _parts(archive)
    except Unreadable:
        raise
    except zipped.BROKEN as exc:
        raise Unreadable("The file is damaged or no Word document (.docx): it can't be opened.") from exc
    if "[Content_Types].xml" not in parts:
        raise Unreadable("This is no Word document (.docx).")
    package = Package(parts)
    kind = package.types.get(package.main, "")
    if "wordprocessingml" not in kind and "ms-word" not in kind:
        raise Unreadable("This is no Word document (.docx).")
    if _STRICT in parts[package.main][:4000]:
        raise Unreadable("The file is saved as “Strict Open XML”. Save it as an ordinary Word document (.docx).")
    return package


def check_size(data: bytes, largest: int) -> None:
    """Raise Unreadable for a file that is empty or too large."""
    if not data:
        raise Unreadable("The file is empty.")
    if len(data) > largest:
        raise Unreadable(f"The file has {len(data) / MEGABYTE:,.0f} MB; at most {largest // MEGABYTE} MB are accepted.")


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    try:
        found = zipped.entries(archive, zipped.Limits("Word document", MOST_ENTRIES, LARGEST_UNPACKED, LARGEST_PART))
    except zipped.Suspicious as exc:
        raise Unreadable(str(exc)) from exc
    return {entry.filename: archive.read(entry) for entry in found}


def parsed(data: bytes, name: str) -> Any:
    """Return the root of an XML part, read without entities, document type or network. Raises Unreadable."""
    if any(mark in data for mark in _DOCTYPES):
        raise Unreadable(f"The file is not taken: {name} declares a document type, which no Word document does.")
    from lxml import etree  # here: only the process apart reads such files

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise Unreadable(f"The file is damaged: {name} can't be read.") from exc
    if root is None or root.getroottree().docinfo.doctype:
        raise Unreadable(f"The file is not taken: {name} declares a document type, which no Word document does.")
    return root
