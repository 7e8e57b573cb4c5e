"""The draft of a revision: sentences with their basis, gaps, and ranked recommendations."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.core.merge import Cause
from assessments.core.values import Section
from assessments.enums import SentenceState
from assessments.models import columns
from assessments.models.assessment import Revision


class DraftSentenceQuerySet(models.QuerySet["DraftSentence"]):
    """Sentences of a draft, removed ones included."""

    def in_order(self) -> Self:
        """Order as printed."""
        return self.order_by("position", "pk")

    def human(self) -> Self:
        """Keep what a person wrote, edited or removed."""
        return self.exclude(state=SentenceState.GENERATED.value)


class DraftSentence(models.Model):
    """One sentence with its basis. `public_id` never changes; section, family and subjects say what it is about.

    What is read is `text` where a person wrote or edited it, else `generated_text`. `suggestion` is what the rules
    would write now where that differs from what an edited sentence was made from, and `cause` why it differs. `key`
    holds the sentence key as one text, `predecessors` the public ids of sentences it took subjects over from
    (decisions.md 4).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="sentences")
    section = columns.choice(Section)
    family = columns.slug()
    subjects = columns.members()
    position = models.PositiveIntegerField(default=0)
    pattern = columns.words(40)
    choice = columns.made()  # why this pattern was taken
    slots = models.JSONField(default=dict, blank=True)
    basis = models.JSONField(default=dict, blank=True)
    generated_text = columns.made()
    text = models.CharField(max_length=4000, null=True, blank=True, default=None)
    state = columns.choice(SentenceState, SentenceState.GENERATED)
    suggestion = models.TextField(null=True, blank=True, default=None)
    cause = columns.maybe(Cause)
    predecessors = columns.members()
    judgement = models.BooleanField(default=False)
    is_orphan = models.BooleanField(
        default=False
    )  # its facts no longer lead to a sentence; kept for a person to settle
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stated_author = columns.words()  # who wrote it, as an imported file states
    stated_evidence = columns.members()  # what an imported file names for an edit; its basis follows the facts
    generated_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = DraftSentenceQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=columns.known("section", Section), name="sentence_section_is_known"),
            models.CheckConstraint(condition=columns.known("state", SentenceState), name="sentence_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[SentenceState.EDITED.value, SentenceState.HANDWRITTEN.value])
                | Q(text__isnull=False),
                name="a_sentence_of_a_person_has_its_text",
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The words that are read: a person's where there are some, else those of the rules."""
        return self.generated_text if self.text is None else self.text


class DraftRecommendation(models.Model):
    """A recommendation with its place, the reason for that place and what set it off.

    `position` is the rules' order, `rank` the place it is shown at; they differ where a person moved it, and then
    `reorder_reason` says why. `text` is a person's wording, None where the rules' is kept.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="recommendations")
    code = models.CharField(max_length=20)
    merged = columns.members()
    generated_text = columns.made()
    text = models.CharField(max_length=4000, null=True, blank=True, default=None)
    position = models.PositiveIntegerField()
    rank = models.PositiveIntegerField()
    is_top = models.BooleanField(default=False)
    reason = columns.made()
    trigger = columns.members()
    basis = models.JSONField(default=dict, blank=True)
    addressees = columns.members()
    provisions = columns.members()
    for_others = models.BooleanField(default=False)
    reorder_reason = columns.words(2000)
    reordered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reordered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["revision", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "code"], name="a_recommendation_stands_once_in_a_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.shown}"

    @property
    def shown(self) -> str:
        """The words that are read."""
        return self.generated_text if self.text is None else self.text


class DraftGapRecord(models.Model):
    """A clause that waits for an answer: shown in the working view, never exported."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="gaps")
    position = models.PositiveIntegerField(default=0)
    section = columns.choice(Section)
    text = columns.made()
    indicator = models.ForeignKey(
        "frameworks.Indicator", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    facts = columns.members()

    class Meta:
        ordering = ["revision", "position", "pk"]

    def __str__(self) -> str:
        return self.text
