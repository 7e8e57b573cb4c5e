"""The request desk of a country: what is not known becomes a list of questions, which is sent, answered and closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import actions, policies
from assessments.actions.asking import state_of, text_of
from assessments.core import asking
from assessments.core.asking import Question
from assessments.core.letters import Asked, document_of
from assessments.enums import LetterState
from assessments.exporters.registry import ANNEXES, FORMATS
from assessments.forms.asking import BeginForm, LetterForm, MoveForm
from assessments.forms.fields import Choices
from assessments.models import Letter
from assessments.views.bench import Bench, now, open_bench
from assessments.views.conflict import differences
from assessments.views.evidence import add_errors
from assessments.views.page import UserRequest, guarded, say

ENDINGS = ("docx", "txt")
KINDS: Mapping[str, str] = {
    asking.GAP: "Information gaps",
    asking.STATISTIC: "Figures on record as not reported or unknown",
    asking.INDICATOR: "Core questions without an answer",
    asking.STAGE: "Figures that nobody recorded",
}


WAITS = "the record stays as it was submitted until the form is open again."
"""What is said of an answer that came while nobody could change the record."""


@dataclass(frozen=True)
class LetterLine:
    """One list of questions in the table."""

    row: Letter
    state: str
    waits: bool = False

    @property
    def questions(self) -> int:
        """How many questions it asks."""
        return len(self.row.questions)


def today() -> date:
    """Return the day it is in the office."""
    return timezone.localdate()


def words_of(bench: Bench) -> dict[str, Question]:
    """Return all that could be asked, by what it is about."""
    return {question.about: question for question in asking.offered(bench.case)}


def offers(words: Mapping[str, Question], without: Sequence[str] = ()) -> list[tuple[str, Choices]]:
    """Return what could be asked as choices, under the titles of their kinds."""
    found: list[tuple[str, Choices]] = []
    for kind, title in KINDS.items():
        choices = [
            (about, question.text)
            for about, question in words.items()
            if about.split("/")[0] == kind and about not in without
        ]
        if choices:
            found.append((f"{title} ({len(choices)})", choices))
    return found


@require_http_methods(["GET", "POST"])
@guarded
def desk(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """List the requests of a country with their states, and begin one of what is not known."""
    bench = open_bench(request, assessment_id)
    words = words_of(bench)
    if request.method != "POST":
        ticked = [about for about in request.GET.getlist("ask") if about in words]
        return _show_desk(bench, words, BeginForm(offers=offers(words), ticked=ticked))
    policies.check_can_edit(bench.revision, request.user)
    form = BeginForm(request.POST, offers=offers(words))
    if not form.is_valid():
        return _show_desk(bench, words, form, status=422)
    text = actions.LetterText(
        opening=asking.opening_words(bench.assessment.period.report_year),
        questions=tuple(words[about] for about in form.cleaned_data["add"]),
    )
    try:
        saved = actions.save_letter(
            revision_id=bench.revision.public_id, letter_id=None, text=text, by=request.user, at=now()
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show_desk(bench, words, form, status=422)
    count = len(text.questions)
    begun = f"with {count} question{'' if count == 1 else 's'}" if count else "without a question yet"
    say(request, f"Request {saved.ref} begun {begun}. Its words are yours to change.")
    return redirect("assessments:letter", assessment_id, saved.public_id)


def _show_desk(bench: Bench, words: Mapping[str, Question], form: BeginForm, *, status: int = 200) -> HttpResponse:
    rows = policies.visible_letters(bench.user).filter(assessment=bench.assessment).order_by("-number")
    waiting = set(policies.waiting_answers(bench.revision).values_list("pk", flat=True))
    lines = [LetterLine(row, state_of(row, today()), row.pk in waiting) for row in rows]
    asked = {item["about"] for line in lines for item in line.row.questions if line.row.state != LetterState.CLOSED}
    context = {
        "lines": lines,
        "begin": form,
        "counts": [
            (title, sum(about.split("/")[0] == kind for about in words), sum(a.split("/")[0] == kind for a in asked))
            for kind, title in KINDS.items()
        ],
        "silent": asking.unasked(bench.case),
        "gaps": [gap for gap in bench.case.record.information_gaps if not gap.closed_on and not gap.outcome],
    }
    return bench.render("assessments/request_desk.html", context, here="requests", status=status)


def _letter(bench: Bench, letter_id: UUID) -> Letter:
    row = policies.visible_letters(bench.user).filter(assessment=bench.assessment, public_id=letter_id).first()
    if row is None:
        raise Http404("There is no such request.")
    return row


@require_http_methods(["GET", "POST"])
@guarded
def letter(request: UserRequest, assessment_id: UUID, letter_id: UUID) -> HttpResponse:
    """Show a list of questions, to be written while it is not sent and read as it went out afterwards."""
    bench = open_bench(request, assessment_id)
    row = _letter(bench, letter_id)
    if request.method != "POST":
        return _show(bench, row)
    policies.check_can_change_letter(row, bench.revision, request.user)
    form = _form(bench, row, request.POST)
    if not form.is_valid() or form.letter is None:
        return _show(bench, row, form=form, status=422)
    try:
        actions.save_letter(
            revision_id=bench.revision.public_id,
            letter_id=row.public_id,
            text=form.letter,
            version=form.cleaned_data["version"] or 0,
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(bench, row, form=form, status=422)
    except actions.Conflict as exc:
        form.data = {**request.POST.dict(), "version": str(exc.version)}
        return _show(bench, row, form=form, status=409, theirs=differences(exc, actions.LetterText))
    say(request, "Saved.")
    return redirect("assessments:letter", assessment_id, letter_id)


def _form(bench: Bench, row: Letter, data: Any = None) -> LetterForm:
    text, words = text_of(row), words_of(bench)
    there = [question.about for question in text.questions]
    return LetterForm(data, text=text, version=row.version, offers=offers(words, there), words=words)


def _show(
    bench: Bench,
    row: Letter,
    *,
    form: LetterForm | None = None,
    move: MoveForm | None = None,
    status: int = 200,
    theirs: Any = (),
) -> HttpResponse:
    can_write = policies.can_change_letter(row, bench.revision, bench.user)
    steps = [
        (step, move if move is not None and move.prefix == step.action else _move_form(bench, row, step.action))
        for step in policies.letter_moves(row)
        if policies.can_take_letter_step(row, bench.revision, step.action, bench.user)
    ]
    context = {
        "row": row,
        "state": state_of(row, today()),
        "form": form or (_form(bench, row) if can_write else None),
        "text": text_of(row),
        "steps": steps,
        "waits": policies.waiting_answers(bench.revision).filter(pk=row.pk).exists() if row.answered_on else False,
        "formats": [(ending, FORMATS[ending].title) for ending in ENDINGS],
        "theirs": theirs,
    }
    return bench.render("assessments/letter.html", context, here="requests", status=status)


def _move_form(bench: Bench, row: Letter, step: str, data: Any = None) -> MoveForm:
    about = {item["about"].partition("/")[2] for item in row.questions if item["about"].startswith(f"{asking.GAP}/")}
    gaps = [
        (gap.id, f"{gap.id}  {gap.text}")
        for gap in bench.case.record.information_gaps
        if gap.id in about and not gap.closed_on and not gap.outcome
    ]
    offered = gaps if bench.can_edit else ()  # closing a gap changes the record
    return MoveForm(data, step=step, today=today(), version=row.version, gaps=offered)


@require_POST
@guarded
def move(request: UserRequest, assessment_id: UUID, letter_id: UUID, step: str) -> HttpResponse:
    """Record that a list was sent, reminded of, answered or closed."""
    bench = open_bench(request, assessment_id)
    row = _letter(bench, letter_id)
    if step not in {item.action for item in policies.LETTER_MOVES}:
        raise Http404("There is no such step.")
    found = policies.check_letter_move(row, bench.revision, step, request.user)
    form = _move_form(bench, row, step, request.POST)
    if not form.is_valid():
        return _show(bench, row, move=form, status=422)
    values = form.cleaned_data
    try:
        actions.move_letter(
            revision_id=bench.revision.public_id,
            letter_id=row.public_id,
            step=step,
            on=values.get("on") or row.answered_on or today(),
            answer=values.get("answer", ""),
            closes=values.get("closes", ()),
            version=values["version"] or 0,
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(bench, row, move=form, status=422)
    except actions.Conflict as exc:
        form = _move_form(bench, row, step, {**request.POST.dict(), f"{step}-version": str(exc.version)})
        form.add_error(None, "Somebody else changed this request meanwhile. Look at it again; what you typed is below.")
        return _show(bench, row, move=form, status=409)
    say(request, _done(bench, row, found))
    return redirect("assessments:letter", assessment_id, letter_id)


def _done(bench: Bench, row: Letter, move: policies.LetterMove) -> str:
    """Say what was recorded, and where it stands now."""
    state = f"{LetterState(move.to_state).label.capitalize()}." if move.to_state else ""
    match move.action:
        case "send":
            return f"{state} Sheet F6 has it now."
        case "answer" if policies.waiting_answers(bench.revision).filter(pk=row.pk).exists():
            return f"{state} The answer is kept with the request; {WAITS}"
        case "answer" | "fill":
            return f"{state} Sheet F6 has the answer.".strip()
    return state


@require_GET
@guarded
def file(request: UserRequest, assessment_id: UUID, letter_id: UUID, ending: str) -> HttpResponse:
    """Give out a list of questions as a file; a list that is not sent is marked as a draft."""
    bench = open_bench(request, assessment_id)
    row = _letter(bench, letter_id)
    if ending not in ENDINGS:
        raise Http404("There is no such format.")
    text = text_of(row)
    asked = Asked(
        country=str(bench.assessment.country),
        report_year=bench.assessment.period.report_year,
        addressee=text.addressee,
        channel=text.channel,
        due=text.due_on.isoformat() if text.due_on else "",
        sent=row.sent_on.isoformat() if row.sent_on else "",
        opening=text.opening,
        closing=text.closing,
        questions=text.questions,
    )
    data = ANNEXES[ending](document_of(asked))
    country = bench.assessment.country_id.lower()
    name = f"{bench.assessment.period.report_year}-{country}-questions-{row.number}.{ending}"
    answer = HttpResponse(data, content_type=FORMATS[ending].media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
