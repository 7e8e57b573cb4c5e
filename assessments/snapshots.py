"""Rows in, canonical JSON and its SHA-256 out: the only way to an export (decisions.md 12).

The open part holds all that a text was made of and what was made of it, without protected fields; of these it has
salted digests, and the sealed part, stored apart, has the values. Hash and verification need the open part alone.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from accounts.models import User
from assessments import content, facts, figures, frozen_rows, stored_draft
from assessments.core import engine
from assessments.core.document import word_count
from assessments.core.interchange import canonical, withhold, write
from assessments.core.protected import PROTECTED
from assessments.core.sheets import Source
from assessments.core.types import AssessmentRecord, Case, Decision
from assessments.core.values import Protection
from assessments.core.version import PROGRAM, PROGRAM_VERSION, RULES_VERSION
from assessments.enums import SentenceState, SnapshotKind
from assessments.models import (
    DraftSentence,
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
    standing = _standing(revision)
    values = _open_part(revision, standing, kind=kind, by=by, at=at)
    open_part = canonical_json(values)
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
    SealedPart.objects.create(snapshot=snapshot, body=canonical_json(_sealed_part(standing)).decode())
    if kind is SnapshotKind.APPROVED:
        figures.keep_frozen(snapshot, parse_canonical(open_part))
    return snapshot


@dataclass(frozen=True)
class _Standing:
    """What a revision holds at the moment it is frozen, parted into what goes into the open part and what is sealed."""

    case: Case
    open_record: AssessmentRecord  # without a tier that is not released
    tier: dict[str, Any]  # what is withheld of it; empty where nothing is
    protected: Mapping[str, Any]  # protected fields by their path
    salts: Mapping[str, str]  # of each of them
    sentences: Sequence[DraftSentence]
    sealed_sentences: Sequence[DraftSentence]  # those that tell the tier
    replies: Sequence[dict[str, Any]]
    sealed_replies: Sequence[dict[str, Any]]  # on sealed sentences
    accepted: Mapping[str, dict[str, Any]]  # accepted checks by their salt


def _standing(revision: Revision) -> _Standing:
    case = facts.collect(revision, framework=content.framework_of(revision), wording=content.wording_of(revision))
    open_record, tier = _without_tier(case.record)
    protected = dict(_protected(case.record))
    rows = [row for row in stored_draft.sentences(revision) if _is_printed(row)]
    sealed = [row for row in rows if tier and "tier" in row.basis.get("decisions", ())]
    sealed_ids = {str(row.public_id) for row in sealed}
    replies = list(frozen_rows.replies(revision))
    return _Standing(
        case=case,
        open_record=open_record,
        tier=tier,
        protected=protected,
        salts={path: secrets.token_hex(16) for path in protected},
        sentences=[row for row in rows if row not in sealed],
        sealed_sentences=sealed,
        replies=[reply for reply in replies if reply["target"] not in sealed_ids],
        sealed_replies=[reply for reply in replies if reply["target"] in sealed_ids],
        accepted={secrets.token_hex(16): answer for answer in frozen_rows.accepted(revision)},
    )


def _open_part(
    revision: Revision, standing: _Standing, *, kind: SnapshotKind, by: User, at: datetime
) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "evidence_versions": content.evidence_versions(revision),
        "derived": derived(replace_record(standing.case, withhold(standing.open_record))),
        "sentences": [frozen_rows.sentence(row) for row in standing.sentences],
        "recommendations": [frozen_rows.recommendation(row) for row in stored_draft.recommendations(revision)],
        "approvals": frozen_rows.approvals(revision, standing.case.record),
        "accepted_checks": [
            {**{name: answer[name] for name in OPEN_ANSWER}, "words": _salted(salt, _words(answer))}
            for salt, answer in standing.accepted.items()
            if not (standing.tier and answer["is_about_tier"])
        ],
        "tier_withheld": bool(standing.tier),
        "protected": {path: _salted(standing.salts[path], value) for path, value in standing.protected.items()},
        "log": frozen_rows.log_head(revision),
    }
    values = open_values(revision, standing.case, standing.open_record, kind=kind, by=by.name, at=at, parts=parts)
    if standing.replies or standing.sealed_replies:
        values["replies"] = list(standing.replies)
    return values


def _sealed_part(standing: _Standing) -> dict[str, Any]:
    return {
        "protected": {
            path: {"salt": standing.salts[path], "value": value} for path, value in standing.protected.items()
        },
        "tier": standing.tier,
        "sentences": [frozen_rows.sentence(row) for row in standing.sealed_sentences],
        "replies": list(standing.sealed_replies),
        "accepted_checks": [{"salt": salt, **answer} for salt, answer in standing.accepted.items()],
    }


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


def _words(answer: dict[str, Any]) -> dict[str, Any]:
    return {"text": answer["text"], "reason": answer["reason"]}
