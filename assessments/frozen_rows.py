"""Rows as a snapshot tells them: plain values, in the order they are printed or were given."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from assessments import stored_draft
from assessments.enums import Subject
from assessments.models import (
    Approval,
    DraftRecommendation,
    DraftSentence,
    Event,
    EvidenceLink,
    Reply,
    Revision,
)


def sentence(row: DraftSentence) -> dict[str, Any]:
    """Return one sentence with its basis and who stands behind its words."""
    return {
        "id": row.public_id,
        "position": row.position,
        "section": row.section,
        "family": row.family,
        "subjects": row.subjects,
        "pattern": row.pattern,
        "state": row.state,
        "text": row.shown,
        "generated_text": row.generated_text,
        "basis": row.basis,
        "judgement": row.judgement,
        "author": row.stated_author or (row.author.name if row.author else ""),
    }


def recommendation(row: DraftRecommendation) -> dict[str, Any]:
    """Return one recommendation with the reason for its place."""
    return {
        "code": row.code,
        "merged": row.merged,
        "text": row.shown,
        "generated_text": row.generated_text,
        "rank": row.rank,
        "position": row.position,
        "is_top": row.is_top,
        "reason": row.reorder_reason or row.reason,
        "trigger": row.trigger,
        "basis": row.basis,
        "addressees": row.addressees,
        "provisions": row.provisions,
        "for_others": row.for_others,
    }


def approvals(revision: Revision) -> list[dict[str, Any]]:
    """Return the approvals that stand, step by step."""
    rows = Approval.objects.filter(step__revision=revision, withdrawn_at__isnull=True).select_related("step", "by")
    return [
        {
            "step": row.step.title,
            "by": row.by.name,
            "at": row.at,
            "content_hash": row.content_hash,
            "override": row.override_reason,
        }
        for row in rows.order_by("step__position", "at", "pk")
    ]


def accepted(revision: Revision) -> Iterator[dict[str, Any]]:
    """Yield the checks that are accepted, in the order of the list, each with its words, its reason and who gave it."""
    result = stored_draft.result(revision)
    stored = [check for check in (result.checks if result else ()) if check["accepted"]]
    rows = stored_draft.acceptances(revision)
    known = {str(row.public_id): row for row in rows} if stored else {}
    for check in stored:
        row = known[check["accepted"]]
        yield {
            "check": row.slug,
            "severity": row.severity,
            "subjects": row.subjects,
            "by": row.by.name,
            "at": row.at,
            "text": row.text,
            "reason": row.reason,
            "is_about_tier": "tier" in row.subjects,
        }


def replies(revision: Revision) -> Iterator[dict[str, Any]]:
    """Yield what the assessed government replied, as it was entered; nothing of the text rests on it."""
    links: defaultdict[str, list[str]] = defaultdict(list)
    rows = list(Reply.objects.standing().filter(revision=revision).select_related("entered_by"))
    found = EvidenceLink.objects.of(revision).filter(sheet=Reply.sheet) if rows else EvidenceLink.objects.none()
    for ref, evidence in found.values_list("ref", "evidence__ref"):
        links[ref].append(evidence)
    for row in rows:
        yield {
            "id": row.ref,
            "about": row.about,
            "target": row.target,
            "quote": row.quote,
            "stance": row.stance,
            "text": row.text,
            "received_on": row.received_on,
            "evidence": links[row.ref],
            "entered_by": row.entered_by.name,
        }


def log_head(revision: Revision) -> dict[str, Any]:
    """Return how far the log of the assessment had come."""
    last = Event.objects.about(Subject.ASSESSMENT, revision.assessment.public_id).last()
    return {"sequence": last.sequence, "hash": last.hash} if last else {"sequence": 0, "hash": ""}
