"""A draft or a snapshot as a document: blocks in printing order, shared by the exporters and the `draft` command.

Every exporter is `export(document, ...) -> bytes` over these blocks and knows nothing else. A block that a format has
no form for is still printed as text: an exporter drops nothing. What an audience may not read is not in the document
it is given (`exporters.document.document_of` leaves it out), so that an exporter needs no rule of its own but one: ids
of sentences travel (as bookmarks, anchors, attributes) only where `Document.has_ids`.

- `Title`, `Notice`, `Heading`, `Note`: one text each. Headings are of level 1 (section, annex) or 2 (within one).
- `Paragraph`: `Line`s, each one sentence with its public id, its state, and its `citations`: the sources it rests on
  as this audience may name them. Formats with footnotes print `Line.note` as one footnote behind the sentence.
- `NumberedList`: recommendations in order, a real list where the format has lists.
- `Table`: a caption, the names of its columns, and rows of texts; annexes are made of them.
"""

from collections.abc import Iterable, Mapping, Sequence

from assessments.core.engine import Result
from assessments.core.grammar import clean, date_words
from assessments.core.merge import CurrentSentence, State
from assessments.core.types import Case, Finding, RankedRecommendation
from assessments.core.values import Choice, Section, record

RECOMMENDATIONS = "Complicity and corruption items, in order"
FOR_OTHERS = "Items for others, beside the government"
METHOD = (
    "This text concerns official complicity in human trafficking. It makes no finding on whether a government meets "
    "the minimum standards, and it computes no tier; a sentence on the tier repeats the decision on record."
)
UNREVIEWED = "Draft, not reviewed."
_HEADINGS = {
    Section.TIER: "Tier paragraph",
    Section.PROSECUTION: "Prosecution",
    Section.PROTECTION: "Protection",
    Section.PREVENTION: "Prevention",
    Section.PROFILE: "Trafficking profile",
}


class Audience(Choice):
    """Who a file is for. The text is one for all; annexes, notes and metadata differ (decisions.md 11)."""

    INTERNAL = "internal", "internal: the people of the assessment"
    CLEARANCE = "clearance", "clearance: other offices that read before release"
    PUBLIC = "public", "public"


@record
class Title:
    """The document's name: country, report year and reporting period."""

    text: str


@record
class Notice:
    """A line a reader must not miss: demonstration, draft, status of the authority."""

    text: str


@record
class Heading:
    """The heading of a section; `level` 1 or 2."""

    text: str
    section: str = ""  # the section's slug; empty where it is none of the narrative
    level: int = 1


@record
class Citation:
    """One source behind a sentence, as the document's audience may name it."""

    source: str  # its id in the record: "S1"
    evidence: str  # the item's id in the record: "V3"
    text: str  # without a final stop: "Ministry of Justice, Annual report, 2023, p. 4"


@record
class Line:
    """One sentence of a paragraph, with the id that leads back to its basis."""

    public_id: str
    text: str
    state: str = State.GENERATED.value
    citations: tuple[Citation, ...] = ()

    @property
    def note(self) -> str:
        """The citations as one footnote, each said once; empty where there is none."""
        said = dict.fromkeys(citation.text for citation in self.citations)
        return f"{'; '.join(said)}." if said else ""


@record
class Paragraph:
    """Sentences that stand together."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The sentences in a row."""
        return " ".join(line.text for line in self.lines)


@record
class Item:
    """One recommendation."""

    id: str
    text: str
    reason: str = ""


@record
class NumberedList:
    """Recommendations in order, under their heading."""

    heading: str
    items: tuple[Item, ...]


@record
class Table:
    """Rows of texts under the names of their columns; `caption` says what it shows. Every row has every column."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@record
class Note:
    """A line behind the text: method, versions, finding."""

    text: str


Block = Title | Notice | Heading | Paragraph | NumberedList | Table | Note


@record
class Withheld:
    """Something an audience does not read: what it is by its id in the record, and why; never what it says."""

    ref: str
    why: str
    sentences: tuple[str, ...] = ()  # public ids of the sentences that rest on it


@record
class Header:
    """What a document says about itself."""

    country: str
    report_year: int
    framework: str  # code, version and day in force
    wording: str
    demonstration: bool = False
    status: str = UNREVIEWED  # empty for approved text
    authority: str = ""  # own name of an authority that is not recognized as the government


@record
class Document:
    """Blocks in printing order, and what a file says about itself.

    `withheld` and `warnings` are for the page of who makes the file, and only for those who may know; no exporter
    prints them. `is_draft`: nobody approved the text, and every page must say so.
    """

    blocks: tuple[Block, ...]
    audience: Audience = Audience.PUBLIC
    country: str = ""
    report_year: int = 0
    is_draft: bool = True
    at: str = ""  # when the text was frozen, ISO 8601 in UTC; empty where it was not
    digest: str = ""  # SHA-256 of the snapshot's open part; empty where there is none
    withheld: tuple[Withheld, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def has_ids(self) -> bool:
        """Whether ids of sentences may travel with the text: never to the public."""
        return self.audience is not Audience.PUBLIC

    @property
    def title(self) -> str:
        """The text of the title block."""
        return next(block.text for block in self.blocks if isinstance(block, Title))

    @property
    def lines(self) -> tuple[Line, ...]:
        """All sentences, in printing order."""
        return tuple(line for block in self.blocks if isinstance(block, Paragraph) for line in block.lines)

    def words(self) -> Mapping[str, int]:
        """Return how many words each section of the narrative has, by its slug; notes and lists don't count."""
        found: dict[str, int] = {}
        section = ""
        for block in self.blocks:
            if isinstance(block, Heading):
                section = block.section
            elif isinstance(block, Paragraph) and section:
                found[section] = found.get(section, 0) + word_count(block.text)
        return found


def word_count(text: str) -> int:
    """Return how many words a text has, as word processors count: what stands between spaces."""
    return len(text.split())


def demonstration_notice(report_year: int) -> str:
    """Return what stands on everything made from demonstration data."""
    return (
        f"Demonstration, encoded from partly seen public text of report year {report_year}; ratings are ours; "
        "not an assessment by any government."
    )


def title_of(country: str, report_year: int) -> str:
    """Return a document's title, with the period beside the report year."""
    return f"{country}, report year {report_year} (April 1, {report_year - 1} to March 31, {report_year})"


def header_of(case: Case, *, status: str = UNREVIEWED) -> Header:
    """Return the header of a case."""
    decision = case.record.decision
    framework = case.framework
    since = date_words(framework.in_force_from.isoformat())
    return Header(
        country=clean(case.country.in_text).removeprefix("the "),
        report_year=case.record.report_year,
        framework=f"{framework.code} {framework.version}, in force from {since}",
        wording=f"{case.wording.code} {case.wording.version}",
        demonstration=case.record.demonstration,
        status=status,
        authority="" if decision.recognized else clean(decision.authority) or "the authorities",
    )


def build(
    header: Header,
    lines: Iterable[tuple[Section, Line]],
    recommendations: Sequence[RankedRecommendation],
    finding: Finding | None = None,
) -> Document:
    """Return the document of sentences and recommendations; a section without sentences has no heading."""
    blocks: list[Block] = [Title(text=title_of(header.country, header.report_year))]
    blocks += [Notice(text=text) for text in _notices(header)]
    blocks.append(Note(text=METHOD))
    by_section: dict[Section, list[Line]] = {}
    for section, line in lines:
        if line.text:
            by_section.setdefault(section, []).append(line)
    for section in Section:
        if section in by_section:
            blocks.append(Heading(text=_HEADINGS[section], section=section.value))
            blocks.append(Paragraph(lines=tuple(by_section[section])))
    blocks += _lists(recommendations)
    if finding:
        blocks += [Heading(text="Finding"), Note(text=_finding(finding))]
    blocks.append(Note(text=f"Measured by {header.framework}. Worded by {header.wording}."))
    return Document(
        blocks=tuple(blocks),
        country=header.country,
        report_year=header.report_year,
        is_draft=bool(header.status),
    )


def from_result(case: Case, result: Result, *, status: str = UNREVIEWED) -> Document:
    """Return the document of a run, as the `draft` command prints it."""
    return build(
        header_of(case, status=status), lines_of(result.sentences), result.draft.recommendations, result.finding
    )


def lines_of(sentences: Iterable[CurrentSentence]) -> list[tuple[Section, Line]]:
    """Return the visible sentences with their sections, in printing order."""
    ordered = sorted(sentences, key=lambda item: item.position)
    return [
        (item.key.section, Line(public_id=item.public_id, text=item.shown, state=item.state.value))
        for item in ordered
        if item.shown
    ]


def _notices(header: Header) -> Iterable[str]:
    if header.demonstration:
        yield demonstration_notice(header.report_year)
    if header.status:
        yield header.status
    if header.authority:
        yield f"In this text, {header.authority} stands under its own name: it is not recognized as the government."


def _lists(recommendations: Sequence[RankedRecommendation]) -> Iterable[Block]:
    own = [item for item in recommendations if not item.for_others]
    others = [item for item in recommendations if item.for_others]
    for heading, items in ((RECOMMENDATIONS, own), (FOR_OTHERS, others)):
        if items:
            ranked = sorted(items, key=lambda item: item.rank)
            listed = tuple(Item(id=item.id, text=item.text, reason=item.reason) for item in ranked)
            yield NumberedList(heading=heading, items=listed)


def _finding(finding: Finding) -> str:
    resting = f", resting on {finding.resting_on}" if finding.resting_on else ""
    return f"{finding.title}{resting}. {finding.explanation}"
