"""Ratings, and the second word behind the gravest of them (decisions.md 2 and 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from assessments import events, policies, records
from assessments.actions.derive import leave_undrawn, rederive
from assessments.actions.door import Conflict, Invalid, NotFound, Saved, action, lock
from assessments.actions.rows import links_of, log, named, refuse, set_links
from assessments.actions.validation import plain, validated
from assessments.core.types import AssessmentRecord, Rating
from assessments.enums import RevisionState, Round
from assessments.mapping import column_names, from_columns, to_columns
from assessments.models import (
    EndorsementRecord,
    RatingRecord,
    Revision,
)
from assessments.planned import Planned
from frameworks.models import Indicator

_NOT_LOGGED = frozenset({"indicator", "part", "rated_by"})


@action
def save_rating(
    *,
    revision_id: UUID,
    rating: Rating,
    version: int | None = None,
    round: Round = Round.MAIN,  # noqa: A002 - the word of decisions.md 2
    by: User,
    at: datetime,
    is_drawn: bool = True,
) -> Saved:
    """Answer one indicator, or one part of it. `version` None is right where it has no answer yet.

    Endorsements lapse when level, rationale or evidence changes. Ratings of a second coder change nothing derived.
    With `is_drawn` False it is kept and logged at once, and what follows from it is derived by whoever locks or opens
    the revision next. Raises NotAllowed, Invalid and Conflict.
    """
    revision = lock(revision_id, by=by, is_drawn=False)
    policies.check_can_rate(revision, by, round)
    written = _answer(revision, records.known(revision), rating, version, round, by, at)
    if written.is_unchanged or round is Round.SECOND:
        return written.saved
    if not is_drawn:
        leave_undrawn(revision, "ratings", written.record, at=at)
        return written.saved
    changed = rederive(revision, at=at, changed={"ratings"}, record=written.record)
    return replace(written.saved, changed=changed, revision=revision)


@action
def save_ratings(
    *, revision_id: UUID, ratings: Sequence[tuple[Rating, int | None]], by: User, at: datetime
) -> tuple[Saved, ...]:
    """Answer several questions, each at the version it was read at: all of them or none, and derived once.

    Each is checked and logged as `save_rating` does it. The last names the sentences that changed. Raises
    Invalid, also where one question comes twice, NotAllowed and Conflict.
    """
    revision = lock(revision_id)
    policies.check_can_rate(revision, by, Round.MAIN)
    if len({rating.key for rating, _ in ratings}) < len(ratings):
        raise Invalid({"": ["Each question can be answered once at a time."]})
    record = records.known(revision)
    saved: list[Saved] = []
    is_unchanged = True
    for rating, version in ratings:
        written = _answer(revision, record, rating, version, Round.MAIN, by, at)
        saved.append(written.saved)
        record = written.record
        is_unchanged &= written.is_unchanged
    if not is_unchanged:
        changed = rederive(revision, at=at, changed={"ratings"}, record=record)
        saved[-1] = replace(saved[-1], changed=changed)
    return tuple(saved)


@action
def confirm_unchanged(
    *, revision_id: UUID, ratings: Sequence[Rating], evidence: Sequence[str] = (), by: User, at: datetime
) -> tuple[Saved, ...]:
    """Record that a person confirms answers of last year as this year's: one act, each answer logged like any other.

    `evidence` is this year's, put under each. Raises Invalid where none is given, NotAllowed, and Conflict where one of
    the questions was answered meanwhile; then none is confirmed.
    """
    if not ratings:
        raise Invalid({"chosen": ["Choose at least one answer."]})
    revision = lock(revision_id, by=by)
    policies.check_can_rate(revision, by, Round.MAIN)
    given = [(replace(rating, evidence=tuple(evidence)), None) for rating in ratings]
    saved = save_ratings.inner(revision_id=revision_id, ratings=given, by=by, at=at)
    changes = {"rating.confirmed_unchanged": events.Change(None, sorted(rating.key for rating in ratings))}
    log(revision, "confirm_unchanged", by=by, at=at, target="ratings", changes=changes)
    return saved


@dataclass(frozen=True)
class _Written:
    """One answer as it was written; `record` is what the revision then holds, None where that is not known."""

    saved: Saved
    record: AssessmentRecord | None
    is_unchanged: bool = False


@dataclass(frozen=True)
class _Act:
    """Who answers when, in which revision, and as what."""

    revision: Revision
    round: Round
    by: User
    at: datetime

    @property
    def coder(self) -> User | None:
        """Whose answer it is, where every coder has their own."""
        return self.by if self.round is Round.SECOND else None


@dataclass(frozen=True)
class _Stored:
    """What stands for a question before it is answered: its row, if any, what that says, and the end of the log."""

    row: RatingRecord | None
    rating: Rating | None
    indicator: Indicator | None  # that of any row of the question
    end: events.End | None


def _answer(
    revision: Revision,
    known: AssessmentRecord | None,
    rating: Rating,
    version: int | None,
    round_: Round,
    by: User,
    at: datetime,
) -> _Written:
    """Compare, write and log one answer; needs the revision's lock.

    `known` is what the revision holds, where this process read it before: it spares looking for what is not there.
    """
    act = _Act(revision, round_, by, at)
    record: Rating = replace(
        validated(revision, "ratings", rating), rated_by=by.name, evidence=tuple(dict.fromkeys(rating.evidence))
    )
    stored = _stored(act, known, record)
    if stored.row is not None and stored.row.version != version:
        raise _too_late(act, stored.row, stored.rating, record)
    before = {} if stored.rating is None else plain(stored.rating, without=_NOT_LOGGED)
    changes = events.changes_between(named(before, "rating"), named(plain(record, without=_NOT_LOGGED), "rating"))
    if stored.row is not None and not changes:
        unchanged = Saved(record.key, stored.row.version, public_id=stored.row.public_id)
        return _Written(unchanged, known, is_unchanged=True)
    saved, lapses = _write(act, known, stored, record, changes)
    if known is None or round_ is not Round.MAIN:
        return _Written(saved, None)
    return _Written(saved, _with_answer(known, record, lapses=lapses))


def _stored(act: _Act, known: AssessmentRecord | None, record: Rating) -> _Stored:
    """Return what stands for the question now. Raises NotAllowed where two answers were joined already."""
    revision = act.revision
    given = _rows_of(
        revision=revision.pk,
        framework=revision.framework_id,
        indicator=record.indicator,
        part=record.part,
        assessment=revision.assessment.public_id,
    )
    if act.round is not Round.RECONCILED:
        policies.check_not_reconciled(revision, any(item.round == Round.RECONCILED for item in given))
    if act.round is Round.SECOND:
        policies.check_can_code_question(revision, act.by, record.indicator)
    mine = (item for item in given if item.round == act.round and (not act.coder or item.coder == act.coder))
    row = next(mine, None)
    old = None
    if row is not None:
        effective = _effective(known, record.key) if known is not None and act.round is Round.MAIN else None
        linked = effective.evidence if effective is not None else links_of(revision, "ratings", row.link_ref)
        old = rating_of(row, record.indicator, linked)
    if not given:
        return _Stored(None, None, None, None)
    return _Stored(row, old, given[0].indicator, events.end_of(given[0]))


@Planned
def _rows_of(*, revision: int, framework: int, indicator: str, part: str, assessment: UUID) -> "QuerySet[RatingRecord]":
    """All answers to a question, with the end of the log: it is asked for after the lock and so cannot move on."""
    rows = RatingRecord.objects.filter(
        revision=revision, indicator__slug=indicator, indicator__version=framework, part=part
    )
    return events.with_end(rows, assessment).select_related("coder", "rated_by", "indicator").order_by("pk")


def _too_late(act: _Act, row: RatingRecord, theirs: Rating | None, mine: Rating) -> Conflict:
    return refuse(
        act.revision,
        target=f"ratings/{mine.key}",
        name="rating",
        theirs=theirs,
        mine=mine,
        version=row.version,
        by=act.by,
        at=act.at,
        protected={},
    )


def _write(
    act: _Act,
    known: AssessmentRecord | None,
    stored: _Stored,
    record: Rating,
    changes: Mapping[str, events.Change],
) -> tuple[Saved, bool]:
    """Write an answer with its evidence and log it; return it, and whether endorsements of it lapsed."""
    revision, round_ = act.revision, act.round
    # One indicator for all its rows: the one of a row that stands there already, if any.
    indicator = stored.indicator or Indicator.objects.get(version=revision.framework, slug=record.indicator)
    row = _write_rating(revision, stored.row, indicator, record, round_, act.coder, act.by, act.at)
    if record.evidence != (stored.rating.evidence if stored.rating else ()):
        set_links(revision, "ratings", row.link_ref, record.evidence)
    weighty = {"rating.level", "rating.rationale", "rating.evidence"}
    lapses = round_ is not Round.SECOND and not weighty.isdisjoint(changes)
    if lapses and (known is None or _endorsed(known, record)):
        _lapse_endorsements(revision, indicator, record.part, act.at)
    is_main = round_ is Round.MAIN
    target = f"ratings/{record.key}" if is_main else f"ratings/{record.key} ({round_.label})"
    name = "save_rating" if is_main else f"save_{round_.value}_rating"
    log(revision, name, by=act.by, at=act.at, target=target, changes=changes, end=stored.end)
    return Saved(record.key, row.version, public_id=row.public_id), lapses


def _effective(record: AssessmentRecord, key: str) -> Rating | None:
    return next((item for item in record.ratings if item.key == key), None)


def _endorsed(record: AssessmentRecord, rating: Rating) -> bool:
    return any((item.indicator, item.part) == (rating.indicator, rating.part) for item in record.endorsements)


def _with_answer(record: AssessmentRecord, rating: Rating, *, lapses: bool) -> AssessmentRecord:
    """Return the record with this answer, as reading all rows anew would give it."""
    others = (item for item in record.ratings if item.key != rating.key)
    kept = tuple(item for item in record.endorsements if (item.indicator, item.part) != (rating.indicator, rating.part))
    return replace(record, ratings=(*others, rating), endorsements=kept if lapses else record.endorsements)


def rating_of(row: RatingRecord, slug: str, evidence: tuple[str, ...]) -> Rating:
    """Return the rating a row holds."""
    values = {name: getattr(row, name) for name in column_names(Rating)}
    rater = row.stated_rater or (row.rated_by.name if row.rated_by else "")
    return from_columns(Rating, values, indicator=slug, evidence=evidence, rated_by=rater)


def _write_rating(
    revision: Revision,
    row: RatingRecord | None,
    indicator: Indicator,
    record: Rating,
    round_: Round,
    coder: User | None,
    by: User,
    at: datetime,
) -> RatingRecord:
    columns: dict[str, Any] = to_columns(record) | {"rated_by": by, "rated_at": at, "stated_rater": ""}
    late = revision.state == RevisionState.CHANGES_REQUESTED
    if row is None:
        return RatingRecord.objects.create(
            revision=revision, indicator=indicator, round=round_.value, coder=coder, late=late, **columns
        )
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1
    row.late = row.late or late
    row.save(update_fields=[*columns, "version", "late"])
    return row


def _lapse_endorsements(revision: Revision, indicator: Indicator, part: str, at: datetime) -> None:
    standing = EndorsementRecord.objects.standing().filter(revision=revision, indicator=indicator, part=part)
    standing.update(lapsed_at=at)


@action
def endorse(
    *, revision_id: UUID, indicator: str, part: str = "", version: int | None = None, by: User, at: datetime
) -> Saved:
    """Give a second person's word for the level 4 or 5 of a concern indicator; it lapses when the rating changes.

    `version` is that of the answer as it was read; Conflict where it changed since. None: as it stands.
    """
    revision = lock(revision_id)
    row = (
        RatingRecord.objects.effective()
        .select_related("revision__assessment__country", "revision__assessment__period", "indicator")
        .filter(revision=revision, indicator__slug=indicator, part=part)
        .first()
    )
    if row is None:
        raise NotFound(f"{indicator} is not rated.")
    policies.check_can_endorse(row, by)
    level = row.level or 0
    if version not in {None, row.version}:
        raise refuse(
            revision,
            target=f"ratings/{row.key}",
            name="rating",
            theirs=f"level {level}",
            mine="an endorsement of what it was",
            version=row.version,
            by=by,
            at=at,
            protected={},
        )
    same = EndorsementRecord.objects.standing().filter(revision=revision, indicator=row.indicator, part=part)
    if not same.filter(level=level, endorser=by).exists():
        EndorsementRecord.objects.create(
            revision=revision, indicator=row.indicator, part=part, level=level, endorser=by, at=at
        )
        changes = {"rating.endorsed_level": events.Change(None, level)}
        log(revision, "endorse", by=by, at=at, target=f"ratings/{row.key}", changes=changes)
    return Saved(row.key, row.version, rederive(revision, at=at, changed={"ratings"}))
