"""Ratings, determinations and endorsements: answers, and the people who stand behind the gravest of them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import User
from assessments.core import types
from assessments.core.values import Confidence, PolicyKind, RatingState
from assessments.enums import Round
from assessments.models import columns
from assessments.models.assessment import Revision
from assessments.models.sheets import DataRequestRecord


class RatingQuerySet(models.QuerySet["RatingRecord"]):
    """Ratings of all rounds."""

    def effective(self) -> Self:
        """Keep the one rating of each indicator and part that counts: reconciled if there is one, else main."""
        reconciled = RatingRecord.objects.filter(
            revision=OuterRef("revision"),
            indicator=OuterRef("indicator"),
            part=OuterRef("part"),
            round=Round.RECONCILED.value,
        )
        return self.filter(Q(round=Round.RECONCILED.value) | (Q(round=Round.MAIN.value) & ~Exists(reconciled)))

    def in_order(self) -> Self:
        """Order by the indicator's code, then by part."""
        return self.order_by("indicator__code", "part", "round", "pk")


class RatingRecord(models.Model):
    """One person's answer to one indicator, or to one part of it, in one round (decisions.md 2)."""

    record = types.Rating

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="ratings")
    indicator = models.ForeignKey("frameworks.Indicator", on_delete=models.PROTECT, related_name="ratings")
    part = models.CharField(max_length=80, blank=True, default="")
    round = columns.choice(Round, Round.MAIN)
    coder = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = columns.choice(RatingState)
    level = columns.whole(5)
    confidence = columns.maybe(Confidence)
    rationale = columns.words(2000)
    reason = columns.words(2000)
    stated_rater = columns.words()  # who rated it, as an imported file states
    version = models.PositiveIntegerField(default=1)
    late = models.BooleanField(default=False)
    rated_at = models.DateTimeField()
    rated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "indicator", "part", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "indicator", "part", "round"],
                condition=~Q(round=Round.SECOND.value),
                name="one_main_and_one_reconciled_rating_per_indicator_and_part",
            ),
            models.UniqueConstraint(
                fields=["revision", "indicator", "part", "coder"],
                condition=Q(round=Round.SECOND.value),
                name="one_second_rating_per_indicator_part_and_coder",
            ),
            models.CheckConstraint(
                condition=Q(state=RatingState.RATED.value, level__isnull=False)
                | (~Q(state=RatingState.RATED.value) & Q(level__isnull=True)),
                name="a_rating_has_a_level_exactly_when_rated",
            ),
            models.CheckConstraint(condition=columns.within("level", 0, 5), name="a_level_is_0_to_5"),
            models.CheckConstraint(condition=columns.known("state", RatingState), name="rating_state_is_known"),
            models.CheckConstraint(
                condition=columns.known("confidence", Confidence, optional=True), name="rating_confidence_is_known"
            ),
            models.CheckConstraint(condition=columns.known("round", Round), name="rating_round_is_known"),
            models.CheckConstraint(
                condition=~Q(round=Round.SECOND.value) | Q(coder__isnull=False), name="a_second_rating_has_a_coder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.part}".strip()

    @property
    def key(self) -> str:
        """The indicator's slug, with its part where it has one; reads the indicator."""
        return f"{self.indicator.slug}/{self.part}" if self.part else self.indicator.slug

    @property
    def link_ref(self) -> str:
        """The name under which evidence is linked to this rating (sheet "ratings")."""
        return link_ref(self.key, self.round, self.coder_id)


def link_ref(key: str, round_: str, coder_id: int | None) -> str:
    """Return the name under which evidence is linked to a rating: its key, and for other rounds round and coder."""
    return key if round_ == Round.MAIN.value else f"{key}#{round_}#{coder_id or ''}"


class Approving(models.Model):
    """One person's word for something; `name` is theirs as a trusted file states it where no account is known."""

    approver = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = columns.words()
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approver__isnull=False) | ~Q(name=""), name="%(class)s_is_somebody_s_word"
            )
        ]

    @property
    def who(self) -> str:
        """The approver's name."""
        return self.approver.name if self.approver else self.name


class DeterminationRecord(models.Model):
    """A proof-of-failure factor as the office finds it; it counts with two approvers other than the proposer.

    `claimed_approvers` are names that an imported file states: they count for nothing and go out with the file again.
    """

    record = types.Determination

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="determinations")
    ref = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)
    factor = models.CharField(max_length=80)
    sector = columns.slug()
    kind = columns.choice(PolicyKind)
    elements = columns.members()
    stated_proposer = columns.words()  # who proposed it, as an imported file states
    claimed_approvers = columns.members()
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = columns.words(2000)

    class Meta:
        ordering = ["revision", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "ref"], name="determination_ref_is_used_once_in_a_revision"),
            models.UniqueConstraint(
                fields=["revision", "factor", "sector"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_determination_per_factor_and_sector",
            ),
            models.UniqueConstraint(
                fields=["revision", "factor"],
                condition=Q(withdrawn_at__isnull=True, sector__isnull=True),
                name="one_determination_per_factor_without_sector",
            ),
            models.CheckConstraint(condition=columns.known("kind", PolicyKind), name="determination_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.ref}: {self.factor}"


class DeterminationApproval(Approving):
    """One person's approval of a determination; that it isn't the proposer's is checked by the action."""

    determination = models.ForeignKey(DeterminationRecord, on_delete=models.PROTECT, related_name="approvals")

    class Meta(Approving.Meta):
        constraints = [
            *Approving.Meta.constraints,
            models.UniqueConstraint(
                fields=["determination", "approver"], name="a_person_approves_a_determination_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.determination}"


class PresumptionApproval(Approving):
    """One person's approval of the statutory presumption that a data request proposes."""

    request = models.ForeignKey(DataRequestRecord, on_delete=models.PROTECT, related_name="approvals")

    class Meta(Approving.Meta):
        constraints = [
            *Approving.Meta.constraints,
            models.UniqueConstraint(fields=["request", "approver"], name="a_person_approves_a_presumption_once"),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.request}"


class EndorsementQuerySet(models.QuerySet["EndorsementRecord"]):
    """Endorsements, standing and lapsed, and claims of files."""

    def standing(self) -> Self:
        """Keep what counts: neither lapsed nor merely claimed by a file."""
        return self.filter(lapsed_at__isnull=True, is_claim=False)


class EndorsementRecord(models.Model):
    """A second person's word for level 4 or 5 (decisions.md 3); it lapses when the rating changes.

    `is_claim` marks a name that an imported file states: it counts for nothing and goes out with the file again.
    """

    record = types.Endorsement

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="endorsements")
    indicator = models.ForeignKey("frameworks.Indicator", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=80, blank=True, default="")
    level = models.PositiveSmallIntegerField()
    endorser = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = columns.words()
    is_claim = models.BooleanField(default=False)
    at = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "indicator", "part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "indicator", "part", "level", "endorser"],
                condition=Q(lapsed_at__isnull=True, endorser__isnull=False),
                name="a_person_endorses_a_level_once",
            ),
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=5), name="an_endorsed_level_is_0_to_5"),
            models.CheckConstraint(
                condition=Q(endorser__isnull=False) | ~Q(name=""), name="an_endorsement_is_somebody_s_word"
            ),
            models.CheckConstraint(
                condition=Q(lapsed_at__isnull=True) | Q(lapsed_at__gte=F("at")), name="an_endorsement_lapses_after_it"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}, level {self.level}"

    @property
    def who(self) -> str:
        """The endorser's name."""
        return self.endorser.name if self.endorser else self.name
