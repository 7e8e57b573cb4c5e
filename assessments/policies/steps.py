"""Who may do what at a step of review. What a step says is counted only while the text is at it."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef

from accounts.models import Role, User
from assessments.core.grammar.lists import join
from assessments.enums import Circle, Part, RevisionState
from assessments.models import Approval, ReviewStep, Revision
from assessments.policies.people import name_of, people, relation, require

CIRCLES: Mapping[Circle, tuple[Part | Role, ...]] = {
    Circle.PEOPLE: (Part.ANALYST, Part.REVIEWER, Role.COORDINATOR),
    Circle.REVIEWERS_AND_COORDINATORS: (Part.REVIEWER, Role.COORDINATOR),
    Circle.REVIEWERS: (Part.REVIEWER,),
    Circle.ANALYSTS: (Part.ANALYST,),
    Circle.COORDINATORS: (Role.COORDINATOR,),
    Circle.NOBODY: (),
}
"""The parts and roles each circle stands for."""


def reached_step(revision: Revision) -> ReviewStep | None:
    """Return the step a submitted text is at: the first that nobody approved yet, else the last; one query.

    None where it is not under review. A step whose approval lapsed by a change stays behind: it asks again for what
    changed, while the text is at a later one.
    """
    if revision.state != RevisionState.SUBMITTED:
        return None
    standing = Approval.objects.filter(step=OuterRef("pk"), withdrawn_at__isnull=True)
    steps = list(revision.steps.annotate(is_approved=Exists(standing)).order_by("position"))
    if not steps:
        return None
    step = next((step for step in steps if not step.is_approved), steps[-1])
    step.revision = revision
    return step


def seen_by(revision: Revision) -> Circle:
    """Return who may see a revision now; kept on it by every change of state."""
    step = reached_step(revision)
    return Circle.PEOPLE if step is None else Circle(step.sees)


def approvers(step: ReviewStep) -> tuple[Part | Role, ...]:
    """Return the parts and roles that approve a step."""
    return CIRCLES[Circle(step.approves)]


def check_is_approver(step: ReviewStep, user: User) -> None:
    """Let the people of the step's circle approve it; where it names people, only these."""
    revision = step.revision
    require(
        relation(revision.assessment, user).has(*approvers(step)),
        f"Only {people(approvers(step))} may approve {name_of(revision)}.",
    )
    if step.named:
        names = User.objects.filter(public_id__in=step.named).order_by("name").values_list("name", flat=True)
        require(
            str(user.public_id) in step.named,
            f"Only {join(list(names), 'or')} may approve the step “{step.title}” of {name_of(revision)}.",
        )


def check_edits_at_step(revision: Revision, user: User) -> None:
    """Let the people whom the step names as its editors change the words of a submitted text, and nothing else."""
    step = reached_step(revision)
    circle = Circle.NOBODY if step is None else Circle(step.edits)
    allowed = relation(revision.assessment, user).has(*CIRCLES[circle])
    at = f" at the step “{step.title}”" if step else ""
    require(allowed, f"The words of {name_of(revision)} are not yours to change{at}.")


def check_comments_at_step(revision: Revision, user: User) -> None:
    """Let the people comment whom the reached step lets; before and after review all who read it may."""
    step = reached_step(revision)
    if step is None:
        return
    circle = Circle(step.comments)
    require(
        relation(revision.assessment, user).has(*CIRCLES[circle]),
        f"At the step “{step.title}” of {name_of(revision)}, comments are for {circle.label}.",
    )
