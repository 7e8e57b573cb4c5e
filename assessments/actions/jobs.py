"""What people ask of the background: a file of many countries, to stop it, to try it again."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import User
from assessments import events, policies, reports, storage
from assessments.actions.door import Invalid, NotFound, action
from assessments.actions.setting import period_id
from assessments.core.document import Audience
from assessments.enums import JobKind, JobState, Shape, Subject
from assessments.models import GivenOut, HouseTemplate, Job, ReportingPeriod, Snapshot
from assessments.models.jobs import STALE

MOST_AT_ONCE = 3
"""So many jobs of one person may wait or run."""
TASK = "assessments.jobs.run"
"""The task that works on a job, by its path: it stands above the actions, and only the queue calls it."""


@action
def ask_for_report(
    *,
    report_years: Collection[int],
    form: str,
    audience: Audience,
    shape: Shape,
    by: User,
    at: datetime,
    template_id: UUID | None = None,
) -> Job:
    """Have a file built of all that is ready in these periods; `template_id` names a template of the office, or none.

    What the person asked for already and is not done is returned as it is; where nothing changed since a file was
    built, the new job is done at once with that file. Raises Invalid where nothing is ready.
    """
    policies.check_can_build(audience, by)
    _lock(report_years)
    template = None if template_id is None else _template(template_id, by)
    spec = reports.spec_of(
        report_years=report_years, form=form, audience=audience, shape=shape, user=by, template=template
    )
    if not spec["entries"]:
        raise Invalid({"": ["Nothing is ready yet: no text of this period is open to you."]})
    key = reports.key_of(spec)
    live = Job.objects.live().filter(by=by)
    same = live.filter(key=key).first()
    if same is not None:
        return same
    if live.count() >= MOST_AT_ONCE:
        raise Invalid({"": [f"{MOST_AT_ONCE} files of yours are being built. Wait for one, or cancel it."]})
    job = Job(
        kind=JobKind.REPORT.value, spec=spec, key=key, by=by, asked_at=at, heartbeat_at=at, total=len(spec["entries"])
    )
    before = _built(key, at)
    if before is None:
        job.save()
        send(job)
    else:
        _take_over(job, before, at)
    for year in spec["report_years"]:
        events.append(
            kind=Subject.PERIOD,
            subject_id=period_id(year),
            action="ask_for_report",
            by=by,
            at=at,
            target=f"{form}, {audience.value}",
        )
    return job


@action
def cancel_job(*, job_id: UUID, by: User, at: datetime) -> Job:
    """Stop a job: at once where nobody works on it, else at the next country. What is over stays as it is."""
    job = _own(job_id, by)
    if not job.is_live:
        return job
    if job.state == JobState.QUEUED or job.heartbeat_at < at - STALE:
        job.state, job.finished_at, job.doing = JobState.CANCELLED.value, at, ""
    job.cancel_asked = True
    job.save(update_fields=["state", "finished_at", "doing", "cancel_asked"])
    return job


@action
def retry_job(*, job_id: UUID, by: User, at: datetime) -> Job:
    """Build a file once more that failed, was cancelled or is not kept any more; of the same texts."""
    job = _own(job_id, by)
    policies.check_can_build(Audience(job.spec["audience"]), by)
    if job.is_live or (job.state == JobState.DONE and storage.is_kept("made", job.file_digest)):
        return job
    job.state, job.asked_at, job.heartbeat_at, job.cancel_asked = JobState.QUEUED.value, at, at, False
    job.done, job.doing, job.failure, job.finished_at, job.started_at = 0, "", "", None, None
    job.file_digest, job.file_size, job.attempt, job.reused = "", 0, 0, False
    job.save()
    send(job)
    return job


@action
def note_download(
    *,
    snapshot_id: UUID,
    form: str,
    audience: Audience,
    file_name: str,
    file_digest: str,
    by: User,
    at: datetime,
) -> GivenOut:
    """Keep on record that a text left as a file: which, in what format, for whom, and the file's hash."""
    snapshot = Snapshot.objects.select_related("revision__assessment").get(public_id=snapshot_id)
    policies.check_can_export_for(snapshot, audience, by)
    return GivenOut.objects.create(
        snapshot=snapshot,
        format=form,
        audience=audience.value,
        file_name=file_name,
        file_digest=file_digest,
        by=by,
        at=at,
    )


def note_report(job: Job, at: datetime) -> None:
    """Keep on record which texts left in the file of a job."""
    ids = dict(
        Snapshot.objects.filter(public_id__in=[entry["snapshot"] for entry in job.spec["entries"]]).values_list(
            "public_id", "pk"
        )
    )
    GivenOut.objects.bulk_create(
        GivenOut(
            snapshot_id=ids[UUID(entry["snapshot"])],
            job=job,
            format=job.spec["format"],
            audience=job.spec["audience"],
            file_name=job.file_name,
            file_digest=job.file_digest,
            by_id=job.by_id,
            at=at,
        )
        for entry in job.spec["entries"]
    )


def send(job: Job) -> None:
    """Queue a job once its row is there for the worker to find."""
    transaction.on_commit(partial(_enqueue, str(job.public_id)))


def _enqueue(job_id: str) -> None:
    import_string(TASK).enqueue(job_id)


def _lock(report_years: Collection[int]) -> None:
    rows = ReportingPeriod.objects.select_for_update().filter(report_year__in=report_years).order_by("report_year")
    if missing := sorted(set(report_years) - {row.report_year for row in rows}):
        raise NotFound(f"The report year {missing[0]} is not open.")


def _template(template_id: UUID, by: User) -> HouseTemplate:
    policies.check_can_use_templates(by)
    row = HouseTemplate.objects.offered().filter(public_id=template_id).first()
    if row is None:
        raise Invalid({"template": ["There is no such template, or it is not offered any more."]})
    return row


def _own(job_id: UUID, by: User) -> Job:
    job = policies.visible_jobs(by).select_for_update(of=("self",)).filter(public_id=job_id).first()
    if job is None:
        raise NotFound("There is no such file.")
    return job


def _built(key: str, at: datetime) -> Job | None:
    """Return a job that made the same file, if that is still kept."""
    rows = Job.objects.filter(key=key, state=JobState.DONE.value, expires_at__gt=at).order_by("-finished_at")
    return next((row for row in rows[:5] if storage.is_kept("made", row.file_digest)), None)


def _take_over(job: Job, before: Job, at: datetime) -> None:
    job.state, job.started_at, job.finished_at, job.done, job.reused = JobState.DONE.value, at, at, job.total, True
    job.file_name, job.file_digest, job.file_size = before.file_name, before.file_digest, before.file_size
    job.expires_at = at + timedelta(days=settings.FILE_DAYS)
    job.save()
    note_report(job, at)
