"""Who may submit, approve, release and correct, take a snapshot away, and coordinate."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Role, User
from assessments.core.grammar.lists import join
from assessments.enums import Part, RevisionState, SnapshotKind, Subject
from assessments.models import Approval, Assessment, Assignment, Event, ReviewStep, Revision, Snapshot
from assessments.policies.content import check_can_see
from assessments.policies.moves import EDITABLE, check_move
from assessments.policies.people import NEEDED_ROLE, NotAllowed, name_of, relation, require
from assessments.policies.steps import approvers, check_is_approver, reached_step
from assessments.policies.visible import visible_snapshots

S = RevisionState

AUTHORING = frozenset(
    {
        "import_assessment",
        "save_source",
        "save_evidence",
        "withdraw_evidence",
        "save_fact",
        "withdraw_fact",
        "save_rating",
        "save_reconciled_rating",
        "save_decision",
        "propose_determination",
        "withdraw_determination",
        "edit_sentence",
        "revert_sentence",
        "remove_sentence",
        "restore_sentence",
        "add_sentence",
        "accept_suggestion",
        "accept_wording",
        "edit_recommendation",
        "reorder_recommendation",
    }
)
"""Events that make somebody an author: what they entered, rated or wrote is not theirs to approve."""


def _authored(revision: Revision) -> QuerySet[Event]:
    """Return what people entered, rated or wrote since the assessment was last fully approved."""
    mine = Event.objects.about(Subject.ASSESSMENT, revision.assessment.public_id)
    # The event of an approval that ends the review names the state among its fields.
    ends = [
        number
        for number, fields in mine.filter(action__in=APPROVING).values_list("sequence", "fields")
        if "state" in fields
    ]
    written: QuerySet[Event] = mine.filter(
        action__in=AUTHORING, sequence__gt=max(ends, default=0), by__isnull=False
    ).order_by()
    return written


APPROVING = ("approve", "approve_items", "reconfirm", "override_approval")
"""Events of approvals: the one that ends the review is where authorship ends."""


def authors(revision: Revision) -> frozenset[int]:
    """Return the ids of everyone who entered, rated or wrote anything since the assessment was last fully approved."""
    return frozenset(_authored(revision).values_list("by_id", flat=True).distinct())


class ItemAuthors:
    """Who wrote a sentence or entered, rated or decided what it rests on, since the last full approval; two queries."""

    def __init__(self, revision: Revision) -> None:
        """Read what was done, by what it was done to."""
        self._by_target: defaultdict[str, set[int]] = defaultdict(set)
        for target, by in _authored(revision).values_list("target", "by_id"):
            self._by_target[target.partition(" (")[0]].add(int(by or 0))
            if "/" in target and not target.startswith("ratings/"):
                self._by_target[target.rpartition("/")[2]].add(int(by or 0))

    def of(self, ref: str, basis: Mapping[str, Any]) -> frozenset[int]:
        """Return the ids of the authors of one item; whoever imported the record is one of everything."""
        names = [ref, "", *basis.get("facts", ()), *basis.get("evidence", ()), *basis.get("decisions", ())]
        names += [f"ratings/{key}" for key in basis.get("ratings", ())]
        if any(name in ("tier", "waiver") or name.startswith("trend") for name in basis.get("decisions", ())):
            names.append("decision")
        return frozenset(person for name in names for person in self._by_target.get(name, ()))


def check_can_take_step(step: ReviewStep, user: User) -> None:
    """Let the people of a step approve there, once the steps before it stand approved."""
    revision = step.revision
    check_move("approve", revision, user, who=approvers(step))
    check_is_approver(step, user)
    _check_order(step)


def _check_order(step: ReviewStep) -> None:
    revision = step.revision
    standing = Approval.objects.filter(withdrawn_at__isnull=True, content_hash=revision.content_hash)
    earlier = revision.steps.filter(position__lt=step.position).exclude(approvals__in=standing).first()
    require(earlier is None, f"The step “{earlier.title if earlier else ''}” comes first.")


def check_can_approve(step: ReviewStep, user: User) -> None:
    """Let a person of the step who wrote nothing approve the text as a whole (decisions.md 15)."""
    check_can_take_step(step, user)
    wrote = authors(step.revision)
    if user.pk in wrote:
        others = who_could_approve(step.revision, wrote)
        raise NotAllowed(f"{NOBODY_APPROVES} {others}".strip())


NOBODY_APPROVES = "Nobody approves what they wrote, rated or edited since the last approval."


def check_can_approve_items(step: ReviewStep, user: User, items: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Let a person of the step approve sentences that they neither wrote nor gave the ground of."""
    check_can_take_step(step, user)
    wrote = ItemAuthors(step.revision)
    for ref, basis in items:
        require(user.pk not in wrote.of(ref, basis), NOBODY_APPROVES)


def check_can_override(step: ReviewStep, user: User) -> None:
    """Let a coordinator approve a step in place of its people, with a reason that every export shows."""
    check_move("approve", step.revision, user, who=(Role.COORDINATOR,))
    _check_order(step)


def check_can_take_back_approval(step: ReviewStep, user: User) -> None:
    """Let who approved a step, and coordinators, take that back while the text is under review."""
    revision = step.revision
    check_move("approve", revision, user, who=(*approvers(step), Role.COORDINATOR))
    standing = Approval.objects.filter(step=step, withdrawn_at__isnull=True).first()
    require(standing is not None, f"The step “{step.title}” is not approved.")
    mine = standing is not None and standing.by_id == user.pk
    require(
        mine or relation(revision.assessment, user).has(Role.COORDINATOR),
        "Only who approved this step, or a coordinator, may take that back.",
    )


def who_could_approve(revision: Revision, wrote: frozenset[int] | None = None) -> str:
    """Say in a sentence who can approve, or, where nobody assigned can, who could be added."""
    wrote = authors(revision) if wrote is None else wrote
    reviewers = User.objects.filter(is_active=True, role_grants__role=Role.REVIEWER).exclude(pk__in=wrote)
    parts = Assignment.objects.filter(assessment=revision.assessment, ended_at__isnull=True)
    assigned = reviewers.filter(Exists(parts.filter(user=OuterRef("pk"), part=Part.REVIEWER.value)))
    if names := [person.name for person in assigned[:5]]:
        return f"{join(names, 'or')} can."
    free = reviewers.filter(~Exists(parts.filter(user=OuterRef("pk"))))
    if names := [person.name for person in free[:5]]:
        return f"Nobody who is assigned can; a coordinator could add {join(names, 'or')} as reviewer."
    return "Nobody is left who can; a coordinator could add a reviewer who has written nothing here."


def check_can_submit(revision: Revision, user: User) -> None:
    """Let an assigned analyst submit."""
    check_move("submit", revision, user)


def check_can_request_changes(revision: Revision, user: User) -> None:
    """Let an assigned reviewer request changes, and whoever approves the step the text is at."""
    step = reached_step(revision)
    who = (Part.REVIEWER,) if step is None else tuple(dict.fromkeys((Part.REVIEWER, *approvers(step))))
    check_move("request_changes", revision, user, who=who)


def check_can_reopen(revision: Revision, user: User) -> None:
    """Let the last change of state be taken back, until release."""
    check_move("reopen", revision, user)


def check_can_release(snapshot: Snapshot, user: User) -> None:
    """Let a coordinator release what was approved last."""
    revision = snapshot.revision
    check_move("release", revision, user)
    require(snapshot.kind == SnapshotKind.APPROVED, "Only an approved snapshot is released.")
    newest = revision.snapshots.filter(kind=SnapshotKind.APPROVED.value).order_by("-at", "-pk").first()
    require(newest == snapshot, "A newer approval exists; release that one.")


def check_can_correct(revision: Revision, user: User) -> None:
    """Let an assigned analyst or a coordinator open a correction of what was released."""
    require(
        relation(revision.assessment, user).has(Part.ANALYST, Role.COORDINATOR),
        f"Only an analyst assigned to {name_of(revision)} or a coordinator may open a correction.",
    )
    require(revision.is_open, f"A correction of {name_of(revision)} is open already.")
    require(
        revision.state == S.RELEASED,
        f"{name_of(revision)} is {S(revision.state).label}; only what is released is corrected.",
    )


def check_can_withdraw_correction(revision: Revision, user: User) -> None:
    """Let who may open a correction take it back while it is in the analysts' hands and was never approved."""
    require(
        relation(revision.assessment, user).has(Part.ANALYST, Role.COORDINATOR),
        f"Only an analyst assigned to {name_of(revision)} or a coordinator may take back a correction.",
    )
    require(
        revision.is_open and revision.came_from is not None and revision.came_from.state == S.RELEASED,
        f"No correction of {name_of(revision)} is open.",
    )
    require(
        revision.state in EDITABLE,
        f"The correction of {name_of(revision)} is {S(revision.state).label}; take that back first.",
    )
    require(
        not revision.snapshots.filter(kind=SnapshotKind.APPROVED.value).exists(),
        f"The correction of {name_of(revision)} was approved once, and its text may be with others; go on with it.",
    )


# --- The office --------------------------------------------------------------------------------------------------


def check_can_coordinate(user: User) -> None:
    """Let coordinators open periods and assessments and assign people."""
    require(
        user.is_active and user.has_role(Role.COORDINATOR),
        "Only a coordinator opens periods and assessments and assigns people.",
    )


def check_can_be_assigned(assessment: Assessment, user: User, part: Part) -> None:
    """Let a person take a part whose role they hold, and never code blind what they see otherwise."""
    require(user.is_active, f"{user.name}'s account is closed.")
    needed = NEEDED_ROLE[part]
    words = join([role.label.lower() for role in needed], "or")
    require(user.has_role(*needed), f"{user.name} does not hold the role this part needs: {words}.")
    parts = relation(assessment, user).parts
    if part is Part.SECOND_CODER:
        require(
            not parts - {part.value} and not user.has_role(Role.COORDINATOR),
            f"{user.name} sees the first ratings and so cannot code them a second time.",
        )
    else:
        require(
            Part.SECOND_CODER.value not in parts, f"{user.name} codes this assessment blind and can take no other part."
        )


def check_can_be_assigned_with_others(assessment: Assessment, user: User, part: Part) -> None:
    """Hold work on many countries at once to more: nobody becomes the reviewer of what they analyze by a bulk choice.

    One by one a coordinator may still give a person both parts; what they wrote is then not theirs to approve.
    """
    check_can_be_assigned(assessment, user, part)
    other = {Part.ANALYST: Part.REVIEWER, Part.REVIEWER: Part.ANALYST}.get(part)
    require(
        other is None or other.value not in relation(assessment, user).parts,
        f"{user.name} is {other.label if other else ''} of this assessment; its {part.label} is somebody else.",
    )


def check_can_make_working_snapshot(revision: Revision, user: User) -> None:
    """Let those who read the working content take it away, marked as a draft."""
    check_can_see(revision, user)


def check_can_export(snapshot: Snapshot, user: User) -> None:
    """Let people take away a snapshot they may see."""
    require(
        visible_snapshots(user).filter(pk=snapshot.pk).exists(),
        "Released snapshots are open to readers, approved ones to exporters, working ones to the people of the "
        "assessment.",
    )
