"""The data release as a workbook: levels, findings, bibliography, codebook, and what the columns mean.

Texts stay texts: no cell is a formula or a link, whatever it begins with. The rows are made here and written in a
process apart (`xlsx_book.py`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from assessments.apart import process
from assessments.core.document import METHOD, Audience
from assessments.exporters.csv_zip import DEMONSTRATION, Country
from assessments.exporters.data import CODEBOOK, TABLES, Table, codebook, rows
from assessments.exporters.document import frozen
from frameworks.spec.compiled import CompiledFramework

_WIDTHS = {"country": 9, "level": 7, "meaning": 80, "question": 60, "name": 60, "title": 40, "url": 40, "snapshot": 20}
_WIDTH = 18
_COLUMNS = "columns"
"""The sheet that says what the columns mean, under what the whole workbook is."""
_PROPERTIES = {"title": "Official complicity: levels", "comments": METHOD}


def export(values: Mapping[str, Any], framework: CompiledFramework, audience: Audience) -> bytes:
    """Return the release of one snapshot. Raises Unavailable where the process apart fails."""
    parts = list(_parts([(frozen(values), framework)], audience))
    return process.make("workbook-at-once", parts=parts, properties=_PROPERTIES, sheets=_sheets())


def write(countries: Iterable[Country], audience: Audience, out: BinaryIO) -> None:
    """Write the release of these snapshots as a workbook; one country is in memory at a time. Raises Unavailable."""
    process.join("workbook-report", _parts(countries, audience), out, properties=_PROPERTIES, sheets=_sheets())


def _sheets() -> list[dict[str, Any]]:
    tables = [
        {
            "title": table.name,
            "widths": [(_WIDTHS.get(column.name, _WIDTH), None) for column in table.columns],
            "frozen": (1, 0),
        }
        for table in (*TABLES, CODEBOOK)
    ]
    return [*tables, {"title": _COLUMNS, "widths": [(width, None) for width in (16, 24, 90)]}]


def _parts(countries: Iterable[Country], audience: Audience) -> Iterator[dict[str, Any]]:
    """Yield rows by their sheet, country by country."""
    for table in (*TABLES, CODEBOOK):
        yield _rows(table.name, [[column.name for column in table.columns]], look="bold")
    versions: dict[str, CompiledFramework] = {}
    is_demonstration = False
    for values, framework in countries:
        versions[framework.digest] = framework
        is_demonstration = is_demonstration or bool(values["assessment"]["demonstration"])
        for table in TABLES:
            yield _rows(table.name, rows(table, values, framework, audience))
    for framework in versions.values():
        yield _rows(CODEBOOK.name, codebook(framework))
    yield _rows(_COLUMNS, [[note] for note in (METHOD, *([DEMONSTRATION] if is_demonstration else []))])
    yield _rows(_COLUMNS, [["sheet", "column", "meaning"]], look="bold")
    yield _rows(_COLUMNS, (row for table in (*TABLES, CODEBOOK) for row in _meanings(table)))


def _rows(sheet: str, found: Iterable[Any], look: str | None = None) -> dict[str, Any]:
    return {"sheet": sheet, "rows": list(found), "look": look}


def _meanings(table: Table) -> Iterator[tuple[str, str, str]]:
    for column in table.columns:
        yield table.name, column.name, column.meaning
