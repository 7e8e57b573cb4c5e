"""What a coordinator does for many countries at once: all of it or nothing, with the reason by country."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import policies
from assessments.actions.door import Invalid, NotFound, action
from assessments.actions.setting import assign, end_assignment, open_assessment
from assessments.enums import Part
from assessments.models import Assessment, Assignment

MOST = 300
"""More than there are countries."""


@dataclass(frozen=True)
class Change:
    """One assignment that bulk work begins or ends, named for people: "Examplia 2024"."""

    assessment: Assessment
    person: User
    part: Part
    ends: bool = False

    def __str__(self) -> str:
        """Say it in words."""
        what = "is no longer" if self.ends else "becomes"
        return f"{_name(self.assessment)}: {self.person.name} {what} {self.part.label}"


def _name(assessment: Assessment) -> str:
    return f"{assessment.country} {assessment.period.report_year}"


def planned_changes(
    assessments: Sequence[Assessment], person: User, part: Part, *, instead: bool = False
) -> tuple[list[Change], dict[str, str]]:
    """Return what giving a person a part in these assessments changes, and, by country, why it cannot be done.

    `instead`: whoever has the part now gives it up. Nothing is written; a fixed number of queries a country.
    """
    changes: list[Change] = []
    refused: dict[str, str] = {}
    running = Assignment.objects.filter(
        assessment__in=[row.pk for row in assessments], part=part.value, ended_at__isnull=True
    ).select_related("user")
    holders: dict[int, list[User]] = {}
    for row in running.order_by("user__name"):
        holders.setdefault(row.assessment_id, []).append(row.user)
    for assessment in assessments:
        held = holders.get(assessment.pk, [])
        if instead:
            changes += [Change(assessment, user, part, ends=True) for user in held if user != person]
        if person in held:
            continue
        try:
            policies.check_can_be_assigned_with_others(assessment, person, part)
        except policies.NotAllowed as exc:
            refused[_name(assessment)] = str(exc)
        else:
            changes.append(Change(assessment, person, part))
    return changes, refused


@action
def assign_many(
    *, assessment_ids: Iterable[UUID], user_id: UUID, part: Part, instead: bool = False, by: User, at: datetime
) -> list[Change]:
    """Give a person a part in many assessments, or in none: Invalid says by country why not. Each is an event."""
    policies.check_can_coordinate(by)
    wanted = list(dict.fromkeys(assessment_ids))
    if not wanted or len(wanted) > MOST:
        raise Invalid({"countries": [f"Choose from 1 to {MOST} countries."]})
    person = User.objects.filter(public_id=user_id).first()
    # In one order, so that two coordinators at once never wait for each other in a circle.
    rows = list(
        policies.visible_assessments(by).filter(public_id__in=wanted).select_related("country", "period").order_by("pk")
    )
    if person is None or len(rows) != len(wanted):
        raise NotFound("There is no such person or assessment.")
    changes, refused = planned_changes(rows, person, part, instead=instead)
    if refused:
        raise Invalid({"countries": [f"{country}: {why}" for country, why in refused.items()]})
    for change in changes:
        (end_assignment if change.ends else assign).inner(
            assessment_id=change.assessment.public_id,
            user_id=change.person.public_id,
            part=change.part,
            by=by,
            at=at,
        )
    return changes


@action
def open_many(*, countries: Iterable[str], report_year: int, by: User, at: datetime) -> list[Assessment]:
    """Open the assessments of many countries in one period, or none. Raises Invalid as `open_assessment` does."""
    policies.check_can_coordinate(by)
    wanted = list(dict.fromkeys(countries))
    if not wanted or len(wanted) > MOST:
        raise Invalid({"countries": [f"Choose from 1 to {MOST} countries."]})
    return [open_assessment.inner(iso3=iso3, report_year=report_year, by=by, at=at) for iso3 in wanted]
