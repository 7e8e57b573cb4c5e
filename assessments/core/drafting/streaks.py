"""Streaks: stated in the record, or counted over consecutive recorded periods; with neither, nothing is said."""

from dataclasses import dataclass

from assessments.core.drafting.desk import Desk
from assessments.core.grammar import clean, month_and_year, number, ordinal
from assessments.core.sheets import Share, Statistic
from assessments.core.types import PastPeriod
from assessments.core.values import CountKind, StreakKind

SILENT = frozenset({CountKind.NOT_REPORTED, CountKind.REPORTED_ZERO})


@dataclass(frozen=True, slots=True)
class Streak:
    """What repeats: words for the start of a sentence, or for its end; `periods` names the history counted."""

    kind: StreakKind
    years: int | None = None
    since: str | None = None
    event: str = ""
    periods: tuple[int, ...] = ()


def past_share(past: PastPeriod, statistic: Statistic) -> Share | None:
    """Return an earlier period's figure on the same stage, unit and basis, if it was recorded."""
    wanted = (statistic.stage, statistic.unit, statistic.period_basis)
    return next((share for share in past.statistics if (share.stage, share.unit, share.period_basis) == wanted), None)


def streak_of(desk: Desk, statistic: Statistic) -> Streak | None:
    """Return the streak a statistic states, else one counted from history; only silence and zeros are counted."""
    if statistic.count.kind in {CountKind.UNKNOWN, CountKind.NOT_APPLICABLE}:
        return None
    if statistic.streak:
        found = Streak(
            kind=statistic.streak,
            years=statistic.streak_years,
            since=statistic.streak_since,
            event=clean(statistic.streak_event),
        )
        return found if _makes_sense(found, statistic) else None
    limits = (statistic.scope, statistic.agency, statistic.jurisdiction, statistic.crime, statistic.notability)
    is_narrow = any((*limits, statistic.sanction, statistic.reported_by)) or not statistic.is_on_accountability
    return None if is_narrow or statistic.count.kind not in SILENT else _counted(desk, statistic)


def _makes_sense(streak: Streak, statistic: Statistic) -> bool:
    is_silent = statistic.count.kind in SILENT
    match streak.kind:
        case StreakKind.CONSECUTIVE:
            return bool(streak.years or streak.since)
        case StreakKind.FIRST_EVER:
            return not is_silent
        case StreakKind.FIRST_SINCE:
            return not is_silent and bool(streak.years or streak.since or streak.event)
        case StreakKind.NEVER:
            return is_silent


def _counted(desk: Desk, statistic: Statistic) -> Streak | None:
    by_year = {past.report_year: past for past in desk.record.history}
    periods = []
    year = desk.record.report_year - 1
    while (past := by_year.get(year)) and (share := past_share(past, statistic)):
        if share.count.kind is not statistic.count.kind:
            break
        periods.append(year)
        year -= 1
    if not periods:
        return None
    return Streak(kind=StreakKind.CONSECUTIVE, years=len(periods) + 1, periods=tuple(periods))


def opening_words(desk: Desk, streak: Streak, *, is_silent: bool) -> str:
    """Return the words a streak puts at the start of its sentence; empty where it stands at the end."""
    phrase = desk.wording.phrase
    since = month_and_year(streak.since) if streak.since else ""
    if streak.kind is StreakKind.CONSECUTIVE and is_silent:
        if streak.years:
            return phrase("consecutive", ordinal=ordinal(streak.years))
        return phrase("every-year-since", date=since)
    if streak.kind is StreakKind.FIRST_EVER:
        return phrase("first")
    if streak.kind is StreakKind.FIRST_SINCE:
        if streak.years:
            return phrase("first-in", count=number(streak.years))
        return phrase("first-since", date=since) if since else phrase("first-after", clause=streak.event)
    return ""


def closing_words(desk: Desk, streak: Streak, *, is_silent: bool, was_silent_word: str, noun: str) -> str:
    """Return the words a streak puts at the end of its sentence."""
    phrase = desk.wording.phrase
    since = month_and_year(streak.since) if streak.since else ""
    if streak.kind is StreakKind.NEVER:
        return phrase("never-reported") if was_silent_word == "silent" else phrase("never")
    if streak.kind is StreakKind.CONSECUTIVE and not is_silent:
        if streak.years:
            return phrase("consecutive-counted", ordinal=ordinal(streak.years), stages=noun)
        return phrase("counted-since", date=since)
    return ""
