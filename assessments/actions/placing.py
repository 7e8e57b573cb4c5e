"""From an excerpt to the record: evidence of several assessments in one act, for several questions, or a fact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import policies
from assessments.actions.derive import rederive
from assessments.actions.documents import locked_excerpt, write_set_aside
from assessments.actions.door import Invalid, NotFound, Saved, action, lock
from assessments.actions.facts import write_evidence
from assessments.actions.quick import Line, fact_of
from assessments.actions.ratings import rating_of, save_ratings
from assessments.actions.rows import links_of, save_row
from assessments.actions.sources import log_source, take_in
from assessments.core.sheets import Evidence as Item
from assessments.core.types import SentenceKey
from assessments.core.values import Credibility
from assessments.enums import Round
from assessments.mapping import to_record
from assessments.models import SHEETS, Evidence, Excerpt, Placement, Revision


@dataclass(frozen=True)
class Placing:
    """How an excerpt stands in an assessment: the same in each of those it is placed in."""

    edited: str = ""
    attribution: str = ""
    credibility: Credibility = Credibility.UNJUDGED
    official_record: bool = False
    indicators: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # of questions with parts, those it is about: "sector-blind-spots/fishing"
    set_aside: str = ""


@dataclass(frozen=True)
class Placed:
    """What placing made in one assessment: the item's id, and the sentences that changed."""

    assessment_id: UUID
    ref: str
    changed: tuple[SentenceKey, ...]


@action
def place_excerpt(
    *, excerpt_id: UUID, assessment_ids: Sequence[UUID], placing: Placing, by: User, at: datetime
) -> tuple[Placed, ...]:
    """Make an excerpt evidence of assessments, for questions; one that is evidence there already gains the questions.

    Where a question is answered, the item joins its evidence, and endorsements of that answer lapse. All or nothing.
    Raises Invalid, NotFound and NotAllowed.
    """
    if not assessment_ids:
        raise Invalid({"assessments": ["Choose at least one assessment."]})
    revisions = _locked(assessment_ids, by)
    excerpt = locked_excerpt(excerpt_id, by)
    found = []
    for revision in revisions:
        ref = _place(revision, excerpt, placing, by, at)
        changed = rederive(revision, at=at, changed={"sources", "evidence"})
        found.append(Placed(revision.assessment.public_id, ref, changed + _attach(revision, ref, placing, by, at)))
    if placing.set_aside != excerpt.set_aside:
        write_set_aside(excerpt, placing.set_aside, by, at)
    return tuple(found)


@action
def fact_from_excerpt(*, excerpt_id: UUID, assessment_id: UUID, line: Line, by: User, at: datetime) -> Saved:
    """Record the fact that an excerpt states, with the excerpt as its evidence; return it and the sentences it caused.

    The line's source is that of the excerpt, whatever the line says. Raises Invalid, NotFound and NotAllowed.
    """
    (revision,) = _locked([assessment_id], by)
    excerpt = locked_excerpt(excerpt_id, by)
    placing = Placing(attribution=line.attribution, credibility=Credibility.POSSIBLE)
    ref = _place(revision, excerpt, placing, by, at)
    if excerpt.set_aside:
        write_set_aside(excerpt, "", by, at)
    sheet, fact = fact_of(line, ref)
    saved = save_row(revision, SHEETS[sheet], ref=None, record=fact, version=None, by=by, at=at, action="save_fact")
    return replace(saved, changed=rederive(revision, at=at, changed={"sources", "evidence", sheet}))


@action
def attach_evidence(
    *, revision_id: UUID, ref: str, indicator: str, part: str = "", by: User, at: datetime
) -> tuple[SentenceKey, ...]:
    """Attach an item of an assessment to one more of its questions, or to a part; return the sentences that changed."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    row = _item(revision, ref)
    if row is None:
        raise NotFound(f"There is no evidence {ref} in this assessment.")
    parts = (f"{indicator}/{part}",) if part else ()
    placing = Placing(indicators=(indicator,), parts=parts, set_aside=row.set_aside)
    changed = rederive(revision, at=at, changed={"evidence"}) if _gain(revision, row, placing, by, at) else ()
    return changed + _attach(revision, ref, placing, by, at)


def _locked(assessment_ids: Sequence[UUID], by: User) -> list[Revision]:
    """Return the open revisions of assessments, locked in one order so that two people never wait for each other."""
    rows = (
        policies.visible_revisions(by)
        .filter(assessment__public_id__in=set(assessment_ids), is_open=True)
        .order_by("assessment__pk")
        .values_list("public_id", flat=True)
    )
    revisions = [lock(public_id) for public_id in rows]
    if len(revisions) != len(set(assessment_ids)):
        raise NotFound("There is no such assessment, or it is not open to you.")
    for revision in revisions:
        policies.check_can_edit(revision, by)
    return revisions


def _item(revision: Revision, ref: str) -> Evidence | None:
    row: Evidence | None = (
        Evidence.objects.current().filter(revision=revision, ref=ref).select_related("use__source").first()
    )
    return row


def _place(revision: Revision, excerpt: Excerpt, placing: Placing, by: User, at: datetime) -> str:
    """Make an excerpt an item of a revision, and return the item's id; redraws nothing."""
    there = Placement.objects.filter(excerpt=excerpt, assessment=revision.assessment, ended_at__isnull=True).first()
    row = None if there is None else _item(revision, there.evidence_ref)
    if row is not None:
        _gain(revision, row, placing, by, at)
        return row.ref
    use = take_in(revision, excerpt.source, by, at)
    item = Item(
        id="new",
        source=use.ref,
        excerpt=excerpt.text,
        edited=placing.edited,
        pinpoint=excerpt.pinpoint,
        attribution=placing.attribution,
        credibility=placing.credibility,
        official_record=placing.official_record,
        original_language=excerpt.language,
        translation=excerpt.translation,
        translator=excerpt.translator,
        set_aside=placing.set_aside,
        indicators=placing.indicators,
    )
    ref = write_evidence(revision, None, item, None, by, at).ref
    Placement.objects.create(
        excerpt=excerpt, assessment=revision.assessment, evidence_ref=ref, placed_by=by, placed_at=at
    )
    # Which assessment it was is that assessment's own to tell.
    log_source(excerpt.source, "place_excerpt", by, at, target=f"excerpt {excerpt.number}")
    return ref


def _gain(revision: Revision, row: Evidence, placing: Placing, by: User, at: datetime) -> bool:
    """Add questions, and a reason for not using it, to an item that is there; say whether that changed it."""
    old: Item = to_record(row, source=row.use.ref)
    new = replace(
        old,
        indicators=tuple(dict.fromkeys((*old.indicators, *placing.indicators))),
        set_aside=placing.set_aside,
        edited=placing.edited or old.edited,
    )
    return write_evidence(revision, row.ref, new, row.version, by, at).version != row.version


def _attach(revision: Revision, ref: str, placing: Placing, by: User, at: datetime) -> tuple[SentenceKey, ...]:
    """Put an item behind the answers to its questions, where there are any and no second answer was joined with them.

    Of a question with parts, only those that a person named.
    """
    rows = revision.ratings.effective().select_related("indicator", "rated_by")
    rows = rows.filter(indicator__slug__in=placing.indicators, round=Round.MAIN.value, coder__isnull=True)
    answers = []
    for row in rows:
        if row.part and row.key not in placing.parts:
            continue
        linked = links_of(revision, "ratings", row.link_ref)
        if ref not in linked:
            answers.append((rating_of(row, row.indicator.slug, (*linked, ref)), row.version))
    if not answers:
        return ()
    return save_ratings.inner(revision_id=revision.public_id, ratings=answers, by=by, at=at)[-1].changed
