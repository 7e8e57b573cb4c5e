"""`manage.py migrate`, one at a time: hosts that start together wait for the one that came first.

Django plans before it writes, so of two that start at once the second would make tables that the first has just made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from config import turns

_LOCK = 0x696E6469  # any number that nothing else locks: "indi"


class Command(migrate.Command):
    """Django's own, behind a lock of the database it changes."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Wait for the lock, then plan and migrate."""
        connection = connections[options["database"]]
        with _alone(connection):
            super().handle(*args, **options)


@contextmanager
def _alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Hold the database's lock for as long as the block takes; a process that dies gives it back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        return
    with turns.alone(connection, "migrating"):
        yield
