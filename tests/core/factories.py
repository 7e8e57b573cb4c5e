"""Builders of `Case` values for tests of the pure core: complete answers by default, one change at a time.

make_case()                                     an assessment with nothing recorded
make_case({"tip-offs-to-traffickers": 2})       one complete rating with evidence, rationale and endorsements
make_case(statistics=(...,), cases=(...,))      facts only; any field of AssessmentRecord may be given
make_case(core_at(0, tip=2))                    every core indicator rated
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from assessments.core.sheets import Allegation, Evidence, Measure, OfficialGroup, PolicyElement, SearchNote, Source
from assessments.core.types import AssessmentRecord, Case, CountryForms, Determination, Endorsement, Rating, VersionRef
from assessments.core.values import (
    AttributionLevel,
    Confidence,
    Credibility,
    MeasureKind,
    PolicyKind,
    RatingState,
    SourceClass,
)
from frameworks.spec.base import Direction
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.wording import CompiledWording

ROOT = Path(__file__).parents[2] / "fixtures" / "frameworks"
COUNTRY = CountryForms(
    iso3="XAA",
    name="Examplia",
    in_text="Examplia",
    government="the Government of Examplia",
    adjective="Examplian",
)
RATER, SECOND, THIRD = "First Analyst", "Second Person", "Third Person"

SOURCES = (
    Source(id="src-gov", title="Register of judgments", source_class=SourceClass.C, url="https://example.org/register"),
    Source(id="src-ngo", title="Field report", source_class=SourceClass.D),
    Source(id="src-un", title="Monitoring report", source_class=SourceClass.G),
)
EVIDENCE = (
    Evidence(id="e-gov", source="src-gov", credibility=Credibility.CONFIRMED, official_record=True),
    Evidence(id="e-ngo", source="src-ngo", credibility=Credibility.PROBABLE),
    Evidence(id="e-un", source="src-un", credibility=Credibility.PROBABLE),
)
ALL_EVIDENCE = tuple(item.id for item in EVIDENCE)
"""Items that together meet the minimum evidence of every level, with the incidents below beside them."""

CARRYING = (
    Allegation(
        id="a-carry-1",
        acts=("tip-off-raid",),
        officials=(OfficialGroup(role="police officer", category="police", rank="junior", agency="National Police"),),
        place="in one province",
        attribution_level=AttributionLevel.GOVERNMENT,
        evidence=ALL_EVIDENCE,
    ),
    Allegation(
        id="a-carry-2",
        acts=("accept-bribe",),
        officials=(OfficialGroup(role="customs officer", rank="senior", agency="Customs Service"),),
        place="at the border",
        evidence=ALL_EVIDENCE,
    ),
)
PUBLISHED = (Measure(id="m-carry", kind=MeasureKind.PUBLICATION, evidence=("e-gov",)),)
"""Makes the government's record published data, which response levels 4 and 5 ask for."""


@cache
def framework() -> CompiledFramework:
    """Return the measurement framework of the fixtures."""
    from frameworks.loader import read

    return CompiledFramework(read(ROOT / "official-complicity" / "2026.1"))


@cache
def wording() -> CompiledWording:
    """Return the wording of the fixtures."""
    from frameworks.wording_loader import read

    return CompiledWording(read(ROOT / "us-narrative-wording" / "2026.1"))


def make_rating(key: str, level: int | RatingState, **changes: Any) -> Rating:
    """Return a complete answer: a level with confidence, rationale and evidence, or a state with its reason."""
    indicator, _, part = key.partition("/")
    if isinstance(level, RatingState):
        fields: dict[str, Any] = {"state": level, "reason": "Nothing more can be said."}
    else:
        fields = {
            "state": RatingState.RATED,
            "level": level,
            "confidence": Confidence.MODERATE,
            "rationale": "The descriptor is met.",
            "reason": "The evidence of the period says so.",
            "evidence": ALL_EVIDENCE,
        }
    return Rating(indicator=indicator, part=part, rated_by=RATER, **(fields | changes))


def endorsements(ratings: Iterable[Rating]) -> tuple[Endorsement, ...]:
    """Return the two endorsements every concern level of 4 or 5 needs at most."""
    return tuple(
        Endorsement(indicator=item.indicator, part=item.part, level=item.level, endorsed_by=person)
        for item in ratings
        if item.level is not None and item.level >= 4
        for person in (SECOND, THIRD)
    )


def make_determination(
    factor: str = "pof-forced-labor",
    *,
    kind: PolicyKind = PolicyKind.POLICY_OR_PATTERN,
    sector: str | None = None,
    approved: bool = True,
    ref: str = "d1",
) -> tuple[Determination, PolicyElement]:
    """Return a determination and the recorded element it rests on."""
    element = PolicyElement(
        id=f"{ref}-element",
        factor=factor,
        kind=kind,
        sector=sector,
        conduct="mobilized public workers for the harvest",
        evidence=("e-un",),
    )
    determination = Determination(
        id=ref,
        factor=factor,
        sector=sector,
        kind=kind,
        elements=(element.id,),
        proposed_by=RATER,
        approved_by=(SECOND, THIRD) if approved else (),
    )
    return determination, element


def determined(factor: str = "pof-forced-labor", **changes: Any) -> dict[str, Any]:
    """Return the fields of a record with one determination, its element, and evidence."""
    determination, element = make_determination(factor, **changes)
    return {
        "determinations": (determination,),
        "elements": (element,),
        "sources": SOURCES,
        "evidence": EVIDENCE,
    }


def core_at(level: int = 0, response: int = 3, **changes: int | RatingState) -> dict[str, int | RatingState]:
    """Return answers to every core indicator: concern at one level, response at another; changes by code ("i20")."""
    answers: dict[str, int | RatingState] = {}
    for indicator in framework().core:
        value = level if indicator.direction is Direction.CONCERN else min(response, indicator.scale_top)
        for part in indicator.parts or ("",):
            answers[f"{indicator.slug}/{part}" if part else indicator.slug] = value
    for code, change in changes.items():
        slug = framework().by_code(code.upper()).slug
        for key in [key for key in answers if key.split("/")[0] == slug] or [slug]:
            answers[key] = change
    return answers


def make_record(
    levels: Mapping[str, int | RatingState] | Iterable[Rating] = (), *, incidents: bool = True, **fields: Any
) -> AssessmentRecord:
    """Return a record. With levels, sources, evidence, a search note and the incidents that carry them are added.

    `levels` maps keys to levels or states, or is a list of ratings. `incidents=False` leaves the incidents out.
    """
    ratings = (
        tuple(make_rating(key, level) for key, level in levels.items())
        if isinstance(levels, Mapping)
        else tuple(levels)
    )
    defaults: dict[str, Any] = {
        "country": COUNTRY.iso3,
        "report_year": 2024,
        "framework": VersionRef(code=framework().code, version=framework().version),
        "ratings": ratings,
    }
    if ratings:
        defaults |= {
            "sources": SOURCES,
            "evidence": EVIDENCE,
            "search_notes": (SearchNote(id="search", searched="Registers, press and reports of the period."),),
            "allegations": CARRYING if incidents else (),
            "measures": PUBLISHED if incidents else (),
            "endorsements": endorsements(ratings),
        }
    return AssessmentRecord(**(defaults | fields))


def make_case(
    levels: Mapping[str, int | RatingState] | Iterable[Rating] = (),
    *,
    country: CountryForms = COUNTRY,
    **fields: Any,
) -> Case:
    """Return a case of `make_record` with the fixtures' framework and wording."""
    return Case(record=make_record(levels, **fields), country=country, framework=framework(), wording=wording())


def by_code(levels: Mapping[str, int | RatingState]) -> dict[str, int | RatingState]:
    """Translate codes of indicators to their keys: {"I20": 2} to {"bribery-...": 2}; "I12/mining" keeps its part."""
    found: dict[str, int | RatingState] = {}
    for code, level in levels.items():
        head, _, part = code.partition("/")
        slug = framework().by_code(head.upper()).slug
        found[f"{slug}/{part}" if part else slug] = level
    return found
