"""Lists beside the heat map: how often each level was given, who changed and why, and a few countries side by side."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.core.drawing.bars import bars
from assessments.core.drawing.heat import SIGNS, heat
from assessments.core.figures import CONFIDENCES, STATES, level_of
from assessments.enums import Round
from assessments.models import RatingRecord
from assessments.templatetags.indicia import level
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


@dataclass(frozen=True, slots=True)
class Answer:
    """One question whose level moved, and why where the person may read it."""

    question: Question
    old: str
    new: str
    why: str

    @property
    def is_worse(self) -> bool:
        """Say whether it moved to the worse end of its scale; False also where one side is no level."""
        old, new = level_of(self.old), level_of(self.new)
        return old is not None and new is not None and (new > old) == self.question.is_concern


@dataclass(frozen=True, slots=True)
class Moved:
    """One country whose derived levels or finding differ from the year before."""

    row: Row
    before: Row
    answers: tuple[Answer, ...]


@require_GET
@guarded
def changes(request: UserRequest, ending: str = "") -> HttpResponse:
    """Show whose levels or finding changed since the year before, and which answers moved."""
    values, figures = seen.asked(request)
    years = figures.years
    year = rows.whole(request.GET, "year", years, years[0] if years else 0)
    now = figures.rows(year)
    released = figures if values == rows.RELEASED else seen.released(request.user)
    before = {row.iso3: row for row in released.rows(year - 1)}
    versions = released.versions(row.framework for row in (*now, *before.values()))
    pairs = [(row, before[row.iso3]) for row in now if row.iso3 in before]
    changed = [(row, old) for row, old in pairs if _standing(row) != _standing(old)]
    reasons = _reasons(request, changed) if policies.can_see_working_pictures(request.user) else {}
    questions = versions.questions()
    moved = [Moved(row, old, tuple(_moves(row, old, questions, reasons))) for row, old in changed]
    if ending == "csv":
        return give.csv_file(f"changes-{year}", CHANGE_HEADS, _change_lines(moved, year))
    context = {
        "years": years,
        "year": year,
        "values": values,
        "number": len(moved),
        "body": give.safe("".join(_moved(item) for item in moved)),
        "compared": len(pairs),
        "new": len(now) - len(pairs),
        "is_break": len(versions.rows) > 1,
        "is_demonstration": any(row.is_demonstration for row in now),
    }
    return give.shown(request, "changes", "changes", context)


def _moved(item: Moved) -> str:
    """Write one row: there are hundreds, each with a dozen answers, too many for a template."""
    row, old = item.row, item.before
    url = reverse("assessments:picture-country", args=[row.iso3])
    finding = f"<span class=quiet>{escape(old.title)} →</span> " if old.title != row.title else ""
    concern = _between(old.concern, row.concern, "concern")
    accountability = _between(old.accountability, row.accountability, "response")
    answers = ", ".join(_answer(answer) for answer in item.answers)
    unmoved = NO_ANSWER if row.framework == old.framework else NEW_VERSION
    return (
        f'<tr><th scope=row><a href="{url}">{escape(row.name)}</a></th>'
        f"<td class=nowrap data-label=Concern>{concern}</td>"
        f"<td class=nowrap data-label=Accountability>{accountability}</td>"
        f"<td data-label=Finding>{finding}{escape(row.title)}</td>"
        f"<td class=small data-label=Answers>{answers or unmoved}</td></tr>"
    )


NO_ANSWER = "<span class=quiet>no answer: confidence, evidence, a determination or the rules</span>"
NEW_VERSION = "<span class=quiet>no answer: another framework version, confidence, evidence or a determination</span>"


def _between(old: int | None, new: int | None, scale: str) -> str:
    return f"{level(old, scale)} → {level(new, scale)}" if old != new else str(level(new, scale))


def _answer(answer: Answer) -> str:
    worse = " <span class=quiet>worse</span>" if answer.is_worse else ""
    old, new = (SIGNS.get(letter, letter) for letter in (answer.old, answer.new))
    why = f" <span class=quiet>({escape(answer.why[:120])})</span>" if answer.why else ""
    title = escape(answer.question.title)
    return f'<span class=nowrap title="{title}">{answer.question.code} {old}→{new}{worse}</span>{why}'


CHANGE_HEADS = (
    "country",
    "country_name",
    "report_year",
    "concern_before",
    "concern_level",
    "accountability_before",
    "accountability_level",
    "finding_before",
    "finding",
    "answers_moved",
)


def _change_lines(moved: Iterable[Moved], year: int) -> Iterable[Sequence[object]]:
    for item in moved:
        row, old = item.row, item.before
        told = "; ".join(f"{answer.question.code} {answer.old} to {answer.new}" for answer in item.answers)
        yield (
            row.iso3,
            row.name,
            year,
            old.concern,
            row.concern,
            old.accountability,
            row.accountability,
            old.category,
            row.category,
            told,
        )


def _standing(row: Row) -> tuple[int | None, int | None, str]:
    return row.concern, row.accountability, row.category


def _moves(row: Row, old: Row, questions: Sequence[Question], reasons: dict[tuple[int, str], str]) -> Iterable[Answer]:
    for item in questions:
        place, before = item.places.get(row.framework), item.places.get(old.framework)
        new = "u" if place is None else row.levels[place]
        was = "u" if before is None else old.levels[before]
        if new != was:
            yield Answer(item, was, new, reasons.get((row.revision, item.slug), ""))


def _reasons(request: UserRequest, changed: Sequence[tuple[Row, Row]]) -> dict[tuple[int, str], str]:
    """Return why answers changed, in the words of those who rated, where the person may read them; one query.

    A reconciled answer comes after the one it takes the place of, and counts even where it gives no reason.
    """
    among = [row.revision for row, _ in changed]
    readable = policies.visible_revisions(request.user).filter(pk__in=among).order_by().values("pk")
    given = RatingRecord.objects.filter(revision__in=readable, part="")
    told = given.filter(Q(round=Round.RECONCILED.value) | Q(round=Round.MAIN.value) & ~Q(reason=""))
    columns = told.order_by("round").values_list("revision_id", "indicator__slug", "reason")
    return {(revision, slug): reason for revision, slug, reason in columns}


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
