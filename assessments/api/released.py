"""Texts that are approved or released, their data and their files: read only."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router, Schema

from accounts.models import Role
from assessments import actions, content, policies, snapshots
from assessments.api.base import READ, Page, Paging, Problem, page_of, person_of
from assessments.core.document import Audience
from assessments.enums import SnapshotKind
from assessments.exporters.data import BIBLIOGRAPHY, CODEBOOK, FINDINGS, LEVELS, Row, Table, codebook, rows
from assessments.exporters.registry import FORMATS, Content, file_name
from assessments.models import ReportingPeriod, Snapshot
from frameworks.loader import compiled
from frameworks.models import FrameworkVersion

router = Router(tags=["texts"])
Year = Annotated[int | None, Query(ge=2001, le=2100)]
Iso3 = Annotated[str | None, Query(pattern="^[A-Z]{3}$")]


class Me(Schema):
    """Whose token it is and what it is good for."""

    name: str
    roles: list[str]
    scope: str
    expires_at: datetime


class Period(Schema):
    """One reporting period."""

    report_year: int
    title: str


class TextLine(Schema):
    """One frozen text in a list. `digest` is its SHA-256."""

    id: UUID
    assessment: UUID
    country: str
    country_name: str
    report_year: int
    kind: str
    digest: str
    words: int
    at: datetime
    released_at: datetime | None
    superseded: bool


class Data(Schema):
    """The data of one text, by the columns of the data release; `columns` says what each means."""

    columns: dict[str, str]
    rows: list[dict[str, str | int | None]]


@router.get("/me", response={200: Me, **READ})
def me(request: HttpRequest) -> Any:
    """Say whose token this is."""
    token = request.auth  # type: ignore[attr-defined]
    return {
        "name": token.user.name,
        "roles": sorted(token.user.roles),
        "scope": token.scope,
        "expires_at": token.expires_at,
    }


@router.get("/periods", response={200: Page[Period], **READ})
def periods(request: HttpRequest, paging: Query[Paging]) -> Any:  # noqa: ARG001  ninja hands it over by name
    """List the reporting periods, newest first."""
    rows_ = ReportingPeriod.objects.order_by("-report_year")
    return page_of(rows_, paging, lambda row: {"report_year": row.report_year, "title": row.title})


@router.get("/texts", response={200: Page[TextLine], **READ})
def texts(
    request: HttpRequest,
    paging: Query[Paging],
    report_year: Year = None,
    country: Iso3 = None,
    current: bool = True,
) -> Any:
    """List the texts this person may read, in printing order; `current=false` adds superseded and working ones."""
    found = _texts(request)
    if current:
        found = found.filter(kind=SnapshotKind.APPROVED.value, superseded_by__isnull=True)
    if report_year is not None:
        found = found.filter(revision__assessment__period__report_year=report_year)
    if country is not None:
        found = found.filter(revision__assessment__country__iso3=country)
    order = "revision__assessment__period__report_year", "revision__assessment__country__sort_name", "-at", "-pk"
    return page_of(found.defer("open_part").order_by(*order), paging, line_of)


def _texts(request: HttpRequest) -> QuerySet[Snapshot]:
    return policies.visible_snapshots(person_of(request)).select_related(
        "revision__assessment__country", "revision__assessment__period", "revision__framework"
    )


def line_of(row: Snapshot) -> Mapping[str, Any]:
    assessment = row.revision.assessment
    return {
        "id": row.public_id,
        "assessment": assessment.public_id,
        "country": assessment.country.iso3,
        "country_name": assessment.country.name,
        "report_year": assessment.period.report_year,
        "kind": row.kind,
        "digest": row.open_digest,
        "words": row.words,
        "at": row.at,
        "released_at": row.released_at,
        "superseded": row.superseded_by_id is not None,
    }


def text_of(request: HttpRequest, text_id: UUID) -> Snapshot:
    """Return a text that this person may read. Raises Http404."""
    found = _texts(request).filter(public_id=text_id).first()
    if found is None:
        raise Http404("There is no such text, or it is not open to you.")
    return found


def _made(found: Snapshot, audience: Audience = Audience.PUBLIC) -> Content:
    return Content(snapshots.opened(found), content.framework_of(found.revision), audience)


@router.get("/texts/{text_id}", response={200: TextLine, **READ})
def text(request: HttpRequest, text_id: UUID) -> Any:
    """Say what a text is."""
    return line_of(text_of(request, text_id))


@router.get("/texts/{text_id}/levels", response={200: Data, **READ})
def levels(request: HttpRequest, text_id: UUID) -> Any:
    """Give the levels of a text: one row an indicator, as in the data release."""
    return _data(LEVELS, _made(text_of(request, text_id)))


@router.get("/texts/{text_id}/finding", response={200: Data, **READ})
def finding(request: HttpRequest, text_id: UUID) -> Any:
    """Give the derived levels and the finding of a text: one row."""
    return _data(FINDINGS, _made(text_of(request, text_id)))


@router.get("/texts/{text_id}/sources", response={200: Data, **READ})
def sources(request: HttpRequest, text_id: UUID) -> Any:
    """Give the sources a text cites, as the public may read them named."""
    return _data(BIBLIOGRAPHY, _made(text_of(request, text_id)))


@router.get("/codebook", response={200: Data, **READ})
def meanings(
    request: HttpRequest,  # noqa: ARG001  ninja hands it over by name
    version: Annotated[str | None, Query(max_length=40)] = None,
) -> Any:
    """Say what every level, state and finding means, by the newest framework or the version named."""
    known = FrameworkVersion.objects.order_by("-in_force_from", "-loaded_at")
    row = (known if version is None else known.filter(version=version)).first()
    if row is None:
        raise Http404("There is no such version.")
    return _table(CODEBOOK, codebook(compiled(row)))


def _data(table: Table, made: Content) -> dict[str, Any]:
    return _table(table, rows(table, made.values, made.framework, made.audience))


def _table(table: Table, found: Any) -> dict[str, Any]:
    names = [column.name for column in table.columns]

    def named(row: Row) -> dict[str, Any]:
        return dict(zip(names, row, strict=True))

    return {"columns": {column.name: column.meaning for column in table.columns}, "rows": [named(row) for row in found]}


@router.get(
    "/texts/{text_id}/files/{form}",
    response={**READ, 503: Problem},
    openapi_extra={
        "responses": {
            200: {
                "description": "The file",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def file(
    request: HttpRequest,
    text_id: UUID,
    form: Annotated[str, Path(pattern="^[a-z]{2,5}$")],
    audience: Audience = Audience.PUBLIC,
) -> Any:
    """Give a text as a file, the same bytes as its page gives."""
    found, person = text_of(request, text_id), person_of(request)
    policies.check_can_export_for(found, audience, person)
    if form not in FORMATS or audience not in FORMATS[form].audiences:
        raise Http404("There is no such format.")
    made = _made(found, audience)
    data = FORMATS[form].write(made)
    what = "" if audience is Audience.PUBLIC else audience.value
    is_draft = found.kind != SnapshotKind.APPROVED
    name = file_name(made.values, found.open_digest, FORMATS[form].suffix, is_draft=is_draft, what=what)
    if audience is not Audience.PUBLIC or person.has_role(Role.EXPORTER, Role.COORDINATOR):
        actions.note_download(
            snapshot_id=found.public_id,
            form=form,
            audience=audience,
            file_name=name,
            file_digest=hashlib.sha256(data).hexdigest(),
            by=person,
            at=timezone.now(),
        )
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
