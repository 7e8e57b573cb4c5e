"""Writers of an SQLite file wait in line for it, those of all workers in one line.

SQLite lets one write at a time and the others ask again and again, after pauses that grow to a tenth of a second: the
file lies idle while all of them pause, and one writer can be passed over for seconds. PostgreSQL needs no such line.
"""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

_first = threading.Lock()
"""Held by the one thread of this process that stands in the line; the others wait for it here."""


@contextmanager
def in_turn(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Hold the turn to write for as long as the block takes; at once where the database keeps a line itself.

    The line is a courtesy: what must not happen at once SQLite's own lock keeps apart. So who waits as long as that
    one lets people wait goes on without a turn, and is answered by it.
    """
    if connection.vendor != "sqlite":
        yield
        return
    has_turn = _first.acquire(timeout=connection.settings_dict["OPTIONS"].get("timeout", 5))
    try:
        with alone(connection, "writing") if has_turn else nullcontext():
            yield
    finally:
        if has_turn:
            _first.release()


@contextmanager
def alone(connection: BaseDatabaseWrapper, doing: str) -> Iterator[None]:
    """Lock a file beside an SQLite database, named for what is done alone; a process that dies gives it back."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not Path(name).parent.is_dir() or ":memory:" in name:
        yield  # nobody else can reach it
        return
    # Opened anew each time: a lock belongs to what was opened, and workers share what was opened before they were made.
    with Path(f"{name}.{doing}").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
