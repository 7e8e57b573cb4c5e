"""What the cases on record add up to, beside the figures reported; where they disagree, somebody must look."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.core.sheets import OfficialCase, Statistic
from assessments.core.types import AssessmentRecord
from assessments.core.values import CountKind, PeriodBasis, PeriodRelation, Unit
from assessments.core.words import counted


@dataclass(frozen=True, slots=True)
class Total:
    """A reported figure, and what the cases on record add up to at its stage; `warning` is "" where they agree."""

    statistic: Statistic
    recorded: int  # officials, or cases where the figure counts those
    marked: int  # of these, from cases that say this figure counts them
    warning: str


def totals(record: AssessmentRecord) -> tuple[Total, ...]:
    """Return the reported figures that can be set beside cases, in their order; no figure without a case to compare.

    A figure that is limited in scope, agency, place or period is compared with the cases marked as counted in it; any
    other with all cases of the period that reached its stage.
    """
    return tuple(_totals(record))


def _totals(record: AssessmentRecord) -> Iterator[Total]:
    for statistic in record.statistics:
        mine = [case for case in record.cases if case.counted_in == statistic.id]
        marked = sum(_reached(case, statistic) for case in mine)
        others = () if _is_limited(statistic) else [c for c in record.cases if _belongs(c) and c not in mine]
        recorded = marked + sum(_reached(case, statistic) for case in others)
        if recorded:
            yield Total(statistic, recorded, marked, _warning(statistic, recorded))


def _is_limited(statistic: Statistic) -> bool:
    return bool(statistic.scope or statistic.agency or statistic.jurisdiction) or (
        statistic.period_basis is not PeriodBasis.REPORTING
    )


def _belongs(case: OfficialCase) -> bool:
    return case.counted_in is None and case.relation is PeriodRelation.CURRENT


def _reached(case: OfficialCase, statistic: Statistic) -> int:
    """Return how many officials of a case reached a stage, a group without a number as one; cases count once."""
    steps = [step for step in case.proceedings if step.stage is statistic.stage]
    if not steps:
        return 0
    if statistic.unit is not Unit.PERSONS:
        return 1
    stated = [step.count.value for step in steps if step.count is not None and step.count.value is not None]
    if stated:
        return max(stated)
    return sum(group.count.value or 1 for group in case.officials) or 1


def _warning(statistic: Statistic, recorded: int) -> str:
    count, noun = statistic.count, "case" if statistic.unit is not Unit.PERSONS else "official"
    if count.kind is CountKind.REPORTED_ZERO:
        return f"The figure says that none took place, and {counted(recorded, noun)} on record reached this stage."
    if count.value is None or recorded <= count.value or count.kind is CountKind.AT_LEAST:
        return ""
    return (
        f"The cases on record come to {recorded}, more than the figure of {count.value}. Mark cases that the figure "
        "counts, or look for one that belongs to another period or stage."
    )
