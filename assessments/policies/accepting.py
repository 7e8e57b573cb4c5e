"""Who may let a check stand, for a reason."""

from accounts.models import User
from assessments.core.types import Severity
from assessments.enums import Part, RevisionState
from assessments.models import Revision
from assessments.policies.moves import FROZEN
from assessments.policies.people import name_of, relation, require

S = RevisionState


def check_can_answer_checks(revision: Revision, user: User) -> None:
    """Let the assigned analysts and reviewers accept checks, and open accepted ones again, until approval."""
    require(
        relation(revision.assessment, user).has(Part.ANALYST, Part.REVIEWER),
        f"Only an analyst or a reviewer assigned to {name_of(revision)} may accept its checks.",
    )
    require(revision.is_open, f"Revision {revision.number} of {name_of(revision)} is closed; another one is open.")
    require(
        revision.state not in FROZEN,
        f"{name_of(revision)} is {S(revision.state).label}; its checks stay as they were approved.",
    )
    require(revision.state != S.APPROVED, f"{name_of(revision)} is {S(revision.state).label}; reopen it first.")


def check_can_accept(revision: Revision, user: User, severity: Severity) -> None:
    """Let a check be accepted that asks for a look; what blocks submission is settled and never accepted."""
    check_can_answer_checks(revision, user)
    require(
        severity is not Severity.BLOCK,
        "What must be settled before submission cannot be accepted: settle it in the record or in the text.",
    )
