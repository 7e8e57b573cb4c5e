"""Steps of review, approvals, changes of state, and comments: rows from the start (decisions.md 15)."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.enums import ApprovalWay, ProposalState, RevisionState
from assessments.models import columns
from assessments.models.assessment import Revision
from assessments.models.steps import StepRights


class ReviewStep(StepRights):
    """One step of review; the approval of the last one freezes the snapshot."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    is_last = models.BooleanField(default=True)

    class Meta(StepRights.Meta):
        ordering = ["revision", "position"]
        constraints = [
            *StepRights.Meta.constraints,
            models.UniqueConstraint(fields=["revision", "position"], name="review_steps_stand_in_one_order"),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(is_last=True), name="one_last_review_step_per_revision"
            ),
        ]


class Approval(models.Model):
    """One person's approval of one step, by the hash of what was read; withdrawn when that changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.ForeignKey(ReviewStep, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="approvals")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = columns.words(2000)
    override_reason = columns.words(2000)  # why a coordinator approved it against the rule; empty where nobody did

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


class ApprovedItem(models.Model):
    """One sentence or recommendation as it was approved at one step: what was read, and the hash of what it rests on.

    `ref` is a sentence's public id or "recommendations/" and a code; `digest` that of words and evidence, empty where
    it was approved that the item is gone; `evidence` of the evidence alone. Equal content stays approved, whatever lay
    between.
    """

    step = models.ForeignKey(ReviewStep, on_delete=models.PROTECT, related_name="items")
    ref = models.CharField(max_length=80)
    digest = columns.words(64)
    evidence = columns.words(64)
    text = columns.made()
    basis = models.JSONField(default=dict, blank=True)
    way = columns.choice(ApprovalWay, ApprovalWay.READ)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "ref", "digest"],
                condition=Q(withdrawn_at__isnull=True),
                name="an_item_is_approved_once_at_a_step",
            ),
            models.CheckConstraint(condition=columns.known("way", ApprovalWay), name="way_of_approval_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.ref}, {self.step}"


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
    """A remark on a sentence, by its public id and the words it was made on, or on the whole text.

    `sentence` moves to the heir when the sentence gives way to another; `quote` never changes. A remark on words of a
    sentence is an orphan where they are no longer found in it, and stays listed with its quote.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    sentence = models.UUIDField(null=True, blank=True, default=None)  # None: on the whole text
    quote = columns.made()  # the words it was made on, as they read then
    is_on_words = models.BooleanField(default=False)  # on the quoted words, not on the sentence as a whole
    mentions = columns.members()  # public ids of the people it names
    text = models.CharField(max_length=4000)
    stated_author = columns.words()  # who said it, as a returned file names them; `by` brought it and stands behind it
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


class WordingProposal(models.Model):
    """Words that somebody proposes for a sentence or a recommendation; the analyst takes or declines them, on record.

    One of `sentence` and `code` is set: sentences give way to heirs, recommendations keep their code.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="proposals")
    sentence = models.UUIDField(null=True, blank=True, default=None)  # public id; moves to the heir as a comment's does
    code = columns.words(20)  # of the recommendation
    quote = columns.made()  # its words as they were then
    text = models.CharField(max_length=4000)
    note = columns.words(2000)
    stated_author = columns.words()  # who proposed it, as a returned file names them; `by` brought it
    state = columns.choice(ProposalState, ProposalState.OPEN)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = columns.words(2000)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["sentence"], name="proposal_by_sentence")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_proposal_has_words"),
            models.CheckConstraint(
                condition=Q(sentence__isnull=True) & ~Q(code="") | Q(sentence__isnull=False, code=""),
                name="a_proposal_is_for_one_thing",
            ),
            models.CheckConstraint(condition=columns.known("state", ProposalState), name="proposal_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN.value, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=ProposalState.OPEN.value) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="a_proposal_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.DECLINED.value) | ~Q(answer=""),
                name="a_proposal_is_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text
