"""What a page asks for beside its saves: the draft and the progress, and how far ticked evidence carries."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from assessments import records
from assessments.core.ceiling import ceiling
from assessments.forms.fact_sheets import SHEETS
from assessments.views.bench import Bench, open_bench, seen_revision
from assessments.views.facts import fact_notes
from assessments.views.page import UserRequest, guarded
from assessments.views.questions import notes_on


@never_cache
@require_GET
@guarded
def refresh(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Answer with the draft, what changed in it marked, and the progress; at a question or fact with its notes too."""
    bench = open_bench(request, assessment_id)
    where, _, rest = request.GET.get("at", "").partition("/")
    notes: dict[str, Any] = {"here": ""}
    if where:
        notes = _fact_notes(bench, rest) if where == "facts" else notes_on(bench, where, rest)
    return render(request, "assessments/refreshed.html", {"bench": bench, "revision": bench.revision, **notes})


@never_cache
@require_GET
@guarded
def carries(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Say how far the evidence ticked for a question carries, before it is saved; nothing where it carries every level.

    What a save left undrawn stays so: the draft is the next request's, which marks what changed in it.
    """
    case = records.case_of(seen_revision(request, assessment_id))
    code, answer = request.GET.get("at", "").partition("/")[0], request.GET.get("answer", "")
    indicator = next((item for item in case.framework.indicators if item.code == code), None)
    evidence = request.GET.getlist("evidence")
    found = None
    if indicator is not None and (answer.isdigit() or evidence):
        found = ceiling(case, indicator, evidence)
    return HttpResponse(render_to_string("assessments/ceiling.html", {"ceiling": found}))


def _fact_notes(bench: Bench, rest: str) -> dict[str, Any]:
    name, _, ref = rest.partition("/")
    if name not in SHEETS:
        raise Http404("There is no such sheet.")
    return fact_notes(bench, name, ref)
