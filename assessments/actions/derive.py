"""What follows from a change: derived, drafted, ranked, merged and checked, and stored in the same transaction.

The only place from which results, sentences, recommendations and gaps of the rules are written (decisions.md 7).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from assessments import content, facts, figures, records, stored_draft
from assessments.actions.accepted import checks_open, stated_checks
from assessments.actions.door import action, lock, require_transaction
from assessments.actions.drawn_rows import (
    basis_of,
    current,
    key_of,
    store_gaps,
    store_recommendations,
    store_sentences,
)
from assessments.actions.validation import refused
from assessments.core import engine
from assessments.core.acceptance import Grounds
from assessments.core.interchange import check_inside
from assessments.core.merge import Cause
from assessments.core.types import (
    AssessmentRecord,
    Case,
    Finding,
    SentenceKey,
    Severity,
)
from assessments.core.values import RatingState
from assessments.core.version import RULES_VERSION
from assessments.enums import SentenceState
from assessments.models import DraftGapRecord, DraftRecommendation, DraftSentence, Result, Revision


@dataclass(frozen=True)
class Drawn:
    """What was derived and stored, as rows, for a page that shows it at once; none of them is read again."""

    result: Result
    sentences: tuple[DraftSentence, ...]
    recommendations: tuple[DraftRecommendation, ...]
    gaps: tuple[DraftGapRecord, ...]
    changed: tuple[SentenceKey, ...]


_DRAWN = "_drawn"


def drawn_of(revision: Revision) -> Drawn | None:
    """Return what was last derived with this row in hand; None where nothing was."""
    drawn: Drawn | None = revision.__dict__.get(_DRAWN)
    return drawn


def rederive(
    revision: Revision,
    *,
    at: datetime,
    changed: Collection[str] | None = None,
    record: AssessmentRecord | None = None,
    cause: Cause = Cause.RECORD,
) -> tuple[SentenceKey, ...]:
    """Derive all that follows from what is recorded, store it, and return the sentences whose words changed.

    `changed` names the lists of the record that the caller wrote, where it knows; None reads everything anew. `record`
    is what the caller knows the rows to hold now; then none of them is read again. `cause` says what
    changed since. Needs a transaction and the revision's lock. Raises Invalid where an entry refers to one that does
    not exist.
    """
    require_transaction()
    case = _collect(revision, changed) if record is None else _case(revision, record)
    problems = [problem for problem in check_inside(case.record) if not problem.is_warning]
    if problems:
        raise refused(problems)
    rows = stored_draft.sentences(revision)
    before = _shown(rows)
    result = engine.run(case, tuple(current(row) for row in rows), new_id=lambda _: str(uuid4()), cause=cause)
    sentences = store_sentences(revision, rows, result.sentences, at)
    recommendations = store_recommendations(revision, result.draft.recommendations)
    gaps = store_gaps(revision, result.draft.gaps)
    revision.input_digest = content.input_digest(case)
    revision.content_hash = content.content_hash(
        case.record, content.evidence_versions(revision), lines(sentences), points(recommendations)
    )
    revision.changed_at = at
    revision.undrawn = revision.undrawn_mark = ""
    revision.save(update_fields=["input_digest", "content_hash", "changed_at", "undrawn", "undrawn_mark"])
    records.remember(revision, revision.input_digest, case.record)
    checks = stated_checks(revision, result.checks, Grounds(case.record, result.sentences))
    stored = _store_result(revision, case.record, result.finding, checks, sentences, at)
    figures.keep_working(revision, case.record, result.finding, recommendations)
    after = _shown(sentences)
    moved = tuple(key for key in {**before, **after} if before.get(key) != after.get(key))
    revision.__dict__[_DRAWN] = Drawn(stored, tuple(sentences), tuple(recommendations), tuple(gaps), moved)
    return moved


def stored_record(revision: Revision) -> AssessmentRecord:
    """Return what the revision's rows hold, whatever is drawn of it; needs the revision's lock."""
    return _collect(revision, ()).record


def leave_undrawn(revision: Revision, name: str, record: AssessmentRecord | None, *, at: datetime) -> None:
    """Note that a list of the record was written and nothing derived from it yet; needs the revision's lock.

    Whoever locks or opens the revision next has it derived first (`lock`, `settle`). `record` is what the rows hold
    now, where the caller knows.
    """
    require_transaction()
    revision.undrawn = ",".join(sorted({*revision.undrawn_lists, name}))
    revision.undrawn_mark = uuid4().hex
    revision.changed_at = at
    revision.save(update_fields=["undrawn", "undrawn_mark", "changed_at"])
    if record is not None:
        records.remember(revision, revision.undrawn_mark, record)


def draw(revision: Revision) -> tuple[SentenceKey, ...]:
    """Derive what was left undrawn, as of the moment it was written; needs the revision's lock."""
    if not revision.undrawn or revision.changed_at is None:
        return ()
    return rederive(revision, at=revision.changed_at, changed=())


@action
def settle(*, revision_id: UUID) -> Revision:
    """Derive what a save left undrawn, if it did, and return the revision as it then stands. Raises NotFound.

    It changes nothing that anybody recorded, and so leaves no event and asks for no right.
    """
    return lock(revision_id)


def grounds(revision: Revision) -> Grounds:
    """Return what the revision's checks are about, as it stands; needs the revision's lock."""
    rows = stored_draft.sentences(revision)
    return Grounds(_collect(revision, ()).record, tuple(current(row) for row in rows))


def _collect(revision: Revision, changed: Collection[str] | None) -> Case:
    """Read the record, and of one that this process knows only the lists that changed.

    The digest in the locked row says what the rows held when they were last derived, in whichever process. Where it is
    that of the remembered record, every list the caller did not write is still as remembered.
    """
    framework, wording = content.framework_of(revision), content.wording_of(revision)
    if changed is None:
        return facts.collect(revision, framework=framework, wording=wording)
    record, lists = records.known(revision), set(changed)
    if record is None and (found := records.earlier(revision)):
        record, lists = found[0], lists | found[1]
    if record is None:
        return facts.collect(revision, framework=framework, wording=wording)
    return facts.collect_again(revision, record, lists=lists, framework=framework, wording=wording)


def _case(revision: Revision, record: AssessmentRecord) -> Case:
    return Case(
        record=record,
        country=facts.country_forms(revision.assessment.country),
        framework=content.framework_of(revision),
        wording=content.wording_of(revision),
    )


def lines(rows: Sequence[DraftSentence]) -> list[content.Line]:
    """Return the sentences as they are read, in order, without removed ones."""
    return [
        content.Line(row.section, row.shown, basis_of(row))
        for row in rows
        if row.state != SentenceState.REMOVED and row.shown
    ]


def points(rows: Sequence[DraftRecommendation]) -> list[content.Point]:
    """Return the recommendations as they are read."""
    return [content.Point(row.code, row.shown, row.rank, row.is_top) for row in rows]


def _shown(rows: Sequence[DraftSentence]) -> dict[SentenceKey, str]:
    return {key: row.shown for row in rows if row.state != SentenceState.REMOVED and (key := key_of(row)) is not None}


# --- Results -----------------------------------------------------------------------------------------------------


def _store_result(
    revision: Revision,
    record: AssessmentRecord,
    finding: Finding,
    checks: Sequence[Mapping[str, Any]],
    sentences: Sequence[DraftSentence],
    at: datetime,
) -> Result:
    values = {
        "input_digest": revision.input_digest,
        "rules_version": RULES_VERSION,
        "concern_level": finding.concern.level,
        "accountability_level": finding.accountability.level,
        "category": finding.category,
        "title": finding.title,
        "core_answered": finding.core_answered,
        "core_expected": finding.core_expected,
        "coverage": finding.coverage,
        "checks_open": checks_open(checks),
        "checks_blocking": sum(check["severity"] == Severity.BLOCK for check in checks),
        "evidence_missing": evidence_missing(record),
        "words": sum(len(line.text.split()) for line in lines(sentences)),
        "finding": content.plain(finding),
        "checks": list(checks),
        "derived_at": at,
    }
    if not Result.objects.filter(revision=revision).update(**values):
        return Result.objects.create(revision=revision, **values)
    return Result(revision=revision, **values)


def evidence_missing(record: AssessmentRecord) -> int:
    """Count the facts and the levels that name no evidence."""
    sheets = ("statistics", "cases", "allegations", "elements", "measures", "commitments", "statements")
    facts_without = sum(not item.evidence for name in sheets for item in getattr(record, name))
    levels = sum(item.state is RatingState.RATED and not item.evidence for item in record.ratings)
    return facts_without + levels
