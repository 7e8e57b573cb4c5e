"""Cases that say nothing a figure does not say: they stand behind the figure's sentence instead of repeating it."""

from collections.abc import Mapping

from assessments.core.drafting.conduct import details, gerund, is_in_scope
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import total
from assessments.core.drafting.routes import ABROAD
from assessments.core.drafting.steps import moves
from assessments.core.grammar import clean
from assessments.core.sheets import OfficialCase, OfficialGroup, Proceeding, Statistic
from assessments.core.values import NUMBERED, CountKind, PeriodRelation, Stage, Unit

_TOLD = NUMBERED | {CountKind.TOOK_PLACE}


def folded(desk: Desk) -> Mapping[str, tuple[OfficialCase, ...]]:
    """Return, by statistic, the cases it counts that add nothing to it but their state at the end of the period."""
    told = {item.id: item for item in desk.record.official_statistics if item.count.kind in _TOLD}
    stages = {item.stage for item in told.values()}
    found: dict[str, list[OfficialCase]] = {}
    for case in sorted(desk.record.cases, key=lambda each: each.id):
        statistic = told.get(case.counted_in or "")
        if statistic is not None and _adds_nothing(desk, case, statistic, stages):
            found.setdefault(statistic.id, []).append(case)
    return {ref: tuple(cases) for ref, cases in found.items()}


def told_behind(desk: Desk) -> Mapping[str, OfficialCase]:
    """Return, by statistic, the one case that says who and what the whole of it was.

    Its sentence follows the figure's at once, as "the official": nobody wonders whether it is one case more.
    """
    counting: dict[str, list[OfficialCase]] = {}
    for case in sorted(desk.record.cases, key=lambda each: each.id):
        if case.counted_in:
            counting.setdefault(case.counted_in, []).append(case)
    figures = {item.id: item for item in desk.record.statistics if item.count.kind is CountKind.EXACT}
    return {
        ref: cases[0]
        for ref, cases in counting.items()
        if len(cases) == 1 and ref in figures and ref not in desk.folded and _is_whole(cases[0], figures[ref])
    }


def _is_whole(case: OfficialCase, statistic: Statistic) -> bool:
    """Say whether a case is all that a figure counts: the same people, at the same stage, in this period, at home."""
    first = moves(case)[0] if case.proceedings else None
    return (
        first is not None
        and statistic.stage in first.stages
        and not first.main.count
        and statistic.unit is Unit.PERSONS
        and statistic.count.value == total(case.officials)
        and case.relation is PeriodRelation.CURRENT
        and case.deployment not in ABROAD
        and is_in_scope(case)
        and not any(clean(group.accomplices) for group in case.officials)
    )


def _adds_nothing(desk: Desk, case: OfficialCase, statistic: Statistic, stages: set[Stage]) -> bool:
    return (
        bool(case.proceedings)
        and not (clean(case.institution) or case.immunity or case.left_host_state)
        and is_in_scope(case)
        and case.relation is PeriodRelation.CURRENT
        and case.opened is None
        and not gerund(desk, case)
        and not details(desk, case)
        and all(_is_general(desk, group) for group in case.officials)
        and all(_is_bare(step, statistic) and _is_told(step, statistic, stages) for step in case.proceedings)
        and _counts_agree(case, statistic)
    )


def _is_told(step: Proceeding, statistic: Statistic, stages: set[Stage]) -> bool:
    """Say whether figures tell a step; a sentence goes with the conviction counted, and is told behind it."""
    return step.stage in stages or (step.stage is Stage.SENTENCE and statistic.stage is Stage.CONVICTION)


def _is_general(desk: Desk, group: OfficialGroup) -> bool:
    role, agency = clean(group.role).casefold(), clean(group.agency).casefold()
    is_named = agency and agency not in desk.style.general_agencies
    return role in desk.style.general_roles and not (
        is_named or group.former or group.standing or clean(group.accomplices)
    )


def _is_bare(step: Proceeding, statistic: Statistic) -> bool:
    is_own_law = step.statute in {statistic.statute, type(step.statute).UNKNOWN}
    plain = not (
        clean(step.charge) or clean(step.body) or clean(step.reason) or clean(step.alleged_motive) or step.motives
    )
    is_sentenced_alike = step.stage is Stage.SENTENCE and not any(each.persons for each in step.sanctions)
    is_simple = not (clean(step.jurisdiction) or step.date or step.count or step.lesser_offense)
    return plain and is_own_law and is_simple and (is_sentenced_alike or not step.sanctions)


def _counts_agree(case: OfficialCase, statistic: Statistic) -> bool:
    counts = [group.count for group in case.officials]
    if statistic.count.kind is CountKind.TOOK_PLACE:
        return len(counts) == 1 and counts[0].kind in {CountKind.SOME, CountKind.SEVERAL, CountKind.UNKNOWN}
    is_same = statistic.unit is Unit.PERSONS and total(case.officials) == statistic.count.value
    return is_same and statistic.count.kind is CountKind.EXACT
