"""Who draws a second coding, who codes blind, who reconciles, and who may see how far coders agree."""

from django.db.models import QuerySet

from accounts.models import Role, User
from assessments.enums import Part, RevisionState
from assessments.models import Assessment, Revision, SampledQuestion
from assessments.policies.moves import FROZEN
from assessments.policies.people import name_of, relation, require
from assessments.policies.visible import codable_assessments

S = RevisionState


def is_blind_coding_on(revision: Revision) -> bool:
    """Say whether a coordinator turned blind coding on for the period."""
    return revision.assessment.period.blind_coding


def _check_on(revision: Revision) -> None:
    year = revision.assessment.period.report_year
    require(is_blind_coding_on(revision), f"Blind coding is not turned on for {year}; a coordinator can turn it on.")


def check_can_code(revision: Revision, user: User) -> None:
    """Let an assigned second coder open the questions that were drawn, while blind coding is on."""
    require(
        relation(revision.assessment, user).is_second_coder,
        f"Only a second coder assigned to {name_of(revision)} codes it blind.",
    )
    _check_on(revision)


def check_can_code_question(revision: Revision, user: User, indicator: str) -> None:
    """Let a second coder answer a question that was drawn for them, and no other; until the release."""
    check_can_code(revision, user)
    require(
        revision.is_open and revision.state not in FROZEN,
        f"{name_of(revision)} is {S(revision.state).label}; its second coding has ended.",
    )
    drawn = SampledQuestion.objects.filter(assessment=revision.assessment, indicator=indicator)
    require(drawn.exists(), "This question was not drawn for a second coding.")


def check_not_reconciled(revision: Revision, is_reconciled: bool) -> None:
    """Keep both answers as they were given once a reviewer has made one of them."""
    require(
        not is_reconciled,
        f"This answer of {name_of(revision)} was reconciled with a second coder's; both stay as they were given. "
        "A reviewer can reconcile them again.",
    )


def check_can_see_second_ratings(revision: Revision, user: User) -> None:
    """Let the assigned reviewers and the coordinators see both answers; the first coder is not to follow the second."""
    require(
        relation(revision.assessment, user).has(Part.REVIEWER, Role.COORDINATOR),
        f"The second answers of {name_of(revision)} are open to its reviewers and to coordinators only.",
    )
    _check_on(revision)


def check_can_reconcile(revision: Revision, user: User) -> None:
    """Let an assigned reviewer make one answer of two, until the text is approved."""
    require(
        relation(revision.assessment, user).has(Part.REVIEWER),
        f"Only a reviewer assigned to {name_of(revision)} reconciles its answers.",
    )
    _check_on(revision)
    require(revision.is_open, f"Revision {revision.number} of {name_of(revision)} is closed; another one is open.")
    require(
        revision.state not in {*FROZEN, S.APPROVED.value},
        f"{name_of(revision)} is {S(revision.state).label}; its answers stay as they were approved.",
    )


def check_can_see_agreement(user: User) -> None:
    """Let coordinators and framework editors see how far coders agree, question by question."""
    require(
        user.is_active and user.has_role(Role.COORDINATOR, Role.FRAMEWORK_EDITOR),
        "Only a coordinator or a framework editor sees how far coders agree.",
    )


def assessments_not_coded_by(user: User) -> QuerySet[Assessment]:
    """All assessments but those a person codes blind: for lists and figures that would tell of state or answers."""
    return Assessment.objects.exclude(pk__in=codable_assessments(user).order_by().values("pk"))
