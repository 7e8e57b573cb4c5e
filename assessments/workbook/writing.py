"""The workbook of one assessment: its record as rows, with lists to choose from and what every column means."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

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
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


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
    """Return the workbook. No text in it is ever run: cells are texts and numbers, whatever they begin with."""
    import xlsxwriter  # here: most processes never write a workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": content.title, "author": "", "created": _MADE})
        looks = _Looks(book)
        about = book.add_worksheet(ABOUT)
        lists = _Lists(book)
        _answers(book, content, looks, lists)
        for sheet in content.sheets:
            rows = list(_rows(sheet, content.records.get(sheet.name, ())))
            _sheet(book, sheet.title, sheet.heading, rows, looks)
            _validate(book, sheet, len(rows), lists)
        _codebook(book, content, looks)
        _about(about, content, looks)
        lists.close()
    return out.getvalue()


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


class _Looks:
    """The few looks of cells."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.quiet = book.add_format({"font_color": "#6B6B6B", "valign": "top"})


class _Lists:
    """One hidden sheet with the lists that cells choose from, each in a column; equal lists stand once."""

    def __init__(self, book: Any) -> None:
        self._sheet = book.add_worksheet(LISTS)
        self._known: dict[tuple[str, ...], str] = {}

    def range_of(self, labels: tuple[str, ...]) -> str:
        """Return where a list stands, as a formula."""
        from xlsxwriter.utility import xl_col_to_name

        if labels not in self._known:
            column = len(self._known)
            for row, label in enumerate(labels):
                self._sheet.write_string(row, column, label)
            name = xl_col_to_name(column)
            self._known[labels] = f"={LISTS}!${name}$1:${name}${len(labels)}"
        return self._known[labels]

    def close(self) -> None:
        """Hide the sheet."""
        self._sheet.very_hidden()


def _about(sheet: Any, content: Content, looks: _Looks) -> None:
    framework = content.framework
    values = (FORMAT, content.assessment_id, content.revision_id, f"{framework.code} {framework.version}")
    for row, (name, value) in enumerate(zip(FIRST, values, strict=True)):
        sheet.write_string(row, 0, name, looks.head)
        sheet.write_string(row, 1, value, looks.text)
    for row, text in enumerate((content.title, *HOW), start=len(FIRST) + 1):
        sheet.write_string(row, 0, text)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 60)


def _answers(book: Any, content: Content, looks: _Looks, lists: _Lists) -> None:
    rows = []
    for code, part, title, answer, version in content.answers:
        rows.append((code, part or None, title, *answer_cells(answer), version))
    _sheet(book, ANSWERS, ANSWER_HEADING, rows, looks)
    sheet = book.get_worksheet_by_name(ANSWERS)
    states = tuple(dict.fromkeys(state for item in content.framework.indicators for state in item.states))
    for column, labels in ((3, (*map(str, range(6)), *states)), (4, ("low", "moderate", "high"))):
        source = lists.range_of(labels)
        sheet.data_validation(1, column, max(1, len(rows)), column, {"validate": "list", "source": source})


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


def _sheet(book: Any, title: str, heading: Sequence[str], rows: Sequence[Sequence[Any]], looks: _Looks) -> None:
    sheet = book.add_worksheet(title)
    for column, name in enumerate(heading):
        sheet.write_string(0, column, name, looks.head)
        sheet.set_column(column, column, 30 if name not in ("No.", "Entry", VERSION) else 9, looks.text)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(number, column, value, looks.quiet if heading[column] == VERSION else None)
            elif value is not None:
                sheet.write_string(number, column, value, looks.text)
    sheet.freeze_panes(1, 1)


def _validate(book: Any, sheet: Sheet, rows: int, lists: _Lists) -> None:
    made = book.get_worksheet_by_name(sheet.title)
    for column in sheet.columns:
        if column.choices and not column.many:
            place = sheet.heading.index(column.title)
            labels = tuple(label for _, label in column.choices)
            # A hint, not a lock: a value is taken as well as its label, and a wrong one is named when it comes back.
            rule = {"validate": "list", "source": lists.range_of(labels), "error_type": "warning"}
            made.data_validation(1, place, rows + _ROOM, place, rule)


def _codebook(book: Any, content: Content, looks: _Looks) -> None:
    rows = [
        (sheet.title, column.title, column.help or None, _may(column))
        for sheet in content.sheets
        for column in sheet.columns
    ]
    _sheet(book, CODEBOOK, ("Sheet", "Column", "What it is", "What it may be"), rows, looks)


def _may(column: Column) -> str:
    if column.choices:
        return "\n".join(f"{label} ({value})" if label != value else label for value, label in column.choices)[:30_000]
    return "a number" if column.number else "one a line" if column.many else "words"
