"""The role's work: what waits for whom, in the order in which it should be done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments import actions, policies
from assessments.core.words import counted
from assessments.enums import Part, RevisionState
from assessments.models import (
    Approval,
    Assessment,
    Assignment,
    Comment,
    DraftSentence,
    RatingRecord,
    Result,
    Revision,
    Transition,
)
from assessments.templatetags.indicia import day
from assessments.views.bench import Bench
from frameworks import loader

YEAR = 365
OURS = frozenset({RevisionState.IN_PROGRESS.value, RevisionState.CHANGES_REQUESTED.value})
"""States in which the work lies with the analysts."""
DONE = frozenset({RevisionState.RELEASED.value, RevisionState.SUPERSEDED.value})
"""States in which it waits for nobody."""


@dataclass(frozen=True)
class Goal:
    """Where the work goes on."""

    title: str
    url: str


def go_on(bench: Bench) -> Goal:
    """Return where the work on an assessment goes on for the person of the bench."""
    if not bench.can_edit:
        name = "review" if bench.revision.state == RevisionState.SUBMITTED else "draft"
        return Goal(name.capitalize(), bench.url(name))
    if not any(bench.counts.values()):
        return Goal("Facts", bench.url("facts"))
    following = bench.next_question
    if following is not None:
        return Goal(following.indicator.code, following.url)
    if bench.result and bench.result.checks_blocking:
        return Goal("Checks", bench.url("checks"))
    return Goal("Draft", bench.url("draft"))


@dataclass
class Task:
    """One assessment on somebody's list."""

    revision: Revision
    result: Result | None
    remarks: int = 0
    facts: Any = None
    goal: Goal | None = None
    today: date = field(default_factory=timezone.localdate)
    submitted_at: Any = None
    changed: int = 0
    who: tuple[str, ...] = ()

    @property
    def assessment(self) -> Assessment:
        """The assessment."""
        return self.revision.assessment

    @property
    def state(self) -> RevisionState:
        """Where it stands."""
        return RevisionState(self.revision.state)

    @property
    def due(self) -> str:
        """Say how long there is."""
        return due_in_words(self.assessment.period.due_on, self.today)


def due_in_words(due_on: date, today: date) -> str:
    """Say how long there is until a day, or for how long it has been past."""
    days = (due_on - today).days
    if days < -YEAR:
        return f"was due {day(due_on)}"
    if days < 0:
        return f"{counted(-days, 'day')} late"
    return "due today" if days == 0 else f"{counted(days, 'day')} left"


def _open(user: User, part: Part) -> list[Revision]:
    """Return the open revisions in which a person has a part, with what lists show; one query."""
    mine = Assignment.objects.filter(user=user, part=part.value, ended_at__isnull=True).values("assessment")
    rows = policies.visible_revisions(user).filter(is_open=True, assessment__in=mine).select_related("result")
    light = rows.defer("result__finding", "result__checks")  # large, and no list shows them
    ordered = light.order_by("assessment__period__due_on", "assessment__country__sort_name")
    found = list(ordered)
    return list(ordered.all()) if settled(row.public_id for row in found if row.undrawn) else found


def settled(revisions: Iterable[UUID]) -> bool:
    """Derive what saves left undrawn in these, and say whether there was any, as of a page left right after a save."""
    stale = list(revisions)
    for revision_id in stale:
        actions.settle(revision_id=revision_id)
    return bool(stale)


def _result(revision: Revision) -> Result | None:
    return getattr(revision, "result", None)


def _remarks(revisions: Iterable[Revision]) -> Mapping[int, int]:
    rows = Comment.objects.filter(revision__in=list(revisions), resolved_at__isnull=True, parent__isnull=True)
    return dict(rows.order_by().values_list("revision").annotate(Count("pk")))


def analyst_tasks(user: User) -> tuple[list[Task], list[Task]]:
    """Return what lies with an analyst, in deadline order and each with where to continue, and what is handed over.

    A fixed number of queries.
    """
    revisions = _open(user, Part.ANALYST)
    remarks = _remarks(revisions)
    rated: defaultdict[int, set[str]] = defaultdict(set)
    rows = RatingRecord.objects.filter(revision__in=revisions).effective()
    for revision_id, slug in rows.values_list("revision_id", "indicator__slug"):
        rated[revision_id].add(slug)
    begun = set(
        DraftSentence.objects.filter(revision__in=revisions).order_by().values_list("revision_id", flat=True).distinct()
    )
    tasks = [
        Task(
            revision,
            _result(revision),
            remarks.get(revision.pk, 0),
            goal=_continue_at(revision, rated[revision.pk], begun=revision.pk in begun or bool(rated[revision.pk])),
        )
        for revision in revisions
    ]
    return [task for task in tasks if task.state in OURS], [task for task in tasks if task.state not in OURS]


def _continue_at(revision: Revision, rated: set[str], *, begun: bool) -> Goal:
    public_id = revision.assessment.public_id
    if revision.state not in OURS:
        return Goal("the draft", reverse("assessments:draft", args=[public_id]))
    if not begun:
        return Goal("the first fact", reverse("assessments:facts", args=[public_id]))
    following = next((item for item in loader.compiled(revision.framework).core if item.slug not in rated), None)
    if following is not None:
        return Goal(
            f"{following.code} {following.title}", reverse("assessments:question", args=[public_id, following.code])
        )
    result = _result(revision)
    if result and result.checks_blocking:
        return Goal("open checks", reverse("assessments:checks", args=[public_id]))
    return Goal("the draft", reverse("assessments:draft", args=[public_id]))


def reviewer_tasks(user: User) -> tuple[list[Task], list[Task]]:
    """Return what waits for a reviewer, gravest and then oldest first, and what waits for somebody else."""
    revisions = _open(user, Part.REVIEWER)
    remarks = _remarks(revisions)
    submitted = dict(
        Transition.objects.filter(revision__in=revisions, to_state=RevisionState.SUBMITTED.value)
        .order_by()
        .values_list("revision")
        .annotate(Max("at"))
    )
    changed = _changed_since_approval(revisions, user)
    analysts = _people([revision.assessment_id for revision in revisions], Part.ANALYST)
    tasks = [
        Task(
            revision,
            _result(revision),
            remarks.get(revision.pk, 0),
            submitted_at=submitted.get(revision.pk),
            changed=changed.get(revision.pk, 0),
            who=tuple(analysts.get(revision.assessment_id, ())),
            goal=Goal("Review", reverse("assessments:review", args=[revision.assessment.public_id])),
        )
        for revision in revisions
    ]
    mine = [task for task in tasks if task.state is RevisionState.SUBMITTED]
    mine.sort(key=lambda task: (-_gravity(task), task.submitted_at or timezone.now()))
    return mine, [task for task in tasks if task not in mine and task.state not in DONE]


def _gravity(task: Task) -> int:
    level = task.result.concern_level if task.result else None
    return -1 if level is None else level


def _changed_since_approval(revisions: list[Revision], user: User) -> Mapping[int, int]:
    """Return how many sentences changed since this person last approved; all of them where they never did."""
    mine = Approval.objects.filter(by=user, step__revision__assessment__revisions__in=revisions)
    approved = dict(mine.order_by().values_list("step__revision__assessment").annotate(Max("at")))
    since = {revision.pk: approved.get(revision.assessment_id) for revision in revisions}
    rows = DraftSentence.objects.filter(revision__in=revisions).order_by()
    found: defaultdict[int, int] = defaultdict(int)
    for revision_id, *moments in rows.values_list("revision_id", "changed_at", "generated_at"):
        at = since[revision_id]
        found[revision_id] += at is None or any(moment > at for moment in moments if moment)
    return found


def _people(assessments: Iterable[int], part: Part) -> Mapping[int, list[str]]:
    rows = Assignment.objects.filter(assessment__in=assessments, part=part.value, ended_at__isnull=True)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for assessment_id, name in rows.order_by("user__name").values_list("assessment_id", "user__name"):
        found[assessment_id].append(name)
    return found
