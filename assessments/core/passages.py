"""A document's text in paragraphs and sentences, each known by where it begins and ends, so that a mark finds it again.

Offsets count the characters of the text as it is kept (`tidy`). Every visible character belongs to exactly one
sentence; what lies between sentences is space.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from assessments.core.values import record

LONGEST_TEXT = 500_000
"""Characters a kept text may have: some 200 printed pages."""
LONGEST_EXCERPT = 4000
"""Characters an excerpt may have, as an item of evidence keeps it."""

_KEPT = "\n\t\u200c\u200d"  # the last two join letters in Persian and Indic scripts
# No pattern here goes over a stretch twice: a text of nothing but dots or spaces takes no longer than another.
_BLANK = re.compile(r"\n\n+")
_LINE = re.compile(r"\n")
_NEXT = re.compile(r"\s*+(\S)")
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)|[。！？؟।]+[\"'”’»)\]]*")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|[Aa]rt|[Aa]rts|[Nn]o|[Nn]os|[Ss]ec|[Pp]ara|[Pp]|[Pp]p|[Vv]ol|[Cc]f|[Ee]d|[Ee]tc|[Vv]s|[Vv]|[Ff]ig|Mr|"
    r"Mrs|Ms|Dr|St|Gen|Col|Lt|Capt|Gov|Sen|Rep|Prof|Inc|Ltd|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"(?:[A-Za-z]\.)+[A-Za-z])\.$"
)


@record
class Sentence:
    """One sentence: its paragraph and its place in it, both counted from 1, and its first and last offset."""

    paragraph: int
    number: int
    start: int
    end: int


@record
class Run:
    """Sentences that follow each other, or any stretch of text, with the paragraphs it lies in."""

    start: int
    end: int
    first: int
    last: int

    @property
    def pinpoint(self) -> str:
        """Where it stands, as one would cite it: "para. 3", "paras. 3–5"."""
        return f"para. {self.first}" if self.first == self.last else f"paras. {self.first}–{self.last}"


def tidy(text: str) -> str:
    """Return a text as it is kept: one form of every letter and line end, nothing invisible, no space around it."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    seen = "".join(
        letter
        for letter in text
        if letter in "\n\t\u200c\u200d" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}
    )
    return "\n".join(line.rstrip() for line in seen.split("\n")).strip()


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return every sentence of a kept text in order.

    Paragraphs are parted by empty lines; a text without any has one a line.
    """
    found: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_paragraphs(text), start=1):
        parts = _parts(text, start, end)
        found += [
            Sentence(paragraph=paragraph, number=number, start=first, end=last)
            for number, (first, last) in enumerate(parts, start=1)
        ]
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    gap = _BLANK if _BLANK.search(text) else _LINE
    start = 0
    for match in [*gap.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            yield _trimmed(text, start, end)
        start = match.end() if match else end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begun = start
    for match in _END.finditer(text, start, end):
        if match.end() >= end or _SHORT.search(text[max(begun, match.end() - 12) : match.end()]):
            continue
        following = _NEXT.match(text, match.end(), end)
        if following is not None and following[1].islower():
            continue  # what begins small goes on
        yield _trimmed(text, begun, match.end())
        begun = match.end()
    if text[begun:end].strip():
        yield _trimmed(text, begun, end)


def runs(chosen: Iterable[int], among: Sequence[Sentence]) -> tuple[Run, ...]:
    """Return the chosen sentences, by their place in `among`, joined where one follows the other."""
    found: list[Run] = []
    last = -2
    for place in sorted({place for place in chosen if 0 <= place < len(among)}):
        one = among[place]
        if place == last + 1:
            found[-1] = Run(start=found[-1].start, end=one.end, first=found[-1].first, last=one.paragraph)
        else:
            found.append(Run(start=one.start, end=one.end, first=one.paragraph, last=one.paragraph))
        last = place
    return tuple(found)


def stretch(text: str, start: int, end: int, among: Sequence[Sentence]) -> Run | None:
    """Return the stretch between two offsets without the space around it; None where it holds no word."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    if end <= start or not text[start:end].strip():
        return None
    start, end = _trimmed(text, start, end)
    touched = [one.paragraph for one in among if one.start < end and start < one.end]
    return Run(start=start, end=end, first=touched[0], last=touched[-1]) if touched else None
