"""The sources an assessment uses: what this person may know of them, and changes by people who may know them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Body, Query, Schema, Status

from assessments import actions, content, policies
from assessments.actions.sources import source_record
from assessments.api.base import READ, WRITE, Page, Paging, page_of, person_of, version_of
from assessments.api.working import Ref, revision_of, router, with_tag
from assessments.api.writing import Change, Done, Match, NewRecord, done, names_of
from assessments.core import sheets
from assessments.models import SourceUse


class SourceLine(Schema):
    """One source of an assessment, with what this person may know of it; identities of others are withheld."""

    ref: str
    id: UUID
    title: str
    source_class: str
    reliability: str | None
    protection: str
    attributions: list[str]
    version: int


@router.get("/assessments/{assessment_id}/sources", response={200: Page[SourceLine], **READ})
def used_sources(request: HttpRequest, assessment_id: UUID, paging: Query[Paging]) -> Any:
    """List the sources an assessment uses. What identifies a protected one is in no answer."""
    uses = revision_of(request, assessment_id).sources.select_related("source").order_by("pk")
    return page_of(uses, paging, _source_line)


def _source_line(use: SourceUse) -> Mapping[str, Any]:
    row = use.source
    return {
        "ref": use.ref,
        "id": row.public_id,
        "title": row.title if row.protection == "open" else "Withheld",
        "source_class": row.source_class,
        "reliability": row.reliability,
        "protection": row.protection,
        "attributions": list(row.attributions),
        "version": row.version,
    }


def used_source(request: HttpRequest, assessment_id: UUID, ref: str) -> SourceUse:
    """Return a source of an assessment that this person may read. Raises Http404."""
    found = revision_of(request, assessment_id).sources.select_related("source").filter(ref=ref).first()
    if found is None:
        raise Http404("There is no such source.")
    return found


@router.get("/assessments/{assessment_id}/sources/{ref}", response={200: SourceLine, **READ})
def source(request: HttpRequest, assessment_id: UUID, ref: Ref) -> Any:
    """Give one source, with its version as the tag."""
    use = used_source(request, assessment_id, ref)
    return with_tag(_source_line(use), use.source.version)


@router.post("/assessments/{assessment_id}/sources", response={201: Done, **WRITE})
def add_source(request: HttpRequest, assessment_id: UUID, given: Body[NewRecord]) -> Any:
    """Record a source and take it into an assessment."""
    revision = revision_of(request, assessment_id)
    record = content.adapter(sheets.Source).validate_python(_known_fields(given.record) | {"id": "new"})
    saved = actions.save_source(record=record, revision_id=revision.public_id, by=person_of(request), at=timezone.now())
    return Status(201, done(saved))


@router.patch("/assessments/{assessment_id}/sources/{ref}", response={200: Done, **WRITE})
def change_source(
    request: HttpRequest, assessment_id: UUID, ref: Ref, given: Body[Change], if_match: Match = None
) -> Any:
    """Change fields of a source that is still at the version named by If-Match; for who may know it."""
    use, person = used_source(request, assessment_id, ref), person_of(request)
    policies.check_can_change_source(use.source, person)
    adapter = content.adapter(sheets.Source)
    known = adapter.dump_python(source_record(use.source, ref), mode="json")
    saved = actions.save_source(
        record=adapter.validate_python(known | _known_fields(given.record) | {"id": ref}),
        version=version_of(if_match),
        revision_id=revision_of(request, assessment_id).public_id,
        source_id=use.source.public_id,
        by=person,
        at=timezone.now(),
    )
    return done(saved)


def _known_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - names_of(sheets.Source)):
        raise actions.Invalid({name: ["There is no such field."] for name in unknown})
    return dict(values)
