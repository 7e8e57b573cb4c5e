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

_STAND_INS: Mapping[type, tuple[Value, ...]] = {
    int: tuple(8_110_000_000_000_000_731 + number for number in range(8)),
    UUID: tuple(UUID(int=0x5EED_0000_0000_4000_8000_0000_0000_0731 + number) for number in range(8)),
    str: tuple(f"\ue000stands in for {number}\ue001" for number in range(8)),
}
"""Values that no row has."""
_FIELDS: Mapping[type, "Field[Any, Any]"] = {int: BigIntegerField(), UUID: UUIDField(), str: CharField()}


class NotPlannable(TypeError):
    """A query whose values can't be put in later: the sentence says which, and why."""


@dataclass(frozen=True)
class _Plan:
    """What one query came to: its SQL, and the places of each value among its parameters."""

    rows: "QuerySet[Any, Any]"
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: Mapping[str, tuple[int, ...]]

    def ask(self, values: Mapping[str, Value]) -> list[Any]:
        """Return the rows for these values."""
        connection = connections[self.rows.db]
        params = list(self.params)
        for name, value in values.items():
            held = _FIELDS[type(value)].get_db_prep_value(value, connection)
            for place in self.places[name]:
                params[place] = held
        compiler = copy.copy(self.compiler)
        compiler.connection = connection  # a connection belongs to one thread, a plan to all
        compiler.as_sql = lambda *_, **__: (self.sql, tuple(params))  # type: ignore[method-assign]
        rows = self.rows.all()
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
        """Return the rows; one query. Raises NotPlannable where a value is used otherwise than in a comparison."""
        try:
            plan = self._plans[shape]
        except KeyError:
            plan = self._plans[shape] = self._planned(shape, values)
        return cast("list[Row]", plan.ask(values)) if plan is not None else []

    def _planned(self, shape: tuple[Hashable, ...], values: Mapping[str, Value]) -> _Plan | None:
        stand_ins = {name: _STAND_INS[type(value)][number] for number, (name, value) in enumerate(values.items())}
        rows = self._make(*shape, **stand_ins)
        if rows._known_related_objects:  # type: ignore[attr-defined]
            raise NotPlannable("A query that starts from a row hands that row on; start from the model instead.")
        connection = connections[rows.db]
        compiler = rows.query.get_compiler(rows.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        places = {}
        for name, value in stand_ins.items():
            held = _FIELDS[type(value)].get_db_prep_value(value, connection)
            places[name] = tuple(place for place, param in enumerate(params) if param == held)
            others = [param for place, param in enumerate(params) if place not in places[name]]
            if not places[name] or any(str(held) in str(part) for part in (sql, *others)):
                raise NotPlannable(f"The value {name!r} is not, or not only, compared with a column.")
        return _Plan(rows, compiler, sql, tuple(params), places)
