"""Sentences, recommendations and gaps of the rules as rows: what is stored is kept, and only what differs is written.

Only `derive` calls this, in its transaction, with the revision's lock.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from assessments import content, stored_draft
from assessments.actions.anchoring import reanchor
from assessments.core.merge import HANDWRITTEN_FAMILY, Cause, CurrentSentence, State
from assessments.core.types import Basis, DraftGap, RankedRecommendation, SentenceKey
from assessments.core.values import Section
from assessments.models import DraftGapRecord, DraftRecommendation, DraftSentence, Revision
from frameworks.models import Indicator


def basis_of(row: DraftSentence | DraftRecommendation) -> Basis:
    """Return what a sentence or recommendation rests on."""
    basis: Basis = content.adapter(Basis).validate_python(row.basis)
    return basis


def key_of(row: DraftSentence) -> SentenceKey | None:
    """Return what a sentence is about; None for one written by hand."""
    if row.family is None:
        return None
    return SentenceKey(section=Section(row.section), family=row.family, subjects=tuple(row.subjects))


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


def store_sentences(
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


def store_recommendations(revision: Revision, ranked: Sequence[RankedRecommendation]) -> list[DraftRecommendation]:
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


def store_gaps(revision: Revision, gaps: Sequence[DraftGap]) -> list[DraftGapRecord]:
    """Write the clauses that wait for an answer, where they are others; return the rows as they stand."""
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
