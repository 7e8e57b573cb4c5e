"""Decisions on working data: determinations, endorsements, recommendations, what becomes of a sentence.

The actions of the pages, under the same policies. What stands may change while somebody decides: a change of what
exists names the version that was read by If-Match.
"""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Body, Query, Schema, Status
from pydantic import Field

from assessments import actions
from assessments.api.base import READ, WRITE, Page, Paging, page_of, person_of, version_of
from assessments.api.working import (
    Point,
    Ref,
    Slug,
    own_sentence,
    point_line,
    revision_of,
    router,
    with_tag,
)
from assessments.api.writing import Done, Match, Reason, Words, done
from assessments.core.types import Determination
from assessments.core.values import PolicyKind
from assessments.models import DeterminationRecord, DraftRecommendation, Revision

NEVER = 0
"""A version that nothing has: without If-Match nothing that exists is overwritten."""


class DeterminationLine(Schema):
    """A proof-of-failure factor as it is proposed or found; it counts with two approvers other than the proposer."""

    id: UUID
    ref: str
    factor: str
    sector: str | None
    kind: str
    elements: list[str]
    proposed_by: str
    approved_by: list[str]
    version: int


class NewDetermination(Schema):
    """A proof-of-failure factor to propose, on elements of sheet F3."""

    factor: Annotated[str, Field(min_length=1, max_length=80)]
    sector: Annotated[str | None, Field(max_length=80)] = None
    kind: PolicyKind
    elements: Annotated[list[Annotated[str, Field(min_length=1, max_length=40)]], Field(max_length=200)] = []


class Endorsed(Schema):
    """The part of the indicator that is meant, for one that has parts."""

    part: Annotated[str, Field(max_length=80)] = ""


class NewPlace(Schema):
    """Another place among the recommendations; back to that of the rules needs no reason."""

    rank: Annotated[int, Field(ge=1, le=10_000)]
    reason: Annotated[str, Field(max_length=2000)] = ""


class NewText(Schema):
    """The words of a recommendation; those of the rules bring these back."""

    text: Words


class Because(Schema):
    """Why; it stays on record."""

    reason: Reason


def common(request: HttpRequest) -> dict[str, Any]:
    """Return who acts, and when."""
    return {"by": person_of(request), "at": timezone.now()}


def _version(tag: str | None) -> int:
    found = version_of(tag)
    return NEVER if found is None else found


# --- Determinations and endorsements


@router.get("/assessments/{assessment_id}/determinations", response={200: Page[DeterminationLine], **READ})
def determinations(request: HttpRequest, assessment_id: UUID, paging: Query[Paging]) -> Any:
    """List the determinations that stand, with the people behind them."""
    rows = revision_of(request, assessment_id).determinations.filter(withdrawn_at__isnull=True)
    rows = rows.select_related("proposed_by").prefetch_related("approvals__approver")
    return page_of(rows.order_by("position", "pk"), paging, _determination_line)


def _determination_line(row: DeterminationRecord) -> Mapping[str, Any]:
    return {
        "id": row.public_id,
        "ref": row.ref,
        "factor": row.factor,
        "sector": row.sector,
        "kind": row.kind,
        "elements": list(row.elements),
        "proposed_by": row.stated_proposer or (row.proposed_by.name if row.proposed_by else ""),
        "approved_by": [approval.who for approval in row.approvals.all()],
        "version": row.version,
    }


@router.post("/assessments/{assessment_id}/determinations", response={201: Done, **WRITE})
def propose_determination(request: HttpRequest, assessment_id: UUID, given: Body[NewDetermination]) -> Any:
    """Propose a determination; until two others approve it, its level counts as 3."""
    revision = revision_of(request, assessment_id)
    wanted = Determination(
        id="new", factor=given.factor, sector=given.sector, kind=given.kind, elements=tuple(given.elements)
    )
    return Status(
        201,
        done(actions.propose_determination(revision_id=revision.public_id, determination=wanted, **common(request))),
    )


@router.post("/assessments/{assessment_id}/determinations/{determination_id}/approve", response={200: Done, **WRITE})
def approve_determination(request: HttpRequest, assessment_id: UUID, determination_id: UUID) -> Any:
    """Put one person's approval behind a determination that somebody else proposed."""
    revision = revision_of(request, assessment_id)
    saved = actions.approve_determination(
        revision_id=revision.public_id, determination_id=determination_id, **common(request)
    )
    return done(saved)


@router.post("/assessments/{assessment_id}/determinations/{determination_id}/withdraw", response={200: Done, **WRITE})
def withdraw_determination(
    request: HttpRequest, assessment_id: UUID, determination_id: UUID, given: Body[Because]
) -> Any:
    """Withdraw a determination with a reason; it stays on record."""
    revision = revision_of(request, assessment_id)
    saved = actions.withdraw_determination(
        revision_id=revision.public_id, determination_id=determination_id, reason=given.reason, **common(request)
    )
    return done(saved)


@router.post("/assessments/{assessment_id}/answers/{indicator}/endorse", response={200: Done, **WRITE})
def endorse(
    request: HttpRequest, assessment_id: UUID, indicator: Slug, given: Body[Endorsed], if_match: Match = None
) -> Any:
    """Endorse a level 4 or 5 that somebody else gave, as it was read at the version named by If-Match."""
    revision = revision_of(request, assessment_id)
    saved = actions.endorse(
        revision_id=revision.public_id,
        indicator=indicator,
        part=given.part,
        version=_version(if_match),
        **common(request),
    )
    return done(saved)


@router.post("/assessments/{assessment_id}/sheets/requests/{ref}/presume", response={200: Done, **WRITE})
def approve_presumption(request: HttpRequest, assessment_id: UUID, ref: Ref) -> Any:
    """Approve the presumption that a data request proposes, as somebody who did not enter it."""
    revision = revision_of(request, assessment_id)
    return done(actions.approve_presumption(revision_id=revision.public_id, ref=ref, **common(request)))


# --- Recommendations


def _own_point(revision: Revision, recommendation_id: UUID) -> DraftRecommendation:
    found = revision.recommendations.filter(public_id=recommendation_id).first()
    if found is None:
        raise Http404("There is no such recommendation.")
    return found


@router.get("/assessments/{assessment_id}/recommendations/{recommendation_id}", response={200: Point, **READ})
def recommendation(request: HttpRequest, assessment_id: UUID, recommendation_id: UUID) -> Any:
    """Give one recommendation, with its version as the tag."""
    row = _own_point(revision_of(request, assessment_id), recommendation_id)
    return with_tag(point_line(row), row.version)


@router.patch("/assessments/{assessment_id}/recommendations/{recommendation_id}", response={200: Done, **WRITE})
def edit_recommendation(
    request: HttpRequest, assessment_id: UUID, recommendation_id: UUID, given: Body[NewText], if_match: Match = None
) -> Any:
    """Put other words in place of a recommendation's that is still at the version named by If-Match."""
    revision = revision_of(request, assessment_id)
    saved = actions.edit_recommendation(
        revision_id=revision.public_id,
        recommendation_id=recommendation_id,
        text=given.text,
        version=_version(if_match),
        **common(request),
    )
    return done(saved)


@router.post("/assessments/{assessment_id}/recommendations/{recommendation_id}/move", response={200: Done, **WRITE})
def move_recommendation(
    request: HttpRequest, assessment_id: UUID, recommendation_id: UUID, given: Body[NewPlace], if_match: Match = None
) -> Any:
    """Move a recommendation that is still at the version named by If-Match to another place, with a reason."""
    revision = revision_of(request, assessment_id)
    saved = actions.reorder_recommendation(
        revision_id=revision.public_id,
        recommendation_id=recommendation_id,
        rank=given.rank,
        reason=given.reason,
        version=_version(if_match),
        **common(request),
    )
    return done(saved)


# --- Sentences


@router.post("/assessments/{assessment_id}/sentences/{sentence_id}/remove", response={200: Done, **WRITE})
def remove_sentence(request: HttpRequest, assessment_id: UUID, sentence_id: UUID, if_match: Match = None) -> Any:
    """Take a sentence out of the text; it stays out until it is restored."""
    row = own_sentence(request, assessment_id, sentence_id)
    return done(actions.remove_sentence(sentence_id=row.public_id, version=_version(if_match), **common(request)))


@router.post("/assessments/{assessment_id}/sentences/{sentence_id}/restore", response={200: Done, **WRITE})
def restore_sentence(request: HttpRequest, assessment_id: UUID, sentence_id: UUID, if_match: Match = None) -> Any:
    """Put a removed sentence back, with the words it had."""
    row = own_sentence(request, assessment_id, sentence_id)
    return done(actions.restore_sentence(sentence_id=row.public_id, version=_version(if_match), **common(request)))


@router.post("/assessments/{assessment_id}/sentences/{sentence_id}/revert", response={200: Done, **WRITE})
def revert_sentence(request: HttpRequest, assessment_id: UUID, sentence_id: UUID, if_match: Match = None) -> Any:
    """Go back to the words of the rules."""
    row = own_sentence(request, assessment_id, sentence_id)
    return done(actions.revert_sentence(sentence_id=row.public_id, version=_version(if_match), **common(request)))
