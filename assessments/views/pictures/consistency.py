"""The consistency review: the same answers with different levels, for the people who compare countries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.core.consistency import Answers, Apart, Unlike, apart, unlike
from assessments.core.drawing.apart import Difference
from assessments.core.drawing.apart import apart as draw
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows, seen
from assessments.views.pictures.rows import Question, Row, Versions

SHOWN = 40
"""Items on a page; the file has all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question in which countries that are alike differ."""

    question: Question
    group: str
    found: Apart


@require_GET
@guarded
def page(request: UserRequest, ending: str = "") -> HttpResponse:
    """List equal answers with different levels, of one year and one framework version."""
    policies.check_can_see_consistency(request.user)
    values, figures = seen.asked(request)
    years = figures.years
    year = rows.whole(request.GET, "year", years, years[0] if years else 0)
    found = figures.rows(year)
    versions = figures.versions(row.framework for row in found)
    compared, lines, derived = figures.once(("consistency", year), lambda: _review(found, versions))
    if ending == "csv":
        heads = ("report_year", "indicator", "indicator_code", "distance", "level", "countries")
        return give.csv_file(f"consistency-{year}", heads, _cells(lines, year))
    title = f"Countries alike in a group but for one indicator, report year {year}"
    drawn = draw(
        [Difference(line.question.code, line.question.is_concern, line.found.by_level) for line in lines[:SHOWN]],
        f"{title}. The table has the same levels with the names of the countries.",
    )
    if ending == "svg":
        notes = [f"{compared} countries with {values} values. A dot has the number of its countries."]
        if len(lines) > SHOWN:
            notes.append(f"The {SHOWN} farthest apart of {len(lines)} cases.")
        return give.svg_file(f"consistency-{year}", drawn, title, notes)
    context = {
        "drawn": give.safe(drawn),
        "years": years,
        "year": year,
        "values": values,
        "lines": lines[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "derived": [_told(item) for item in derived],
        "compared": compared,
        "is_demonstration": any(row.is_demonstration for row in found),
    }
    return give.shown(request, "consistency", "consistency", context)


def _review(found: Iterable[Row], versions: Versions) -> tuple[int, list[Line], list[Unlike]]:
    """Compare the countries under the newest version: how many, single answers apart, derived levels apart."""
    if not versions.rows:
        return 0, [], []
    newest = versions.rows[0].pk
    countries = [
        Answers(row.name, row.levels, (row.concern, row.accountability)) for row in found if row.framework == newest
    ]
    questions = [item for item in versions.questions() if newest in item.places]
    lines = list(_lines(countries, questions, versions.groups(), newest))
    return len(countries), lines, unlike(countries, _entering(versions, newest, questions))


def _lines(
    countries: Sequence[Answers], questions: Sequence[Question], groups: dict[str, str], version: int
) -> Iterable[Line]:
    by_place = {item.places[version]: item for item in questions}
    found = []
    for slug, title in groups.items():
        places = [place for place, item in by_place.items() if item.group == slug]
        found += [Line(by_place[item.question], title, item) for item in apart(countries, places)]
    return sorted(found, key=lambda line: (-line.found.distance, line.question.code))


def _entering(versions: Versions, version: int, questions: Sequence[Question]) -> list[int]:
    """Return the places of the questions that enter the derived levels."""
    framework = versions.compiled[version]
    slugs = {*framework.set("concern-level"), *framework.set("accountability-level")}
    return [item.places[version] for item in questions if item.slug in slugs]


def _told(item: Unlike) -> list[tuple[int | None, int | None, tuple[str, ...]]]:
    return [(concern, accountability, names) for (concern, accountability), names in item.by_derived.items()]


def _cells(lines: Iterable[Line], year: int) -> Iterable[Sequence[object]]:
    for line in lines:
        for level, names in line.found.by_level.items():
            yield year, line.question.slug, line.question.code, line.found.distance, level, "; ".join(names)
