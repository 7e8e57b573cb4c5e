"""A report as it was published against the texts that were released: country by country, sentence by sentence.

Which part of a report is which country's is told by its headings; a part without a heading that names a country, and a
country without a part, are both listed. Only words count: quotes, dashes and spaces that a printer sets do not.
"""

import re
from collections.abc import Mapping, Sequence

from assessments.core.comparison import Aligned, Change, Said, Text, compare
from assessments.core.tracked import in_step
from assessments.core.typography import folded
from assessments.core.values import record

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9])")
_ABBREVIATIONS = re.compile(
    r"\b(?:U\.S|U\.N|St|Mr|Ms|Mrs|Dr|Gen|Col|Nos?|secs?|arts?|paras?|pp?|vs?|et al|e\.g|i\.e|[A-Z])\.$"
)
_NUMBER = re.compile(r"^\s*(?:\d{1,3}[.)]|[•●◦·*-])\s+")
_LETTER = re.compile(r"\w")
_MARKS = re.compile(r"^#{1,6} ")
_HEADING_END = re.compile(r"[\s:*#_]+$")
LONGEST_HEADING = 80
"""Characters; a longer line is no country's heading."""


@record
class Country:
    """A country whose text was released: its code, the names it may be headed with, and its sentences in order."""

    iso3: str
    name: str
    names: tuple[str, ...]
    sentences: tuple[Said, ...]
    known: frozenset[str] = frozenset()  # headings, notices and notes of its files, folded: no news in a report


@record
class Compared:
    """What became of one country's text. `rows` are the sentences that differ; empty where it is identical."""

    iso3: str
    name: str
    rows: tuple[Aligned, ...]
    sentences: int  # of the released text
    more: int = 0  # sentences of the published text that the released one does not have

    @property
    def is_identical(self) -> bool:
        """Say whether every released sentence stands there in its words, in its order, and nothing else."""
        return not self.rows


@record
class Report:
    """What a published report says: each country found, and what was found on one side only."""

    compared: tuple[Compared, ...]
    missing: tuple[str, ...]  # countries whose released text has no part in the report
    unknown: tuple[str, ...]  # parts headed by a country that no text was released for
    before: int = 0  # paragraphs in front of the first country

    @property
    def is_identical(self) -> bool:
        """Say whether all that was released was published, word by word, and nothing beside it."""
        return not self.missing and bool(self.compared) and all(one.is_identical for one in self.compared)


def compare_published(paragraphs: Sequence[str], countries: Sequence[Country], others: Mapping[str, str]) -> Report:
    """Return how a report differs from what was released. `others`: names of countries without a release, by name.

    A report of one country needs no heading: where none is found and one country is given, all of it is its text.
    """
    by_name = {_key(name): country.iso3 for country in countries for name in country.names}
    foreign = {_key(name): shown for name, shown in others.items()}
    parts: dict[str, list[str]] = {}
    unknown: dict[str, None] = {}
    before, here = 0, ""
    for paragraph in paragraphs:
        key = _key(paragraph)
        if key in by_name:
            here = by_name[key]
            parts.setdefault(here, [])
        elif key in foreign:
            here = "-"
            unknown[foreign[key]] = None
        elif not here:
            before += bool(paragraph.strip())
        elif here != "-":
            parts[here].append(paragraph)
    if not parts and len(countries) == 1:
        parts, before = {countries[0].iso3: list(paragraphs)}, 0
    known = {country.iso3: country for country in countries}
    return Report(
        compared=tuple(_compared(known[iso3], found) for iso3, found in parts.items()),
        missing=tuple(country.name for country in countries if country.iso3 not in parts),
        unknown=tuple(unknown),
        before=before,
    )


def _key(text: str) -> str:
    """Return a heading as it is looked up; "" for what is too long to be one."""
    plain = _HEADING_END.sub("", folded(text).lstrip("#* ")).casefold()
    plain = re.sub(r"[ ,]+(?:report year |\()?\d{4}\b.*$", "", plain)
    return plain if 0 < len(plain) <= LONGEST_HEADING else ""


def split(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph; a stop after an abbreviation ends none."""
    found: list[str] = []
    begin = 0
    for match in _SENTENCE.finditer(paragraph):
        if not _ABBREVIATIONS.search(paragraph[begin : match.start()]):
            found.append(paragraph[begin : match.end()].strip())
            begin = match.end()
    found.append(paragraph[begin:].strip())
    return [text for text in found if text]


def _compared(country: Country, paragraphs: Sequence[str]) -> Compared:
    """Compare by sentence, then by words. A released sentence of several is matched as it stands in the paragraph."""
    old = tuple(Said(public_id=said.public_id, section="", text=folded(said.text)) for said in country.sentences)
    words = [said.text for said in old]
    plain = [folded(_MARKS.sub("", _NUMBER.sub("", text, count=1))) for text in paragraphs]
    plain = [text for text in plain if text in words or text.strip("[]") not in country.known]
    plain = [text for text in plain if _LETTER.search(text)]
    new = tuple(_published(plain, words))
    found = compare(Text(sentences=old), Text(sentences=new), same_period=False)
    order = {id(said): place for place, said in enumerate(old)}
    pairs = [(order[id(row.old)], number) for number, row in enumerate(found.rows) if row.old and row.new]
    moved = {number for _, number in pairs} - {number for _, number in in_step(pairs)}
    rows = [row for number, row in enumerate(found.rows) if row.change is not Change.UNCHANGED or number in moved]
    return Compared(
        iso3=country.iso3,
        name=country.name,
        rows=tuple(rows),
        sentences=len(old),
        more=sum(row.old is None for row in rows),
    )


def _published(paragraphs: Sequence[str], released: Sequence[str]) -> list[Said]:
    """Return the sentences of the published text; where a released text stands as it is, it is one."""
    wanted = sorted(set(released), key=len, reverse=True)
    found: list[str] = []
    for paragraph in paragraphs:
        rest = [(paragraph, False)]
        for text in wanted:
            if text and text in paragraph:
                rest = [piece for part, is_done in rest for piece in ([(part, True)] if is_done else _cut(part, text))]
        for part, is_done in rest:
            found += [part] if is_done else split(part)
    return [Said(public_id=f"published {number}", section="", text=text) for number, text in enumerate(found)]


def _cut(part: str, text: str) -> list[tuple[str, bool]]:
    """Cut a text out of a part wherever it stands whole, between the ends of sentences."""
    pieces: list[tuple[str, bool]] = []
    begin = 0
    while (at := part.find(text, begin)) >= 0:
        end = at + len(text)
        is_whole = (at == 0 or part[at - 1] in " \n") and (end == len(part) or part[end] in " \n")
        if not is_whole:
            break
        if part[begin:at].strip():
            pieces.append((part[begin:at].strip(), False))
        pieces.append((text, True))
        begin = end
    if part[begin:].strip():
        pieces.append((part[begin:].strip(), False))
    return pieces
