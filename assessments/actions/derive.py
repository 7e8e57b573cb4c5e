"""What follows from a change: derived, drafted, ranked, merged and checked, and stored in the same transaction.

The only place where results, sentences, recommendations and gaps of the rules are written (decisions.md 7).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from assessments import content, facts, figures, records, stored_draft
from assessments.actions.accepted import checks_open, stated_checks
from assessments.actions.anchoring import reanchor
from assessments.actions.door import action, lock, require_transaction
from assessments.actions.validation import refused
from assessments.core import engine
from assessments.core.acceptance import Grounds
from assessments.core.interchange import check_inside
from assessments.core.merge import HANDWRITTEN_FAMILY, Cause, CurrentSentence, State
from assessments.core.types import (
    AssessmentRecord,
    Basis,
    Case,
    DraftGap,
    Finding,
    RankedRecommendation,
    SentenceKey,
    Severity,
)
from assessments.core.values import RatingState, Section
from assessments.core.version import RULES_VERSION
from assessments.enums import SentenceState
from assessments.models import DraftGapRecord, DraftRecommendation, DraftSentence, Result, Revision
from frameworks.models import Indicator


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
    sentences = _store_sentences(revision, rows, result.sentences, at)
    recommendations = _store_recommendations(revision, result.draft.recommendations)
    gaps = _store_gaps(revision, result.draft.gaps)
    revision.input_digest = content.input_digest(case)
    revision.content_hash = content.content_hash(
        case.record, content.evidence_versions(revision), lines(sentences), points(recommendations)
    )
    revision.changed_at = at
    revision.undrawn = revision.undrawn_mark = ""
    revision.save(update_fields=["input_digest", "content_hash", "changed_at", "undrawn", "undrawn_mark"])
    records.remember(revision.input_digest, case.record, revision)
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
        records.remember(revision.undrawn_mark, record, revision)


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


def basis_of(row: DraftSentence | DraftRecommendation) -> Basis:
    """Return what a sentence or recommendation rests on."""
    basis: Basis = content.adapter(Basis).validate_python(row.basis)
    return basis


def key_of(row: DraftSentence) -> SentenceKey | None:
    """Return what a sentence is about; None for one written by hand."""
    if row.family is None:
        return None
    return SentenceKey(section=Section(row.section), family=row.family, subjects=tuple(row.subjects))


def _shown(rows: Sequence[DraftSentence]) -> dict[SentenceKey, str]:
    return {key: row.shown for row in rows if row.state != SentenceState.REMOVED and (key := key_of(row)) is not None}


# --- Sentences ---------------------------------------------------------------------------------------------------

_WORDS = ("generated_text", "text", "state", "suggestion")
"""Columns whose change is a new version: somebody who reads the old words must be told."""


def current(row: DraftSentence) -> CurrentSentence:
    """Return a stored sentence as the merge wants it."""
    public_id = str(row.public_id)
    by_hand = SentenceKey(section=Section(row.section), family=HANDWRITTEN_FAMILY, subjects=(public_id,))
    return CurrentSentence(
        public_id=public_id,
        key=key_of(row) or by_hand,
        position=row.position,
        pattern=row.pattern,
        slots=tuple(sorted(row.slots.items())),
        basis=basis_of(row),
        choice=row.choice,
        generated_text=row.generated_text,
        text=row.text,
        state=State(row.state),
        suggestion=row.suggestion,
        cause=Cause(row.cause) if row.cause else None,
        predecessors=tuple(row.predecessors),
        author=row.stated_author or (row.author.name if row.author else ""),
        judgement=row.judgement,
        is_orphan=row.is_orphan,
    )


def _store_sentences(
    revision: Revision, rows: Sequence[DraftSentence], merged: Sequence[CurrentSentence], at: datetime
) -> list[DraftSentence]:
    """Write what the merge says and only what differs; return the rows as they now stand, in order."""
    known = {str(row.public_id): row for row in rows}
    kept: list[DraftSentence] = []
    new: list[DraftSentence] = []
    changed: list[DraftSentence] = []
    columns: set[str] = set()
    for item in merged:
        row = known.get(item.public_id)
        if row is None:
            row = DraftSentence(revision=revision, public_id=UUID(item.public_id), generated_at=at)
            _assign(row, _sentence_columns(item) | _author(item, known))
            new.append(row)
        else:
            written = _assign(row, _sentence_columns(item))
            if not written.isdisjoint(_WORDS):
                row.version += 1
                row.generated_at = at
                written |= {"version", "generated_at"}
            if written:
                changed.append(row)
                columns |= written
        kept.append(row)
    gone = set(known) - {item.public_id for item in merged}
    if gone:
        reanchor(revision, gone, kept)
        revision.sentences.filter(public_id__in=gone).delete()
    if len(changed) == 1:  # as after most saves; a plain update is put together in a third of the time
        changed[0].save(update_fields=columns)
    elif changed:
        DraftSentence.objects.bulk_update(changed, sorted(columns))
    if new:
        DraftSentence.objects.bulk_create(new)
    return kept


def _sentence_columns(item: CurrentSentence) -> dict[str, Any]:
    by_hand = item.key.family == HANDWRITTEN_FAMILY
    return {
        "section": item.key.section.value,
        "family": None if by_hand else item.key.family,
        "subjects": [] if by_hand else list(item.key.subjects),
        "position": item.position,
        "pattern": item.pattern,
        "slots": dict(item.slots),
        "basis": content.plain(item.basis),
        "choice": item.choice[:2000],
        "generated_text": item.generated_text,
        "text": item.text,
        "state": item.state.value,
        "suggestion": item.suggestion,
        "cause": item.cause.value if item.cause else None,
        "predecessors": list(item.predecessors),
        "judgement": item.judgement,
        "is_orphan": item.is_orphan,
    }


def _author(item: CurrentSentence, known: Mapping[str, DraftSentence]) -> dict[str, Any]:
    """Return who wrote the words that a new sentence inherits."""
    if not item.author:
        return {}
    for name in item.predecessors:
        row = known.get(name)
        if row is not None and item.author in {row.stated_author, row.author.name if row.author else ""}:
            return {"author": row.author, "stated_author": row.stated_author}
    return {"stated_author": item.author}


def _assign(row: Any, values: Mapping[str, Any]) -> set[str]:
    """Set columns, and return those that changed."""
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, values[name])
    return changed


# --- Recommendations and gaps ------------------------------------------------------------------------------------

_RECOMMENDATION = (
    "merged",
    "generated_text",
    "position",
    "rank",
    "is_top",
    "reason",
    "trigger",
    "basis",
    "addressees",
    "provisions",
    "for_others",
)


def _store_recommendations(revision: Revision, ranked: Sequence[RankedRecommendation]) -> list[DraftRecommendation]:
    """Write the rules' order, keeping the words and places that people gave; return the rows as they stand."""
    existing = {row.code: row for row in stored_draft.recommendations(revision)}
    rows: list[DraftRecommendation] = []
    changed: list[DraftRecommendation] = []
    new: list[DraftRecommendation] = []
    for item in ranked:
        row = existing.pop(item.id, None)
        is_new = row is None
        row = row or DraftRecommendation(revision=revision, code=item.id, rank=item.rank)
        row_changed = bool(_assign(row, _recommendation_columns(item)))
        rows.append(row)
        if is_new or row_changed:
            (new if is_new else changed).append(row)
    places = {row.code: row.rank for row in rows}
    _place(rows)
    changed += [row for row in rows if row.rank != places[row.code] and row not in changed and row not in new]
    if existing:
        revision.recommendations.filter(pk__in=[row.pk for row in existing.values()]).delete()
    if changed:
        DraftRecommendation.objects.bulk_update(changed, _RECOMMENDATION)
    if new:
        DraftRecommendation.objects.bulk_create(new)
    return rows


def _recommendation_columns(item: RankedRecommendation) -> dict[str, Any]:
    return {
        "merged": list(item.merged),
        "generated_text": item.text,
        "position": item.rank,
        "is_top": item.is_top,
        "reason": item.reason,
        "trigger": list(item.trigger),
        "basis": content.plain(item.basis),
        "addressees": list(item.addressees),
        "provisions": list(item.provisions),
        "for_others": item.for_others,
    }


def _place(rows: list[DraftRecommendation]) -> None:
    """Give every recommendation its place: the rules' order, but those that people moved stand where they were put."""
    moved = sorted((row for row in rows if row.reorder_reason), key=lambda row: row.rank)
    order = sorted((row for row in rows if not row.reorder_reason), key=lambda row: row.position)
    for row in moved:
        order.insert(row.rank - 1, row)
    for place, row in enumerate(order, start=1):
        row.rank = place
    rows.sort(key=lambda row: row.rank)


def _store_gaps(revision: Revision, gaps: Sequence[DraftGap]) -> list[DraftGapRecord]:
    wanted = [(gap.section.value, gap.text, gap.indicator, list(gap.facts)) for gap in gaps]
    rows = stored_draft.gaps(revision)
    if wanted == [(row.section, row.text, row.indicator and row.indicator.slug, row.facts) for row in rows]:
        return rows
    DraftGapRecord.objects.filter(pk__in=[row.pk for row in rows]).delete()
    slugs = {gap.indicator for gap in gaps if gap.indicator}
    known = {row.slug: row for row in Indicator.objects.filter(version=revision.framework, slug__in=slugs)}
    return DraftGapRecord.objects.bulk_create(
        DraftGapRecord(
            revision=revision,
            position=position,
            section=gap.section.value,
            text=gap.text,
            indicator=known.get(gap.indicator or ""),
            facts=list(gap.facts),
        )
        for position, gap in enumerate(gaps)
    )


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
