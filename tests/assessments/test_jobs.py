"""Files built in the background: each once, whoever dies meanwhile; stopped where asked; reused if unchanged."""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from accounts.models import Role
from assessments import actions, jobs, policies, storage
from assessments.core.document import Audience
from assessments.enums import JobState, Part, Shape
from assessments.exporters import report
from assessments.exporters.registry import FORMATS
from assessments.models import GivenOut, Job
from assessments.models.jobs import STALE
from tests.assessments import factories
from tests.assessments.office import Office
from tests.assessments.reports import again, another, approved, ask, three, worked


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """Keep the files of these tests apart."""
    settings.VAR = tmp_path
    return tmp_path


def content_of(job: Job) -> bytes:
    with storage.opened("made", job.file_digest) as found:
        return found.read()


def test_a_report_is_built_of_what_is_ready_and_names_what_is_not(office: Office) -> None:
    first, second, third = three(office)
    job = worked(office, ask(office, audience=Audience.INTERNAL))
    assert (job.state, job.done, job.total, job.failure, job.doing) == ("done", 2, 2, "", "")
    told = content_of(job).decode()
    assert told.index("Examplia, report year 2024") < told.index("Freedonia, report year 2024")
    assert "Not ready, and not in this file: Ruritania 2024 (in progress)." in " ".join(told.split())
    assert job.missing == [{"name": "Ruritania", "report_year": 2024, "state": "in progress"}]
    assert job.file_size == len(content_of(job))
    given = GivenOut.objects.filter(job=job)
    assert {row.snapshot.revision.assessment_id for row in given} == {first.assessment.pk, second.assessment.pk}
    assert {row.file_digest for row in given} == {job.file_digest}
    assert third.assessment.pk not in {row.snapshot.revision.assessment_id for row in given}


def test_the_public_does_not_read_what_is_missing(office: Office) -> None:
    three(office)
    assert b"Ruritania" not in content_of(worked(office, ask(office)))


def test_nothing_ready_is_said_and_nothing_is_queued(office: Office) -> None:
    with pytest.raises(actions.Invalid, match="Nothing is ready yet"):
        ask(office)
    assert not Job.objects.exists()


def test_what_did_not_change_is_not_built_again_and_what_did_is(office: Office) -> None:
    approved(office)
    first = worked(office, ask(office))
    second = ask(office)
    assert (second.state, second.reused, second.file_digest) == ("done", True, first.file_digest)
    assert second.public_id != first.public_id
    assert ask(office, audience=Audience.INTERNAL).state == "queued"
    assert ask(office, form="md").state == "queued"
    approved(another(office, "Freedonia"))
    assert ask(office).state == "queued"


def test_a_file_that_is_gone_is_built_again(office: Office) -> None:
    approved(office)
    job = worked(office, ask(office))
    storage.remove("made", job.file_digest)
    assert ask(office).state == "queued"
    anew = actions.retry_job(job_id=job.public_id, by=office.exporter, at=office.clock())
    assert worked(office, anew).file_digest == job.file_digest


def test_asking_twice_makes_one_job(office: Office) -> None:
    approved(office)
    assert ask(office).pk == ask(office).pk


def test_nobody_has_more_than_three_built_at_once(office: Office) -> None:
    approved(office)
    for form in ("txt", "md", "html"):
        ask(office, form=form)
    with pytest.raises(actions.Invalid, match="Wait for one, or cancel it"):
        ask(office, form="docx")


def test_a_job_is_made_once_however_often_it_is_begun(office: Office) -> None:
    approved(office)
    job = worked(office, ask(office))
    jobs.work_on(job.public_id, clock=office.clock)
    assert again(job.public_id).attempt == 1
    assert GivenOut.objects.count() == 1


def _begun(office: Office, job: Job) -> jobs.Attempt:
    """Begin with a job as a worker that is about to die."""
    taken = jobs._take(job.public_id, office.clock())
    assert taken is not None
    return jobs.Attempt(taken, office.clock)


def test_what_a_killed_worker_left_is_taken_up_again_and_the_dead_write_nothing(office: Office) -> None:
    approved(office)
    job = ask(office)
    dead = _begun(office, job)
    assert jobs._take(job.public_id, office.clock.now) is None  # it lives as far as anybody knows
    office.clock.now += STALE
    assert jobs.sweep(office.clock()) == 1
    done = worked(office, job)
    assert (done.state, done.attempt) == ("done", 2)
    with pytest.raises(jobs.Stopped):
        dead.beat(1, "late")
    with pytest.raises(jobs.Stopped):
        dead.finish(storage.Stored("0" * 64, 1))
    dead.fail("late")
    assert again(job.public_id).file_digest == done.file_digest


def test_a_job_that_kills_its_workers_is_given_up_with_a_reason(office: Office) -> None:
    approved(office)
    job = ask(office)
    for _ in range(jobs.MOST_ATTEMPTS):
        _begun(office, job).beat(0, "Examplia")
        office.clock.now += STALE
        jobs.sweep(office.clock())
    failed = again(job.public_id)
    assert (failed.state, failed.failure) == (
        "failed",
        "The worker ended 3 times while it built this file. The last one ended at: Examplia.",
    )


def test_a_job_that_waits_is_cancelled_at_once_and_one_that_runs_at_the_next_country(office: Office) -> None:
    approved(office)
    waiting = actions.cancel_job(job_id=ask(office).public_id, by=office.exporter, at=office.clock())
    assert waiting.state == JobState.CANCELLED
    assert worked(office, waiting).state == "cancelled"
    job = ask(office)
    attempt = _begun(office, job)
    office.clock.now -= dt.timedelta(minutes=1)  # the clock of these tests goes on by a minute each time
    asked = actions.cancel_job(job_id=job.public_id, by=office.exporter, at=office.clock.now)
    assert asked.state == JobState.RUNNING
    with pytest.raises(jobs.Stopped):
        attempt.beat(1, "Freedonia")
    attempt.stop()
    assert again(job.public_id).state == "cancelled"
    assert (
        worked(office, actions.retry_job(job_id=job.public_id, by=office.exporter, at=office.clock())).state == "done"
    )


def test_a_failure_is_said_in_words_and_can_be_tried_again(office: Office) -> None:
    approved(office)
    job = ask(office)
    office.exporter.is_active = False
    office.exporter.save()
    failed = worked(office, job)
    assert failed.state == "failed"
    assert failed.failure.startswith("The whole report is built by exporters and coordinators")
    assert failed.file_digest == ""


def test_a_full_disk_is_said_and_leaves_nothing(office: Office, place: Path) -> None:
    approved(office)
    job = ask(office)
    (place / "made").write_text("a file stands where the folder is to be")
    assert worked(office, job).failure == jobs.FULL


def test_old_files_are_removed_and_those_still_needed_are_not(office: Office) -> None:
    approved(office)
    job = worked(office, ask(office))
    late = job.expires_at - dt.timedelta(days=1)
    second = ask(office, at=late)
    assert second.reused
    jobs.sweep(job.expires_at)
    assert storage.is_kept("made", job.file_digest)
    jobs.sweep(second.expires_at)
    assert not storage.is_kept("made", job.file_digest)


def test_only_who_asked_sees_it_and_only_as_long_as_every_text_in_it_is_open(office: Office) -> None:
    approved(office)
    job = worked(office, ask(office))
    for person in (office.coordinator, office.reader, office.analyst):
        assert not policies.visible_jobs(person).exists()
        assert not policies.can_fetch(job, person)
        with pytest.raises(actions.NotFound):
            actions.cancel_job(job_id=job.public_id, by=person, at=office.clock())
        with pytest.raises(actions.NotFound):
            actions.retry_job(job_id=job.public_id, by=person, at=office.clock())
    assert policies.can_fetch(job, office.exporter)
    office.exporter.grant([Role.REVIEWER], at=office.clock(), by=None)
    office.assign(office.exporter, Part.SECOND_CODER)
    assert not policies.can_fetch(again(job.public_id), office.exporter)


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.CLEARANCE])
@pytest.mark.parametrize("who", ["analyst", "reviewer", "reader", "editor", "account_admin"])
def test_only_exporters_and_coordinators_have_more_than_the_public_reads(
    office: Office, audience: Audience, who: str
) -> None:
    approved(office)
    office.release()
    with pytest.raises(policies.NotAllowed):
        ask(office, audience=audience, by=getattr(office, who))


def test_readers_have_what_is_released_and_nothing_else(office: Office) -> None:
    _, second, _ = three(office)
    with pytest.raises(actions.Invalid, match="Nothing is ready"):
        ask(office, by=office.reader)
    second.release()
    job = worked(office, ask(office, by=office.reader))
    assert [entry["name"] for entry in job.spec["entries"]] == ["Freedonia"]
    assert job.missing == []
    for person in (office.editor, office.account_admin, factories.user(name="Nina None")):
        with pytest.raises(policies.NotAllowed):
            ask(office, by=person)


def test_who_codes_a_country_blind_has_it_in_no_report(office: Office) -> None:
    three(office)
    office.exporter.grant([Role.REVIEWER], at=office.clock(), by=None)
    office.assign(office.exporter, Part.SECOND_CODER)
    job = ask(office, audience=Audience.INTERNAL)
    assert [entry["name"] for entry in job.spec["entries"]] == ["Freedonia"]
    assert "Examplia" not in str(job.spec)


def test_a_zip_has_a_file_for_each_country_and_says_which(office: Office) -> None:
    first, second, _ = three(office)
    job = worked(office, ask(office, shape=Shape.ZIP, form="md"))
    with zipfile.ZipFile(io.BytesIO(content_of(job))) as archive:
        *files, contents = archive.namelist()
        rows = archive.read(contents).decode().splitlines()
        assert contents == "contents.csv"
        assert [row.split(",")[0] for row in rows] == ["file", *files]
        for one, name in zip((first, second), files, strict=True):
            digest = one.revision.snapshots.get().open_digest
            assert name == f"2024-{one.country.iso3.lower()}-{digest[:12]}.md"
            assert archive.read(name).decode().startswith(f"# {one.country.name}, report year 2024")
            assert digest in rows[files.index(name) + 1]


def test_every_format_makes_one_file_or_a_zip_or_says_that_it_can_not(office: Office) -> None:
    three(office)
    for slug, one in FORMATS.items():
        for shape in Shape:
            if shape is Shape.ONE and one.join is None and one.release is None:
                with pytest.raises(report.Unfit, match="take the zip"):
                    report.check(slug, Audience.PUBLIC, shape)
                continue
            job = worked(office, ask(office, form=slug, shape=shape))
            assert (job.state, job.failure) == ("done", ""), (slug, shape)
            assert job.file_name.startswith("official-complicity-2024-")


@pytest.mark.django_db(transaction=True)
def test_a_worker_works_on_what_was_asked_and_ends(office: Office) -> None:
    approved(office)
    job = ask(office)
    call_command("work", "--once")
    done = again(job.public_id)
    assert (done.state, done.failure) == ("done", "")


def test_what_lost_its_place_in_the_queue_is_found(office: Office) -> None:
    approved(office)
    job = ask(office)  # its transaction never ends here, so that nothing was queued
    assert jobs.lost(office.clock.now) == []
    assert jobs.lost(office.clock.now + 2 * STALE) == [job.public_id]


def test_a_job_is_queued_only_when_its_row_is_there(office: Office, django_capture_on_commit_callbacks: Any) -> None:
    approved(office)
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        actions.ask_for_report.inner(
            report_years=[2024],
            form="txt",
            audience=Audience.PUBLIC,
            shape=Shape.ONE,
            by=office.exporter,
            at=office.clock(),
        )
        assert not DBTaskResult.objects.exists()
        transaction.set_rollback(True)
    assert callbacks == []
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(office)
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": [str(job.public_id)], "kwargs": {}}  # ids only
