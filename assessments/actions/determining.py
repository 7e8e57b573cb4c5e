"""Determinations and presumptions, which count by two people's word (decisions.md 3)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import events, policies
from assessments.actions.derive import rederive
from assessments.actions.door import Invalid, NotFound, Saved, action, lock
from assessments.actions.rows import log, named
from assessments.actions.validation import next_ref, plain, validated, with_id
from assessments.core.types import Determination
from assessments.mapping import to_columns
from assessments.models import (
    DataRequestRecord,
    DeterminationApproval,
    DeterminationRecord,
    PresumptionApproval,
    Revision,
)


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
