"""Queries that are asked on nearly every page, planned once for a process and asked with other values from then on.

Django turns a query into SQL anew each time it is asked, which for a join of six tables takes several times as long as
the database's answer. What differs between two people is a few values: the plan is made with stand-ins in their places,
and each asking puts its own there. Rows are made by Django from there on, as those of any query.
"""

import copy
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigIntegerField, CharField, Field, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Value = int | UUID | str

_STAND_INS: Mapping[type, Callable[[int], Value]] = {
    int: lambda number: 8_110_000_000_000_000_731 + number,
    UUID: lambda number: UUID(int=0x5EED_0000_0000_4000_8000_0000_0000_0731 + number),
    str: lambda number: f"\ue000stands in for {number}\ue001",
}
"""Values that no row has, by number."""
_FIELDS: Mapping[type, "Field[Any, Any]"] = {int: BigIntegerField(), UUID: UUIDField(), str: CharField()}


def _kind(value: Value) -> type:
    return next(kind for kind in _FIELDS if isinstance(value, kind))


def _field(value: Value) -> "Field[Any, Any]":
    return _FIELDS[_kind(value)]


class NotPlannable(TypeError):
    """A query whose values can't be put in later: the sentence says which, and why."""


@dataclass(frozen=True)
class _Made:
    """A query put together with stand-ins."""

    rows: "QuerySet[Any, Any]"
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    given: Mapping[str, Value]
    converters: dict[int, Any]  # of each column that has any; the same for every connection to one kind of database

    def places_of(self, value: Value) -> tuple[int, ...]:
        """Return where a stand-in stands among the parameters."""
        held = _field(value).get_db_prep_value(value, connections[self.rows.db])
        return tuple(place for place, param in enumerate(self.params) if param == held)


@dataclass(frozen=True)
class _Plan:
    """What one query came to: its SQL, and the places of each value among its parameters."""

    made: _Made
    places: Mapping[str, tuple[int, ...]]

    def ask(self, values: Mapping[str, Value]) -> list[Any]:
        """Return the rows for these values."""
        made = self.made
        connection = connections[made.rows.db]
        params = list(made.params)
        for name, value in values.items():
            held = _field(value).get_db_prep_value(value, connection)
            for place in self.places[name]:
                params[place] = held
        compiler = copy.copy(made.compiler)
        compiler.connection = connection  # a connection belongs to one thread, a plan to all
        compiler.as_sql = lambda *_, **__: (made.sql, tuple(params))  # type: ignore[method-assign]
        compiler.get_converters = lambda *_: made.converters  # type: ignore[method-assign]
        rows = made.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)


class Planned(Generic[Row]):
    """A query by its shape and its values: planned once for each shape, asked with any values.

    `make` gets the shape as it is and a stand-in for each value, which it may only compare with columns: what depends
    on a value in any other way belongs to the shape. Values are row numbers, public ids and words; never None.
    """

    def __init__(self, make: "Callable[..., QuerySet[Any, Row]]") -> None:
        """Plan nothing yet."""
        self._make = make
        self._plans: dict[tuple[Hashable, ...], _Plan | None] = {}
        self.__doc__ = make.__doc__

    def __call__(self, *shape: Hashable, **values: Value) -> list[Row]:
        """Return the rows; one query. Raises NotPlannable where more is done with a value than comparing it."""
        try:
            plan = self._plans[shape]
        except KeyError:
            plan = self._plans[shape] = self._planned(shape, values)
        return cast("list[Row]", plan.ask(values)) if plan is not None else []

    def _planned(self, shape: tuple[Hashable, ...], values: Mapping[str, Value]) -> _Plan | None:
        """Make the plan twice with other stand-ins: whatever differs then, and is no stand-in, hangs on a value."""
        one, other = self._made(shape, values, 0), self._made(shape, values, len(values))
        if one is None or other is None:
            return None
        places = {name: one.places_of(value) for name, value in one.given.items()}
        taken = {place for found in places.values() for place in found}
        same = [params for made in (one, other) if (params := [p for n, p in enumerate(made.params) if n not in taken])]
        if one.sql != other.sql or same[:1] != same[1:]:
            raise NotPlannable(f"{self._make.__name__} does more with a value than compare it with a column.")
        return _Plan(one, places)

    def _made(self, shape: tuple[Hashable, ...], values: Mapping[str, Value], first: int) -> _Made | None:
        given = {name: _STAND_INS[_kind(value)](first + number) for number, (name, value) in enumerate(values.items())}
        rows = self._make(*shape, **given)
        if rows._known_related_objects:  # type: ignore[attr-defined]
            raise NotPlannable("A query that starts from a row hands that row on; start from the model instead.")
        compiler = rows.query.get_compiler(rows.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        converters = compiler.get_converters([column for column, *_ in compiler.select or ()])
        return _Made(rows, compiler, sql, tuple(params), given, converters)
