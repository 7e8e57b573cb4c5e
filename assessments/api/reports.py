"""Files of many countries: asked for, watched, stopped, tried again and fetched, as on the page of the report."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, Query, Router, Schema, Status
from pydantic import Field

from assessments import actions, policies, storage
from assessments.api.base import READ, WRITE, Page, Paging, page_of, person_of
from assessments.core.document import Audience
from assessments.enums import Shape
from assessments.exporters import report as exporter
from assessments.models import Job

router = Router(tags=["reports"])


class NewReport(Schema):
    """Which periods, in what format, for whom, and as what."""

    report_years: Annotated[list[Annotated[int, Field(ge=2001, le=2100)]], Field(min_length=1, max_length=30)]
    format: Annotated[str, Field(pattern="^[a-z]{2,5}$")]
    audience: Audience = Audience.PUBLIC
    shape: Shape = Shape.ONE
    template: UUID | None = None  # a template of the office, for Word only


class Report(Schema):
    """One file of many countries, or the work on it; `missing` names those that were not ready."""

    id: UUID
    state: str
    report_years: list[int]
    format: str
    audience: str
    shape: str
    template: str  # the template and its version in words; empty for none
    done: int
    total: int
    doing: str
    failure: str
    missing: list[dict[str, Any]]
    file_name: str
    file_digest: str
    file_size: int
    asked_at: datetime
    expires_at: datetime | None


def _line(row: Job) -> Mapping[str, Any]:
    told = {name: row.spec[name] for name in ("report_years", "format", "audience", "shape", "missing")}
    told["template"] = row.spec.get("template", {}).get("name", "")
    names = ("state", "done", "total", "doing", "failure", "file_name", "file_digest", "file_size")
    stored = {name: getattr(row, name) for name in names}
    return {"id": row.public_id, "asked_at": row.asked_at, "expires_at": row.expires_at, **told, **stored}


def _own(request: HttpRequest, report_id: UUID) -> Job:
    found = policies.visible_jobs(person_of(request)).filter(public_id=report_id).first()
    if found is None:
        raise Http404("There is no such file, or it is not yours.")
    return found


@router.get("/reports", response={200: Page[Report], **READ})
def reports(request: HttpRequest, paging: Query[Paging]) -> Any:
    """List the files this person asked for, newest first."""
    return page_of(policies.visible_jobs(person_of(request)), paging, _line)


@router.post("/reports", response={201: Report, **WRITE})
def ask(request: HttpRequest, given: Body[NewReport]) -> Any:
    """Have a file built of what is ready; where nothing changed since one was built, it is there at once."""
    try:
        exporter.check(given.format, given.audience, given.shape, in_template=given.template is not None)
    except exporter.Unfit as exc:
        raise actions.Invalid({"format": [str(exc)]}) from exc
    made = actions.ask_for_report(
        report_years=given.report_years,
        form=given.format,
        audience=given.audience,
        shape=given.shape,
        template_id=given.template,
        by=person_of(request),
        at=timezone.now(),
    )
    return Status(201, _line(made))


@router.get("/reports/{report_id}", response={200: Report, **READ})
def report(request: HttpRequest, report_id: UUID) -> Any:
    """Say how far a file is."""
    return _line(_own(request, report_id))


@router.post("/reports/{report_id}/cancel", response={200: Report, **WRITE})
def cancel(request: HttpRequest, report_id: UUID) -> Any:
    """Stop the work on a file."""
    _own(request, report_id)
    return _line(actions.cancel_job(job_id=report_id, by=person_of(request), at=timezone.now()))


@router.post("/reports/{report_id}/again", response={200: Report, **WRITE})
def again(request: HttpRequest, report_id: UUID) -> Any:
    """Build a file once more."""
    _own(request, report_id)
    return _line(actions.retry_job(job_id=report_id, by=person_of(request), at=timezone.now()))


@router.get(
    "/reports/{report_id}/file",
    response=READ,
    openapi_extra={
        "responses": {
            200: {
                "description": "The file",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def fetch(request: HttpRequest, report_id: UUID) -> Any:
    """Give the file, as long as every text in it is open to who asks."""
    found = _own(request, report_id)
    policies.check_can_fetch(found, person_of(request))
    try:
        file = storage.opened("made", found.file_digest)
    except storage.Missing as exc:
        raise Http404("The file is not there any more, or not yet.") from exc
    answer = FileResponse(file, as_attachment=True, filename=found.file_name, content_type="application/octet-stream")
    answer["ETag"] = f'"{found.file_digest}"'
    return cast("HttpResponse", answer)
