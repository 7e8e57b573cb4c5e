"""The record of one assessment: sources, evidence and the fact sheets F1 to F6 (framework.md C.0, claim-types.md).

Pure values, the same in the interchange file, in the rules and in the drafting. A text that enters a sentence is
a noun phrase or a gerund phrase as its comment says, never a sentence. There is deliberately no field for the
name of a victim or of an accused person: roles, ranks and agencies carry the narrative (narrative-style.md 10).
"""

from typing import Annotated

from pydantic import Field

from assessments.core.values import (
    ONE,
    UNKNOWN_COUNT,
    AttributionLevel,
    Capacity,
    CaseStatus,
    Change,
    CommitmentStatus,
    ConcernGrade,
    Count,
    Credibility,
    Defendants,
    Deployment,
    Earlier,
    EffectStrength,
    Frequency,
    GroupCount,
    Immunity,
    Jurisdiction,
    Magnitude,
    MeasureKind,
    MeasureStage,
    Modality,
    PartialDate,
    PeriodBasis,
    PeriodRelation,
    PolicyKind,
    Protection,
    Ref,
    Reliability,
    Response,
    SanctionKind,
    Section,
    Slug,
    SourceClass,
    Stage,
    StatementKind,
    StatisticCount,
    StatuteType,
    StreakKind,
    TraffickingLink,
    TrendDirection,
    Unit,
    Whole,
    record,
)

Phrase = Annotated[str, Field(max_length=200, pattern=r"^[^\n\r]*$")]
"""Words that go into a sentence: one line, no final stop."""
Note = Annotated[str, Field(max_length=4000)]
"""Words for colleagues; never in a sentence."""
Level = Annotated[int, Field(ge=0, le=5)]
Year = Annotated[int, Field(ge=2001, le=2100)]
Text = Annotated[str, Field(max_length=2000)]
Years = Annotated[int, Field(ge=1, le=25)]
TimeUnit = Annotated[str, Field(pattern=r"^(years|months|days)$")]
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
WHOLE_PERCENT = 100
Refs = tuple[Ref, ...]
Slugs = tuple[Slug, ...]


@record
class Source:
    """A document or person, and the day it was read. Identity fields are protected (decisions.md 13)."""

    id: Ref
    title: Phrase
    source_class: SourceClass
    publisher: Phrase = ""
    url: Annotated[str, Field(max_length=500)] = ""
    published: PartialDate | None = None
    read_on: PartialDate | None = None
    language: Annotated[str, Field(max_length=40)] = "English"
    reliability: Reliability = Reliability.F
    protection: Protection = Protection.OPEN
    attributions: tuple[Phrase, ...] = ()  # permitted ways to name it in a text: "an NGO", "observers"
    demonstration: bool = False
    note: Note = ""


@record
class Evidence:
    """An excerpt as found, with its pinpoint and grades; belongs to one assessment."""

    id: Ref
    source: Ref
    excerpt: Note = ""  # as found; internal for ever, since it may hold names
    edited: Note = ""
    pinpoint: Phrase = ""
    source_class: SourceClass | None = None  # who speaks, where it differs from the source ("as cited in")
    attribution: Phrase = ""  # the permitted attribution used for this item; empty: the class decides
    credibility: Credibility = Credibility.UNJUDGED
    origin: Phrase = ""  # items of one origin count once; empty: the source is the origin
    official_record: bool = False  # a judgment, register or other official or judicial record
    dated: PartialDate | None = None
    original_language: Annotated[str, Field(max_length=40)] = ""
    translation: Note = ""
    translator: Phrase = ""
    set_aside: Note = ""  # looked at and not used: the reason
    indicators: Slugs = ()  # questions it was attached to, answered or not
    demonstration: bool = False


@record
class SearchNote:
    """Where somebody looked, so that level 0 means "searched, nothing credible found"."""

    id: Ref
    searched: Note  # sources, dates and terms
    on: PartialDate | None = None
    indicators: Slugs = ()


@record
class InformationGap:
    """Something the office does not know and would have to, whom it could ask, and how it came to be known."""

    id: Ref
    text: Note  # what is not known, as a question
    indicators: Slugs = ()
    stages: tuple[Stage, ...] = ()  # where it is a figure
    noted_on: PartialDate | None = None
    tried: Note = ""  # where somebody looked already
    closed_on: PartialDate | None = None
    outcome: Note = ""  # how it was closed: what is known now, or why it stays unknown
    note: Note = ""


@record
class OfficialGroup:
    """Officials counted together: 28 immigration officers, one mayor, "several", or a body."""

    role: Phrase  # singular noun phrase without article: "police officer"
    plural: Phrase = ""  # only where adding s to the role is wrong: "heads of unit"
    category: Slug = "other-official"
    count: GroupCount = ONE
    rank: Slug = "unknown"
    former: bool = False
    standing: Slug | None = None  # beyond rank: "influential"
    agency: Phrase = ""  # full name as it reads after "of" or "from": "National Police"
    abbreviation: Annotated[str, Field(max_length=20)] = ""
    accomplices: Phrase = ""  # others charged beside them, noun phrase: "three recruiters"


@record
class Sanction:
    """What was imposed, in the words of the court's own units."""

    kind: SanctionKind
    minimum: Annotated[int, Field(ge=0, le=12000)] | None = None
    maximum: Annotated[int, Field(ge=0, le=12000)] | None = None  # equal to or above minimum; None: a single term
    unit: TimeUnit = "years"
    amount: Annotated[float, Field(ge=0, le=1e15)] | None = None
    currency: Phrase = ""  # plural noun in running text: "Moldovan lei"
    usd: Annotated[float, Field(ge=0, le=1e15)] | None = None
    served: bool | None = None  # None: not known
    persons: Count | None = None  # of how many, where not all
    severity: Slug | None = None  # how severe, where the length is not on record
    note: Note = ""

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards."""
        if self.minimum is not None and self.maximum is not None and self.maximum < self.minimum:
            raise ValueError("the longest term is shorter than the shortest")


@record
class Proceeding:
    """One dated step of a case, in the order things happened."""

    stage: Stage
    date: PartialDate | None = None
    count: Count | None = None  # how many of the officials; None: all of them
    statute: StatuteType = StatuteType.UNKNOWN
    charge: Phrase = ""  # noun phrase: "labor trafficking"
    lesser_offense: bool = False  # the charge replaced a graver one
    body: Phrase = ""  # court or authority, noun phrase with article: "a district court"
    reason: Phrase = ""  # noun phrase after "for" or "due to": "lack of evidence"
    jurisdiction: Phrase = ""  # coarse place or other country, prepositional phrase: "in a neighboring country"
    status: CaseStatus = CaseStatus.ENDED
    motives: Slugs = ()  # aims as somebody sees them
    alleged_motive: Phrase = ""  # infinitive phrase, said as somebody's view: "to stop further inquiry"
    sanctions: tuple[Sanction, ...] = ()
    evidence: Refs = ()


@record
class Conduct:
    """What officials did or are said to have done, tied to trafficking."""

    acts: Slugs = ()
    text: Phrase = ""  # gerund phrase, at most 20 words: "taking bribes to ease illegal migration"
    mode: Slug | None = None
    form: Slug | None = None
    attribution_level: AttributionLevel = AttributionLevel.INDIVIDUAL
    capacity: Capacity = Capacity.UNKNOWN
    deployment: Deployment = Deployment.NONE
    sectors: Slugs = ()
    sector_text: Phrase = ""  # noun phrase for other-sector or a closer word: "cotton"
    setting: Phrase = ""  # prepositional phrase: "at a government shelter"
    leverage: Slugs = ()
    place: Phrase = ""  # coarse prepositional phrase: "in one province", "at the border"
    countries: tuple[Iso3, ...] = ()  # other countries involved: the cross-border flag
    victims: Count | None = None
    victim_group: Phrase = ""  # plural noun phrase: "foreign workers"
    link: TraffickingLink = TraffickingLink.TRAFFICKING
    crime: Slug | None = None  # kind of trafficking the acts concern
    frequency: Frequency | None = None
    manners: Slugs = ()  # how it was done: "in public"
    motives: Slugs = ()  # aims as somebody sees them


@record
class Statistic:
    """F1a: a figure on officials at one stage, or the word that there is none (claim-types.md N1-N7)."""

    id: Ref
    stage: Stage
    about: Defendants = Defendants.OFFICIALS
    unit: Unit = Unit.PERSONS
    count: StatisticCount = UNKNOWN_COUNT
    crime: Slug | None = None  # kind of trafficking; None: trafficking of any kind
    change: Change | None = None  # against the period before, as the source says
    finished: bool = False  # counts what was finished, not what was begun
    cohort_from: Year | None = None  # of those begun in these years
    cohort_to: Year | None = None
    sanction: SanctionKind | None = None  # for sentences: of this kind only
    notability: Slug | None = None  # of cases that stand out
    reported_by: Count | None = None  # only so many parts of the country report the figure
    reported_by_unit: Jurisdiction = Jurisdiction.PROVINCE
    scope: Phrase = ""  # limits a figure or a zero, prepositional phrase: "over the border case of 2015"
    agency: Phrase = ""  # noun phrase where the figure is of one agency only
    jurisdiction: Phrase = ""  # coarse place or other country, prepositional phrase
    statute: StatuteType = StatuteType.UNKNOWN
    period_basis: PeriodBasis = PeriodBasis.REPORTING
    period: PartialDate | None = None  # the year meant where the basis is not the reporting period
    new: Count | None = None  # of these, opened in the period
    continued: Count | None = None  # of these, carried over
    of_total: Count | None = None  # the total these officials are part of
    of_total_noun: Phrase = ""  # plural noun: "defendants"
    previous: Count | None = None
    previous_basis: PeriodBasis | None = None  # None: same as this figure
    previous_stage: Stage | None = None  # None: same as this figure
    previous_detail: Earlier | None = None
    previous_note: Phrase = ""
    gap_reason: Phrase = ""  # why there is no figure, noun phrase: "the lack of a data system"
    streak: StreakKind | None = None
    streak_years: Annotated[int, Field(ge=2, le=40)] | None = None
    streak_since: PartialDate | None = None
    streak_event: Phrase = ""
    stated_by_government: bool = True  # False: said by the evidence's source, and attributed to it
    evidence: Refs = ()
    note: Note = ""

    def __post_init__(self) -> None:
        """Refuse a rate above 100 percent, and years that run backwards."""
        if self.unit is Unit.PERCENT and (self.count.value or 0) > WHOLE_PERCENT:
            raise ValueError("a rate is at most 100 percent")
        if self.cohort_from and self.cohort_to and self.cohort_to < self.cohort_from:
            raise ValueError("the last year lies before the first")

    @property
    def is_on_accountability(self) -> bool:
        """Say whether the figure counts officials, and counts them whole: a rate, or the rest of a cohort, does not."""
        is_part = self.finished or self.cohort_from is not None or self.unit is Unit.PERCENT
        return self.about is Defendants.OFFICIALS and not is_part


@record
class OfficialCase(Conduct):
    """F1b: one case against officials, carried over the years by one id."""

    id: Ref
    officials: tuple[OfficialGroup, ...] = ()
    proceedings: tuple[Proceeding, ...] = ()
    relation: PeriodRelation = PeriodRelation.CURRENT
    opened: PartialDate | None = None
    counted_in: Ref | None = None  # the statistic that already counts it
    institution: Phrase = ""  # an inquiry into a place instead of persons, with article: "a state-funded shelter"
    immunity: Immunity | None = None
    left_host_state: bool = False  # a diplomat who departed
    recruiter: Phrase = ""  # name of a recruiter or company; protected
    docket: Phrase = ""  # docket number; protected
    evidence: Refs = ()
    note: Note = ""


@record
class Allegation(Conduct):
    """F2: conduct somebody reports, without a proceeding on record."""

    id: Ref
    officials: tuple[OfficialGroup, ...] = ()
    modality: Modality = Modality.REPORTED
    repeated: bool = False  # the source speaks of repeated reports
    date: PartialDate | None = None
    in_period: bool = True
    response: Response = Response.NOT_RECORDED
    response_text: Phrase = ""  # gerund phrase: "blaming private employers"
    effects: Slugs = ()  # what it hindered
    effect: Phrase = ""  # noun phrase, what it hindered, in closer words: "inspections"
    effect_strength: EffectStrength | None = None
    results: Slugs = ()  # effects, each the cause of the next, as the source sees it
    case: Ref | None = None  # the case it became, if any
    motive: Phrase = ""  # infinitive phrase, said as the source's view
    recruiter: Phrase = ""  # protected
    evidence: Refs = ()
    note: Note = ""


@record
class PolicyElement:
    """F3: one element of a government policy or pattern (framework.md B.2; claim-types.md P1-P3)."""

    id: Ref
    factor: Slug  # the indicator of the factor: "pof-forced-labor"
    kind: PolicyKind = PolicyKind.POLICY_OR_PATTERN
    sector: Slug | None = None  # for forced labor: the part of I12
    conducts: Slugs = ()  # what the state did
    continues: bool = False  # the conduct went on from before
    banned_nationally: bool = False  # national law forbids it, and it goes on
    conduct: Phrase = (
        ""  # closer words; past-tense clause without subject: "mobilized adults and children for the cotton harvest"
    )
    organ: Phrase = ""  # subject noun phrase; empty: the government
    organ_abbreviation: Annotated[str, Field(max_length=20)] = ""
    objects: tuple[Phrase, ...] = ()  # what the conduct was for or about, noun phrases: "the national service"
    means: tuple[Phrase, ...] = ()  # noun phrases: "threats of dismissal", "quotas"
    legal_basis: Phrase = ""  # noun phrase: "an article of the labor code"
    purpose: Phrase = ""  # noun phrase, the government's own name for it: "a training program"
    places: Phrase = ""
    period: Phrase = ""
    scale: Count | None = None
    scale_noun: Phrase = ""  # plural noun: "public workers"
    scale_basis: Phrase = ""
    term: Whole | None = None  # the legal limit of a service
    term_unit: TimeUnit = "months"
    groups: Phrase = ""  # plural noun phrase of people affected
    force: Phrase = ""  # armed force or group, with article: "the national army"
    force_allied: bool = False  # a government-supported group, not the government's own
    roles: Phrase = ""  # what children were used for: "combat and support roles"
    verified_by: Phrase = ""  # noun phrase: "an international organization"
    benefit: Phrase = ""
    trend: Change | None = None  # how the practice moved against the period before, as the source says
    remedies: Slugs = ()  # remedial steps
    remedial: Phrase = (
        ""  # the same in closer words; past-tense clause without subject, remedial step: "bought harvesting machines"
    )
    evidence: Refs = ()
    note: Note = ""


@record
class Measure:
    """F4: a law, body, training, seizure or other institutional measure."""

    id: Ref
    kind: MeasureKind
    text: Phrase = ""  # past-tense clause without subject: "adopted guidance on corruption cases"
    stage: MeasureStage = MeasureStage.IN_FORCE
    indicator: Slug | None = None
    body: Phrase = ""  # subject with article; empty: the government
    body_abbreviation: Annotated[str, Field(max_length=20)] = ""
    date: PartialDate | None = None
    legal_basis: Phrase = ""
    coverage: Phrase = ""
    amount: Annotated[float, Field(ge=0, le=1e15)] | None = None
    currency: Phrase = ""
    usd: Annotated[float, Field(ge=0, le=1e15)] | None = None
    usd_rate_date: PartialDate | None = None
    cases: Count | None = None
    output: Phrase = ""
    is_effort: bool | None = None  # True: counts as effort, False: as shortfall, None: neutral (claim-types.md X1)
    evidence: Refs = ()
    note: Note = ""


@record
class Commitment:
    """F5: a treaty or policy commitment and how far it is carried out."""

    id: Ref
    instrument: Slug
    status: CommitmentStatus = CommitmentStatus.UNKNOWN
    date: PartialDate | None = None
    reservation: Phrase = ""
    provision: Slug | None = None
    domestic_law: Phrase = ""
    used_in_case: bool | None = None
    review_cycle: Phrase = ""
    recommendation: Phrase = ""
    recommendation_status: Phrase = ""
    evidence: Refs = ()
    note: Note = ""


@record
class DataRequest:
    """F6: what was asked of the government, and what came back (framework.md A.3, E10-E12)."""

    id: Ref
    asked_on: PartialDate | None = None
    channel: Phrase = ""
    addressee: Phrase = ""
    items: Note = ""
    stages: tuple[Stage, ...] = ()
    replied_on: PartialDate | None = None
    supplied: Note = ""
    capacity: Note = ""  # the government's demonstrably increasing capacity to obtain such data
    presumption_proposed: bool = False
    presumption_approved_by: tuple[Phrase, ...] = ()  # people, as stated in the file
    evidence: Refs = ()
    note: Note = ""


@record
class Statement:
    """A dated statement with evidence that fits no other sheet: a concern, effect, effort, shortfall or limit."""

    id: Ref
    kind: StatementKind
    section: Section = Section.PROSECUTION
    observations: Slugs = ()  # what was found, as predicates of one subject
    crime: Slug | None = None  # kind of trafficking; None: trafficking of any kind
    other_crime: Slug | None = None  # compared with
    frequency: Frequency | None = None
    qualities: Slugs = ()  # adjectives of a step
    extents: Slugs = ()
    manners: Slugs = ()
    manner_frequency: Frequency | None = None
    levels: Slugs = ()  # of government
    groups: Phrase = ""  # plural noun phrase of people concerned
    sectors: Slugs = ()
    scale: Count | None = None
    magnitude: Magnitude | None = None  # where nobody counted
    is_share: bool = False  # the scale is a percentage
    results: Slugs = ()  # effects, each the cause of the next
    text: Phrase = ""  # closer words; effort, shortfall: past-tense clause without subject; others: with its subject
    subject: Phrase = ""  # for shortfall or effort: empty means the government; with article
    topics: Slugs = ()  # of a concern or effect
    topic: Phrase = "official complicity"  # of a concern or effect, noun phrase, where no topic is chosen
    grade: ConcernGrade | None = None
    persists: bool = False  # "remained": needs last year's record or the source's word
    scope: Phrase = ""  # prepositional phrase: "at all levels of government"
    effects: Slugs = ()  # what an effect acted on
    objects: tuple[Phrase, ...] = ()  # the same or what an observation is about, noun phrases: "victim identification"
    strength: EffectStrength | None = None
    modality: Modality = Modality.REPORTED
    explains: Ref | None = None  # for a limit: the statistic it explains
    about_officials: bool = True
    unattributed: bool = False  # stated by the office itself, on evidence
    date: PartialDate | None = None
    evidence: Refs = ()
    note: Note = ""

    def __post_init__(self) -> None:
        """Refuse a share above 100 percent."""
        if self.is_share and self.scale is not None and (self.scale.value or 0) > WHOLE_PERCENT:
            raise ValueError("a share is at most 100 percent")


@record
class Trend:
    """How efforts in one section moved, who says so and why."""

    section: Section | None = None  # None: overall
    direction: TrendDirection
    reason: Phrase = ""
    stated_by: Phrase = ""
    evidence: Refs = ()


@record
class Share:
    """How many of what, for history: one period's statistic as it was recorded."""

    stage: Stage
    unit: Unit = Unit.PERSONS
    count: Count
    period_basis: PeriodBasis = PeriodBasis.REPORTING
