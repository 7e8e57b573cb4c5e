"""One country over the years: where it stands, how it came there, reference data, and what was recommended."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.core.checks.asks_for_what_is_done import DONE
from assessments.core.drawing.plane import Place, plane
from assessments.core.drawing.profile import Group, Line, profile
from assessments.core.figures import CONFIDENCES, level_of, state_of
from assessments.core.values import MeasureKind, MeasureStage
from assessments.models import CommitmentRecord, EvidenceLink, MeasureRecord, Revision
from assessments.snapshots import opened
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows
from assessments.views.pictures.rows import Question, Versions
from frameworks.models import Country, TierRecord
from frameworks.spec.compiled import CompiledFramework
from frameworks.views.countries import FIRST_YEAR, Standing
from frameworks.views.strip import strip
from frameworks.views.words import BUREAUS, INSTRUMENTS

Done = dict[str, list[str]]

FIELDS = (
    "report_year",
    "concern_level",
    "accountability_level",
    "title",
    "coverage",
    "framework_id",
    "is_demonstration",
    "levels",
    "confidences",
    "recommendations",
    "snapshot__public_id",
    "assessment__public_id",
)


@dataclass(frozen=True, slots=True)
class Year:
    """One year's figures of the country."""

    year: int
    concern: int | None
    accountability: int | None
    title: str
    coverage: int
    framework: int
    is_demonstration: bool
    levels: str
    confidences: str
    recommendations: list[dict[str, Any]]
    snapshot: Any
    assessment: Any


@dataclass(frozen=True, slots=True)
class Memory:
    """One recommendation: its words now, when it was first made, and how often since without a break."""

    code: str
    text: str
    first: int
    since: int  # the first year of the unbroken run that ends this year
    times: int  # years of that run
    is_top: bool
    done: tuple[str, ...]


@require_GET
@guarded
def page(request: UserRequest, iso3: str, ending: str = "") -> HttpResponse:
    """Show all that can be looked at of one country."""
    values = rows.values_asked(request, request.user)
    country = Country.objects.filter(iso3=iso3.upper()).first()
    if country is None:
        raise Http404("There is no such country.")
    years = _years(request, country, values)
    versions = Versions(year.framework for year in years)
    name = f"{country.iso3.lower()}-{values}"
    if ending == "csv":
        return give.csv_file(name, HEADS, _cells(country, years, versions, values))
    picture = _plane(country, years)
    groups = _profile(country, years, versions)
    notes = [f"{values} values; framework {versions.names}", *([give.GENERATED] if _is_made_up(years) else [])]
    if ending in PICTURES:
        drawn, title = {
            "standing": (picture, "Concern and accountability"),
            "profile": (groups, "Indicators by group"),
        }[ending]
        return give.svg_file(f"{name}-{ending}", drawn, f"{country.name}: {title}", notes)
    context = {
        "country": country,
        "values": values,
        "years": years[::-1],
        "last": years[-1] if years else None,
        "before": years[-2] if len(years) > 1 and years[-2].year == years[-1].year - 1 else None,
        "plane": give.safe(picture) if years else "",
        "profile": give.safe(groups) if years else "",
        "lines": list(_table(years, versions)) if years else [],
        "unplaced": [year.year for year in years if year.concern is None],
        "breaks": [b.year for a, b in itertools.pairwise(years) if a.framework != b.framework],
        "memory": _memory(request, years, versions),
        "versions": versions,
        "is_demonstration": _is_made_up(years),
        **_reference(country),
    }
    return give.shown(request, "country", "country", context)


PICTURES = ("standing", "profile")
HEADS = (
    "country",
    "report_year",
    "indicator",
    "indicator_code",
    "state",
    "level",
    "confidence",
    "concern_level",
    "accountability_level",
    "values",
    "demonstration",
)


def _years(request: UserRequest, country: Country, values: str) -> list[Year]:
    """Return the years in order; working values are joined to what was released of other years. Two queries at most."""
    wanted = [rows.RELEASED] if values == rows.RELEASED else [rows.RELEASED, rows.WORKING]
    known: dict[int, Year] = {}
    for kind in wanted:
        found = rows.figures_of(request.user, kind).filter(country=country).order_by()
        known |= {line[0]: Year(*line) for line in found.values_list(*FIELDS)}
    return [known[year] for year in sorted(known)]


def _is_made_up(years: Iterable[Year]) -> bool:
    return any(year.is_demonstration for year in years)


def _plane(country: Country, years: Iterable[Year]) -> str:
    places = [Place(year.year, year.concern, year.accountability) for year in years if year.concern is not None]
    label = f"{country.name}: concern and accountability by report year. The table below has the same values."
    return plane(places, label)


def _profile(country: Country, years: Sequence[Year], versions: Versions) -> str:
    """Draw the newest year's answers, beside those of the year before where there is one."""
    if not years:
        return profile((), f"{country.name}: no level")
    last = years[-1]
    before = years[-2] if len(years) > 1 and years[-2].year == last.year - 1 else None
    questions = versions.questions()
    groups = []
    for slug, title in versions.groups().items():
        lines = tuple(
            Line(
                item.code,
                item.title,
                item.is_concern,
                item.top,
                _letter(last, item.places) or "u",
                _letter(before, item.places) if before else "",
            )
            for item in questions
            if item.group == slug
        )
        groups.append(Group(title, lines))
    return profile(groups, f"{country.name}: levels by indicator, {last.year}. The file has the same values.")


def _table(years: Sequence[Year], versions: Versions) -> Iterable[tuple[Question, str, str]]:
    """Yield the newest year's answers and those of the year before, in words."""
    before = years[-2] if len(years) > 1 and years[-2].year == years[-1].year - 1 else None
    for item in versions.questions():
        yield item, _said(_letter(years[-1], item.places)), _said(_letter(before, item.places))


def _said(letter: str) -> str:
    return letter if letter.isdigit() else rows.STATES.get(letter, "")


def _letter(year: Year | None, places: Mapping[int, int]) -> str:
    place = places.get(year.framework) if year else None
    return "" if year is None or place is None else year.levels[place]


def _cells(country: Country, years: Sequence[Year], versions: Versions, values: str) -> Iterable[Sequence[object]]:
    for year in years:
        for item in versions.questions():
            place = item.places.get(year.framework)
            if place is None:
                continue
            letter = year.levels[place]
            yield (
                country.iso3,
                year.year,
                item.slug,
                item.code,
                state_of(letter),
                level_of(letter),
                CONFIDENCES[year.confidences[place]],
                year.concern,
                year.accountability,
                values,
                year.is_demonstration,
            )


def _memory(request: UserRequest, years: Sequence[Year], versions: Versions) -> list[Memory]:
    """Return the newest recommendations with their past, top ones first; their words come from the text itself."""
    if not years:
        return []
    made = {
        year.year: {code for item in year.recommendations for code in (item["code"], *item["merged"])} for year in years
    }
    last = years[-1]
    texts, done = _words(request, last, versions.compiled[last.framework])
    found = []
    for item in last.recommendations:
        with_it = [year for year in made if item["code"] in made[year]]
        since = last.year
        while since - 1 in made and item["code"] in made[since - 1]:
            since -= 1
        found.append(
            Memory(
                item["code"],
                texts.get(item["code"], ""),
                min(with_it),
                since,
                last.year - since + 1,
                item["top"],
                tuple(done.get(item["code"], ())),
            )
        )
    return found


def _words(request: UserRequest, year: Year, framework: CompiledFramework) -> tuple[dict[str, str], Done]:
    """Return words of recommendations, and what is on record as done about them with evidence, by code."""
    if year.snapshot is None:
        return _working_words(year, framework)
    snapshot = policies.visible_snapshots(request.user).filter(public_id=year.snapshot).first()
    if snapshot is None:
        return {}, {}
    values = opened(snapshot)
    record = values["record"]
    steps = [
        (
            item.get("recommendation", ""),
            item.get("recommendation_status") or item.get("status", ""),
            item.get("evidence"),
        )
        for item in record.get("commitments", ())
    ]
    measures = [
        (item.get("indicator") or "", item.get("stage", ""), item.get("kind", ""), item.get("evidence"))
        for item in record.get("measures", ())
        if item.get("is_effort") is not False
    ]
    return {item["code"]: item["text"] for item in values["recommendations"]}, _done(framework, steps, measures)


def _working_words(year: Year, framework: CompiledFramework) -> tuple[dict[str, str], Done]:
    """Return the same of a text as it stands; four queries."""
    revision = Revision.objects.get(assessment__public_id=year.assessment, is_open=True)
    texts = {item.code: item.shown for item in revision.recommendations.all()}
    held = {(link.sheet, link.ref) for link in EvidenceLink.objects.of(revision)}
    steps = [
        (item.recommendation, item.recommendation_status or item.status, ("commitments", item.ref) in held)
        for item in CommitmentRecord.objects.current().filter(revision=revision)
    ]
    measures = [
        (item.indicator or "", item.stage, item.kind, ("measures", item.ref) in held)
        for item in MeasureRecord.objects.current().filter(revision=revision).exclude(is_effort=False)
    ]
    return texts, _done(framework, steps, measures)


def _done(framework: CompiledFramework, steps: Iterable[Sequence[Any]], measures: Iterable[Sequence[Any]]) -> Done:
    """Say by code what is on record as done, with evidence: a commitment that names it, a measure that answers it."""
    found: Done = {}
    for code, status, evidence in steps:
        if code and evidence:
            found.setdefault(code, []).append(str(status).replace("-", " "))
    in_force = [item for item in measures if item[3] and item[1] in {stage.value for stage in DONE}]
    for spec in framework.recommendations:
        for indicator, stage, kind, _ in in_force:
            if indicator in spec.answers:
                words = f"{MeasureKind(kind).label}, {MeasureStage(stage).label}"
                found.setdefault(spec.code, []).append(words)
    return found


def _reference(country: Country) -> dict[str, Any]:
    """Return what is on file beside our own: tiers, treaties, lists; five queries."""
    tiers = list(country.tier_records.order_by("-report_year"))
    last = TierRecord.objects.aggregate(last=Max("report_year"))["last"] or FIRST_YEAR
    treaties = {row.instrument: row for row in country.treaty_statuses.all()}
    return {
        "bureau": BUREAUS.get(country.bureau, ""),
        "tiers": tiers,
        "strip": strip(tiers, FIRST_YEAR, max(last, FIRST_YEAR)),
        "treaties": [Standing(short, title, treaties.get(slug)) for slug, (short, title) in INSTRUMENTS.items()],
        "listings": list(country.child_soldier_listings.order_by("year")),
        "patterns": list(country.policy_or_pattern_years.order_by("report_year")),
        "reference": reverse("frameworks:country", args=[country.iso3]),
    }
