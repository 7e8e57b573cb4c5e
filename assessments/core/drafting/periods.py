"""Which twelve months a sentence is about, and which came before; calendar years are never mixed in silently."""

from assessments.core.drafting.desk import Desk
from assessments.core.grammar import date_phrase, month_and_year, year_of
from assessments.core.sheets import Statistic
from assessments.core.values import PeriodBasis


def opening(statistic: Statistic) -> str:
    """Return the words that open a sentence on a figure: "In 2022"; empty for the reporting period."""
    date = statistic.period
    match statistic.period_basis:
        case PeriodBasis.REPORTING:
            return ""
        case PeriodBasis.FISCAL:
            return f"in fiscal year {date[:4]}" if date else "in the last fiscal year"
        case PeriodBasis.CALENDAR:
            return f"in {date[:4]}" if date else "in the last calendar year"
        case PeriodBasis.OTHER:
            return f"in the period to {month_and_year(date)}" if date else "in another period of twelve months"


def before(desk: Desk, statistic: Statistic) -> str:
    """Return the name of the period before a figure's own: "the previous reporting period", "2021"."""
    date = statistic.period
    match statistic.period_basis:
        case PeriodBasis.REPORTING | PeriodBasis.OTHER:
            return (
                desk.style.previous_period if statistic.period_basis is PeriodBasis.REPORTING else "the period before"
            )
        case PeriodBasis.FISCAL:
            return f"fiscal year {year_of(date) - 1}" if date else "the fiscal year before"
        case PeriodBasis.CALENDAR:
            return str(year_of(date) - 1) if date else "the calendar year before"


def overlaps(date: str, report_year: int) -> bool:
    """Say whether a day, month or year can lie between April 1 of the year before and March 31 of the report year."""
    first, last = f"{report_year - 1}-04-01", f"{report_year}-03-31"
    earliest = date + "0000-01-01"[len(date) :]
    latest = date + "0000-12-31"[len(date) :]
    return earliest <= last and latest >= first


def when(date: str | None) -> str:
    """Return a date as the words that open a sentence: "in May 2022"; empty where none is known."""
    return date_phrase(date) if date else ""
