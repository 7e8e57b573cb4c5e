"""Checks that somebody accepted, each with its reason."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.core.types import Severity
from assessments.models import columns
from assessments.models.assessment import Revision


class CheckAcceptanceQuerySet(models.QuerySet["CheckAcceptance"]):
    """Acceptances."""

    def standing(self) -> Self:
        """Keep those that nobody took back. One of them still lapses where its matter is no longer as accepted."""
        return self.filter(withdrawn_at__isnull=True)


class CheckAcceptance(models.Model):
    """A person's answer to one check: seen, and let stand, for a reason.

    It holds while `key` (the matter as it was read) is still found and `about` (the digest of its subjects and its
    sentence) is the same; then the check does not count as open. Otherwise it has lapsed, and the check is open again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="acceptances")
    key = models.CharField(max_length=64)  # core.acceptance.check_key
    about = models.CharField(max_length=64)  # core.acceptance.Grounds.about
    slug = models.CharField(max_length=80)  # the check's own name
    severity = columns.choice(Severity)
    subjects = columns.members()
    sentence = models.JSONField(null=True, blank=True, default=None)  # section, family, subjects; None: about none
    text = models.TextField()  # the check's words, as they were accepted
    reason = models.CharField(max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CheckAcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "key"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_acceptance_per_check",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_check_is_accepted_with_a_reason"),
            models.CheckConstraint(
                condition=~Q(severity=Severity.BLOCK.value), name="what_blocks_is_settled_and_never_accepted"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="an_acceptance_is_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}, accepted by {self.by}"

    @property
    def matter(self) -> tuple[object, ...]:
        """What it is about, whatever the words: for telling that an earlier acceptance was of the same matter."""
        sentence = self.sentence or {}
        subjects = tuple(sentence.get("subjects", ()))
        return self.slug, tuple(self.subjects), sentence.get("section"), sentence.get("family"), subjects
