"""The pages around the record: where to begin, and the log."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments import events, policies
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


def fact_places(bench: Bench, refs: set[str]) -> dict[str, str]:
    """Return the addresses of facts by their ids; no query."""
    return {
        item.id: bench.url("fact", name, item.id)
        for name in SHEETS
        for item in getattr(bench.case.record, name)
        if item.id in refs
    }


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
    lines = [(event.sequence, event.at, events.deed(event), event.hash) for event in shown]
    older = reverse("assessments:log", args=[assessment_id])
    return bench.render("assessments/log.html", {"lines": lines, "shown": shown, "address": older}, here="log")
