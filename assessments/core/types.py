"""What goes into the rules and what comes out: ratings, decisions, the whole record, and the derived results.

Frozen values only. `Case` is all a rule or a pattern may see; `Derived`, `Finding`, `Sentence`,
`RankedRecommendation` and `Check` are all they may answer with, and each names its basis.
"""

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from assessments.core.ordering import in_order
from assessments.core.sheets import (
    Allegation,
    Commitment,
    DataRequest,
    Evidence,
    InformationGap,
    Iso3,
    Level,
    Measure,
    Note,
    OfficialCase,
    Phrase,
    PolicyElement,
    Refs,
    SearchNote,
    Share,
    Source,
    Statement,
    Statistic,
    Text,
    Trend,
    Year,
    Years,
)
from assessments.core.values import (
    Choice,
    Confidence,
    PartialDate,
    PolicyKind,
    RatingState,
    Ref,
    Section,
    Slug,
    Tier,
    record,
)
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.wording import CompiledWording


@record
class Rating:
    """The effective answer to one indicator, or to one part of it (the sectors of I12)."""

    indicator: Slug
    part: Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$")] = ""
    state: RatingState
    level: Level | None = None  # None unless RATED
    confidence: Confidence | None = None
    rationale: Text = ""
    reason: Text = ""  # why a state and no level, or why a level changed against last year
    evidence: Refs = ()
    rated_by: Phrase = ""

    def __post_init__(self) -> None:
        """Refuse a level without the state that carries it, and the reverse."""
        if (self.state is RatingState.RATED) != (self.level is not None):
            raise ValueError("a level belongs to the state “rated”, and that state to a level")

    @property
    def key(self) -> str:
        """The indicator's slug, with its part where it has one: "pof-forced-labor/agriculture"."""
        return f"{self.indicator}/{self.part}" if self.part else self.indicator


@record
class Determination:
    """A proof-of-failure factor as the office finds it; counts only with two approvers other than the proposer."""

    id: Ref
    factor: Slug
    sector: Slug | None = None
    kind: PolicyKind
    elements: Refs = ()  # F3 records it rests on
    proposed_by: Phrase = ""
    approved_by: tuple[Phrase, ...] = ()

    @property
    def is_approved(self) -> bool:
        """Say whether two people other than the proposer stand behind it (decisions.md 3)."""
        return len(set(self.approved_by) - {self.proposed_by}) >= 2


@record
class Endorsement:
    """A second person's word for level 4 or 5 of a concern indicator outside G2 (decisions.md 3)."""

    indicator: Slug
    part: str = ""
    level: Level
    endorsed_by: Phrase


@record
class Decision:
    """What was decided about the country, recorded and never computed (decisions.md 6)."""

    tier: Tier | None = None
    tier_reason: Note = ""
    tier_decided_by: Phrase = ""
    tier_decided_on: PartialDate | None = None
    tier_source: Phrase = ""
    tier_mark: Phrase = ""  # "unverified", "derived": from the reference data
    tier_released: bool = False  # an unreleased tier is visible only to people the policy module names
    previous_tier: Tier | None = None  # None: not known
    watch_list_ground: Phrase = ""
    watch_list_years: Years | None = None  # this year included
    waiver: bool = False
    waiver_years: Years | None = None
    secretary_decided_on: PartialDate | None = None  # the Secretary's policy-or-pattern decision; None: not on record
    recognized: bool = True  # whether the authority is recognized as the government
    authority: Phrase = ""  # its own name where it is not
    trends: tuple[Trend, ...] = ()


@record
class PastRating:
    """An effective level of an earlier period."""

    indicator: Slug
    part: str = ""
    state: RatingState
    level: Level | None = None


@record
class PastPeriod:
    """An earlier period as it was recorded."""

    report_year: Year
    tier: Tier | None = None
    statistics: tuple[Share, ...] = ()
    ratings: tuple[PastRating, ...] = ()
    recommendations: tuple[str, ...] = ()  # ids such as "R1"
    sentences: tuple[Text, ...] = ()
    source: Phrase = ""


@record
class HumanSentence:
    """A person's edit, own sentence or removal, as the interchange file carries it."""

    section: Section
    family: Slug | None = None  # None: hand-written
    subjects: Refs = ()
    text: Text | None  # None: removed
    evidence: Refs = ()
    judgement: bool = False  # the author's own judgement, where no evidence is named
    author: Phrase = ""


@record
class VersionRef:
    """A framework or wording version by name."""

    code: Slug
    version: Annotated[str, Field(max_length=20)]


@record
class AssessmentRecord:
    """Everything an analyst can record about one country in one reporting period; the interchange file's root."""

    format: Literal["indicia-assessment"] = "indicia-assessment"
    format_version: Literal[1] = 1
    country: Iso3
    report_year: Year
    framework: VersionRef
    wording: VersionRef | None = None  # None: the newest valid in the report year
    demonstration: bool = False
    decision: Decision = Decision()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    search_notes: tuple[SearchNote, ...] = ()
    information_gaps: tuple[InformationGap, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    cases: tuple[OfficialCase, ...] = ()
    allegations: tuple[Allegation, ...] = ()
    elements: tuple[PolicyElement, ...] = ()
    measures: tuple[Measure, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    requests: tuple[DataRequest, ...] = ()
    statements: tuple[Statement, ...] = ()
    ratings: tuple[Rating, ...] = ()
    determinations: tuple[Determination, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()
    history: tuple[PastPeriod, ...] = ()
    sentences: tuple[HumanSentence, ...] = ()
    note: Note = ""

    @property
    def official_statistics(self) -> tuple[Statistic, ...]:
        """Figures that say how often officials were held to account: no rates, no cohorts, nobody else."""
        return tuple(item for item in self.statistics if item.is_on_accountability)


@record
class CountryForms:
    """The forms of a country's name a text needs."""

    iso3: Iso3
    name: str  # "Philippines"
    in_text: str  # "the Philippines"
    government: str  # "the Government of the Philippines"
    adjective: str = ""


class Case:
    """All the rules and patterns may see: the record, the country's names, the framework and the wording."""

    def __init__(
        self,
        *,
        record: AssessmentRecord,
        country: CountryForms,
        framework: CompiledFramework,
        wording: CompiledWording,
    ) -> None:
        """Hold the four values, the record's sheets in their one order; nothing is derived here."""
        self.record = in_order(record)
        self.country = country
        self.framework = framework
        self.wording = wording

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """Evidence by id."""
        return {item.id: item for item in self.record.evidence}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {item.id: item for item in self.record.sources}

    @cached_property
    def ratings(self) -> Mapping[str, Rating]:
        """Ratings by key ("slug" or "slug/part")."""
        return {item.key: item for item in self.record.ratings}


@record
class Step:
    """One comparison or cap in the explanation of a derived value, in words."""

    rule: str  # slug of the rule or parameter
    text: str
    applied: bool = True


@record
class Derived:
    """A derived level with everything that made it. `level` None means: cannot be said (see `steps`)."""

    scale: str  # "concern", "accountability" or an indicator's slug
    level: int | None
    basis: tuple[str, ...] = ()  # rating keys, determination ids
    caps: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    may_be_higher: bool = False
    low: int | None = None  # bound with what is missing set to best
    high: int | None = None  # and to worst


@record
class Incomplete:
    """Why an answer does not count yet, in words: "needs two independent sources, or one official record"."""

    key: str  # rating key, determination or record id
    needs: tuple[str, ...]


@record
class Finding:
    """The worded result for one country and period; never a tier, never a statement on the minimum standards."""

    category: str  # slug of framework.md E's finding categories
    title: str
    explanation: str
    resting_on: str  # "allegations", "proceedings", "final judgments" or "" where nothing is on record
    concern: Derived
    accountability: Derived
    tags: tuple[str, ...] = ()
    coverage: int = 0  # percent of core indicators rated or reasoned
    core_answered: int = 0
    core_expected: int = 0
    incomplete: tuple[Incomplete, ...] = ()
    presumed: tuple[str, ...] = ()  # indicators at 0 by the statutory presumption
    group_levels: Mapping[str, int | None] = field(default_factory=dict)


@record
class Basis:
    """What a sentence rests on: ids of facts, evidence and decisions, keys of ratings."""

    facts: Refs = ()
    evidence: Refs = ()
    ratings: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()  # "tier", "trend.prosecution", determination ids

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all stands behind the sentence."""
        return not (self.facts or self.evidence or self.ratings or self.decisions)


@record
class SentenceKey:
    """What a sentence is about; the same across regenerations, whatever its wording (decisions.md 4)."""

    section: Section
    family: Slug
    subjects: Refs  # sorted


@record
class Sentence:
    """One drafted unit with its basis. `choice` explains in words why this pattern was taken."""

    key: SentenceKey
    pattern: str  # "NP-13"
    slots: Mapping[str, str]
    text: str
    basis: Basis
    choice: str = ""


@record
class DraftGap:
    """A clause that waits for an answer: shown in the working view, never exported."""

    section: Section
    text: str  # "rate I20 to state the strength of concern"
    indicator: Slug | None = None
    facts: Refs = ()


@record
class RankedRecommendation:
    """A recommendation with its place and the reason for that place."""

    id: str  # "R1", "T1", "P2"
    merged: tuple[str, ...] = ()  # ids merged into this line
    text: str
    rank: int
    is_top: bool
    reason: str
    trigger: tuple[str, ...]  # comparisons that held, in words
    basis: Basis
    addressees: tuple[Slug, ...] = ()
    provisions: tuple[Slug, ...] = ()
    for_others: bool = False  # addressed to donors or others, printed apart


@record
class Draft:
    """The whole first draft: sentences in printing order, gaps for the working view, recommendations in order."""

    sentences: tuple[Sentence, ...]
    gaps: tuple[DraftGap, ...] = ()
    recommendations: tuple[RankedRecommendation, ...] = ()


class Severity(Choice):
    """How a check is treated."""

    BLOCK = "block", "must be settled before submission"
    WARNING = "warning", "needs a look"
    NOTE = "note", "for information"


@record
class Check:
    """Something a reviewer would ask. `key` stays the same while the matter does."""

    check: Slug
    severity: Severity
    text: str
    subjects: tuple[str, ...] = ()  # fact ids, rating keys
    sentence: SentenceKey | None = None
