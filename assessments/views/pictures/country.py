"""One country over the years: where it stands, how it came there, reference data, and what was recommended."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from assessments import policies
from assessments.core.drawing.plane import Place, plane
from assessments.core.drawing.profile import Group, Line, profile
from assessments.core.figures import CONFIDENCES, level_of, state_of
from assessments.templatetags.indicia import level
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows, seen
from assessments.views.pictures.memory import remembered
from assessments.views.pictures.rows import Versions
from assessments.views.pictures.seen import Seen
from frameworks.models import Country, TierRecord
from frameworks.views.countries import FIRST_YEAR, Standing
from frameworks.views.strip import strip
from frameworks.views.words import BUREAUS, INSTRUMENTS

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


@require_GET
@guarded
def page(request: UserRequest, iso3: str, ending: str = "") -> HttpResponse:
    """Show all that can be looked at of one country."""
    values, figures = seen.asked(request)
    country = _named(iso3)
    years = _years(request.user, country, figures)
    versions = figures.versions(year.framework for year in years)
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
    context = figures.once(("country page", country.pk), lambda: _context(request.user, country, years, versions))
    drawings = {"plane": give.safe(picture) if years else "", "profile": give.safe(groups) if years else ""}
    return give.shown(request, "country", "country", {**context, **drawings, "country": country, "values": values})


@require_GET
@guarded
def tiers(request: UserRequest, iso3: str, ending: str) -> HttpResponse:
    """Give out the tiers on record as a picture or as data."""
    policies.check_can_see_pictures(request.user)
    country = _named(iso3)
    found = list(country.tier_records.order_by("report_year"))
    name = f"{country.iso3.lower()}-tiers"
    if ending == "csv":
        lines = (
            (
                country.iso3,
                row.report_year,
                row.tier,
                row.get_tier_display(),
                rows.MARKS[row.basis],
                row.source,
                row.note,
            )
            for row in found
        )
        return give.csv_file(name, TIER_HEADS, lines)
    notes = ["2W: Tier 2 Watch List; SC: special case. d: derived; c: sources disagree.", "Recorded by past reports."]
    drawn = _strip(country, found)
    return give.svg_file(name, drawn[drawn.index("<svg") :], f"{country.name}: tiers in past reports", notes)


TIER_HEADS = ("country", "report_year", "tier", "tier_words", "mark", "source", "note")


def _named(iso3: str) -> Country:
    country = Country.objects.filter(iso3=iso3.upper()).first()
    if country is None:
        raise Http404("There is no such country.")
    return country


def _strip(country: Country, found: Sequence[TierRecord]) -> str:
    last = TierRecord.objects.aggregate(last=Max("report_year"))["last"] or FIRST_YEAR
    lanes = strip(found, FIRST_YEAR, max(last, FIRST_YEAR))
    return render_to_string("frameworks/strip.html", {"country": country, "strip": lanes})


def _context(user: User, country: Country, years: Sequence[Year], versions: Versions) -> dict[str, Any]:
    """Return what the page says beside its drawings. All who see released figures may read the texts they are of."""
    before = years[-2] if len(years) > 1 and years[-2].year == years[-1].year - 1 else None
    return {
        "number": len(years),
        "years": give.safe("".join(_year_row(year) for year in reversed(years))),
        "last": years[-1] if years else None,
        "before": before,
        "lines": give.safe("".join(_table(years[-1], before, versions)) if years else ""),
        "unplaced": [year.year for year in years if year.concern is None],
        "breaks": [b.year for a, b in itertools.pairwise(years) if a.framework != b.framework],
        "memory": remembered(user, years, versions),
        "versions": versions,
        "is_demonstration": _is_made_up(years),
        **_reference(country),
    }


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


def _years(user: User, country: Country, figures: Seen) -> list[Year]:
    """Return the years in order; working values are joined to what was released of other years."""
    wanted = [figures] if figures.is_released else [seen.released(user), figures]
    known: dict[int, Year] = {}
    for kind in wanted:
        known |= {year.year: year for year in kind.once(("country", country.pk), partial(_read, kind, country))}
    return [known[year] for year in sorted(known)]


def _read(figures: Seen, country: Country) -> list[Year]:
    """Read the country's years; one query."""
    found = figures.figures.filter(country=country).order_by()
    return [Year(*line) for line in found.values_list(*FIELDS)]


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


def _table(year: Year, before: Year | None, versions: Versions) -> Iterable[str]:
    """Yield rows with a year's answers and those of the year before, in words."""
    for item in versions.questions():
        cells = [_said(_letter(year, item.places))] + [_said(_letter(before, item.places))] * bool(before)
        told = "".join(f"<td>{cell}</td>" for cell in cells)
        yield f"<tr><th scope=row>{item.code} {escape(item.title)}</th>{told}</tr>"


def _year_row(year: Year) -> str:
    """Write the row of one year with the way to what it was taken from."""
    if year.snapshot:
        head = f'<a href="{reverse("assessments:snapshot", args=[year.snapshot])}">{year.year}</a>'
    else:
        address = reverse("assessments:assessment", args=[year.assessment])
        head = f'<a href="{address}">{year.year}</a>, as it stands'
    concern, accountability = level(year.concern, "concern"), level(year.accountability, "response")
    return (
        f"<tr><th scope=row>{head}</th><td>{concern}</td><td>{accountability}</td>"
        f"<td>{escape(year.title)}</td><td class=number>{year.coverage}</td></tr>"
    )


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


def _reference(country: Country) -> dict[str, Any]:
    """Return what is on file beside our own: tiers, treaties, lists; five queries."""
    recorded = list(country.tier_records.order_by("-report_year"))
    treaties = {row.instrument: row for row in country.treaty_statuses.all()}
    return {
        "bureau": BUREAUS.get(country.bureau, ""),
        "tiers": recorded,
        "strip": give.safe(_strip(country, recorded)),
        "treaties": [Standing(short, title, treaties.get(slug)) for slug, (short, title) in INSTRUMENTS.items()],
        "listings": list(country.child_soldier_listings.order_by("year")),
        "patterns": list(country.policy_or_pattern_years.order_by("report_year")),
        "reference": reverse("frameworks:country", args=[country.iso3]),
    }
