"""Blind second coding: which questions are drawn, by which seed, and how two answers became one."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from assessments.enums import Taken
from assessments.models import columns
from assessments.models.assessment import Assessment, Revision
from assessments.models.periods import ReportingPeriod
from assessments.models.ratings import RatingRecord


class SecondCodingSample(models.Model):
    """One draw of core questions of a period, stratified by group, that anybody can repeat from its seed.

    `share` is the percentage the framework asked for at the time; `groups` has for each group how many questions there
    were and how many were drawn, over all assessments of the draw.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="samples")
    seed = models.CharField(max_length=80)
    share = models.PositiveSmallIntegerField()
    groups = models.JSONField(default=list)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["drawn_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(seed=""), name="a_sample_names_its_seed"),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100), name="the_share_of_a_sample_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}, seed {self.seed}"


class SampledQuestion(models.Model):
    """One question of one assessment that is coded a second time, blind; all its parts with it."""

    sample = models.ForeignKey(SecondCodingSample, on_delete=models.PROTECT, related_name="questions")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sampled_questions")
    indicator = models.CharField(max_length=80)  # its slug, which outlives versions

    class Meta:
        ordering = ["sample", "assessment", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "indicator"], name="a_question_is_sampled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.indicator}"


class ReconciliationQuerySet(models.QuerySet["Reconciliation"]):
    """Reconciliations, the newest of each answer being the one that stands."""

    def of(self, revision: Revision) -> Self:
        """Keep those of a revision, oldest first."""
        return self.filter(result__revision=revision).order_by("at", "pk")


class Reconciliation(models.Model):
    """How a reviewer made one answer of two, and why. Both answers are kept as their coders gave them."""

    main = models.ForeignKey(RatingRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second = models.ForeignKey(RatingRecord, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(RatingRecord, on_delete=models.PROTECT, related_name="reconciliations")
    taken = columns.choice(Taken)
    state = columns.words(40)  # of the answer that was agreed on then
    level = columns.whole(5)
    reason = models.CharField(max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="two_answers_are_reconciled_with_a_reason"),
            models.CheckConstraint(condition=columns.known("taken", Taken), name="reconciliation_taken_is_known"),
            models.CheckConstraint(condition=~Q(second=F("result")), name="a_reconciled_answer_is_its_own_row"),
        ]

    def __str__(self) -> str:
        return f"{self.result}: {Taken(self.taken).label}"
