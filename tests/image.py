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

T = TypeVar("T")


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

    before: frozenset[str]  # the tables that held rows already
    tables: tuple[Table, ...]
    made: bytes
    counters: tuple[int, ...]


def remembered(*factories: Any) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Let a function that fills empty tables do so once; these factories go on counting where it left them."""

    def decorated(build: Callable[[], T]) -> Callable[[], T]:
        images: dict[str, Image] = {}  # by database

        @wraps(build)
        def made() -> T:
            image = images.get(connection.vendor)
            before = _filled()
            if image is not None and image.before == before:
                for factory, counter in zip(factories, image.counters, strict=True):
                    factory.reset_sequence(counter)
                _lay(image.tables)
                return pickle.loads(image.made)  # our own bytes, of a moment ago
            if image is not None:
                return build()
            for factory in factories:
                factory.reset_sequence(0)
            counts = _counts(before)
            result = build()
            if _counts(before) == counts:
                images[connection.vendor] = Image(
                    before,
                    tuple(_table(name) for name in sorted(_filled() - before)),
                    pickle.dumps(result),
                    tuple(_counter(factory) for factory in factories),
                )
            return result

        return made

    return decorated


def _counter(factory: Any) -> int:
    number: int = factory._meta.next_sequence()
    factory.reset_sequence(number)
    return number


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


_KNOWN: dict[str, str] = {}


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
    counts = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")
            counts[name] = cursor.fetchone()[0]
    return counts


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


def _lay(tables: Iterable[Table]) -> None:
    """Insert the rows; references are checked at the end of the transaction, so that their order is free."""
    with transaction.atomic():
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
        cursor.execute(f"SELECT {', '.join(last)}")
