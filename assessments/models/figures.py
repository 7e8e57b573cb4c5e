"""The levels of a text as pictures read them: one short row a country and year, so that 189 of them are one query."""

from django.db import models
from django.db.models import Q

from assessments.models import columns
from assessments.models.assessment import Assessment, Revision
from assessments.models.snapshots import Snapshot


class Figures(models.Model):
    """Derived levels and answers of a revision as it stands, or of a snapshot as it was frozen.

    Written by the action that derived or froze them, never by a picture. Country, year and framework stand here too,
    since they never change and a picture needs no other table. `levels` and `confidences` have one character an
    indicator, in the order of the framework's indicators (core.figures).
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="figures")
    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )  # None: of the revision as it stands
    is_demonstration = models.BooleanField(default=False)
    is_released = models.BooleanField(default=False)  # readers see it, and no correction took its place
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="figures")
    country = models.ForeignKey("frameworks.Country", on_delete=models.PROTECT, related_name="+")
    report_year = models.PositiveSmallIntegerField()
    framework = models.ForeignKey("frameworks.FrameworkVersion", on_delete=models.PROTECT, related_name="+")
    concern_level = columns.whole(5)
    concern_low = columns.whole(5)
    concern_high = columns.whole(5)
    accountability_level = columns.whole(5)
    accountability_low = columns.whole(5)
    accountability_high = columns.whole(5)
    category = models.CharField(max_length=80)
    title = columns.words(400)
    resting_on = columns.words(40)
    coverage = models.PositiveSmallIntegerField(default=0)
    core_answered = models.PositiveSmallIntegerField(default=0)
    core_expected = models.PositiveSmallIntegerField(default=0)
    tier = models.CharField(max_length=3, blank=True, default="")  # as released; empty: none, or not released
    levels = models.CharField(max_length=400)
    confidences = models.CharField(max_length=400)
    parts = models.JSONField(default=dict)
    recommendations = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision"], condition=Q(snapshot__isnull=True), name="one_row_of_working_figures_per_revision"
            ),
            models.UniqueConstraint(
                fields=["country", "report_year"],
                condition=Q(is_released=True),
                name="one_row_of_released_figures_per_country_and_year",
            ),
            models.CheckConstraint(
                condition=Q(is_released=False) | Q(snapshot__isnull=False), name="only_what_is_frozen_is_released"
            ),
        ]
        indexes = [
            models.Index(fields=["report_year", "is_released"], name="figures_by_year"),
            # All that trends read of some thousand rows, so that a database need not open the rows themselves.
            models.Index(
                fields=[
                    "report_year",
                    "country",
                    "assessment",
                    "framework",
                    "is_demonstration",
                    "concern_level",
                    "accountability_level",
                    "category",
                    "levels",
                    "is_released",
                ],
                condition=Q(is_released=True),
                name="released_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.report_year}: {self.title}"
