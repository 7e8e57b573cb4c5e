"""What a coordinator orders for a reporting period: its dates, what is turned on, and its steps of review."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from assessments import events, policies
from assessments.actions.door import Invalid, NotFound, action
from assessments.actions.setting import period_id
from assessments.core.values import Section
from assessments.enums import Circle, Subject
from assessments.models import PeriodStep, ReportingPeriod
from assessments.models.steps import RIGHTS, SEEING

MOST_STEPS = 9
MOST_WORDS = 20_000
"""The largest budget of one section; no country narrative is as long."""
FLAGS = ("blind_coding", "right_of_reply", "mentions_and_digest")


@dataclass(frozen=True)
class Step:
    """One step of review as a coordinator orders it. `named`: public ids of people; empty means all of the circle."""

    title: str
    due_on: date | None = None
    sees: Circle = Circle.PEOPLE
    comments: Circle = Circle.PEOPLE
    edits: Circle = Circle.NOBODY
    approves: Circle = Circle.REVIEWERS
    named: tuple[str, ...] = ()


def _period(report_year: int) -> ReportingPeriod:
    row = ReportingPeriod.objects.select_for_update().filter(report_year=report_year).first()
    if row is None:
        raise NotFound(f"The report year {report_year} is not open.")
    return row


@action
def change_period(
    *,
    report_year: int,
    opened_on: date,
    due_on: date,
    cut_off: date | None = None,
    by: User,
    at: datetime,
    **flags: bool,
) -> ReportingPeriod:
    """Change a period's dates and what is turned on for it (`FLAGS`; what is not named stays as it is).

    A fact entered after the day of `cut_off` waits until a named person lets it into the text; None: there is none.
    """
    policies.check_can_coordinate(by)
    row = _period(report_year)
    if due_on <= opened_on:
        raise Invalid({"due_on": ["The due date comes after the day of opening."]})
    if cut_off is not None and cut_off < opened_on:
        raise Invalid({"cut_off": ["The cut-off comes after the day of opening."]})
    wanted = {
        "opened_on": opened_on,
        "due_on": due_on,
        "cut_off": cut_off,
        **{name: flags[name] for name in FLAGS if name in flags},
    }
    changes = events.changes_between(
        {name: _plain(getattr(row, name)) for name in wanted}, {name: _plain(value) for name, value in wanted.items()}
    )
    if changes:
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save(update_fields=list(wanted))
        events.append(
            kind=Subject.PERIOD,
            subject_id=period_id(report_year),
            action="change_period",
            by=by,
            at=at,
            changes=changes,
        )
    return row


@action
def set_budgets(*, report_year: int, budgets: Mapping[str, int | None], by: User, at: datetime) -> ReportingPeriod:
    """Set how many words each section of a narrative may have; None takes a budget away. It advises, never refuses."""
    policies.check_can_coordinate(by)
    row = _period(report_year)
    known = {section.value for section in Section}
    wanted = {name: count for name, count in budgets.items() if count is not None}
    if wrong := {name for name, count in wanted.items() if name not in known or not 1 <= count <= MOST_WORDS}:
        raise Invalid({name: [f"A budget is from 1 to {MOST_WORDS:,} words."] for name in sorted(wrong)})
    before = {f"words.{name}": count for name, count in row.word_budgets.items()}
    changes = events.changes_between(before, {f"words.{name}": count for name, count in wanted.items()})
    if changes:
        row.word_budgets = wanted
        row.save(update_fields=["word_budgets"])
        events.append(
            kind=Subject.PERIOD, subject_id=period_id(report_year), action="set_budgets", by=by, at=at, changes=changes
        )
    return row


@action
def order_steps(*, report_year: int, steps: Sequence[Step], by: User, at: datetime) -> list[PeriodStep]:
    """Set the steps of review of a period, in this order; none brings back the one there always is.

    Assessments that nobody approved yet take the new steps when they are submitted next. Raises Invalid by step.
    """
    policies.check_can_coordinate(by)
    row = _period(report_year)
    _check(steps)
    before = [_values(dict(values)) for values in row.steps.order_by("position").values(*RIGHTS)]
    after = [_values(asdict(step)) for step in steps]
    if before == after:
        return list(row.steps.order_by("position"))
    row.steps.all().delete()
    made = PeriodStep.objects.bulk_create(
        PeriodStep(period=row, position=place, **{**values, "due_on": step.due_on})
        for place, (values, step) in enumerate(zip(after, steps, strict=True), start=1)
    )
    events.append(
        kind=Subject.PERIOD,
        subject_id=period_id(report_year),
        action="order_steps",
        by=by,
        at=at,
        changes=events.changes_between({"period.steps": before}, {"period.steps": after}),
    )
    return made


def _check(steps: Sequence[Step]) -> None:
    errors: dict[str, list[str]] = {}

    def wrong(place: int, name: str, message: str) -> None:
        errors.setdefault(f"{name}-{place}", []).append(message)

    if len(steps) > MOST_STEPS:
        raise Invalid({"": [f"A period has at most {MOST_STEPS} steps."]})
    titles = [" ".join(step.title.split()).casefold() for step in steps]
    for place, step in enumerate(steps, start=1):
        if not step.title.strip():
            wrong(place, "title", "Give the step a name.")
        elif titles.index(titles[place - 1]) != place - 1:
            wrong(place, "title", "Another step has this name.")
        if step.approves is Circle.NOBODY:
            wrong(place, "approves", "Somebody approves a step.")
        if step.sees not in SEEING:
            wrong(place, "sees", "The reviewers and the coordinators see every step.")
        earlier = [one.due_on for one in steps[: place - 1] if one.due_on]
        if step.due_on and earlier and step.due_on < max(earlier):
            wrong(place, "due_on", "It is due before the step that comes first.")
        if User.objects.filter(public_id__in=step.named, is_active=True).count() != len(set(step.named)):
            wrong(place, "named", "Somebody named here has no open account.")
    if errors:
        raise Invalid(errors)


def _values(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(values[name]) for name in RIGHTS}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Circle):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    return " ".join(value.split()) if isinstance(value, str) else value
