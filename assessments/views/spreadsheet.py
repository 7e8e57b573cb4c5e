"""An assessment as a workbook: taken away, and taken back after a look at what it would change."""

import secrets
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import actions, policies
from assessments.core.words import counted
from assessments.forms.spreadsheet import WorkbookForm
from assessments.views.bench import Bench, now, open_bench
from assessments.views.looks import note_views
from assessments.views.page import UserRequest, guarded, say, warn
from assessments.workbook.applying import note_taken_away, take_back
from assessments.workbook.comparing import Plan, plan
from assessments.workbook.reading import LARGEST, Unreadable, read
from assessments.workbook.stored import stored
from assessments.workbook.writing import write

KEPT = 3600
"""Seconds for which a workbook waits between the look and the taking back."""
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@guarded
def spreadsheet(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Offer the workbook, read one that comes back, and show what it would change. Nothing is written here."""
    bench = open_bench(request, assessment_id)
    policies.check_can_see(bench.revision, bench.user)
    if request.method != "POST":
        return _show(bench)
    policies.check_can_edit(bench.revision, bench.user)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(bench, form=form, status=422)
    upload = form.cleaned_data["file"]
    data = upload.read(LARGEST + 1)
    try:
        found = _plan(bench, data)
    except Unreadable as exc:
        return _show(bench, errors=exc.errors, more=exc.more, status=422)
    token = secrets.token_urlsafe(24)
    cache.set(_key(bench, token), data, KEPT)
    return _show(bench, found=found, token=token)


def _plan(bench: Bench, data: bytes) -> Plan:
    content = stored(bench.revision, bench.user)
    return plan(read(data, content.sheets), content, bench.revision)


def _key(bench: Bench, token: str) -> str:
    """Return where a workbook waits: nobody but who brought it, and for no other revision, comes by it."""
    return f"workbook-{bench.user.public_id}-{bench.revision.public_id}-{token}"


def _show(bench: Bench, *, status: int = 200, form: WorkbookForm | None = None, **more: Any) -> HttpResponse:
    context = {"form": form or (WorkbookForm() if bench.can_edit else None), **more}
    return bench.render("assessments/spreadsheet.html", context, here="facts", status=status)


@require_GET
@guarded
def workbook(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Give out the workbook with as much as the person may know; that it was taken away goes on record."""
    bench = open_bench(request, assessment_id)
    policies.check_can_see(bench.revision, bench.user)
    content = stored(bench.revision, bench.user)
    data = write(content)
    sources = [use.source for use in bench.revision.sources.select_related("source")]
    note_views(bench.user, policies.source_views(sources, bench.user).values())
    note_taken_away(revision_id=bench.revision.public_id, by=bench.user, at=now())
    answer = HttpResponse(data, content_type=TYPE)
    assessment = bench.assessment
    name = f"{assessment.period.report_year}-{assessment.country_id.lower()}-record.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@guarded
def take(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Take back the workbook that was looked at: all rows without a conflict, or none."""
    bench = open_bench(request, assessment_id)
    policies.check_can_edit(bench.revision, bench.user)
    key = _key(bench, request.POST.get("token", "")[:64])
    data = cache.get(key)
    if data is None:
        warn(request, "The workbook waited for more than an hour and was let go. Bring it again.")
        return redirect("assessments:spreadsheet", assessment_id)
    try:
        found = _plan(bench, data)
        take_back(revision_id=bench.revision.public_id, changes=found.doable, by=bench.user, at=now())
    except Unreadable as exc:
        return _show(bench, errors=exc.errors, more=exc.more, status=422)
    except actions.Invalid as exc:
        return _show(bench, errors=[str(exc)], status=422)
    except actions.Conflict:
        return _show(bench, errors=["Somebody changed a row this moment. Bring the workbook again."], status=409)
    cache.delete(key)
    say(request, f"Taken back: {counted(len(found.doable), 'row')}." + _left(found))
    return redirect("assessments:facts", assessment_id)


def _left(found: Plan) -> str:
    if not found.conflicts:
        return ""
    return f" {counted(len(found.conflicts), 'row').capitalize()} that somebody else had changed stayed as they were."
