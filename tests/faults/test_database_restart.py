"""PostgreSQL is restarted while people save: a clear answer meanwhile, nothing half-written, and then work goes on."""

import json
import os
import subprocess
import threading
import time
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from benchmarks.served import Answer, Visitor, serving
from tests.assessments.office import Office, make_office, take_case
from tests.faults.saving import Saver
from tests.plugins.postgres_server import Postgres, new_server

pytestmark = pytest.mark.postgres


@pytest.fixture
def office(transactional_db: None) -> Office:
    return take_case(make_office(), "2017-moldova")


def copy_to(server: Postgres) -> None:
    """Copy this test's database, with all that stands in it, to another server."""
    given = connection.settings_dict
    dump = [
        "pg_dump",
        "-h",
        os.environ["DATABASE_URL"].split("@")[1].split("/")[0].replace("%2F", "/"),
        "-U",
        "indicia",
    ]
    text = subprocess.run([*dump, given["NAME"]], capture_output=True, check=True).stdout
    fill = ["psql", "-q", "-h", str(server.folder), "-U", "indicia", "-v", "ON_ERROR_STOP=1", "postgres"]
    subprocess.run(fill, input=text, stdout=subprocess.DEVNULL, check=True)


def asked(server: Postgres, question: str) -> list[str]:
    with (
        psycopg2.connect(host=str(server.folder), user="indicia", dbname="postgres") as other,
        other.cursor() as cursor,
    ):
        cursor.execute(question)
        return [row[0] for row in cursor.fetchall()]


def asked_once(port: int, session: str, address: str) -> Answer:
    visitor = Visitor(port, session)
    try:
        return visitor.get(address)
    finally:
        visitor.close()


def test_work_goes_on_after_a_restart(office: Office, tmp_path: Path, faults: int) -> None:
    visitor = Visitor.of(0, office.analyst)  # its session is copied as well
    database = new_server()
    copy_to(database)
    enough, seen = threading.Event(), []
    with serving(tmp_path, environment={"DATABASE_URL": f"{database.address}/postgres"}) as server:
        address = f"/assessments/{office.assessment.public_id}/questions/I01/"
        visitor.port = server.port
        saver = Saver(visitor, address, "I01")
        working = threading.Thread(target=saver.save_until, args=(enough,))
        working.start()
        for _ in range(max(1, faults // 8)):
            time.sleep(0.4)
            database.stop()
            seen.append(asked_once(server.port, saver.visitor.session, address))
            database.start()
            before = len(saver.acknowledged)
            end = time.monotonic() + 20
            while len(saver.acknowledged) == before:
                assert time.monotonic() < end, "no save is taken after the restart"
                time.sleep(0.05)
        enough.set()
        working.join()
        log = server.log.read_text()

    assert {answer.status for answer in seen} == {503}
    assert all("The database does not answer." in answer.text for answer in seen)
    assert all(answer.headers["Retry-After"] == "5" for answer in seen)
    assert set(saver.refused) <= {503}
    texts = asked(database, "SELECT value FROM assessments_storedvalue WHERE field = 'rating.rationale'")
    stored = {text for value in texts if (text := json.loads(value)).startswith("Reason ")}
    assert set(saver.acknowledged) <= stored
    saves = asked(database, "SELECT count(*) FROM assessments_event WHERE action = 'save_rating' AND by_id IS NOT NULL")
    assert saves == [len(stored)]
    assert "Reason " not in log, "the log holds nothing of what was typed"
