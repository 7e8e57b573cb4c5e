"""Comments, and the way of a revision to the public: submit, ask for changes, approve, release, correct."""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import events, policies, snapshots
from assessments.actions.copying import copy_content
from assessments.actions.derive import rederive
from assessments.actions.door import Invalid, NotFound, action, lock
from assessments.actions.rows import log
from assessments.actions.setting import make_steps
from assessments.core.values import RatingState
from assessments.enums import RevisionState, SnapshotKind
from assessments.models import (
    Approval,
    Comment,
    DraftSentence,
    EvidenceLink,
    RatingRecord,
    Result,
    ReviewStep,
    Revision,
    Snapshot,
    Transition,
)

MAX_WORDS = 4000


# --- Comments ----------------------------------------------------------------------------------------------------


@action
def comment(
    *,
    revision_id: UUID,
    text: str,
    sentence_id: UUID | None = None,
    quote: str = "",
    parent_id: UUID | None = None,
    by: User,
    at: datetime,
) -> Comment:
    """Remark on a sentence, on words of it, or on the whole text. The quote stays when the sentence changes."""
    revision = lock(revision_id)
    policies.check_can_comment(revision, by)
    words = text.strip()
    if not words:
        raise Invalid({"text": ["Write something."]})
    if len(words) > MAX_WORDS or len(quote) > MAX_WORDS:
        raise Invalid({"text": [f"A comment has at most {MAX_WORDS:,} characters."]})
    if sentence_id is not None:
        sentence = DraftSentence.objects.filter(revision=revision, public_id=sentence_id).first()
        if sentence is None:
            raise NotFound("There is no such sentence any more.")
        quote = quote or sentence.shown
    parent = None
    if parent_id is not None:
        parent = Comment.objects.filter(revision=revision, public_id=parent_id).first()
        if parent is None:
            raise NotFound("There is no such comment.")
    row = Comment.objects.create(
        revision=revision, sentence=sentence_id, quote=quote, text=words, by=by, at=at, parent=parent
    )
    changes = events.changes_between({}, {"comment.text": words, "comment.quote": quote or None})
    log(revision, "comment", by=by, at=at, target=str(row.public_id), changes=changes)
    return row


@action
def resolve_comment(*, comment_id: UUID, by: User, at: datetime) -> Comment:
    """Mark a comment as settled; it stays on record."""
    found = Comment.objects.filter(public_id=comment_id).values_list("revision__public_id", flat=True).first()
    if found is None:
        raise NotFound("There is no such comment.")
    revision = lock(found)
    policies.check_can_comment(revision, by)
    row = Comment.objects.get(public_id=comment_id)
    if row.resolved_at is None:
        row.resolved_at, row.resolved_by = at, by
        row.save(update_fields=["resolved_at", "resolved_by"])
        log(revision, "resolve_comment", by=by, at=at, target=str(row.public_id))
    return row


# --- The way to the public ---------------------------------------------------------------------------------------


def _move(revision: Revision, to_state: RevisionState, action_name: str, reason: str, by: User, at: datetime) -> None:
    """Change the state, on record."""
    if len(reason) > 2000:
        raise Invalid({"reason": ["A reason has at most 2,000 characters."]})
    before = revision.state
    Transition.objects.create(
        revision=revision, from_state=before, to_state=to_state.value, by=by, at=at, reason=reason.strip()
    )
    revision.state = to_state.value
    revision.save(update_fields=["state"])
    changes = events.changes_between({"state": before}, {"state": to_state.value})
    target = f"revision/{revision.number}"
    log(revision, action_name, by=by, at=at, target=target, reason=reason.strip(), changes=changes)


def blocking(revision: Revision) -> list[str]:
    """Return all that must be settled before submission, as sentences."""
    result = Result.objects.filter(revision=revision).first()
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
    move = policies.check_move("submit", revision, by, reason=reason)
    problems = blocking(revision)
    if problems:
        raise Invalid({"": problems})
    _move(revision, move.to_state, "submit", reason, by, at)
    steps = list(revision.steps.order_by("position"))
    if steps and all(_standing(step, revision) for step in steps):
        _move(revision, RevisionState.APPROVED, "keep_approval", "Equal content keeps its approvals.", by, at)
        snapshots.freeze(revision, kind=SnapshotKind.APPROVED, by=by, at=at)
    return revision


@action
def request_changes(*, revision_id: UUID, reason: str, by: User, at: datetime) -> Revision:
    """Send the text back to its analysts with what is asked for."""
    revision = lock(revision_id)
    move = policies.check_move("request_changes", revision, by, reason=reason)
    _move(revision, move.to_state, "request_changes", reason, by, at)
    return revision


@action
def reopen(*, revision_id: UUID, reason: str, by: User, at: datetime) -> Revision:
    """Take the last change of state back, with a reason. Approvals stand as long as their content does."""
    revision = lock(revision_id)
    move = policies.check_move("reopen", revision, by, reason=reason)
    _move(revision, move.to_state, "reopen", reason, by, at)
    return revision


def _standing(step: ReviewStep, revision: Revision) -> Approval | None:
    return step.approvals.filter(withdrawn_at__isnull=True, content_hash=revision.content_hash).first()


@action
def approve(*, step_id: UUID, by: User, at: datetime, content_hash: str | None = None) -> Approval:
    """Approve one step's content by its hash; the last step freezes the snapshot.

    `content_hash` is that of the text the person read; where the text changed since, Invalid says so.
    """
    found = ReviewStep.objects.filter(public_id=step_id).values_list("revision__public_id", flat=True).first()
    if found is None:
        raise NotFound("There is no such step.")
    revision = lock(found)
    step = ReviewStep.objects.get(public_id=step_id)
    step.revision = revision
    policies.check_can_approve(step, by)
    if content_hash is not None and content_hash != revision.content_hash:
        raise Invalid({"": ["The text changed since you opened it; read it again before you approve."]})
    if _standing(step, revision) is not None:
        raise Invalid({"": [f"“{step.title}” is approved already."]})
    step.approvals.filter(withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_reason="The content changed since."
    )
    approval = Approval.objects.create(step=step, by=by, at=at, content_hash=revision.content_hash)
    if step.is_last:
        _move(revision, RevisionState.APPROVED, "approve", "", by, at)
        snapshots.freeze(revision, kind=SnapshotKind.APPROVED, by=by, at=at)
    else:
        changes = {"approved_content": events.Change(None, revision.content_hash)}
        log(revision, "approve", by=by, at=at, target=f"step/{step.position}", changes=changes)
    return approval


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
    _move(revision, RevisionState.RELEASED, "release", "", by, at)
    if revision.came_from is not None:
        _supersede(revision.came_from, snapshot, by, at)
    return snapshot


def _supersede(earlier: Revision, snapshot: Snapshot, by: User, at: datetime) -> None:
    released = earlier.snapshots.filter(released_at__isnull=False, superseded_by__isnull=True)
    released.update(superseded_by=snapshot)
    if earlier.state == RevisionState.RELEASED:
        reason = f"Corrected by revision {snapshot.revision.number}."
        _move(earlier, RevisionState.SUPERSEDED, "supersede", reason, by, at)


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
        number=revision.number + 1,
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
