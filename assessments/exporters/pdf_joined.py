"""Many countries in one PDF, laid out country by country: what is in memory is one country, not the report.

The engine makes the objects of each country's pages; they are numbered on, written out and forgotten. What joins them
is kept small and written at the end: the tree of pages, the outline, where each country begins, and the structure for
screen readers, in which every country is a part with the tree of its own (PDF/UA-1: nothing of it is lost in joining).
Of each object eight bytes stay in memory, which say where it is. Every country brings the letters it uses of each face.
"""

import gc
import re
import zlib
from array import array
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from assessments.exporters.pdf_engine import Engine

_PAGES, _TREE, _WHOLE, _PARENTS, _OUTLINE, _CATALOG, _INFO = range(1, 8)
"""Numbers of the objects that join the countries; theirs follow."""
_PARTS = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>|(\d+) 0 R")
"""A text, which is left alone, or a reference to an object, which is numbered on."""
_PACKED = 1 << 63
"""Marks an object that is packed with others: then number of the pack, and place in it."""
_PLACE_BITS = 20
_COLLECTED = 4
"""After so many countries what the engine left behind is collected: its boxes hold each other and would wait long."""


def _ref(number: int) -> bytes:
    return b"%d 0 R" % number


class Out(Protocol):
    """What a report is written into."""

    def write(self, data: bytes) -> int:
        """Take the next bytes, and say how many."""


def join(engine: Engine, parts: Iterable[Mapping[str, Any]], out: Out) -> None:
    """Write a report: each part has its page of HTML and what `Joined.add` wants to know of it."""
    report = Joined(engine, out)
    for part in parts:
        report.add(**part)
    report.end()


class Joined:
    """A PDF that is written piece by piece."""

    def __init__(self, engine: Engine, out: Out) -> None:
        """Begin a file."""
        self.engine = engine
        self.out = out
        self.position = 0
        self.places = array("Q", [0] * (_INFO + 1))  # where each object begins, by its number
        self.pack: list[tuple[int, bytes]] = []  # objects that are not written yet, and go into one stream
        self.pieces = 0
        self.pages = 0
        self.keys = 0  # of the tree from marked content to structure
        self.kids: list[bytes] = []
        self.parts: list[bytes] = []
        self.leaves: list[bytes] = []
        self.begins: list[tuple[str, bytes]] = []  # where countries begin: name and destination
        self.outline: tuple[int, dict[str, Any]] | None = None  # the last entry, which waits for the next one
        self.outline_first = self.outline_count = 0
        self.catalog: dict[str, Any] = {}
        self.info: dict[str, Any] = {}
        self._line(b"%PDF-1.7")
        self._line(b"%\xe2\xe3\xcf\xd3")

    def add(self, source: str, place: str, *, is_first: bool = False) -> None:
        """Add the pages of a part; `place` is the anchor that the contents lead to, empty for none."""

        def take(_: Any, made: Any) -> None:
            _Piece(self, made, is_first=is_first).write(place)
            del made.objects[1:]  # the engine has nothing left to write

        self.engine.render(source, finisher=take, pages_before=self.pages)
        self.pieces += 1
        if self.pieces % _COLLECTED == 0:
            gc.collect()

    def end(self) -> None:
        """Write what joins the countries, and the table of objects."""
        if self.outline is not None:
            self._outline_entry(None)
        count = {"Type": "/Pages", "Count": self.pages, "Kids": b"[%s]" % b" ".join(self.kids)}
        self.put(_PAGES, _dictionary(count))
        tree = {"Type": "/StructTreeRoot", "ParentTree": _ref(_PARENTS), "K": b"[%s]" % _ref(_WHOLE)}
        self.put(_TREE, _dictionary(tree | {"ParentTreeNextKey": self.keys}))
        whole = {"Type": "/StructElem", "S": "/Document", "P": _ref(_TREE), "K": b"[%s]" % b" ".join(self.parts)}
        self.put(_WHOLE, _dictionary(whole))
        self.put(_PARENTS, _dictionary({"Kids": b"[%s]" % b" ".join(self.leaves)}))
        ends = {} if self.outline is None else {"First": _ref(self.outline_first), "Last": _ref(self.outline[0])}
        self.put(_OUTLINE, _dictionary({"Type": "/Outlines", "Count": self.outline_count, **ends}))
        names = b" ".join(_text(name) + b" " + place for name, place in sorted(self.begins))
        joined = {"Pages": _ref(_PAGES), "StructTreeRoot": _ref(_TREE), "Outlines": _ref(_OUTLINE)}
        self.put(_CATALOG, _dictionary(self.catalog | joined | {"Names": b"<</Dests <</Names [%s]>>>>" % names}))
        self.put(_INFO, _dictionary(self.info))
        self.send()
        self._table()

    def number(self) -> int:
        """Return the number of a new object."""
        self.places.append(0)
        return len(self.places) - 1

    def put(self, number: int, data: bytes, *, is_stream: bool = False) -> None:
        """Write an object; what is no stream goes into the next pack."""
        if is_stream:
            self.places[number] = self.position
            self._line(b"%d 0 obj\n%s\nendobj" % (number, data))
        else:
            self.pack.append((number, data))
            self.places[number] = _PACKED

    def send(self) -> None:
        """Write the pack."""
        if not self.pack:
            return
        number, heads, at = self.number(), [], 0
        for place, (one, data) in enumerate(self.pack):
            self.places[one] = _PACKED | number << _PLACE_BITS | place
            heads.append(b"%d %d" % (one, at))
            at += len(data) + 1
        head = b" ".join(heads) + b"\n"
        values = {"Type": "/ObjStm", "N": len(self.pack), "First": len(head)}
        self.put(number, _stream(values, head + b"\n".join(data for _, data in self.pack)), is_stream=True)
        self.pack.clear()

    def _outline_entry(self, after: int | None) -> None:
        """Write the entry that waited, now that the next one has its number; None: there is none."""
        assert self.outline is not None  # noqa: S101  the callers asked
        number, entry = self.outline
        self.put(number, _dictionary(entry if after is None else entry | {"Next": _ref(after)}))

    def entry(self, number: int, entry: dict[str, Any]) -> None:
        """Take an entry of the outline's first level; those of a country come in order."""
        if self.outline is None:
            self.outline_first = number
        else:
            self._outline_entry(number)
            entry = entry | {"Prev": _ref(self.outline[0])}
        self.outline_count += 1 + max(0, int(entry.get("Count", 0)))
        self.outline = (number, entry)

    def _line(self, data: bytes) -> None:
        self.position += self.out.write(data) + self.out.write(b"\n")

    def _table(self) -> None:
        """Write where every object is, itself the last one."""
        number, start = self.number(), self.position
        self.places[number] = start
        rows = bytearray(b"\0" * 7 + b"\xff")
        for place in self.places[1:]:
            if place & _PACKED:
                pack = (place ^ _PACKED) >> _PLACE_BITS
                rows += b"\2" + pack.to_bytes(5, "big") + (place & (1 << _PLACE_BITS) - 1).to_bytes(2, "big")
            else:
                rows += b"\1" + place.to_bytes(5, "big") + b"\0\0"
        values = {
            "Type": "/XRef",
            "Size": len(self.places),
            "W": "[1 5 2]",
            "Root": _ref(_CATALOG),
            "Info": _ref(_INFO),
        }
        self.put(number, _stream(values, bytes(rows)), is_stream=True)
        self._line(b"startxref\n%d\n%%%%EOF" % start)


class _Piece:
    """The objects of one country, as the engine made them, on their way into the file."""

    def __init__(self, report: Joined, made: Any, *, is_first: bool) -> None:
        """Look at what was made."""
        self.report, self.made, self.is_first = report, made, is_first
        self.objects: dict[int, Any] = {one.number: one for one in made.objects if one.free != "f"}
        self.tree = self._of(made.catalog["StructTreeRoot"])
        self.part, self.parents = self._of(self.tree["K"][0]), self._of(self.tree["ParentTree"])
        outlines = made.catalog.get("Outlines")
        self.outline = None if outlines is None else self._of(outlines)
        self.numbers: dict[bytes, bytes] = {
            b"%d" % made.catalog.number: b"%d" % _PAGES,  # what the pages of a country stand under, in the report
            b"%d" % self.tree.number: b"%d" % _WHOLE,  # and what its structure does
        }
        if self.outline is not None:
            self.numbers[b"%d" % self.outline.number] = b"%d" % _OUTLINE

    def _of(self, reference: bytes) -> Any:
        return self.objects[int(reference.split()[0])]

    def write(self, place: str) -> None:
        """Write the objects, and leave to the report what joins it with others."""
        self._join_structure()
        self._lead_straight(place)
        report, made = self.report, self.made
        left_out = {made.catalog.number, self.tree.number, *([self.outline.number] if self.outline else [])}
        if not self.is_first:
            left_out.add(int(made.catalog["Metadata"].split()[0]))
        entries = set(self._entries())
        waiting: list[tuple[int, Any]] = []
        for old in self.objects:
            if old not in left_out and b"%d" % old not in self.numbers:
                self.numbers[b"%d" % old] = b"%d" % report.number()
        for old, one in self.objects.items():
            if old in left_out:
                continue
            number = int(self.numbers[b"%d" % old])
            if old in entries:
                waiting.append((old, one))
            else:
                report.put(number, self.numbered_on(one), is_stream=hasattr(one, "stream"))
        for old, one in waiting:
            values = {name: self._value(value) for name, value in one.items() if name not in {"Prev", "Next"}}
            report.entry(int(self.numbers[b"%d" % old]), values)
        report.send()
        report.kids.append(self.numbered_on(made.pages.reference))
        report.pages += made.pages["Count"]
        if self.is_first:
            joined = {"Pages", "StructTreeRoot", "Outlines", "Names"}
            report.catalog = {key: self._value(value) for key, value in made.catalog.items() if key not in joined}
            report.info = dict(made.info)

    def _entries(self) -> Iterable[int]:
        """Yield the numbers of the outline's first level, in order."""
        if self.outline is not None:
            one = self._of(self.outline["First"])
            while True:
                yield one.number
                if "Next" not in one:
                    return
                one = self._of(one["Next"])

    def _join_structure(self) -> None:
        """Make this country's tree a part of the report's, with keys that no other country has."""
        report, base = self.report, self.report.keys
        self.part["S"] = "/Part"
        self.part["P"] = self.tree.reference
        self.made.pages["Parent"] = self.made.catalog.reference
        for one in self.objects.values():
            if isinstance(one, dict):
                for name in ("StructParents", "StructParent"):
                    if name in one:
                        one[name] += base
                if "ID" in one:
                    one["ID"].string = f"{base}-{one['ID'].string}"  # cells and their heads share it
        nums = self.parents["Nums"]
        for place in range(0, len(nums), 2):
            nums[place] += base
        report.keys += len(nums) // 2
        self.parents["Limits"] = b"[%d %d]" % (base, report.keys - 1)
        for one, kept in ((self.part, report.parts), (self.parents, report.leaves)):
            number = report.number()
            self.numbers[b"%d" % one.number] = b"%d" % number
            kept.append(_ref(number))

    def _lead_straight(self, place: str) -> None:
        """Let links within a country lead to their page, not to a name; keep the name that the contents lead to."""
        tree = self.made.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
        names = {tree[at].string: tree[at + 1] for at in range(0, len(tree), 2)}
        if not self.is_first:
            for one in self.objects.values():
                if isinstance(one, dict) and one.get("Subtype") == "/Link" and "Dest" in one:
                    one["Dest"] = names[one["Dest"].string]
        if place in names:
            page = names[place][0].split()[0]
            number = self.numbers[page] = b"%d" % self.report.number()
            rest = b" ".join(_value(value) for value in names[place][1:])
            self.report.begins.append((place, b"[%s 0 R %s]" % (number, rest)))

    def numbered_on(self, one: Any) -> bytes:
        """Return an object's bytes, with the numbers of the report in its references."""
        data = one if isinstance(one, bytes) else one.data
        if isinstance(one, bytes) or not hasattr(one, "stream"):
            return self._numbered(data)
        head, mark, rest = data.partition(b"\nstream\n")
        return self._numbered(head) + mark + rest

    def _numbered(self, data: bytes) -> bytes:
        def on(match: re.Match[bytes]) -> bytes:
            return match[0] if match[1] is None else self.numbers[match[1]] + b" 0 R"

        return _PARTS.sub(on, data)

    def _value(self, value: Any) -> bytes:
        return self._numbered(_value(value))


def _value(value: Any) -> bytes:
    """Return a value as the engine writes it."""
    if isinstance(value, bytes):
        return value
    data = getattr(value, "data", None)
    return data if isinstance(data, bytes) else str(value).encode("ascii")


def _dictionary(values: dict[str, Any]) -> bytes:
    return b"<<%s>>" % b"".join(b"/%s %s" % (name.encode("ascii"), _value(value)) for name, value in values.items())


def _stream(values: dict[str, Any], content: bytes) -> bytes:
    data = zlib.compress(content, 9)
    head = _dictionary(values | {"Filter": "/FlateDecode", "Length": len(data)})
    return b"%s\nstream\n%s\nendstream" % (head, data)


def _text(text: str) -> bytes:
    return b"(%s)" % re.sub(rb"([\\()])", rb"\\\1", text.encode("ascii"))
