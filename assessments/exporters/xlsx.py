"""The data release as a workbook: levels, findings, bibliography, codebook, and what the columns mean.

Texts stay texts: no cell is a formula or a link, whatever it begins with.
"""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from assessments.core.document import METHOD, Audience
from assessments.exporters.csv_zip import DEMONSTRATION, Country
from assessments.exporters.data import CODEBOOK, TABLES, Row, Table, codebook, rows
from assessments.exporters.document import frozen
from frameworks.spec.compiled import CompiledFramework

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_OPTIONS = {
    "constant_memory": True,  # a row is written when the next one begins, so that a whole report costs one row
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # a moment would make equal content unequal
_WIDTHS = {"country": 9, "level": 7, "meaning": 80, "question": 60, "name": 60, "title": 40, "url": 40, "snapshot": 20}
_WIDTH = 18


def export(values: Mapping[str, Any], framework: CompiledFramework, audience: Audience) -> bytes:
    """Return the release of one snapshot."""
    out = io.BytesIO()
    write([(frozen(values), framework)], audience, out)
    return out.getvalue()


def write(countries: Iterable[Country], audience: Audience, out: BinaryIO) -> None:
    """Write the release of these snapshots as a workbook; one country is in memory at a time."""
    import xlsxwriter  # here: most processes never write a workbook

    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties(
            {"title": "Official complicity: levels", "author": "", "comments": METHOD, "created": _MADE}
        )
        sheets = {table.name: _Sheet(book, table) for table in (*TABLES, CODEBOOK)}
        versions: dict[str, CompiledFramework] = {}
        is_demonstration = False
        for values, framework in countries:
            versions[framework.digest] = framework
            is_demonstration = is_demonstration or bool(values["assessment"]["demonstration"])
            for table in TABLES:
                sheets[table.name].add(rows(table, values, framework, audience))
        for framework in versions.values():
            sheets[CODEBOOK.name].add(codebook(framework))
        _columns(book, [METHOD, *([DEMONSTRATION] if is_demonstration else [])])


class _Sheet:
    """One table as a sheet; its rows are written as they come."""

    def __init__(self, book: "xlsxwriter.Workbook", table: Table) -> None:
        self.sheet = book.add_worksheet(table.name)
        self.next = 0
        for place, column in enumerate(table.columns):
            self.sheet.set_column(place, place, _WIDTHS.get(column.name, _WIDTH))
        self.sheet.freeze_panes(1, 0)
        self._row([column.name for column in table.columns], book.add_format({"bold": True}))

    def add(self, found: Iterable[Row]) -> None:
        for row in found:
            self._row(row)

    def _row(self, row: Iterable[str | int | None], form: "Format | None" = None) -> None:
        for place, value in enumerate(row):
            _put(self.sheet, self.next, place, value, form)
        self.next += 1


def _put(sheet: "Worksheet", row: int, place: int, value: str | int | None, form: "Format | None" = None) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, place, value, form)
    elif value is not None:
        sheet.write_number(row, place, value, form)


def _columns(book: "xlsxwriter.Workbook", notes: Iterable[str]) -> None:
    """Write the sheet that says what the columns mean, under what the whole workbook is."""
    sheet = book.add_worksheet("columns")
    for place, width in enumerate((16, 24, 90)):
        sheet.set_column(place, place, width)
    bold = book.add_format({"bold": True})
    number = 0
    for note in notes:
        _put(sheet, number, 0, note)
        number += 1
    for place, name in enumerate(("sheet", "column", "meaning")):
        _put(sheet, number, place, name, bold)
    for table in (*TABLES, CODEBOOK):
        for column in table.columns:
            number += 1
            for place, value in enumerate((table.name, column.name, column.meaning)):
                _put(sheet, number, place, value)
