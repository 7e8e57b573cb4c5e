"""Facts, evidence and decisions: every save redraws the sentences it caused, in the same transaction."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from accounts.models import User
from assessments import events, policies, records
from assessments.actions.derive import leave_undrawn, rederive, stored_record
from assessments.actions.door import Invalid, NotFound, Saved, action, lock
from assessments.actions.rows import HOLDABLE, WrittenRow, guards, log, named, refuse, save_row, withdraw_row, write_row
from assessments.actions.validation import plain, refused, validated
from assessments.core import sheets
from assessments.core.interchange import check_entry
from assessments.core.types import AssessmentRecord, Decision
from assessments.core.values import Protection
from assessments.mapping import column_names, from_columns, to_columns
from assessments.models import SHEETS, DecisionRecord, Evidence, FactRow, Placement, Revision, SourceUse


def sheet_model(sheet: str) -> type[FactRow]:
    """Return the rows of a sheet by its name in the interchange file. Raises NotFound."""
    try:
        return SHEETS[sheet]
    except KeyError:
        raise NotFound(f"There is no sheet {sheet}.") from None


@action
def save_fact(
    *,
    revision_id: UUID,
    sheet: str,
    ref: str | None,
    record: Any,
    version: int | None = None,
    by: User,
    at: datetime,
    is_drawn: bool = True,
) -> Saved:
    """Create or change one fact. `ref` None gives it the next free id ("s1"); its record's own id does not matter.

    With `is_drawn` False it is kept and logged at once, and what follows from it is derived by whoever locks or opens
    the revision next. Raises NotAllowed, Invalid, NotFound, and Conflict where it isn't at `version` any more.
    """
    revision = lock(revision_id, by=by, is_drawn=False)
    policies.check_can_edit(revision, by)
    model = sheet_model(sheet)
    if not isinstance(record, model.record):
        raise Invalid({"": [f"This is no entry of the sheet {sheet}."]})
    if isinstance(record, sheets.DataRequest):
        record = replace(record, presumption_approved_by=())  # approvals are people's own acts
    known = records.known(revision) or (None if is_drawn else stored_record(revision))
    written = write_row(
        revision, model, ref=ref, record=record, version=version, by=by, at=at, action="save_fact", known=known
    )
    after = None if known is None else _with_fact(known, sheet, written)
    if is_drawn or after is None:
        changed = rederive(revision, at=at, changed={sheet}, record=after)
        return replace(written.saved, changed=changed, revision=revision)
    if not written.is_unchanged:
        problems = check_entry(after, sheet, written.saved.ref)
        if problems:  # nothing could be derived from such a record
            raise refused(problems)
        leave_undrawn(revision, sheet, after, at=at)
    return written.saved


def _with_fact(record: AssessmentRecord, sheet: str, written: WrittenRow) -> AssessmentRecord:
    """Return the record with this entry, as reading all rows anew would give it; without one that is held back."""
    if written.row.held:
        return record
    new, entries = written.record, getattr(record, sheet)
    if isinstance(new, sheets.DataRequest):  # who approved a presumption stands in rows of its own
        old = next((item for item in entries if item.id == new.id), None)
        new = replace(new, presumption_approved_by=old.presumption_approved_by if old else ())
    if any(item.id == new.id for item in entries):
        kept = tuple(new if item.id == new.id else item for item in entries)
    else:
        kept = (*entries, new)
    changed: dict[str, Any] = {sheet: kept}
    return replace(record, **changed)


@action
def move_fact(*, revision_id: UUID, sheet: str, ref: str, places: int, by: User, at: datetime) -> None:
    """Put an entry so many places down its sheet, up where negative, and log it; no further than the end.

    The order is for who reads the sheet and for files; the rules have one of their own, so that no sentence changes.
    Raises NotFound.
    """
    revision = lock(revision_id, by=by, is_drawn=False)
    policies.check_can_edit(revision, by)
    model: Any = sheet_model(sheet)
    rows = list(model.objects.current().filter(revision=revision).in_order())
    old = next((place for place, row in enumerate(rows) if row.ref == ref), None)
    if old is None:
        raise NotFound(f"There is no entry {ref} on this sheet.")
    new = min(max(old + places, 0), len(rows) - 1)
    if new == old:
        return
    rows.insert(new, rows.pop(old))
    moved = [row for place, row in enumerate(rows) if row.position != place]
    for place, row in enumerate(rows):
        row.position = place
    model.objects.bulk_update(moved, ["position"])
    changes = {f"{sheet}.place": events.Change(old + 1, new + 1)}
    log(revision, "move_fact", by=by, at=at, target=f"{sheet}/{ref}", changes=changes)


@action
def withdraw_fact(*, revision_id: UUID, sheet: str, ref: str, reason: str, by: User, at: datetime) -> Saved:
    """Take a fact out with a reason. Raises Invalid where another entry refers to it still."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    withdraw_row(revision, sheet_model(sheet), ref=ref, reason=reason, by=by, at=at, action="withdraw_fact")
    return Saved(ref, 0, rederive(revision, at=at, changed={sheet}))


@action
def let_in(*, revision_id: UUID, sheet: str, ref: str, by: User, at: datetime) -> Saved:
    """Let a fact that came after the cut-off into the text, in a named person's name. Raises NotAllowed, NotFound."""
    revision = lock(revision_id)
    rows: Any = sheet_model(sheet).objects
    row = rows.current().filter(revision=revision, ref=ref).first()
    if row is None:
        raise NotFound(f"There is no entry {ref} on this sheet.")
    policies.check_can_let_in(row, revision, by)
    row.held, row.let_in_by, row.let_in_at = False, by, at
    row.save(update_fields=["held", "let_in_by", "let_in_at"])
    log(revision, "let_in", by=by, at=at, target=f"{sheet}/{ref}")
    return Saved(ref, row.version, rederive(revision, at=at, changed={sheet}))


def held_facts(revision: Revision) -> list[FactRow]:
    """Return the facts that wait to be let into the text, oldest first; one query a sheet that can hold any."""
    found: list[FactRow] = []
    for name in sorted(HOLDABLE):
        rows: Any = SHEETS[name].objects
        found += rows.current().filter(revision=revision, held=True).select_related("entered_by")
    return sorted(found, key=lambda row: (row.entered_at, row.ref))


@action
def save_evidence(
    *, revision_id: UUID, ref: str | None, record: sheets.Evidence, version: int | None = None, by: User, at: datetime
) -> Saved:
    """Create or change one item of evidence; its `source` is the id the source has in this revision."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    saved = write_evidence(revision, ref, record, version, by, at)
    return replace(saved, changed=rederive(revision, at=at, changed={"evidence"}))


def write_evidence(
    revision: Revision, ref: str | None, record: sheets.Evidence, version: int | None, by: User, at: datetime
) -> Saved:
    """Create or change an item without redrawing the sentences; needs the revision's lock."""
    use = SourceUse.objects.select_related("source").filter(revision=revision, ref=record.source).first()
    if use is None:
        raise Invalid({"source": [f"There is no source {record.source} in this assessment."]})
    guard = Protection(use.source.protection)
    return save_row(
        revision,
        Evidence,
        ref=ref,
        record=record,
        version=version,
        by=by,
        at=at,
        action="save_evidence",
        extra={"use": use},
        protection=Protection.RESTRICTED if guard is Protection.OPEN else guard,
    )


@action
def withdraw_evidence(*, revision_id: UUID, ref: str, reason: str, by: User, at: datetime) -> Saved:
    """Take an item of evidence out with a reason; what rested on it no longer names it."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    withdraw_row(revision, Evidence, ref=ref, reason=reason, by=by, at=at, action="withdraw_evidence")
    Placement.objects.filter(assessment=revision.assessment, evidence_ref=ref, ended_at__isnull=True).update(
        ended_at=at
    )
    return Saved(ref, 0, rederive(revision, at=at))


@action
def save_decision(
    *, revision_id: UUID, decision: Decision, version: int | None = None, by: User, at: datetime
) -> Saved:
    """Record what was decided about the country. `version` None is right where nothing is recorded yet."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    record = validated(revision, "decision", decision)
    row = DecisionRecord.objects.filter(revision=revision).first()
    old = None if row is None else decision_of(row)
    if row is not None and row.version != version:
        raise refuse(
            revision,
            target="decision",
            name="decision",
            theirs=old,
            mine=record,
            version=row.version,
            by=by,
            at=at,
            protected=_tier_guards(old, record),
        )
    changes = events.changes_between(
        {} if old is None else named(plain(old), "decision"),
        named(plain(record), "decision"),
        _tier_guards(old, record),
    )
    if row is not None and not changes:
        return Saved("decision", row.version)
    columns = to_columns(record)
    if row is None:
        row = DecisionRecord.objects.create(revision=revision, entered_by=by, entered_at=at, **columns)
    else:
        DecisionRecord.objects.filter(pk=row.pk).update(
            **columns, version=F("version") + 1, changed_by=by, changed_at=at
        )
        row.version += 1
    log(revision, "save_decision", by=by, at=at, target="decision", changes=changes)
    return Saved("decision", row.version, rederive(revision, at=at, changed={"decision"}))


def decision_of(row: DecisionRecord) -> Decision:
    """Return the decision a row holds."""
    return from_columns(Decision, {name: getattr(row, name) for name in column_names(Decision)})


TIER_FIELDS = ("tier", "tier_reason", "tier_decided_by", "tier_decided_on", "tier_source", "tier_mark")


def _tier_guards(old: Decision | None, new: Decision) -> dict[str, Protection]:
    """An unreleased tier is kept in the log like a protected field."""
    if new.tier_released and (old is None or old.tier_released):
        return {}
    return {f"decision.{name}": Protection.RESTRICTED for name in TIER_FIELDS} | guards(new, "decision")
