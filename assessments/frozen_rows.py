"""Rows as a snapshot tells them: plain values, in the order they are printed or were given."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from assessments import covering, stored_draft
from assessments.core.types import AssessmentRecord
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


def approvals(revision: Revision, record: AssessmentRecord) -> list[dict[str, Any]]:
    """Return the approvals that stand, step by step.

    `override` is why a coordinator gave it against the rule; `rests_on_overrides` what of the text nobody else has read
    at that step, where the approval itself is another person's.
    """
    rows = Approval.objects.filter(step__revision=revision, withdrawn_at__isnull=True).select_related("step", "by")
    found = [
        {
            "step": row.step.title,
            "by": row.by.name,
            "at": row.at,
            "content_hash": row.content_hash,
            "override": row.override_reason,
        }
        for row in rows.order_by("step__position", "at", "pk")
    ]
    under = overrides(revision, record)
    for line in found:
        if not line["override"] and line["step"] in under:
            line["rests_on_overrides"] = under[str(line["step"])]
    return found


def overrides(revision: Revision, record: AssessmentRecord) -> dict[str, list[dict[str, Any]]]:
    """Return, by the title of a step, the overrides that parts of the text still rest on there, and how many parts.

    One query where nothing was ever overridden.
    """
    given = Approval.objects.filter(step__revision=revision).exclude(override_reason="")
    known = {(row.step_id, row.by_id, row.at): row for row in given.select_related("step", "by")}
    steps = {row.step_id: row.step for row in known.values()}
    items = covering.items_of(revision, record) if steps else []
    found: dict[str, list[dict[str, Any]]] = {}
    for step in steps.values():
        counts = Counter((row.step_id, row.by_id, row.at) for row in covering.by_override(step, items))
        lines = [(known[key], count) for key, count in counts.items() if key in known]
        if lines:
            found[step.title] = [
                {"by": row.by.name, "at": row.at, "reason": row.override_reason, "items": count}
                for row, count in sorted(lines, key=lambda line: line[0].at)
            ]
    return found


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
