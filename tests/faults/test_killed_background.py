"""kill -9 of the background worker while it builds a file: another takes it up, and the file is whole."""

import datetime as dt
import os
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
from tests.assessments.reports import approved, ask


@pytest.fixture
def office(transactional_db: None) -> Office:
    made = make_office()
    approved(made)
    return made


def begun_and_killed(job: Job) -> None:
    """Start a worker as it runs in earnest, and kill it as soon as it works on the job."""
    environment = os.environ | {"DATABASE_URL": address_of_database(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    worker = subprocess.Popen([sys.executable, "-m", "django", "work"], cwd=ROOT, env=environment)
    try:
        end = time.monotonic() + 60
        while Job.objects.get(pk=job.pk).state != JobState.RUNNING:
            assert time.monotonic() < end, "the worker takes nothing"
            assert worker.poll() is None, "the worker ended by itself"
            time.sleep(0.005)
        worker.send_signal(signal.SIGKILL)
    finally:
        worker.kill()
        worker.wait()


def test_a_file_whose_worker_was_killed_is_built_by_another(office: Office) -> None:
    office.clock.now = timezone.now()
    job = ask(office, form="pdf")
    begun_and_killed(job)
    left = Job.objects.get(pk=job.pk)
    assert (left.state, left.attempt, left.file_digest) == (JobState.RUNNING, 1, "")

    jobs.work_on(job.public_id, clock=timezone.now)
    assert Job.objects.get(pk=job.pk).attempt == 1, "as far as anybody knows, its worker still lives"
    later = timezone.now() + STALE + dt.timedelta(seconds=1)
    assert jobs.sweep(later) == 1
    jobs.work_on(job.public_id, clock=lambda: later)
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.attempt) == (JobState.DONE, 2)
    with storage.opened("made", done.file_digest) as file:
        content = file.read()
    assert (storage.digest_of(content), len(content)) == (done.file_digest, done.file_size)
    assert content.startswith(b"%PDF-")
    assert set(GivenOut.objects.filter(job=job).values_list("file_digest", flat=True)) == {done.file_digest}
    assert list(events.verify_all()) == []
