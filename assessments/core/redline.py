"""What changed between two texts, word by word: `difflib` on tokens, for texts that are known to be the same sentence.

Sentences are aligned by their keys before this is asked; here only words are compared, never letters.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from assessments.core.values import Choice, record

_TOKEN = re.compile(r"\s+|\w+(?:[.,’'-]\w+)*|[^\w\s]")
_SHORT = 2  # tokens: an equal run this short between two changes is read as part of them


class Kind(Choice):
    """What became of a piece of text."""

    SAME = "same", "unchanged"
    DELETED = "deleted", "taken out"
    INSERTED = "inserted", "put in"


@record
class Piece:
    """A run of words with one fate."""

    kind: Kind
    text: str


def redline(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in reading order, what was taken out before what was put in its place.

    The pieces but the inserted ones make the old text, those but the deleted ones the new one, letter by letter.
    """
    if old == new or not old or not new:
        return (Piece(kind=Kind.SAME, text=old),) * bool(old) if old == new else tuple(_changed(old, new))
    before, after = _tokens(old), _tokens(new)
    pieces: list[Piece] = []
    deleted = inserted = ""
    for kind, left, right in _runs(before, after):
        if kind is Kind.SAME:
            pieces += _changed(deleted, inserted)
            deleted = inserted = ""
            pieces.append(Piece(kind=kind, text="".join(left)))
        else:
            deleted += "".join(left)
            inserted += "".join(right)
    return (*pieces, *_changed(deleted, inserted))


def marked(pieces: tuple[Piece, ...]) -> str:
    """Return the pieces as one line of plain text: "[-taken out-]{+put in+}"."""
    marks = {Kind.SAME: ("", ""), Kind.DELETED: ("[-", "-]"), Kind.INSERTED: ("{+", "+}")}
    return "".join(f"{marks[piece.kind][0]}{piece.text}{marks[piece.kind][1]}" for piece in pieces)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _runs(before: list[str], after: list[str]) -> Iterator[tuple[Kind, list[str], list[str]]]:
    """Yield equal and changed runs; spaces and lone marks that are equal between two changes belong to the change."""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    last = len(codes) - 1
    for place, (tag, a, b, c, d) in enumerate(codes):
        left, right = before[a:b], after[c:d]
        is_glue = 0 < place < last and b - a <= _SHORT and not any(any(map(str.isalnum, token)) for token in left)
        yield (Kind.SAME if tag == "equal" and not is_glue else Kind.DELETED), left, right


def _changed(deleted: str, inserted: str) -> list[Piece]:
    pieces = []
    if deleted:
        pieces.append(Piece(kind=Kind.DELETED, text=deleted))
    if inserted:
        pieces.append(Piece(kind=Kind.INSERTED, text=inserted))
    return pieces
