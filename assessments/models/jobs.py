"""What is made in the background, and what was given out: rows that outlive the process that worked on them."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from assessments.core.document import Audience
from assessments.enums import JobKind, JobState
from assessments.models import columns
from assessments.models.snapshots import Snapshot

STALE = timedelta(seconds=60)
"""Without a sign of life for so long, whoever worked on a job is taken for dead."""

LIVE = (JobState.QUEUED.value, JobState.RUNNING.value)


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs."""

    def live(self) -> Self:
        """Keep those that wait or are worked on."""
        return self.filter(state__in=LIVE)

    def left_behind(self, at: datetime) -> Self:
        """Keep those whose worker gave no sign of life, and those that nobody began with."""
        return self.live().filter(heartbeat_at__lt=at - STALE)

    def free_to_take(self, at: datetime) -> Self:
        """Keep those that somebody may begin with: that wait, or whose worker is dead."""
        dead = Q(state=JobState.RUNNING.value, heartbeat_at__lt=at - STALE)
        return self.filter(Q(state=JobState.QUEUED.value) | dead)


class Job(models.Model):
    """One thing that is made in the background for one person.

    `spec` says what, so that every attempt makes the same; `key` is its digest, and equal keys make equal files.
    `attempt` counts who began: only the last one may write, so that two workers never finish one job twice.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = columns.choice(JobKind)
    state = columns.choice(JobState, JobState.QUEUED)
    spec = models.JSONField()
    key = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="jobs")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # countries written
    total = models.PositiveIntegerField()
    doing = columns.words(200)  # what it is at, in words
    cancel_asked = models.BooleanField(default=False)
    failure = columns.words(2000)  # why it failed, in words for who asked
    file_name = columns.words(200)
    file_digest = columns.words(64)
    file_size = models.BigIntegerField(default=0)  # bytes
    reused = models.BooleanField(default=False)  # the file was there already; nothing had changed
    expires_at = models.DateTimeField(null=True, blank=True)  # the file is kept until then

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=columns.known("kind", JobKind), name="job_kind_is_known"),
            models.CheckConstraint(condition=columns.known("state", JobState), name="job_state_is_known"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="a_job_has_done_no_more_than_all"),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED.value) | ~Q(failure=""), name="a_failed_job_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.DONE.value) | ~Q(file_digest=""), name="a_job_that_is_done_has_its_file"
            ),
        ]
        indexes = [models.Index(fields=["key", "state"], name="job_by_key")]

    def __str__(self) -> str:
        return f"{JobKind(self.kind).label}, {self.spec.get('format', '')}: {JobState(self.state).label}"

    @property
    def is_live(self) -> bool:
        """Say whether it waits or is worked on."""
        return self.state in LIVE

    @property
    def percent(self) -> int:
        """Return how much of it is done."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def missing(self) -> list[Any]:
        """Return the countries that were not ready, each with its state in words."""
        return list(self.spec.get("missing", ()))


class GivenOut(models.Model):
    """One text that left as a file: which snapshot, in what format, for whom; `job` where it was part of a report."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="given_out")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="given_out")
    format = columns.words(20)
    audience = columns.choice(Audience)
    file_name = columns.words(200)
    file_digest = columns.words(64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=columns.known("audience", Audience), name="audience_is_known")]
        indexes = [models.Index(fields=["snapshot", "at"], name="given_out_by_snapshot")]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.at:%Y-%m-%d}"
