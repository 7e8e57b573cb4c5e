"""The pages around the record: where to begin, open checks, and the log."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import CharField, Value
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments import events, policies
from assessments.core.types import Severity
from assessments.enums import Subject
from assessments.models import SHEETS
from assessments.views.bench import Bench, open_bench
from assessments.views.page import UserRequest, guarded
from assessments.views.work import go_on

PER_PAGE = 25


@require_GET
@guarded
def assessment(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Go to where the work goes on: an analyst to the exact question or the facts, anybody else to the draft."""
    bench = open_bench(request, assessment_id)
    return redirect(go_on(bench).url)


@dataclass(frozen=True)
class OpenCheck:
    """One stored check with the ways to what it is about."""

    severity: Any
    text: str
    ways: tuple[tuple[str, str], ...]


def open_checks(bench: Bench) -> list[OpenCheck]:
    """Return the stored checks, gravest first, each with links to its facts and answers; one query."""
    refs = {subject for check in bench.checks for subject in check.get("subjects", ())}
    places = fact_places(bench, refs)
    answers = {answer.key: answer.url for answer in bench.answers}
    by_slug = {answer.indicator.slug: answer.url for answer in reversed(bench.answers)}
    found = []
    for check in bench.checks:
        subjects = check.get("subjects", ())
        ways = tuple(
            (subject if subject in places else name_of(bench, subject), url)
            for subject in subjects
            if (url := places.get(subject) or answers.get(subject) or by_slug.get(subject))
        )
        found.append(OpenCheck(Severity(check["severity"]), check["text"], ways))
    return found


def name_of(bench: Bench, key: str) -> str:
    """Return the code of a question by its key."""
    answer = next((a for a in bench.answers if key in (a.key, a.indicator.slug)), None)
    return answer.indicator.code if answer else key


def fact_places(bench: Bench, refs: set[str]) -> dict[str, str]:
    """Return the addresses of facts by their ids; one query for all sheets."""
    if not refs:
        return {}
    queries = [
        model._default_manager.filter(revision=bench.revision, ref__in=refs)
        .order_by()
        .annotate(sheet_name=Value(name, output_field=CharField()))
        .values_list("ref", "sheet_name")
        for name, model in SHEETS.items()
    ]
    return {ref: bench.url("fact", sheet, ref) for ref, sheet in queries[0].union(*queries[1:], all=True)}


@require_GET
@guarded
def checks(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show what a reviewer would ask, gravest first."""
    bench = open_bench(request, assessment_id)
    return bench.render("assessments/checks.html", {"checks": open_checks(bench)}, here="checks")


@require_GET
@guarded
def log(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show who did what, newest first, as sentences."""
    bench = open_bench(request, assessment_id)
    rows = (
        policies.visible_events(request.user)
        .filter(subject_kind=Subject.ASSESSMENT.value, subject_id=bench.assessment.public_id)
        .select_related("by")
        .order_by("-sequence")
    )
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(event.sequence, events.sentence(event), event.hash) for event in shown]
    older = reverse("assessments:log", args=[assessment_id])
    return bench.render("assessments/log.html", {"lines": lines, "shown": shown, "address": older}, here="log")
