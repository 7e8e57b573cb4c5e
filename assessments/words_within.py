"""How often words stand anywhere in a file, whatever part of it they are in. Run by the process apart."""

from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from assessments import zipped
from assessments.core.redacting import Words

LARGEST_PART = 64 * 1024 * 1024
"""Of one part, unpacked; larger ones are none of a file that was taken in."""
_PUT_IN, _TAKEN_OUT = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})
_BREAKS = frozenset({"tab", "br", "cr", "noBreakHyphen"})
_LINES = frozenset({"p", "comment", "footnote", "endnote", "tr"})


def times(data: bytes, words: Words) -> int:
    """Count in all parts of a file: in texts, in names of parts, in what tags carry."""
    if data[:2] != b"PK":
        return words.times(data.decode("utf-8", "replace")) if b"\0" not in data[:4096] else 0
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = [package.read(info) for info in package.infolist() if info.file_size <= LARGEST_PART]
            names = words.times("\n".join(package.namelist()))
    except zipped.BROKEN:
        return words.times(data.decode("utf-8", "replace"))
    return names + sum(_times_in_part(part, words) for part in parts)


def _times_in_part(part: bytes, words: Words) -> int:
    """Count in one part: as it reads with changes accepted, refused or side by side, and in what its tags carry."""
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return words.times(part.decode("utf-8", "replace"))
    readings = ("".join(_pieces(root, without)) for without in (frozenset[str](), _PUT_IN, _TAKEN_OUT))
    carried = "\n".join(str(value) for node in root.iter(etree.Element) for value in node.attrib.values())
    return max(words.times(reading) for reading in readings) + words.times(carried)


def _pieces(node: Any, without: Collection[str]) -> Iterator[str]:
    name = etree.QName(node).localname if isinstance(node.tag, str) else ""
    if name in without:
        return
    if name in _LINES:
        yield "\n"
    yield " " if name in _BREAKS else node.text or ""
    for child in node:
        yield from _pieces(child, without)
        yield child.tail or ""
