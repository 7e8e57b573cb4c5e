"""Who records and who reads what the assessed government replied; only where a coordinator turned the step on."""

from accounts.models import User
from assessments.enums import Part, RevisionState
from assessments.models import Revision
from assessments.policies.content import check_can_see
from assessments.policies.moves import FROZEN
from assessments.policies.people import name_of, relation, require

S = RevisionState


def is_reply_on(revision: Revision) -> bool:
    """Say whether a coordinator turned the right of reply on for the period."""
    return revision.assessment.period.right_of_reply


def check_can_see_replies(revision: Revision, user: User) -> None:
    """Let those who read the working content read the replies."""
    check_can_see(revision, user)
    year = revision.assessment.period.report_year
    require(is_reply_on(revision), f"The right of reply is not turned on for {year}; a coordinator can turn it on.")


def check_can_reply(revision: Revision, user: User) -> None:
    """Let an assigned analyst enter a reply on behalf of the government, until the text is approved."""
    check_can_see_replies(revision, user)
    require(
        relation(revision.assessment, user).has(Part.ANALYST),
        f"Only an analyst assigned to {name_of(revision)} enters the government's replies.",
    )
    require(revision.is_open, f"Revision {revision.number} of {name_of(revision)} is closed; another one is open.")
    require(
        revision.state not in {*FROZEN, S.APPROVED.value},
        f"{name_of(revision)} is {S(revision.state).label}; replies are entered before that, or after reopening it.",
    )
