"""What was decided about the country, and what earlier periods recorded."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.core import types
from assessments.core.values import Tier
from assessments.models import columns
from assessments.models.assessment import Revision


class DecisionRecord(models.Model):
    """The tier, its reason and source, trends, waiver and recognition: recorded, never computed (decisions.md 6)."""

    record = types.Decision

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="decision")
    tier = columns.maybe(Tier)
    tier_reason = columns.note()
    tier_decided_by = columns.words()
    tier_decided_on = columns.day()
    tier_source = columns.words()
    tier_mark = columns.words()
    tier_released = columns.yes()
    previous_tier = columns.maybe(Tier)
    watch_list_ground = columns.words()
    watch_list_years = columns.whole(25, 1)
    waiver = columns.yes()
    waiver_years = columns.whole(25, 1)
    secretary_decided_on = columns.day()
    recognized = columns.yes(default=True)
    authority = columns.words()
    trends = columns.members()

    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=columns.known("tier", Tier, optional=True)
                & columns.known("previous_tier", Tier, optional=True),
                name="tier_is_one_of_the_five",
            ),
            models.CheckConstraint(
                condition=columns.within("watch_list_years", 1, 25) & columns.within("waiver_years", 1, 25),
                name="years_on_watch_list_and_waiver_are_1_to_25",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision, {self.revision}"


class PastPeriodRecord(models.Model):
    """An earlier period as it was recorded: its tier, statistics, effective levels and released sentences."""

    record = types.PastPeriod

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="history")
    report_year = models.PositiveSmallIntegerField()
    tier = columns.maybe(Tier)
    statistics = columns.members()
    ratings = columns.members()
    recommendations = columns.members()
    sentences = columns.members()
    source = columns.words()

    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["revision", "report_year"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "report_year"], name="one_entry_per_earlier_period"),
            models.CheckConstraint(
                condition=Q(report_year__gte=2001, report_year__lte=2100), name="earlier_period_is_from_2001_to_2100"
            ),
            models.CheckConstraint(condition=columns.known("tier", Tier, optional=True), name="earlier_tier_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.report_year} before {self.revision}"
