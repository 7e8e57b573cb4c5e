"""The blocks of a document as WordprocessingML, written as text and parsed once: what makes the export fast.

Everything a person wrote passes `escaped`. Style names are looked up in the template the text goes into, so that a
house template's own look is used wherever it has a style of that name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from assessments.core.document import Block, Heading, Line, Note, Notice, NumberedList, Paragraph, Table, Title
from assessments.core.typography import typeset

NARRATIVE, NOTICE, NOTE, CELL, TABLE = (
    "Indicia Narrative",
    "Indicia Notice",
    "Indicia Note",
    "Indicia Cell",
    "Indicia Table",
)
INSTEAD: Mapping[str, str] = {
    NARRATIVE: "Body Text",
    NOTICE: "Intense Quote",
    NOTE: "footnote text",
    CELL: "Table Text",
    TABLE: "Table Grid",
}
"""The style that stands in where a template lacks one of ours; where it lacks both, its default style does."""

SENTENCE_MARK, POINT_MARK = "s_", "r_"
"""How names of bookmarks begin: of sentences, and of recommendations."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PAGE_WIDTH = 9360  # twentieths of a point between the margins


def escaped(text: str) -> str:
    """Return a text as it may stand in XML, set in type; control characters, which XML cannot hold, are dropped."""
    return escape(legal(typeset(text)))


def legal(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def run(text: str, properties: str = "", tag: str = "t") -> str:
    """Return a run of text; empty for no text."""
    if not text:
        return ""
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{props}<w:{tag} xml:space="preserve">{escaped(text)}</w:{tag}></w:r>'


def bookmark_of(public_id: str) -> str:
    """Return the name of a sentence's bookmark: at most 40 letters, as Word has it."""
    return f"{SENTENCE_MARK}{public_id.replace('-', '')}"


def mark_name(name: str) -> str:
    """Return a name as a bookmark may have it: letters, digits and underscores, at most 40 of them."""
    return re.sub(r"\W", "_", name)[:40]


@dataclass
class Body:
    """Writes blocks. `styles`: ids of the template's styles by name in lower case; `lists`: ids of numbered lists."""

    styles: Mapping[str, str]
    has_ids: bool
    next_list: int = 1  # id of the next list of its own; each begins at 1
    next_mark: int = 1
    first_note: int = 1
    notes: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)

    def style(self, name: str, tag: str = "pStyle") -> str:
        """Return the element that names a style of the template; empty where it has neither it nor its stand-in."""
        found = self.styles.get(name.lower()) or self.styles.get(INSTEAD.get(name, "").lower())
        return f'<w:{tag} w:val="{escape(found)}"/>' if found else ""

    def paragraph(self, style: str, content: str, more: str = "") -> str:
        """Return a paragraph; `more` are properties behind the style."""
        return f"<w:p><w:pPr>{self.style(style)}{more}</w:pPr>{content}</w:p>"

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return all blocks in a row."""
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        """Return one block."""
        match block:
            case Title(text=text):
                return self.paragraph("Title", run(text))
            case Notice(text=text):
                return self.paragraph(NOTICE, run(text))
            case Heading(text=text, level=level):
                return self.paragraph(f"heading {level}", run(text))
            case Paragraph(lines=lines):
                return self.paragraph(NARRATIVE, run(" ").join(self._line(line) for line in lines))
            case NumberedList(heading=heading, items=items):
                head = self.paragraph("heading 1", run(heading))
                points = self.new_list()
                texts = (self.marked(f"{POINT_MARK}{item.id}", run(item.text)) for item in items)
                return head + "".join(self.paragraph("List Number", text, points) for text in texts)
            case Table(caption=caption, columns=columns, rows=rows):
                return self.paragraph("caption", run(caption)) + self._table(columns, rows)
            case Note(text=text):
                return self.paragraph(NOTE, run(text))

    def marked(self, name: str, content: str) -> str:
        """Return content within a bookmark, where ids may travel."""
        if not self.has_ids:
            return content
        number, self.next_mark = self.next_mark, self.next_mark + 1
        return f'<w:bookmarkStart w:id="{number}" w:name="{mark_name(name)}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def new_list(self) -> str:
        """Return the properties of paragraphs of a list of its own, which begins at 1."""
        number, self.next_list = self.next_list, self.next_list + 1
        self.lists.append(number)
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'

    def _line(self, line: Line) -> str:
        content = run(line.text)
        if line.note:
            content += self._note(line.note)
        return self.marked(bookmark_of(line.public_id), content) if line.public_id else content

    def _note(self, text: str) -> str:
        number = self.first_note + len(self.notes)
        look = self.style("footnote reference", "rStyle") or '<w:vertAlign w:val="superscript"/>'
        self.notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr>{self.style("footnote text")}</w:pPr>'
            f"<w:r><w:rPr>{look}</w:rPr><w:footnoteRef/></w:r>{run(' ' + text)}</w:p></w:footnote>"
        )
        return f'<w:r><w:rPr>{look}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'

    def _table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        widths = _widths(columns, rows)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = self._row(columns, widths, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", "<w:b/>")
        body = "".join(self._row(row, widths, "<w:trPr><w:cantSplit/></w:trPr>") for row in rows)
        look = f'{self.style(TABLE, "tblStyle")}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        layout = '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
        table = f"<w:tbl><w:tblPr>{look}{layout}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
        return table + self.paragraph(NOTE, "")  # a table is never the last thing, nor do two of them touch

    def _row(self, cells: Sequence[str], widths: Sequence[int], props: str, look: str = "") -> str:
        made = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{self.paragraph(CELL, run(cell, look))}</w:tc>'
            for cell, width in zip(cells, widths, strict=True)
        )
        return f"<w:tr>{props}{made}</w:tr>"


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return widths by the longest text of each column, none below an eighth of the page's share."""
    longest = [min(60, max(8, *(len(row[place]) for row in (columns, *rows)))) for place in range(len(columns))]
    return [_PAGE_WIDTH * each // sum(longest) for each in longest]
