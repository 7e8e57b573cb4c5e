"""What is wrong with a workbook: each thing once, at its cell, and nothing that only follows from another.

A cell that can't be read is left out of everything that is looked at later, so that one mistake makes one message.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assessments.actions.validation import problems_of
from assessments.core.interchange import Problem
from assessments.forms.records import in_words
from assessments.models import Revision
from assessments.workbook.columns import Sheet
from assessments.workbook.reading import ReadRow
from frameworks.spec.base import suggestion

Loc = tuple[str | int, ...]
"""Where a value stands in a record: ("proceedings", 1, "sanctions", 0, "minimum"); members are counted from 0."""
NAMES: Mapping[str, str] = {
    "evidence": "evidence",
    "source": "sources",
    "counted_in": "statistics",
    "case": "cases",
    "explains": "statistics",
}
"""Fields that name rows, and the list these stand in."""
_STEP = re.compile(r"(\w+)(?: (\d+))?")
_CELL = re.compile(r"(.+)!([A-Z]+)(\d+): ", re.DOTALL)


class RowFaults:
    """Collects what is wrong with one row and the entries inside it."""

    def __init__(self, row: ReadRow, sheet: Sheet, errors: list[str]) -> None:
        """Write into `errors`."""
        self._row, self._sheet, self._errors = row, sheet, errors
        self._named: set[Loc] = set()

    def cell(self, loc: Loc, where: str, message: str) -> None:
        """Name a cell that can't be read."""
        self._named.add(loc)
        self._errors.append(f"{where}: {message}")

    def leave(self, loc: Loc) -> None:
        """Say no more of a cell that was named while it was read."""
        self._named.add(loc)

    def has(self, loc: Loc) -> bool:
        """Say whether this value was named."""
        return loc in self._named

    @property
    def is_clean(self) -> bool:
        """Say whether nothing was named."""
        return not self._named

    def of_form(self, found: Iterable[Mapping[str, Any]]) -> None:
        """Name what a check of the record's form found."""
        for error in found:
            self._at(tuple(error["loc"]), in_words(error))

    def of_names(self, revision: Revision, name: str, record: Any) -> None:
        """Name the words of a record that its framework doesn't have."""
        for problem in problems_of(revision, name, record):
            self._at(_loc_of(problem), problem.sentence)

    def of_references(self, values: Mapping[str, Any], known: Mapping[str, frozenset[str]], loc: Loc = ()) -> None:
        """Name references to rows that neither the record nor the workbook has. `known` are ids by list."""
        for name, value in values.items():
            members = value if isinstance(value, list) else [value]
            for place, member in enumerate(members):
                here = (*loc, name, place) if isinstance(value, list) else (*loc, name)
                target = NAMES.get(name, "")
                if isinstance(member, dict):
                    self.of_references(member, known, here)
                elif target in known and member and member not in known[target]:
                    self._at(here, f"{target} has no entry “{member}”{suggestion(member, known[target])}.")

    def _at(self, loc: Loc, message: str) -> None:
        if any(loc[: len(other)] == other or other[: len(loc)] == loc for other in self._named):
            return
        where, field = self._cell(loc)
        inside = "" if field else " ".join(str(step + 1) if isinstance(step, int) else step for step in loc)
        text = f"{self._row.ref}{', ' + inside.replace('_', ' ') if inside else ''}: {message}"
        self._errors.append(f"{where}: {text}")
        self._named.add(loc)

    def _cell(self, loc: Loc) -> tuple[str, bool]:
        """Return the cell nearest to a place in the record, and whether it is the field's own."""
        cells, sheet = self._row.cells, self._sheet
        path: tuple[str, ...] = ()
        key: tuple[int, ...] = ()
        rest = list(loc)
        while len(rest) > 1 and isinstance(rest[1], int):
            path = (*path, str(rest[0]))
            inner = next((child for child in self._row.entries if child.path == path), None)
            if inner is None:
                break
            siblings = sorted(place for place in self._row.entries[inner] if place[:-1] == key)
            if rest[1] >= len(siblings):
                break
            key = siblings[rest[1]]
            cells, sheet, rest = self._row.entries[inner][key], inner, rest[2:]
        mine = [column for column in sheet.columns if rest and column.field == rest[0]]
        column = next((column for column in mine if column.side and column.side in rest), next(iter(mine), None))
        return (cells.where[column.title], True) if column else (cells.at, not rest)


def entry_loc(row: ReadRow, sheet: Sheet, key: Sequence[int]) -> Loc:
    """Return where an entry will stand in the record, by its places in the workbook."""
    loc: Loc = ()
    for depth, name in enumerate(sheet.path):
        inner = next(child for child in row.entries if child.path == sheet.path[: depth + 1])
        siblings = sorted(place for place in row.entries[inner] if place[:-1] == tuple(key[:depth]))
        loc = (*loc, name, siblings.index(tuple(key[: depth + 1])))
    return loc


def ids(rows: Iterable[ReadRow], stored: Iterable[tuple[str, str]], unread: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the ids of each list that is named elsewhere, stored or in the workbook; no list that can't be read."""
    found: dict[str, set[str]] = {}
    for name, ref in (*stored, *((row.name, row.ref) for row in rows)):
        found.setdefault(name, set()).add(ref)
    gone = set(unread)
    return {name: frozenset(found.get(name, ())) for name in set(NAMES.values()) - gone}


def in_order(errors: Iterable[str], titles: Sequence[str]) -> list[str]:
    """Return errors as somebody goes through the workbook: sheet by sheet, row by row, cell by cell; each once."""
    places = {title: place for place, title in enumerate(titles)}

    def place(error: str) -> tuple[int, int, int, str]:
        found = _CELL.match(error)
        title = found[1] if found else error.partition(":")[0]
        return (
            places.get(title, -1),
            int(found[3]) if found else 0,
            len(found[2]) if found else 0,
            found[2] if found else "",
        )

    return sorted(dict.fromkeys(errors), key=place)


def _loc_of(problem: Problem) -> Loc:
    """Return the place that a problem of a file names in words: "cases 1 (c1), proceedings 2, minimum"."""
    return tuple(_steps(problem.place.split(", ")[1:]))


def _steps(parts: Iterable[str]) -> Iterator[str | int]:
    for part in parts:
        found = _STEP.match(part)
        if found:
            yield found[1]
            if found[2]:
                yield int(found[2]) - 1
