"""Lists beside the heat map: how often each level was given, who changed and why, and a few countries side by side."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from assessments.core.drawing.bars import bars
from assessments.core.drawing.heat import SIGNS, heat
from assessments.core.figures import CONFIDENCES, STATES, level_of
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows, seen
from assessments.views.pictures.rows import Question, Row, Versions

MOST = 8
"""Countries side by side at most: more is what the heat map is for."""
LETTERS = (*"012345", *STATES)


@require_GET
@guarded
def levels(request: UserRequest, ending: str = "") -> HttpResponse:
    """Show how many countries have each level, question by question, in one year."""
    values, figures = seen.asked(request)
    years = figures.years
    year = rows.whole(request.GET, "year", years, years[0] if years else 0)
    found = figures.rows(year)
    versions = figures.versions(row.framework for row in found)
    counted = figures.once(("distribution", year), lambda: _counted(versions, found))
    title = f"Countries by level for each indicator, report year {year}"
    if ending == "csv":
        heads = ("report_year", "indicator", "indicator_code", *(f"level_{n}" for n in range(6)), *STATES.values())
        cells = ((year, item.slug, item.code, *(of[letter] for letter in LETTERS)) for item, of in counted)
        return give.csv_file(f"distribution-{year}", heads, cells)
    drawn = bars(
        [(item.code, item.is_concern, of) for item, of in counted], f"{title}. The table has the same numbers."
    )
    if ending == "svg":
        return give.svg_file(f"distribution-{year}", drawn, title, [f"{len(found)} countries, {values} values."])
    letters = [letter for letter in LETTERS if any(of[letter] for _, of in counted)]
    context = {
        "title": title,
        "years": years,
        "year": year,
        "values": values,
        "drawn": give.safe(drawn),
        "letters": letters,
        "signs": SIGNS,
        "body": give.safe("".join(_numbers(item, of, letters) for item, of in counted)),
        "total": len(found),
        "words": rows.STATES,
        "is_demonstration": any(row.is_demonstration for row in found),
    }
    return give.shown(request, "levels", "levels", context)


def _counted(versions: Versions, found: Sequence[Row]) -> list[tuple[Question, Counter[str]]]:
    """Return how many countries gave each answer, question by question."""
    return [(item, Counter(item.of(row) for row in found)) for item in versions.questions()]


def _numbers(item: Question, of: Counter[str], letters: Sequence[str]) -> str:
    """Write one question's row of counts."""
    cells = "".join(f"<td class=number>{of[letter]}</td>" for letter in letters)
    return f"<tr><th scope=row>{item.code} {escape(item.title)}</th>{cells}</tr>"


@require_GET
@guarded
def side(request: UserRequest, ending: str = "") -> HttpResponse:
    """Show some countries side by side: every question, derived levels and findings, differences marked."""
    values, figures = seen.asked(request)
    years = figures.years
    year = rows.whole(request.GET, "year", years, years[0] if years else 0)
    found = figures.rows(year)
    asked = list(dict.fromkeys(code for code in request.GET.getlist("c") if len(code) == 3))[:MOST]
    known = {row.iso3: row for row in found}
    chosen = [known[code] for code in asked if code in known]
    versions = figures.versions(row.framework for row in chosen)
    lines = [(item, [item.of(row) for row in chosen], _spread(item, chosen)) for item in versions.questions()]
    if ending == "csv":
        heads = (
            "indicator",
            "indicator_code",
            *(row.iso3 for row in chosen),
            *(f"{row.iso3}_confidence" for row in chosen),
        )
        cells = (
            (item.slug, item.code, *letters, *(CONFIDENCES[item.confidence(row)] for row in chosen))
            for item, letters, _ in lines
        )
        return give.csv_file(f"side-by-side-{year}", heads, cells)
    if ending == "svg":
        return give.svg_file(f"side-by-side-{year}", *_beside(chosen, versions, f"report year {year}, {values} values"))
    context = {
        "letters": [(SIGNS[letter], letter, words) for letter, words in rows.STATES.items()],
        "years": years,
        "year": year,
        "values": values,
        "offered": give.options(((row.iso3, row.name) for row in found), {row.iso3 for row in chosen}),
        "chosen": chosen,
        "lines": give.safe("".join(_apart(*line) for line in lines)),
        "most": MOST,
        "is_demonstration": any(row.is_demonstration for row in chosen),
    }
    return give.shown(request, "side", "side", context)


def _apart(item: Question, letters: Sequence[str], wide: int) -> str:
    """Write one question's row: a template takes ten times as long for all cells."""
    cells = "".join(
        f'<td><span class="sign {_look(item, letter)}">{SIGNS.get(letter, letter)}</span></td>' for letter in letters
    )
    told = f"<strong>{wide}</strong>" if wide > 1 else wide
    title = escape(item.title)
    return f"<tr><th scope=row>{item.code} {title}</th>{cells}<td class=number>{told}</td></tr>"


def _beside(chosen: Sequence[Row], versions: Versions, told: str) -> tuple[str, str, list[str]]:
    """Draw the countries as rows of a heat map; return the drawing, its title and its notes."""
    title, questions = f"Countries side by side, {told}", versions.questions()
    lines = [(row.name, "".join(item.of(row) for item in questions), row.concern, row.accountability) for row in chosen]
    drawn = heat([(item.code, item.is_concern) for item in questions], lines, title)
    is_made_up = any(row.is_demonstration for row in chosen)
    notes = [
        f"Framework {versions.names}. CL concern, AL accountability. Concern: 5 is worst. Response: 5 is best.",
        *([give.GENERATED] if is_made_up else []),
    ]
    return drawn, title, notes


def _spread(item: Question, chosen: Sequence[Row]) -> int:
    """Return how many levels lie between the lowest and the highest of a question."""
    levels = [found for row in chosen if (found := level_of(item.of(row))) is not None]
    return max(levels) - min(levels) if levels else 0


def _look(item: Question, letter: str) -> str:
    if not letter.isdigit():
        return f"s{letter}"
    return f"{'c' if item.is_concern else 'r'}{letter}"
