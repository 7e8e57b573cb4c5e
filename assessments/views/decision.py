"""The assessment sheet: what was decided about the country, and how efforts moved. Recorded, never computed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assessments import actions, policies
from assessments.core.types import Decision
from assessments.forms.records import RecordForm
from assessments.mapping import column_names, from_columns
from assessments.models import DecisionRecord
from assessments.views.bench import Bench, now, open_bench
from assessments.views.conflict import differences
from assessments.views.evidence import add_errors
from assessments.views.facts import typed_version
from assessments.views.offers import offer
from assessments.views.page import UserRequest, guarded, say
from frameworks.models import TierRecord


def _row(bench: Bench) -> DecisionRecord | None:
    return DecisionRecord.objects.filter(revision=bench.revision).first()


def _form(bench: Bench, row: DecisionRecord | None, data: Any = None) -> RecordForm:
    value = from_columns(Decision, {name: getattr(row, name) for name in column_names(Decision)}) if row else None
    return RecordForm(Decision, offer=offer(bench, Decision), data=data, value=value)


@require_http_methods(["GET", "POST"])
@guarded
def decision(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show or save the assessment sheet. An unreleased tier is shown only to the people the policy names."""
    bench = open_bench(request, assessment_id)
    row = _row(bench)
    policies.check_can_see_tier(bench.revision, request.user, decision=row)
    form = _form(bench, row, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(bench, row, form, row.version if row else None)
    version = typed_version(request, row.version if row else None)
    if not form.is_valid():
        return _show(bench, row, form, version, status=422)
    at = now()
    try:
        saved = actions.save_decision(
            revision_id=bench.revision.public_id, decision=form.cleaned_record, version=version, by=request.user, at=at
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(bench, row, form, version, status=422)
    except actions.Conflict as exc:
        return _show(bench, row, form, exc.version, status=409, theirs=differences(exc, Decision))
    if not request.htmx:
        say(request, "Decision and trend saved.")
        return redirect("assessments:decision", assessment_id)
    bench = bench.fresh(saved.changed)
    row = _row(bench)
    return _show(bench, row, _form(bench, row), row.version if row else None, saved_at=at)


def _show(
    bench: Bench,
    row: DecisionRecord | None,
    form: RecordForm,
    version: int | None,
    *,
    status: int = 200,
    saved_at: Any = None,
    theirs: Any = (),
) -> HttpResponse:
    year = bench.assessment.period.report_year
    listed = TierRecord.objects.filter(country=bench.assessment.country, report_year__in=[year, year - 1]).order_by(
        "report_year"
    )
    context = {"row": row, "form": form, "version": version, "theirs": theirs, "listed": list(listed)}
    return bench.render("assessments/decision.html", context, here="decision", status=status, saved_at=saved_at)
