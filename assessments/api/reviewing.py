"""The way of a text to its readers: submit, read step by step, approve, ask for changes, release, correct; and remarks.

The actions of the pages, under the same policies. An approval names the hash or the digests of what was read: where the
text changed since, nothing is approved.
"""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Body, Query, Schema
from pydantic import Field

from assessments import actions, covering, facts
from assessments.api import released
from assessments.api.base import READ, WRITE, Page, Paging, page_of
from assessments.api.deciding import Because, common
from assessments.api.released import TextLine
from assessments.api.working import AssessmentLine, Remark, line_of, remark_line, revision_of, router
from assessments.api.writing import Reason
from assessments.models import Comment, ReviewStep

Digest = Annotated[str, Field(pattern="^([0-9a-f]{64})?$")]
ItemRef = Annotated[str, Field(min_length=1, max_length=80)]


class Said(Schema):
    """Why, where the rule asks for it; it stays on record."""

    reason: Annotated[str, Field(max_length=2000)] = ""


class WaitingItem(Schema):
    """A sentence or a recommendation that waits for approval; an empty digest: it is gone, and that waits."""

    ref: str
    digest: str
    old: str
    text: str
    is_mechanical: bool


class Step(Schema):
    """A step of review with what waits there; `content_hash` is that of the text as it is now."""

    id: UUID
    title: str
    position: int
    is_last: bool
    is_approved: bool
    content_hash: str
    waiting: list[WaitingItem]


class WholeText(Schema):
    """The hash of the text that was read; where the text changed since, nothing is approved."""

    content_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Override(WholeText):
    """The hash of the text that was read, and why somebody approves in place of the people of the step."""

    reason: Reason


class ReadItems(Schema):
    """The sentences and recommendations that were read, each with the digest it had."""

    read: Annotated[dict[ItemRef, Digest], Field(min_length=1, max_length=2000)]


@router.post("/assessments/{assessment_id}/submit", response={200: AssessmentLine, **WRITE})
def submit(request: HttpRequest, assessment_id: UUID, given: Body[Said]) -> Any:
    """Hand the text to its reviewers; every check that must be settled first is named."""
    revision = revision_of(request, assessment_id)
    actions.submit(revision_id=revision.public_id, reason=given.reason, **common(request))
    return line_of(revision_of(request, assessment_id))


@router.post("/assessments/{assessment_id}/request-changes", response={200: AssessmentLine, **WRITE})
def request_changes(request: HttpRequest, assessment_id: UUID, given: Body[Because]) -> Any:
    """Send the text back to its analysts with what is asked for."""
    revision = revision_of(request, assessment_id)
    actions.request_changes(revision_id=revision.public_id, reason=given.reason, **common(request))
    return line_of(revision_of(request, assessment_id))


@router.post("/assessments/{assessment_id}/reopen", response={200: AssessmentLine, **WRITE})
def reopen(request: HttpRequest, assessment_id: UUID, given: Body[Because]) -> Any:
    """Take the last change of state back, with a reason."""
    revision = revision_of(request, assessment_id)
    actions.reopen(revision_id=revision.public_id, reason=given.reason, **common(request))
    return line_of(revision_of(request, assessment_id))


@router.get("/assessments/{assessment_id}/steps", response={200: Page[Step], **READ})
def steps(request: HttpRequest, assessment_id: UUID, paging: Query[Paging]) -> Any:
    """List the steps of review, each with the sentences and recommendations that wait there."""
    revision = revision_of(request, assessment_id)
    items = covering.items_of(revision, facts.file_record(revision))

    def line(row: ReviewStep) -> Mapping[str, Any]:
        found = covering.pending(row, items, revision.content_hash)
        waiting = [_waiting(item, is_mechanical=False) for item in found.to_read]
        waiting += [_waiting(item, is_mechanical=True) for item in found.mechanical]
        told = {"id": row.public_id, "title": row.title, "position": row.position, "is_last": row.is_last}
        stands = {"is_approved": found.is_approved, "content_hash": revision.content_hash, "waiting": waiting}
        return told | stands

    return page_of(revision.steps.order_by("position"), paging, line)


def _waiting(item: covering.Waiting, *, is_mechanical: bool) -> dict[str, Any]:
    told = {"ref": item.ref, "digest": item.digest, "old": item.old, "text": item.text}
    return told | {"is_mechanical": is_mechanical}


def _own_step(request: HttpRequest, assessment_id: UUID, step_id: UUID) -> ReviewStep:
    found = revision_of(request, assessment_id).steps.filter(public_id=step_id).first()
    if found is None:
        raise Http404("There is no such step.")
    return found


@router.post("/assessments/{assessment_id}/steps/{step_id}/approve", response={200: AssessmentLine, **WRITE})
def approve(request: HttpRequest, assessment_id: UUID, step_id: UUID, given: Body[WholeText]) -> Any:
    """Approve the whole text at a step, by the hash of what was read; the last step freezes it."""
    step = _own_step(request, assessment_id, step_id)
    actions.approve(step_id=step.public_id, content_hash=given.content_hash, **common(request))
    return line_of(revision_of(request, assessment_id))


@router.post("/assessments/{assessment_id}/steps/{step_id}/approve-items", response={200: AssessmentLine, **WRITE})
def approve_items(request: HttpRequest, assessment_id: UUID, step_id: UUID, given: Body[ReadItems]) -> Any:
    """Approve sentences and recommendations at a step, each by the digest of what was read."""
    step = _own_step(request, assessment_id, step_id)
    actions.approve_items(step_id=step.public_id, read=dict(given.read), **common(request))
    return line_of(revision_of(request, assessment_id))


@router.post("/assessments/{assessment_id}/steps/{step_id}/reconfirm", response={200: AssessmentLine, **WRITE})
def reconfirm(request: HttpRequest, assessment_id: UUID, step_id: UUID, given: Body[WholeText]) -> Any:
    """Reconfirm all mechanical changes of the text at a step, by the hash of what was read; the rest still waits."""
    step = _own_step(request, assessment_id, step_id)
    actions.reconfirm(step_id=step.public_id, content_hash=given.content_hash, **common(request))
    return line_of(revision_of(request, assessment_id))


@router.post("/assessments/{assessment_id}/steps/{step_id}/override", response={200: AssessmentLine, **WRITE})
def override(request: HttpRequest, assessment_id: UUID, step_id: UUID, given: Body[Override]) -> Any:
    """Approve a step in place of its people, as coordinator; name and reason stand in the text and in every file."""
    step = _own_step(request, assessment_id, step_id)
    actions.override_approval(
        step_id=step.public_id, reason=given.reason, content_hash=given.content_hash, **common(request)
    )
    return line_of(revision_of(request, assessment_id))


@router.post("/assessments/{assessment_id}/steps/{step_id}/take-back", response={200: AssessmentLine, **WRITE})
def take_back(request: HttpRequest, assessment_id: UUID, step_id: UUID, given: Body[Because]) -> Any:
    """Withdraw the approval of a step, with a reason."""
    step = _own_step(request, assessment_id, step_id)
    actions.take_back_approval(step_id=step.public_id, reason=given.reason, **common(request))
    return line_of(revision_of(request, assessment_id))


@router.post("/texts/{text_id}/release", response={200: TextLine, **WRITE})
def release(request: HttpRequest, text_id: UUID) -> Any:
    """Open an approved text to readers; a release is never taken back."""
    found = released.text_of(request, text_id)
    actions.release(snapshot_id=found.public_id, **common(request))
    return released.line_of(released.text_of(request, text_id))


@router.post("/assessments/{assessment_id}/correct", response={200: AssessmentLine, **WRITE})
def correct(request: HttpRequest, assessment_id: UUID, given: Body[Because]) -> Any:
    """Open a correction of what was released, with a reason; the release stands until the correction replaces it."""
    revision = revision_of(request, assessment_id)
    actions.correct(revision_id=revision.public_id, reason=given.reason, **common(request))
    return line_of(revision_of(request, assessment_id))


@router.post("/assessments/{assessment_id}/withdraw-correction", response={200: AssessmentLine, **WRITE})
def withdraw_correction(request: HttpRequest, assessment_id: UUID, given: Body[Because]) -> Any:
    """Take an opened correction back, with a reason; it stays on record, and the release is as if untouched."""
    revision = revision_of(request, assessment_id)
    actions.withdraw_correction(revision_id=revision.public_id, reason=given.reason, **common(request))
    return line_of(revision_of(request, assessment_id))


# --- Remarks


def _own_remark(request: HttpRequest, assessment_id: UUID, remark_id: UUID) -> Comment:
    found = revision_of(request, assessment_id).comments.filter(public_id=remark_id).first()
    if found is None:
        raise Http404("There is no such remark.")
    return found


@router.post("/assessments/{assessment_id}/remarks/{remark_id}/resolve", response={200: Remark, **WRITE})
def resolve_remark(request: HttpRequest, assessment_id: UUID, remark_id: UUID) -> Any:
    """Mark a remark as settled; it stays on record."""
    row = _own_remark(request, assessment_id, remark_id)
    return remark_line(actions.resolve_comment(comment_id=row.public_id, **common(request)))


@router.post("/assessments/{assessment_id}/remarks/{remark_id}/reopen", response={200: Remark, **WRITE})
def reopen_remark(request: HttpRequest, assessment_id: UUID, remark_id: UUID) -> Any:
    """Open a settled remark again."""
    row = _own_remark(request, assessment_id, remark_id)
    return remark_line(actions.reopen_comment(comment_id=row.public_id, **common(request)))
