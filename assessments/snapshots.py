"""Rows in, canonical JSON and its SHA-256 out: the only way to an export (decisions.md 12).

The open part holds all that a text was made of and what was made of it, without protected fields; of these it has
salted digests, and the sealed part, stored apart, has the values. Hash and verification need the open part alone.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from accounts.models import User
from assessments import content, facts, figures
from assessments.core import engine
from assessments.core.document import word_count
from assessments.core.interchange import canonical, withhold, write
from assessments.core.protected import PROTECTED
from assessments.core.sheets import Source
from assessments.core.types import AssessmentRecord, Case, Decision
from assessments.core.values import Protection
from assessments.core.version import PROGRAM, PROGRAM_VERSION, RULES_VERSION
from assessments.enums import SentenceState, SnapshotKind, Subject
from assessments.models import (
    Approval,
    CheckAcceptance,
    DraftSentence,
    Event,
    EvidenceLink,
    Reply,
    Result,
    Revision,
    SealedPart,
    Snapshot,
)
from frameworks.spec.canonical import canonical_json, digest, parse_canonical

FORMAT = "indicia-snapshot"
FORMAT_VERSION = 1

TIER_FIELDS = ("tier", "tier_reason", "tier_decided_by", "tier_decided_on", "tier_source", "tier_mark")
"""What of a decision is sealed while the tier is not released."""


OPEN_ANSWER = ("check", "severity", "subjects", "by", "at")
"""What the open part says of an accepted check; its words and the reason are for colleagues, and stand as digests."""


def freeze(revision: Revision, *, kind: SnapshotKind, by: User, at: datetime) -> Snapshot:
    """Freeze a revision as it stands. A working snapshot is marked as a draft wherever it is printed.

    Needs a transaction, and results that are current.
    """
    case = facts.collect(revision, framework=content.framework_of(revision), wording=content.wording_of(revision))
    open_record, tier = _without_tier(case.record)
    protected = dict(_protected(case.record))
    salts = {path: secrets.token_hex(16) for path in protected}
    rows = [row for row in revision.sentences.select_related("author").in_order() if _is_printed(row)]
    accepted = {secrets.token_hex(16): answer for answer in _accepted(revision)}
    sealed_rows = [row for row in rows if tier and "tier" in row.basis.get("decisions", ())]
    sealed_ids = {str(row.public_id) for row in sealed_rows}
    replies = list(_replies(revision))
    values = open_values(
        revision,
        case,
        open_record,
        kind=kind,
        by=by.name,
        at=at,
        parts={
            "evidence_versions": content.evidence_versions(revision),
            "derived": derived(replace_record(case, withhold(open_record))),
            "sentences": [_sentence(row) for row in rows if row not in sealed_rows],
            "recommendations": [_recommendation(row) for row in revision.recommendations.order_by("rank", "pk")],
            "approvals": _approvals(revision),
            "accepted_checks": [
                {**{name: answer[name] for name in OPEN_ANSWER}, "words": _salted(salt, _words(answer))}
                for salt, answer in accepted.items()
                if not (tier and answer["is_about_tier"])
            ],
            "tier_withheld": bool(tier),
            "protected": {path: _salted(salts[path], value) for path, value in protected.items()},
            "log": _log_head(revision),
        },
    )
    if replies:
        values["replies"] = [reply for reply in replies if reply["target"] not in sealed_ids]
    open_part = canonical_json(values)
    sealed = {
        "protected": {path: {"salt": salts[path], "value": value} for path, value in protected.items()},
        "tier": tier,
        "sentences": [_sentence(row) for row in sealed_rows],
        "replies": [reply for reply in replies if reply["target"] in sealed_ids],
        "accepted_checks": [{"salt": salt, **answer} for salt, answer in accepted.items()],
    }
    snapshot = Snapshot.objects.create(
        revision=revision,
        kind=kind.value,
        open_part=open_part.decode(),
        open_digest=digest(open_part),
        rules_version=RULES_VERSION,
        at=at,
        by=by,
        words=words_of(values),
    )
    SealedPart.objects.create(snapshot=snapshot, body=canonical_json(sealed).decode())
    if kind is SnapshotKind.APPROVED:
        figures.keep_frozen(snapshot, parse_canonical(open_part))
    return snapshot


def words_of(values: dict[str, Any]) -> int:
    """Return how many words the narrative and its recommendations have, as they are printed."""
    printed = [*values["sentences"], *(item for item in values["recommendations"] if item["is_top"])]
    return sum(word_count(str(item["text"])) for item in printed)


def open_values(
    revision: Revision,
    case: Case,
    open_record: AssessmentRecord,
    *,
    kind: SnapshotKind,
    by: str,
    at: datetime,
    parts: dict[str, Any],
) -> dict[str, Any]:
    """Return the open part: its head, what it was made of, and the parts that the caller gathered."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "kind": kind.value,
        "at": at,
        "made_by": by,
        "program": {"name": PROGRAM, "version": PROGRAM_VERSION, "rules": RULES_VERSION},
        "assessment": _assessment(revision),
        "country": content.plain(case.country),
        "framework": _framework(revision),
        "wording": {"code": case.wording.code, "version": case.wording.version, "digest": case.wording.digest},
        "record": parse_canonical(write(open_record)),
        "indicators": _indicators(case),
        "content_hash": revision.content_hash,
        **parts,
    }


def opened(snapshot: Snapshot) -> dict[str, Any]:
    """Return the open part as values."""
    values: dict[str, Any] = parse_canonical(snapshot.open_part.encode())
    return values


def accepted_checks(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the checks that were accepted when it was frozen, with words, reason and person; for its own people."""
    sealed: dict[str, Any] = parse_canonical(snapshot.sealed_part.body.encode())
    found: list[dict[str, Any]] = sealed.get("accepted_checks", [])
    return found


def excerpts(snapshot: Snapshot) -> dict[str, str]:
    """Return the excerpts as they were frozen, by the evidence's id: for people who may read the facts, never others.

    Those of sources that are not open are among them; what prints them leaves them out (exporters.defence).
    """
    sealed: dict[str, Any] = parse_canonical(snapshot.sealed_part.body.encode())
    found = {}
    for path, entry in sealed["protected"].items():
        kind, ref, field = path.split("/")
        if (kind, field) == ("evidence", "excerpt"):
            found[ref] = str(entry["value"])
    return found


def with_tier(snapshot: Snapshot) -> dict[str, Any]:
    """Return the open part with the unreleased tier put back, for people `policies.check_can_see_tier` lets see it.

    What was put back stands under "tier" once more, and the part as it was frozen under "frozen".
    """
    values = opened(snapshot)
    sealed: dict[str, Any] = parse_canonical(snapshot.sealed_part.body.encode())
    if not sealed["tier"]:
        return values
    decision = values["record"].get("decision", {}) | sealed["tier"]
    replies = [*values.get("replies", ()), *sealed.get("replies", ())]
    return values | {
        **({"replies": replies} if replies else {}),
        "record": values["record"] | {"decision": decision},
        "sentences": sorted([*sealed["sentences"], *values["sentences"]], key=lambda item: int(item["position"])),
        "tier_withheld": False,
        "tier": {"decision": sealed["tier"], "sentences": sealed["sentences"]},
        "frozen": values,
    }


def replace_record(case: Case, record: AssessmentRecord) -> Case:
    """Return the case with another record."""
    return Case(record=record, country=case.country, framework=case.framework, wording=case.wording)


def derived(case: Case) -> dict[str, Any]:
    """Return what the rules make of a record: the part of a snapshot that another machine recomputes."""
    return derived_of(engine.run(case))


def derived_of(result: engine.Result) -> dict[str, Any]:
    """Return the same of a result that is there already."""
    return {
        "finding": content.plain(result.finding),
        "sentences": [
            {"section": item.key.section, "family": item.key.family, "subjects": item.key.subjects, "text": item.text}
            for item in result.draft.sentences
        ],
        "recommendations": [{"code": item.id, "text": item.text} for item in result.draft.recommendations],
    }


# --- The open part -----------------------------------------------------------------------------------------------


def _is_printed(row: DraftSentence) -> bool:
    return row.state != SentenceState.REMOVED and bool(row.shown)


def _without_tier(record: AssessmentRecord) -> tuple[AssessmentRecord, dict[str, Any]]:
    """Return the record without an unreleased tier, and what was taken out."""
    decision = record.decision
    if decision.tier_released or decision.tier is None:
        return canonical(record), {}
    plain = content.adapter(Decision).dump_python(decision, mode="json", exclude_defaults=True)
    taken = {name: plain[name] for name in TIER_FIELDS if name in plain}
    defaults: dict[str, Any] = {field.name: field.default for field in fields(Decision) if field.name in TIER_FIELDS}
    return canonical(replace(record, decision=replace(decision, **defaults))), taken


def _protected(record: AssessmentRecord) -> Iterator[tuple[str, Any]]:
    """Yield the path and value of every protected field that holds something."""
    for name in ("sources", "evidence", "cases", "allegations"):
        for item in getattr(record, name):
            if isinstance(item, Source) and item.protection is Protection.OPEN:
                continue
            for field in sorted(PROTECTED[type(item)]):
                if value := getattr(item, field):
                    yield f"{name}/{item.id}/{field}", value


def _salted(salt: str, value: Any) -> str:
    return digest(salt.encode() + canonical_json(value))


def _assessment(revision: Revision) -> dict[str, Any]:
    assessment = revision.assessment
    return {
        "id": assessment.public_id,
        "revision": revision.number,
        "revision_id": revision.public_id,
        "report_year": assessment.period.report_year,
        "period": assessment.period.title,
        "demonstration": assessment.is_demonstration,
        "corrects": None if revision.came_from is None else revision.came_from.number,
        "reason": revision.reason,
    }


def _framework(revision: Revision) -> dict[str, Any]:
    row = revision.framework
    return {
        "code": row.code,
        "version": row.version,
        "title": row.title,
        "in_force_from": row.in_force_from,
        "digest": row.digest,
    }


def _indicators(case: Case) -> list[dict[str, Any]]:
    """Return what the rated questions and levels mean, so that the snapshot can be read without the framework."""
    found = []
    for rating in case.record.ratings:
        indicator = case.framework.indicator(rating.indicator)
        met = next((level.descriptor for level in indicator.levels if level.value == rating.level), None)
        found.append({"key": rating.key, "code": indicator.code, "title": indicator.title, "descriptor": met})
    return sorted(found, key=lambda item: str(item["key"]))


def _sentence(row: DraftSentence) -> dict[str, Any]:
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


def _recommendation(row: Any) -> dict[str, Any]:
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


def _approvals(revision: Revision) -> list[dict[str, Any]]:
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


def _accepted(revision: Revision) -> Iterator[dict[str, Any]]:
    """Yield the checks that are accepted, in the order of the list, each with its words, its reason and who gave it."""
    result = Result.objects.filter(revision=revision).first()
    stored = [check for check in (result.checks if result else ()) if check["accepted"]]
    rows = CheckAcceptance.objects.standing().filter(revision=revision).select_related("by")
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


def _replies(revision: Revision) -> Iterator[dict[str, Any]]:
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


def _words(answer: dict[str, Any]) -> dict[str, Any]:
    return {"text": answer["text"], "reason": answer["reason"]}


def _log_head(revision: Revision) -> dict[str, Any]:
    last = Event.objects.about(Subject.ASSESSMENT, revision.assessment.public_id).last()
    return {"sequence": last.sequence, "hash": last.hash} if last else {"sequence": 0, "hash": ""}
