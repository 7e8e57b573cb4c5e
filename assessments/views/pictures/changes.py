"""Who changed since the year before, and which answers moved, with their reasons for those who may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.core.drawing.dumbbells import Move, dumbbells
from assessments.core.drawing.heat import SIGNS
from assessments.core.figures import level_of
from assessments.enums import Round
from assessments.models import RatingRecord
from assessments.templatetags.indicia import level
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows, seen
from assessments.views.pictures.rows import Question, Row

COLUMN = 16
"""Countries in one drawing of the page; the file has all in one."""


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
def page(request: UserRequest, ending: str = "") -> HttpResponse:
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
    title = f"Concern and accountability of the countries that changed, {year - 1} and {year}"
    if ending == "svg":
        drawn = dumbbells(map(_move, moved), title)
        return give.svg_file(
            f"changes-{year}", drawn, title, _notes(values, len(pairs), is_break=len(versions.rows) > 1)
        )
    context = {
        "drawn": give.safe("".join(_drawn(moved, title))),
        "years": years,
        "year": year,
        "before": year - 1,
        "values": values,
        "number": len(moved),
        "body": give.safe("".join(_moved(item) for item in moved)),
        "compared": len(pairs),
        "new": len(now) - len(pairs),
        "is_break": len(versions.rows) > 1,
        "is_demonstration": any(row.is_demonstration for row in now),
    }
    return give.shown(request, "changes", "changes", context)


def _move(item: Moved) -> Move:
    row, old = item.row, item.before
    return Move(row.name, (old.concern, old.accountability), (row.concern, row.accountability))


def _drawn(moved: Sequence[Moved], title: str) -> Iterable[str]:
    """Draw the countries a column at a time, so that a page sets as many beside each other as fit."""
    for start in range(0, len(moved), COLUMN):
        part = moved[start : start + COLUMN]
        named = part[0].row.name if len(part) == 1 else f"{part[0].row.name} to {part[-1].row.name}"
        yield dumbbells(map(_move, part), f"{title}: {named}. The table has the same levels.")


def _notes(values: str, compared: int, *, is_break: bool) -> list[str]:
    notes = [f"Of {compared} countries with {values} values and released ones of the year before.", KEY]
    return [*notes, "The two years were measured by different framework versions."] if is_break else notes


KEY = "Hollow: the year before. Full: this year. –: no such level."


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
    "reasons",
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
            "; ".join(f"{answer.question.code}: {answer.why}" for answer in item.answers if answer.why),
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
