"""Cases against officials, from grave to light: each step with its own hedge, each outcome told (F1b).

Cases alike in stage, authority, date and state share one sentence; what followed in a case is told in sentences of its
own. Source: narrative-style.md 7, NP-22 to NP-29.
"""

from collections.abc import Iterable, Mapping

from assessments.core.drafting.conduct import gravity, is_in_scope
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.inquiries import is_inquiry, write_immunity, write_inquiries
from assessments.core.drafting.outcomes import (
    behind,
    body,
    charge,
    motive,
    sanctions,
    sanctions_together,
    sentenced,
    status,
    verbs,
    whom_again,
    whom_and_why,
    whom_known,
    whom_together,
    why,
)
from assessments.core.drafting.people import joined_by_commas, short_phrase, total
from assessments.core.drafting.periods import overlaps, when
from assessments.core.drafting.speakers import Speaker
from assessments.core.drafting.states import evidence_of, write_served
from assessments.core.drafting.steps import JUDGED, OPENING, Chapter, Move, chapters, moves
from assessments.core.grammar import clean, date_phrase
from assessments.core.sheets import OfficialCase
from assessments.core.values import CaseStatus, Modality, PeriodRelation, Section, Stage, TraffickingLink, Unit

_RANKS = ("highest", "senior", "mid", "junior", "unknown")
_RELATIONS = tuple(PeriodRelation)
_STAGES = tuple(Stage)
_JUDGMENT, _COURT, _INQUIRY, _OFFICE = range(4)
_PROGRESS = {
    Stage.CONVICTION: _JUDGMENT,
    Stage.SENTENCE: _JUDGMENT,
    Stage.ALLEGATION: _INQUIRY,
    Stage.ARREST: _INQUIRY,
    Stage.INVESTIGATION: _INQUIRY,
    Stage.SHELVING: _INQUIRY,
    Stage.ACTION: _INQUIRY,
    Stage.ADMINISTRATIVE: _OFFICE,
}
"""How far a case went; every stage that is not named here is before a court."""
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
    Stage.ACTION: "NP-22",
}
_BEFORE_COURT = frozenset({Stage.INDICTMENT, Stage.CHARGE, Stage.TRIAL})
_MOST = 3


def rank_of(groups: Iterable[object]) -> int:
    """Return the highest rank among officials as a place: 0 is the highest."""
    found = [getattr(group, "rank", "unknown") for group in groups]
    return min((_RANKS.index(rank) if rank in _RANKS else len(_RANKS) for rank in found), default=len(_RANKS))


def order(desk: Desk, case: OfficialCase) -> tuple[object, ...]:
    """Place of a case: news of this period first, what a figure counts, how far it went, then act, rank and stage."""
    stages = [step.stage for step in case.proceedings]
    is_news = case.relation is PeriodRelation.CURRENT or _is_news(desk, case)
    return (
        0 if is_news else _RELATIONS.index(case.relation),
        case.counted_in is None,
        is_news and min((_PROGRESS.get(stage, _COURT) for stage in stages), default=_OFFICE),
        _RELATIONS.index(case.relation),
        gravity(desk, case),
        rank_of(case.officials),
        -max((_STAGES.index(stage) for stage in stages), default=0),
        case.id,
    )


def _is_news(desk: Desk, case: OfficialCase) -> bool:
    """Say whether a case of an earlier period was judged in this one."""
    year = desk.record.report_year
    return case.relation is PeriodRelation.CONTINUED and any(
        step.stage in JUDGED and (step.date is None or overlaps(step.date, year)) for step in case.proceedings
    )


def write(desk: Desk, section: Section, cases: Iterable[OfficialCase], told: frozenset[str]) -> None:
    """Write the cases of one section. `told` are the figures already stated, to which a case may refer."""
    found = [case for case in cases if case.proceedings]
    ordered = sorted((case for case in found if not is_inquiry(case)), key=lambda case: order(desk, case))
    inside = {case.id for members in desk.folded.values() for case in members} | desk.told_cases
    for group in _alike(desk, [case for case in ordered if is_in_scope(case) and case.id not in inside], told):
        _tell(desk, section, group, told)
    write_inquiries(desk, section, [case for case in found if is_inquiry(case) and is_in_scope(case)])
    for case in found:
        if not is_in_scope(case):
            desk.gap(section, f"case {case.id} is recorded as smuggling only and is left out", facts=(case.id,))
        elif case.link is TraffickingLink.UNCLEAR:
            gap = f"settle the link of case {case.id} to trafficking: it is recorded as unclear"
            desk.gap(section, gap, facts=(case.id,))


def write_rest(desk: Desk, section: Section, case: OfficialCase) -> None:
    """Write what is left of a case that a figure's sentence has told: a term served, immunity."""
    desk.told_cases.add(case.id)
    write_served(desk, section, case)
    write_immunity(desk, section, case)


def write_behind(desk: Desk, section: Section, case: OfficialCase, told: frozenset[str]) -> None:
    """Write a case right behind the figure that counts all of it: "Prosecutors charged the official with fraud"."""
    desk.told_cases.add(case.id)
    _tell(desk, section, [case], told, is_known=True)


def _alike(desk: Desk, cases: list[OfficialCase], told: frozenset[str]) -> Iterable[list[OfficialCase]]:
    """Group cases whose one move has the same stage, authority, date and state; all others stand alone.

    Judgments are told together where conduct and offense are the same too, and each of the people judged can be named.
    """
    groups: dict[object, list[OfficialCase]] = {}
    for case in cases:
        found = moves(case)
        key: object = case.id
        if len(found) == 1 and not _is_counted(case, told):
            step, voice = found[0].main, voice_of(desk, case, found[0])
            common = (
                *(
                    step.date,
                    clean(step.body),
                    clean(step.jurisdiction),
                    found[0].last.status,
                    case.relation,
                    case.opened,
                ),
                *(voice.name if voice else "", case.link, bool(clean(step.charge))),
                clean(case.institution),
            )
            if step.stage is Stage.CONVICTION and found[0].is_whole:
                key = (*common, charge(desk, step), why(desk, case, step), short_phrase(case.officials))
                key = _judged_alike(groups, key) or case.id
            elif found[0].is_plain:
                key = (*common, found[0].stages)
        groups.setdefault(key, []).append(case)
    for members in groups.values():
        for start in range(0, len(members), _MOST):
            yield members[start : start + _MOST]


def _judged_alike(groups: Mapping[object, list[OfficialCase]], key: tuple[object, ...]) -> object:
    """Return the key of a group of judgments that a case joins or begins; None where its short name is taken there."""
    *common, name = key
    known = next((each for each in groups if isinstance(each, tuple) and [*each[:-1]] == common), None)
    if known is None:
        return key
    names = {short_phrase(case.officials) for case in groups[known]}
    return None if name in names else known


def _is_counted(case: OfficialCase, told: frozenset[str]) -> bool:
    """Say whether a case is told as part of a figure in the text."""
    return case.relation is PeriodRelation.CURRENT and case.counted_in in told


def voice_of(desk: Desk, case: OfficialCase, move: Move) -> Speaker | None:
    """Return whose account a step is, where it is not told as a fact of the record."""
    evidence = move.evidence or case.evidence
    if any(item.official_record for ref in evidence if (item := desk.case.evidence.get(ref))):
        return None
    speaker = desk.speaker(evidence)
    return speaker if speaker.attributes_facts else None


def _tell(
    desk: Desk, section: Section, group: list[OfficialCase], told: frozenset[str], *, is_known: bool = False
) -> None:
    """Write all sentences of a case, or the one sentence of several like cases.

    `is_known`: the sentence before told its officials.
    """
    case = group[0]
    found = chapters(case)
    if _is_stale(case, found):
        _stale(desk, section, group)
    else:
        for position, chapter in enumerate(found, start=1):
            is_last = position == len(found)
            known = is_known and position == 1
            _chapter(desk, section, group, chapter, told, position=position, is_last=is_last, is_known=known)
    for each in group:
        write_served(desk, section, each)
        write_immunity(desk, section, each)


def _chapter(
    desk: Desk,
    section: Section,
    group: list[OfficialCase],
    chapter: Chapter,
    told: frozenset[str],
    *,
    position: int,
    is_last: bool,
    is_known: bool,
) -> None:
    case, move, is_first = group[0], chapter.move, position == 1
    step, voice = move.last, voice_of(desk, group[0], chapter.move)
    is_opened = is_first and not is_known
    opening = _opening(desk, case, move, told, is_plural=len(group) > 1) if is_opened else when(move.steps[0].date)
    is_pending_first = is_opened and is_last and voice is None and _is_carried_on(case, chapter)
    if is_pending_first:
        pending = desk.at_the_end(desk.wording.word("still", "pending"))
        opening = desk.wording.phrase("and-pending", clause=opening, status=pending)
    slots = {
        "opening": desk.opening_again(section, opening),
        "body": body(desk, move),
        "step": verbs(desk, move),
        "object": whom_known(desk, case, move) if is_known else _whom(desk, group, move, is_first=is_first),
        "status": "" if is_pending_first else status(desk, case, chapter, is_last=is_last, is_plural=len(group) > 1),
        "reason": clean(step.reason),
        "motive": motive(desk, step),
        "period": desk.style.period,
        **desk.voice(section, voice, Modality.REPORTED),
    }
    pattern, form = _shape(desk, group, chapter, slots, is_first=is_first)
    if voice and form == "step":
        form = "attributed"
    desk.say(
        pattern,
        form,
        slots,
        section=section,
        subjects=[each.id for each in group],
        basis=desk.basis([each.id for each in group], evidence_of(desk, group, chapter)),
        choice=f"the case {'stands at' if is_last else 'went through'} {step.stage.label}{_together_choice(group)}",
        family="case" if is_first else f"case-{step.stage.value}-{position}",
    )


def _is_carried_on(case: OfficialCase, chapter: Chapter) -> bool:
    """Say whether a case of an earlier period, told by that alone, was still before a court or a prosecutor."""
    step = chapter.move.last
    return (
        case.relation is not PeriodRelation.CURRENT
        and step.status is CaseStatus.PENDING
        and step.stage in _BEFORE_COURT
        and not (chapter.appeal or chapter.move.steps[0].date or clean(case.institution))
    )


def _whom(desk: Desk, group: list[OfficialCase], move: Move, *, is_first: bool) -> str:
    """Return whom a move concerned and why: "two police officers for allegedly taking bribes and a mayor for ..."."""
    if not is_first:
        return whom_again(desk, group[0], move)
    if len(group) > 1 and move.main.stage is Stage.CONVICTION:
        return whom_together(desk, group, move)
    return desk.join(dict.fromkeys(whom_and_why(desk, case, moves(case)[0]) for case in group))


def _shape(
    desk: Desk, group: list[OfficialCase], chapter: Chapter, slots: dict[str, str], *, is_first: bool
) -> tuple[str, str]:
    """Choose pattern and form, and put sanctions, reason and motive where the form has its place for them."""
    case, move, step = group[0], chapter.move, chapter.move.last
    pattern = _PATTERNS[step.stage]
    if move.stages == (Stage.APPEAL,) and step.status in {CaseStatus.PENDING, CaseStatus.ON_APPEAL}:
        slots["status"] = desk.wording.phrase("appeal-of", officials=slots["object"])
        return "NP-23", "state"
    if move.stages == (Stage.SENTENCE,) and step.sanctions:
        again = joined_by_commas(desk, sanctions(desk, case, chapter))
        slots["sanction"] = sentenced(desk, case, step) if is_first else again
        return pattern, "sentence"
    imposed = sanctions(desk, case, chapter) if len(group) == 1 else sanctions_together(desk, group)
    if pattern == "NP-26" and imposed:
        slots["object"] = desk.wording.phrase("but-imposed", object=slots["object"], list=desk.join(imposed))
    elif imposed:
        slots["object"] = behind(desk, slots["object"], imposed)
    if pattern in {"NP-22", "NP-23", "NP-24"} and slots["reason"]:
        slots["object"] = desk.wording.phrase("due-to", object=slots["object"], reason=slots["reason"])
    if pattern != "NP-27" and slots["motive"]:
        slots["object"] = desk.wording.phrase("motive", object=slots["object"], motive=slots["motive"])
    return pattern, "step"


def _number(group: list[OfficialCase]) -> str:
    return "case" if len(group) == 1 else "cases"


def _together_choice(group: list[OfficialCase]) -> str:
    return f"; {len(group)} like cases are told together" if len(group) > 1 else ""


def _is_stale(case: OfficialCase, found: list[Chapter]) -> bool:
    last = found[0].move.last
    is_older = case.relation is not PeriodRelation.CURRENT
    return len(found) == 1 and is_older and last.status is CaseStatus.NO_PROGRESS and last.stage in OPENING


def _stale(desk: Desk, section: Section, group: list[OfficialCase]) -> None:
    case = group[0]
    slots = {
        "gov": desk.gov,
        "case": desk.wording.word("which-earlier" if case.opened else "which-undated", _number(group)),
        "date": date_phrase(case.opened) if case.opened else "",
        "object": _whom(desk, group, moves(case)[0], is_first=True),
    }
    desk.say(
        "NP-29",
        "earlier",
        slots,
        section=section,
        subjects=[each.id for each in group],
        basis=desk.basis([each.id for each in group], evidence_of(desk, group)),
        choice=f"carried over, and no progress is on record{_together_choice(group)}",
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
    elif _is_counted(case, told):
        parts.append(_counted(desk, case))
    elif not date:
        parts.append(opened_in)
    if clean(case.institution):
        parts.append(desk.wording.phrase("in-inquiry", place=clean(case.institution)))
    return ", ".join(part for part in parts if part)


def _counted(desk: Desk, case: OfficialCase) -> str:
    """Return how a case belongs to the figure that counts it."""
    statistic = next(item for item in desk.record.statistics if item.id == case.counted_in)
    if statistic.count.value == 1:
        return desk.wording.phrase("counted-one")
    is_all = statistic.unit is Unit.PERSONS and total(case.officials) == statistic.count.value
    return desk.wording.phrase("counted-all" if is_all else "counted-many")
