"""The questions: a group at a glance, and one question with its descriptors at the point of scoring."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import actions, policies
from assessments.core.ceiling import Ceiling, ceiling
from assessments.core.types import Rating
from assessments.forms.rating import RatingForm
from assessments.models import RatingRecord
from assessments.planned import Planned
from assessments.views import saving
from assessments.views.bench import Answer, Bench, now, open_bench
from assessments.views.conflict import differences
from assessments.views.facts import typed_version
from assessments.views.lastyear import Before, LastYear, is_institutional
from assessments.views.offers import evidence_choices
from assessments.views.page import UserRequest, guarded, say, warn
from frameworks.spec.base import Direction
from frameworks.spec.compiled import CompiledFramework, UnknownRecord
from frameworks.spec.measurement import IndicatorSpec


@require_GET
@guarded
def group(request: UserRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """Show the questions of one group with their answers and what they still need."""
    bench = open_bench(request, assessment_id)
    found = next((item for item in bench.framework.groups if item.code.lower() == code), None)
    if found is None:
        raise Http404("There is no such group.")
    past = LastYear(bench)
    lines = [Line(a, past.of(a)) for a in bench.answers if a.indicator.group == found.slug]
    core = [line for line in lines if line.answer.indicator.core]
    given = {
        "group": found,
        "core": core,
        "rest": [line for line in lines if line not in core],
        "rest_answered": sum(line.answer.is_answered for line in lines if line not in core),
        "to_confirm": is_institutional(bench, found) * sum(bool(one.before and one.before.is_waiting) for one in lines),
    }
    return bench.render("assessments/group.html", given, here=found.slug)


@require_GET
@guarded
def jump(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Answer with every section and question as a list to jump by; the page that opens it asks for it."""
    return render(request, "assessments/jump.html", {"bench": open_bench(request, assessment_id)})


@dataclass(frozen=True)
class Line:
    """One question of a group, with last year's answer."""

    answer: Answer
    before: Before | None


@dataclass
class Standing:
    """One question as its stored answer stands."""

    bench: Bench
    answer: Answer

    @property
    def ceiling(self) -> Ceiling | None:
        """How far the evidence of the stored answer carries; None where it carries every level, or is not asked for."""
        rating = self.bench.case.ratings.get(self.answer.key)
        if rating is None or (rating.level is None and not rating.evidence):
            return None
        return ceiling(self.bench.case, self.answer.indicator, rating.evidence)


@dataclass
class Scoring(Standing):
    """One question being answered."""

    row: RatingRecord | None
    form: RatingForm
    version: int | None

    @property
    def help(self) -> SafeString:
        """What shows an answer, what evidence each level needs, and the law the question comes from."""
        return _help(self.bench.framework, self.answer.indicator.slug)

    @property
    def neighbours(self) -> tuple[Answer | None, Answer | None]:
        """The questions before and after."""
        answers = self.bench.answers
        place = next(number for number, answer in enumerate(answers) if answer.key == self.answer.key)
        before = answers[place - 1] if place else None
        after = answers[place + 1] if place + 1 < len(answers) else None
        return before, after

    @property
    def needs_endorsement(self) -> bool:
        """Say whether a second person's word is wanted: levels 4 and 5 of concern outside the determinations."""
        return (
            self.row is not None
            and self.row.level is not None
            and self.row.level >= 4
            and self.answer.indicator.direction is Direction.CONCERN
            and self.answer.indicator.slug not in self.bench.framework.proof_of_failure
        )


@lru_cache(maxsize=256)  # the questions of some five versions, a few kB each
def _help(framework: CompiledFramework, slug: str) -> SafeString:
    """Return the help of a question as markup: the same as long as the version is, whatever the country."""
    indicator = framework.indicator(slug)
    given = {"indicator": indicator, "rules": _rules(framework, indicator), "provisions": _law(framework, indicator)}
    return render_to_string("assessments/question_help.html", given)


def _rules(framework: CompiledFramework, indicator: IndicatorSpec) -> list[tuple[int, str]]:
    """Return what evidence each level needs at least, in words."""
    found = []
    for level in indicator.scale:
        try:
            found.append((level, framework.evidence_rule(indicator.direction, level).text))
        except UnknownRecord:
            continue
    return found


def _law(framework: CompiledFramework, indicator: IndicatorSpec) -> list[Any]:
    """Return the law a question comes from, as far as the framework has it as records."""
    known = {item.slug: item for item in framework.provisions}
    found: dict[str, Any] = {item.slug: item for item in framework.spec.indicia}
    found |= {item.slug: item for item in framework.spec.standards} | known
    return [found[slug] for slug in indicator.provisions if slug in found]


def _scoring(bench: Bench, code: str, part: str, data: Any = None) -> Scoring:
    answer = next((item for item in bench.answers if item.indicator.code == code and item.part == part), None)
    if answer is None:
        if part == "" and (first := next((a for a in bench.answers if a.indicator.code == code), None)):
            return _scoring(bench, code, first.part, data)  # a question with parts opens at its first
        raise Http404("There is no such question.")
    row = next(iter(_effective(revision=bench.revision.pk, indicator=answer.indicator.slug, part=part)), None)
    form = RatingForm(
        indicator=answer.indicator,
        part=part,
        framework=bench.framework,
        evidence=evidence_choices(bench),
        data=data,
        value=bench.case.ratings.get(answer.key) if row else None,
        attached=[item.id for item in bench.case.record.evidence if answer.indicator.slug in item.indicators],
        version=row.version if row else None,
    )
    return Scoring(bench, answer, row, form, row.version if row else None)


@Planned
def _effective(*, revision: int, indicator: str, part: str) -> "QuerySet[RatingRecord]":
    """The answer to a question that counts, and who gave it."""
    rows = RatingRecord.objects.effective().filter(revision=revision, indicator__slug=indicator, part=part)
    return rows.select_related("rated_by", "indicator").order_by("pk")[:1]


def notes_on(bench: Bench, code: str, part: str) -> dict[str, Any]:
    """Return what is said about a stored answer, for a page that shows its form already. Raises Http404."""
    answer = next((item for item in bench.answers if item.indicator.code == code and item.part == part), None)
    if answer is None:
        raise Http404("There is no such question.")
    bench.shown_key = answer.key
    return {
        "here": answer.indicator.group,
        "notes": "assessments/question_notes.html",
        "scoring": Standing(bench, answer),
    }


@require_http_methods(["GET", "POST"])
@guarded
def question(request: UserRequest, assessment_id: UUID, code: str, part: str = "") -> HttpResponse:
    """Show one question, or save its answer. A save is never refused for what is missing."""
    refusal = None
    if saving.is_background(request):
        kept = _keep(request, assessment_id, code, part)
        if isinstance(kept, HttpResponse):
            return kept
        refusal = kept
    bench = open_bench(request, assessment_id)
    saving.pin(bench)
    if request.method != "POST":
        return _show(_scoring(bench, code, part))
    scoring = _scoring(bench, code, part, request.POST)
    if refusal is not None:
        return _clash(scoring, refusal)
    scoring.version = typed_version(request, scoring.version)
    if not scoring.form.is_valid():
        return _refuse(scoring)
    at = now()
    try:
        saved = actions.save_rating(
            revision_id=bench.revision.public_id,
            rating=scoring.form.rating,
            version=scoring.version,
            by=request.user,
            at=at,
        )
    except actions.Invalid as exc:
        for field, messages in exc.errors.items():
            for message in messages:
                scoring.form.add_error(field if field in scoring.form.fields else None, message)
        return _refuse(scoring)
    except actions.Conflict as exc:
        return _clash(scoring, exc)
    after = scoring.neighbours[1]
    if "next" in request.POST and after:
        if request.htmx:
            answer = _show(
                _scoring(bench.fresh(saved.changed, saved.revision), after.indicator.code, after.part), saved_at=at
            )
            answer["HX-Push-Url"] = after.url
            return answer
        say(request, f"{code} saved.")
        return redirect(after.url)
    if not request.htmx:
        say(request, f"{code} saved.")
        return redirect(scoring.answer.url)
    return _show(_scoring(bench.fresh(saved.changed, saved.revision), code, scoring.answer.part), saved_at=at)


def _keep(request: UserRequest, assessment_id: UUID, code: str, part: str) -> HttpResponse | actions.Conflict | None:
    """Keep an answer by the shortest way to the log; the page asks for what follows from it next, or gets it at once.

    None where it takes the whole way to say why not: what was typed is malformed, or this person may not.
    """
    pinned = saving.pinned(assessment_id)
    if pinned is None:
        return None
    indicator = next((item for item in pinned.framework.indicators if item.code == code), None)
    if indicator is None or part not in (indicator.parts or ("",)):
        return None
    named = [(ref, ref) for ref in request.POST.getlist("evidence")]  # the action refuses what there is not
    form = RatingForm(indicator=indicator, part=part, framework=pinned.framework, evidence=named, data=request.POST)
    if not form.is_valid():
        return None
    at = now()
    try:
        saved = actions.save_rating(
            revision_id=pinned.revision_id,
            rating=form.rating,
            version=typed_version(request, None),
            by=request.user,
            at=at,
            is_drawn=not saving.wants_word_only(request),
        )
    except actions.Conflict as exc:
        return exc
    except (policies.NotAllowed, actions.Invalid, actions.NotFound):
        return None
    if saved.revision is not None:
        return _acknowledge(Bench(request, saved.revision), indicator.code, part, saved.version, at)
    return saving.word(
        request, assessment_id, version=saved.version, at=at, place=code if not part else f"{code}/{part}"
    )


def _refuse(scoring: Scoring) -> HttpResponse:
    if saving.is_background(scoring.bench.request):
        here = scoring.answer.indicator.group
        return saving.not_yet(scoring.bench, here=here, form=scoring.form, errors=scoring.form.errors_in_words())
    return _show(scoring, status=422)


def _clash(scoring: Scoring, exc: actions.Conflict) -> HttpResponse:
    """Answer with both texts; the form goes on at the version that is stored now, with what was typed in it."""
    bench, answer = scoring.bench, scoring.answer
    stored = _scoring(bench.fresh(), answer.indicator.code, answer.part)
    theirs = differences(exc, Rating, stored.form, scoring.form)
    if bench.request.htmx:
        row = stored.row
        return saving.clash(
            bench,
            here=answer.indicator.group,
            version=exc.version,
            theirs=theirs,
            who=row.rated_by.name if row and row.rated_by else "",
            at=row.rated_at if row else None,
        )
    scoring.version = exc.version
    scoring.form.at_version(exc.version)
    return _show(scoring, status=409, theirs=theirs)


def _acknowledge(bench: Bench, code: str, part: str, version: int, at: datetime) -> HttpResponse:
    return saving.acknowledged(
        bench, version=version, at=at, url=bench.request.path, context=notes_on(bench, code, part)
    )


def _show(scoring: Scoring, *, status: int = 200, saved_at: Any = None, theirs: Any = ()) -> HttpResponse:
    bench, indicator = scoring.bench, scoring.answer.indicator
    bench.shown_key = scoring.answer.key
    endorsements = (
        list(
            bench.revision.endorsements.standing()
            .filter(indicator__slug=indicator.slug, part=scoring.answer.part)
            .select_related("endorser")
        )
        if scoring.needs_endorsement
        else []
    )
    context = {
        "scoring": scoring,
        "form": scoring.form,
        "group": bench.framework.group(indicator.group),
        "before": LastYear(bench).of(scoring.answer),
        "theirs": theirs,
        "endorsements": endorsements,
        "can_endorse": scoring.needs_endorsement and scoring.row and policies.can_endorse(scoring.row, bench.user),
    }
    return bench.render("assessments/question.html", context, here=indicator.group, status=status, saved_at=saved_at)


@require_POST
@guarded
def endorse(request: UserRequest, assessment_id: UUID, code: str, part: str = "") -> HttpResponse:
    """Put a second person's word behind level 4 or 5."""
    bench = open_bench(request, assessment_id)
    scoring = _scoring(bench, code, part)
    try:
        actions.endorse(
            revision_id=bench.revision.public_id,
            indicator=scoring.answer.indicator.slug,
            part=part,
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        say(request, f"{code} endorsed.")
    return redirect(scoring.answer.url)
