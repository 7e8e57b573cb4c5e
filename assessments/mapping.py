"""Records into columns and columns into records: one mechanism for every sheet, driven by the fields of the records.

A count takes two columns, a tuple one of JSON, a choice its value; everything else is kept as it is. What a record
names but its row keeps elsewhere (ids, evidence, people) stands in `APART` and is handed over by the caller.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

from assessments.core import sheets, types
from assessments.core.values import Count, CountKind
from assessments.models import Evidence, FactRow

R = TypeVar("R")

APART: Mapping[type, frozenset[str]] = {
    sheets.Evidence: frozenset({"source"}),
    sheets.DataRequest: frozenset({"presumption_approved_by"}),
    types.Rating: frozenset({"indicator", "rated_by"}),
    types.Determination: frozenset({"proposed_by", "approved_by"}),
    types.Endorsement: frozenset({"indicator", "endorsed_by"}),
    types.HumanSentence: frozenset({"author"}),
}
"""Fields of a record that its row keeps elsewhere, beside `id` and `evidence`, which no row keeps as columns."""
_ALWAYS_APART = frozenset({"id", "evidence"})
_RENAMED: Mapping[tuple[type, str], str] = {
    (sheets.Statement, "objects"): "effect_objects",
    (sheets.PolicyElement, "objects"): "conduct_objects",
}


class Mapped(NamedTuple):
    """One field of a record, the columns that hold it, and the way there and back."""

    field: str
    columns: tuple[str, ...]
    dump: Callable[[Any], tuple[Any, ...]]
    load: Callable[..., Any]


@cache
def mapped(record: Hashable) -> tuple[Mapped, ...]:
    """Return how each field of a record type is kept in columns, in the order of the fields."""
    if not isinstance(record, type) or not is_dataclass(record):
        raise TypeError(f"{record} is not a record")
    hints = get_type_hints(record, include_extras=True)
    apart = _ALWAYS_APART | APART.get(record, frozenset())
    return tuple(
        _mapped(_RENAMED.get((record, field.name), field.name), field.name, hints[field.name])
        for field in fields(record)
        if field.name not in apart
    )


@cache
def column_names(record: Hashable) -> tuple[str, ...]:
    """Return the columns that hold a record type, for `values()`."""
    return tuple(column for part in mapped(record) for column in part.columns)


def to_columns(record: Any) -> dict[str, Any]:
    """Return the column values of a record, without what its row keeps elsewhere."""
    values: dict[str, Any] = {}
    kind: Any = type(record)
    for part in mapped(kind):
        values.update(zip(part.columns, part.dump(getattr(record, part.field)), strict=True))
    return values


def from_columns(record: type[R], values: Mapping[str, Any], **apart: Any) -> R:
    """Return the record that these column values hold; `apart` gives the fields that are kept elsewhere."""
    kind: Any = record
    read = {part.field: part.load(*(values[column] for column in part.columns)) for part in mapped(kind)}
    return record(**read, **apart)


def to_record(row: FactRow, evidence: tuple[str, ...] = (), **apart: Any) -> Any:
    """Return the record of a row. `evidence` are the ids it is linked to; reads an evidence row's source.

    A data request's approvers are given as `presumption_approved_by`; without it nobody approved.
    """
    record = type(row).record
    given: dict[str, Any] = {"evidence": evidence} if any(field.name == "evidence" for field in fields(record)) else {}
    if isinstance(row, Evidence):
        apart = {"source": row.use.ref} | apart
    values = {column: getattr(row, column) for column in column_names(record)}
    return from_columns(record, values, id=row.ref, **(given | apart))


def _mapped(column: str, field: str, hint: Any) -> Mapped:
    bare = _bare(hint)
    if bare is Count:
        return Mapped(field, (f"{column}_kind", f"{column}_value"), _dump_count, _load_count)
    if get_origin(bare) is tuple:
        adapter: TypeAdapter[Any] = TypeAdapter(hint)
        return Mapped(field, (column,), _dump_json(adapter), adapter.validate_python)
    if isinstance(bare, type) and issubclass(bare, Enum):
        return Mapped(field, (column,), _dump_choice, lambda value: None if value is None else bare(value))
    return Mapped(field, (column,), lambda value: (value,), lambda value: value)


def _bare(hint: Any) -> Any:
    """Strip `Annotated` and `| None` from a type."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _bare(get_args(hint)[0])
    if origin in {Union, UnionType}:
        (only,) = (part for part in get_args(hint) if part is not NoneType)
        return _bare(only)
    return hint


def _dump_count(count: Count | None) -> tuple[str | None, int | None]:
    return (None, None) if count is None else (count.kind.value, count.value)


def _load_count(kind: str | None, value: int | None) -> Count | None:
    return None if kind is None else Count(kind=CountKind(kind), value=value)


def _dump_choice(choice: Enum | None) -> tuple[str | None]:
    return (None if choice is None else choice.value,)


def _dump_json(adapter: TypeAdapter[Any]) -> Callable[[Any], tuple[Any]]:
    return lambda value: (adapter.dump_python(value, mode="json", exclude_defaults=True),)
