"""Changes to working data: the actions of the pages, under the same policies, at the version that was read."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Body, Header, Schema, Status
from pydantic import Field

from assessments import actions, content, facts, policies
from assessments.api.base import WRITE, person_of, version_of
from assessments.api.working import (
    Ref,
    Remark,
    Slug,
    model_of,
    own_sentence,
    remark_line,
    revision_of,
    router,
    rows_of,
)
from assessments.core import sheets
from assessments.core.types import Rating
from assessments.core.values import Section
from assessments.models import FactRow, Revision

Match = Annotated[str | None, Header(alias="If-Match", max_length=40)]
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Reason = Annotated[str, Field(min_length=1, max_length=2000)]
Fields = Annotated[dict[str, Any], Field(max_length=60)]


class Done(Schema):
    """What a change made: the id and the new version."""

    ref: str
    version: int
    id: UUID | None = None


class NewRecord(Schema):
    """A record as the interchange file has it, without its id."""

    record: Fields


class Change(Schema):
    """The fields of a record to change; what is not named stays."""

    record: Fields


class Withdrawal(Schema):
    """Why an entry is taken out."""

    reason: Reason


class NewAnswer(Schema):
    """An answer to an indicator: a level with its confidence and rationale, or a state with its reason."""

    part: Annotated[str, Field(max_length=80)] = ""
    state: Annotated[str, Field(max_length=40)] = "rated"
    level: Annotated[int | None, Field(ge=0, le=5)] = None
    confidence: Annotated[str | None, Field(max_length=20)] = None
    rationale: Annotated[str, Field(max_length=4000)] = ""
    reason: Annotated[str, Field(max_length=2000)] = ""
    evidence: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=200)] = []


class NewWords(Schema):
    """The words of a sentence."""

    text: Words


class NewSentence(Schema):
    """A sentence written by hand, on evidence or as its author's judgment."""

    section: Section
    text: Words
    evidence: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=200)] = []
    judgement: bool = False


class NewRemark(Schema):
    """A remark on a sentence, on another remark, or on the whole text."""

    text: Words
    sentence: UUID | None = None
    answers: UUID | None = None


@router.post("/assessments/{assessment_id}/sheets/{sheet}", response={201: Done, **WRITE})
def add_entry(request: HttpRequest, assessment_id: UUID, sheet: Slug, given: Body[NewRecord]) -> Any:
    """Record a fact or an item of evidence."""
    revision, model = revision_of(request, assessment_id), model_of(sheet)
    _check_protected(request, revision, model, given.record, None)
    return Status(201, _save(request, revision, sheet, None, _validated(model, given.record | {"id": "new"}), None))


@router.patch("/assessments/{assessment_id}/sheets/{sheet}/{ref}", response={200: Done, **WRITE})
def change_entry(
    request: HttpRequest, assessment_id: UUID, sheet: Slug, ref: Ref, given: Body[Change], if_match: Match = None
) -> Any:
    """Change fields of an entry that is still at the version named by If-Match."""
    revision, model = revision_of(request, assessment_id), model_of(sheet)
    items = {item.id: item for item in getattr(facts.file_record(revision), sheet)}
    if ref not in items or not rows_of(model, revision).filter(ref=ref).exists():
        raise Http404("There is no such entry.")
    _check_protected(request, revision, model, given.record, items[ref])
    whole = content.adapter(model.record).dump_python(items[ref], mode="json") | given.record | {"id": ref}
    return _save(request, revision, sheet, ref, _validated(model, whole), version_of(if_match))


@router.post("/assessments/{assessment_id}/sheets/{sheet}/{ref}/withdraw", response={200: Done, **WRITE})
def withdraw_entry(request: HttpRequest, assessment_id: UUID, sheet: Slug, ref: Ref, given: Body[Withdrawal]) -> Any:
    """Take an entry out, with a reason."""
    revision, _ = revision_of(request, assessment_id), model_of(sheet)
    common: dict[str, Any] = {
        "revision_id": revision.public_id,
        "ref": ref,
        "reason": given.reason,
        "by": person_of(request),
        "at": timezone.now(),
    }
    if sheet == "evidence":
        return done(actions.withdraw_evidence(**common))
    return done(actions.withdraw_fact(sheet=sheet, **common))


def names_of(record: Any) -> set[str]:
    """Return the names of a record's fields."""
    return {field.name for field in fields(record)}


def _validated(model: type[FactRow], values: Mapping[str, Any]) -> Any:
    if unknown := sorted(set(values) - names_of(model.record)):
        raise actions.Invalid({name: ["There is no such field."] for name in unknown})
    return content.adapter(model.record).validate_python(dict(values))


def _check_protected(
    request: HttpRequest, revision: Revision, model: type[FactRow], given: Mapping[str, Any], old: Any
) -> None:
    """Let protected fields be written only by who may see them."""
    named = policies.PROTECTED_FIELDS.get(model.record, frozenset()) & given.keys()
    if not named:
        return
    person = person_of(request)
    if model.record is sheets.Evidence:
        wanted = {given.get("source"), getattr(old, "source", None)} - {None}
        uses = revision.sources.select_related("source").filter(ref__in=wanted)
        views = policies.source_views([use.source for use in uses], person)
        may = all(view.is_known for view in views.values())
    else:
        may = policies.can_see_protected_facts(revision.assessment, person)
    if not may:
        raise policies.NotAllowed(f"{', '.join(sorted(named))}: only people who may see it may change it.")


def _save(
    request: HttpRequest, revision: Revision, sheet: str, ref: str | None, record: Any, version: int | None
) -> Any:
    common: dict[str, Any] = {
        "revision_id": revision.public_id,
        "ref": ref,
        "record": record,
        "version": version,
        "by": person_of(request),
        "at": timezone.now(),
    }
    saved = actions.save_evidence(**common) if sheet == "evidence" else actions.save_fact(sheet=sheet, **common)
    return done(saved)


def done(saved: actions.Saved) -> dict[str, Any]:
    """Return what a change made as the API tells it."""
    return {"ref": saved.ref, "version": saved.version, "id": saved.public_id}


@router.put("/assessments/{assessment_id}/answers/{indicator}", response={200: Done, **WRITE})
def answer(
    request: HttpRequest, assessment_id: UUID, indicator: Slug, given: Body[NewAnswer], if_match: Match = None
) -> Any:
    """Answer an indicator. If-Match names the version that was read; leave it out where there is no answer yet."""
    revision = revision_of(request, assessment_id)
    values = given.dict() | {"indicator": indicator, "evidence": tuple(given.evidence)}
    rating = content.adapter(Rating).validate_python(values)
    saved = actions.save_rating(
        revision_id=revision.public_id,
        rating=rating,
        version=version_of(if_match),
        by=person_of(request),
        at=timezone.now(),
    )
    return done(saved)


@router.post("/assessments/{assessment_id}/sentences", response={201: Done, **WRITE})
def add_sentence(request: HttpRequest, assessment_id: UUID, given: Body[NewSentence]) -> Any:
    """Write a sentence by hand."""
    saved = actions.add_sentence(
        revision_id=revision_of(request, assessment_id).public_id,
        section=given.section,
        text=given.text,
        evidence=given.evidence,
        judgement=given.judgement,
        by=person_of(request),
        at=timezone.now(),
    )
    return Status(201, done(saved))


@router.patch("/assessments/{assessment_id}/sentences/{sentence_id}", response={200: Done, **WRITE})
def edit_sentence(
    request: HttpRequest, assessment_id: UUID, sentence_id: UUID, given: Body[NewWords], if_match: Match = None
) -> Any:
    """Put other words in place of a sentence's that is still at the version named by If-Match."""
    row = own_sentence(request, assessment_id, sentence_id)
    saved = actions.edit_sentence(
        sentence_id=row.public_id,
        text=given.text,
        version=version_of(if_match),
        by=person_of(request),
        at=timezone.now(),
    )
    return done(saved)


@router.post("/assessments/{assessment_id}/remarks", response={201: Remark, **WRITE})
def remark(request: HttpRequest, assessment_id: UUID, given: Body[NewRemark]) -> Any:
    """Remark on a sentence, on a remark, or on the whole text."""
    made = actions.comment(
        revision_id=revision_of(request, assessment_id).public_id,
        text=given.text,
        sentence_id=given.sentence,
        parent_id=given.answers,
        by=person_of(request),
        at=timezone.now(),
    )
    return Status(201, remark_line(made))
