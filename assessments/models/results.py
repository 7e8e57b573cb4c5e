"""What was derived from a revision, stored so that lists and pictures never derive."""

from django.db import models

from assessments.models import columns
from assessments.models.assessment import Revision


class Result(models.Model):
    """Derived levels, finding and checks of a revision, with the digest of what they were derived from.

    Written by the action that changed an input; `rederive --check` proves it current (decisions.md 7).
    """

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="result")
    input_digest = models.CharField(max_length=64)
    rules_version = columns.words(40)
    concern_level = columns.whole(5)  # None: cannot be said
    accountability_level = columns.whole(5)
    category = models.CharField(max_length=80)
    title = columns.words(400)
    core_answered = models.PositiveSmallIntegerField(default=0)
    core_expected = models.PositiveSmallIntegerField(default=0)
    coverage = models.PositiveSmallIntegerField(default=0)  # percent of core indicators that count as covered
    checks_open = models.PositiveIntegerField(default=0)
    checks_blocking = models.PositiveIntegerField(default=0)
    evidence_missing = models.PositiveIntegerField(default=0)  # facts and ratings that name no evidence
    words = models.PositiveIntegerField(default=0)
    finding = models.JSONField(default=dict)
    checks = models.JSONField(default=list)
    derived_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=columns.within("concern_level", 0, 5) & columns.within("accountability_level", 0, 5),
                name="derived_levels_are_0_to_5",
            ),
            models.CheckConstraint(
                condition=models.Q(core_answered__lte=models.F("core_expected")),
                name="no_more_core_indicators_answered_than_expected",
            ),
            models.CheckConstraint(condition=columns.within("coverage", 0, 100), name="coverage_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.title}"
