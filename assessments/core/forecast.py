"""When a country's text will be ready at the pace of its own period, and dates worked back from the statutory one.

The Report is due to Congress not later than June 30 (22 U.S.C. 7107(b)). Nothing here is a judgement of anybody: a
forecast divides what is left by what was done a day, says from what it was made, and says nothing where there is too
little to go by.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from statistics import median

STATUTORY_MONTH, STATUTORY_DAY = 6, 30
PRINTING_DAYS = 10
"""From the last approval to the statutory date: the report is put together and printed."""
STEP_DAYS = 10
"""For one step of review."""
ENOUGH_ANSWERS, ENOUGH_DAYS = 5, 5
"""Fewer answers, or over fewer days, say nothing about a pace."""
ENOUGH_COUNTRIES = 3
"""Fewer countries say nothing about the pace of a period."""


@dataclass(frozen=True)
class Progress:
    """How far one country is: core questions answered of those asked, since the day of the first answer.

    `began_on` None: nothing was answered yet. `submitted_on` None: it is not with a reviewer. `is_done`: approved.
    """

    answered: int
    expected: int
    began_on: date | None
    submitted_on: date | None = None
    is_done: bool = False


@dataclass(frozen=True)
class Pace:
    """The pace of a period: core answers a day in the middle country, and days under review; None: too little known."""

    answers_a_day: float | None
    review_days: int | None


@dataclass(frozen=True)
class Forecast:
    """The day a text will be approved, and how many days after the due date that is (0 or less: in time).

    `ready_on` None: nothing can be said yet, and `basis` says why.
    """

    ready_on: date | None
    late_by: int | None
    basis: str


def own_pace(progress: Progress, today: date) -> float | None:
    """Return a country's core answers a day, the day it began included; None where that is too little to go by."""
    if progress.began_on is None or progress.answered < ENOUGH_ANSWERS:
        return None
    days = (today - progress.began_on).days + 1
    return progress.answered / days if days >= ENOUGH_DAYS else None


def pace_of(countries: Iterable[Progress], reviews: Sequence[int], today: date) -> Pace:
    """Return the pace of a period from its countries and from the days its finished reviews took."""
    paces = [pace for country in countries if (pace := own_pace(country, today)) is not None]
    return Pace(
        median(paces) if len(paces) >= ENOUGH_COUNTRIES else None,
        ceil(median(reviews)) if len(reviews) >= ENOUGH_COUNTRIES else None,
    )


def forecast(progress: Progress, pace: Pace, *, today: date, due_on: date) -> Forecast:
    """Say when a text will be approved: what is left at its own pace, else at that of the period, and then review."""
    if progress.is_done:
        return Forecast(None, None, "approved")
    review = pace.review_days
    after = f"{review} days of review, as in this period" if review is not None else "without time for review"
    if progress.submitted_on is not None:
        if review is None:
            return Forecast(None, None, "too few reviews are finished to say")
        ready = max(progress.submitted_on + timedelta(days=review), today)
        return Forecast(ready, (ready - due_on).days, f"with a reviewer; {after}")
    mine = own_pace(progress, today)
    speed, whose = (mine, "its own pace") if mine is not None else (pace.answers_a_day, "the period's pace")
    if not speed:
        return Forecast(None, None, "too few answers to say")
    left = max(progress.expected - progress.answered, 0)
    ready = today + timedelta(days=ceil(left / speed) + (review or 0))
    return Forecast(ready, (ready - due_on).days, f"{left} core answers left at {whose}; {after}")


def statutory_date(report_year: int) -> date:
    """Return the day by which the report of a year is due."""
    return date(report_year, STATUTORY_MONTH, STATUTORY_DAY)


def worked_back(report_year: int, steps: int) -> tuple[date, tuple[date, ...]]:
    """Return the day on which drafts are due, and that of each step of review, worked back from the statutory date."""
    last = statutory_date(report_year) - timedelta(days=PRINTING_DAYS)
    dues = tuple(last - timedelta(days=STEP_DAYS * place) for place in range(steps - 1, -1, -1))
    return last - timedelta(days=STEP_DAYS * steps), dues
