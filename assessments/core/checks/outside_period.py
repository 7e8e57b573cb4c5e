"""A fact dated outside the reporting period without a mark that says so."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.drafting.periods import overlaps
from assessments.core.types import Check, Severity
from assessments.core.values import PeriodBasis, PeriodRelation

SLUG = "outside-period"


def check(reading: Reading) -> Iterator[Check]:
    """Compare the dates of allegations, cases and statistics with the period; imprecise dates are taken kindly."""
    year = reading.case.record.report_year
    for allegation in reading.case.record.allegations:
        if allegation.in_period and allegation.date and not overlaps(allegation.date, year):
            yield _found(allegation.id, f"The allegation {allegation.id} is dated {allegation.date}")
    for case in reading.case.record.cases:
        if case.relation is PeriodRelation.CURRENT and case.opened and not overlaps(case.opened, year):
            yield _found(case.id, f"The case {case.id} was opened {case.opened}")
    for statistic in reading.case.record.statistics:
        is_reporting = statistic.period_basis is PeriodBasis.REPORTING
        if is_reporting and statistic.period and not overlaps(statistic.period, year):
            yield _found(statistic.id, f"The statistic {statistic.id} is of {statistic.period}")


def _found(ref: str, what: str) -> Check:
    text = f"{what}, outside the reporting period, and is not marked as earlier."
    return Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=(ref,))
