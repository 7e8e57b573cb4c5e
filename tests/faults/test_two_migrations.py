"""Two hosts that start together both migrate: one waits for the other, and both end well."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from benchmarks.served import ROOT, address_of_database

RUN = """
import sys
from django.conf import settings
from django.core.management import call_command
import django
from environs import Env

settings.configure(
    DATABASES={"default": dict(Env().dj_db_url("DATABASE_URL"))},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
)
django.setup()
from assessments.management.commands.migrate import Command
print("loaded", flush=True)
sys.stdin.readline()
call_command(Command(), verbosity=1)
"""


@pytest.fixture
def empty(tmp_path: Path, db: None) -> Iterator[str]:
    """The address of a database without a table."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    name = f"{connection.settings_dict['NAME']}_empty"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield f"{address_of_database().rpartition('/')[0]}/{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_second_waits_and_finds_nothing_to_do(empty: str) -> None:
    given = os.environ | {"DATABASE_URL": empty}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", RUN],
            cwd=ROOT,
            env=given,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "loaded\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert sorted("No migrations to apply." in out for out, _ in said) == [False, True]
