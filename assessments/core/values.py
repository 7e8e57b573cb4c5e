"""Small values every fact sheet is made of: counts, dates, money, and the choices that name their kinds.

Pure. Each choice carries its label, so that code, screens and files use the same words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Self, TypeVar, dataclass_transform

from pydantic import AfterValidator, ConfigDict, Field

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a frozen, keyword-only value whose unknown fields are refused wherever it is read from a file."""
    cls.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


class Choice(StrEnum):
    """A closed list whose members carry the words a person reads."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Store the value as the string and the label beside it; without a label, `Choice(value)` looks one up."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in the order declared, as forms want them."""
        return [(member.value, member.label) for member in cls]


def _partial_date(text: str) -> str:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    if not match or not 1900 <= int(match[1]) <= 2200:
        raise ValueError("a date is written 2022, 2022-05 or 2022-05-14")
    month, day = match[2], match[3]
    if month and not 1 <= int(month) <= 12:
        raise ValueError(f"there is no month {month}")
    if day and not 1 <= int(day) <= 31:
        raise ValueError(f"there is no day {day}")
    return text


PartialDate = Annotated[str, AfterValidator(_partial_date)]
"""A day, a month or a year, kept with the precision it was given in: "2022-05-14", "2022-05" or "2022"."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A name from the framework's registry; never changes."""

Ref = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
"""The id of a record inside one assessment; kept through files, revisions and drafts."""

Whole = Annotated[int, Field(ge=0, le=2_000_000_000)]
"""A whole number that both databases can hold."""


class CountKind(Choice):
    """What a number is, and what its absence means (narrative-style.md 8; claim-types.md N1-N4)."""

    EXACT = "exact", "exactly"
    AT_LEAST = "at-least", "at least"
    UP_TO = "up-to", "up to"
    ABOUT = "about", "about"
    SOME = "some", "some (two or more, no count)"
    SEVERAL = "several", "several (three or more, no count)"
    REPORTED_ZERO = "reported-zero", "none took place, and that was reported"
    TOOK_PLACE = "took-place", "took place, number not given"
    NOT_REPORTED = "not-reported", "not reported"
    UNKNOWN = "unknown", "unknown (nobody asked or looked)"
    NOT_APPLICABLE = "not-applicable", "not applicable"


NUMBERED = frozenset({CountKind.EXACT, CountKind.AT_LEAST, CountKind.UP_TO, CountKind.ABOUT})
"""Kinds that need a number; every other kind must not have one."""

STATISTIC_KINDS = (
    CountKind.EXACT,
    CountKind.AT_LEAST,
    CountKind.ABOUT,
    CountKind.REPORTED_ZERO,
    CountKind.TOOK_PLACE,
    CountKind.NOT_REPORTED,
    CountKind.UNKNOWN,
    CountKind.NOT_APPLICABLE,
)
GROUP_KINDS = (
    CountKind.EXACT,
    CountKind.AT_LEAST,
    CountKind.UP_TO,
    CountKind.ABOUT,
    CountKind.SOME,
    CountKind.SEVERAL,
    CountKind.UNKNOWN,
)


@record
class Count:
    """A number and its kind, never one without the other.

    `value` is a number exactly where the kind is in NUMBERED; an exact 0 is refused, since "none took
    place" is a statement of its own (REPORTED_ZERO).
    """

    kind: CountKind
    value: Whole | None = None

    def __post_init__(self) -> None:
        """Refuse a number without its kind, a kind without its number, and a bare zero."""
        if self.kind in NUMBERED and self.value is None:
            raise ValueError(f"“{self.kind.label}” needs a number")
        if self.kind not in NUMBERED and self.value is not None:
            raise ValueError(f"“{self.kind.label}” takes no number")
        if self.value == 0:
            raise ValueError("a count of 0 is recorded as “none took place, and that was reported”")


UNKNOWN_COUNT = Count(kind=CountKind.UNKNOWN)
ONE = Count(kind=CountKind.EXACT, value=1)


class PeriodBasis(Choice):
    """The twelve months a figure covers."""

    REPORTING = "reporting-period", "reporting period (April 1 to March 31)"
    CALENDAR = "calendar-year", "calendar year"
    FISCAL = "fiscal-year", "fiscal year"
    OTHER = "other", "other, see note"


class SourceClass(Choice):
    """Classes of credible information (22 U.S.C. 7102; framework.md A.3)."""

    A = "SC-A", "Department of State"
    B = "SC-B", "other U.S. agency"
    C = "SC-C", "assessed government"
    D = "SC-D", "civil society"
    E = "SC-E", "survivors, whistleblowers, insiders"
    F = "SC-F", "media and research"
    G = "SC-G", "international organization"
    H = "SC-H", "assessed effect on prevalence"


class Protection(Choice):
    """Who may see the identity of a source (decisions.md 13)."""

    OPEN = "open", "open"
    RESTRICTED = "restricted", "restricted to staff of the country and its reviewers"
    CONFIDENTIAL = "confidential", "confidential: who entered it and people named on it"


class Reliability(Choice):
    """How far a source can be relied on."""

    A = "A", "A, completely reliable"
    B = "B", "B, usually reliable"
    C = "C", "C, fairly reliable"
    D = "D", "D, not usually reliable"
    E = "E", "E, unreliable"
    F = "F", "F, cannot be judged"


class Credibility(Choice):
    """How far one item can be believed; "credible" means 1 to 3."""

    CONFIRMED = "1", "1, confirmed by other sources"
    PROBABLE = "2", "2, probably true"
    POSSIBLE = "3", "3, possibly true"
    DOUBTFUL = "4", "4, doubtful"
    IMPROBABLE = "5", "5, improbable"
    UNJUDGED = "6", "6, cannot be judged"

    @property
    def is_credible(self) -> bool:
        """Say whether a sentence may call this credible."""
        return self in {Credibility.CONFIRMED, Credibility.PROBABLE, Credibility.POSSIBLE}


class Confidence(Choice):
    """How sure a rating is; it never changes the level, only its use (framework.md C.0)."""

    HIGH = "high", "high: several independent, direct, recent, corroborated"
    MODERATE = "moderate", "moderate"
    LOW = "low", "low: single, indirect, old or contested"


class RatingState(Choice):
    """A level, or the reason why there is none (framework.md C.0)."""

    RATED = "rated", "rated"
    NOT_ASSESSED = "not-assessed", "not assessed: nobody looked"
    INSUFFICIENT = "insufficient-information", "insufficient information: looked, cannot say"
    NOT_APPLICABLE = "not-applicable", "not applicable: cannot occur"
    NO_KNOWN_CASES = "no-known-cases", "no known cases to respond to"
    NO_REQUEST_MADE = "no-request-made", "no request made"


class Stage(Choice):
    """A step of a proceeding or statistic (decisions.md 5)."""

    ALLEGATION = "allegation", "allegation"
    ARREST = "arrest", "arrest"
    INVESTIGATION = "investigation", "investigation"
    INDICTMENT = "indictment", "indictment"
    CHARGE = "charge", "charge"
    TRIAL = "trial", "prosecution or trial"
    CONVICTION = "conviction", "conviction"
    SENTENCE = "sentence", "sentence"
    ACQUITTAL = "acquittal", "acquittal"
    COURT_DISMISSAL = "court-dismissal", "dismissal by a court"
    SHELVING = "shelving", "shelving by police or prosecutors"
    REVERSAL = "reversal", "reversal on appeal"
    APPEAL = "appeal", "appeal"
    ADMINISTRATIVE = "administrative", "administrative measure"
    ACTION = "action", "action, kind not stated"


STATISTIC_STAGES = (
    Stage.ARREST,
    Stage.INVESTIGATION,
    Stage.INDICTMENT,
    Stage.CHARGE,
    Stage.TRIAL,
    Stage.CONVICTION,
    Stage.SENTENCE,
    Stage.ACQUITTAL,
    Stage.REVERSAL,
    Stage.APPEAL,
    Stage.ADMINISTRATIVE,
    Stage.ACTION,
)
"""Stages a statistic can count. "Prosecutions" are kept under TRIAL unless the source names charges or indictments."""


class Unit(Choice):
    """What a statistic counts."""

    PERSONS = "persons", "officials"
    CASES = "cases", "cases"
    INVESTIGATIONS = "investigations", "investigations"
    PERCENT = "percent", "percent: a rate"


class Defendants(Choice):
    """Whom a figure counts (claim-types.md N7). Only figures on officials bear on accountability."""

    OFFICIALS = "officials", "officials"
    EVERYONE = "everyone", "all accused persons"


class Change(Choice):
    """How a figure moved, as its source says; never drawn from two numbers here."""

    ROSE = "rose", "rose"
    STEADY = "steady", "stayed the same"
    FELL = "fell", "fell"


class Earlier(Choice):
    """What else is known of the figure before (claim-types.md N5)."""

    FIRST_EVER = "first-ever", "it was the first ever"
    UNRECORDED = "unrecorded", "it had gone unrecorded at the time"
    UNDER_INVESTIGATION = "under-investigation", "investigations only"
    NOT_SEPARATE = "not-separate", "officials were not counted apart"


class Jurisdiction(Choice):
    """Parts of a country that report figures of their own (claim-types.md X4)."""

    PROVINCE = "province", "province"
    STATE = "state", "state"
    REGION = "region", "region"
    DISTRICT = "district", "district"
    CITY = "city", "city"
    COURT = "court", "court"
    AGENCY = "agency", "agency"


class Frequency(Choice):
    """How often, as a source says."""

    SELDOM = "seldom", "seldom"
    AT_TIMES = "at-times", "at times"
    OFTEN = "often", "often"
    MOSTLY = "mostly", "mostly"
    ALWAYS = "always", "always"


class Immunity(Choice):
    """What became of an official's immunity (claim-types.md 3)."""

    CLAIMED = "claimed", "claimed, undecided"
    NOT_WAIVED = "not-waived", "not waived"
    WAIVED = "waived", "waived"
    LIFTED = "lifted", "lifted by a parliament or court"


class PeriodRelation(Choice):
    """Where a case stands against the reporting period."""

    CURRENT = "current", "opened in this period"
    CONTINUED = "continued", "continued from an earlier period"
    EARLIER = "earlier", "from an earlier period, closed or without news"


class StatuteType(Choice):
    """The kind of law a charge rests on (claim-types.md C6)."""

    TRAFFICKING = "trafficking", "trafficking"
    CORRUPTION = "corruption", "corruption"
    CHILD_PROTECTION = "child-protection", "child protection"
    IMMIGRATION = "immigration", "immigration or smuggling"
    LABOR = "labor", "labor"
    LAUNDERING = "laundering", "money laundering"
    OTHER = "other", "other"
    UNKNOWN = "unknown", "not known"


class SanctionKind(Choice):
    """What a court or an authority imposed (claim-types.md C5, C6)."""

    PRISON = "prison", "prison"
    LIFE = "life", "life imprisonment"
    SUSPENDED = "suspended", "suspended prison term"
    FINE = "fine", "fine"
    COMPENSATION = "compensation", "compensation or restitution"
    CONFISCATION = "confiscation", "confiscation"
    DISMISSAL = "dismissal", "dismissal from office"
    SUSPENSION = "suspension", "suspension from duty"
    TRANSFER = "transfer", "transfer"
    DEMOTION = "demotion", "demotion"
    REPRIMAND = "reprimand", "reprimand"
    RECALL = "recall", "recall or repatriation"
    SEAT_LOST = "seat-lost", "seat or immunity lost"
    OTHER = "other", "other"


class CaseStatus(Choice):
    """How a proceeding stood at the end of the period."""

    PENDING = "pending", "pending or ongoing"
    ENDED = "ended", "ended"
    ON_APPEAL = "on-appeal", "under appeal"
    NO_PROGRESS = "no-progress", "no progress reported"
    NOT_REPORTED = "not-reported", "status not reported"


class Modality(Choice):
    """How a claim was made (claim-types.md Q4, S1)."""

    STATED = "stated", "stated"
    REPORTED = "reported", "reported"
    ALLEGED = "alleged", "alleged"
    PRESUMED = "presumed", "presumed (may, appears)"


class AttributionLevel(Choice):
    """Whose conduct it is; kept apart from how grave it is (seed: attribution-level)."""

    INDIVIDUAL = "individual", "individual officials"
    UNIT = "unit", "a unit or office"
    AGENCY = "agency", "an agency"
    GOVERNMENT = "government", "the government"


class Capacity(Choice):
    """Whether the official acted in office."""

    OFFICIAL = "official", "in office"
    PRIVATE = "private", "private"
    UNKNOWN = "unknown", "not known"


class Deployment(Choice):
    """Service abroad, for 108(b)(7) "deployed abroad"."""

    NONE = "none", "at home"
    DIPLOMATIC = "diplomatic", "diplomatic mission"
    PEACEKEEPING = "peacekeeping", "peacekeeping mission"
    OTHER = "other", "other deployment abroad"


class TraffickingLink(Choice):
    """What ties an allegation to trafficking (framework.md E, scope question)."""

    TRAFFICKING = "trafficking", "trafficking"
    UNCLEAR = "unclear", "unclear"
    SMUGGLING = "smuggling", "smuggling only (out of scope)"


class Response(Choice):
    """What the authorities did about an allegation; every value but NOT_RECORDED is itself a recorded fact."""

    NOT_RECORDED = "not-recorded", "nothing on record"
    NONE_REPORTED = "none-reported", "no action reported"
    NOT_INVESTIGATED = "not-investigated", "known not to be investigated"
    DENIED = "denied", "denied without inquiry"
    ACKNOWLEDGED = "acknowledged", "acknowledged, nothing more"
    SCREENED = "screened", "preliminary inquiry"
    CASE_OPENED = "case-opened", "case opened"


class PolicyKind(Choice):
    """The statutory noun (framework.md B.2)."""

    POLICY = "policy", "policy"
    PATTERN = "pattern", "pattern"
    POLICY_OR_PATTERN = "policy-or-pattern", "policy or pattern"


class TrendDirection(Choice):
    """How efforts moved against the period before."""

    ROSE = "rose", "rose"
    STEADY = "steady", "held steady"
    FELL = "fell", "fell"
    MIXED = "mixed", "mixed"
    NOT_STATED = "not-stated", "not stated"


class Tier(Choice):
    """The tier decided; recorded, never computed (framework.md B.4)."""

    ONE = "1", "Tier 1"
    TWO = "2", "Tier 2"
    WATCH_LIST = "2WL", "Tier 2 Watch List"
    THREE = "3", "Tier 3"
    SPECIAL = "SC", "Special Case"


class StreakKind(Choice):
    """What repeats (claim-types.md N6)."""

    CONSECUTIVE = "consecutive", "same state for n years in a row"
    FIRST_EVER = "first-ever", "first ever"
    FIRST_SINCE = "first-since", "first since a year"
    NEVER = "never", "never"


class Magnitude(Choice):
    """A number nobody counted, by its order (claim-types.md 3: figures that count no crime)."""

    DOZENS = "dozens", "dozens"
    HUNDREDS = "hundreds", "hundreds"
    THOUSANDS = "thousands", "thousands"
    TENS_OF_THOUSANDS = "tens-of-thousands", "tens of thousands"
    HUNDREDS_OF_THOUSANDS = "hundreds-of-thousands", "hundreds of thousands"
    MILLIONS = "millions", "millions"


class ConcernGrade(Choice):
    """How grave a source says the matter is (claim-types.md Q1)."""

    CONCERN = "concern", "a concern"
    SIGNIFICANT = "significant", "a significant concern"
    SERIOUS = "serious", "a serious concern"
    WIDESPREAD = "widespread", "widespread"
    ENDEMIC = "endemic", "endemic"


class EffectStrength(Choice):
    """How strongly complicity is said to have acted (narrative-style.md 7)."""

    HINDERED = "hindered", "hindered"
    IMPEDED = "impeded", "impeded"
    SEVERELY_LIMITED = "severely-limited", "severely limited"


class StatementKind(Choice):
    """Dated statements that fit no other sheet (claim-types.md Q1, Q2, X1-X4)."""

    CONCERN = "concern", "graded concern"
    EFFECT = "effect", "effect of complicity"
    EFFORT = "effort", "effort"
    SHORTFALL = "shortfall", "shortfall"
    LIMIT = "limit", "limit of what is known"
    CONTEXT = "context", "context"
    PROFILE = "profile", "long-standing situation (profile)"


class Section(Choice):
    """Where a sentence stands in the narrative (narrative-style.md 1)."""

    TIER = "tier", "Tier paragraph"
    PROSECUTION = "prosecution", "Prosecution"
    PROTECTION = "protection", "Protection"
    PREVENTION = "prevention", "Prevention"
    PROFILE = "profile", "Trafficking profile"


class MeasureKind(Choice):
    """What an institutional measure is (F4; claim-types.md X2)."""

    FREEZE = "freeze", "assets frozen"
    SEIZURE = "seizure", "assets seized"
    CONFISCATION = "confiscation", "assets confiscated"
    LAW = "law", "law or regulation"
    PROCEDURE = "procedure", "procedure or guidance"
    UNIT = "unit", "unit or body"
    TRAINING = "training", "training"
    REPORTING_CHANNEL = "reporting-channel", "reporting channel or protection"
    OVERSIGHT = "oversight", "oversight of recruiters or suppliers"
    PUBLICATION = "publication", "publication of results"
    COOPERATION = "cooperation", "cooperation"
    OTHER = "other", "other"


class MeasureStage(Choice):
    """How far a measure has come. Promises and drafts never move a level (framework.md E, gaming)."""

    ANNOUNCED = "announced", "announced"
    DRAFT = "draft", "draft"
    ADOPTED = "adopted", "adopted"
    IN_FORCE = "in-force", "in force or done"
    NOT_DONE = "not-done", "not done"
    ENDED = "ended", "ended"


class CommitmentStatus(Choice):
    """Status of a treaty commitment."""

    PARTY = "party", "party"
    SIGNATORY = "signatory", "signatory"
    NONE = "none", "not a party"
    UNKNOWN = "unknown", "not known"


def numbered(kinds: tuple[CountKind, ...]) -> Callable[[Count], Count]:
    """Return a validator that lets a count carry only the kinds that make sense at its place."""

    def check(count: Count) -> Count:
        if count.kind not in kinds:
            raise ValueError(f"“{count.kind.label}” cannot be used here")
        return count

    return check


StatisticCount = Annotated[Count, AfterValidator(numbered(STATISTIC_KINDS))]
GroupCount = Annotated[Count, AfterValidator(numbered(GROUP_KINDS))]
