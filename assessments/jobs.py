"""Working on jobs: take one, give signs of life, stop where that is asked, and say in words what went wrong.

A worker that is killed leaves its job running; `sweep` finds it by its last sign of life and queues it again. Whoever
begins with a job takes its next attempt, and only the last attempt may write: the same job begun twice, by a late or
a second worker, is made once.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from assessments import content, policies, reports, snapshots, storage
from assessments.actions.jobs import note_report, send
from assessments.apart.process import Unavailable
from assessments.core.document import Audience
from assessments.enums import JobState
from assessments.exporters import report
from assessments.exporters.registry import Content
from assessments.models import Job, Snapshot
from assessments.models.jobs import STALE

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
MOST_ATTEMPTS = 3
"""A job whose worker died so often is not begun again: it is the job that kills them."""
PULSE = 15.0  # seconds between signs of life where one country takes long; well below STALE
UNFORESEEN = "The program failed in a way it did not foresee. The log of the server says more, under the file's number."
FULL = "The file could not be written: the disk of the server is full or not writable."


class Stopped(Exception):
    """The work ends here: it was cancelled, or another worker has taken the job over."""


@task()
def run(job_id: str) -> None:
    """Work on a job; what the queue calls."""
    work_on(UUID(job_id), clock=timezone.now)


def work_on(job_id: UUID, *, clock: Clock) -> None:
    """Take a job and bring it to an end, or do nothing where there is nothing to take."""
    job = _take(job_id, clock())
    if job is None:
        return
    attempt = Attempt(job, clock)
    try:
        with attempt.pulse(), storage.writing("made") as half:
            policies.check_can_fetch(job, job.by)
            template = template_of(job.spec)
            report.write(job.spec, attempt.contents(template), half, template=template)
            attempt.finish(storage.keep("made", half))
    except Stopped:
        attempt.stop()
    except (policies.NotAllowed, report.Unfit, Unavailable) as exc:
        attempt.fail(str(exc))
    except OSError:
        logger.exception("The file of job %s could not be written", job_id)
        attempt.fail(FULL)
    except Exception:  # whatever it was, who waits for the file is told, and the log has it
        logger.exception("Job %s failed", job_id)
        attempt.fail(UNFORESEEN)


def template_of(spec: reports.Spec) -> bytes | None:
    """Return the file of the template a spec names, as it was when it was asked for; None where it names none.

    A version that was withdrawn since is used all the same. Raises Unfit where its file is gone.
    """
    named = spec.get("template")
    if named is None:
        return None
    try:
        with storage.opened("files", named["digest"]) as stored:
            return stored.read()
    except storage.Missing as exc:
        raise report.Unfit(f"The file of the template {named['name']} is not there any more.") from exc


def contents(spec: reports.Spec, say: Callable[[int, str], None], template: bytes | None = None) -> Iterator[Content]:
    """Yield what a file is made of, one country at a time; `say` hears before each how many are written, and its name.

    A tier that is not released is in none of them, whoever asks.
    """
    audience = Audience(spec["audience"])
    for number, entry in enumerate(spec["entries"]):
        say(number, entry["name"])
        row = Snapshot.objects.select_related("revision__framework").get(public_id=entry["snapshot"])
        yield Content(snapshots.opened(row), content.framework_of(row.revision), audience, template=template)


def _take(job_id: UUID, at: datetime) -> Job | None:
    """Begin a new attempt at a job that waits, or whose worker is dead. One worker wins; the others get None."""
    rows = Job.objects.filter(public_id=job_id)
    taken = rows.free_to_take(at).update(
        state=JobState.RUNNING.value,
        attempt=F("attempt") + 1,
        started_at=at,
        heartbeat_at=at,
        done=0,
        doing="beginning",
    )
    return rows.select_related("by").get() if taken else None


class Attempt:
    """One worker's attempt at a job. Every write holds only as long as it is the last attempt."""

    def __init__(self, job: Job, clock: Clock) -> None:
        """Stand for an attempt that has begun."""
        self.job = job
        self.clock = clock
        self._mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING.value)

    def beat(self, done: int, doing: str) -> None:
        """Say how far it is, and live on. Raises Stopped where the work was cancelled or taken over."""
        if not self._mine.filter(cancel_asked=False).update(done=done, doing=doing[:200], heartbeat_at=self.clock()):
            raise Stopped

    def contents(self, template: bytes | None) -> Iterator[Content]:
        """Yield what the file is made of, country by country, and say before each how far it is."""
        yield from contents(self.job.spec, self.beat, template)
        self.beat(self.job.total, "laying out and writing the file")

    def finish(self, kept: storage.Stored) -> None:
        """Note the file. Raises Stopped where it is nobody's any more."""
        at = self.clock()
        name = report.name_of(self.job.spec, self.job.key)
        with transaction.atomic():
            held = self._mine.filter(cancel_asked=False).update(
                state=JobState.DONE.value,
                done=self.job.total,
                doing="",
                finished_at=at,
                file_name=name,
                file_digest=kept.digest,
                file_size=kept.size,
                expires_at=at + timedelta(days=settings.FILE_DAYS),
            )
            if not held:
                raise Stopped
            self.job.refresh_from_db()
            note_report(self.job, at)

    def stop(self) -> None:
        """Note that it was cancelled; nothing where another worker has it now."""
        self._mine.filter(cancel_asked=True).update(state=JobState.CANCELLED.value, finished_at=self.clock(), doing="")

    def fail(self, why: str) -> None:
        """Note why it failed."""
        self._mine.update(state=JobState.FAILED.value, failure=why[:2000], finished_at=self.clock(), doing="")

    @contextmanager
    def pulse(self) -> Iterator[None]:
        """Give signs of life from beside the work, so that a country that takes minutes is not taken for dead."""
        over = threading.Event()

        def live() -> None:
            while not over.wait(PULSE):
                self._mine.update(heartbeat_at=timezone.now())
            connection.close()

        beside = threading.Thread(target=live, name=f"pulse of {self.job.public_id}", daemon=True)
        beside.start()
        try:
            yield
        finally:
            over.set()


def sweep(at: datetime) -> int:
    """Queue again what a dead worker left behind, and remove files whose time is over. Return how many were queued."""
    queued = 0
    for job_id in Job.objects.left_behind(at).filter(state=JobState.RUNNING.value).values_list("pk", flat=True):
        with transaction.atomic():
            job = Job.objects.select_for_update().left_behind(at).filter(pk=job_id).first()
            if job is not None and job.state == JobState.RUNNING:
                queued += _queue_again(job, at)
    _remove_expired(at)
    return queued


def _queue_again(job: Job, at: datetime) -> int:
    job.heartbeat_at = at
    if job.cancel_asked:
        job.state, job.finished_at, job.doing = JobState.CANCELLED.value, at, ""
    elif job.attempt >= MOST_ATTEMPTS:
        where = f" The last one ended at: {job.doing}." if job.doing else ""
        job.failure = f"The worker ended {MOST_ATTEMPTS} times while it built this file.{where}"
        job.state, job.finished_at, job.doing = JobState.FAILED.value, at, ""
    else:
        job.state, job.done, job.doing = JobState.QUEUED.value, 0, ""
    job.save()
    if job.state != JobState.QUEUED:
        return 0
    send(job)
    return 1


def lost(at: datetime) -> list[UUID]:
    """Return jobs that wait although the queue is empty: what was to call for them is gone."""
    rows = Job.objects.filter(state=JobState.QUEUED.value, heartbeat_at__lt=at - STALE)
    return list(rows.order_by("asked_at").values_list("public_id", flat=True))


def _remove_expired(at: datetime) -> None:
    over = Job.objects.filter(state=JobState.DONE.value, expires_at__lte=at).exclude(file_digest="")
    for digest in set(over.values_list("file_digest", flat=True)):
        if not Job.objects.filter(file_digest=digest, expires_at__gt=at).exists():
            storage.remove("made", digest)
