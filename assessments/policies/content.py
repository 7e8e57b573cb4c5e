"""Who may read and change the content of an assessment, and stand behind its gravest answers."""

from accounts.models import Role, User
from assessments.enums import Circle, Part, ProposalState, RevisionState, Round
from assessments.models import (
    DataRequestRecord,
    DecisionRecord,
    DeterminationRecord,
    FactRow,
    RatingRecord,
    Revision,
    Source,
    WordingProposal,
)
from assessments.policies.moves import EDITABLE, FROZEN
from assessments.policies.people import NotAllowed, Relation, name_of, relation, require
from assessments.policies.protection import visible_sources
from assessments.policies.steps import CIRCLES, check_comments_at_step, check_edits_at_step

S = RevisionState


# --- Seeing ------------------------------------------------------------------------------------------------------


def sees(revision: Revision, mine: Relation) -> bool:
    """Say whether somebody of this relation may read the working content now: a step can shut the analysts out."""
    return mine.sees_content and mine.has(*CIRCLES[Circle(revision.seen_by)], Role.COORDINATOR)


def check_can_see(revision: Revision, user: User) -> None:
    """Let the assigned analysts and reviewers and the coordinators read the working content."""
    require(
        sees(revision, relation(revision.assessment, user)),
        f"The working content of {name_of(revision)} is open to its analysts and reviewers and to coordinators only.",
    )


def check_can_see_facts(revision: Revision, user: User) -> None:
    """Let those who see the content, and second coders, read sources, evidence and facts."""
    mine = relation(revision.assessment, user)
    require(
        sees(revision, mine) or mine.is_second_coder,
        f"The facts of {name_of(revision)} are open to the people assigned to it and to coordinators only.",
    )


def check_can_see_tier(revision: Revision, user: User, *, decision: DecisionRecord | None = None) -> None:
    """Let a released tier be seen by all, an unreleased one by its analysts, reviewers and coordinators.

    `decision` saves a query where it was read already.
    """
    if decision is not None and decision.tier_released:
        return
    if sees(revision, relation(revision.assessment, user)):
        return
    decision = decision or DecisionRecord.objects.filter(revision=revision).first()
    require(
        decision is not None and decision.tier_released,
        f"The tier of {name_of(revision)} is not released; its analysts, reviewers and coordinators may see it.",
    )


def check_can_see_progress(user: User) -> None:
    """Let coordinators see the progress of all assessments."""
    require(user.is_active and user.has_role(Role.COORDINATOR), "Only a coordinator sees the progress of all.")


# --- Editing -----------------------------------------------------------------------------------------------------


def check_can_edit(revision: Revision, user: User) -> None:
    """Let an assigned analyst change facts, ratings and the draft while they are in the analysts' hands."""
    require(
        relation(revision.assessment, user).has(Part.ANALYST),
        f"Only an analyst assigned to {name_of(revision)} may change it.",
    )
    _check_editable(revision)


def _check_editable(revision: Revision) -> None:
    require(revision.is_open, f"Revision {revision.number} of {name_of(revision)} is closed; another one is open.")
    require(
        revision.state in EDITABLE,
        f"{name_of(revision)} is {S(revision.state).label}; it can be changed while in progress or with changes "
        "requested.",
    )


def check_can_let_in(row: FactRow, revision: Revision, user: User) -> None:
    """Let an assigned reviewer or a coordinator let a fact into the text that came after the cut-off.

    Never who entered or changed it: a late fact is read by two people before it is in the text.
    """
    check_can_see(revision, user)
    require(row.held, f"{row.ref} is in the text already.")
    require(
        relation(revision.assessment, user).has(Part.REVIEWER, Role.COORDINATOR),
        f"Only a reviewer assigned to {name_of(revision)} or a coordinator lets in a fact after the cut-off.",
    )
    require(
        user.pk not in {row.entered_by_id, row.changed_by_id},
        f"You entered or changed {row.ref}; somebody else lets it in.",
    )
    require(
        revision.is_open and revision.state in EDITABLE | {S.SUBMITTED.value},
        f"{name_of(revision)} is {S(revision.state).label}; a fact is let in before approval, or after reopening it.",
    )


def check_can_write(revision: Revision, user: User) -> None:
    """Let those who may edit change the words of the draft, and under review those whom the reached step lets."""
    if revision.is_open and revision.state == S.SUBMITTED:
        check_can_see(revision, user)
        try:
            check_edits_at_step(revision, user)
        except NotAllowed:
            check_can_edit(revision, user)  # says why in the words of the state
            raise
        return
    check_can_edit(revision, user)


def check_can_rate(revision: Revision, user: User, round_: Round) -> None:
    """Let analysts give the main rating, second coders theirs. Reconciling is for the assigned reviewers."""
    mine = relation(revision.assessment, user)
    who: dict[Round, Part] = {
        Round.MAIN: Part.ANALYST,
        Round.SECOND: Part.SECOND_CODER,
        Round.RECONCILED: Part.REVIEWER,
    }
    part = who[round_]
    require(mine.has(part), f"Only a {part.label} assigned to {name_of(revision)} may give its {round_.label} ratings.")
    if round_ is Round.MAIN:
        _check_editable(revision)
    else:
        require(revision.is_open and revision.state not in FROZEN, f"{name_of(revision)} is closed.")


def check_can_comment(revision: Revision, user: User) -> None:
    """Let those who read the working content comment until it is released."""
    check_can_see(revision, user)
    require(
        revision.is_open and revision.state not in FROZEN,
        f"{name_of(revision)} is {S(revision.state).label}; comments end with the release.",
    )
    check_comments_at_step(revision, user)


def check_can_propose(revision: Revision, user: User) -> None:
    """Let those who comment propose words for a sentence or a recommendation, until it is approved."""
    check_can_comment(revision, user)
    require(revision.state != S.APPROVED, f"{name_of(revision)} is {S(revision.state).label}; reopen it first.")


def check_can_answer_proposal(proposal: WordingProposal, user: User) -> None:
    """Let those who may change the sentence or recommendation take proposed words or decline them, but not their own.

    Words from a returned file are those of the person it names; who brought the file may answer them.
    """
    (check_can_edit if proposal.code else check_can_write)(proposal.revision, user)
    require(proposal.state == ProposalState.OPEN, f"This proposal is {ProposalState(proposal.state).label} already.")
    require(
        proposal.by_id != user.pk or bool(proposal.stated_author),
        "You proposed these words; take them back, or make the change yourself.",
    )


def check_can_withdraw_proposal(proposal: WordingProposal, user: User) -> None:
    """Let people take back what they proposed while nobody answered it."""
    check_can_comment(proposal.revision, user)
    require(proposal.by_id == user.pk, "Only the person who proposed these words takes them back.")
    require(proposal.state == ProposalState.OPEN, f"This proposal is {ProposalState(proposal.state).label} already.")


def check_can_add_source(user: User) -> None:
    """Let analysts and reviewers add sources to the library."""
    require(
        user.is_active and user.has_role(Role.ANALYST, Role.REVIEWER), "Only an analyst or a reviewer adds sources."
    )


def check_can_change_source(source: Source, user: User) -> None:
    """Let analysts and reviewers change a source they may know."""
    check_can_add_source(user)
    require(
        visible_sources(user).filter(pk=source.pk).exists(),
        "A protected source is changed only by people who may know it.",
    )


# --- Standing behind grave answers -------------------------------------------------------------------------------


def _check_second_person(revision: Revision, user: User, what: str) -> None:
    require(
        relation(revision.assessment, user).has(Part.ANALYST, Part.REVIEWER, Role.COORDINATOR),
        f"Only people assigned to {name_of(revision)} and coordinators may {what}.",
    )
    require(
        revision.is_open and revision.state not in {*FROZEN, S.APPROVED.value},
        f"{name_of(revision)} is {S(revision.state).label}; reopen it first.",
    )


def check_can_approve_determination(determination: DeterminationRecord, user: User) -> None:
    """Let two people other than the proposer approve a determination of a policy or pattern (decisions.md 3)."""
    _check_second_person(determination.revision, user, "approve a determination")
    require(determination.withdrawn_at is None, "This determination was withdrawn.")
    require(
        determination.proposed_by_id != user.pk,
        "A determination needs two approvers other than its proposer, and you proposed it.",
    )
    require(
        not determination.approvals.filter(approver=user).exists(),
        "You approved this determination already; the second approval is another person's.",
    )


def check_can_approve_presumption(request: DataRequestRecord, user: User) -> None:
    """Let people other than who entered the request approve the presumption it proposes (22 U.S.C. 7106(b)(7))."""
    _check_second_person(request.revision, user, "approve a presumption")
    require(request.presumption_proposed, "This request proposes no presumption.")
    require(
        user.pk not in {request.entered_by_id, request.changed_by_id},
        "A presumption is approved by others than the person who proposed it.",
    )
    require(not request.approvals.filter(approver=user).exists(), "You approved this presumption already.")


def check_can_endorse(rating: RatingRecord, user: User) -> None:
    """Let a second person endorse level 4 or 5 of a concern indicator (decisions.md 3)."""
    _check_second_person(rating.revision, user, "endorse a rating")
    require(rating.level is not None and rating.level >= 4, "Only levels 4 and 5 need an endorsement.")
    require(rating.rated_by_id != user.pk, "An endorsement is a second person's word, and you gave this rating.")
