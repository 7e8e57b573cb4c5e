"""A document poured into an office's own template: its styles, lists and margins, our blocks and footnotes.

What tells of people or machines stays behind: comments, custom properties, custom XML, names of authors. Every page
says who the file is for and whether it is a draft, whatever the template has in its margins.
"""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import docx as python_docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from lxml import etree

from assessments.core.document import Block, Document, Heading, Notice, NumberedList, Paragraph, Title
from assessments.core.grammar import date_words
from assessments.core.typography import typeset
from assessments.exporters.docx import DRAFT_MARK, MARKS, body_for, elements, packed, set_properties
from assessments.exporters.docx_body import Body, legal, run
from assessments.exporters.docx_template import NUMBERING, W, default_template, footnotes
from assessments.exporters.house_template import (
    BLOCKS,
    KEPT_KINDS,
    LINES,
    NOTES,
    NOTICES,
    POINTS,
    SECTIONS,
    WHOLE,
    text_of,
    texts_of,
)

_PLACE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_PRIVATE_SETTINGS = ("rsids", "docVars", "attachedTemplate", "mailMerge", "trackRevisions", "saveThroughXslt")
_REMARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "dataBinding")


def export(document: Document, template: bytes) -> bytes:
    """Return a document as .docx in a template that was examined; equal inputs are equal files."""
    word = opened(template)
    notes, lists = Notes(word), Lists(word)
    body = body_for(word, has_ids=document.has_ids)
    body.first_note, body.next_list, body.next_mark = notes.next_id, lists.next_id, next_mark(word)
    values = lines_of(document)
    pour_all(word.element.body, body, document, values)
    for part in margins(word):
        fill_lines(part.element, values)
    lists.put(body.lists)
    notes.put(body.notes)
    mark(word, body, document)
    clear_properties(word)
    set_properties(word, document)
    return packed(word)


def opened(template: bytes) -> WordDocument:
    """Return a template that was examined, without what no page shows."""
    word = python_docx.Document(BytesIO(template))
    _leave_out(word)
    return word


def next_mark(word: WordDocument) -> int:
    """Return an id that no bookmark of a template has."""
    root: Any = word.element
    return 1 + max((int(node.get(qn("w:id"), "0")) for node in root.iter(qn("w:bookmarkStart"))), default=0)


def pour_all(root: Any, body: Body, document: Document, values: Mapping[str, str]) -> None:
    """Put a document into the body of a template: texts within its lines, blocks in their places."""
    places = _places(root)  # found before a word of ours is in it: what people wrote is never read as a place
    fill_lines(root, values)
    _pour(places, body, document)


# --- What stays behind -------------------------------------------------------------------------------------------


def _leave_out(word: WordDocument) -> None:
    """Drop every part that no page shows, and what refers to it."""
    for rels in (word.part.rels, word.part.package.rels):
        for key, relation in list(rels.items()):
            kind = relation.reltype.rpartition("/")[2]
            if kind not in KEPT_KINDS | {"officeDocument", "core-properties"}:
                rels.pop(key)
    root: Any = word.element
    for name in _REMARKS:
        for node in list(root.iter(qn(f"w:{name}"))):
            node.getparent().remove(node)
    settings: Any = word.settings.element
    for name in _PRIVATE_SETTINGS:
        for node in settings.findall(qn(f"w:{name}")):
            settings.remove(node)


def clear_properties(word: WordDocument) -> None:
    """Take out all that the template says about itself."""
    element: Any = word.core_properties._element
    for child in list(element):
        element.remove(child)


# --- Blocks ------------------------------------------------------------------------------------------------------


def _places(root: Any) -> dict[str, Any]:
    """Return the paragraphs that are places of blocks, by name, in the order of the template."""
    places = {}
    for paragraph in root.iter(qn("w:p")):
        match = _PLACE.fullmatch(text_of(paragraph).strip())
        if match and match[1] in BLOCKS:
            places[match[1]] = paragraph
    return places


def _pour(places: Mapping[str, Any], body: Body, document: Document) -> None:
    """Put the blocks in the places of the template; what has no place of its own goes before or behind all others."""
    parts = _parts(document, is_whole=WHOLE in places)
    order = list(places)
    for name, blocks in parts.items():
        if name in places or not blocks:
            continue
        first = name == NOTICES
        at = order[0] if first else order[-1]  # places stand in the order of the template
        parts[at] = [*blocks, *parts.get(at, [])] if first else [*parts.get(at, []), *blocks]
    for name, paragraph in places.items():
        for child in list(elements(body.blocks(parts.get(name, [])))):
            paragraph.addprevious(child)
        parent = paragraph.getparent()
        section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if section is not None or (parent.tag == qn("w:tc") and len(parent.findall(qn("w:p"))) == 1):
            for node in texts_of(paragraph):
                node.text = ""
        else:
            parent.remove(paragraph)


def _parts(document: Document, *, is_whole: bool) -> dict[str, list[Block]]:
    """Return the blocks by the place they belong to; the title is the template's own to print."""
    blocks: list[Block] = [block for block in document.blocks if not isinstance(block, Title)]
    if is_whole:
        return {WHOLE: blocks}
    parts: dict[str, list[Block]] = {NOTICES: [], **{name: [] for name in SECTIONS}, POINTS: [], NOTES: []}
    section, is_over = "", False
    for block in blocks:
        match block:
            case Heading(section=name) if name:
                section = name
            case NumberedList() if not is_over:
                section = ""
                parts[POINTS].append(block)
            case Notice() if not section and not any(parts[name] for name in (*SECTIONS, POINTS)):
                parts[NOTICES].append(block)
            case Paragraph() | Notice() if section:
                parts[section].append(block)
            case _:
                section = ""
                is_over = is_over or isinstance(block, Heading)
                parts[NOTES].append(block)
    return parts


# --- Texts within a line -----------------------------------------------------------------------------------------


def lines_of(document: Document) -> Mapping[str, str]:
    """Return what a document puts in the places within lines."""
    year = document.report_year
    values = {
        "country": document.country,
        "report_year": str(year),
        "period": f"April 1, {year - 1} to March 31, {year}",
        "title": document.title,
        "audience": document.audience.value,
        "state": DRAFT_MARK if document.is_draft else "Approved text",
        "frozen_on": date_words(document.at[:10]) if document.at else "",
        "digest": document.digest,
    }
    return {name: legal(typeset(values[name])) for name in LINES}


def fill_lines(root: Any, values: Mapping[str, str]) -> None:
    """Replace the places within lines, in the text or in a margin; each keeps the look it begins with."""
    for paragraph in root.iter(qn("w:p")):
        nodes = texts_of(paragraph)
        text = "".join(node.text or "" for node in nodes)
        for match in reversed(list(_PLACE.finditer(text))):
            if match[1] in values:
                _replace(nodes, match.start(), match.end(), values[match[1]])


def lines_in(root: Any) -> set[str]:
    """Return the names of the places within lines that a part or a paragraph has."""
    texts = (text_of(paragraph) for paragraph in root.iter(qn("w:p")))
    return {match[1] for text in texts for match in _PLACE.finditer(text) if match[1] in LINES}


def _replace(nodes: Sequence[Any], start: int, end: int, value: str) -> None:
    """Put a value in place of the letters from start to end, which may run over several elements."""
    at = 0
    for node in nodes:
        text = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            node.text = text[:first] + value + text[last:]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            value = ""
        at += len(text)


def margins(word: WordDocument) -> list[Any]:
    """Return the parts of all headers and footers."""
    kinds = (KIND.HEADER, KIND.FOOTER)
    return [relation.target_part for relation in word.part.rels.values() if relation.reltype in kinds]


def mark(word: WordDocument, body: Body, document: Document) -> None:
    """Say at the top of every page who the file is for, and that it is a draft where it is one."""
    text = " · ".join(mark for mark in (MARKS[document.audience], DRAFT_MARK if document.is_draft else "") if mark)
    if not text:
        return
    marked: set[int] = set()
    for number, section in enumerate(word.sections):
        headers = [section.header]
        headers += [section.first_page_header] if section.different_first_page_header_footer else []
        headers += [section.even_page_header] if word.settings.odd_and_even_pages_header_footer else []
        for header in headers:
            if number and header.is_linked_to_previous:
                continue
            root: Any = header._element
            if id(root) not in marked:
                marked.add(id(root))
                root.insert(0, elements(body.paragraph("header", run(text)))[0])


# --- Lists and footnotes -----------------------------------------------------------------------------------------


class Lists:
    """Numbered lists in the look of the template's own list style, else in ours; each begins at 1."""

    def __init__(self, word: WordDocument) -> None:
        """Look at the numbering the template has, or give it one."""
        try:
            part: Any = word.part.part_related_by(KIND.NUMBERING)
            self.root = part.element
        except KeyError:
            package = word.part.package
            part = NumberingPart(
                PackURI("/word/numbering.xml"), TYPE.WML_NUMBERING, parse_xml(NUMBERING.encode()), package
            )
            word.part.relate_to(part, KIND.NUMBERING)
            self.root = part.element
        self.next_id = 1 + max((int(node.get(qn("w:numId"), "0")) for node in self._all("w:num")), default=0)
        self.abstract = self._of_style(word)

    def _all(self, name: str) -> list[Any]:
        return list(self.root.findall(qn(name)))

    def _of_style(self, word: WordDocument) -> str | None:
        """Return the numbering of the template's own list style; None where it has none."""
        for style in word.styles:
            if (style.name or "").lower() == "list number":
                element: Any = style.element
                number = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
                wanted = None if number is None else number.get(qn("w:val"))
                for node in self._all("w:num"):
                    if node.get(qn("w:numId")) == wanted:
                        return str(node.find(qn("w:abstractNumId")).get(qn("w:val")))
        return None

    def begun_again(self, number: str, anew: int) -> bool:
        """Let a list of the template begin again under another id. Return False where there is no such list."""
        for node in self._all("w:num"):
            if node.get(qn("w:numId")) == number:
                self._add([anew], str(node.find(qn("w:abstractNumId")).get(qn("w:val"))))
                return True
        return False

    def put(self, lists: Sequence[int]) -> None:
        """Give each list its own numbering."""
        if not lists:
            return
        if self.abstract is None:
            taken = [int(node.get(qn("w:abstractNumId"), "0")) for node in self._all("w:abstractNum")]
            ours = parse_xml(NUMBERING.encode())[0]
            self.abstract = str(1 + max(taken, default=-1))
            ours.set(qn("w:abstractNumId"), self.abstract)
            self.root.insert(len(taken) + len(self._all("w:numPicBullet")), ours)
        self._add(lists, self.abstract)

    def _add(self, lists: Sequence[int], abstract: str) -> None:
        last = self._all("w:num")
        made = [
            parse_xml(
                f'<w:num xmlns:w="{W}" w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
            for number in lists
        ]
        place = self.root.index(last[-1]) + 1 if last else len(self.root)
        for offset, node in enumerate(made):
            self.root.insert(place + offset, node)


class Notes:
    """Footnotes behind those the template has."""

    def __init__(self, word: WordDocument) -> None:
        """Look at the footnotes the template has, or give it the part for them."""
        try:
            self.part: Any = word.part.part_related_by(KIND.FOOTNOTES)
        except KeyError:
            self.part = Part(
                PackURI("/word/footnotes.xml"), TYPE.WML_FOOTNOTES, footnotes("").encode(), word.part.package
            )
            word.part.relate_to(self.part, KIND.FOOTNOTES)
        self.root = etree.fromstring(self.part.blob)
        ids = [int(node.get(qn("w:id"), "0")) for node in self.root]
        self.next_id = 1 + max([0, *ids])

    def put(self, notes: Sequence[str]) -> None:
        """Add ours."""
        for note in notes:
            self.root.append(elements(note)[0])
        self.part._blob = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)


def starter() -> bytes:
    """Return a template to begin with: our own look, with every place that a template needs."""
    word = python_docx.Document(BytesIO(default_template()))
    end: Any = word.element.body[-1]
    body = body_for(word, has_ids=False)
    written = body.paragraph("Title", run("{{ title }}")) + body.paragraph("Indicia Narrative", run("{{ text }}"))
    for child in list(elements(written)):
        end.addprevious(child)
    shell = Document(blocks=(Title(text="Template"),), is_draft=False)
    set_properties(word, shell)
    return packed(word)
