"""The parts of a case's sentence: who acted and how, against whom, for what, with which outcome and state."""

from collections.abc import Iterable
from dataclasses import replace

from assessments.core.drafting.conduct import details, gerund
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import (
    are_several,
    joined_by_commas,
    known_people,
    officials_phrase,
    short_phrase,
    some_of,
)
from assessments.core.drafting.sanctions import imposed
from assessments.core.drafting.steps import JUDGED, Chapter, Move
from assessments.core.drafting.terms import phrases
from assessments.core.grammar import clean, count_words
from assessments.core.sheets import OfficialCase, OfficialGroup, Proceeding, Sanction
from assessments.core.values import UNKNOWN_COUNT, CaseStatus, CountKind, Stage, StatuteType

_STEMS = {"trafficking": "traffick", "corruption": "corrupt", "immigration": "migra", "laundering": "launder"}
IN_OFFICE = frozenset({"dismissal", "suspension", "transfer", "demotion", "reprimand", "recall", "seat-lost"})


def body(desk: Desk, move: Move) -> str:
    """Return which court or authority acted, and where abroad; without one on record the usual one of the stage."""
    place = clean(move.last.jurisdiction) or clean(move.steps[0].jurisdiction)
    return f"{_body(desk, move)} {place}".rstrip()


def _body(desk: Desk, move: Move) -> str:
    name = clean(move.last.body) or clean(move.steps[0].body)
    if name:
        return desk.agency(name) if name[:1].isupper() else name
    bodies = {desk.wording.stage(step.stage).body for step in move.steps if step.stage is not Stage.SENTENCE}
    bodies = bodies or {desk.wording.stage(move.last.stage).body}
    return bodies.pop() if len(bodies) == 1 else desk.wording.word("people", "authorities")


def verbs(desk: Desk, move: Move) -> str:
    """Return the verbs of a move: "arrested and charged"; "or" where the record leaves open who stood where."""
    if move.last.stage is Stage.ADMINISTRATIVE:
        return _measures(desk, move.last, "sanction-verb") or desk.wording.stage(Stage.ADMINISTRATIVE).past
    stages: list[Stage] = [step.stage for step in move.steps if step.stage is not Stage.SENTENCE]
    stages = stages or [Stage.SENTENCE]
    is_open = len(move.steps) > 1 and any(step.count and step.count.kind is CountKind.UNKNOWN for step in move.steps)
    return desk.join([desk.wording.stage(stage).past for stage in stages], "or" if is_open else "and")


def gerunds(desk: Desk, move: Move) -> str:
    """Return the one verb of a move as a gerund: "charging", "dismissing and demoting"."""
    gerund = desk.wording.stage(move.last.stage).gerund
    is_office = move.last.stage is Stage.ADMINISTRATIVE
    return (_measures(desk, move.last, "sanction-gerund") if is_office else "") or gerund


def _measures(desk: Desk, step: Proceeding, table: str) -> str:
    """Return what was done to all the people of a step who held office, as verbs."""
    kinds = dict.fromkeys(sanction.kind for sanction in step.sanctions if not _is_of_part(step))
    return desk.join(desk.wording.word(table, kind) for kind in kinds if kind.value in IN_OFFICE)


def _is_of_part(step: Proceeding) -> bool:
    """Say whether measures hit some of the officials only, so that each is told with its number."""
    return any(sanction.persons and count_words(sanction.persons) for sanction in step.sanctions)


def whom_and_why(desk: Desk, case: OfficialCase, move: Move) -> str:
    """Return officials, offense and conduct on first mention, hedged by stage."""
    step = move.main
    parts = (people(desk, case, step), charge(desk, step), why(desk, case, step))
    return " ".join(part for part in parts if part)


def whom_known(desk: Desk, case: OfficialCase, move: Move) -> str:
    """Return officials a figure has told just before, and what is new: "the official, a mayor, with fraud"."""
    step = move.main
    act = why(desk, case, step)
    new = act.removeprefix(desk.wording.hedge(step.stage).link).strip()
    parts = (known_people(desk, case.officials), charge(desk, step), new)
    return " ".join(part for part in parts if part).rstrip(",")


def whom_together(desk: Desk, cases: list[OfficialCase], move: Move) -> str:
    """Return the officials of several cases with the one offense and conduct they share."""
    step = move.main
    parts = (desk.join(people(desk, case, step) for case in cases), charge(desk, step), why(desk, cases[0], step))
    return " ".join(part for part in parts if part)


def whom_again(desk: Desk, case: OfficialCase, move: Move) -> str:
    """Return officials and offense on second mention: "the officers of labor trafficking"."""
    step = move.steps[0]
    who = short_phrase(case.officials)
    if move.last.count and move.last.count.kind is not CountKind.UNKNOWN:
        who = some_of(desk, move.last.count, case.officials)
    said = charge(desk, step)
    if move.last.lesser_offense:
        lead = f"{desk.wording.word('charge', step.stage)} "
        if said.startswith(lead):
            said = desk.wording.phrase("of-lesser-offense", charge=said.removeprefix(lead))
    return f"{who} {said}".strip()


def people(desk: Desk, case: OfficialCase, step: Proceeding) -> str:
    """Return the officials a step concerned; a part of them where the record says so."""
    groups = case.officials
    is_part = (
        step.count is not None
        and step.count.kind is not CountKind.UNKNOWN
        and are_several(groups)
        and bool(groups)
        and not (len(groups) == 1 and step.count == groups[0].count)
    )
    return _part(desk, step, groups) if is_part else officials_phrase(desk, groups, with_some=False)


def _part(desk: Desk, step: Proceeding, groups: tuple[OfficialGroup, ...]) -> str:
    """Return a part of the officials on first mention: "two of three officers from the National Police"."""
    words = (count_words(step.count) if step.count else "") or desk.wording.word("people", "some")
    if all(group.count.kind is CountKind.EXACT for group in groups):
        return desk.wording.phrase("part-of", count=words, officials=officials_phrase(desk, groups))
    uncounted = tuple(replace(group, count=UNKNOWN_COUNT) for group in groups)
    return desk.wording.phrase("part-of-the", count=words, officials=officials_phrase(desk, uncounted))


def charge(desk: Desk, step: Proceeding) -> str:
    """Return offense and law: "with fraud under anti-corruption laws"."""
    word = desk.wording.word
    offense = clean(step.charge)
    statute = word("statute", step.statute)
    if not offense:
        if step.stage in JUDGED and step.statute is not StatuteType.UNKNOWN:
            return f"{word('charge', Stage.CONVICTION)} {word('offense', step.statute)}"
        return statute
    said = f"{word('charge', step.stage)} {offense}"
    if step.statute in {StatuteType.UNKNOWN, StatuteType.OTHER}:
        return said
    stem = _STEMS.get(step.statute.value, step.statute.value.split("-")[0])
    return said if stem in offense.casefold() else f"{said} {statute}"


def motive(desk: Desk, step: Proceeding) -> str:
    """Return the aim of a step as somebody sees it; closer words go first."""
    return clean(step.alleged_motive) or desk.join(phrases(desk, "motive", step.motives))


def why(desk: Desk, case: OfficialCase, step: Proceeding) -> str:
    """Return the conduct with the hedge of its stage; a charge that says the same stands alone."""
    act = gerund(desk, case)
    hedge = desk.wording.hedge(step.stage)
    where = details(desk, case)
    if not act:
        is_charged = bool(clean(step.charge)) or step.statute is not StatuteType.UNKNOWN
        is_reprisal = step.stage is Stage.ADMINISTRATIVE and bool(motive(desk, step))
        if is_reprisal:
            return where  # the motive on record is why, not complicity of the person
        return where if is_charged else f"{hedge.link} {where}".strip()
    if clean(step.charge) and _says_the_same(act, clean(step.charge)):
        return where
    return f"{hedge.act} {act} {where}".strip()


def _says_the_same(act: str, offense: str) -> bool:
    """Say whether an act only repeats its charge: "engaging in sex trafficking" beside "sex trafficking"."""
    bare = act.casefold().removeprefix("engaging in ").removeprefix("taking part in ").removeprefix("committing ")
    return bare.removesuffix(" crimes") == offense.casefold()


def sanctions(desk: Desk, case: OfficialCase, chapter: Chapter) -> list[str]:
    """Return what was imposed, as verb phrases; for a lesser offense, with that offense."""
    move = chapter.move
    if move.last.stage is Stage.ADMINISTRATIVE and not _is_of_part(move.last):
        return []
    phrases = imposed(desk, _untold(desk, case, move.steps), case.officials)
    if chapter.lesser:
        step = chapter.lesser.last
        offense = clean(step.charge) or desk.wording.word("offense", step.statute)
        found = imposed(desk, [each for part in chapter.lesser.steps for each in part.sanctions], case.officials)
        phrase = desk.wording.phrase
        name = phrase("lesser-offense", charge=offense) if offense else phrase("lesser-offense-unnamed")
        if found:
            phrases.append(phrase("imposed-for", list=desk.join(found), charge=name))
        else:
            phrases.append(phrase("convicted-of", officials=short_phrase(case.officials), charge=name))
    return phrases


def _untold(desk: Desk, case: OfficialCase, steps: Iterable[Proceeding]) -> list[Sanction]:
    """Return what was imposed, but for what a figure tells that names these officials among those it counts."""
    told = desk.told_sanctions.get(case.id)
    return [each for step in steps for each in step.sanctions if each.kind is not told or _has_measure(each)]


def _has_measure(sanction: Sanction) -> bool:
    """Say whether more than its kind is on record of a sanction."""
    sizes = (sanction.minimum, sanction.maximum, sanction.amount, sanction.persons, sanction.severity)
    return any(size is not None and size != "" for size in sizes)


def sanctions_together(desk: Desk, cases: list[OfficialCase]) -> list[str]:
    """Return what was imposed in several cases, each time on whom: "sentenced the legislator to life imprisonment"."""
    return [
        phrase
        for case in cases
        for phrase in imposed(
            desk,
            _untold(desk, case, case.proceedings),
            case.officials,
            whom=short_phrase(case.officials),
        )
    ]


def sentenced(desk: Desk, case: OfficialCase, step: Proceeding) -> str:
    """Return a sentence told on its own: "sentenced two officers to three years’ imprisonment for fraud"."""
    first, *others = imposed(desk, step.sanctions, case.officials, first=people(desk, case, step))
    head = " ".join(part for part in (first, charge(desk, step), why(desk, case, step)) if part)
    return behind(desk, head, others)


def behind(desk: Desk, text: str, phrases: list[str]) -> str:
    """Add verb phrases to a clause: one with "and", several with commas."""
    if not phrases:
        return text
    if len(phrases) == 1:
        return desk.wording.phrase("and-then", object=f"{text}{',' if ',' in text else ''}", clause=phrases[0])
    return f"{text}, {joined_by_commas(desk, phrases)}"


def status(desk: Desk, case: OfficialCase, chapter: Chapter, *, is_last: bool, is_plural: bool) -> str:
    """Return how the case stood at the end of the period, where that is on record and nothing followed."""
    step = (chapter.lesser or chapter.move).last
    word = desk.wording.word
    if chapter.appeal or (is_last and step.status is CaseStatus.ON_APPEAL):
        return desk.at_the_end(word("status", "appeal"))
    if not is_last:
        return ""
    which, phrase = word("which", "cases" if is_plural else "case"), desk.wording.phrase
    match step.status:
        case CaseStatus.PENDING:
            name = "investigation" if step.stage in {Stage.INVESTIGATION, Stage.ARREST} else "case"
            return desk.at_the_end(word("status", f"{name}s" if is_plural else name))
        case CaseStatus.NO_PROGRESS:
            return phrase("no-progress", gov=desk.gov, case=which)
        case CaseStatus.NOT_REPORTED if step.stage is Stage.ADMINISTRATIVE:
            return phrase("no-criminal-proceedings", gov=desk.gov, officials=short_phrase(case.officials))
        case CaseStatus.NOT_REPORTED:
            return phrase("no-outcome", gov=desk.gov, case=which)
        case _:
            return ""
