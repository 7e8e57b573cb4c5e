"""A list of questions as a document, for every exporter that writes blocks."""

from collections.abc import Mapping

from assessments.core.asking import Question, period_words
from assessments.core.document import (
    Audience,
    Block,
    Document,
    Item,
    Line,
    Note,
    Notice,
    NumberedList,
    Paragraph,
    Title,
)
from assessments.core.grammar import date_words
from assessments.core.values import record


@record
class Asked:
    """A list of questions as it is printed."""

    country: str
    report_year: int
    addressee: str
    channel: str
    due: str = ""  # ISO 8601; empty: no day is set
    sent: str = ""
    opening: str = ""
    closing: str = ""
    questions: tuple[Question, ...] = ()


def document_of(asked: Asked) -> Document:
    """Return a list of questions as a document for every exporter; one that is not sent is marked as a draft."""
    head: Mapping[str, str] = {
        "To": asked.addressee,
        "Through": asked.channel,
        "Date": date_words(asked.sent) if asked.sent else "",
        "Answer asked for by": date_words(asked.due) if asked.due else "",
    }
    lines = [f"{name}: {words}" for name, words in head.items() if words]
    blocks: tuple[Block, ...] = (
        Title(text=f"Questions on officials and trafficking in persons: {asked.country}"),
        *(() if asked.sent else (Notice(text="Draft, not sent."),)),
        *(_paragraph(line) for line in lines),
        *(_paragraph(part) for part in asked.opening.splitlines() if part.strip()),
        NumberedList(heading="Questions", items=tuple(Item(id="", text=item.text) for item in asked.questions)),
        *(_paragraph(part) for part in asked.closing.splitlines() if part.strip()),
        Note(text=f"Reporting period: {period_words(asked.report_year)}."),
    )
    return Document(
        blocks=blocks,
        audience=Audience.PUBLIC,
        country=asked.country,
        report_year=asked.report_year,
        is_draft=not asked.sent,
    )


def _paragraph(text: str) -> Paragraph:
    return Paragraph(lines=(Line(public_id="", text=text.strip()),))
