"""The one order of a record's sheets, so that nothing derived or said can depend on the order they were typed in."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any, TypeVar

R = TypeVar("R")  # AssessmentRecord, which itself is built on this

SHEETS = (
    "sources",
    "evidence",
    "search_notes",
    "information_gaps",
    "statistics",
    "cases",
    "allegations",
    "elements",
    "measures",
    "commitments",
    "requests",
    "statements",
    "determinations",
)
"""The lists of a record whose entries have ids."""

KEYED: Mapping[str, Callable[[Any], Any]] = {
    "ratings": attrgetter("indicator", "part"),
    "endorsements": attrgetter("indicator", "part", "level", "endorsed_by"),
    "history": attrgetter("report_year"),
}
"""The lists whose entries are known by what they are about, and by what."""

_ORDERS: Mapping[str, Callable[[Any], Any]] = {**dict.fromkeys(SHEETS, attrgetter("id")), **KEYED}


def in_order(record: R) -> R:
    """Return the record with its sheets by id, ratings by indicator, history by year; the same record if it is so.

    Sentences written by people keep their order: it is the order they are read in.
    """
    changes: dict[str, Any] = {}
    for name, key in _ORDERS.items():
        rows = getattr(record, name)
        if len(rows) > 1 and (sorted_rows := tuple(sorted(rows, key=key))) != rows:
            changes[name] = sorted_rows
    whole: Any = record
    ordered: R = replace(whole, **changes) if changes else record
    return ordered
