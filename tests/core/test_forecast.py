"""When a text will be ready, from what was done so far; and dates worked back from June 30."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.forecast import Forecast, Pace, Progress, forecast, own_pace, pace_of, worked_back

TODAY, DUE = date(2024, 4, 10), date(2024, 6, 1)


def progress(answered: int, days: int, **more: object) -> Progress:
    """A country with so many of 25 core answers, begun so many days ago."""
    return Progress(answered, 25, TODAY - timedelta(days=days), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("country", "pace"),
    [
        (progress(10, 9), 1.0),
        (progress(5, 4), 1.0),
        (progress(4, 9), None),
        (progress(10, 3), None),
        (Progress(0, 25, None), None),
    ],
)
def test_a_pace_needs_five_answers_over_five_days(country: Progress, pace: float | None) -> None:
    assert own_pace(country, TODAY) == pace


def test_a_period_has_a_pace_once_three_countries_have_one() -> None:
    few = [progress(10, 9), progress(20, 9)]
    assert pace_of(few, [3, 4], TODAY) == Pace(None, None)
    assert pace_of([*few, progress(5, 9)], [3, 9, 4], TODAY) == Pace(1.0, 4)


@pytest.mark.parametrize(
    ("country", "pace", "said"),
    [
        (
            progress(10, 9),
            Pace(2.0, 4),
            Forecast(
                date(2024, 4, 29), -33, "15 core answers left at its own pace; 4 days of review, as in this period"
            ),
        ),
        (
            progress(1, 9),
            Pace(0.4, None),
            Forecast(date(2024, 6, 9), 8, "24 core answers left at the period's pace; without time for review"),
        ),
        (progress(1, 9), Pace(None, 4), Forecast(None, None, "too few answers to say")),
        (
            progress(25, 30, submitted_on=date(2024, 4, 8)),
            Pace(1.0, 7),
            Forecast(date(2024, 4, 15), -47, "with a reviewer; 7 days of review, as in this period"),
        ),
        (
            progress(25, 30, submitted_on=date(2024, 4, 8)),
            Pace(1.0, None),
            Forecast(None, None, "too few reviews are finished to say"),
        ),
        (progress(25, 30, is_done=True), Pace(1.0, 7), Forecast(None, None, "approved")),
    ],
)
def test_what_is_left_is_divided_by_the_pace(country: Progress, pace: Pace, said: Forecast) -> None:
    assert forecast(country, pace, today=TODAY, due_on=DUE) == said


@given(answered=st.integers(0, 25), days=st.integers(0, 200), speed=st.floats(0.01, 20), review=st.integers(0, 60))
def test_a_forecast_is_never_in_the_past(answered: int, days: int, speed: float, review: int) -> None:
    found = forecast(progress(answered, days), Pace(speed, review), today=TODAY, due_on=DUE)
    assert found.ready_on is not None
    assert found.ready_on >= TODAY + timedelta(days=review)
    assert found.late_by == (found.ready_on - DUE).days


def test_dates_are_worked_back_from_june_30() -> None:
    assert worked_back(2024, 1) == (date(2024, 6, 10), (date(2024, 6, 20),))
    assert worked_back(2024, 3) == (date(2024, 5, 21), (date(2024, 5, 31), date(2024, 6, 10), date(2024, 6, 20)))
