"""Approvals, each of exactly the content that was read: the whole text, some sentences of it, or what is mechanical."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import content, covering, events, facts, policies, snapshots
from assessments.actions.door import Invalid, NotFound, action, lock
from assessments.actions.rows import log
from assessments.actions.telling import tell
from assessments.enums import ApprovalWay, NoticeKind, RevisionState, SnapshotKind
from assessments.models import Approval, ApprovedItem, ReviewStep, Revision, Transition

MAX_REASON = 2000
CHANGED = "The text changed since you opened it; read it again before you approve."


def move(revision: Revision, to_state: RevisionState, action_name: str, reason: str, by: User, at: datetime) -> None:
    """Change the state, on record, and with it who may see the text."""
    if len(reason) > MAX_REASON:
        raise Invalid({"reason": ["A reason has at most 2,000 characters."]})
    before = revision.state
    Transition.objects.create(
        revision=revision, from_state=before, to_state=to_state.value, by=by, at=at, reason=reason.strip()
    )
    revision.state = to_state.value
    revision.seen_by = policies.seen_by(revision).value
    revision.save(update_fields=["state", "seen_by"])
    changes = events.changes_between({"state": before}, {"state": to_state.value})
    target = f"revision/{revision.number}"
    log(revision, action_name, by=by, at=at, target=target, reason=reason.strip(), changes=changes)


def standing(step: ReviewStep, revision: Revision) -> Approval | None:
    """Return the approval of a step that covers the content as it is now."""
    return step.approvals.filter(withdrawn_at__isnull=True, content_hash=revision.content_hash).first()


def all_stand(revision: Revision) -> bool:
    """Say whether every step holds an approval of exactly this content."""
    steps = list(revision.steps.all())
    return bool(steps) and all(standing(step, revision) for step in steps)


def items_now(revision: Revision) -> list[content.Item]:
    """Return the text as it is approved, read anew."""
    case = facts.collect(revision, framework=content.framework_of(revision), wording=content.wording_of(revision))
    return covering.items_of(revision, case.record)


def _step(step_id: UUID) -> tuple[Revision, ReviewStep]:
    found = ReviewStep.objects.filter(public_id=step_id).values_list("revision__public_id", flat=True).first()
    if found is None:
        raise NotFound("There is no such step.")
    revision = lock(found)
    step = ReviewStep.objects.get(public_id=step_id)
    step.revision = revision
    return revision, step


def _check_read(revision: Revision, step: ReviewStep, content_hash: str | None) -> None:
    if content_hash is not None and content_hash != revision.content_hash:
        raise Invalid({"": [CHANGED]})
    if standing(step, revision) is not None:
        raise Invalid({"": [f"“{step.title}” is approved already."]})


@action
def approve(*, step_id: UUID, by: User, at: datetime, content_hash: str | None = None) -> Approval:
    """Approve one step's content by its hash; the last step freezes the snapshot.

    `content_hash` is that of the text the person read; where the text changed since, Invalid says so.
    """
    revision, step = _step(step_id)
    policies.check_can_approve(step, by)
    _check_read(revision, step, content_hash)
    items = items_now(revision)
    covering.read_whole(step, items, at=at)
    waiting = covering.pending(step, items, revision.content_hash)
    covering.approve_items(step, [*waiting.to_read, *waiting.mechanical], way=ApprovalWay.READ, by=by, at=at)
    return _complete(revision, step, "approve", by, at)


@action
def approve_items(*, step_id: UUID, read: Mapping[str, str], by: User, at: datetime) -> Approval | None:
    """Approve sentences and recommendations at a step, each by the digest that was read ("" where it is gone).

    Returns the approval of the step where nothing waits any more, else None. Raises NotAllowed for what the person
    wrote, and Invalid where something changed since it was read.
    """
    revision, step = _step(step_id)
    policies.check_can_take_step(step, by)
    items = items_now(revision)
    waiting = covering.pending(step, items, revision.content_hash)
    found = [item for item in (*waiting.to_read, *waiting.mechanical) if item.ref in read]
    if not found or len(found) != len(read) or any(read[item.ref] != item.digest for item in found):
        raise Invalid({"": [CHANGED]})
    policies.check_can_approve_items(step, by, [(item.ref, item.basis) for item in found])
    covering.approve_items(step, found, way=ApprovalWay.READ, by=by, at=at)
    return _go_on(revision, step, items, "approve_items", [item.ref for item in found], by, at)


@action
def reconfirm(*, step_id: UUID, content_hash: str, by: User, at: datetime) -> Approval | None:
    """Reconfirm all mechanical changes of a country at once: spelling, style, and what a neighbor or order caused.

    Returns the approval of the step where nothing waits any more, else None.
    """
    revision, step = _step(step_id)
    policies.check_can_take_step(step, by)
    _check_read(revision, step, content_hash)
    items = items_now(revision)
    waiting = covering.pending(step, items, revision.content_hash)
    if not waiting.mechanical and not waiting.is_order_only:
        raise Invalid({"": ["No mechanical change waits here."]})
    policies.check_can_approve_items(step, by, [(item.ref, item.basis) for item in waiting.mechanical])
    covering.approve_items(step, waiting.mechanical, way=ApprovalWay.MECHANICAL, by=by, at=at)
    return _go_on(revision, step, items, "reconfirm", [item.ref for item in waiting.mechanical], by, at)


@action
def override_approval(*, step_id: UUID, reason: str, content_hash: str, by: User, at: datetime) -> Approval:
    """Approve a step as coordinator where nobody else can; the reason stands in the snapshot and in every export."""
    revision, step = _step(step_id)
    policies.check_can_override(step, by)
    words = reason.strip()
    if not words:
        raise Invalid({"reason": ["Say why; the reason stands in every export."]})
    if len(words) > MAX_REASON:
        raise Invalid({"reason": ["A reason has at most 2,000 characters."]})
    _check_read(revision, step, content_hash)
    waiting = covering.pending(step, items_now(revision), revision.content_hash)
    covering.approve_items(step, [*waiting.to_read, *waiting.mechanical], way=ApprovalWay.OVERRIDE, by=by, at=at)
    return _complete(revision, step, "override_approval", by, at, reason=words)


@action
def take_back_approval(*, step_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Withdraw the approval of a step while the text is under review, with a reason; what was approved asks again."""
    revision, step = _step(step_id)
    policies.check_can_take_back_approval(step, by)
    words = reason.strip()
    if not words:
        raise Invalid({"reason": ["Give a reason; it stays on record."]})
    if len(words) > MAX_REASON:
        raise Invalid({"reason": ["A reason has at most 2,000 characters."]})
    step.approvals.filter(withdrawn_at__isnull=True).update(withdrawn_at=at, withdrawn_reason=words)
    ApprovedItem.objects.filter(step=step, withdrawn_at__isnull=True).update(withdrawn_at=at)
    _keep_seen_by(revision)
    log(revision, "take_back_approval", by=by, at=at, target=f"step/{step.position}", reason=words)
    said = f"{by.name} took back the approval of “{step.title}”."
    tell(revision, NoticeKind.TAKEN_BACK, said, by=by, at=at, place="#decide")


def _go_on(
    revision: Revision,
    step: ReviewStep,
    items: Sequence[content.Item],
    action_name: str,
    refs: Sequence[str],
    by: User,
    at: datetime,
) -> Approval | None:
    """Complete the step where nothing but order waits any more; else put on record what was approved."""
    left = covering.pending(step, items, revision.content_hash)
    changes = {"approved_items": events.Change(None, sorted(refs))}
    if left.to_read or left.mechanical:
        log(revision, action_name, by=by, at=at, target=f"step/{step.position}", changes=changes)
        return None
    return _complete(revision, step, action_name, by, at, changes=changes)


def _complete(
    revision: Revision,
    step: ReviewStep,
    action_name: str,
    by: User,
    at: datetime,
    *,
    reason: str = "",
    changes: Mapping[str, events.Change] | None = None,
) -> Approval:
    """Approve the step as a whole: the next is reached, or the text frozen."""
    step.approvals.filter(withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_reason="The content changed since."
    )
    approval = Approval.objects.create(
        step=step, by=by, at=at, content_hash=revision.content_hash, override_reason=reason
    )
    said = f"“{step.title}” approved by {by.name}."
    if all_stand(revision):
        if changes or reason:
            kept = {"approved_content": events.Change(None, revision.content_hash), **(changes or {})}
            log(revision, action_name, by=by, at=at, target=f"step/{step.position}", reason=reason, changes=kept)
        move(revision, RevisionState.APPROVED, "approve", reason, by, at)
        snapshots.freeze(revision, kind=SnapshotKind.APPROVED, by=by, at=at)
        tell(revision, NoticeKind.APPROVED, said, by=by, at=at)
        return approval
    kept = {"approved_content": events.Change(None, revision.content_hash), **(changes or {})}
    log(revision, action_name, by=by, at=at, target=f"step/{step.position}", reason=reason, changes=kept)
    _keep_seen_by(revision)
    tell(revision, NoticeKind.SUBMITTED, f"{said} The next step is yours.", by=by, at=at, place="#decide")
    return approval


def _keep_seen_by(revision: Revision) -> None:
    revision.seen_by = policies.seen_by(revision).value
    revision.save(update_fields=["seen_by"])
