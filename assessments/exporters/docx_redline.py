"""A redline as Word knows it: real tracked changes, to be accepted or refused one by one or all at once.

All accepted, the paragraphs are those of the new text; all refused, those of the old one, exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.saxutils import quoteattr

from assessments.core.document import Audience, Document, Title
from assessments.core.redline import Kind, Piece
from assessments.core.tracked import Tracked
from assessments.exporters.docx import body_for, elements, mark_pages, opened, packed, put_lists, set_properties
from assessments.exporters.docx_body import NARRATIVE, NOTICE, Body, run

_TAGS = {Kind.INSERTED: "ins", Kind.DELETED: "del"}


def export(
    sections: Iterable[Tracked],
    headings: Mapping[str, str],
    *,
    title: str,
    author: str,
    at: datetime,
    lists: frozenset[str] = frozenset(),
    audience: Audience = Audience.PUBLIC,
    is_draft: bool = True,
    notices: Sequence[str] = (),
) -> bytes:
    """Return the .docx. `headings`: words by section; `lists`: sections whose sentences are points of a list.

    `notices` stand above the text, outside of any change.

    `author` and `at` are who and when Word shows beside each change; a moment in any zone, written in UTC.
    """
    word = opened()
    body = body_for(word, has_ids=False)
    pen = _Pen(body, author, at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    written = body.paragraph("Title", run(title))
    written += "".join(body.paragraph(NOTICE, run(notice)) for notice in notices)
    for section in sections:
        written += pen.section(section, headings.get(section.section, section.section), section.section in lists)
    end = word.element.body[-1]
    for child in list(elements(written)):
        end.addprevious(child)
    put_lists(word, body.lists)
    shell = Document(blocks=(Title(text=title),), audience=audience, is_draft=is_draft, at=at.isoformat())
    mark_pages(word, shell)
    set_properties(word, shell)
    return packed(word)


@dataclass
class _Pen:
    """Writes tracked changes; each has an id of its own."""

    body: Body
    author: str
    at: str
    number: int = field(default=1000)

    def section(self, section: Tracked, heading: str, is_list: bool) -> str:
        whole = _whole(section.in_old, section.in_new)
        made = self.paragraph("heading 1", (Piece(kind=whole, text=heading),))
        if not is_list:
            return made + self.paragraph(NARRATIVE, section.flowing)
        points = self.body.new_list()
        return made + "".join(self.paragraph("List Number", sentence, points) for sentence in section.sentences)

    def paragraph(self, style: str, pieces: tuple[Piece, ...], more: str = "") -> str:
        """Return a paragraph; where all of it has one fate, its mark has that too, so that it goes or comes whole."""
        kinds = {piece.kind for piece in pieces}
        fate = kinds.pop() if len(kinds) == 1 else Kind.SAME
        mark = f"<w:rPr>{self._opening(fate)[:-1]}/></w:rPr>" if fate in _TAGS else ""
        return self.body.paragraph(style, "".join(map(self._piece, pieces)), more + mark)

    def _piece(self, piece: Piece) -> str:
        if piece.kind is Kind.SAME:
            return run(piece.text)
        tag = "delText" if piece.kind is Kind.DELETED else "t"
        return f"{self._opening(piece.kind)}{run(piece.text, tag=tag)}</w:{_TAGS[piece.kind]}>"

    def _opening(self, kind: Kind) -> str:
        if kind not in _TAGS:
            return ""
        self.number += 1
        return f'<w:{_TAGS[kind]} w:id="{self.number}" w:author={quoteattr(self.author)} w:date="{self.at}">'


def _whole(in_old: bool, in_new: bool) -> Kind:
    if in_old and in_new:
        return Kind.SAME
    return Kind.DELETED if in_old else Kind.INSERTED
