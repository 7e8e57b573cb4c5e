"""Cases against officials, from grave to light: each step with its own hedge, each outcome told (F1b).

Steps that share their date, authority and details are told together; what followed is told in sentences of its own.
Cases alike in stage, authority, date and state share one sentence. Source: narrative-style.md 7, NP-22 to NP-29.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assessments.core.drafting.conduct import details, gerund, gravity, is_in_scope
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import are_several, officials_phrase, short_phrase, some_of, total
from assessments.core.drafting.periods import when
from assessments.core.drafting.sanctions import imposed, served
from assessments.core.drafting.speakers import Speaker
from assessments.core.grammar import clean, count_words, date_phrase
from assessments.core.sheets import OfficialCase, OfficialGroup, Proceeding, Refs
from assessments.core.values import (
    UNKNOWN_COUNT,
    CaseStatus,
    CountKind,
    Modality,
    PeriodRelation,
    Section,
    Stage,
    StatuteType,
    TraffickingLink,
    Unit,
)

_OPENING = (Stage.INVESTIGATION, Stage.ARREST, Stage.INDICTMENT, Stage.CHARGE, Stage.TRIAL)
_ENDED_WELL = frozenset({Stage.ACQUITTAL, Stage.COURT_DISMISSAL, Stage.SHELVING, Stage.REVERSAL})
_JUDGED = frozenset({Stage.CONVICTION, Stage.SENTENCE})
_RANKS = ("highest", "senior", "mid", "junior", "unknown")
_RELATIONS = tuple(PeriodRelation)
_STAGES = tuple(Stage)
_PATTERNS = {
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
    Stage.ALLEGATION: "NP-22",
}
_MOST = 3


@dataclass(frozen=True, slots=True)
class Move:
    """Steps of one case that are told together."""

    steps: tuple[Proceeding, ...]

    @property
    def last(self) -> Proceeding:
        """The step that decides hedge and pattern."""
        return self.steps[-1]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages told together."""
        return tuple(step.stage for step in self.steps)

    @property
    def evidence(self) -> Refs:
        """Evidence of these steps."""
        return tuple(ref for step in self.steps for ref in step.evidence)


def rank_of(groups: Iterable[object]) -> int:
    """Return the highest rank among officials as a place: 0 is the highest."""
    found = [getattr(group, "rank", "unknown") for group in groups]
    return min((_RANKS.index(rank) if rank in _RANKS else len(_RANKS) for rank in found), default=len(_RANKS))


def order(desk: Desk, case: OfficialCase) -> tuple[object, ...]:
    """Place of a case: this period first, then the graver act, the higher rank, the later stage."""
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
    inside = {case.id: case for members in desk.folded.values() for case in members}
    for case in ordered:
        if case.id in inside:
            _state_alone(desk, section, case)
    for group in _alike(desk, [case for case in ordered if is_in_scope(case) and case.id not in inside]):
        _write_group(desk, section, group, told)
    for case in ordered:
        if not is_in_scope(case):
            desk.gap(section, f"case {case.id} is recorded as smuggling only and is left out", facts=(case.id,))
        elif case.link is TraffickingLink.UNCLEAR:
            desk.gap(
                section,
                f"settle the link of case {case.id} to trafficking: it is recorded as unclear",
                facts=(case.id,),
            )


def _alike(desk: Desk, cases: list[OfficialCase]) -> Iterable[list[OfficialCase]]:
    """Group cases whose one move has the same stage, authority, date and state; all others stand alone."""
    groups: dict[object, list[OfficialCase]] = {}
    for case in cases:
        found = moves(case)
        key: object = case.id
        if len(found) == 1 and not case.counted_in and _is_plain(found[0]):
            step = found[0].last
            key = (
                found[0].stages,
                step.date,
                clean(step.body),
                step.status,
                case.relation,
                case.opened,
                _voice(desk, case, found[0]),
                case.link is TraffickingLink.UNCLEAR,
                bool(clean(step.charge)),
            )
        groups.setdefault(key, []).append(case)
    for members in groups.values():
        for start in range(0, len(members), _MOST):
            yield members[start : start + _MOST]


def _is_plain(move: Move) -> bool:
    return not any(step.sanctions or step.reason or step.alleged_motive or step.count for step in move.steps)


def moves(case: OfficialCase) -> list[Move]:
    """Cut a case's steps into moves: opening steps alike in date, authority and people are told together."""
    found: list[Move] = []
    for step in case.proceedings:
        if found and _go_together(found[-1], step):
            found[-1] = Move(steps=(*found[-1].steps, step))
        else:
            found.append(Move(steps=(step,)))
    return found


def _go_together(move: Move, step: Proceeding) -> bool:
    last = move.last
    if last.stage in _OPENING and step.stage in _OPENING and last.stage is not step.stage:
        return (
            (last.date == step.date or step.date is None)
            and clean(last.body) == clean(step.body)
            and last.count == step.count
            and not (last.sanctions or last.reason or step.reason)
            and (not clean(last.charge) or clean(last.charge) == clean(step.charge))
            and (last.statute is StatuteType.UNKNOWN or last.statute is step.statute)
        )
    if last.stage is Stage.CONVICTION and step.stage is Stage.SENTENCE and not step.lesser_offense:
        return (last.date == step.date or step.date is None or last.date is None) and clean(step.body) in {
            "",
            clean(last.body),
        }
    return False


def _voice(desk: Desk, case: OfficialCase, move: Move) -> Speaker | None:
    """Return whose account a step is, where it is not told as a fact of the record."""
    evidence = move.evidence or case.evidence
    if any(item.official_record for ref in evidence if (item := desk.case.evidence.get(ref))):
        return None
    speaker = desk.speaker(evidence)
    return speaker if speaker.attributes_facts else None


def _write_group(desk: Desk, section: Section, group: list[OfficialCase], told: frozenset[str]) -> None:
    first, later = _head(desk, section, group, told)
    if len(group) == 1:
        for position, move in enumerate(later, start=2):
            _later(desk, section, group[0], move, position=position, is_last=position == len(later) + first)


def _head(desk: Desk, section: Section, group: list[OfficialCase], told: frozenset[str]) -> tuple[int, list[Move]]:
    """Write the first sentence of a case; answer with how many moves it took and those still to tell."""
    case = group[0]
    found = moves(case)
    move, rest = found[0], found[1:]
    taken = 1
    lesser = rest[0] if rest and _is_lesser(move, rest[0]) else None
    if lesser:
        rest, taken = rest[1:], 2
    appeal = rest[0] if rest and _is_pending_appeal(rest[0]) else None
    if appeal:
        rest, taken = rest[1:], taken + 1
    status = _status(desk, case, lesser or move, appeal, is_last=not rest, is_plural=len(group) > 1)
    step = move.last
    if _is_stale(case, move, found):
        _stale(desk, section, group)
        return taken, rest
    voice = _voice(desk, case, move)
    slots = {
        "opening": _opening(desk, case, move, told),
        "body": _body(desk, move),
        "step": _step(desk, move),
        "object": _objects(desk, group),
        "sanction": _sanction(desk, case, move, lesser),
        "status": status,
        "reason": clean(step.reason),
        "motive": clean(step.alleged_motive),
        "source": voice.name if voice else "",
        "verb": voice.verb(Modality.REPORTED) if voice else "",
    }
    pattern = _PATTERNS[step.stage]
    if pattern == "NP-24" and slots["sanction"] and "," in slots["object"]:
        slots["object"] = f"{slots['object']},"
    if lesser:
        pattern = "NP-26"
    form = "attributed" if voice else "step"
    if move.stages == (Stage.SENTENCE,) and step.sanctions:
        form, slots["sanction"] = "sentence", _sentenced(desk, case, step)
    if pattern == "NP-26" and slots["sanction"]:
        slots["object"] = f"{slots['object']} but {slots['sanction']}"
    if pattern in {"NP-22", "NP-23"} and slots["reason"]:
        slots["object"] = f"{slots['object']} due to {slots['reason']}"
    if pattern != "NP-27" and slots["motive"]:
        slots["object"] = f"{slots['object']}, allegedly {slots['motive']}"
    used = [step for part in (move, lesser, appeal) if part for step in part.steps]
    evidence = [ref for each in group for ref in _evidence(desk, each, used if each is case else None)]
    desk.say(
        pattern,
        form,
        slots,
        section=section,
        subjects=[each.id for each in group],
        basis=desk.basis([each.id for each in group], evidence),
        choice=f"the case stands at {step.stage.label}"
        + (f"; {len(group)} like cases are told together" if len(group) > 1 else ""),
        family="case",
    )
    for each in group:
        _serving(desk, section, each)
    return taken, rest


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
        basis=desk.basis([case.id], _evidence(desk, case, None)),
        choice="a figure tells the case; this is how it stood",
        family="case",
    )


def _told_people(desk: Desk, case: OfficialCase, *, several: bool) -> str:
    """Return the officials of a figure told before: "the officials prosecuted"."""
    statistic = next((item for item in desk.record.statistics if item.id == case.counted_in), None)
    past = desk.wording.stage(statistic.stage).past if statistic else ""
    noun = "the officials" if several else "the official"
    return f"{noun} {past}" if past and " " not in past else noun


def _together(group: list[OfficialCase]) -> str:
    return f"; {len(group)} like cases are told together" if len(group) > 1 else ""


def _evidence(desk: Desk, case: OfficialCase, steps: list[Proceeding] | None) -> list[str]:
    became = [ref for item in desk.record.allegations if item.case == case.id for ref in item.evidence]
    used = case.proceedings if steps is None else steps
    return [*case.evidence, *(ref for step in used for ref in step.evidence), *became]


def _is_lesser(move: Move, following: Move) -> bool:
    return (
        move.last.stage in _ENDED_WELL
        and following.last.stage in _JUDGED
        and following.last.lesser_offense
        and following.last.date in {None, move.last.date}
    )


def _is_pending_appeal(move: Move) -> bool:
    step = move.last
    return (
        len(move.steps) == 1
        and step.stage is Stage.APPEAL
        and step.status in {CaseStatus.PENDING, CaseStatus.ON_APPEAL}
        and not (step.sanctions or step.reason or step.date or clean(step.body))
    )


def _is_stale(case: OfficialCase, move: Move, found: list[Move]) -> bool:
    return (
        len(found) == 1
        and move.last.status is CaseStatus.NO_PROGRESS
        and case.relation is not PeriodRelation.CURRENT
        and move.last.stage in _OPENING
    )


def _stale(desk: Desk, section: Section, group: list[OfficialCase]) -> None:
    case = group[0]
    count = "the case" if len(group) == 1 else "cases"
    desk.say(
        "NP-29",
        "earlier",
        {
            "gov": desk.gov,
            "case": count,
            "date": date_phrase(case.opened) if case.opened else "",
            "object": _objects(desk, group),
        },
        section=section,
        subjects=[each.id for each in group],
        basis=desk.basis([each.id for each in group], [ref for each in group for ref in _evidence(desk, each, None)]),
        choice="carried over, and no progress is on record",
        family="case",
    )


def _opening(desk: Desk, case: OfficialCase, move: Move, told: frozenset[str]) -> str:
    """Return date, and where the case comes from: "in May 2022, in a case opened in 2021"."""
    date = when(move.steps[0].date)
    parts = [date]
    if case.relation is not PeriodRelation.CURRENT:
        if case.opened and case.opened != move.steps[0].date:
            parts.append(desk.wording.phrase("case-opened-in", date=date_phrase(case.opened)))
        elif not date:
            parts.append(desk.wording.phrase("earlier-case"))
    elif case.counted_in in told:
        parts.append(_counted(desk, case))
    elif case.opened and not date:
        parts.append(desk.wording.phrase("case-opened-in", date=date_phrase(case.opened)))
    return ", ".join(part for part in parts if part)


def _counted(desk: Desk, case: OfficialCase) -> str:
    statistic = next(item for item in desk.record.statistics if item.id == case.counted_in)
    if statistic.count.value == 1:
        return desk.wording.phrase("counted-one")
    is_all = statistic.unit is Unit.PERSONS and total(case.officials) == statistic.count.value
    return desk.wording.phrase("counted-all" if is_all else "counted-many")


def _body(desk: Desk, move: Move) -> str:
    body = clean(move.last.body) or clean(move.steps[0].body)
    if body:
        return desk.agency(body) if body[:1].isupper() else body
    bodies = {desk.wording.stage(step.stage).body for step in move.steps if step.stage is not Stage.SENTENCE}
    bodies = bodies or {desk.wording.stage(move.last.stage).body}
    return bodies.pop() if len(bodies) == 1 else "authorities"


def _step(desk: Desk, move: Move) -> str:
    """Return the verbs of a move: "arrested and charged"; "or" where the record leaves open who stood where."""
    if move.last.stage is Stage.ADMINISTRATIVE:
        return _administrative(desk, move)
    stages: list[Stage] = [step.stage for step in move.steps if step.stage is not Stage.SENTENCE]
    stages = stages or [Stage.SENTENCE]
    is_open = len(move.steps) > 1 and any(step.count and step.count.kind is CountKind.UNKNOWN for step in move.steps)
    return desk.join([desk.wording.stage(stage).past for stage in stages], "or" if is_open else "and")


def _administrative(desk: Desk, move: Move) -> str:
    kinds = dict.fromkeys(sanction.kind for sanction in move.last.sanctions)
    verbs = [desk.wording.word("sanction-verb", kind) for kind in kinds if kind.value in _SANCTION_VERBS]
    return desk.join(verbs) or desk.wording.stage(Stage.ADMINISTRATIVE).past


_SANCTION_VERBS = frozenset({"dismissal", "suspension", "transfer", "demotion", "reprimand", "recall", "seat-lost"})


def _objects(desk: Desk, group: list[OfficialCase]) -> str:
    """Return whom a move concerned and why: "two police officers for allegedly taking bribes and a mayor for ..."."""
    return desk.join(dict.fromkeys(_object(desk, case, moves(case)[0]) for case in group))


def _object(desk: Desk, case: OfficialCase, move: Move) -> str:
    step = _main(move)
    people = _people(desk, case, step)
    why = _why(desk, case, step)
    return " ".join(part for part in (people, _charge(desk, step), why) if part)


def _main(move: Move) -> Proceeding:
    """Return the step whose offense and hedge a move is told with."""
    return move.last if move.last.stage is not Stage.SENTENCE else move.steps[0]


def _people(desk: Desk, case: OfficialCase, step: Proceeding) -> str:
    groups = case.officials
    is_part = (
        step.count is not None
        and step.count.kind is not CountKind.UNKNOWN
        and are_several(groups)
        and bool(groups)
        and not (len(groups) == 1 and step.count == groups[0].count)
    )
    people = _part(desk, step, groups) if is_part else officials_phrase(desk, groups)
    return f"{people}," if any(clean(group.accomplices) for group in groups) else people


def _part(desk: Desk, step: Proceeding, groups: tuple[OfficialGroup, ...]) -> str:
    """Return a part of the officials on first mention: "two of three officers from the National Police"."""
    words = count_words(step.count) if step.count else ""
    words = words or "some"
    if all(group.count.kind is CountKind.EXACT for group in groups):
        return f"{words} of {officials_phrase(desk, groups)}"
    uncounted = tuple(replace(group, count=UNKNOWN_COUNT) for group in groups)
    return f"{words} of the {officials_phrase(desk, uncounted)}"


def _charge(desk: Desk, step: Proceeding) -> str:
    """Return offense and law: "with corruption under anti-corruption laws"."""
    word = desk.wording.word
    charge = clean(step.charge)
    statute = word("statute", step.statute)
    if not charge:
        if step.stage in _JUDGED and step.statute is not StatuteType.UNKNOWN:
            return f"{word('charge', Stage.CONVICTION)} {word('offense', step.statute)}"
        return statute
    said = f"{word('charge', step.stage)} {charge}"
    if step.statute in {StatuteType.UNKNOWN, StatuteType.OTHER}:
        return said
    core = {"trafficking": "traffick", "corruption": "corrupt", "immigration": "migra", "laundering": "launder"}.get(
        step.statute.value, step.statute.value.split("-")[0]
    )
    return said if core in charge.casefold() else f"{said} {statute}"


def _why(desk: Desk, case: OfficialCase, step: Proceeding) -> str:
    """Return the conduct with the hedge of its stage; a charge that says the same stands alone."""
    act = gerund(desk, case)
    hedge = desk.wording.hedge(step.stage)
    where = details(desk, case)
    if not act:
        if clean(step.charge) or step.statute is not StatuteType.UNKNOWN:
            return where
        return f"{hedge.link} {where}".strip()
    if clean(step.charge) and _says_the_same(act, clean(step.charge)):
        return where
    return f"{hedge.act} {act} {where}".strip()


def _says_the_same(act: str, charge: str) -> bool:
    """Say whether an act only repeats its charge: "engaging in sex trafficking" beside "sex trafficking"."""
    return act.casefold().removeprefix("engaging in ").removeprefix("committing ") == charge.casefold()


def _sanction(desk: Desk, case: OfficialCase, move: Move, lesser: Move | None) -> str:
    """Return what was imposed; for a lesser offense, with that offense."""
    if move.last.stage is Stage.ADMINISTRATIVE:
        return ""
    sanctions = [sanction for step in move.steps for sanction in step.sanctions]
    phrases = imposed(desk, sanctions, case.officials)
    if lesser:
        step = lesser.last
        offense = clean(step.charge) or desk.wording.word("offense", step.statute)
        found = imposed(desk, [each for part in lesser.steps for each in part.sanctions], case.officials)
        said = desk.join(found) or f"convicted {short_phrase(case.officials)}"
        phrases.append(
            f"{said} {'for' if found else 'of'} the lesser offense of {offense}"
            if offense
            else f"{said} for a lesser offense"
        )
    if move.stages == (Stage.SENTENCE,) and not phrases:
        return ""
    return desk.join(phrases)


def _sentenced(desk: Desk, case: OfficialCase, step: Proceeding) -> str:
    """Return a sentence told on its own: "sentenced two officers to three years’ imprisonment for fraud"."""
    said = desk.join(imposed(desk, step.sanctions, case.officials, first=_people(desk, case, step)))
    return " ".join(part for part in (said, _charge(desk, step), _why(desk, case, step)) if part)


def _status(desk: Desk, case: OfficialCase, move: Move, appeal: Move | None, *, is_last: bool, is_plural: bool) -> str:
    """Return how the case stood at the end of the period, where that is on record and nothing followed."""
    step = move.last
    word, phrase = desk.wording.word, desk.wording.phrase
    end = {"period": desk.style.period}
    if appeal:
        return phrase("end", status=word("status", "appeal"), **end)
    if not is_last:
        return ""
    which = "the cases" if is_plural else "the case"
    match step.status:
        case CaseStatus.ON_APPEAL:
            return phrase("end", status=word("status", "appeal"), **end)
        case CaseStatus.PENDING:
            is_early = step.stage in {Stage.INVESTIGATION, Stage.ARREST}
            state = word("status", "investigation" if is_early else "case")
            if is_plural:
                state = state.replace("the investigation was", "the investigations were").replace(
                    "the case", "the cases"
                )
            return phrase("end", status=state, **end)
        case CaseStatus.NO_PROGRESS:
            return f"{desk.gov} reported no progress in {which}"
        case CaseStatus.NOT_REPORTED if step.stage is Stage.ADMINISTRATIVE:
            return f"{desk.gov} did not report criminal proceedings against {short_phrase(case.officials)}"
        case CaseStatus.NOT_REPORTED:
            return f"{desk.gov} did not report the outcome of {which}"
        case _:
            return ""


def _later(desk: Desk, section: Section, case: OfficialCase, move: Move, *, position: int, is_last: bool) -> None:
    """Write what followed in a case, with the officials on second mention."""
    step = move.last
    voice = _voice(desk, case, move)
    people = short_phrase(case.officials)
    if step.count and step.count.kind is not CountKind.UNKNOWN:
        people = some_of(step.count, case.officials)
    pattern = _PATTERNS[step.stage]
    object_ = " ".join(part for part in (people, _charge(desk, move.steps[0])) if part)
    sanction = _sanction(desk, case, move, None)
    if step.lesser_offense:
        object_ = object_.replace(" of ", " of the lesser offense of ", 1)
    slots = {
        "opening": when(move.steps[0].date),
        "body": _body(desk, move),
        "step": _step(desk, move),
        "object": object_,
        "sanction": sanction,
        "status": _status(desk, case, move, None, is_last=is_last, is_plural=False),
        "reason": clean(step.reason),
        "motive": clean(step.alleged_motive),
        "source": voice.name if voice else "",
        "verb": voice.verb(Modality.REPORTED) if voice else "",
    }
    form = "attributed" if voice else "step"
    if move.stages == (Stage.SENTENCE,) and sanction:
        form = "sentence"
    desk.say(
        pattern,
        form,
        slots,
        section=section,
        subjects=[case.id],
        basis=desk.basis([case.id], [*case.evidence, *move.evidence]),
        choice=f"the case went on to {step.stage.label}",
        family=f"case-{step.stage.value}-{position}",
    )


def _serving(desk: Desk, section: Section, case: OfficialCase) -> None:
    """Say whether terms were served."""
    sanctions = [sanction for step in case.proceedings for sanction in step.sanctions]
    clauses = served(desk, sanctions, case.officials)
    if clauses:
        desk.say(
            "NP-25",
            "served",
            {"clause": desk.join(clauses)},
            section=section,
            subjects=[case.id],
            basis=desk.basis([case.id], _evidence(desk, case, None)),
            choice="the record says whether a term was served",
            family="case-served",
        )
