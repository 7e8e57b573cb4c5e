"""One value in one cell, and back: the two directions are each other's reverse."""

from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from assessments.workbook.columns import NO, YES, Column

MOST = 32_767
"""Characters a spreadsheet keeps in a cell."""


class Unfit(ValueError):
    """The cell can't be read; the text says why."""


def to_cell(column: Column, value: Any) -> Any:
    """Return what a cell shows of a value as JSON would hold it: a text, a number, or None for an empty cell."""
    if column.side:
        value = None if value is None else value.get(column.side)
    if value is None or value in ("", []):
        return None
    if column.many:
        return "\n".join(_label(column, member) for member in value)
    if column.yes_no:
        return YES if value else NO
    if column.number:
        return value
    return _label(column, value)


def _label(column: Column, value: Any) -> str:
    return next((label for key, label in column.choices if key == value), str(value))


def from_cell(column: Column, raw: Any) -> Any:
    """Return the value of a cell as JSON would hold it; None for an empty one. Raises Unfit."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if column.number:
        return _number(raw)
    text = _text(raw)
    if column.yes_no:
        return _one(column, text) == YES
    if column.many:
        members = [line.strip() for line in text.splitlines() if line.strip()]
        return [_one(column, member) for member in members]
    return _one(column, text) if column.choices else text


def _text(raw: Any) -> str:
    if isinstance(raw, bool):
        return YES if raw else NO
    if isinstance(raw, datetime | date):  # a spreadsheet makes a moment of what looks like a day
        return raw.strftime("%Y-%m-%d")
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).replace("\r\n", "\n").replace("_x000D_", "")


def _number(raw: Any) -> float | int:
    if isinstance(raw, bool):
        raise Unfit("This takes a number.")
    if isinstance(raw, int | float):
        return int(raw) if float(raw).is_integer() else raw
    try:
        found = float(str(raw).replace(",", "").strip())
    except ValueError as exc:
        raise Unfit(f"“{_short(str(raw))}” is not a number.") from exc
    return int(found) if found.is_integer() else found


def _one(column: Column, text: str) -> str:
    """Return the value that a text names, by its value or its label, in any case."""
    if not column.choices:
        return text
    wanted = " ".join(text.split()).casefold()
    for value, label in column.choices:
        if wanted in (value.casefold(), label.casefold()):
            return value
    known = {label.casefold(): label for _, label in column.choices}
    near = get_close_matches(wanted, known, n=1, cutoff=0.6)
    hint = f" Did you mean “{known[near[0]]}”?" if near else ""
    raise Unfit(f"“{_short(text)}” is not one of those that can be chosen here.{hint}")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
