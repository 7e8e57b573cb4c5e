"""Words that two people take out of everything an assessment keeps: the one exception to keeping everything."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.enums import RedactionState
from assessments.models import columns
from assessments.models.assessment import Assessment


class RedactionQuerySet(models.QuerySet["Redaction"]):
    """Redactions, decided ones included."""

    def waiting(self) -> Self:
        """Keep those that nobody decided yet."""
        return self.filter(state=RedactionState.PROPOSED.value)


class Redaction(models.Model):
    """One person's proposal to take words out, and another's decision (decisions.md 16).

    `words` are there only until it is decided. `places` says where they stood and how often, never the words.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="redactions")
    words = columns.words(200)
    reason = models.CharField(max_length=2000)
    state = columns.choice(RedactionState, RedactionState.PROPOSED)
    places = models.JSONField(default=list, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=columns.known("state", RedactionState), name="redaction_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=RedactionState.PROPOSED.value, decided_at__isnull=True, decided_by__isnull=True)
                & ~Q(words="")
                | ~Q(state=RedactionState.PROPOSED.value)
                & Q(decided_at__isnull=False, decided_by__isnull=False, words=""),
                name="a_decided_redaction_keeps_no_words",
            ),
            models.CheckConstraint(
                condition=~Q(state=RedactionState.DONE.value) | ~Q(decided_by=models.F("proposed_by")),
                name="two_people_take_words_out",
            ),
        ]

    def __str__(self) -> str:
        return f"Redaction, {RedactionState(self.state).label}"
