"""The tests run on the database they say they run on."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    asked = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == asked


@pytest.mark.django_db(transaction=True)
def test_sqlite_takes_the_write_lock_at_the_start_of_a_transaction() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        modes = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert modes == {"journal_mode": "wal", "synchronous": 2}  # FULL
    assert connection.transaction_mode == "IMMEDIATE"
