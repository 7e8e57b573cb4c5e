"""The workbook of one assessment: its record as rows, with lists to choose from and what every column means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from assessments.apart import process
from assessments.content import adapter
from assessments.core.types import Rating
from assessments.workbook.cells import to_cell
from assessments.workbook.columns import ANSWERS, VERSION, Column, Sheet
from frameworks.spec.compiled import CompiledFramework

FORMAT = "indicia-workbook 1"
ABOUT, LISTS, CODEBOOK = "About", "Lists", "Codebook"
FIRST = ("Workbook", "Assessment", "Revision", "Framework")
"""What the sheet About says in its first rows: the form, the assessment's and the revision's ids, the framework."""
ANSWER_HEADING = (
    "Question",
    "Part",
    "Title",
    "Level or state",
    "Confidence",
    "Rationale",
    "Reason",
    "Evidence",
    VERSION,
)
_ROOM = 400
"""Rows below the last one in which a list can still be chosen from."""


@dataclass(frozen=True)
class Taken:
    """One record as it is taken away, with its version; `withheld` are fields this person may not know.

    `closed` says why nothing but its `free` fields can be changed now, "" where all can.
    """

    ref: str
    record: Any
    version: int
    withheld: frozenset[str] = frozenset()
    closed: str = ""
    free: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Content:
    """What a workbook is made of. `answers` has an entry for each question and part, None where nobody answered."""

    assessment_id: str
    revision_id: str
    title: str
    framework: CompiledFramework
    sheets: Sequence[Sheet]
    records: Mapping[str, Sequence[Taken]]
    answers: Sequence[tuple[str, str, str, Rating | None, int | None]]  # code, part, title, answer, version


def write(content: Content) -> bytes:
    """Return the workbook, written in a process apart. Raises Unavailable where that fails.

    No text in it is ever run: cells are texts and numbers, whatever they begin with.
    """
    book = _Book(title=content.title)
    about = book.add(ABOUT)
    lists = _Lists(book.add(LISTS))
    _answers(book, content, lists)
    for sheet in content.sheets:
        rows = list(_rows(sheet, content.records.get(sheet.name, ())))
        _validate(_sheet(book, sheet.title, sheet.heading, rows), sheet, len(rows), lists)
    _codebook(book, content)
    _about(about, content)
    return process.make("workbook", properties={"title": book.title}, sheets=[asdict(sheet) for sheet in book.sheets])


@dataclass
class _SheetOut:
    """One sheet as the process apart is told of it; a look is a name it knows (`exporters/xlsx_book.py`)."""

    title: str
    widths: list[tuple[int, str | None]] = field(default_factory=list)
    cells: list[tuple[int, int, str | float, str | None]] = field(default_factory=list)  # row, column, value, look
    choices: list[dict[str, Any]] = field(default_factory=list)
    frozen: tuple[int, ...] = ()
    is_hidden: bool = False

    def put(self, row: int, column: int, value: str | float, look: str | None = None) -> None:
        """Put a value into a cell."""
        self.cells.append((row, column, value, look))

    def choose(self, column: int, rows: int, source: str, *, is_hint: bool) -> None:
        """Let the cells of a column, below its heading, choose from a list; a hint takes other values as well."""
        self.choices.append({"column": column, "first": 1, "last": rows, "source": source, "is_hint": is_hint})


@dataclass
class _Book:
    """The sheets in their order."""

    title: str
    sheets: list[_SheetOut] = field(default_factory=list)

    def add(self, title: str) -> _SheetOut:
        """Begin another sheet."""
        self.sheets.append(_SheetOut(title))
        return self.sheets[-1]


HOW = tuple(
    """
Change cells, add rows, and take the workbook back on the page Spreadsheet. It shows what would change before it does.
A new row has no version. Give it any number that is not there yet, such as new1, to name it in other cells and on the
sheets of its entries; it gets its own number when it is taken back.
A row that is missing changes nothing: withdraw an entry on its page, with a reason.
A cell with several members has a line for each (Alt+Enter). Days are 2024-05-14, 2024-05 or 2024.
The column Version says at which state a row was taken away. If somebody changed it meanwhile, you see both.
""".strip().splitlines()
)


class _Lists:
    """One hidden sheet with the lists that cells choose from, each in a column; equal lists stand once."""

    def __init__(self, sheet: _SheetOut) -> None:
        sheet.is_hidden = True
        self._sheet = sheet
        self._known: dict[tuple[str, ...], str] = {}

    def range_of(self, labels: tuple[str, ...]) -> str:
        """Return where a list stands, as a formula."""
        if labels not in self._known:
            column = len(self._known)
            for row, label in enumerate(labels):
                self._sheet.put(row, column, label)
            name = letter(column + 1)
            self._known[labels] = f"={LISTS}!${name}$1:${name}${len(labels)}"
        return self._known[labels]


def letter(column: int) -> str:
    """Return how a workbook calls a column, counted from 1: A to Z, AA."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _about(sheet: _SheetOut, content: Content) -> None:
    framework = content.framework
    values = (FORMAT, content.assessment_id, content.revision_id, f"{framework.code} {framework.version}")
    for row, (name, value) in enumerate(zip(FIRST, values, strict=True)):
        sheet.put(row, 0, name, "head")
        sheet.put(row, 1, value, "text")
    for row, text in enumerate((content.title, *HOW), start=len(FIRST) + 1):
        sheet.put(row, 0, text)
    sheet.widths = [(16, None), (60, None)]


def _answers(book: _Book, content: Content, lists: _Lists) -> None:
    rows = []
    for code, part, title, answer, version in content.answers:
        rows.append((code, part or None, title, *answer_cells(answer), version))
    sheet = _sheet(book, ANSWERS, ANSWER_HEADING, rows)
    states = tuple(dict.fromkeys(state for item in content.framework.indicators for state in item.states))
    for column, labels in ((3, (*map(str, range(6)), *states)), (4, ("low", "moderate", "high"))):
        sheet.choose(column, max(1, len(rows)), lists.range_of(labels), is_hint=False)


def answer_cells(answer: Rating | None) -> tuple[str | None, ...]:
    """Return level or state, confidence, rationale, reason and evidence as the cells of a row have them."""
    if answer is None:
        return (None,) * 5
    level = str(answer.level) if answer.level is not None else answer.state.value
    confidence = answer.confidence.value if answer.confidence else None
    return (level, confidence, answer.rationale or None, answer.reason or None, "\n".join(answer.evidence) or None)


def _rows(sheet: Sheet, records: Sequence[Taken]) -> Iterator[tuple[Any, ...]]:
    for taken in records:
        kind: Any = type(taken.record)
        values = adapter(kind).dump_python(taken.record, mode="json")
        if not sheet.path:
            yield (taken.ref, *_cells(sheet, values, taken.withheld), taken.version)
        else:
            for places, entry in entries(values, sheet.path):
                yield (taken.ref, *places, *_cells(sheet, entry, taken.withheld))


def entries(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[int, ...], Mapping[str, Any]]]:
    """Yield the entries at the end of a path with their places, counted from 1 on each step of it."""
    for place, entry in enumerate(values.get(path[0]) or (), start=1):
        if len(path) == 1:
            yield (place,), entry
        else:
            for inner, found in entries(entry, path[1:]):
                yield (place, *inner), found


def _cells(sheet: Sheet, values: Mapping[str, Any], withheld: frozenset[str]) -> Iterator[Any]:
    for column in sheet.columns:
        yield None if column.field in withheld else to_cell(column, values.get(column.field))


def _sheet(book: _Book, title: str, heading: Sequence[str], rows: Sequence[Sequence[Any]]) -> _SheetOut:
    sheet = book.add(title)
    for column, name in enumerate(heading):
        sheet.put(0, column, name, "head")
        sheet.widths.append((30 if name not in ("No.", "Entry", VERSION) else 9, "text"))
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.put(number, column, value, "quiet" if heading[column] == VERSION else None)
            elif value is not None:
                sheet.put(number, column, value, "text")
    sheet.frozen = (1, 1)
    return sheet


def _validate(made: _SheetOut, sheet: Sheet, rows: int, lists: _Lists) -> None:
    for column in sheet.columns:
        if column.choices and not column.many:
            labels = tuple(label for _, label in column.choices)
            # A hint, not a lock: a value is taken as well as its label, and a wrong one is named when it comes back.
            made.choose(sheet.heading.index(column.title), rows + _ROOM, lists.range_of(labels), is_hint=True)


def _codebook(book: _Book, content: Content) -> None:
    rows = [
        (sheet.title, column.title, column.help or None, _may(column))
        for sheet in content.sheets
        for column in sheet.columns
    ]
    _sheet(book, CODEBOOK, ("Sheet", "Column", "What it is", "What it may be"), rows)


def _may(column: Column) -> str:
    if column.choices:
        return "\n".join(f"{label} ({value})" if label != value else label for value, label in column.choices)[:30_000]
    return "a number" if column.number else "one a line" if column.many else "words"
