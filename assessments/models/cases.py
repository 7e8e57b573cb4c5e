"""F1b and F2: cases against officials, and conduct that somebody reports."""

from typing import ClassVar

from django.db import models

from assessments.core import sheets
from assessments.core.protected import PROTECTED
from assessments.core.values import (
    AttributionLevel,
    Capacity,
    Deployment,
    EffectStrength,
    Frequency,
    Immunity,
    Modality,
    PeriodRelation,
    Response,
    TraffickingLink,
)
from assessments.models import columns
from assessments.models.assessment import Revision
from assessments.models.facts import FactRow


class ConductRow(FactRow):
    """What officials did or are said to have done, tied to trafficking."""

    acts = columns.members()
    text = columns.words()
    mode = columns.slug()
    form = columns.slug()
    attribution_level = columns.choice(AttributionLevel, AttributionLevel.INDIVIDUAL)
    capacity = columns.choice(Capacity, Capacity.UNKNOWN)
    deployment = columns.choice(Deployment, Deployment.NONE)
    sectors = columns.members()
    sector_text = columns.words()
    setting = columns.words()
    leverage = columns.members()
    place = columns.words()
    countries = columns.members()
    victims_kind = columns.count_kind()
    victims_value = columns.whole()
    victim_group = columns.words()
    link = columns.choice(TraffickingLink, TraffickingLink.TRAFFICKING)
    crime = columns.slug()
    frequency = columns.maybe(Frequency)
    manners = columns.members()
    motives = columns.members()
    officials = columns.members()

    class Meta(FactRow.Meta):
        abstract = True
        constraints = [
            *FactRow.Meta.constraints,
            columns.number_goes_with_kind("%(class)s", "victims"),
            models.CheckConstraint(
                condition=columns.known("link", TraffickingLink), name="%(class)s_link_to_trafficking_is_known"
            ),
        ]


class CaseRecord(ConductRow):
    """F1b: one case against officials; `ref` is its internal handle, the same in every period it is heard of."""

    record = sheets.OfficialCase
    sheet = "cases"
    PROTECTED: ClassVar[frozenset[str]] = PROTECTED[sheets.OfficialCase]

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="cases")
    proceedings = columns.members()
    relation = columns.choice(PeriodRelation, PeriodRelation.CURRENT)
    opened = columns.day()
    counted_in = models.CharField(max_length=40, null=True, blank=True, default=None)  # ref of a statistic
    institution = columns.words()
    immunity = columns.maybe(Immunity)
    left_host_state = columns.yes()
    recruiter = columns.words()
    docket = columns.words()
    note = columns.note()

    class Meta(ConductRow.Meta):
        constraints = [
            *ConductRow.Meta.constraints,
            models.CheckConstraint(
                condition=columns.known("relation", PeriodRelation), name="case_relation_to_period_is_known"
            ),
        ]


class AllegationRecord(ConductRow):
    """F2: conduct somebody reports, without a proceeding on record."""

    record = sheets.Allegation
    sheet = "allegations"
    PROTECTED: ClassVar[frozenset[str]] = PROTECTED[sheets.Allegation]

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="allegations")
    modality = columns.choice(Modality, Modality.REPORTED)
    repeated = columns.yes()
    date = columns.day()
    in_period = columns.yes(default=True)
    response = columns.choice(Response, Response.NOT_RECORDED)
    response_text = columns.words()
    effects = columns.members()
    effect = columns.words()
    effect_strength = columns.maybe(EffectStrength)
    results = columns.members()
    case = models.CharField(max_length=40, null=True, blank=True, default=None)  # ref of the case it became
    motive = columns.words()
    recruiter = columns.words()
    note = columns.note()

    class Meta(ConductRow.Meta):
        constraints = [
            *ConductRow.Meta.constraints,
            models.CheckConstraint(condition=columns.known("modality", Modality), name="allegation_modality_is_known"),
            models.CheckConstraint(condition=columns.known("response", Response), name="allegation_response_is_known"),
        ]
