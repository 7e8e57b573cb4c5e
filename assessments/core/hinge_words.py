"""The hinge card in words: one plain sentence, small tables, and the limits in force with what lifts each."""

from collections.abc import Iterable, Iterator, Mapping

from assessments.core import findings
from assessments.core.answers import answers_of
from assessments.core.completeness import in_sentence
from assessments.core.hinge import Extreme, Hinge, Key, Option, Turn, hinge_of
from assessments.core.levels import CAPPED_BY, candidates
from assessments.core.types import Case, Finding
from assessments.core.values import Confidence, record
from assessments.core.words import capital, counted

MOST = 8
"""Lines of pairs a page shows; the file holds all of them."""


@record
class Move:
    """One answer and what it would have to be."""

    key: Key
    name: str  # "Bribery, influence and abuse of functions (I20)"
    code: str
    now: int
    direction: str
    to: tuple[Option, ...]
    to_words: str  # "0, 1 or insufficient information"
    confidence: Confidence | None
    items: int  # evidence named


@record
class Line:
    """Changes that lead to one category: one answer, or two together."""

    moves: tuple[Move, ...]
    category: str
    title: str


@record
class Cap:
    """A limit in force on one of the levels, and what would lift it."""

    scale: str
    text: str
    lifted_by: str


@record
class Bound:
    """The finding with what is missing set one way."""

    name: str
    concern: int | None
    accountability: int | None
    title: str


@record
class Card:
    """Everything the card shows."""

    sentence: str
    single: tuple[Line, ...]
    pairs: tuple[Line, ...]  # the first of them
    pair_count: int  # pairs of changes, not lines
    pair_lines: int
    bounds: tuple[Bound, ...]
    missing: int
    caps: tuple[Cap, ...]
    lapses: tuple[str, ...]


def card(case: Case) -> Card:
    """Return the hinge card of a case in words."""
    hinge, finding = hinge_of(case), findings.derive(case)
    single, pairs = lines(case, hinge.single), lines(case, hinge.pairs)
    return Card(
        sentence=_sentence(case, hinge, single),
        single=tuple(sorted(single, key=_weakness)),
        pairs=tuple(pairs[:MOST]),
        pair_count=len(hinge.pairs),
        pair_lines=len(pairs),
        bounds=(_bound(case, "at its best", hinge.best), _bound(case, "at its worst", hinge.worst)),
        missing=len(hinge.missing),
        caps=tuple(caps(case, finding)),
        lapses=tuple(_lapses(case, hinge)),
    )


def _weakness(line: Line) -> tuple[int, int]:
    """Order lines by how little stands behind the answer: low confidence first, then the fewest items."""
    confidence = line.moves[0].confidence
    order = list(Confidence)[::-1]
    return order.index(confidence) if confidence else len(order), line.moves[0].items


def lines(case: Case, turns: Iterable[Turn]) -> list[Line]:
    """Return turns gathered: the options of one answer that lead to one category, with one partner, on one line."""
    gathered: dict[tuple[tuple[Key, ...], tuple[Option, ...], str], list[Option]] = {}
    for turn in turns:
        keys = tuple(key for key, _ in turn.changes)
        last = tuple(option for _, option in turn.changes[1:])
        gathered.setdefault((keys, last, turn.category), []).append(turn.changes[0][1])
    merged: dict[tuple[tuple[Key, ...], tuple[Option, ...], str], list[Option]] = {}
    for (keys, last, category), first in gathered.items():
        merged.setdefault((keys, tuple(first), category), []).extend(last)
    return [
        Line(
            moves=tuple(_move(case, key, options) for key, options in zip(keys, (first, tuple(last)), strict=False)),
            category=category,
            title=_title(case, category),
        )
        for (keys, first, category), last in merged.items()
    ]


def _move(case: Case, key: Key, options: tuple[Option, ...]) -> Move:
    rating, indicator = case.ratings[key], case.framework.indicator(key.split("/")[0])
    return Move(
        key=key,
        name=in_sentence(case, key),
        code=indicator.code,
        now=rating.level or 0,
        direction=indicator.direction.value,
        to=options,
        to_words=option_words(options),
        confidence=rating.confidence,
        items=len(rating.evidence),
    )


def option_words(options: Iterable[Option]) -> str:
    """Say levels and states: "0, 1 or insufficient information"."""
    said = ["insufficient information" if option is None else str(option) for option in dict.fromkeys(options)]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


def _title(case: Case, category: str) -> str:
    return case.framework.finding_category(category).label


def _sentence(case: Case, hinge: Hinge, single: list[Line]) -> str:
    if hinge.category == findings.POLICY_OR_PATTERN:
        return "A determination sets the finding: no answer changes its category."
    if single:
        codes = list(dict.fromkeys(line.moves[0].key for line in single))
        if len(codes) == 1:
            line = min(single, key=lambda line: min(abs((to or 0) - line.moves[0].now) for to in line.moves[0].to))
            return (
                f"The category hangs on one answer: with {line.moves[0].name} at {line.moves[0].to_words} "
                f"instead of {line.moves[0].now} it would be “{line.title}”."
            )
        weakest = min(single, key=_weakness).moves[0].name
        return (
            f"The category hangs on single answers: any of {counted(len(codes), 'answer')}, changed alone, turns it; "
            f"the one with least behind it is {weakest}."
        )
    if hinge.pairs:
        return (
            f"No single answer changes the category; {counted(len(hinge.pairs), 'pair')} of changes "
            f"{'does' if len(hinge.pairs) == 1 else 'do'}."
        )
    core, covered = len(case.framework.core), len(case.framework.core) - len(hinge.missing)
    if covered < (wanted := _wanted(case)):
        return (
            f"The category stays “{_title(case, hinge.category)}” until {wanted} of {core} core answers are given, "
            f"rated or not applicable; {covered} {'is' if covered == 1 else 'are'} now, and no change of one or two "
            "turns it."
        )
    return "The category holds whichever one or two answers are changed."


def _wanted(case: Case) -> int:
    """Return how many core answers a finding asks for."""
    return -(-case.framework.value("coverage-minimum") * len(case.framework.core) // 100)


def _bound(case: Case, name: str, extreme: Extreme) -> Bound:
    return Bound(
        name=name,
        concern=extreme.concern,
        accountability=extreme.accountability,
        title=_title(case, extreme.category),
    )


def caps(case: Case, finding: Finding) -> Iterator[Cap]:
    """Yield the limits that hold a level down now, each with what lifts it."""
    value = case.framework.value
    if finding.coverage < value("coverage-minimum") and not answers_of(case).determinations:
        lacking = _wanted(case) - sum(answers_of(case).is_covered(item) for item in case.framework.core)
        yield Cap(
            scale="finding",
            text=f"Coverage is {finding.coverage} percent; a finding asks for {value('coverage-minimum')}.",
            lifted_by=f"{capital(counted(lacking, 'more core answer'))}, rated or not applicable.",
        )
    lifts = _concern_lifts()
    for candidate in candidates(case):
        for step in candidate.steps:
            yield Cap(scale="concern", text=step.text, lifted_by=lifts[step.rule])
    for step in finding.concern.steps:
        if step.rule == "concern-low-confidence-discount":
            yield Cap(scale="concern", text=step.text, lifted_by=lifts[step.rule])
    for slug in finding.accountability.caps:
        step = next(item for item in finding.accountability.steps if item.rule == slug)
        above = value(f"{slug}-trigger") + 1
        lifted = f"{in_sentence(case, CAPPED_BY[slug])} at {above} or higher"
        if slug == "accountability-cap-no-conviction":
            lifted += f", or concern below {value('accountability-cap-no-conviction-concern')}"
        yield Cap(scale="accountability", text=step.text, lifted_by=f"{lifted}.")
    for step in finding.accountability.steps:
        if step.rule == "presumption-level":
            yield Cap(scale="accountability", text=step.text, lifted_by="Data supplied by the government.")


def _concern_lifts() -> Mapping[str, str]:
    return {
        "concern-unapproved-determination-limit": "A determination of that factor, approved by two people.",
        "concern-unattributed-limit": "A determination of policy or pattern; nothing else.",
        "official-involvement-needed": "Incidents on record in which an official took part, with evidence for it.",
        "concern-low-confidence-discount": "Moderate or high confidence in that answer.",
    }


def _lapses(case: Case, hinge: Hinge) -> Iterator[str]:
    by_id = {item.id: item for item in case.record.determinations}
    for lapse in hinge.lapses:
        title = _title(case, lapse.category)
        if not lapse.determination:
            several = sum(other.counts for other in hinge.lapses) - 1
            yield f"With none of the {several} approved determinations the category would be “{title}”."
            continue
        item = by_id[lapse.determination]
        noun = case.framework.proof_of_failure[item.factor].noun
        about = f"{noun} ({case.framework.term('sector', item.sector).label})" if item.sector else noun
        if lapse.counts:
            would = "would still be" if lapse.category == hinge.category else "would be"
            yield f"Without the approved determination on {about} the category {would} “{title}”."
        else:
            yield f"Once the determination on {about} has what it needs, the category is “{title}”."


def named_turns(case: Case) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield one row a change for the card's file: kind, answers, present levels, levels to, category."""
    hinge = hinge_of(case)
    for kind, turns in (("one answer", hinge.single), ("two answers", hinge.pairs)):
        for turn in turns:
            yield (
                kind,
                "; ".join(key for key, _ in turn.changes),
                "; ".join(str(case.ratings[key].level) for key, _ in turn.changes),
                "; ".join(option_words([option]) for _, option in turn.changes),
                _title(case, turn.category),
            )
