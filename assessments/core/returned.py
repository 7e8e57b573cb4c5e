"""What a returned file says about a text: each change and remark on its sentence, and what fits none, never dropped.

A sentence is found by its bookmark; without one by its words as they were, and at last by words alike. What was put in
at its edge belongs to it unless it is a sentence of its own. The order in which sentences stand is compared as well.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assessments.core.comparison import Said, Text, compare
from assessments.core.filetext import PARAGRAPH_END, FileText, names
from assessments.core.grammar.text import curly
from assessments.core.redline import Kind
from assessments.core.tracked import in_step
from assessments.core.typography import folded, folding
from assessments.core.values import Choice, record

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z])")
_WHOLE = re.compile(r"\s*[\"“‘(]*[A-Z].*[.!?][\"”’)]*\s*", re.DOTALL)
_NOT_WORDS = re.compile(r"[\W_]+")
_Fits = Callable[[int], bool]
MOST_UNKNOWN = 2000
"""Pieces of text compared by their words; beyond that a file has little to do with the text."""


class Kinds(Choice):
    """What a returned file says."""

    WORDING = "wording", "other words for a sentence"
    REMOVAL = "removal", "a sentence to be taken out"
    MOVED = "moved", "a sentence moved elsewhere"
    REMARK = "remark", "a remark"
    POINT = "point", "other words for a recommendation"
    ADDED = "added", "text put in that fits no sentence"
    TAKEN_OUT = "taken-out", "text taken out that is no sentence"
    UNTRACKED = "untracked", "text that the approved text does not have, put in without tracking"


@record
class Expected:
    """A sentence or point the file was made from. `mark` is its bookmark; `code` is set for a recommendation."""

    id: str
    text: str
    mark: str
    code: str = ""


@record
class Returned:
    """One thing the file says. `id` names the sentence, empty where it fits none; `quote` are the words it is about.

    `author` and `at` are as named in the file. `is_tracked` False: the words differ and no tracked change says so.
    """

    kind: Kinds
    text: str
    id: str = ""
    code: str = ""
    quote: str = ""
    author: str = ""
    at: str = ""
    is_tracked: bool = True
    where: str = ""  # what it stands behind, where it fits no sentence


@record
class Reading:
    """All that a file says, in the order of the text; how many sentences were found in it, and changes of look."""

    items: tuple[Returned, ...]
    found: int
    looks: int


def read_back(file: FileText, expected: Sequence[Expected], known: frozenset[str]) -> Reading:
    """Return what a file says about a text. `known`: all other texts the file had, folded, so that they are no news."""
    page = _Page(file, expected)
    page.by_marks()
    page.by_words()
    page.by_likeness(known)
    page.edges()
    items = [*page.sentences(), *page.others(known), *page.remarks()]
    return Reading(items=tuple(items), found=len(page.found()), looks=file.looks)


@dataclass
class _Page:
    """The file letter by letter, and which sentence each letter belongs to; -1 for none."""

    file: FileText
    expected: Sequence[Expected]
    text: str = ""
    run_of: list[int] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # of each run

    def __post_init__(self) -> None:
        for number, run in enumerate(self.file.runs):
            self.starts.append(len(self.run_of))
            self.run_of += [number] * len(run.text)
        self.text = "".join(run.text for run in self.file.runs)
        self.owner = [-1] * len(self.text)

    def fate(self, place: int) -> Kind:
        return self.file.runs[self.run_of[place]].fate

    def own(self, places: Sequence[int], number: int) -> None:
        for place in places:
            self.owner[place] = number

    # --- Which sentence is which

    def by_marks(self) -> None:
        """Give each sentence the letters within its bookmark."""
        numbers = {item.mark: number for number, item in enumerate(self.expected)}
        for start, run in zip(self.starts, self.file.runs, strict=True):
            number = next((numbers[mark] for mark in run.marks if mark in numbers), None)
            if number is not None and run.text != PARAGRAPH_END:
                self.own(range(start, start + len(run.text)), number)

    def found(self) -> set[int]:
        """Return the sentences that some letter belongs to."""
        return set(self.owner) - {-1}

    def by_words(self) -> None:
        """Find sentences without a bookmark by their words as they were, whatever was put in between."""
        found = self.found()
        missing = [number for number in range(len(self.expected)) if number not in found]
        if not missing:
            return
        free = [place for place, owner in enumerate(self.owner) if owner < 0 and self.fate(place) is not Kind.INSERTED]
        words, places = folding((self.text[place], place) for place in free)
        begin = 0
        for number in missing:
            wanted = folded(self.expected[number].text)
            at = words.find(wanted, begin)
            at = words.find(wanted) if at < 0 else at
            if not wanted or at < 0 or self.owner[places[at]] >= 0:
                continue
            begin = at + len(wanted)
            first, last = places[at], places[begin - 1]
            self.own([place for place in range(first, last + 1) if self.owner[place] < 0], number)

    def by_likeness(self, known: frozenset[str]) -> None:
        """Find sentences that are gone from where they stood in text that is alike: moved, or changed untracked."""
        here = {owner for place, owner in enumerate(self.owner) if owner >= 0 and self.fate(place) is not Kind.DELETED}
        gone = [number for number in range(len(self.expected)) if number not in here]
        pieces = list(self._unknown(known)) if gone else []
        if not pieces or len(pieces) > MOST_UNKNOWN:
            return
        old = tuple(Said(public_id=str(number), section="", text=folded(self.expected[number].text)) for number in gone)
        new = tuple(
            Said(public_id=f"new {number}", section="", text=folded(self.at(places)))
            for number, places in enumerate(pieces)
        )
        for row in compare(Text(sentences=old), Text(sentences=new), same_period=False).rows:
            if row.old and row.new:
                self.own(pieces[int(row.new.public_id.split()[1])], int(row.old.public_id))

    def _unknown(self, known: frozenset[str]) -> Iterator[list[int]]:
        """Yield the places of each sentence of the new text that is nobody's yet and that the text did not have."""
        for places in self._stretches(lambda place: self.owner[place] < 0 and self.fate(place) is not Kind.DELETED):
            begin = 0
            text = self.at(places)
            for end in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
                piece = text[begin:end].strip()
                if piece and folded(piece) not in known:
                    lead = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
                    yield places[lead : lead + len(piece)]
                begin = end

    def _stretches(self, fits: _Fits) -> Iterator[list[int]]:
        """Yield runs of neighboring places that fit, none across the end of a paragraph."""
        run: list[int] = []
        for place, letter in enumerate(self.text):
            if letter != PARAGRAPH_END and fits(place):
                if run and run[-1] != place - 1 and not self._only_passed(run[-1], place, fits):
                    yield run
                    run = []
                run.append(place)
            elif run and (letter == PARAGRAPH_END or self.owner[place] >= 0):
                yield run
                run = []
        if run:
            yield run

    def _only_passed(self, last: int, place: int, fits: _Fits) -> bool:
        return all(self.owner[between] < 0 and not fits(between) for between in range(last + 1, place))

    def at(self, places: Sequence[int], without: Kind | None = None) -> str:
        """Return the letters at these places, but those of one fate."""
        return "".join(self.text[place] for place in places if self.fate(place) is not without)

    def edges(self) -> None:
        """Give what was put in or taken out right at a sentence to it, unless it is a sentence of its own."""
        for places in list(self._changed()):
            text, first, last = self.at(places), places[0], places[-1]
            if self.fate(first) is Kind.INSERTED and _WHOLE.fullmatch(text):
                continue
            before = self.owner[first - 1] if first else -1
            after = self.owner[last + 1] if last + 1 < len(self.owner) else -1
            if text[:1].isspace() and text[-1:].isspace() is False and before < 0 <= after:
                before, after = after, -1
            number = before if before >= 0 else after
            if number >= 0 and text.strip():
                self.own(places, number)

    def _changed(self) -> Iterator[list[int]]:
        """Yield stretches of one fate, put in or taken out, that are nobody's."""
        run: list[int] = []
        for place, letter in enumerate(self.text):
            fits = self.owner[place] < 0 and letter != PARAGRAPH_END and self.fate(place) is not Kind.SAME
            if run and (not fits or self.fate(place) is not self.fate(run[-1])):
                yield run
                run = []
            if fits:
                run.append(place)
        if run:
            yield run

    # --- What it says

    def sentences(self) -> Iterator[Returned]:
        """Yield what became of each sentence: other words, taken out, moved."""
        mine: list[list[int]] = [[] for _ in self.expected]
        for place, owner in enumerate(self.owner):
            if owner >= 0:
                mine[owner].append(place)
        moved = self._moved(mine)
        for number, (item, places) in enumerate(zip(self.expected, mine, strict=True)):
            changed = [self.file.runs[self.run_of[place]] for place in places if self.fate(place) is not Kind.SAME]
            who, at = names(run.author for run in changed), next((run.at for run in changed if run.at), "")
            raw = "".join(self.text[place] for place in places if self.fate(place) is not Kind.DELETED)
            says = {"id": item.id, "quote": item.text, "author": who, "at": at, "is_tracked": bool(changed)}
            if not folded(raw):
                kind = Kinds.POINT if item.code else Kinds.REMOVAL
                yield Returned(kind=kind, text="", code=item.code, **says)  # type: ignore[arg-type]
            elif folded(raw) != folded(item.text):
                kind = Kinds.POINT if item.code else Kinds.WORDING
                yield Returned(kind=kind, text=_as(item.text, raw), code=item.code, **says)  # type: ignore[arg-type]
            if number in moved and not item.code:
                behind = self._behind(min(place for place in places if self.fate(place) is not Kind.DELETED), number)
                yield Returned(kind=Kinds.MOVED, text=behind, **says)  # type: ignore[arg-type]

    def _moved(self, mine: Sequence[Sequence[int]]) -> set[int]:
        """Return the sentences that no longer stand in their order: as few as explain it."""
        first = {
            number: next((place for place in places if self.fate(place) is not Kind.DELETED), None)
            for number, places in enumerate(mine)
        }
        order = sorted(((place, number) for number, place in first.items() if place is not None))
        pairs = [(number, rank) for rank, (_, number) in enumerate(order)]
        return {number for number, _ in pairs} - {number for number, _ in in_step(pairs)}

    def _behind(self, place: int, but: int = -1) -> str:
        """Return the words of the sentence that a place stands behind, else of its paragraph; "" at the beginning."""
        begin = self.text.rfind(PARAGRAPH_END, 0, place) + 1
        owner = next((self.owner[p] for p in range(place - 1, -1, -1) if self.owner[p] not in (-1, but)), None)
        if owner is not None and any(self.owner[p] == owner for p in range(begin, place)):
            return self.expected[owner].text
        end = self.text.find(PARAGRAPH_END, place)
        return " ".join(self.text[begin : end if end >= 0 else None].split())[:200]

    def others(self, known: frozenset[str]) -> Iterator[Returned]:
        """Yield every change that fits no sentence, a changed title as one, then text that nobody tracked."""
        lines = list(self._lines())
        found = [(line[0], item) for line in lines if (item := self._retitled(line, known))]
        whole = {place for line in lines if self._retitled(line, known) for place in line}
        found += [
            (places[0], item)
            for places in self._changed()
            if not whole.intersection(places) and (item := self._change(places))
        ]
        yield from (item for _, item in sorted(found, key=lambda pair: pair[0]))
        for line in lines:
            if not ({folded(self.at(line, Kind.DELETED)), folded(self.at(line, Kind.INSERTED))} & known):
                fits = [place for place in line if self.owner[place] < 0 and self.fate(place) is Kind.SAME]
                for places in _neighbors(fits):
                    yield from self._untracked(places, known)

    def _lines(self) -> Iterator[list[int]]:
        """Yield the places of each paragraph that has letters."""
        begin = 0
        for end in [*(place for place, letter in enumerate(self.text) if letter == PARAGRAPH_END), len(self.text)]:
            if end > begin:
                yield list(range(begin, end))
            begin = end + 1

    def _retitled(self, line: Sequence[int], known: frozenset[str]) -> Returned | None:
        """Return what became of a title, note or cell of the text in which words were changed with tracking."""
        was, text = folded(self.at(line, Kind.INSERTED)), folded(self.at(line, Kind.DELETED))
        if was not in known or not text or was == text or any(self.owner[place] >= 0 for place in line):
            return None
        changed = [place for place in line if self.fate(place) is not Kind.SAME]
        return self._said(Kinds.ADDED, text, changed, quote=was)

    def _change(self, places: Sequence[int]) -> Returned | None:
        words = " ".join(self.at(places).split())
        kind = Kinds.ADDED if self.fate(places[0]) is Kind.INSERTED else Kinds.TAKEN_OUT
        return self._said(kind, words, places, where=self._behind(places[0])) if _NOT_WORDS.sub("", words) else None

    def _said(self, kind: Kinds, text: str, places: Sequence[int], *, quote: str = "", where: str = "") -> Returned:
        """Return a change that fits no sentence, with who made it and when."""
        runs = [self.file.runs[self.run_of[place]] for place in places]
        who, at = names(run.author for run in runs), next((run.at for run in runs if run.at), "")
        return Returned(kind=kind, text=text, quote=quote, author=who, at=at, where=where)

    def _untracked(self, places: Sequence[int], known: frozenset[str]) -> Iterator[Returned]:
        words = " ".join(self.at(places).split())
        if _NOT_WORDS.sub("", words) and folded(words) not in known:
            yield Returned(kind=Kinds.UNTRACKED, text=words, is_tracked=False, where=self._behind(places[0]))

    def remarks(self) -> Iterator[Returned]:
        """Yield each remark on the sentence most of its words are of."""
        on: dict[str, list[int]] = {remark.id: [] for remark in self.file.remarks}
        at: dict[str, int] = {}
        for start, run in zip(self.starts, self.file.runs, strict=True):
            for key in run.remarks:
                on.setdefault(key, []).extend(range(start, start + len(run.text)))
                at[key] = start
        for remark in self.file.remarks:
            if not remark.text:
                continue
            places = on[remark.id]
            owners = Counter(self.owner[place] for place in places if self.owner[place] >= 0)
            place = at.get(remark.id, 0)
            if not owners:
                near = [self.owner[p] for p in (place - 1, place) if 0 <= p < len(self.owner)]
                owners = Counter(owner for owner in near if owner >= 0)
            number = owners.most_common(1)[0][0] if owners else -1
            item = self.expected[number] if number >= 0 else None
            mine = [
                p for p in places if self.fate(p) is not Kind.INSERTED and (item is None or self.owner[p] == number)
            ]
            yield Returned(
                kind=Kinds.REMARK,
                text=remark.text,
                id=item.id if item and not item.code else "",
                code=item.code if item else "",
                quote=folded(self.at(mine)),
                author=remark.author,
                at=remark.at,
                where="" if item else self._behind(place),
            )


def _neighbors(places: Sequence[int]) -> Iterator[list[int]]:
    """Yield places in runs without a gap."""
    run: list[int] = []
    for place in places:
        if run and run[-1] != place - 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _as(model: str, raw: str) -> str:
    """Return words as the text they are for has its quotes: curly, unless it is typed with straight ones."""
    words = folded(raw)
    return words if ("'" in model or '"' in model) else curly(words)
