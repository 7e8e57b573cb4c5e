"""Who takes words out of everything an assessment keeps: always two people (decisions.md 16)."""

from accounts.models import Role, User
from assessments.enums import Part, RevisionState
from assessments.models import Redaction, Revision
from assessments.policies.content import check_can_see
from assessments.policies.people import name_of, relation, require


def check_can_see_redactions(revision: Revision, user: User) -> None:
    """Let those who read the working content see that words were taken out, by whom and why."""
    check_can_see(revision, user)


def check_can_propose_redaction(revision: Revision, user: User) -> None:
    """Let the people of an assessment, and coordinators, propose it; approved words are reopened first.

    What a released snapshot published stays published: a redaction cleans what is kept inside.
    """
    check_can_see(revision, user)
    require(
        revision.state != RevisionState.APPROVED,
        f"{name_of(revision)} is approved and not released; reopen it first, since approved words may change.",
    )


def check_can_decide_redaction(redaction: Redaction, revision: Revision, user: User) -> None:
    """Let a second person decide: a reviewer assigned to it, or a coordinator, and never who proposed it."""
    check_can_propose_redaction(revision, user)
    require(
        relation(revision.assessment, user).has(Part.REVIEWER, Role.COORDINATOR),
        f"Only a reviewer assigned to {name_of(revision)} or a coordinator decides whether words are taken out.",
    )
    require(redaction.proposed_by_id != user.pk, "Two people take words out; you proposed it.")


def check_can_withdraw_redaction(redaction: Redaction, user: User) -> None:
    """Let who proposed it take it back while nobody decided."""
    require(redaction.proposed_by_id == user.pk, "Only who proposed to take words out takes that back.")
