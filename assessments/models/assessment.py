"""An assessment, who works on it, and its revisions."""

import uuid
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models import User
from assessments.enums import Circle, Part, RevisionState
from assessments.models import columns
from assessments.models.periods import ReportingPeriod


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Narrows by what people ask for; who may see what is policies.py."""

    def with_progress(self) -> Self:
        """Add the open revision's state and stored results: nothing is derived here and no join is multiplied.

        `state`, `answered`, `expected`, `checks_open`, `evidence_missing`, `concern_level`, `accountability_level`
        and `category` are None where the assessment has no open revision or nothing was derived yet.
        """
        open_ = Revision.objects.filter(assessment=OuterRef("pk"), is_open=True)
        columns = {
            "state": "state",
            "answered": "result__core_answered",
            "expected": "result__core_expected",
            "checks_open": "result__checks_open",
            "evidence_missing": "result__evidence_missing",
            "concern_level": "result__concern_level",
            "accountability_level": "result__accountability_level",
            "category": "result__category",
        }
        return self.annotate(**{name: Subquery(open_.values(path)[:1]) for name, path in columns.items()})

    def in_print_order(self) -> Self:
        """Order by report year, newest first, then by the country's name."""
        return self.order_by("-period__report_year", "country__sort_name")


class Assessment(models.Model):
    """One country in one reporting period; its content lives in revisions, each pinned to a framework version."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    country = models.ForeignKey("frameworks.Country", on_delete=models.PROTECT, related_name="assessments")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="assessments")
    is_demonstration = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-period__report_year", "country__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "period"], name="one_assessment_per_country_and_period"),
        ]

    def __str__(self) -> str:
        return f"{self.country}, {self.period.title}"

    def get_absolute_url(self) -> str:
        """Return the page of this assessment."""
        return reverse("assessments:assessment", args=[self.public_id])

    @property
    def open_revision(self) -> "Revision":
        """The one revision that can be worked on; raises `Revision.DoesNotExist` where none is open."""
        return self.revisions.select_related("framework", "wording").get(is_open=True)


class Assignment(models.Model):
    """One person's part in one assessment; ended, never deleted."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=20, choices=Part.choices())
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["assessment", "part", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "user", "part"],
                condition=Q(ended_at__isnull=True),
                name="one_running_assignment_per_person_and_part",
            ),
            models.CheckConstraint(condition=columns.known("part", Part), name="assignment_part_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {Part(self.part).label} of {self.assessment}"


class Revision(models.Model):
    """The working content of an assessment under one framework version. One is open, old ones stay untouched."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    framework = models.ForeignKey("frameworks.FrameworkVersion", on_delete=models.PROTECT, related_name="revisions")
    wording = models.ForeignKey("frameworks.WordingVersion", on_delete=models.PROTECT, related_name="revisions")
    wording_named = models.BooleanField(default=True)  # False: nobody chose it, the newest valid one was taken
    came_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    is_open = models.BooleanField(default=True)
    state = models.CharField(max_length=20, choices=RevisionState.choices(), default=RevisionState.IN_PROGRESS.value)
    seen_by = columns.choice(Circle, Circle.PEOPLE)  # who may see it now: what the step of review it has reached says
    reason = columns.words(2000)  # why it was opened: a correction, a new framework version
    note = columns.note()
    input_digest = columns.words(64)  # of the facts, ratings and decisions the stored results were derived from
    content_hash = columns.words(64)  # of the text and facts an approval hangs on
    undrawn = columns.words(
        240
    )  # lists of the record written since then, "ratings,cases"; "": what is stored is current
    undrawn_mark = columns.words(32)  # what the rows hold now, for the process that wrote them; "" while `undrawn` is
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(is_open=True), name="one_open_revision_per_assessment"
            ),
            models.UniqueConstraint(fields=["assessment", "number"], name="revision_numbers_are_used_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_numbers_start_at_1"),
            models.CheckConstraint(condition=columns.known("state", RevisionState), name="revision_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, revision {self.number}"

    def get_absolute_url(self) -> str:
        """Return the page of the assessment this is a revision of."""
        return self.assessment.get_absolute_url()

    @property
    def undrawn_lists(self) -> frozenset[str]:
        """The lists of the record that were written since the results were derived (docs/adr/0006)."""
        return frozenset(filter(None, self.undrawn.split(",")))
