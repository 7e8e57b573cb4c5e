"""A stated streak that differs from what the recorded history shows."""

from collections.abc import Iterator, Mapping

from assessments.core.checks.reading import Reading
from assessments.core.sheets import Share, Statistic
from assessments.core.types import Check, Severity
from assessments.core.values import NUMBERED, CountKind, StreakKind
from assessments.core.words import counted

SLUG = "streak-differs"
HAPPENED = NUMBERED | {CountKind.TOOK_PLACE}


def check(reading: Reading) -> Iterator[Check]:
    """Compare each stated streak with the same stage and unit in the earlier periods on record."""
    past = {period.report_year: period.statistics for period in reading.case.record.history}
    for statistic in reading.case.record.official_statistics:
        if statistic.streak and (text := _conflict(reading.case.record.report_year, statistic, past)):
            yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=(statistic.id,))


def _conflict(year: int, statistic: Statistic, past: Mapping[int, tuple[Share, ...]]) -> str:
    shares = {one: share for one, found in past.items() if (share := _same(statistic, found))}
    match statistic.streak:
        case StreakKind.CONSECUTIVE if statistic.streak_years:
            return _consecutive(year, statistic, statistic.streak_years, shares)
        case StreakKind.NEVER | StreakKind.FIRST_EVER:
            since = 0
        case StreakKind.FIRST_SINCE if statistic.streak_since:
            since = int(statistic.streak_since[:4])
        case _:
            return ""
    earlier = [one for one, share in shares.items() if since < one < year and share.count.kind in HAPPENED]
    label = statistic.streak.label if statistic.streak else ""
    return (
        f"The record says “{label}” for {statistic.stage.label}, but the history has one in the period of "
        f"{max(earlier)}."
        if earlier
        else ""
    )


def _consecutive(year: int, statistic: Statistic, stated: int, shares: Mapping[int, Share]) -> str:
    """Compare a number of years in a row; a gap in the history leaves the longer claim open."""
    years, earlier = 1, year - 1
    while earlier in shares and shares[earlier].count.kind is statistic.count.kind:
        years, earlier = years + 1, earlier - 1
    is_broken = earlier in shares
    if years == stated or (years < stated and not is_broken):
        return ""
    return (
        f"The record states {counted(stated, 'year')} in a row for {statistic.stage.label}, the history shows "
        f"{counted(years, 'year')}."
    )


def _same(statistic: Statistic, shares: tuple[Share, ...]) -> Share | None:
    """Return the earlier figure of the same stage and unit, if one is on record."""
    return next((one for one in shares if one.stage is statistic.stage and one.unit is statistic.unit), None)
