"""Steps of review, approvals, changes of state, and comments: rows from the start (decisions.md 15)."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.enums import RevisionState
from assessments.models import columns
from assessments.models.assessment import Revision


class ReviewStep(models.Model):
    """One step of review; the approval of the last one freezes the snapshot."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    is_last = models.BooleanField(default=True)

    class Meta:
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="review_steps_stand_in_one_order"),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(is_last=True), name="one_last_review_step_per_revision"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Approval(models.Model):
    """One person's approval of one step, by the hash of what was read; withdrawn when that changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.ForeignKey(ReviewStep, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="approvals")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = columns.words(2000)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "by"], condition=Q(withdrawn_at__isnull=True), name="a_person_approves_a_step_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="an_approval_is_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}, {self.step}"


class Transition(models.Model):
    """One change of a revision's state."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="transitions")
    from_state = columns.choice(RevisionState)
    to_state = columns.choice(RevisionState)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = columns.words(2000)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=columns.known("from_state", RevisionState) & columns.known("to_state", RevisionState),
                name="a_transition_is_between_known_states",
            ),
        ]

    def __str__(self) -> str:
        return f"{RevisionState(self.from_state).label} to {RevisionState(self.to_state).label}"


class Comment(models.Model):
    """A remark on a sentence, by its public id and the words it was made on, or on the whole text."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    sentence = models.UUIDField(null=True, blank=True, default=None)  # None: on the whole text
    quote = columns.made()  # the sentence as it read then
    text = models.CharField(max_length=4000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["sentence"], name="comment_by_sentence")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="a_comment_is_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text
