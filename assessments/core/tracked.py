"""Two texts as one with tracked changes: accepted whole it is the new text, refused whole the old one, exactly.

A sentence that moved is taken out where it stood and put in where it stands; what stands in its place is compared
word by word.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from assessments.core.comparison import Comparison, Said, Text
from assessments.core.redline import Kind, Piece, redline
from assessments.core.values import record

Step = tuple[Said | None, Said | None]
"""A sentence of the old text, of the new one, or of both."""


@record
class Tracked:
    """One section: whether each text has it, and its pieces sentence by sentence."""

    section: str
    in_old: bool
    in_new: bool
    sentences: tuple[tuple[Piece, ...], ...]

    @property
    def flowing(self) -> tuple[Piece, ...]:
        """The sentences in one paragraph, with the space between two belonging to the texts that have both."""
        pieces: list[Piece] = []
        before_old = before_new = False
        for sentence in self.sentences:
            has_old = any(piece.kind is not Kind.INSERTED for piece in sentence)
            has_new = any(piece.kind is not Kind.DELETED for piece in sentence)
            pieces += _space(before_old and has_old, before_new and has_new)
            pieces += sentence
            before_old, before_new = before_old or has_old, before_new or has_new
        return tuple(pieces)


def tracked(old: Text, new: Text, found: Comparison, *, finish: Callable[[str], str] = str) -> tuple[Tracked, ...]:
    """Return the sections of both texts in order. `finish` is done to every sentence before words are compared."""
    sections = []
    for name in _sections(old, new):
        left = [said for said in old.sentences if said.section == name]
        right = [said for said in new.sentences if said.section == name]
        pieces = tuple(
            redline(finish(one.text) if one else "", finish(other.text) if other else "")
            for one, other in _steps(left, right, found)
        )
        sections.append(Tracked(section=name, in_old=bool(left), in_new=bool(right), sentences=pieces))
    return tuple(sections)


def _space(in_old: bool, in_new: bool) -> list[Piece]:
    if in_old and in_new:
        return [Piece(kind=Kind.SAME, text=" ")]
    if in_old or in_new:
        return [Piece(kind=Kind.DELETED if in_old else Kind.INSERTED, text=" ")]
    return []


def _sections(old: Text, new: Text) -> list[str]:
    """Return the sections in the order of the new text; one that only the old text has, behind what it followed."""
    order = list(dict.fromkeys(said.section for said in new.sentences))
    place = 0
    for name in dict.fromkeys(said.section for said in old.sentences):
        if name in order:
            place = order.index(name) + 1
        else:
            order.insert(place, name)
            place += 1
    return order


def _steps(left: Sequence[Said], right: Sequence[Said], found: Comparison) -> Iterator[Step]:
    """Yield the sentences of one section so that those of each text come in their own order."""
    places = {id(said): number for number, said in enumerate(left)}
    matches = {id(row.new): places[id(row.old)] for row in found.rows if row.new and row.old and id(row.old) in places}
    pairs = [(matches[id(said)], number) for number, said in enumerate(right) if id(said) in matches]
    done = 0
    begun = 0
    for old_place, new_place in in_step(pairs):
        yield from ((said, None) for said in left[done:old_place])
        yield from ((None, said) for said in right[begun:new_place])
        yield left[old_place], right[new_place]
        done, begun = old_place + 1, new_place + 1
    yield from ((said, None) for said in left[done:])
    yield from ((None, said) for said in right[begun:])


def in_step(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs that stand in the same order in both texts; the others have moved."""
    tails: list[int] = []
    ends: list[int] = []  # the pair each tail belongs to
    before: list[int | None] = []
    for number, (old_place, _) in enumerate(pairs):
        spot = bisect_left(tails, old_place)
        before.append(ends[spot - 1] if spot else None)
        tails[spot:] = [old_place] if spot == len(tails) else [old_place, *tails[spot + 1 :]]
        ends[spot:] = [number] if spot == len(ends) else [number, *ends[spot + 1 :]]
    kept = []
    place = ends[-1] if ends else None
    while place is not None:
        kept.append(pairs[place])
        place = before[place]
    return kept[::-1]
