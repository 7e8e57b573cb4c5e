"""F3 to F6 and the statements that fit no other sheet."""

from django.db import models

from assessments.core import sheets
from assessments.core.values import (
    Change,
    CommitmentStatus,
    ConcernGrade,
    EffectStrength,
    Frequency,
    Magnitude,
    MeasureKind,
    MeasureStage,
    Modality,
    PolicyKind,
    Section,
    StatementKind,
)
from assessments.models import columns
from assessments.models.assessment import Revision
from assessments.models.facts import FactRow


class PolicyElementRecord(FactRow):
    """F3: one element of a government policy or pattern."""

    record = sheets.PolicyElement
    sheet = "elements"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="elements")
    factor = models.CharField(max_length=80)
    kind = columns.choice(PolicyKind, PolicyKind.POLICY_OR_PATTERN)
    sector = columns.slug()
    conducts = columns.members()
    continues = columns.yes()
    banned_nationally = columns.yes()
    conduct = columns.words()
    organ = columns.words()
    organ_abbreviation = columns.words(20)
    conduct_objects = columns.members()  # the record's `objects`, a name that managers have here
    means = columns.members()
    legal_basis = columns.words()
    purpose = columns.words()
    places = columns.words()
    period = columns.words()
    scale_kind = columns.count_kind()
    scale_value = columns.whole()
    scale_noun = columns.words()
    scale_basis = columns.words()
    term = columns.whole()
    term_unit = models.CharField(max_length=10, default="months")
    groups = columns.words()
    force = columns.words()
    force_allied = columns.yes()
    roles = columns.words()
    verified_by = columns.words()
    benefit = columns.words()
    trend = columns.maybe(Change)
    remedies = columns.members()
    remedial = columns.words()
    note = columns.note()

    class Meta(FactRow.Meta):
        constraints = [
            *FactRow.Meta.constraints,
            columns.number_goes_with_kind("element", "scale"),
            models.CheckConstraint(
                condition=models.Q(term_unit__in=["years", "months", "days"]), name="element_term_unit_is_known"
            ),
            models.CheckConstraint(condition=columns.known("kind", PolicyKind), name="element_kind_is_known"),
        ]


class MeasureRecord(FactRow):
    """F4: a law, body, training, seizure or other institutional measure."""

    record = sheets.Measure
    sheet = "measures"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="measures")
    kind = columns.choice(MeasureKind)
    text = columns.words()
    stage = columns.choice(MeasureStage, MeasureStage.IN_FORCE)
    indicator = columns.slug()
    body = columns.words()
    body_abbreviation = columns.words(20)
    date = columns.day()
    legal_basis = columns.words()
    coverage = columns.words()
    amount = columns.amount()
    currency = columns.words()
    usd = columns.amount()
    usd_rate_date = columns.day()
    cases_kind = columns.count_kind()
    cases_value = columns.whole()
    output = columns.words()
    is_effort = columns.tristate()
    note = columns.note()

    class Meta(FactRow.Meta):
        constraints = [
            *FactRow.Meta.constraints,
            columns.number_goes_with_kind("measure", "cases"),
            models.CheckConstraint(condition=columns.known("kind", MeasureKind), name="measure_kind_is_known"),
            models.CheckConstraint(condition=columns.known("stage", MeasureStage), name="measure_stage_is_known"),
            models.CheckConstraint(
                condition=columns.within("amount", 0, 10**15) & columns.within("usd", 0, 10**15),
                name="measure_amounts_are_not_negative",
            ),
        ]


class CommitmentRecord(FactRow):
    """F5: a treaty or policy commitment and how far it is carried out."""

    record = sheets.Commitment
    sheet = "commitments"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="commitments")
    instrument = models.CharField(max_length=80)
    status = columns.choice(CommitmentStatus, CommitmentStatus.UNKNOWN)
    date = columns.day()
    reservation = columns.words()
    provision = columns.slug()
    domestic_law = columns.words()
    used_in_case = columns.tristate()
    review_cycle = columns.words()
    recommendation = columns.words()
    recommendation_status = columns.words()
    note = columns.note()

    class Meta(FactRow.Meta):
        constraints = [
            *FactRow.Meta.constraints,
            models.CheckConstraint(
                condition=columns.known("status", CommitmentStatus), name="commitment_status_is_known"
            ),
        ]


class DataRequestRecord(FactRow):
    """F6: what was asked of the government, and what came back.

    Approvals of a proposed presumption are rows (`PresumptionApproval`); `claimed_approvers` are names that an
    imported file states: they count for nothing and go out with the file again.
    """

    record = sheets.DataRequest
    sheet = "requests"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="requests")
    asked_on = columns.day()
    channel = columns.words()
    addressee = columns.words()
    items = columns.note()
    stages = columns.members()
    replied_on = columns.day()
    supplied = columns.note()
    capacity = columns.note()
    presumption_proposed = columns.yes()
    claimed_approvers = columns.members()
    note = columns.note()


class StatementRecord(FactRow):
    """A dated statement with evidence that fits no other sheet."""

    record = sheets.Statement
    sheet = "statements"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="statements")
    kind = columns.choice(StatementKind)
    section = columns.choice(Section, Section.PROSECUTION)
    observations = columns.members()
    crime = columns.slug()
    other_crime = columns.slug()
    frequency = columns.maybe(Frequency)
    qualities = columns.members()
    extents = columns.members()
    manners = columns.members()
    manner_frequency = columns.maybe(Frequency)
    levels = columns.members()
    groups = columns.words()
    sectors = columns.members()
    scale_kind = columns.count_kind()
    scale_value = columns.whole()
    magnitude = columns.maybe(Magnitude)
    is_share = columns.yes()
    results = columns.members()
    text = columns.words()
    subject = columns.words()
    topics = columns.members()
    topic = models.CharField(max_length=200, blank=True, default="official complicity")
    grade = columns.maybe(ConcernGrade)
    persists = columns.yes()
    scope = columns.words()
    effects = columns.members()
    effect_objects = columns.members()  # the record's `objects`, a name that managers have here
    strength = columns.maybe(EffectStrength)
    modality = columns.choice(Modality, Modality.REPORTED)
    explains = models.CharField(max_length=40, null=True, blank=True, default=None)  # ref of a statistic
    about_officials = columns.yes(default=True)
    unattributed = columns.yes()
    date = columns.day()
    note = columns.note()

    class Meta(FactRow.Meta):
        constraints = [
            *FactRow.Meta.constraints,
            columns.number_goes_with_kind("statement", "scale"),
            models.CheckConstraint(condition=columns.known("kind", StatementKind), name="statement_kind_is_known"),
            models.CheckConstraint(condition=columns.known("section", Section), name="statement_section_is_known"),
        ]
