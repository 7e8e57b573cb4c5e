"""Two texts side by side: aligned by sentence first, then by words, with what moved in the record behind them.

A sentence is found again by its public id, by the ids it came from, by what it is about, and at last by its words.
Across periods the ids of facts mean other facts, so there only names that last and words are compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from assessments.core.grammar.numbers import number as in_words
from assessments.core.grammar.numbers import spelled
from assessments.core.redline import Kind, Piece, redline
from assessments.core.values import Choice, record

ALIKE = 0.6
"""Share of words two sentences must have in common to be taken for one; a judgement of ours, tried on the demo."""
ALIKE_IN_FAMILY = 0.4
"""The same for two sentences that make the same kind of claim."""

_WORD = re.compile(r"\d[\d,.]*\d|\w+(?:['’-]\w+)*")
_MONTHS = frozenset(("January", "February", "March", "April", "May", "June")) | frozenset(
    ("July", "August", "September", "October", "November", "December")
)
_ARTICLES = frozenset({"a", "an"})
_FIGURES = frozenset({in_words(n) for n in range(1, 10)} | {spelled(n) for n in range(1, 100)} | _ARTICLES | {"once"})
_FIGURES |= {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "twice"}
_NUMBER_OF_VERBS = {"was": "were", "is": "are", "has": "have", "does": "do", "this": "these", "its": "their"}


class Change(Choice):
    """What became of a sentence between the two texts."""

    UNCHANGED = "unchanged", "unchanged"
    FIGURES = "figures-updated", "figures updated"
    REWORDED = "reworded", "reworded"
    NEW = "new", "new"
    DROPPED = "dropped", "dropped"


class Mismatch(Choice):
    """Where text and record did not move together."""

    ANSWER_MOVED = "answer-moved", "answer moved, text did not"
    TEXT_MOVED = "text-moved", "text moved, answer did not"


class Found(Choice):
    """How a sentence of one text was found in the other."""

    ID = "id", "the same sentence"
    LINEAGE = "lineage", "came from it"
    KEY = "key", "about the same"
    WORDS = "words", "in similar words"


@record
class Said:
    """One sentence of a text. `ancestors`: public ids it came from; `rests_on`: names in `Text.record`."""

    public_id: str
    section: str
    text: str
    family: str = ""  # empty: written by hand
    subjects: tuple[str, ...] = ()
    ancestors: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    lasting: str = ""  # a name that stays across periods: a recommendation's code


@record
class Entry:
    """What one answer or fact says: `words` for people, `value` for telling whether it is the same."""

    words: str
    value: str


@record
class Text:
    """One side: its sentences in printing order, and the answers and facts they rest on, by name."""

    sentences: tuple[Said, ...]
    record: Mapping[str, Entry] = field(default_factory=dict)


@record
class Moved:
    """An answer or fact that differs between the two sides; None where one side has none."""

    name: str
    old: str | None
    new: str | None


@record
class Aligned:
    """One sentence through both texts; `old` or `new` is None where it stands in one only."""

    change: Change
    old: Said | None
    new: Said | None
    pieces: tuple[Piece, ...]
    found: Found | None = None
    mismatch: Mismatch | None = None
    moved: tuple[Moved, ...] = ()

    @property
    def section(self) -> str:
        """Where it stands: in the new text, else in the old."""
        said = self.new or self.old
        return said.section if said else ""


@record
class Comparison:
    """All sentences of both texts in reading order, and what moved in the record, whether or not a text tells it."""

    rows: tuple[Aligned, ...]
    moved: tuple[Moved, ...] = ()

    def count(self, kind: Change | Mismatch) -> int:
        """Return how many sentences there are of a kind."""
        return sum(kind in (row.change, row.mismatch) for row in self.rows)


def compare(old: Text, new: Text, *, same_period: bool) -> Comparison:
    """Return what became of each sentence. `same_period`: both texts are of one assessment, so ids mean the same."""
    pairs = _pairs(old.sentences, new.sentences, same_period=same_period)
    moved = _moved(old, new, same_period=same_period)
    by_name = {item.name: item for item in moved}
    rows = []
    for before, after, found in _in_order(old.sentences, new.sentences, pairs):
        change = _change(before, after)
        rested = sorted({*(before.rests_on if before else ()), *(after.rests_on if after else ())})
        mine = tuple(by_name[name] for name in rested if name in by_name)
        pieces = redline(before.text if before else "", after.text if after else "")
        mismatch = _mismatch(before, after, change, mine, old, new, same_period=same_period)
        rows.append(
            Aligned(change=change, old=before, new=after, pieces=pieces, found=found, mismatch=mismatch, moved=mine)
        )
    return Comparison(rows=tuple(rows), moved=moved)


# --- What became of a sentence -------------------------------------------------------------------------------------


def _change(old: Said | None, new: Said | None) -> Change:
    if old is None:
        return Change.NEW
    if new is None:
        return Change.DROPPED
    if old.text == new.text:
        return Change.UNCHANGED
    return Change.FIGURES if only_figures_differ(old.text, new.text) else Change.REWORDED


def only_figures_differ(old: str, new: str) -> bool:
    """Say whether two texts differ in numbers and dates alone, with the plurals that follow from a number."""
    before, after = _words(old), _words(new)
    if len(before) != len(after):
        return False
    differs = False
    for one, other in zip(before, after, strict=True):
        if one == other:
            continue
        if _is_figure(one) and _is_figure(other):
            differs = differs or not {one.lower(), other.lower()} <= _ARTICLES
        elif _singular(one) != _singular(other):
            return False
    marks = [_WORD.sub("", text).split() for text in (old, new)]
    return differs and marks[0] == marks[1]


def _is_figure(word: str) -> bool:
    return word[0].isdigit() or word.lower() in _FIGURES or word in _MONTHS


def _singular(word: str) -> str:
    low = word.lower()
    low = _NUMBER_OF_VERBS.get(low, low)
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


# --- What moved behind it ------------------------------------------------------------------------------------------


def _moved(old: Text, new: Text, *, same_period: bool) -> tuple[Moved, ...]:
    names = sorted({*old.record, *new.record})
    if not same_period:
        names = [name for name in names if name.startswith(ANSWER)]
    found = []
    for name in names:
        before, after = old.record.get(name), new.record.get(name)
        if (before and before.value) != (after and after.value):
            found.append(Moved(name=name, old=before.words if before else None, new=after.words if after else None))
    return tuple(found)


ANSWER = "ratings "
"""Begins the name of an answer in `Text.record`; those of facts begin with another word."""


def _mismatch(
    old: Said | None,
    new: Said | None,
    change: Change,
    moved: Sequence[Moved],
    before: Text,
    after: Text,
    *,
    same_period: bool,
) -> Mismatch | None:
    """Tell where text and record did not move together; nothing is told of what rests on nothing comparable."""
    if old is None or new is None:
        return None
    if change is Change.UNCHANGED:
        return Mismatch.ANSWER_MOVED if moved else None
    names = {*old.rests_on, *new.rests_on}
    if not same_period and not all(name.startswith(ANSWER) for name in names):
        return None  # a fact of another period is another fact, and may well be why the text moved
    is_known = bool(names) and all(name in before.record and name in after.record for name in names)
    same_basis = set(old.rests_on) == set(new.rests_on)
    return Mismatch.TEXT_MOVED if is_known and same_basis and not moved else None


# --- Which sentence is which ---------------------------------------------------------------------------------------

Pairs = dict[int, tuple[int, Found]]
"""By the place of a sentence in the new text: its place in the old one, and how it was found."""


def _pairs(old: Sequence[Said], new: Sequence[Said], *, same_period: bool) -> Pairs:
    pairs: Pairs = {}
    free = set(range(len(old)))

    def take(found: Found, fits: Callable[[Said, Said], bool]) -> None:
        for place, said in enumerate(new):
            if place in pairs:
                continue
            match = next((number for number in sorted(free) if fits(old[number], said)), None)
            if match is not None:
                pairs[place] = match, found
                free.discard(match)

    take(Found.ID, lambda one, other: bool(one.public_id) and one.public_id == other.public_id)
    take(Found.KEY, lambda one, other: bool(one.lasting) and one.lasting == other.lasting)
    if same_period:
        take(Found.LINEAGE, _is_descended)
        take(Found.KEY, lambda one, other: bool(one.family) and _about(one) == _about(other))
        take(Found.KEY, _share_subjects)
    _by_words(old, new, pairs, free)
    return pairs


def _is_descended(one: Said, other: Said) -> bool:
    return one.public_id in other.ancestors or other.public_id in one.ancestors


def _about(said: Said) -> tuple[str, str, tuple[str, ...]]:
    return said.section, said.family, said.subjects


def _share_subjects(one: Said, other: Said) -> bool:
    same_kind = bool(one.family) and (one.section, one.family) == (other.section, other.family)
    return same_kind and bool(set(one.subjects) & set(other.subjects))


def _by_words(old: Sequence[Said], new: Sequence[Said], pairs: Pairs, free: set[int]) -> None:
    """Pair what is left by likeness, the most alike first; a claim of the same kind needs less of it."""
    before = {number: _bag(old[number].text) for number in free}
    candidates = []
    for place, said in enumerate(new):
        if place in pairs or said.lasting:
            continue
        after = _bag(said.text)
        for number, bag in before.items():
            if old[number].lasting or not _may_be_one(old[number], said):
                continue
            likeness = 2 * (bag & after).total() / max(bag.total() + after.total(), 1)
            is_kin = bool(said.family) and old[number].family == said.family
            if likeness >= (ALIKE_IN_FAMILY if is_kin else ALIKE):
                candidates.append((-is_kin, -likeness, place, number))
    for _, _, place, number in sorted(candidates):
        if place not in pairs and number in free:
            pairs[place] = number, Found.WORDS
            free.discard(number)


def _may_be_one(one: Said, other: Said) -> bool:
    """Say whether words may join them: in one section, and not two claims of different kinds."""
    return one.section == other.section and not (one.family and other.family and one.family != other.family)


def _bag(text: str) -> Counter[str]:
    """Return the words of a text, figures counting as one word: a new figure makes no other sentence."""
    return Counter("#" if _is_figure(word) else _singular(word) for word in _words(text))


def _in_order(
    old: Sequence[Said], new: Sequence[Said], pairs: Pairs
) -> Iterable[tuple[Said | None, Said | None, Found | None]]:
    """Yield sentences as the new text prints them, a dropped one behind what it followed in the old text."""
    kept = {number: place for place, (number, _) in pairs.items()}
    after: defaultdict[int | str, list[Said]] = defaultdict(list)
    anchors: dict[str, int] = {}
    for number, said in enumerate(old):
        if number in kept:
            anchors[said.section] = kept[number]
        else:
            after[anchors.get(said.section, said.section)].append(said)
    for section in _sections(old, new):
        yield from ((said, None, None) for said in after[section])
        for place, said in enumerate(new):
            if said.section == section:
                match = pairs.get(place)
                yield (old[match[0]], said, match[1]) if match else (None, said, None)
                yield from ((dropped, None, None) for dropped in after[place])


def _sections(old: Sequence[Said], new: Sequence[Said]) -> list[str]:
    """Return the sections of both texts in the order of the new one; those it lacks behind the one before them."""
    order = list(dict.fromkeys(said.section for said in new))
    before = ""
    for section in dict.fromkeys(said.section for said in old):
        if section not in order:
            order.insert(order.index(before) + 1 if before else 0, section)
        before = section
    return order


__all__ = [
    "ANSWER",
    "Aligned",
    "Change",
    "Comparison",
    "Entry",
    "Found",
    "Kind",
    "Mismatch",
    "Moved",
    "Piece",
    "Said",
    "Text",
    "compare",
    "only_figures_differ",
]
