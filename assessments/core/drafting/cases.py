"""Cases against officials, from grave to light: each step with its own hedge, each outcome told (F1b).

Cases alike in stage, authority, date and state share one sentence; what followed in a case is told in sentences of its
own. Source: narrative-style.md 7, NP-22 to NP-29.
"""

from collections.abc import Iterable

from assessments.core.drafting.conduct import gravity, is_in_scope
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.outcomes import (
    behind,
    body,
    sanctions,
    sentenced,
    status,
    verbs,
    whom_again,
    whom_and_why,
)
from assessments.core.drafting.people import are_several, total
from assessments.core.drafting.periods import when
from assessments.core.drafting.sanctions import served
from assessments.core.drafting.speakers import Speaker
from assessments.core.drafting.steps import OPENING, Chapter, Move, chapters, moves
from assessments.core.grammar import clean, date_phrase
from assessments.core.sheets import OfficialCase
from assessments.core.values import CaseStatus, Modality, PeriodRelation, Section, Stage, TraffickingLink, Unit

_RANKS = ("highest", "senior", "mid", "junior", "unknown")
_RELATIONS = tuple(PeriodRelation)
_STAGES = tuple(Stage)
_PATTERNS = {
    Stage.ALLEGATION: "NP-22",
    Stage.ARREST: "NP-22",
    Stage.INVESTIGATION: "NP-22",
    Stage.INDICTMENT: "NP-23",
    Stage.CHARGE: "NP-23",
    Stage.TRIAL: "NP-23",
    Stage.APPEAL: "NP-23",
    Stage.CONVICTION: "NP-24",
    Stage.SENTENCE: "NP-24",
    Stage.ACQUITTAL: "NP-26",
    Stage.COURT_DISMISSAL: "NP-26",
    Stage.SHELVING: "NP-26",
    Stage.REVERSAL: "NP-26",
    Stage.ADMINISTRATIVE: "NP-27",
}
_MOST = 3


def rank_of(groups: Iterable[object]) -> int:
    """Return the highest rank among officials as a place: 0 is the highest."""
    found = [getattr(group, "rank", "unknown") for group in groups]
    return min((_RANKS.index(rank) if rank in _RANKS else len(_RANKS) for rank in found), default=len(_RANKS))


def order(desk: Desk, case: OfficialCase) -> tuple[object, ...]:
    """Place of a case: this period first, what a figure counts, the graver act, the higher rank, the later stage."""
    stages = [_STAGES.index(step.stage) for step in case.proceedings]
    return (
        _RELATIONS.index(case.relation),
        case.counted_in is None,
        gravity(desk, case),
        rank_of(case.officials),
        -max(stages, default=0),
        case.id,
    )


def write(desk: Desk, section: Section, cases: Iterable[OfficialCase], told: frozenset[str]) -> None:
    """Write the cases of one section. `told` are the figures already stated, to which a case may refer."""
    ordered = sorted((case for case in cases if case.proceedings), key=lambda case: order(desk, case))
    inside = {case.id for members in desk.folded.values() for case in members}
    for case in ordered:
        if case.id in inside:
            _state_alone(desk, section, case)
    for group in _alike(desk, [case for case in ordered if is_in_scope(case) and case.id not in inside]):
        _tell(desk, section, group, told)
    for case in ordered:
        if not is_in_scope(case):
            desk.gap(section, f"case {case.id} is recorded as smuggling only and is left out", facts=(case.id,))
        elif case.link is TraffickingLink.UNCLEAR:
            text = f"settle the link of case {case.id} to trafficking: it is recorded as unclear"
            desk.gap(section, text, facts=(case.id,))


def _alike(desk: Desk, cases: list[OfficialCase]) -> Iterable[list[OfficialCase]]:
    """Group cases whose one move has the same stage, authority, date and state; all others stand alone."""
    groups: dict[object, list[OfficialCase]] = {}
    for case in cases:
        found = moves(case)
        key: object = case.id
        if len(found) == 1 and not case.counted_in and found[0].is_plain:
            step, voice = found[0].last, _voice(desk, case, found[0])
            key = (
                *(found[0].stages, step.date, clean(step.body), step.status, case.relation, case.opened),
                *(voice.name if voice else "", case.link, bool(clean(step.charge))),
            )
        groups.setdefault(key, []).append(case)
    for members in groups.values():
        for start in range(0, len(members), _MOST):
            yield members[start : start + _MOST]


def _voice(desk: Desk, case: OfficialCase, move: Move) -> Speaker | None:
    """Return whose account a step is, where it is not told as a fact of the record."""
    evidence = move.evidence or case.evidence
    if any(item.official_record for ref in evidence if (item := desk.case.evidence.get(ref))):
        return None
    speaker = desk.speaker(evidence)
    return speaker if speaker.attributes_facts else None


def _tell(desk: Desk, section: Section, group: list[OfficialCase], told: frozenset[str]) -> None:
    """Write all sentences of a case, or the one sentence of several like cases."""
    case = group[0]
    found = chapters(case)
    if _is_stale(case, found):
        _stale(desk, section, group)
    else:
        for position, chapter in enumerate(found, start=1):
            is_last = position == len(found)
            _chapter(desk, section, group, chapter, told, position=position, is_last=is_last)
    for each in group:
        _serving(desk, section, each)


def _chapter(
    desk: Desk,
    section: Section,
    group: list[OfficialCase],
    chapter: Chapter,
    told: frozenset[str],
    *,
    position: int,
    is_last: bool,
) -> None:
    case, move, is_first = group[0], chapter.move, position == 1
    step, voice = move.last, _voice(desk, group[0], chapter.move)
    slots = {
        "opening": _opening(desk, case, move, told, is_plural=len(group) > 1) if is_first else when(move.steps[0].date),
        "body": body(desk, move),
        "step": verbs(desk, move),
        "object": _whom(desk, group, move, is_first=is_first),
        "status": status(desk, case, chapter, is_last=is_last, is_plural=len(group) > 1),
        "reason": clean(step.reason),
        "motive": clean(step.alleged_motive),
        "period": desk.style.period,
        "source": voice.name if voice else "",
        "verb": voice.verb(Modality.REPORTED) if voice else "",
    }
    pattern, form = _shape(desk, case, chapter, slots, is_first=is_first)
    if voice and form == "step":
        form = "attributed"
    desk.say(
        pattern,
        form,
        slots,
        section=section,
        subjects=[each.id for each in group],
        basis=desk.basis([each.id for each in group], _evidence(desk, group, chapter)),
        choice=f"the case {'stands at' if is_last else 'went through'} {step.stage.label}{_together(group)}",
        family="case" if is_first else f"case-{step.stage.value}-{position}",
    )


def _whom(desk: Desk, group: list[OfficialCase], move: Move, *, is_first: bool) -> str:
    """Return whom a move concerned and why: "two police officers for allegedly taking bribes and a mayor for ..."."""
    if not is_first:
        return whom_again(desk, group[0], move)
    return desk.join(dict.fromkeys(whom_and_why(desk, case, moves(case)[0]) for case in group))


def _shape(
    desk: Desk, case: OfficialCase, chapter: Chapter, slots: dict[str, str], *, is_first: bool
) -> tuple[str, str]:
    """Choose pattern and form, and put sanctions, reason and motive where the form has its place for them."""
    move, step = chapter.move, chapter.move.last
    pattern = _PATTERNS[step.stage]
    if move.stages == (Stage.APPEAL,) and step.status in {CaseStatus.PENDING, CaseStatus.ON_APPEAL}:
        slots["status"] = f"an appeal in the case of {slots['object']} was pending"
        return "NP-23", "state"
    if move.stages == (Stage.SENTENCE,) and step.sanctions:
        again = behind("", sanctions(desk, case, chapter)).removeprefix(" and ").removeprefix(", ")
        slots["sanction"] = sentenced(desk, case, step) if is_first else again
        return pattern, "sentence"
    imposed = sanctions(desk, case, chapter)
    if pattern == "NP-26" and imposed:
        slots["object"] = f"{slots['object']} but {desk.join(imposed)}"
    elif imposed:
        slots["object"] = behind(slots["object"], imposed)
    if pattern in {"NP-22", "NP-23", "NP-24"} and slots["reason"]:
        slots["object"] = f"{slots['object']} due to {slots['reason']}"
    if pattern != "NP-27" and slots["motive"]:
        slots["object"] = f"{slots['object']}, allegedly {slots['motive']}"
    return pattern, "step"


def _evidence(desk: Desk, group: list[OfficialCase], chapter: Chapter | None = None) -> list[str]:
    """Return what a sentence on cases rests on; for one case only the steps told."""
    ids = {case.id for case in group}
    became = [ref for item in desk.record.allegations if item.case in ids for ref in item.evidence]
    own = [ref for case in group for ref in case.evidence]
    if len(group) == 1 and chapter:
        return [*own, *chapter.evidence, *became]
    return [*own, *(ref for case in group for step in case.proceedings for ref in step.evidence), *became]


def _together(group: list[OfficialCase]) -> str:
    return f"; {len(group)} like cases are told together" if len(group) > 1 else ""


def _is_stale(case: OfficialCase, found: list[Chapter]) -> bool:
    last = found[0].move.last
    is_older = case.relation is not PeriodRelation.CURRENT
    return len(found) == 1 and is_older and last.status is CaseStatus.NO_PROGRESS and last.stage in OPENING


def _stale(desk: Desk, section: Section, group: list[OfficialCase]) -> None:
    case = group[0]
    slots = {
        "gov": desk.gov,
        "case": ("a case" if len(group) == 1 else "cases") + ("" if case.opened else " from an earlier period"),
        "date": date_phrase(case.opened) if case.opened else "",
        "object": _whom(desk, group, moves(case)[0], is_first=True),
    }
    desk.say(
        "NP-29",
        "earlier",
        slots,
        section=section,
        subjects=[each.id for each in group],
        basis=desk.basis([each.id for each in group], _evidence(desk, group)),
        choice=f"carried over, and no progress is on record{_together(group)}",
        family="case",
    )


def _opening(desk: Desk, case: OfficialCase, move: Move, told: frozenset[str], *, is_plural: bool) -> str:
    """Return date, and where the case comes from: "in May 2022, in a case opened in 2021"."""
    date = when(move.steps[0].date)
    parts = [date]
    several = "s" if is_plural else ""
    opened_in = desk.wording.phrase(f"case{several}-opened-in", date=date_phrase(case.opened)) if case.opened else ""
    if case.relation is not PeriodRelation.CURRENT:
        if case.opened and case.opened != move.steps[0].date:
            parts.append(opened_in)
        elif not date:
            parts.append(desk.wording.phrase(f"earlier-case{several}"))
    elif case.counted_in in told:
        parts.append(_counted(desk, case))
    elif not date:
        parts.append(opened_in)
    return ", ".join(part for part in parts if part)


def _counted(desk: Desk, case: OfficialCase) -> str:
    """Return how a case belongs to the figure that counts it."""
    statistic = next(item for item in desk.record.statistics if item.id == case.counted_in)
    if statistic.count.value == 1:
        return desk.wording.phrase("counted-one")
    is_all = statistic.unit is Unit.PERSONS and total(case.officials) == statistic.count.value
    return desk.wording.phrase("counted-all" if is_all else "counted-many")


def _state_alone(desk: Desk, section: Section, case: OfficialCase) -> None:
    """Say how a case stood that a figure's sentence has told otherwise."""
    step = case.proceedings[-1]
    several = are_several(case.officials)
    which = f"{'the cases' if several else 'the case'} against {_told_people(desk, case, several=several)}"
    slots = {"gov": desk.gov, "case": which, "status": ""}
    match step.status:
        case CaseStatus.ENDED:
            return
        case CaseStatus.NOT_REPORTED:
            pattern, form = "NP-28", "outcome"
        case CaseStatus.NO_PROGRESS:
            pattern, form = "NP-29", "progress"
        case _:
            pattern, form = "NP-23", "state"
            is_appeal = step.status is CaseStatus.ON_APPEAL
            state = f"{'appeals were' if several else 'an appeal was'} pending in {which}"
            slots["status"] = state if is_appeal else f"{which} remained pending"
            slots["period"] = desk.style.period
    desk.say(
        pattern,
        form,
        slots,
        section=section,
        subjects=[case.id],
        basis=desk.basis([case.id], _evidence(desk, [case])),
        choice="a figure tells the case; this is how it stood",
        family="case",
    )


def _told_people(desk: Desk, case: OfficialCase, *, several: bool) -> str:
    """Return the officials of a figure told before: "the officials prosecuted"."""
    statistic = next((item for item in desk.record.statistics if item.id == case.counted_in), None)
    past = desk.wording.stage(statistic.stage).past if statistic else ""
    noun = "the officials" if several else "the official"
    return f"{noun} {past}" if past and " " not in past else noun


def _serving(desk: Desk, section: Section, case: OfficialCase) -> None:
    """Say whether terms were served."""
    clauses = served(desk, [each for step in case.proceedings for each in step.sanctions], case.officials)
    if clauses:
        desk.say(
            "NP-25",
            "served",
            {"clause": desk.join(clauses)},
            section=section,
            subjects=[case.id],
            basis=desk.basis([case.id], _evidence(desk, [case])),
            choice="the record says whether a term was served",
            family="case-served",
        )
