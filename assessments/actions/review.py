"""The way of a revision to the public: submit, ask for changes, release, correct. Approval stands in approval.py."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from assessments import figures, policies, snapshots, stored_draft
from assessments.actions.approval import all_stand, move
from assessments.actions.copying import copy_content
from assessments.actions.derive import rederive
from assessments.actions.door import Invalid, NotFound, action, lock
from assessments.actions.rows import log
from assessments.actions.setting import make_steps, refresh_steps
from assessments.actions.telling import tell
from assessments.core.values import RatingState
from assessments.enums import Circle, NoticeKind, RevisionState, SnapshotKind
from assessments.models import EvidenceLink, RatingRecord, Revision, Snapshot
from assessments.policies import CIRCLES

EVERYBODY = CIRCLES[Circle.PEOPLE]


def blocking(revision: Revision) -> list[str]:
    """Return all that must be settled before submission, as sentences."""
    result = stored_draft.result(revision)
    checks = [] if result is None else result.checks
    found = [check["text"] for check in checks if check["severity"] == "block"]
    linked = set(EvidenceLink.objects.of(revision).filter(sheet="ratings").values_list("ref", flat=True))
    rated = RatingRecord.objects.effective().filter(revision=revision, state=RatingState.RATED.value)
    for row in rated.select_related("indicator").order_by("indicator__position", "part"):
        if row.link_ref not in linked and not any(row.key in check["subjects"] for check in checks):
            part = f" ({row.part})" if row.part else ""
            found.append(f"{row.indicator.code}{part} has level {row.level} and names no evidence.")
    return found


@action
def submit(*, revision_id: UUID, reason: str = "", by: User, at: datetime) -> Revision:
    """Hand the text to its reviewers. Raises Invalid with every check that must be settled first.

    Where all steps hold an approval of exactly this content, it is approved again at once: equal content keeps it.
    """
    revision = lock(revision_id)
    step = policies.check_move("submit", revision, by, reason=reason)
    problems = blocking(revision)
    if problems:
        raise Invalid({"": problems})
    refresh_steps(revision)
    move(revision, step.to_state, "submit", reason, by, at)
    if all_stand(revision):
        move(revision, RevisionState.APPROVED, "keep_approval", "Equal content keeps its approvals.", by, at)
        snapshots.freeze(revision, kind=SnapshotKind.APPROVED, by=by, at=at)
        tell(revision, NoticeKind.APPROVED, "approved again, with the content it had.", by=by, at=at)
    else:
        tell(revision, NoticeKind.SUBMITTED, f"submitted for review by {by.name}.", by=by, at=at)
    return revision


@action
def request_changes(*, revision_id: UUID, reason: str, by: User, at: datetime) -> Revision:
    """Send the text back to its analysts with what is asked for."""
    revision = lock(revision_id)
    policies.check_can_request_changes(revision, by)
    step = policies.check_move("request_changes", revision, by, reason=reason, who=EVERYBODY)
    move(revision, step.to_state, "request_changes", reason, by, at)
    tell(revision, NoticeKind.CHANGES_REQUESTED, f"{by.name} asks for changes.", by=by, at=at, place="#decide")
    return revision


@action
def reopen(*, revision_id: UUID, reason: str, by: User, at: datetime) -> Revision:
    """Take the last change of state back, with a reason. Approvals stand as long as their content does."""
    revision = lock(revision_id)
    step = policies.check_move("reopen", revision, by, reason=reason)
    move(revision, step.to_state, "reopen", reason, by, at)
    tell(revision, NoticeKind.TAKEN_BACK, f"{by.name} took the last step back.", by=by, at=at, place="#decide")
    return revision


@action
def make_working_snapshot(*, revision_id: UUID, by: User, at: datetime) -> Snapshot:
    """Freeze the text as it stands, to be given out marked as a draft."""
    revision = lock(revision_id)
    policies.check_can_make_working_snapshot(revision, by)
    snapshot = snapshots.freeze(revision, kind=SnapshotKind.WORKING, by=by, at=at)
    log(revision, "make_working_snapshot", by=by, at=at, target=str(snapshot.public_id))
    return snapshot


@action
def release(*, snapshot_id: UUID, by: User, at: datetime) -> Snapshot:
    """Open an approved snapshot to readers; a correction's release supersedes what was released before."""
    snapshot = Snapshot.objects.filter(public_id=snapshot_id).select_related("revision").first()
    if snapshot is None:
        raise NotFound("There is no such snapshot.")
    revision = lock(snapshot.revision.public_id)
    snapshot.revision = revision
    policies.check_can_release(snapshot, by)
    snapshot.released_at, snapshot.released_by = at, by
    snapshot.save(update_fields=["released_at", "released_by"])
    move(revision, RevisionState.RELEASED, "release", "", by, at)
    if revision.came_from is not None:
        _supersede(revision.came_from, snapshot, by, at)
    figures.open_to_readers(snapshot)
    tell(revision, NoticeKind.RELEASED, f"released by {by.name}.", by=by, at=at)
    return snapshot


def _supersede(earlier: Revision, snapshot: Snapshot, by: User, at: datetime) -> None:
    released = earlier.snapshots.filter(released_at__isnull=False, superseded_by__isnull=True)
    released.update(superseded_by=snapshot)
    if earlier.state == RevisionState.RELEASED:
        reason = f"Corrected by revision {snapshot.revision.number}."
        move(earlier, RevisionState.SUPERSEDED, "supersede", reason, by, at)


@action
def correct(*, revision_id: UUID, reason: str, by: User, at: datetime) -> Revision:
    """Open a new revision of what was released, with all its rows under their ids; the old one stays untouched."""
    revision = lock(revision_id)
    policies.check_can_correct(revision, by)
    if not reason.strip():
        raise Invalid({"reason": ["Say what is to be corrected."]})
    if len(reason) > 2000:
        raise Invalid({"reason": ["A reason has at most 2,000 characters."]})
    revision.is_open = False
    revision.save(update_fields=["is_open"])
    new = Revision.objects.create(
        assessment=revision.assessment,
        number=1 + (revision.assessment.revisions.aggregate(last=Max("number"))["last"] or 0),
        framework=revision.framework,
        wording=revision.wording,
        wording_named=revision.wording_named,
        came_from=revision,
        reason=reason.strip(),
        note=revision.note,
        opened_at=at,
        opened_by=by,
    )
    make_steps(new)
    copy_content(revision, new)
    log(new, "correct", by=by, at=at, target=f"revision/{new.number}", reason=reason.strip())
    rederive(new, at=at)
    return new


@action
def withdraw_correction(*, revision_id: UUID, reason: str, by: User, at: datetime) -> Revision:
    """Take an opened correction back with a reason: it stays on record, closed, and the release is as if untouched.

    Returns the released revision, which is open again.
    """
    revision = lock(revision_id)
    policies.check_can_withdraw_correction(revision, by)
    if not reason.strip():
        raise Invalid({"reason": ["Say why the correction is taken back."]})
    if len(reason) > 2000:
        raise Invalid({"reason": ["A reason has at most 2,000 characters."]})
    released = revision.came_from
    assert released is not None  # noqa: S101  the policy asked
    revision.is_open = False
    revision.save(update_fields=["is_open"])
    released.is_open = True
    released.save(update_fields=["is_open"])
    target = f"revision/{revision.number}"
    log(revision, "withdraw_correction", by=by, at=at, target=target, reason=reason.strip())
    tell(revision, NoticeKind.TAKEN_BACK, f"{by.name} took the correction back.", by=by, at=at, place="#decide")
    return released
