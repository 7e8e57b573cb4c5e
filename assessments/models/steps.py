"""Steps of review as a coordinator orders them for a reporting period."""

from django.db import models
from django.db.models import Q

from assessments.enums import Circle
from assessments.models import columns
from assessments.models.periods import ReportingPeriod

SEEING = (Circle.PEOPLE, Circle.REVIEWERS_AND_COORDINATORS)
"""Who may see a text at a step: coordinators and reviewers always, its analysts unless a step shuts them out."""


class StepRights(models.Model):
    """What is the same for a step of a period and of a revision: title, date, and who may do what while it is reached.

    `named` narrows who approves to these people, by public id; empty means everybody in the circle.
    """

    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    sees = columns.choice(Circle, Circle.PEOPLE)
    comments = columns.choice(Circle, Circle.PEOPLE)
    edits = columns.choice(Circle, Circle.NOBODY)
    approves = columns.choice(Circle, Circle.REVIEWERS)
    named = columns.members()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(sees__in=[circle.value for circle in SEEING]), name="%(class)s_is_seen_by_its_reviewers"
            ),
            models.CheckConstraint(
                condition=columns.known("approves", Circle) & ~Q(approves=Circle.NOBODY.value),
                name="%(class)s_is_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=columns.known("comments", Circle) & columns.known("edits", Circle),
                name="%(class)s_rights_are_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title


RIGHTS = ("title", "due_on", "sees", "comments", "edits", "approves", "named")
"""Columns of a step that a revision takes over from its period."""


class PeriodStep(StepRights):
    """One step of review that every assessment of the period goes through; without any, there is one step."""

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()

    class Meta(StepRights.Meta):
        ordering = ["period", "position"]
        constraints = [
            *StepRights.Meta.constraints,
            models.UniqueConstraint(fields=["period", "position"], name="steps_of_a_period_stand_in_one_order"),
        ]
