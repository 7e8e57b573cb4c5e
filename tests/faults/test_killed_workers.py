"""kill -9 of a worker, again and again, while people save: whatever was acknowledged is there, whole.

In CI as often as fits into its time; by hand a hundred times: `pytest tests/faults --faults 100`.
"""

import json
import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from assessments import events
from assessments.models import Event, RatingRecord, StoredValue
from benchmarks.served import Server, Visitor, serving
from tests.assessments.office import Office, make_office, take_case
from tests.faults.saving import Saver

QUESTIONS = ("I01", "I02", "I03", "I04")


@pytest.fixture
def office(transactional_db: None) -> Office:
    return take_case(make_office(), "2017-moldova")


def savers(office: Office, server: Server) -> list[Saver]:
    base = f"/assessments/{office.assessment.public_id}/questions"
    return [Saver(Visitor.of(server.port, office.analyst), f"{base}/{code}/", code) for code in QUESTIONS]


def kill_a_worker(server: Server, chance: random.Random) -> None:
    """Kill one worker and wait until another took its place."""
    before = server.workers()
    victim = chance.choice(before)
    os.kill(victim, signal.SIGKILL)
    end = time.monotonic() + 20
    while victim in (now := server.workers()) or len(now) < len(before):
        assert time.monotonic() < end, f"no new worker came:\n{server.log.read_text()}"
        time.sleep(0.01)


def test_no_acknowledged_save_is_lost_and_none_is_half_written(office: Office, tmp_path: Path, faults: int) -> None:
    chance, enough = random.Random(7), threading.Event()
    with serving(tmp_path) as server:
        people = savers(office, server)
        threads = [threading.Thread(target=person.save_until, args=(enough,)) for person in people]
        for thread in threads:
            thread.start()
        for _ in range(faults):
            time.sleep(chance.uniform(0.02, 0.3))
            kill_a_worker(server, chance)
        settled = [len(person.acknowledged) for person in people]
        end = time.monotonic() + 20
        while any(len(person.acknowledged) <= count for person, count in zip(people, settled, strict=True)):
            assert time.monotonic() < end, "saving does not go on after the last kill"
            time.sleep(0.05)
        enough.set()
        for thread in threads:
            thread.join()

    assert [person.refused for person in people] == [[] for _ in people]
    values = StoredValue.objects.filter(field="rating.rationale").values_list("value", flat=True)
    stored = {text for value in values if (text := json.loads(value)).startswith("Reason ")}
    for person in people:
        assert set(person.acknowledged) <= stored
        row = RatingRecord.objects.effective().get(revision=office.revision, indicator__code=person.name)
        number = int(row.rationale.split()[1])
        assert number >= int(person.acknowledged[-1].split()[1])
        assert row.rationale in person.acknowledged + person.unknown
    assert Event.objects.filter(action="save_rating", by=office.analyst).count() == len(stored)
    assert list(events.verify_all()) == []
    call_command("rederive", check=True)
