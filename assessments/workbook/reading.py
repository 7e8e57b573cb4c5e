"""A workbook from outside, read with suspicion: every error by its cell, and nothing guessed.

Formulas, macros, unknown sheets and columns are refused; what a formula would show is never taken for a value.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError

from assessments.apart import process
from assessments.content import adapter
from assessments.workbook.columns import ANSWERS, NUMBER, VERSION, Sheet
from assessments.workbook.writing import ABOUT, ANSWER_HEADING, CODEBOOK, FORMAT, LISTS, letter

LARGEST = 10_000_000  # bytes
MOST_ERRORS = 100


class Unreadable(ValueError):
    """The file is not taken; `errors` say why, each with its cell where there is one."""

    def __init__(self, errors: Sequence[str]) -> None:
        """Keep the first hundred, and say how many more there are."""
        self.errors = list(errors[:MOST_ERRORS])
        self.more = len(errors) - len(self.errors)
        super().__init__(" ".join(self.errors))


class Fault:
    """Stands for what a cell can't have; it was named already, and nothing more is said of that cell."""


FAULT: Final = Fault()
BAD_VERSION: Final = -1
"""Stands for a version that can't be read; it was named already."""


@dataclass
class Cells:
    """The cells of one row by the heading of their column: what stands in them, and where they are."""

    raw: dict[str, Any]
    where: dict[str, str]
    at: str = ""  # the cell with the number of the row


@dataclass
class ReadRow:
    """One record as it stands in the file; `entries` are the rows inside it, by sheet and by their places."""

    name: str  # its list
    ref: str
    version: int | None
    cells: Cells
    entries: dict[Sheet, dict[tuple[int, ...], Cells]] = field(default_factory=dict)


@dataclass
class ReadAnswer:
    """One answer as it stands in the file; `answer` is a level or a state, "" where the row says none."""

    code: str
    part: str
    answer: str
    confidence: str
    rationale: str
    reason: str
    evidence: tuple[str, ...]
    version: int | None
    where: dict[str, str]  # its cells by the heading of their column


@dataclass
class Read:
    """All that a workbook says, and what is wrong with how it says it."""

    assessment_id: str
    revision_id: str
    rows: list[ReadRow]
    answers: list[ReadAnswer]
    errors: list[str] = field(default_factory=list)
    unread: frozenset[str] = frozenset()  # lists whose sheet is gone or has other columns


def read(data: bytes, sheets: Sequence[Sheet]) -> Read:
    """Return what a workbook says, with everything that is wrong in `errors`, each thing at its cell.

    Raises Unreadable for a file that is no workbook of ours.

    Its cells are read in a process apart; the file is no longer trusted because of that.
    """
    if len(data) > LARGEST:
        raise Unreadable([f"The file is larger than {LARGEST // 1_000_000} MB."])
    try:
        found = adapter(dict[str, list[tuple[int, list[Any]]]]).validate_json(process.read("read-workbook", data))
    except (process.Refused, process.Unavailable) as exc:
        raise Unreadable([str(exc)]) from None
    except ValidationError:
        raise Unreadable([process.READING.failed]) from None
    return _Reader({title: [_row(*row) for row in rows] for title, rows in found.items()}, sheets).result()


Grid = list[tuple[int, tuple[Any, ...]]]
"""Rows that have anything in them, with their number."""


def _row(number: int, cells: Sequence[Any]) -> tuple[int, tuple[Any, ...]]:
    return number, tuple(_value(cell) for cell in cells)


def _value(cell: Any) -> Any:
    """Return what stands in a cell, of what the process apart says of it (`grids.py`)."""
    match cell:
        case {"day": str(day)}:
            return datetime.fromisoformat(day)
        case {"text": str(text)}:
            return text
        case str() | int() | float() | None:
            return cell
    return FAULT


class _Reader:
    """Reads the sheets one by one, and keeps every error with its cell."""

    def __init__(self, grids: Mapping[str, Grid], sheets: Sequence[Sheet]) -> None:
        self._grids, self._sheets = grids, sheets
        self.errors: list[str] = []
        self._unread: set[str] = set()

    def result(self) -> Read:
        about = {str(row[0]): row[1] for _, row in self._grids.get(ABOUT, [])[:4] if len(row) > 1}
        if about.get("Workbook") != FORMAT:
            raise Unreadable(["This is no workbook of Indicia: its sheet About does not say so. Take one away first."])
        known = [ABOUT, LISTS, CODEBOOK, ANSWERS, *(sheet.title for sheet in self._sheets)]
        for title in self._grids:
            if title not in known:
                near = get_close_matches(title, known, n=1)
                self.errors.append(f"{title}: there is no such sheet.{f' Did you mean {near[0]}?' if near else ''}")
        rows = [row for sheet in self._sheets if not sheet.path for row in self._records(sheet)]
        answers = list(self._answers())
        unread = frozenset(sheet.name for sheet in self._sheets if not sheet.path and sheet.title in self._unread)
        return Read(
            str(about.get("Assessment", "")), str(about.get("Revision", "")), rows, answers, self.errors, unread
        )

    # --- Records

    def _records(self, sheet: Sheet) -> Iterator[ReadRow]:
        inner = {child: self._entries(child) for child in self._sheets if child.path and child.name == sheet.name}
        seen: set[str] = set()
        for place, values in self._lines(sheet.title, sheet.heading):
            ref = self._ref(sheet.title, place, values.get(NUMBER))
            if not ref:
                continue
            if ref in seen:
                self.errors.append(f"{sheet.title}!A{place}: {ref} stands here twice.")
            seen.add(ref)
            entries = {child: found.pop(ref, {}) for child, found in inner.items()}
            for child, mine in entries.items():
                self._check_places(child, ref, mine, entries)
            version = self._version(sheet.title, place, values)
            yield ReadRow(sheet.name, ref, version, self._cells(sheet, place, values), entries)
        for found in inner.values():
            for ref, mine in found.items() if sheet.title not in self._unread else ():
                self.errors.extend(f"{cells.at}: {ref} is not on the sheet {sheet.title}." for cells in mine.values())

    def _check_places(
        self,
        child: Sheet,
        ref: str,
        mine: Mapping[tuple[int, ...], Cells],
        entries: Mapping[Sheet, Mapping[tuple[int, ...], Cells]],
    ) -> None:
        """See that entries inside entries belong to one that is there."""
        if len(child.path) == 1:
            return
        above, outer = next((other, found) for other, found in entries.items() if other.path == child.path[:-1])
        for key, cells in mine.items() if above.title not in self._unread else ():
            if key[:-1] not in outer:
                self.errors.append(f"{cells.at}: {ref} has no entry {key[-2]} that this could belong to.")

    def _entries(self, sheet: Sheet) -> dict[str, dict[tuple[int, ...], Cells]]:
        found: defaultdict[str, dict[tuple[int, ...], Cells]] = defaultdict(dict)
        depth = len(sheet.path)
        for place, values in self._lines(sheet.title, sheet.heading):
            ref = self._ref(sheet.title, place, values.get(NUMBER))
            key = tuple(
                self._whole(sheet.title, place, column, values.get(title))
                for column, title in enumerate(sheet.heading[1 : depth + 1], start=2)
            )
            if not ref or 0 in key:
                continue
            if key in found[ref]:
                self.errors.append(f"{sheet.title}!A{place}: this entry of {ref} stands here twice.")
            found[ref][key] = self._cells(sheet, place, values)
        return dict(found)

    def _cells(self, sheet: Sheet, place: int, values: Mapping[str, Any]) -> Cells:
        titles = [column.title for column in sheet.columns]
        return Cells(
            {title: values.get(title) for title in titles},
            {title: self._where(sheet.title, title, place) for title in titles},
            f"{sheet.title}!A{place}",
        )

    # --- Answers

    def _answers(self) -> Iterator[ReadAnswer]:
        for place, values in self._lines(ANSWERS, ANSWER_HEADING):
            if FAULT in (values.get("Question"), values.get("Part")):
                continue
            text = {title: self._words(values.get(title)) for title in ANSWER_HEADING}
            evidence = tuple(line.strip() for line in text["Evidence"].splitlines() if line.strip())
            yield ReadAnswer(
                text["Question"],
                text["Part"],
                text["Level or state"].casefold(),
                text["Confidence"].casefold(),
                text["Rationale"],
                text["Reason"],
                evidence,
                self._version(ANSWERS, place, values),
                {title: self._where(ANSWERS, title, place) for title in ANSWER_HEADING},
            )

    # --- Lines and cells

    def _lines(self, title: str, heading: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
        grid = self._grids.get(title)
        if not grid:
            self._unread.add(title)
            self.errors.append(f"{title}: the sheet is missing; a sheet may be without rows, but not gone.")
            return
        names = [self._words(value) for value in grid[0][1]]
        while names and not names[-1]:
            names.pop()
        for column, name in enumerate(names):
            if name not in heading:
                near = get_close_matches(name, heading, n=1)
                hint = f" Did you mean “{near[0]}”?" if near else ""
                self.errors.append(f"{title}!{letter(column + 1)}1: there is no column “{name}”.{hint}")
        for name in heading:
            if name not in names:
                self.errors.append(f"{title}: the column “{name}” is missing.")
        if set(names) != set(heading):
            self._unread.add(title)
            return
        for place, row in grid[1:]:
            values = dict(zip(names, row, strict=False))
            self.errors.extend(
                f"{self._where(title, name, place)}: this is a formula; put its value there."
                for name, value in values.items()
                if value is FAULT
            )
            yield place, values

    def _where(self, title: str, name: str, place: int) -> str:
        names = [self._words(value) for value in self._grids[title][0][1]]
        return f"{title}!{letter(names.index(name) + 1)}{place}"

    @staticmethod
    def _words(value: Any) -> str:
        if value is None or value is FAULT:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).replace("\r\n", "\n").strip()

    def _ref(self, title: str, place: int, value: Any) -> str:
        ref = self._words(value)
        if value is FAULT:
            return ""
        if not ref or len(ref) > 40:
            self.errors.append(f"{title}!A{place}: give the row a number, such as new1.")
            return ""
        return ref

    def _whole(self, title: str, place: int, column: int, value: Any) -> int:
        if isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer() and value > 0:
            return int(value)
        text = self._words(value)
        if text.isdigit() and 0 < int(text[:9]) < 10_000:
            return int(text)
        if value is FAULT:
            return 0
        self.errors.append(f"{title}!{letter(column)}{place}: give the entry's place, counted from 1.")
        return 0

    def _version(self, title: str, place: int, values: Mapping[str, Any]) -> int | None:
        text = self._words(values.get(VERSION))
        if values.get(VERSION) is FAULT:
            return BAD_VERSION
        if not text:
            return None
        if text.isdigit() and len(text) < 10:
            return int(text)
        self.errors.append(f"{self._where(title, VERSION, place)}: leave the version as it was.")
        return BAD_VERSION
