"""Working data of assessments, for the people whose work it is.

Protected fields (policies.PROTECTED_FIELDS) are in no answer, whoever asks; a change that does not name them leaves
them as they are. Somebody who codes an assessment blind finds nothing of it here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from ninja.responses import Response

from assessments import content, facts, policies
from assessments.api.base import READ, Page, Paging, page_of, person_of
from assessments.core.interchange import withhold
from assessments.models import (
    SHEETS,
    Comment,
    DraftRecommendation,
    DraftSentence,
    Evidence,
    FactRow,
    RatingRecord,
    Result,
    Revision,
)

router = Router(tags=["work"])
Ref = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$")]
Slug = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_-]{0,79}$")]


class AssessmentLine(Schema):
    """One assessment with what is stored of its results; levels are None where nothing can be said."""

    id: UUID
    country: str
    country_name: str
    report_year: int
    state: str
    due_on: date
    core_answered: int | None
    core_expected: int | None
    concern_level: int | None
    accountability_level: int | None
    finding: str | None
    checks_open: int | None


class Entry(Schema):
    """One entry of a sheet: its id and version, and its record without protected fields."""

    ref: str
    version: int
    record: dict[str, Any]


class Answer(Schema):
    """One answer to an indicator."""

    indicator: str
    code: str
    part: str
    state: str
    level: int | None
    confidence: str | None
    rationale: str
    reason: str
    evidence: list[str]
    version: int


class SentenceLine(Schema):
    """One sentence of the draft with its basis; `text` is what is read."""

    id: UUID
    section: str
    position: int
    text: str
    state: str
    suggestion: str | None
    basis: dict[str, Any]
    version: int


class Point(Schema):
    """One recommendation at its place."""

    id: UUID
    code: str
    rank: int
    text: str
    reason: str
    is_top: bool
    for_others: bool
    version: int


class Remark(Schema):
    """One remark."""

    id: UUID
    sentence: UUID | None
    text: str
    by: str
    at: datetime
    answers: UUID | None
    resolved_at: datetime | None


class CheckLine(Schema):
    """One open check."""

    check: str
    severity: str
    text: str


# --- Finding


def _revisions(request: HttpRequest) -> QuerySet[Revision]:
    return policies.visible_revisions(person_of(request)).filter(is_open=True)


def revision_of(request: HttpRequest, assessment_id: UUID) -> Revision:
    """Return the open revision of an assessment that this person may read. Raises Http404."""
    found = _revisions(request).filter(assessment__public_id=assessment_id).first()
    if found is None:
        raise Http404("There is no such assessment, or it is not open to you.")
    return found


def model_of(sheet: str) -> type[FactRow]:
    """Return the rows of a sheet. Raises Http404."""
    known: dict[str, type[FactRow]] = {**SHEETS, "evidence": Evidence}
    found = known.get(sheet)
    if found is None:
        raise Http404(f"There is no sheet {sheet}; there are {', '.join((*SHEETS, 'evidence'))}.")
    return found


@router.get("/assessments", response={200: Page[AssessmentLine], **READ})
def assessments(
    request: HttpRequest,
    paging: Query[Paging],
    report_year: Annotated[int | None, Query(ge=2001, le=2100)] = None,
) -> Any:
    """List the assessments whose working content this person may read, in printing order."""
    rows = _revisions(request).select_related("result").defer("result__finding", "result__checks")
    if report_year is not None:
        rows = rows.filter(assessment__period__report_year=report_year)
    return page_of(rows.order_by("-assessment__period__report_year", "assessment__country__sort_name"), paging, line_of)


def line_of(row: Revision) -> Mapping[str, Any]:
    """Return an assessment as the API tells it."""
    result: Result | None = getattr(row, "result", None)
    assessment = row.assessment
    return {
        "id": assessment.public_id,
        "country": assessment.country.iso3,
        "country_name": assessment.country.name,
        "report_year": assessment.period.report_year,
        "state": row.state,
        "due_on": assessment.period.due_on,
        "core_answered": result.core_answered if result else None,
        "core_expected": result.core_expected if result else None,
        "concern_level": result.concern_level if result else None,
        "accountability_level": result.accountability_level if result else None,
        "finding": result.category if result else None,
        "checks_open": result.checks_open if result else None,
    }


@router.get("/assessments/{assessment_id}", response={200: AssessmentLine, **READ})
def assessment(request: HttpRequest, assessment_id: UUID) -> Any:
    """Say how an assessment stands."""
    return line_of(revision_of(request, assessment_id))


# --- Facts and evidence


@router.get("/assessments/{assessment_id}/sheets/{sheet}", response={200: Page[Entry], **READ})
def entries(request: HttpRequest, assessment_id: UUID, sheet: Slug, paging: Query[Paging]) -> Any:
    """List the entries of a sheet; `evidence` is one."""
    revision, model = revision_of(request, assessment_id), model_of(sheet)
    versions = dict(rows_of(model, revision).values_list("ref", "version"))
    open_ = getattr(withhold(facts.file_record(revision)), sheet)
    adapter = content.adapter(model.record)
    found = [
        {"ref": item.id, "version": versions[item.id], "record": _plain(adapter, item)}
        for item in open_
        if item.id in versions
    ]
    return page_of(found, paging, lambda item: item)


def rows_of(model: type[FactRow], revision: Revision) -> QuerySet[Any]:
    """Return the entries of a sheet that stand."""
    manager: Any = model._default_manager
    rows: QuerySet[Any] = manager.filter(revision=revision, withdrawn_at__isnull=True)
    return rows


def _plain(adapter: Any, record: Any) -> dict[str, Any]:
    found: dict[str, Any] = adapter.dump_python(record, mode="json", exclude_defaults=True)
    return found


@router.get("/assessments/{assessment_id}/sheets/{sheet}/{ref}", response={200: Entry, **READ})
def entry(request: HttpRequest, assessment_id: UUID, sheet: Slug, ref: Ref) -> Any:
    """Give one entry, with its version as the tag."""
    revision, model = revision_of(request, assessment_id), model_of(sheet)
    version = rows_of(model, revision).filter(ref=ref).values_list("version", flat=True).first()
    items = {item.id: item for item in getattr(withhold(facts.file_record(revision)), sheet)}
    if version is None or ref not in items:
        raise Http404("There is no such entry.")
    return with_tag(
        {"ref": ref, "version": version, "record": _plain(content.adapter(model.record), items[ref])}, version
    )


def with_tag(body: Mapping[str, Any], version: int) -> HttpResponse:
    """Return an answer with the version of what it tells as its tag."""
    answer = Response(body)
    answer["ETag"] = f'"v{version}"'
    return answer


# --- Answers


@router.get("/assessments/{assessment_id}/answers", response={200: Page[Answer], **READ})
def answers(request: HttpRequest, assessment_id: UUID, paging: Query[Paging]) -> Any:
    """List the answers that count: reconciled ones where there are any, else the main ones."""
    revision = revision_of(request, assessment_id)
    rows = RatingRecord.objects.filter(revision=revision).effective().select_related("indicator")
    links = {item.key: item.evidence for item in facts.file_record(revision).ratings}

    def line(row: RatingRecord) -> Mapping[str, Any]:
        key = f"{row.indicator.slug}/{row.part}" if row.part else row.indicator.slug
        return {
            "indicator": row.indicator.slug,
            "code": row.indicator.code,
            "part": row.part,
            "state": row.state,
            "level": row.level,
            "confidence": row.confidence,
            "rationale": row.rationale,
            "reason": row.reason,
            "evidence": list(links.get(key, ())),
            "version": row.version,
        }

    return page_of(rows.order_by("indicator__code", "part", "pk"), paging, line)


# --- The draft


def _sentence(row: DraftSentence) -> Mapping[str, Any]:
    return {
        "id": row.public_id,
        "section": row.section,
        "position": row.position,
        "text": row.shown or "",
        "state": row.state,
        "suggestion": row.suggestion,
        "basis": row.basis,
        "version": row.version,
    }


@router.get("/assessments/{assessment_id}/sentences", response={200: Page[SentenceLine], **READ})
def sentences(request: HttpRequest, assessment_id: UUID, paging: Query[Paging]) -> Any:
    """List the sentences of the draft in printing order, removed ones included."""
    return page_of(revision_of(request, assessment_id).sentences.in_order(), paging, _sentence)


def own_sentence(request: HttpRequest, assessment_id: UUID, sentence_id: UUID) -> DraftSentence:
    """Return a sentence of an assessment that this person may read. Raises Http404."""
    found = revision_of(request, assessment_id).sentences.filter(public_id=sentence_id).first()
    if found is None:
        raise Http404("There is no such sentence.")
    return found


@router.get("/assessments/{assessment_id}/sentences/{sentence_id}", response={200: SentenceLine, **READ})
def sentence(request: HttpRequest, assessment_id: UUID, sentence_id: UUID) -> Any:
    """Give one sentence, with its version as the tag."""
    row = own_sentence(request, assessment_id, sentence_id)
    return with_tag(_sentence(row), row.version)


@router.get("/assessments/{assessment_id}/recommendations", response={200: Page[Point], **READ})
def recommendations(request: HttpRequest, assessment_id: UUID, paging: Query[Paging]) -> Any:
    """List the recommendations in their order, each with the reason for its place."""
    rows = revision_of(request, assessment_id).recommendations.order_by("rank", "pk")
    return page_of(rows, paging, point_line)


def point_line(row: DraftRecommendation) -> Mapping[str, Any]:
    """Return a recommendation as the API tells it."""
    return {
        "id": row.public_id,
        "code": row.code,
        "rank": row.rank,
        "text": row.shown,
        "reason": row.reorder_reason or row.reason,
        "is_top": row.is_top,
        "for_others": row.for_others,
        "version": row.version,
    }


@router.get("/assessments/{assessment_id}/checks", response={200: Page[CheckLine], **READ})
def checks(request: HttpRequest, assessment_id: UUID, paging: Query[Paging]) -> Any:
    """List the open checks."""
    result = Result.objects.filter(revision=revision_of(request, assessment_id)).first()
    found = [item for item in (result.checks if result else ()) if not item.get("accepted")]
    return page_of(
        found, paging, lambda item: {"check": item["check"], "severity": item["severity"], "text": item["text"]}
    )


# --- Remarks


@router.get("/assessments/{assessment_id}/remarks", response={200: Page[Remark], **READ})
def remarks(request: HttpRequest, assessment_id: UUID, paging: Query[Paging]) -> Any:
    """List the remarks on the draft, oldest first."""
    rows = revision_of(request, assessment_id).comments.select_related("by", "parent").order_by("at", "pk")
    return page_of(rows, paging, remark_line)


def remark_line(row: Comment) -> Mapping[str, Any]:
    """Return a remark as the API tells it."""
    return {
        "id": row.public_id,
        "sentence": row.sentence,
        "text": row.text,
        "by": row.by.name,
        "at": row.at,
        "answers": row.parent.public_id if row.parent else None,
        "resolved_at": row.resolved_at,
    }
