"""Ratings, and the people who stand behind the gravest of them (decisions.md 2 and 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from assessments import events, policies, records
from assessments.actions.derive import leave_undrawn, rederive
from assessments.actions.door import Invalid, NotFound, Saved, action, lock
from assessments.actions.rows import links_of, log, named, refuse, set_links
from assessments.actions.validation import next_ref, plain, validated, with_id
from assessments.core.types import AssessmentRecord, Determination, Rating
from assessments.enums import RevisionState, Round
from assessments.mapping import column_names, from_columns, to_columns
from assessments.models import (
    DataRequestRecord,
    DeterminationApproval,
    DeterminationRecord,
    EndorsementRecord,
    PresumptionApproval,
    RatingRecord,
    Revision,
    link_ref,
)
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
    record: Rating = replace(
        validated(revision, "ratings", rating), rated_by=by.name, evidence=tuple(dict.fromkeys(rating.evidence))
    )
    rows = RatingRecord.objects.filter(
        revision=revision, indicator__slug=record.indicator, indicator__version=revision.framework_id, part=record.part
    )
    # With them the end of the log, which is asked for after the lock and so cannot move on.
    given = list(events.with_end(rows, revision.assessment.public_id).select_related("coder", "rated_by", "indicator"))
    if round_ is not Round.RECONCILED:
        policies.check_not_reconciled(revision, any(item.round == Round.RECONCILED for item in given))
    if round_ is Round.SECOND:
        policies.check_can_code_question(revision, by, record.indicator)
    coder = by if round_ is Round.SECOND else None
    row = next((item for item in given if item.round == round_ and (not coder or item.coder == coder)), None)
    owner = row.coder_id if row is not None else None if coder is None else coder.pk
    ref = link_ref(record.key, round_, owner)
    effective = _effective(known, record.key) if known is not None and round_ is Round.MAIN else None
    if row is None:
        linked: tuple[str, ...] = ()
    elif effective is not None:
        linked = effective.evidence
    else:
        linked = links_of(revision, "ratings", ref)
    old = None if row is None else rating_of(row, record.indicator, linked)
    if row is not None and row.version != version:
        raise refuse(
            revision,
            target=f"ratings/{record.key}",
            name="rating",
            theirs=old,
            mine=record,
            version=row.version,
            by=by,
            at=at,
            protected={},
        )
    before = {} if old is None else plain(old, without=_NOT_LOGGED)
    after = plain(record, without=_NOT_LOGGED)
    changes = events.changes_between(named(before, "rating"), named(after, "rating"))
    if row is not None and not changes:
        return _Written(Saved(record.key, row.version, public_id=row.public_id), known, is_unchanged=True)
    # One indicator for all its rows: the one of a row that stands there already, if any.
    indicator = (
        given[0].indicator if given else Indicator.objects.get(version=revision.framework, slug=record.indicator)
    )
    row = _write_rating(revision, row, indicator, record, round_, coder, by, at)
    if record.evidence != linked:
        set_links(revision, "ratings", ref, record.evidence)
    lapses = round_ is not Round.SECOND and bool(
        {"rating.level", "rating.rationale", "rating.evidence"} & changes.keys()
    )
    if lapses and (known is None or _endorsed(known, record)):
        _lapse_endorsements(revision, indicator, record.part, at)
    target = f"ratings/{record.key}" if round_ is Round.MAIN else f"ratings/{record.key} ({round_.label})"
    action_name = "save_rating" if round_ is Round.MAIN else f"save_{round_.value}_rating"
    end = events.end_of(given[0]) if given else None
    log(revision, action_name, by=by, at=at, target=target, changes=changes, end=end)
    saved = Saved(record.key, row.version, public_id=row.public_id)
    if known is None or round_ is not Round.MAIN:
        return _Written(saved, None)
    return _Written(saved, _with_answer(known, record, lapses=lapses))


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


# --- Determinations ----------------------------------------------------------------------------------------------


@action
def propose_determination(*, revision_id: UUID, determination: Determination, by: User, at: datetime) -> Saved:
    """Propose that a proof-of-failure factor is met; it counts once two other people approve it."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    bare = replace(determination, proposed_by=by.name, approved_by=())
    record: Determination = validated(revision, "determinations", with_id(bare, next_ref(revision, "determinations")))
    standing = DeterminationRecord.objects.filter(revision=revision, withdrawn_at__isnull=True)
    if standing.filter(factor=record.factor, sector=record.sector).exists():
        raise Invalid({"factor": ["This factor is proposed already; withdraw that proposal first."]})
    row = DeterminationRecord.objects.create(
        revision=revision,
        ref=record.id,
        position=standing.count(),
        proposed_at=at,
        proposed_by=by,
        **to_columns(record),
    )
    changes = events.changes_between(
        {}, named(plain(record, without=frozenset({"id", "proposed_by"})), "determination")
    )
    log(revision, "propose_determination", by=by, at=at, target=f"determinations/{record.id}", changes=changes)
    return Saved(record.id, row.version, rederive(revision, at=at), row.public_id)


def _determination(revision: Revision, determination_id: UUID) -> DeterminationRecord:
    row = (
        DeterminationRecord.objects.select_related("revision__assessment__country", "revision__assessment__period")
        .filter(revision=revision, public_id=determination_id)
        .first()
    )
    if row is None:
        raise NotFound("There is no such determination.")
    return row


@action
def approve_determination(*, revision_id: UUID, determination_id: UUID, by: User, at: datetime) -> Saved:
    """Approve a determination as one of the two people it needs other than its proposer."""
    revision = lock(revision_id)
    row = _determination(revision, determination_id)
    policies.check_can_approve_determination(row, by)
    DeterminationApproval.objects.create(determination=row, approver=by, at=at)
    log(revision, "approve_determination", by=by, at=at, target=f"determinations/{row.ref}")
    return Saved(row.ref, row.version, rederive(revision, at=at), row.public_id)


@action
def withdraw_determination(*, revision_id: UUID, determination_id: UUID, reason: str, by: User, at: datetime) -> Saved:
    """Withdraw a determination with a reason."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    row = _determination(revision, determination_id)
    if row.withdrawn_at is not None:
        raise NotFound("This determination was withdrawn already.")
    if not reason.strip():
        raise Invalid({"reason": ["Give a reason; the determination stays on record with it."]})
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, reason[:2000]
    row.version += 1
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "version"])
    log(revision, "withdraw_determination", by=by, at=at, target=f"determinations/{row.ref}", reason=reason[:2000])
    return Saved(row.ref, row.version, rederive(revision, at=at), row.public_id)


@action
def approve_presumption(*, revision_id: UUID, ref: str, by: User, at: datetime) -> Saved:
    """Approve the presumption that a data request proposes, as a person other than who entered it."""
    revision = lock(revision_id)
    row = (
        DataRequestRecord.objects.select_related("revision__assessment__country", "revision__assessment__period")
        .filter(revision=revision, ref=ref, withdrawn_at__isnull=True)
        .first()
    )
    if row is None:
        raise NotFound(f"There is no data request {ref}.")
    policies.check_can_approve_presumption(row, by)
    PresumptionApproval.objects.create(request=row, approver=by, at=at)
    log(revision, "approve_presumption", by=by, at=at, target=f"requests/{ref}")
    return Saved(ref, row.version, rederive(revision, at=at), row.public_id)
