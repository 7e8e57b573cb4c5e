"""Taking a workbook back: the rows that nobody else changed, all of them or none, each with its event."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import policies
from assessments.actions.derive import rederive
from assessments.actions.door import Invalid, action, lock
from assessments.actions.facts import sheet_model, write_evidence
from assessments.actions.ratings import save_ratings
from assessments.actions.rows import log, save_row
from assessments.actions.sources import save_source
from assessments.core.types import SentenceKey
from assessments.workbook.comparing import RowChange, with_refs

ORDER = ("sources", "evidence")
"""What other rows name comes first."""


@action
def take_back(*, revision_id: UUID, changes: Sequence[RowChange], by: User, at: datetime) -> tuple[SentenceKey, ...]:
    """Write what a workbook changes, and return the sentences that read otherwise. Conflicts are not among `changes`.

    Each row is compared with the version it was taken away at once more. Raises Conflict, Invalid, NotAllowed; then
    nothing is written.
    """
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    refs: dict[tuple[str, str], str] = {}
    places = {name: place for place, name in enumerate(ORDER)}
    facts = [change for change in changes if change.name != "ratings"]
    for change in sorted(facts, key=lambda change: places.get(change.name, len(ORDER))):
        refs[change.name, change.ref] = _write(revision_id, change, refs, by, at)
    changed = rederive(revision, at=at)
    answers = [(with_refs(change.record, refs), change.version) for change in changes if change.name == "ratings"]
    if answers:
        saved = save_ratings.inner(revision_id=revision_id, ratings=answers, by=by, at=at)
        changed = (*changed, *saved[-1].changed)
    return tuple(dict.fromkeys(changed))


def _write(revision_id: UUID, change: RowChange, refs: dict[tuple[str, str], str], by: User, at: datetime) -> str:
    """Write one row without deriving, and return the number it has now."""
    record = with_refs(change.record, refs)
    ref = None if change.is_new else change.ref
    try:
        if change.name == "sources":
            return save_source.inner(
                revision_id=revision_id, ref=ref, record=record, version=change.version, by=by, at=at
            ).ref
        if change.name == "evidence":
            return write_evidence(lock(revision_id), ref, record, change.version, by, at).ref
        return save_row(
            lock(revision_id),
            sheet_model(change.name),
            ref=ref,
            record=record,
            version=change.version,
            by=by,
            at=at,
            action="save_fact",
        ).ref
    except Invalid as exc:
        raise Invalid({"": [f"{change.sheet}, {change.ref}: {exc}"]}) from exc


@action
def note_taken_away(*, revision_id: UUID, by: User, at: datetime) -> None:
    """Put on record that a person took the record away as a workbook."""
    revision = lock(revision_id)
    policies.check_can_see(revision, by)
    log(revision, "take_workbook", by=by, at=at, target=f"revision {revision.number}")
