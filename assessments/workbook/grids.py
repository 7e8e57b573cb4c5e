"""The cells of a workbook from outside, as plain values. Run by the process apart: the file is read nowhere else."""

import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assessments import zipped
from assessments.apart.line import Refused

_LIMITS = zipped.Limits("workbook of one assessment", entries=500, unpacked=80_000_000, part=80_000_000)
MOST_ROWS, MOST_COLUMNS = 20_000, 200
_BROKEN = (*zipped.BROKEN, ParseError, TypeError, AttributeError, IndexError)


def grids(data: bytes) -> Mapping[str, list[tuple[int, list[Any]]]]:
    """Return by sheet the rows that have anything in them, each with its number. Raises Refused.

    Days and moments are `{"day": ...}`, times `{"text": ...}`, and a formula is `{"formula": true}`.
    """
    _check_package(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        found = {sheet.title: _grid(sheet) for sheet in book.worksheets}
        book.close()
    except (InvalidFileException, *_BROKEN) as exc:
        raise Refused("The file is damaged or no Excel workbook (.xlsx): it can't be opened.") from exc
    return found


def _check_package(data: bytes) -> None:
    """Refuse by parts and what they unpack to, before anything is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = zipped.entries(archive, _LIMITS)
    except zipped.Suspicious as exc:
        raise Refused(str(exc)) from exc
    except zipped.BROKEN as exc:
        raise Refused("This is no Excel workbook (.xlsx). Save it as “Excel workbook” and try again.") from exc
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise Refused("The file holds macros. Save it as a workbook without macros (.xlsx).")


def _grid(sheet: Any) -> list[tuple[int, list[Any]]]:
    found: list[tuple[int, list[Any]]] = []
    for cells in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        values = [_plain(cell) for cell in cells]
        if any(value is not None for value in values):
            found.append((cells[0].row if hasattr(cells[0], "row") else len(found) + 1, values))
    return found


def _plain(cell: Any) -> Any:
    if getattr(cell, "data_type", "") == "f":
        return {"formula": True}
    value = cell.value
    if isinstance(value, datetime | date):
        return {"day": datetime(*value.timetuple()[:6]).isoformat()}  # noqa: DTZ001  a cell has no zone
    if isinstance(value, time | timedelta):
        return {"text": str(value)}
    return value if value is None or isinstance(value, str | int | float) else str(value)
