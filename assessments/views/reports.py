"""The report and its files: what is ready, have it built, watch, stop, try again, fetch."""

from typing import Any, cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from assessments import actions, jobs, policies, storage
from assessments.core.document import Audience
from assessments.core.words import counted
from assessments.enums import JobState, Shape
from assessments.exporters.registry import FORMATS
from assessments.forms.reports import ALL, ReportForm
from assessments.models import HouseTemplate, Job
from assessments.views import reporting
from assessments.views.bench import now
from assessments.views.page import UserRequest, guarded, page, say, warn

LISTED = 10
"""So many of a person's files stand on the page of the report."""
WIDEST = (Audience.PUBLIC, Audience.CLEARANCE, Audience.INTERNAL)


@require_GET
@guarded
def report(request: UserRequest) -> HttpResponse:
    """Show the report in printing order: what is ready, changed since it left, missing, and the last file."""
    return _report(request)


def _report(request: UserRequest, form: ReportForm | None = None, status: int = 200) -> HttpResponse:
    user = request.user
    years = reporting.years_of(user)
    chosen = request.GET.get("year", "")
    shown = [int(chosen)] if chosen in map(str, years) else years if chosen == ALL else reporting.first_years(user)
    entries = reporting.report(user, shown)
    is_maker = user.has_role(*reporting.MAKERS)
    context = {
        "report": entries,
        "years": years,
        "shown": shown,
        "totals": reporting.totals(entries),
        "is_maker": is_maker,
        "may_compare": policies.can_use_templates(request.user),
        "form": form or (_form(user, years, shown) if years else None),
        "files": list(policies.visible_jobs(user)[:LISTED]),
    }
    return page(request, "assessments/report.html", context, status=status)


def _audiences(user: User) -> list[Audience]:
    return [audience for audience in WIDEST if policies.can_build(audience, user)]


def _form(user: User, years: list[int], shown: list[int]) -> ReportForm | None:
    audiences = _audiences(user)
    if not audiences:
        return None
    year = str(shown[0]) if len(shown) == 1 else ALL
    initial = {"year": year, "form": "docx", "audience": Audience.PUBLIC.value, "shape": Shape.ONE.value}
    return ReportForm(years=years, audiences=audiences, templates=_templates(user), initial=initial)


def _templates(user: User) -> list[tuple[str, str]]:
    """Return the templates a person may have a file made in: id, and name with version."""
    if not policies.can_use_templates(user):
        return []
    return [(str(row.public_id), str(row)) for row in HouseTemplate.objects.offered()]


@require_POST
@guarded
def build(request: UserRequest) -> HttpResponse:
    """Have a file built of what is ready."""
    user = request.user
    policies.check_can_build(Audience.PUBLIC, user)
    form = ReportForm(
        request.POST, years=reporting.years_of(user), audiences=_audiences(user), templates=_templates(user)
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.ask_for_report(
                report_years=form.report_years,
                form=data["form"],
                audience=Audience(data["audience"]),
                shape=Shape(data["shape"]),
                template_id=data.get("template"),
                by=user,
                at=now(),
            )
        except actions.Invalid as exc:
            form.add_error(None, str(exc))
        else:
            if made.reused:
                say(request, "Nothing changed since this file was built, so it is ready at once.")
            return redirect("assessments:job", made.public_id)
    return _report(request, form, status=422)


def _own(request: UserRequest, job_id: UUID) -> Job:
    found = policies.visible_jobs(request.user).filter(public_id=job_id).first()
    if found is None:
        raise Http404("There is no such file, or it is not yours.")
    return found


@require_GET
@guarded
def job(request: UserRequest, job_id: UUID) -> HttpResponse:
    """Show how far a file is; a swap gets the part that changes."""
    jobs.sweep(now())
    found = _own(request, job_id)
    template = "assessments/job_state.html" if request.htmx else "assessments/job.html"
    return page(request, template, {"job": found, **_told(found)})


def _told(found: Job) -> dict[str, Any]:
    form = FORMATS.get(found.spec["format"])
    return {
        "title": form.title if form else found.spec["format"],
        "shape": Shape(found.spec["shape"]).label,
        "audience": Audience(found.spec["audience"]),
        "template": found.spec.get("template", {}).get("name", ""),
        "state": JobState(found.state),
        "is_kept": bool(found.file_digest) and storage.is_kept("made", found.file_digest),
        "countries": counted(found.total, "country", "countries"),
    }


@require_POST
@guarded
def cancel(request: UserRequest, job_id: UUID) -> HttpResponse:
    """Stop building a file."""
    _own(request, job_id)
    actions.cancel_job(job_id=job_id, by=request.user, at=now())
    return redirect("assessments:job", job_id)


@require_POST
@guarded
def again(request: UserRequest, job_id: UUID) -> HttpResponse:
    """Build a file once more."""
    _own(request, job_id)
    actions.retry_job(job_id=job_id, by=request.user, at=now())
    return redirect("assessments:job", job_id)


@require_GET
@guarded
def fetch(request: UserRequest, job_id: UUID) -> HttpResponse:
    """Give the file to who had it built, as long as every text in it is open to them."""
    found = _own(request, job_id)
    policies.check_can_fetch(found, request.user)
    try:
        file = storage.opened("made", found.file_digest)
    except storage.Missing:
        warn(request, "The file is not there any more, or not yet. Have it built again.")
        return redirect("assessments:job", job_id)
    answer = FileResponse(file, as_attachment=True, filename=found.file_name, content_type="application/octet-stream")
    answer["X-Content-SHA256"] = found.file_digest
    return cast("HttpResponse", answer)
