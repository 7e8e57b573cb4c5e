"""Documents as plain values and back: how what a file is made of gets into the process apart."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, get_type_hints

_KIND = "="
"""The key under which a record's kind stands among its plain values."""


def plain(value: Any) -> Any:
    """Return what JSON knows in place of what it doesn't. Raises TypeError for what is never sent."""
    if is_dataclass(value) and not isinstance(value, type):
        members = {field.name: getattr(value, field.name) for field in fields(value)}
        return {_KIND: type(value).__name__, **members}
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"A {type(value).__name__} is not sent to a process apart.")


def opened(values: dict[str, Any]) -> Any:
    """Return the record that plain values stand for; other values as they are."""
    if _KIND not in values:
        return values
    kind, choices = _records()[values.pop(_KIND)]
    return kind(**{name: choices.get(name, _fixed)(value) for name, value in values.items()})


def _fixed(value: Any) -> Any:
    return tuple(map(_fixed, value)) if isinstance(value, list) else value


@cache
def _records() -> Mapping[str, tuple[type[Any], Mapping[str, type[Enum]]]]:
    from assessments.core import document, redline, tracked  # here: PDFs need none of it

    kinds = (
        *(document.Title, document.Notice, document.Heading, document.Paragraph, document.NumberedList),
        *(document.Table, document.Note, document.Line, document.Citation, document.Item, document.Withheld),
        *(document.Document, tracked.Tracked, redline.Piece),
    )
    return {kind.__name__: (kind, _choices(kind)) for kind in kinds}


def _choices(kind: type[Any]) -> Mapping[str, type[Enum]]:
    """Return which fields of a record are one of a closed list."""
    hints = get_type_hints(kind)
    return {name: hint for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, Enum)}
