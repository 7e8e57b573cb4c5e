"""Lists of questions to a government or a post: what was asked, by when an answer is due, and what came back."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.enums import LetterState
from assessments.models import columns
from assessments.models.assessment import Assessment


class Letter(models.Model):
    """One list of questions of one assessment. From its sending on it has a row on sheet F6, under `request_ref`.

    `questions` are in the order they are printed, each with its text, what it is about ("information_gaps/u1",
    "questions/officials-prosecuted", "statistics/s1" or "") and the stages a figure is asked for.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField()
    state = columns.choice(LetterState, LetterState.DRAFT)
    addressee = columns.words()
    channel = columns.words()
    due_on = models.DateField(null=True, blank=True)
    opening = columns.note()
    questions = columns.members()
    closing = columns.note()
    request_ref = columns.words(40)
    sent_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    answer = columns.note()
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["assessment", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="letters_are_numbered_within_an_assessment"),
            models.CheckConstraint(condition=columns.known("state", LetterState), name="letter_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[LetterState.DRAFT.value, LetterState.CLOSED.value])
                | (Q(sent_on__isnull=False) & ~Q(request_ref="")),
                name="a_letter_that_went_out_has_a_day_and_a_request",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.number}"
