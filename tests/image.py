"""Rows that many tests begin with: made once in a process by the actions, and laid again as they were.

Making an office goes through a dozen actions and stores a whole framework. What they leave in the tables is read off
once; the next test that begins with empty tables gets the same rows by plain inserts, in its own transaction, and
Python objects of its own. Where a test wrote something before, it is made by the actions as ever.
"""

import io
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

T = TypeVar("T")

COUNTED: list[Any] = []
"""The factories that number what they make; they go on counting as if a step had been done by the actions."""


@dataclass(frozen=True)
class Table:
    """What one table holds, as its database gives it out and takes it in."""

    name: str
    columns: str
    content: Any
    sequence: str = ""  # the column whose numbers the database gives out; empty where there is none


@dataclass(frozen=True)
class Image:
    """All that was written into empty tables, and what was returned for it."""

    tables: tuple[Table, ...]
    made: bytes
    counters: tuple[int, ...]


def remembered(*factories: Any, anywhere: bool = False) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Let a function that fills empty tables do so once; these factories go on counting where it left them.

    What it makes may depend on the tables that hold rows already, so its image is laid beside the same ones alone;
    `anywhere` says that it looks at its own tables only, and then these must be empty.
    """

    def decorated(build: Callable[[], T]) -> Callable[[], T]:
        images: dict[str, tuple[frozenset[str], Image]] = {}  # by database; the tables that held rows already

        @wraps(build)
        def made() -> T:
            before = _filled()
            beside, image = images.get(connection.vendor, (before, None))
            if image is not None:
                own = {table.name for table in image.tables}
                if before & own if anywhere else before != beside:
                    return build()
                for factory, counter in zip(factories, image.counters, strict=True):
                    factory.reset_sequence(counter)
                _lay(image.tables)
                return pickle.loads(image.made)  # our own bytes, of a moment ago
            for factory in factories:
                factory.reset_sequence(0)
            counts = _counts(before)
            result = build()
            if _counts(before) == counts:
                images[connection.vendor] = (
                    before,
                    Image(
                        tuple(_table(name) for name in sorted(_filled() - before)),
                        pickle.dumps(result),
                        tuple(_counter(factory) for factory in factories),
                    ),
                )
            return result

        return made

    return decorated


def remembered_step(step: Callable[[Any], T]) -> Callable[[Any], T]:
    """Let what is done with an office fresh from its image, by actions alone, be done once.

    The tables that it changed are then laid as it left them, and the office knows what it knew. An office that somebody
    did something with before, or that was made anew, with other numbers of its rows, goes through the actions as ever.
    """
    steps: dict[str, tuple[object, Image]] = {}  # by database; what the step began with, and what it left

    @wraps(step)
    def done(office: Any) -> T:
        began = (office.clock.now, _counts(_tables()), _rows_of(office))
        known = steps.get(connection.vendor)
        if known is not None and known[0] == began:
            _lay(known[1].tables, emptied=True)
            for factory, taken in zip(COUNTED, known[1].counters, strict=True):
                factory.reset_sequence(_counter(factory) + taken)
            then, result = pickle.loads(known[1].made)  # our own bytes, of a moment ago
            vars(office).update(vars(then))
            return office if result is then else result
        if known is not None:
            return step(office)
        before = {name: _table(name) for name in _filled()}
        counters = [_counter(factory) for factory in COUNTED]
        result = step(office)
        after = {name: _table(name) for name in _filled()}
        if before.keys() <= after.keys():
            changed = tuple(table for name, table in sorted(after.items()) if table != before.get(name))
            taken = tuple(_counter(factory) - start for factory, start in zip(COUNTED, counters, strict=True))
            steps[connection.vendor] = began, Image(changed, pickle.dumps((office, result)), taken)
        return result

    return done


def _rows_of(office: Any) -> dict[str, object]:
    """Return which rows the office knows, by what it calls them."""
    known = {name: value for name, value in vars(office).items() if isinstance(value, Model)}
    return {name: (value.pk, getattr(value, "public_id", None)) for name, value in known.items()}


def _counter(factory: Any) -> int:
    number: int = factory._meta.next_sequence()
    factory.reset_sequence(number)
    return number


_NAMES: dict[str, list[str]] = {}
_KNOWN: dict[str, str] = {}


def _tables() -> list[str]:
    if connection.vendor not in _NAMES:
        with connection.cursor() as cursor:
            _NAMES[connection.vendor] = connection.introspection.table_names(cursor)
    return _NAMES[connection.vendor]


def _filled() -> frozenset[str]:
    """Return the tables that hold a row; one query."""
    if connection.vendor not in _KNOWN:
        quote = connection.ops.quote_name
        parts = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})" for name in _tables())
        _KNOWN[connection.vendor] = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN[connection.vendor])
        return frozenset(name for (name,) in cursor.fetchall())


def _counts(names: Iterable[str]) -> dict[str, int]:
    """Return how many rows each table holds; one query."""
    quote = connection.ops.quote_name
    parts = [f"SELECT '{name}', COUNT(*) FROM {quote(name)}" for name in names]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def _table(name: str) -> Table:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, name)
        columns = ", ".join(quote(column.name) for column in described)
        sequences = connection.introspection.get_sequences(cursor, name)
        sequence = sequences[0]["column"] if sequences else ""
        if connection.vendor == "postgresql":
            held = io.StringIO()
            cursor.cursor.copy_expert(f"COPY {quote(name)} ({columns}) TO STDOUT", held)
            return Table(name, columns, held.getvalue(), sequence)
    # The sign keeps Python's sqlite3 from converting by the column's declared type: a row comes and goes as it is.
    bare = ", ".join(f"+{quote(column.name)}" for column in described)
    return Table(name, columns, connection.connection.execute(f"SELECT {bare} FROM {quote(name)}").fetchall())


def _lay(tables: Iterable[Table], *, emptied: bool = False) -> None:
    """Insert the rows; references are checked at the end of the transaction, so that their order is free."""
    with transaction.atomic():
        if emptied:
            with connection.cursor() as cursor:
                for table in tables:
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")
        if connection.vendor == "postgresql":
            _copy(tables)
            return
        for table in tables:
            places = ", ".join("?" * len(table.content[0]))
            connection.connection.executemany(
                f"INSERT INTO {connection.ops.quote_name(table.name)} ({table.columns}) VALUES ({places})",
                table.content,
            )


def _copy(tables: Iterable[Table]) -> None:
    quote = connection.ops.quote_name
    last = [
        f"setval(pg_get_serial_sequence('{quote(table.name)}', '{table.sequence}'), "
        f"(SELECT max({quote(table.sequence)}) FROM {quote(table.name)}))"
        for table in tables
        if table.sequence
    ]
    with connection.cursor() as cursor:
        for table in tables:
            rows = io.StringIO(table.content)
            cursor.cursor.copy_expert(f"COPY {quote(table.name)} ({table.columns}) FROM STDIN", rows)
        if last:
            cursor.execute(f"SELECT {', '.join(last)}")
