"""The one case a figure counts, told in the figure's own sentence: "reported charging one official with fraud".

Told apart, the same event would stand twice, as a figure and as a case. It is told in one only where the government
stands behind both, and where nothing of the figure would then seem to be said of the offense or the role alone.
"""

from dataclasses import replace

from assessments.core.drafting.cases import voice_of
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.figure import Figure
from assessments.core.drafting.outcomes import IN_OFFICE, charge, gerunds, status, verbs, why
from assessments.core.drafting.people import counted_people
from assessments.core.drafting.states import evidence_of
from assessments.core.drafting.steps import Chapter, chapters
from assessments.core.grammar import clean
from assessments.core.sheets import OfficialCase, Statistic
from assessments.core.values import Stage, StatuteType


def joined_to(desk: Desk, members: list[Figure]) -> OfficialCase | None:
    """Return the case that the one figure of a sentence counts, where both can be told in one."""
    if len(members) != 1:
        return None
    figure, statistic = members[0], members[0].statistic
    case = desk.behind.get(statistic.id)
    if case is None or figure.state != "counted" or figure.voice == "attributed" or not _is_bare(figure, statistic):
        return None
    found = chapters(case)
    if len(found) != 1 or voice_of(desk, case, found[0].move) or not _is_one_step(found[0], statistic):
        return None
    is_government = figure.voice == "plain" or desk.speaker(tuple(evidence_of(desk, [case]))).is_government
    return case if is_government else None


def _is_bare(figure: Figure, statistic: Statistic) -> bool:
    """Say whether nothing on record of a figure would narrow to its one case: a comparison, a streak, a scope."""
    limits = (statistic.scope, statistic.agency, statistic.jurisdiction)
    return not (
        figure.streak
        or figure.previous
        or figure.is_unlike
        or statistic.of_total
        or statistic.new
        or statistic.continued
        or any(map(clean, limits))
        or ((statistic.previous_detail or clean(statistic.previous_note)) and not statistic.previous_stage)
    )


def _is_one_step(chapter: Chapter, statistic: Statistic) -> bool:
    """Say whether a case is one step alone, of whose date, place and outcome nothing more is on record."""
    move, step = chapter.move, chapter.move.last
    is_office = step.stage is Stage.ADMINISTRATIVE
    return (
        move.stages == (statistic.stage,)
        and move.is_whole
        and not (chapter.lesser or chapter.appeal)
        and not (step.date or clean(step.body) or clean(step.jurisdiction))
        and all(is_office and each.kind.value in IN_OFFICE and not each.persons for each in step.sanctions)
        and not (is_office and statistic.previous_stage)
        and (step.statute is statistic.statute or StatuteType.UNKNOWN in {step.statute, statistic.statute})
    )


def told_with(desk: Desk, statistic: Statistic, case: OfficialCase, *, is_reported: bool) -> str:
    """Return verb, officials, offense and conduct: "dismissing one police officer over alleged complicity"."""
    move = chapters(case)[0].move
    step = move.last if statistic.statute is StatuteType.UNKNOWN else replace(move.last, statute=statistic.statute)
    verb = gerunds(desk, move) if is_reported else verbs(desk, move)
    parts = (verb, counted_people(desk, case.officials), charge(desk, step), why(desk, case, step))
    return " ".join(part for part in parts if part)


def stood(desk: Desk, case: OfficialCase) -> str:
    """Return how the case stood at the end of the period, where that is on record."""
    return status(desk, case, chapters(case)[0], is_last=True, is_plural=False)
