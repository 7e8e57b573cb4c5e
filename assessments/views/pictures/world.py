"""The world map with its table: concern, accountability, recorded tier or progress of one year."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.core.drawing.world import Colored, world
from assessments.views.addresses import address
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows, seen
from assessments.views.pictures.rows import Row

CONCERN, ACCOUNTABILITY, TIER, PROGRESS = "concern", "accountability", "tier", "progress"
MEASURES: Mapping[str, str] = {
    CONCERN: "Concern level",
    ACCOUNTABILITY: "Accountability level",
    TIER: "Recorded tier",
    PROGRESS: "Core indicators answered",
}
LOOKS = {"1": "t1", "2": "t2", "2WL": "tw", "3": "t3", "SC": "ts"}
SIGNS = {"1": "1", "2": "2", "2WL": "2W", "3": "3", "SC": "SC"}
TIER_WORDS = dict(rows.TIERS)
PROGRESS_STEPS = (
    ("r0", 0, "percent: none"),
    ("r1", 1, "to 24 percent"),
    ("r2", 25, "to 49 percent"),
    ("r3", 50, "to 74 percent"),
    ("r4", 75, "to 99 percent"),
    ("r5", 100, "percent: all"),
)
"""Looks of progress, with the least percent of core indicators answered for each, and words that follow it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One country as the table beside the map shows it."""

    iso3: str
    name: str
    look: str
    sign: str
    value: str
    mark: str


@cache
def shapes() -> Mapping[str, Any]:
    """Return the drawing of the world that comes with the program."""
    text = (Path(settings.BASE_DIR) / "fixtures" / "world" / "shapes.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


@require_GET
@guarded
def page(request: UserRequest, ending: str = "") -> HttpResponse:
    """Show the map of one year, and the same values as a table."""
    policies.check_can_see_map(request.user)
    measure = rows.one_of(request.GET, "show", MEASURES) or CONCERN
    values, figures = seen.working(request.user) if measure == PROGRESS else seen.asked(request)
    years = figures.years
    year = rows.whole(request.GET, "year", years, years[0] if years else 0)
    found = figures.rows(year)
    lines = [_line(row, measure) for row in found]
    title = f"{MEASURES[measure]}, report year {year}"
    name = f"map-{measure}-{year}"
    if ending == "csv":
        heads = (
            "country",
            "country_name",
            "report_year",
            measure,
            "words",
            "mark",
            "values",
            "demonstration",
            "notice",
        )
        return give.csv_file(name, heads, _cells(lines, found, year, values))
    drawn = world(shapes(), _colored(lines), f"Map: {title}. The table below has the same values.")
    notice = str(shapes()["notice"])
    demonstration = any(row.is_demonstration for row in found)
    if ending == "svg":
        notes = [
            notice,
            f"{shapes()['policy']}. {len(lines)} countries, {values} values.",
            *([give.GENERATED] * demonstration),
        ]
        return give.svg_file(name, drawn, title, notes)
    context = {
        "drawn": give.safe(drawn),
        "title": title,
        "measure": measure,
        "measures": _offered(request),
        "years": years,
        "year": year,
        "values": values,
        "total": len(lines),
        "body": give.safe("".join(_item(line, measure) for line in lines)),
        "legend": _legend(measure),
        "notice": notice,
        "policy": shapes()["policy"],
        "is_demonstration": demonstration,
    }
    return give.shown(request, "world", "map", context)


def _item(line: Line, measure: str) -> str:
    url = reverse("assessments:picture-country", args=[line.iso3])
    told = f" <span class=small>{escape(line.value)}</span>" if measure in {TIER, PROGRESS} else ""
    mark = f' <span class="unverified small">{escape(line.mark)}</span>' if line.mark else ""
    sign = f'<span class="sign {line.look}">{line.sign or "–"}</span>'
    look = " class=nowrap" if measure == TIER else ""
    return f'<tr><th scope=row><a href="{url}">{escape(line.name)}</a><td{look}>{sign}{told}{mark}'


def _offered(request: UserRequest) -> list[tuple[str, str]]:
    staff = policies.can_see_working_pictures(request.user)
    return [(slug, words) for slug, words in MEASURES.items() if slug != PROGRESS or staff]


def _line(row: Row, measure: str) -> Line:
    look, sign, value, mark = _value(row, measure)
    return Line(row.iso3, row.name, look, sign, value, mark)


def _value(row: Row, measure: str) -> tuple[str, str, str, str]:
    if measure == TIER:
        if not row.tier:
            return "none", "", "none on file", ""
        return (
            LOOKS[row.tier],
            SIGNS[row.tier],
            TIER_WORDS[row.tier],
            row.tier_mark,
        )
    if measure == PROGRESS:
        share = row.answered * 100 // row.expected if row.expected else 0
        look = next(look for look, least, _ in reversed(PROGRESS_STEPS) if share >= least)
        return look, str(share), f"{row.answered} of {row.expected} core indicators ({share} percent)", ""
    level = row.concern if measure == CONCERN else row.accountability
    if level is None:
        return "si", "?", "no level", ""
    return f"{'c' if measure == CONCERN else 'r'}{level}", str(level), str(level), ""


def _colored(lines: Iterable[Line]) -> Iterable[Colored]:
    for line in lines:
        mark = f" ({line.mark})" if line.mark else ""
        yield Colored(
            line.iso3,
            line.look,
            line.sign,
            f"{line.name}: {line.value}{mark}",
            address("assessments:picture-country", line.iso3),
        )


def _cells(lines: Sequence[Line], found: Sequence[Row], year: int, values: str) -> Iterable[Sequence[object]]:
    notice = shapes()["notice"]
    for line, row in zip(lines, found, strict=True):
        yield line.iso3, line.name, year, line.sign, line.value, line.mark, values, row.is_demonstration, notice


def _legend(measure: str) -> list[tuple[str, str, str]]:
    """Return look, sign and meaning of each value."""
    if measure == TIER:
        return [(LOOKS[value], SIGNS[value], words) for value, words in rows.TIERS] + [("none", "", "none on file")]
    if measure == PROGRESS:
        return [(look, str(least), words) for look, least, words in PROGRESS_STEPS]
    scale, ends = ("c", ("no credible information", "worst")) if measure == CONCERN else ("r", ("none", "best"))
    found = [(f"{scale}{level}", str(level), "") for level in range(6)]
    found[0], found[5] = (*found[0][:2], ends[0]), (*found[5][:2], ends[1])
    return [*found, ("si", "?", "no level can be said")]
