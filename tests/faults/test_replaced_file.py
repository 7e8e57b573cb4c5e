"""The file of an SQLite database is replaced under the running app: the next request works on the one that is there."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from benchmarks.served import Visitor, serving
from tests.assessments.office import Office, make_office, take_case


@pytest.fixture
def office(transactional_db: None) -> Office:
    return take_case(make_office(), "2017-moldova")


def copied(to: Path) -> sqlite3.Connection:
    """Copy this test's database into a file."""
    copy = sqlite3.connect(to)
    with sqlite3.connect(connection.settings_dict["NAME"]) as given:
        given.backup(copy)
    return copy


def test_no_request_works_on_a_file_that_was_moved_away(office: Office, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        return  # a server keeps its files itself
    visitor = Visitor.of(0, office.analyst)  # its session is copied as well
    here, other = tmp_path / "here.sqlite3", tmp_path / "other.sqlite3"
    copied(here).close()
    with copied(other) as copy:
        copy.execute("UPDATE accounts_user SET name = 'Another Name'")
    copy.close()
    with serving(tmp_path, workers=1, environment={"DATABASE_URL": f"sqlite:///{here}"}) as server:
        visitor.port = server.port
        # More than there are threads, so that each has a connection that it keeps.
        before = [visitor.get("/").text for _ in range(8)]
        for name in ("", "-wal", "-shm"):
            path = Path(f"{here}{name}")
            path.rename(tmp_path / f"away{name}") if path.exists() else None
        other.rename(here)
        after = [visitor.get("/").text for _ in range(8)]
        visitor.close()
    assert all(office.analyst.name in text and "Another Name" not in text for text in before)
    assert all("Another Name" in text for text in after)
