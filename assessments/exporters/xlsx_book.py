"""A workbook from plain values: sheets with the looks, widths and lists they are given. Run by the process apart.

No text in it is ever run: a cell is a text or a number, whatever it begins with.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any

import xlsxwriter

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # a moment would make equal content unequal
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "bold": {"bold": True},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "quiet": {"font_color": "#6B6B6B", "valign": "top"},
}
"""What a cell or a column may look like, by name."""


def whole(*, properties: Mapping[str, str], sheets: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a workbook whose sheets are there (`workbook.sheets.SheetOut`)."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **_OPTIONS}) as book:
        pen = _Pen(book, properties)
        for sheet in sheets:
            pen.sheet(**sheet)
    return out.getvalue()


def grown(
    parts: Iterable[Mapping[str, Any]], out: IO[bytes], *, properties: Mapping[str, str], sheets: Sequence[Any]
) -> None:
    """Write a workbook whose sheets grow: each part names one and brings rows, and may say how they look."""
    # A row is written when the next one begins, so that a whole report costs one row.
    with xlsxwriter.Workbook(out, {"constant_memory": True, **_OPTIONS}) as book:
        pen = _Pen(book, properties)
        next_row = {sheet["title"]: 0 for sheet in sheets}
        for sheet in sheets:
            pen.sheet(**sheet)
        for part in parts:
            title = part["sheet"]
            for row in part["rows"]:
                for column, value in enumerate(row):
                    pen.cell(title, next_row[title], column, value, part.get("look"))
                next_row[title] += 1


class _Pen:
    """Writes into a workbook."""

    def __init__(self, book: Any, properties: Mapping[str, str]) -> None:
        book.set_properties({"author": "", "created": _MADE, **properties})
        self.book = book
        self.looks = {name: book.add_format(dict(look)) for name, look in _LOOKS.items()}
        self.sheets: dict[str, Any] = {}

    def sheet(
        self,
        *,
        title: str,
        widths: Sequence[Sequence[Any]] = (),
        cells: Sequence[Sequence[Any]] = (),
        choices: Sequence[Mapping[str, Any]] = (),
        frozen: Sequence[int] = (),
        is_hidden: bool = False,
    ) -> None:
        """Begin a sheet: `widths` of columns with their looks, `cells` with place and look, `choices` of cells."""
        made = self.sheets[title] = self.book.add_worksheet(title)
        for column, (width, look) in enumerate(widths):
            made.set_column(column, column, width, self.looks.get(look))
        for row, column, value, look in cells:
            self.cell(title, row, column, value, look)
        for one in choices:
            column = one["column"]
            # A hint, not a lock, where it says so: a wrong value is named when the workbook comes back.
            rule = {
                "validate": "list",
                "source": one["source"],
                **({"error_type": "warning"} if one["is_hint"] else {}),
            }
            made.data_validation(one["first"], column, one["last"], column, rule)
        if frozen:
            made.freeze_panes(*frozen)
        if is_hidden:
            made.very_hidden()

    def cell(self, title: str, row: int, column: int, value: str | float | None, look: str | None) -> None:
        """Write one cell; nothing for no value."""
        if isinstance(value, str):
            if value:
                self.sheets[title].write_string(row, column, value, self.looks.get(look or ""))
        elif value is not None:
            self.sheets[title].write_number(row, column, value, self.looks.get(look or ""))
