"""kill -9 of the background worker while it builds a file: another takes it up, and the file is whole."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.utils import timezone

from assessments import events, jobs, storage
from assessments.enums import JobState
from assessments.models import GivenOut, Job
from assessments.models.jobs import STALE
from benchmarks.served import ROOT, address_of_database
from tests.assessments.office import Office, make_office
from tests.assessments.reports import another, approved, ask

FORMS = (("pdf", b"%PDF-"), ("docx", b"PK"))


@pytest.fixture
def office(transactional_db: None) -> Office:
    made = make_office()
    approved(made)
    return made


def begun_and_killed(job: Job, delay: float) -> None:
    """Start a worker as it runs in earnest, and kill it so many seconds after it began to work on the job."""
    environment = os.environ | {"DATABASE_URL": address_of_database(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    worker = subprocess.Popen([sys.executable, "-m", "django", "work"], cwd=ROOT, env=environment)
    try:
        end = time.monotonic() + 60
        while Job.objects.get(pk=job.pk).state == JobState.QUEUED:
            assert time.monotonic() < end, "the worker takes nothing"
            assert worker.poll() is None, "the worker ended by itself"
            time.sleep(0.005)
        time.sleep(delay)
        worker.send_signal(signal.SIGKILL)
    finally:
        worker.kill()
        worker.wait()


def taken_up(job: Job) -> Job:
    """Let another worker find the job and end it; as long as its worker may live, nobody touches it."""
    jobs.work_on(job.public_id, clock=timezone.now)
    assert Job.objects.get(pk=job.pk).attempt == 1, "as far as anybody knows, its worker still lives"
    later = timezone.now() + STALE + dt.timedelta(seconds=1)
    assert jobs.sweep(later) == 1
    jobs.work_on(job.public_id, clock=lambda: later)
    return Job.objects.get(pk=job.pk)


def test_a_file_whose_worker_was_killed_is_built_by_another(office: Office, faults: int) -> None:
    chance, delays = random.Random(7), [0.0]
    delays += [chance.uniform(0, 0.5) for _ in range(faults // 4 - 1)]  # at whatever it is doing then
    seen = []
    for number, delay in enumerate(delays):
        office.clock.now = timezone.now()
        job = ask(office, form=FORMS[number % len(FORMS)][0])
        begun_and_killed(job, delay)
        left = Job.objects.get(pk=job.pk)
        if number == 0:
            assert left.state == JobState.RUNNING
        done = taken_up(job) if left.state == JobState.RUNNING else left
        assert (done.state, done.attempt) == (JobState.DONE, 2 if left.state == JobState.RUNNING else 1)
        with storage.opened("made", done.file_digest) as file:
            content = file.read()
        assert (storage.digest_of(content), len(content)) == (done.file_digest, done.file_size)
        assert content.startswith(FORMS[number % len(FORMS)][1])
        assert set(GivenOut.objects.filter(job=job).values_list("file_digest", flat=True)) == {done.file_digest}
        seen.append(left.state)
        approved(another(office, f"Country {number}"))  # so that the next one is not answered with this file
    assert JobState.RUNNING in seen
    assert list(events.verify_all()) == []
