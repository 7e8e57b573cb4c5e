"""How one row is saved: compared with the version it was read at, written in its changed columns only, and logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from assessments import events, records
from assessments.actions.door import Conflict, Invalid, NotFound, Saved, lock
from assessments.actions.validation import facts_refs, next_ref, plain, validated, with_id
from assessments.core.protected import PROTECTED
from assessments.core.types import AssessmentRecord
from assessments.core.values import Protection
from assessments.enums import RevisionState, Subject
from assessments.mapping import to_columns, to_record
from assessments.models import SHEETS, Evidence, EvidenceLink, FactRow, Revision, UnknownEvidence
from assessments.planned import Planned


def guards(record: Any, name: str, *, protection: Protection = Protection.RESTRICTED) -> dict[str, Protection]:
    """Return the protection of the protected fields of a record, by the names they have in the log."""
    return {f"{name}.{field}": protection for field in PROTECTED.get(type(record), frozenset())}


def named(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return values under the names they have in the log: "statistics.count"."""
    return {f"{name}.{field}": value for field, value in values.items()}


def log(
    revision: Revision,
    action: str,
    *,
    by: User | None,
    at: datetime,
    target: str = "",
    reason: str = "",
    changes: Mapping[str, events.Change] | None = None,
    end: events.End | None = None,
) -> None:
    """Append an event about the revision's assessment; `end` is the end of its chain, where the caller read it."""
    event = events.append(
        kind=Subject.ASSESSMENT,
        subject_id=revision.assessment.public_id,
        action=action,
        by=by,
        at=at,
        target=target,
        reason=reason,
        changes=changes,
        end=end,
    )
    records.note_end(revision, event)


def links_of(revision: Revision, name: str, ref: str) -> tuple[str, ...]:
    """Return the evidence a record is linked to, in its order."""
    found = EvidenceLink.objects.filter(
        evidence__revision=revision, evidence__withdrawn_at__isnull=True, sheet=name, ref=ref
    )
    return tuple(found.order_by("position").values_list("evidence__ref", flat=True))


def set_links(revision: Revision, name: str, ref: str, wanted: tuple[str, ...]) -> None:
    """Make these the evidence of a record. Raises Invalid where one does not exist."""
    try:
        EvidenceLink.objects.set(revision, sheet=name, ref=ref, evidence=wanted)
    except UnknownEvidence as exc:
        raise Invalid({"evidence": [str(exc)]}) from exc


def refuse(
    revision: Revision,
    *,
    target: str,
    name: str,
    theirs: Any,
    mine: Any,
    version: int,
    by: User,
    at: datetime,
    protected: Mapping[str, Protection],
) -> Conflict:
    """Return the refusal of a save that came too late; what was refused is kept in the log."""
    before = {} if theirs is None else named(_fields(theirs), name)
    changes = events.changes_between(before, named(_fields(mine), name), protected)

    def keep() -> None:
        log(lock(revision.public_id), "keep_refused", by=by, at=at, target=target, changes=changes)

    return Conflict(theirs=theirs, mine=mine, version=version, keep=keep)


def _fields(value: Any) -> dict[str, Any]:
    return {"text": value} if value is None or isinstance(value, str) else plain(value)


@dataclass(frozen=True)
class WrittenRow:
    """One entry as it was written: its row, and the record that the row and its links now hold."""

    saved: Saved
    row: FactRow
    record: Any
    is_unchanged: bool = False


def save_row(
    revision: Revision,
    model: type[FactRow],
    *,
    ref: str | None,
    record: Any,
    version: int | None,
    by: User,
    at: datetime,
    action: str,
    extra: Mapping[str, Any] | None = None,
    protection: Protection = Protection.RESTRICTED,
) -> Saved:
    """Create or change one entry of a sheet, and log it. `ref` None gives it the next free id.

    `version` is the one it was read at; None is right for a new entry only. `extra` are columns no record has.
    Raises Invalid, NotFound for a withdrawn entry, and Conflict where somebody else changed it meanwhile.
    """
    return write_row(
        revision,
        model,
        ref=ref,
        record=record,
        version=version,
        by=by,
        at=at,
        action=action,
        extra=extra,
        protection=protection,
    ).saved


def write_row(
    revision: Revision,
    model: type[FactRow],
    *,
    ref: str | None,
    record: Any,
    version: int | None,
    by: User,
    at: datetime,
    action: str,
    extra: Mapping[str, Any] | None = None,
    protection: Protection = Protection.RESTRICTED,
    known: AssessmentRecord | None = None,
) -> WrittenRow:
    """Do what `save_row` says, and return the row with it.

    `known` is what the revision holds, where this process read it before: it spares reading the entry's links.
    """
    name = model.sheet
    record = validated(revision, name, with_id(record, ref or next_ref(revision, name)))
    row = _row_of(revision, model, ref, version)
    has_evidence = hasattr(record, "evidence")
    linked = _linked(revision, name, record.id, known) if row is not None and has_evidence else ()
    old = None if row is None else to_record(row, linked, **_apart(row))
    protected = guards(record, name, protection=protection)
    if row is not None and row.version != version:
        raise refuse(
            revision,
            target=f"{name}/{record.id}",
            name=name,
            theirs=old,
            mine=record,
            version=row.version,
            by=by,
            at=at,
            protected=protected,
        )
    changes = events.changes_between(
        {} if old is None else named(plain(old), name), named(plain(record), name), protected
    )
    if row is not None and not changes:
        return WrittenRow(Saved(row.ref, row.version, public_id=row.public_id), row, old, is_unchanged=True)
    end = None if row is None else events.end_of(row)
    columns = to_columns(record) | dict(extra or {})
    row = _create(revision, model, record.id, columns, by, at) if row is None else _change(row, columns, by, at)
    if has_evidence and record.evidence != linked:
        set_links(revision, name, record.id, record.evidence)
    log(revision, action, by=by, at=at, target=f"{name}/{record.id}", changes=changes, end=end)
    return WrittenRow(Saved(record.id, row.version, public_id=row.public_id), row, record)


def _linked(revision: Revision, name: str, ref: str, known: AssessmentRecord | None) -> tuple[str, ...]:
    """Return the evidence a stored entry names, without a query where the record is known."""
    stored = next((item for item in getattr(known, name, ()) if item.id == ref), None)
    return stored.evidence if stored is not None else links_of(revision, name, ref)


def _row_of(revision: Revision, model: type[FactRow], ref: str | None, version: int | None) -> FactRow | None:
    """Return the row of an entry with the end of the log, None for one that is to be made. Raises NotFound, Invalid."""
    if ref is None:
        return None
    found = _with_end(model, revision=revision.pk, ref=ref, assessment=revision.assessment.public_id)
    row = next(iter(found), None)
    if row is None and version is not None:
        raise NotFound(f"There is no entry {ref} on this sheet.")
    if row is None and model.sheet != "evidence" and ref in facts_refs(revision):
        raise Invalid({"id": [f"The id {ref} is used already on another sheet of this assessment."]})
    if row is not None and row.withdrawn_at is not None:
        raise NotFound(f"{ref} was withdrawn; make a new entry.")
    return row


@Planned
def _with_end(model: type[FactRow], *, revision: int, ref: str, assessment: UUID) -> "QuerySet[FactRow]":
    """The row of an entry with the end of the log: it is asked for after the lock and so cannot move on."""
    rows: Any = model.objects
    found: QuerySet[FactRow] = events.with_end(rows.filter(revision=revision, ref=ref), assessment).order_by()
    return found


def _apart(row: FactRow) -> dict[str, Any]:
    if isinstance(row, Evidence):
        return {"source": row.use.ref}
    return {}


def _create(
    revision: Revision, model: type[FactRow], ref: str, columns: Mapping[str, Any], by: User, at: datetime
) -> FactRow:
    rows: Any = model.objects
    position = rows.filter(revision=revision).count()
    late = revision.state == RevisionState.CHANGES_REQUESTED
    made: FactRow = rows.create(
        revision=revision,
        ref=ref,
        position=position,
        late=late,
        held=model.sheet in HOLDABLE and is_past_cut_off(revision, at),
        entered_by=by,
        entered_at=at,
        **columns,
    )
    return made


HOLDABLE = frozenset(SHEETS) - {"search_notes", "information_gaps", "requests"}
"""Sheets whose entries make sentences."""


def is_past_cut_off(revision: Revision, at: datetime) -> bool:
    """Say whether the period's cut-off is past; its day ends at midnight of the office's zone."""
    cut_off = revision.assessment.period.cut_off
    return cut_off is not None and at.astimezone(ZoneInfo(settings.OFFICE_ZONE)).date() > cut_off


def _change(row: FactRow, columns: Mapping[str, Any], by: User, at: datetime) -> FactRow:
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, columns[name])
    row.version += 1
    row.changed_by, row.changed_at = by, at
    row.save(update_fields=[*changed, "version", "changed_by", "changed_at"])
    return row


def withdraw_row(
    revision: Revision, model: type[FactRow], *, ref: str, reason: str, by: User, at: datetime, action: str
) -> None:
    """Take an entry out with a reason; nothing is deleted. Raises NotFound and Invalid."""
    rows: Any = model.objects
    row = rows.current().filter(revision=revision, ref=ref).first()
    if row is None:
        raise NotFound(f"There is no entry {ref} on this sheet.")
    if not reason.strip():
        raise Invalid({"reason": ["Give a reason; the entry stays on record with it."]})
    if len(reason) > 2000:
        raise Invalid({"reason": ["A reason has at most 2,000 characters."]})
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, reason
    row.version += 1
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "version"])
    log(revision, action, by=by, at=at, target=f"{model.sheet}/{ref}", reason=reason)
