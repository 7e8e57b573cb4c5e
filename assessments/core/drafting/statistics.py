"""The accountability statement: figures on officials by stage, and the word that there are none (F1a).

Like states are combined in one sentence, each with its scope; unlike ones never are. Source: narrative-style.md 8,
claim-types.md N1 to N7.
"""

from collections.abc import Callable, Iterable

from assessments.core.drafting.cases import write_behind, write_rest
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.figure import STAGES, STATES, Figure, figure_of, is_new
from assessments.core.drafting.general import is_general
from assessments.core.drafting.joined import joined_to, stood, told_with
from assessments.core.drafting.people import counted
from assessments.core.drafting.periods import before, opening
from assessments.core.drafting.states import evidence_of, still_pending, write_folded
from assessments.core.drafting.streaks import SILENT, closing_words, opening_words
from assessments.core.drafting.terms import scoped
from assessments.core.grammar import clean, count_words
from assessments.core.sheets import OfficialCase, Statistic
from assessments.core.values import NUMBERED, CountKind, Modality, Section, Stage, Unit
from frameworks.spec.wording import StageSpec

_MOST = 4
_STEPS = frozenset({Stage.INVESTIGATION, Stage.TRIAL, Stage.CONVICTION})
_NAMED = _STEPS | {Stage.ARREST, Stage.ADMINISTRATIVE}


def write(desk: Desk) -> frozenset[str]:
    """Write the accountability statement and answer with the ids of the figures that were told."""
    figures = sorted(
        (figure_of(desk, item) for item in _whole(desk) if item.count.kind in STATES), key=lambda f: f.order
    )
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.likeness, []).append(figure)
    for members in sorted(groups.values(), key=lambda each: _place(each)):
        joined = joined_to(desk, members)
        for part in _parts(members):
            _sentence(desk, part, joined)
        is_alone = len(members) == 1
        for figure in members:
            _split(desk, figure, is_alone=len(members) == 1)
            write_folded(desk, Section.PROSECUTION, figure.statistic.id, is_alone=is_alone)
        case = desk.behind.get(members[0].statistic.id) if is_alone else None
        if joined:
            write_rest(desk, Section.PROSECUTION, joined)
        elif case:
            write_behind(desk, Section.PROSECUTION, case, frozenset())
    _reasons(desk, sorted(desk.record.statistics, key=lambda each: (STAGES.index(each.stage), each.id)))
    return frozenset(figure.statistic.id for figure in figures)


def _whole(desk: Desk) -> list[Statistic]:
    """Return the figures on officials without a limit that takes a sentence of its own."""
    return [item for item in desk.record.statistics if not is_general(item)]


def _place(members: list[Figure]) -> tuple[object, ...]:
    first = members[0]
    return (min(STAGES.index(figure.statistic.stage) for figure in members), *first.order)


def _parts(members: list[Figure]) -> Iterable[list[Figure]]:
    """Cut a long group, so that no sentence names more than four stages, or five where nothing at all was reported."""
    if len(_named(members)) < len(members):
        yield members
        return
    for start in range(0, len(members), _MOST):
        yield members[start : start + _MOST]


def _named(members: list[Figure]) -> list[Figure]:
    """Return the figures a sentence names: where no step was reported, none that could only follow from one."""
    if members[0].state == "silent" and {figure.statistic.stage for figure in members} >= _STEPS:
        return [figure for figure in members if figure.statistic.stage in _NAMED]
    return members


def _sentence(desk: Desk, members: list[Figure], joined: OfficialCase | None) -> None:
    first = members[0]
    is_silent = first.state in {"silent", "zero"}
    start, end = _streak_words(desk, members, is_silent=is_silent)
    speaker = first.speaker if first.voice == "attributed" and first.state != "silent" else None
    is_reporting = _is_reporting(first)
    slots = {
        "gov": desk.gov,
        "object": _object(desk, first),
        "details": _details(desk, first),
        "again": desk.again(Section.PROSECUTION, desk.gov) if is_reporting else "",
        **desk.voice(Section.PROSECUTION, speaker, Modality.REPORTED),
        "prev": before(desk, first.statistic),
        "comparison": _comparison(desk, members),
        "streak": end,
    }
    period = opening(desk, first.statistic)
    if first.state == "counted":
        if joined:
            slots["statistics"] = told_with(desk, first.statistic, joined, is_reported=first.voice == "reported")
            slots["status"] = stood(desk, joined)
        else:
            slots["statistics"] = _statistics(desk, members)
        slots["details"] = ""
        slots["opening"] = f"{start}, {period}" if start and period else start or period
        pattern, form = ("NP-19" if first.is_unlike else "NP-18"), first.voice
        choice = "figures on record" + (", the period before on another basis" if first.is_unlike else "")
        choice += ", with the one case they count" if joined else ""
    else:
        pattern, form, choice = _silence(desk, members, slots, start=start, period=period)
    _say(desk, pattern, form, slots, members, choice, joined)


def _is_reporting(figure: Figure) -> bool:
    """Say whether the government is told to have reported something; silence is no report."""
    return figure.voice == "reported" and figure.state != "silent"


def _silence(
    desk: Desk, members: list[Figure], slots: dict[str, str], *, start: str, period: str
) -> tuple[str, str, str]:
    first = members[0]
    voice = first.voice
    if first.state == "silent":
        slots["stages"] = _stages(desk, members, lambda stage: _verb(desk, stage, first.statistic.unit, "gerund"), "or")
        voice = "silent"
        pattern, choice = "NP-13", "count kind “not reported”"
    elif first.state == "zero":
        slots["stages"] = _stages(desk, members, lambda stage: _verb(desk, stage, first.statistic.unit, "base"), "or")
        pattern, choice = "NP-14", "count kind “none took place, and that was reported”"
    else:
        form = "gerund" if voice == "reported" else "past"
        slots["stages"] = _stages(desk, members, lambda stage: _verb(desk, stage, first.statistic.unit, form), "and")
        slots["opening"] = f"{start}, {period}" if start and period else start or period
        choice = "count kind “took place, number not given”"
        return "NP-15", voice, choice
    if start:
        slots["streak"] = f"{start}, {period}" if period else start
        if voice == "attributed":
            slots["streak"] = slots["streak"][:1].lower() + slots["streak"][1:]
        choice += "; the streak is on record"
        return "NP-16", voice, choice
    slots["opening"] = period
    return pattern, voice, choice


def _say(
    desk: Desk,
    pattern: str,
    form: str,
    slots: dict[str, str],
    members: list[Figure],
    choice: str,
    joined: OfficialCase | None,
) -> None:
    periods = {year for figure in members for year in (figure.streak.periods if figure.streak else ())}
    periods |= {figure.previous_period for figure in members if figure.previous and figure.previous_period}
    inside = [case for figure in members for case in desk.folded.get(figure.statistic.id, ())]
    inside += [joined] if joined else []
    requests = [
        request.id
        for request in desk.record.requests
        if members[0].state == "silent" and {figure.statistic.stage for figure in members} & set(request.stages)
    ]
    desk.say(
        pattern,
        form,
        slots,
        section=Section.PROSECUTION,
        subjects=[figure.statistic.id for figure in members],
        basis=desk.basis(
            [*(figure.statistic.id for figure in members), *(case.id for case in inside), *sorted(requests)],
            [*(ref for figure in members for ref in figure.statistic.evidence), *evidence_of(desk, inside)],
            decisions=[f"history.{year}" for year in sorted(periods)],
        ),
        choice=choice,
        speaker=desk.gov if _is_reporting(members[0]) else "",
    )


def _stages(desk: Desk, members: list[Figure], word: Callable[[Stage], str], conjunction: str) -> str:
    return desk.join(dict.fromkeys(word(figure.statistic.stage) for figure in _named(members)), conjunction)


def _verb(desk: Desk, stage: Stage, unit: Unit, form: str) -> str:
    """Return a stage's verb for what is counted: people, cases or investigations."""
    spec = desk.wording.stage(stage)
    if unit is Unit.INVESTIGATIONS and stage is Stage.INVESTIGATION:
        return desk.wording.word("open", form)
    table: dict[str, tuple[str, str]] = {
        "past": (spec.past, spec.cases_past),
        "gerund": (spec.gerund, spec.cases_gerund),
        "base": (spec.base, spec.cases_base),
    }
    return table[form][0 if unit is Unit.PERSONS else 1]


def _object(desk: Desk, figure: Figure) -> str:
    """Return whom the verbs act on: "officials from the National Police"."""
    phrase = desk.wording.word("units", figure.statistic.unit)
    inside = desk.folded.get(figure.statistic.id, ())
    words = count_words(inside[0].officials[0].count) if figure.state == "took-place" and len(inside) == 1 else ""
    return f"{words} {phrase}{_agency(desk, figure.statistic)}".lstrip()


def _agency(desk: Desk, statistic: Statistic) -> str:
    agency = clean(statistic.agency)
    return f" {desk.style.from_agency} {desk.agency(agency)}" if agency else ""


def _details(desk: Desk, figure: Figure) -> str:
    """Return why officials were pursued, under which law, where, and the scope of the statement."""
    stage = figure.statistic.stage
    is_denied = figure.state in {"silent", "zero"}
    hedged = desk.wording.hedge(Stage.CONVICTION if is_denied and stage is not Stage.ACQUITTAL else stage)
    return _limits(desk, figure.statistic, hedged.link)


def _limits(desk: Desk, statistic: Statistic, link: str) -> str:
    statute = desk.wording.word("statute", statistic.statute)
    text = " ".join(part for part in (link, statute, clean(statistic.jurisdiction)) if part)
    return scoped(text, clean(statistic.scope))


def _statistics(desk: Desk, members: list[Figure]) -> str:
    """Return the figures as one phrase: "investigating three officials for alleged complicity, and prosecuting two"."""
    form = "gerund" if members[0].voice == "reported" else "past"
    items = []
    for position, figure in enumerate(members):
        statistic = figure.statistic
        verb = _verb(desk, statistic.stage, statistic.unit, form)
        count = count_words(statistic.count)
        if position == 0:
            table = desk.wording.word
            noun = counted(desk, statistic.count, table("unit", statistic.unit), table("units", statistic.unit))
            link = desk.wording.hedge(statistic.stage).link
            phrase = f"{noun}{_agency(desk, statistic)}"
            if statistic.of_total and statistic.of_total.value:
                total = counted(desk, statistic.of_total, *_total_nouns(desk, statistic))
                phrase = desk.wording.phrase("among", count=phrase, total=total)
                items.append(f"{verb} {phrase}, {_limits(desk, statistic, link)}")
                continue
            items.append(f"{verb} {phrase} {_limits(desk, statistic, link)}")
        else:
            items.append(f"{verb} {count}")
    return desk.join(items)


def _total_nouns(desk: Desk, statistic: Statistic) -> tuple[str, str]:
    noun = clean(statistic.of_total_noun) or desk.wording.word("people", "people")
    return noun, noun


def _comparison(desk: Desk, members: list[Figure]) -> str:
    """Return the comparison with the period before, as a phrase; empty where there is none to make."""
    statistic = members[0].statistic
    prev, note = before(desk, statistic), _note_before(desk, statistic)
    counts = [count_words(figure.previous) for figure in members if figure.previous]
    phrase, word = desk.wording.phrase, desk.style.comparison
    if not counts:
        was_silent = statistic.previous is not None and statistic.previous.kind in SILENT
        name = "compared-after" if was_silent else "compared"
        return phrase(name, comparison=word, count=note, prev=prev) if note else ""
    if len(counts) == 1:
        count = phrase("compared-noted", count=counts[0], clause=note) if note else counts[0]
        return phrase("compared", comparison=word, count=count, prev=prev)
    return phrase("compared-many", comparison=word, list=desk.join(counts), prev=prev)


def _note_before(desk: Desk, statistic: Statistic) -> str:
    """Return what the period before was, where it is no figure to set beside this one; closer words go first."""
    note, previous = clean(statistic.previous_note), statistic.previous
    word, phrase = desk.wording.word, desk.wording.phrase
    if note:
        return note
    if statistic.previous_stage:
        state = word("stage-state", statistic.previous_stage)
        if previous is None or previous.kind in {CountKind.UNKNOWN, CountKind.NOT_APPLICABLE}:
            return f"{word('people', 'officials')} {state}"
        if previous.kind is CountKind.NOT_REPORTED:
            return phrase("no-reported", stages=desk.wording.stage(statistic.previous_stage).nouns)
        return f"{counted(desk, previous, word('people', 'official'), word('people', 'officials'))} {state}"
    if statistic.previous_detail:
        return word("earlier", statistic.previous_detail)
    if previous is not None and is_new(statistic):
        name = "no-reported" if previous.kind is CountKind.NOT_REPORTED else "none-of"
        nouns = desk.wording.stage(statistic.stage).nouns
        return phrase(name, stages=nouns) if name == "no-reported" else phrase(name, list=nouns)
    return ""


def _streak_words(desk: Desk, members: list[Figure], *, is_silent: bool) -> tuple[str, str]:
    first = members[0]
    if first.streak is None:
        return "", ""
    nouns = desk.join([desk.wording.stage(figure.statistic.stage).nouns for figure in members])
    start = opening_words(desk, first.streak, is_silent=is_silent)
    end = closing_words(desk, first.streak, is_silent=is_silent, was_silent_word=first.state, noun=nouns)
    return start, end


def _split(desk: Desk, figure: Figure, *, is_alone: bool) -> None:
    """Say how many of a figure were new and how many were carried over."""
    statistic = figure.statistic
    if figure.state != "counted":
        return
    parts, all_ = [], desk.wording.word("split", "all")
    if statistic.new is not None and statistic.new == statistic.count and statistic.continued is None:
        parts = [all_] if statistic.count.value != 1 else []
    word = desk.wording.word
    for count, words in ((statistic.new, word("split", "new")), (statistic.continued, word("split", "continued"))):
        if parts == [all_] or count is None or count.kind not in NUMBERED | {CountKind.REPORTED_ZERO}:
            continue
        be = word("be", "one" if count.value == 1 else "many")
        parts.append(f"{count_words(count)} {be} {words}")
    if not parts:
        return
    pending = still_pending(desk, statistic.id) if parts == [all_] and is_alone else ()
    desk.told_states.update(case.id for case in pending)
    spec: StageSpec = desk.wording.stage(statistic.stage)
    noun = {
        Unit.PERSONS: spec.nouns,
        Unit.CASES: word("case", "many"),
        Unit.INVESTIGATIONS: word("investigation", "many"),
    }[statistic.unit]
    desk.say(
        "NP-20",
        "all" if parts == [all_] else "part",
        {
            "stages": noun,
            "list": desk.join(parts),
            "status": desk.at_the_end(desk.wording.phrase("still-pending")) if pending else "",
        },
        section=Section.PROSECUTION,
        subjects=[statistic.id, *(case.id for case in pending)],
        basis=desk.basis(
            [statistic.id, *(case.id for case in pending)], [*statistic.evidence, *evidence_of(desk, list(pending))]
        ),
        choice="the split into new and continued is on record",
    )


def _reasons(desk: Desk, items: list[Statistic]) -> None:
    """Say why figures are missing, where the record says why, once for one reason; note what is simply not known."""
    found: dict[str, list[Statistic]] = {}
    for item in items:
        reason = clean(item.gap_reason)
        if reason and item.count.kind is not CountKind.NOT_APPLICABLE:
            found.setdefault(reason, []).append(item)
        elif item.count.kind is CountKind.UNKNOWN:
            noun = desk.wording.phrase("of-officials", stages=desk.wording.stage(item.stage).nouns)
            desk.gap(
                Section.PROSECUTION,
                f"ask or look for the number of {noun}: it is recorded as unknown, and nothing is said about it",
                facts=(item.id,),
            )
    for reason, members in found.items():
        stages = desk.join(dict.fromkeys(desk.wording.stage(item.stage).nouns for item in members))
        desk.say(
            "NP-38",
            "reason",
            {"reason": reason, "data": desk.wording.phrase("of-officials", stages=stages)},
            section=Section.PROSECUTION,
            subjects=[item.id for item in members],
            basis=desk.basis([item.id for item in members], [ref for item in members for ref in item.evidence]),
            choice="the record gives a reason for the gap",
        )
