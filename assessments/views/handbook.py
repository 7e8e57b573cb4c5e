"""What the framework's method page cannot know by itself: an example worked out by the rules, how far coders agree.

The framework's pages import nothing from here; `apps.py` hands these sections to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from accounts.models import User
from assessments import policies
from assessments.core import findings
from assessments.core.sheets import Allegation, Evidence, OfficialGroup, SearchNote, Source
from assessments.core.types import AssessmentRecord, Case, CountryForms, Endorsement, Finding, Rating, VersionRef
from assessments.core.values import Confidence, Credibility, RatingState, Reliability, SourceClass
from assessments.models import SampledQuestion
from assessments.views.agreement import agreement_of
from frameworks import loader, wording_loader
from frameworks.models import FrameworkVersion, WordingVersion
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import IndicatorSpec
from frameworks.spec.wording import CompiledWording
from frameworks.views.method import Section

EVIDENCE = ("E1", "E2", "E3")
RESPONSE_LEVELS = (3, 2, 1, 3, 2, 2, 1)
CONCERN_LEVELS = (0, 0, 1, 0, 0, 2, 3, 4, 1, 2)
FIRST, SECOND = "First person", "Second person"
COUNTRY = CountryForms(iso3="XXA", name="Examplia", in_text="Examplia", government="the Government of Examplia")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the example."""

    indicator: IndicatorSpec
    level: int
    confidence: str


@dataclass(frozen=True, slots=True)
class Example:
    """An invented record, and all that the rules say of it."""

    answers: tuple[Answer, ...]
    finding: Finding


def worked_example(framework: CompiledFramework, wording: CompiledWording) -> Example:
    """Derive an invented country by the framework's own rules, so that the page never says what they do not."""
    sets = (("accountability-level", RESPONSE_LEVELS), ("concern-level", CONCERN_LEVELS))
    pairs = [pair for name, levels in sets for pair in zip(framework.set(name), levels, strict=False)]
    answers = tuple(
        Answer(indicator := framework.indicator(slug), min(level, indicator.scale_top), _confidence(place).value)
        for place, (slug, level) in enumerate(pairs)
    )
    record = AssessmentRecord(
        country=COUNTRY.iso3,
        report_year=framework.in_force_from.year,
        framework=VersionRef(code=framework.code, version=framework.version),
        sources=_sources(),
        evidence=_evidence(),
        search_notes=(SearchNote(id="N1", searched="Example."),),
        allegations=tuple(_allegation(number) for number in (1, 2)),
        ratings=(*(_rating(answer) for answer in answers), *_others(framework, {slug for slug, _ in pairs})),
        endorsements=tuple(
            Endorsement(indicator=answer.indicator.slug, level=answer.level, endorsed_by=SECOND)
            for answer in answers
            if answer.level >= 4
        ),
    )
    return Example(answers, findings.derive(Case(record=record, country=COUNTRY, framework=framework, wording=wording)))


def _confidence(place: int) -> Confidence:
    """Return the confidence of an answer: every fifth is low, so that the discount shows."""
    return Confidence.LOW if place % 5 == 4 else Confidence.MODERATE


def _sources() -> tuple[Source, ...]:
    classes = (SourceClass.A, SourceClass.D, SourceClass.E)
    return tuple(
        Source(id=f"S{number}", title=f"Source {number}", source_class=kind, reliability=Reliability.B)
        for number, kind in enumerate(classes, start=1)
    )


def _evidence() -> tuple[Evidence, ...]:
    return tuple(
        Evidence(id=ref, source=f"S{number}", credibility=Credibility.PROBABLE, official_record=number == 1)
        for number, ref in enumerate(EVIDENCE, start=1)
    )


def _allegation(number: int) -> Allegation:
    officials = (OfficialGroup(role="police officer", agency=f"Agency {number}"),)
    return Allegation(id=f"A{number}", acts=("turn-blind-eye",), officials=officials, evidence=EVIDENCE)


def _rating(answer: Answer) -> Rating:
    return Rating(
        indicator=answer.indicator.slug,
        part=answer.indicator.parts[0] if answer.indicator.parts else "",
        state=RatingState.RATED,
        level=answer.level,
        confidence=Confidence(answer.confidence),
        rationale="Example.",
        evidence=EVIDENCE,
        rated_by=FIRST,
    )


def _others(framework: CompiledFramework, answered: set[str]) -> Sequence[Rating]:
    """Answer every other core question with level 0 or 1, so that coverage is enough for a finding."""
    return [_rating(Answer(item, 0, Confidence.MODERATE.value)) for item in framework.core if item.slug not in answered]


_EXAMPLES: dict[str, Example] = {}
"""By digest of the version: worked out once in a process."""


def _example(version: FrameworkVersion) -> Example | None:
    """Return the example of a version; None where no wording is loaded, without which there is no case."""
    found = _EXAMPLES.get(version.digest)
    wording = WordingVersion.objects.order_by("-valid_from_year", "-loaded_at").first() if found is None else None
    if wording is not None:
        found = worked_example(loader.compiled(version), wording_loader.compiled(wording))
        _EXAMPLES[version.digest] = found
    return found


def example_section(_: HttpRequest, version: FrameworkVersion) -> Section:
    """Return the worked example of a version."""
    return Section("example", "assessments/handbook_example.html", {"example": _example(version)})


def agreement_section(request: HttpRequest, version: FrameworkVersion) -> Section:
    """Return how far coders agree, for those who may see it, where questions were answered twice."""
    user = request.user
    may_see = isinstance(user, User) and policies.can_see_agreement(user)
    is_coded = may_see and SampledQuestion.objects.exists()
    found = agreement_of(user, version) if is_coded and isinstance(user, User) else {}
    return Section("agreement", "assessments/handbook_agreement.html", {"may_see": may_see, **found})
