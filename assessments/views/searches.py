"""The search log of a country: each search once, ticked against the questions it serves, and what is not covered."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assessments import actions, policies
from assessments.core.sheets import SearchNote
from assessments.forms.searches import SearchForm
from assessments.forms.ticks import questions_by_group
from assessments.models import SearchNote as Row
from assessments.views.bench import Answer, Bench, now, open_bench
from assessments.views.conflict import differences
from assessments.views.evidence import add_errors
from assessments.views.page import UserRequest, guarded, say


@dataclass(frozen=True)
class Covered:
    """One question with the searches that serve it."""

    answer: Answer
    searches: tuple[str, ...]

    @property
    def lacks(self) -> bool:
        """Say whether level 0 stands there without a search: then it means that nobody looked."""
        return self.answer.level == 0 and not self.searches


@dataclass(frozen=True)
class Search:
    """One search and how many questions it serves."""

    record: SearchNote
    questions: int
    total: int


@require_http_methods(["GET", "POST"])
@guarded
def searches(request: UserRequest, assessment_id: UUID, ref: str | None = None) -> HttpResponse:
    """Show the search log with one search to write, or save it; `ref` None makes a new one."""
    bench = open_bench(request, assessment_id)
    row = _row(bench, ref)
    value = next((note for note in bench.case.record.search_notes if note.id == ref), None)
    form = _form(bench, value, row.version if row else None, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(bench, form, value)
    policies.check_can_edit(bench.revision, request.user)
    if not form.is_valid() or form.record is None:
        return _show(bench, form, value, status=422)
    try:
        saved = actions.save_fact(
            revision_id=bench.revision.public_id,
            sheet="search_notes",
            ref=ref,
            record=form.record,
            version=form.cleaned_data["version"] if row else None,
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(bench, form, value, status=422)
    except actions.Conflict as exc:
        form.data = {**request.POST.dict(), "search-indicators": request.POST.getlist("search-indicators")}
        form.data["search-version"] = str(exc.version)
        return _show(bench, form, value, status=409, theirs=differences(exc, SearchNote))
    served = len(form.record.indicators)
    what = f"{served} question{'' if served == 1 else 's'}" if served else "every question"
    say(request, f"{saved.ref} saved. It serves {what}.")
    return redirect("assessments:searches", assessment_id)


def _row(bench: Bench, ref: str | None) -> Row | None:
    if ref is None:
        return None
    row = Row.objects.current().filter(revision=bench.revision, ref=ref).first()
    if row is None:
        raise Http404("There is no such search, or it was withdrawn.")
    found: Row = row
    return found


def _form(bench: Bench, value: SearchNote | None, version: int | None, data: Any) -> SearchForm:
    core = [item.slug for item in bench.framework.core]
    return SearchForm(data, questions=questions_by_group(bench.framework), core=core, value=value, version=version)


def _show(
    bench: Bench, form: SearchForm, value: SearchNote | None, *, status: int = 200, theirs: Any = ()
) -> HttpResponse:
    notes = bench.case.record.search_notes
    total = len(bench.framework.indicators)
    covered = [
        Covered(answer, tuple(n.id for n in notes if not n.indicators or answer.indicator.slug in n.indicators))
        for answer in bench.answers
    ]
    context = {
        "form": form,
        "value": value,
        "searches": [Search(note, len(note.indicators) or total, total) for note in notes],
        "covered": covered,
        "lacking": [item for item in covered if item.lacks],
        "uncovered": sum(not item.searches for item in covered),
        "theirs": theirs,
    }
    return bench.render("assessments/searches.html", context, here="searches", status=status)
