"""Which twelve months a sentence is about, and which came before; calendar years are never mixed in silently."""

from assessments.core.drafting.desk import Desk
from assessments.core.grammar import date_phrase, month_and_year, year_of
from assessments.core.sheets import Statistic
from assessments.core.values import PeriodBasis


def opening(desk: Desk, statistic: Statistic) -> str:
    """Return the words that open a sentence on a figure: "In 2022"; empty for the reporting period."""
    basis, date = statistic.period_basis, statistic.period
    if basis is PeriodBasis.REPORTING:
        return ""
    if not date:
        return desk.wording.word("period-unnamed", basis)
    name = month_and_year(date) if basis is PeriodBasis.OTHER else str(year_of(date))
    return desk.wording.phrase(f"period-{basis.value}", date=name)


def before(desk: Desk, statistic: Statistic) -> str:
    """Return the name of the period before a figure's own: "the previous reporting period", "2021"."""
    basis, date = statistic.period_basis, statistic.period
    if basis is PeriodBasis.REPORTING:
        return desk.style.previous_period
    if not date or basis is PeriodBasis.OTHER:
        return desk.wording.word("period-before-unnamed", basis)
    return desk.wording.phrase(f"period-before-{basis.value}", date=str(year_of(date) - 1))


def overlaps(date: str, report_year: int) -> bool:
    """Say whether a day, month or year can lie between April 1 of the year before and March 31 of the report year."""
    first, last = f"{report_year - 1}-04-01", f"{report_year}-03-31"
    earliest = date + "0000-01-01"[len(date) :]
    latest = date + "0000-12-31"[len(date) :]
    return earliest <= last and latest >= first


def when(date: str | None) -> str:
    """Return a date as the words that open a sentence: "in May 2022"; empty where none is known."""
    return date_phrase(date) if date else ""
