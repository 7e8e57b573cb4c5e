"""Who is told of what. Nobody is told of what they may not see, and nobody who codes blind of anything."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from assessments.enums import Circle, NoticeKind, Part
from assessments.models import Assignment, ReviewStep, Revision
from assessments.policies.people import NEEDED_ROLE
from assessments.policies.steps import CIRCLES, approvers, reached_step

K = NoticeKind


def _holders(revision: Revision, who: Iterable[Part | Role]) -> QuerySet[User]:
    """Return the people with one of these parts, and the role it needs, or one of these roles."""
    running = Assignment.objects.filter(assessment=revision.assessment, ended_at__isnull=True, user=OuterRef("pk"))
    wanted = Q(pk__in=[])
    for item in who:
        if isinstance(item, Role):
            wanted |= Q(role_grants__role=item)
        else:
            wanted |= Q(Exists(running.filter(part=item.value)), role_grants__role__in=NEEDED_ROLE[item])
    blind = running.filter(part=Part.SECOND_CODER.value)
    return User.objects.filter(wanted, ~Q(Exists(blind)), is_active=True).distinct().order_by("name", "pk")


def may_be_told(revision: Revision) -> QuerySet[User]:
    """Return everybody who may hear of an assessment before its release: those who read its working content."""
    is_open = revision.seen_by == Circle.PEOPLE
    return _holders(revision, CIRCLES[Circle.PEOPLE if is_open else Circle.REVIEWERS_AND_COORDINATORS])


def audience(revision: Revision, kind: NoticeKind, *, by: User, step: ReviewStep | None = None) -> list[User]:
    """Return who is told, without who did it; `step` is the one whose approvers are asked, else the reached one.

    Mentions and answers name their own people. Three queries at most.
    """
    if kind is K.SUBMITTED:
        step = step or reached_step(revision) or revision.steps.order_by("position").first()
        found = list(_holders(revision, approvers(step) if step else (Part.REVIEWER,)))
        if step and step.named:
            found = [person for person in found if str(person.public_id) in step.named]
    elif kind in (K.CHANGES_REQUESTED, K.PROPOSED):
        found = list(_holders(revision, [Part.ANALYST]))
    elif kind is K.ANSWER_CAME:
        found = list(_holders(revision, [Part.REVIEWER]))
    elif kind is K.TAKEN_BACK:
        found = list(_holders(revision, [Part.ANALYST, Part.REVIEWER]))
    elif kind is K.APPROVED:
        found = list(_holders(revision, [Part.ANALYST, Role.COORDINATOR]))
    elif kind is K.RELEASED:
        found = list(_holders(revision, [Part.ANALYST, Part.REVIEWER, Role.EXPORTER]))
    else:
        found = []
    if revision.seen_by != Circle.PEOPLE and kind is not K.RELEASED:
        readers = set(may_be_told(revision).values_list("pk", flat=True))
        found = [person for person in found if person.pk in readers]
    return [person for person in found if person.pk != by.pk]
