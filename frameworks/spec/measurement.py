"""One version of a measurement framework: everything an assessment is pinned to, as frozen values.

`FrameworkSpec` is the whole document; `frameworks.spec.compiled.CompiledFramework` adds the lookups.
"""

from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, StrictBool, StrictInt, field_validator, model_validator

from frameworks.spec.base import Direction, Mark, Slug, SpecModel, Text
from frameworks.spec.conditions import Condition
from frameworks.spec.law import (
    ElementSpec,
    FactorSpec,
    IndiciumSpec,
    LegalDateSpec,
    PeriodNote,
    ProofOfFailureSpec,
    ProvisionSpec,
    StandardSpec,
    TierSpec,
)
from frameworks.spec.registry import RuleSpec, SeedDefectSpec, SeedDocument, SeedRowSpec, TermSpec

__all__ = [
    "EvidenceOption",
    "EvidenceRule",
    "FindingCategorySpec",
    "FrameworkSpec",
    "GroupSpec",
    "IndicatorSet",
    "IndicatorSpec",
    "LevelSpec",
    "LineageSpec",
    "Parameter",
    "ProvisionSpec",
    "RecommendationKind",
    "RecommendationSpec",
    "RecordKind",
    "ScaleMeaning",
    "SeedRowSpec",
    "StateSpec",
    "TermSpec",
]


class LevelSpec(SpecModel):
    """One rung of an indicator's scale and its descriptor."""

    value: StrictInt = Field(ge=0, le=5)
    descriptor: Text


class GroupSpec(SpecModel):
    """A group of indicators, G1 to G7; all of one direction."""

    code: Text
    slug: Slug
    title: Text
    direction: Direction
    note: str = ""


class IndicatorSpec(SpecModel):
    """One question an analyst rates. Its slug stays for ever and is never derived from its title."""

    code: Text  # "I01"
    slug: Slug
    title: Text
    question: Text
    group: Slug
    core: StrictBool
    direction: Direction
    scale_top: StrictInt = Field(ge=1, le=5)
    levels: tuple[LevelSpec, ...]
    parts: tuple[Slug, ...] = ()  # sectors rated one by one (I12); the indicator is their maximum
    states: tuple[Slug, ...] = ()  # states outside the scale that may be given
    basis: Text  # where the question comes from, in words
    provisions: tuple[Slug, ...] = ()  # the same as records: standards, indicia, provisions
    evidence: Text  # what usually shows the level
    capture: Text  # what to record
    fact_sheets: tuple[Slug, ...] = ()  # f1 to f6
    feeds: tuple[Text, ...] = ()  # codes of recommendations
    mark: Mark = Mark.PROPOSAL

    @field_validator("levels", mode="before")
    @classmethod
    def _read_levels_by_number(cls, value: object) -> object:
        if isinstance(value, dict):
            return [{"value": level, "descriptor": descriptor} for level, descriptor in value.items()]
        return value

    @model_validator(mode="after")
    def _has_every_level_of_its_scale(self) -> Self:
        if [level.value for level in self.levels] != list(self.scale):
            given = ", ".join(str(level.value) for level in self.levels)
            raise ValueError(f"{self.slug} must describe levels 0 to {self.scale_top} in order, not {given}")
        return self

    @property
    def scale(self) -> range:
        """The levels from 0 to the top."""
        return range(self.scale_top + 1)

    def descriptor(self, level: int) -> str:
        """Return a level in words. Raises ValueError for a level that is not on the scale."""
        if level not in self.scale:
            raise ValueError(f"{self.title} has levels 0 to {self.scale_top}, not {level}.")
        return self.levels[level].descriptor


class StateSpec(SpecModel):
    """A reason why an indicator has no level; never a number."""

    slug: Slug
    label: Text
    meaning: Text
    needs_reason: StrictBool
    counts_as_covered: StrictBool
    groups: tuple[Slug, ...] = ()  # empty: all groups
    indicators: tuple[Slug, ...] = ()  # empty: all indicators of those groups


class ScaleMeaning(SpecModel):
    """The common meaning of a level of concern or response scales."""

    direction: Direction
    level: StrictInt = Field(ge=0, le=5)
    text: Text


class RecordKind(SpecModel):
    """A property of an evidence item that evidence rules ask for, e.g. an official record."""

    slug: Slug
    label: Text
    meaning: Text


class EvidenceOption(SpecModel):
    """One way of meeting the minimum; every field given must be met. Independent means not of one origin."""

    items: StrictInt = 0  # evidence items in all
    independent: StrictInt = 0  # different origin keys
    source_classes: StrictInt = 0  # different source classes
    spread: StrictInt = 0  # agencies, regions or periods covered, whichever is largest
    credible: StrictBool = False  # only items judged credible (1 to 3) count
    classes: tuple[Slug, ...] = ()  # only these source classes count; empty: all
    records: tuple[tuple[Slug, ...], ...] = ()  # of every inner list at least one item has one of these kinds
    all_ranks: StrictBool = False  # covers officials of all ranks


class EvidenceRule(SpecModel):
    """The minimum evidence for one level; any one of the options is enough."""

    direction: Direction
    level: StrictInt = Field(ge=0, le=5)
    text: Text  # as shown to users
    needs: Text  # completes "incomplete: needs ..."
    any_of: tuple[EvidenceOption, ...] = Field(min_length=1)
    endorsements: StrictInt = 0  # people other than the rater who must endorse
    determination_groups: tuple[Slug, ...] = ()  # groups in which the level needs an approved determination
    rationale: StrictBool = False  # a written rationale is required


class Parameter(SpecModel):
    """A threshold of the method: never a number in a rule."""

    slug: Slug
    value: StrictInt
    unit: Text
    meaning: Text
    in_force_from: date
    source: Text
    mark: Mark = Mark.PROPOSAL


class IndicatorSet(SpecModel):
    """Indicators that a rule treats together, in order."""

    slug: Slug
    members: tuple[Slug, ...] = Field(min_length=1)
    meaning: Text
    source: Text


class FindingCategorySpec(SpecModel):
    """A finding category with the range of levels that leads to it; None means no bound."""

    slug: Slug
    label: Text
    sentence: Text  # explains the two levels; slots concern, accountability, concern_basis, accountability_basis
    concern: tuple[StrictInt, StrictInt] | None = None
    accountability: tuple[StrictInt, StrictInt] | None = None
    note: str = ""


class RecommendationKind(StrEnum):
    """Where a recommendation comes from."""

    SEED = "seed"  # one of the eleven bullets
    STANDING = "standing"  # T1
    PRACTICE = "practice"  # P1 to P4


class RecommendationSpec(SpecModel):
    """A step to close a gap: wording, addressees, and the condition that makes it relevant.

    `text` may hold the slots named in `slots` in single braces, e.g. `{sector}`.
    """

    code: Text  # "R1"
    slug: Slug
    kind: RecommendationKind
    text: Text
    slots: tuple[Slug, ...] = ()
    openings: tuple[Text, ...] = ()  # permitted openings, e.g. "Significantly increase efforts to"
    addressees: tuple[Slug, ...] = Field(min_length=1)
    government_addressees: tuple[Slug, ...] = ()  # those that belong to the government assessed
    provisions: tuple[Slug, ...] = ()
    instruments: tuple[Slug, ...] = ()
    trigger: Condition
    trigger_text: Text
    answers: tuple[Slug, ...] = ()  # indicators whose shortfall it answers
    factors: tuple[Slug, ...] = ()  # proof-of-failure indicators whose approved determination it answers
    acts: tuple[Slug, ...] = ()
    any_official_act: StrictBool = False  # every act with a public official as actor makes it relevant
    any_transnational_act: StrictBool = False
    objects: tuple[Slug, ...] = ()  # kinds of specific object a country fact can fill
    needs_object: StrictBool = False  # enters the top list only with such a fact
    precedence: StrictInt = Field(ge=1, le=3)  # 1 determinations, 2 accountability, 3 by size of gap
    merges_with: str = ""  # code of the recommendation it forms one line with
    seed_rows: tuple[Text, ...] = ()  # "S166"
    sources: tuple[Slug, ...] = ()
    note: str = ""


class LineageSpec(SpecModel):
    """What became of an indicator of the version before."""

    indicator: str = ""  # slug in this version; empty when dropped
    previous: tuple[Slug, ...] = ()
    change: Literal["same", "reworded", "split", "merged", "dropped", "new"]
    comparable: StrictBool  # whether levels may be compared across the versions


class FrameworkSpec(SpecModel):
    """The whole document of one version."""

    kind: Literal["measurement"]
    code: Slug
    version: Text
    title: Text
    in_force_from: date
    as_of: Text
    legal_basis: Text
    method_note: Text
    previous_version: str = ""
    reporting_period: PeriodNote
    standards: tuple[StandardSpec, ...]
    indicia: tuple[IndiciumSpec, ...]
    elements: tuple[ElementSpec, ...]
    significant_efforts: tuple[FactorSpec, ...]
    proof_of_failure: tuple[ProofOfFailureSpec, ...]
    tiers: tuple[TierSpec, ...]
    legal_dates: tuple[LegalDateSpec, ...]
    notes: tuple[FactorSpec, ...] = ()
    provisions: tuple[ProvisionSpec, ...]
    groups: tuple[GroupSpec, ...]
    indicators: tuple[IndicatorSpec, ...]
    states: tuple[StateSpec, ...]
    scale_meanings: tuple[ScaleMeaning, ...]
    record_kinds: tuple[RecordKind, ...]
    evidence_rules: tuple[EvidenceRule, ...]
    parameters: tuple[Parameter, ...]
    indicator_sets: tuple[IndicatorSet, ...]
    finding_categories: tuple[FindingCategorySpec, ...]
    terms: tuple[TermSpec, ...]
    recommendations: tuple[RecommendationSpec, ...]
    rules: tuple[RuleSpec, ...]
    seed: SeedDocument
    seed_rows: tuple[SeedRowSpec, ...]
    seed_defects: tuple[SeedDefectSpec, ...]
    lineage: tuple[LineageSpec, ...] = ()

    @property
    def label(self) -> str:
        """Code and version, e.g. `official-complicity 2026.1`."""
        return f"{self.code} {self.version}"
