"""A kept connection to SQLite reads and writes the file it opened, also after another was put in that file's place."""

from pathlib import Path
from typing import Any

from django.core.signals import request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_FILE = "_opened_file"


def _file(connection: BaseDatabaseWrapper) -> tuple[int, int] | None:
    """Return what tells the database's file from every other; None where there is none: in memory, or moved away."""
    try:
        found = Path(connection.settings_dict["NAME"]).stat()
    except (OSError, TypeError):
        return None
    return found.st_dev, found.st_ino


def note_file(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Remember which file was opened."""
    if connection.vendor == "sqlite":
        connection.__dict__[_FILE] = _file(connection)


def leave_replaced_file(**_: Any) -> None:
    """Close a kept connection whose file was replaced, so that the request opens the one that is there now."""
    for connection in connections.all(initialized_only=True):
        if connection.vendor != "sqlite" or connection.connection is None or connection.in_atomic_block:
            continue
        if connection.__dict__.get(_FILE) != _file(connection):
            connection.close()


def watch() -> None:
    """Look at each new connection and before each request."""
    connection_created.connect(note_file, dispatch_uid="indicia.note_file")
    request_started.connect(leave_replaced_file, dispatch_uid="indicia.leave_replaced_file")
