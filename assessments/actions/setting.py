"""Periods, assessments and who works on them: the coordinator's acts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from assessments import events, policies
from assessments.actions.derive import rederive
from assessments.actions.door import Invalid, NotFound, action
from assessments.enums import Circle, Part, Subject
from assessments.models import (
    Assessment,
    Assignment,
    DecisionRecord,
    PastPeriodRecord,
    ReportingPeriod,
    ReviewStep,
    Revision,
)
from assessments.models.steps import RIGHTS
from frameworks.models import Country, FrameworkVersion, TierRecord, WordingVersion

PERIOD_NAMESPACE = UUID("6a3f0c1e-6f0b-4c58-9d0a-2f6f5c1b7d10")
"""Makes the ids under which the log knows reporting periods, which have no public id."""
DEFAULT_STEP = "Review"


def period_id(report_year: int) -> UUID:
    """Return the id under which the log knows a reporting period."""
    return UUID(int=PERIOD_NAMESPACE.int ^ report_year)


@action
def open_period(*, report_year: int, opened_on: date, due_on: date, by: User, at: datetime) -> ReportingPeriod:
    """Open a report year. Raises Invalid where it is open already, or due before it opens."""
    policies.check_can_coordinate(by)
    if not 2001 <= report_year <= 2100:
        raise Invalid({"report_year": ["A report year lies between 2001 and 2100."]})
    if due_on <= opened_on:
        raise Invalid({"due_on": ["The due date comes after the day of opening."]})
    if ReportingPeriod.objects.filter(report_year=report_year).exists():
        raise Invalid({"report_year": [f"The report year {report_year} is open already."]})
    period = ReportingPeriod.objects.create(report_year=report_year, opened_on=opened_on, due_on=due_on)
    events.append(
        kind=Subject.PERIOD,
        subject_id=period_id(report_year),
        action="open_period",
        by=by,
        at=at,
        changes=events.changes_between(
            {}, {"report_year": report_year, "opened_on": opened_on.isoformat(), "due_on": due_on.isoformat()}
        ),
    )
    return period


@action
def open_assessment(*, iso3: str, report_year: int, demonstration: bool = False, by: User, at: datetime) -> Assessment:
    """Open the one assessment of a country in a period, its first revision and its review steps.

    It is pinned to the framework in force on the last day of the period, else to the newest there is. Raises Invalid
    where the assessment exists, or country, period, framework or wording do not.
    """
    policies.check_can_coordinate(by)
    country = Country.objects.filter(iso3=iso3).first()
    period = ReportingPeriod.objects.filter(report_year=report_year).first()
    if country is None:
        raise Invalid({"iso3": [f"There is no country {iso3}."]})
    if period is None:
        raise Invalid({"report_year": [f"The report year {report_year} is not open; open the period first."]})
    if Assessment.objects.filter(country=country, period=period).exists():
        raise Invalid({"": [f"{country} already has an assessment for {period.title}; there is one per period."]})
    framework, wording = _versions(period)
    assessment = Assessment.objects.create(
        country=country, period=period, is_demonstration=demonstration, opened_at=at, opened_by=by
    )
    revision = Revision.objects.create(
        assessment=assessment,
        number=1,
        framework=framework,
        wording=wording,
        wording_named=False,
        opened_at=at,
        opened_by=by,
    )
    make_steps(revision)
    _bring_last_year(revision, by, at)
    log_changes = events.changes_between(
        {}, {"country": iso3, "report_year": report_year, "framework": str(framework), "wording": str(wording)}
    )
    events.append(
        kind=Subject.ASSESSMENT,
        subject_id=assessment.public_id,
        action="open_assessment",
        by=by,
        at=at,
        changes=log_changes,
    )
    rederive(revision, at=at)
    return assessment


def _versions(period: ReportingPeriod) -> tuple[FrameworkVersion, WordingVersion]:
    offered = FrameworkVersion.objects.filter(superseded=False)
    framework = offered.in_force_on(period.span[1]).first() or offered.order_by("-in_force_from", "-loaded_at").first()
    wording = (
        WordingVersion.objects.for_report_year(period.report_year).first()
        or WordingVersion.objects.order_by("-valid_from_year", "-loaded_at").first()
    )
    if framework is None or wording is None:
        raise Invalid({"": ["Load a framework and a wording first."]})
    return framework, wording


def make_steps(revision: Revision) -> None:
    """Give a revision its review steps: those the coordinator ordered for the period, else the one there always is."""
    steps = planned(revision)
    ReviewStep.objects.bulk_create(
        ReviewStep(revision=revision, position=place, is_last=place == len(steps), **values)
        for place, values in enumerate(steps, start=1)
    )


def planned(revision: Revision) -> list[dict[str, Any]]:
    """Return the steps the period asks for, as columns, in order."""
    steps = list(revision.assessment.period.steps.order_by("position").values(*RIGHTS))
    return steps or [{"title": DEFAULT_STEP}]


def refresh_steps(revision: Revision) -> None:
    """Give a revision the steps its period has by now, unless somebody approved at one of those it has."""
    rows = list(revision.steps.order_by("position"))
    wanted = [dict.fromkeys(RIGHTS) | _DEFAULTS | values for values in planned(revision)]
    if [{name: getattr(row, name) for name in RIGHTS} for row in rows] == wanted:
        return
    if any(row.approvals.exists() or row.items.exists() for row in rows):
        return
    revision.steps.all().delete()
    make_steps(revision)


_DEFAULTS = {
    "sees": Circle.PEOPLE.value,
    "comments": Circle.PEOPLE.value,
    "edits": Circle.NOBODY.value,
    "approves": Circle.REVIEWERS.value,
    "named": [],
}


def _bring_last_year(revision: Revision, by: User, at: datetime) -> None:
    """Record what the period before says: its assessment's own record, else the tier of the reference data."""
    assessment, year = revision.assessment, revision.assessment.period.report_year - 1
    before = Assessment.objects.filter(country=assessment.country, period__report_year=year).first()
    last = None if before is None else before.revisions.order_by("-is_open", "-number").first()
    if last is not None:
        decision = DecisionRecord.objects.filter(revision=last).first()
        DecisionRecord.objects.create(
            revision=revision, previous_tier=decision.tier if decision else None, entered_by=by, entered_at=at
        )
        _past(revision, last, by, at)
        return
    listed = TierRecord.objects.filter(country=assessment.country, report_year=year).first()
    if listed is not None:
        DecisionRecord.objects.create(revision=revision, previous_tier=listed.tier, entered_by=by, entered_at=at)


def _past(revision: Revision, last: Revision, by: User, at: datetime) -> None:
    from assessments import facts
    from assessments.mapping import to_columns

    PastPeriodRecord.objects.create(
        revision=revision, entered_by=by, entered_at=at, **to_columns(facts.past_period(last))
    )


@action
def assign(*, assessment_id: UUID, user_id: UUID, part: Part, by: User, at: datetime) -> Assignment:
    """Give a person a part in an assessment. Raises NotAllowed where the person can't take it."""
    policies.check_can_coordinate(by)
    assessment, person = _assessment(assessment_id), _person(user_id)
    part = Part(part)
    policies.check_can_be_assigned(assessment, person, part)
    running = Assignment.objects.filter(assessment=assessment, user=person, part=part.value, ended_at__isnull=True)
    row = running.first()
    if row is not None:
        return row
    row = Assignment.objects.create(assessment=assessment, user=person, part=part.value, assigned_at=at, assigned_by=by)
    _log_assignment(assessment, person, part, "assign", by, at)
    return row


@action
def end_assignment(*, assessment_id: UUID, user_id: UUID, part: Part, by: User, at: datetime) -> None:
    """Take a part back from a person; what they did stays on record."""
    policies.check_can_coordinate(by)
    assessment, person = _assessment(assessment_id), _person(user_id)
    part = Part(part)
    running = Assignment.objects.filter(assessment=assessment, user=person, part=part.value, ended_at__isnull=True)
    if not running.update(ended_at=at, ended_by=by):
        raise NotFound(f"{person.name} is not {part.label} of {assessment}.")
    _log_assignment(assessment, person, part, "end_assignment", by, at)


def _assessment(assessment_id: UUID) -> Assessment:
    row = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("country", "period")
        .filter(public_id=assessment_id)
        .first()
    )
    if row is None:
        raise NotFound("There is no such assessment.")
    return row


def _person(user_id: UUID) -> User:
    person = User.objects.filter(public_id=user_id).first()
    if person is None:
        raise NotFound("There is no such person.")
    return person


def _log_assignment(assessment: Assessment, person: User, part: Part, action_name: str, by: User, at: datetime) -> None:
    events.append(
        kind=Subject.ASSESSMENT,
        subject_id=assessment.public_id,
        action=action_name,
        by=by,
        at=at,
        target=f"{person.name}, {part.label}",
        changes=events.changes_between({}, {"assignment.person": str(person.public_id), "assignment.part": part.value}),
    )
