"""What a page asks for after the server's word: the draft and the progress, derived now from what was saved."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from assessments.forms.fact_sheets import SHEETS
from assessments.views.bench import Bench, open_bench
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


def _fact_notes(bench: Bench, rest: str) -> dict[str, Any]:
    name, _, ref = rest.partition("/")
    if name not in SHEETS:
        raise Http404("There is no such sheet.")
    return fact_notes(bench, name, ref)
