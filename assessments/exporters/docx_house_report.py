"""Many countries in one Word file in an office's own template: the template once for each country, in order.

What the template prints around a text (a title, a line on its state, its margins) is printed for every country with
that country's words: a margin that names the country becomes a part of its own. As in our own look, countries go into
temporary files one by one; of each, only its margins stay in memory until the package is written.
"""

import re
import tempfile
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import IO, Any, BinaryIO

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from assessments.core.document import Document
from assessments.exporters.docx import elements, packed, set_properties
from assessments.exporters.docx_body import mark_name
from assessments.exporters.docx_house import (
    Lists,
    Notes,
    clear_properties,
    fill_lines,
    lines_in,
    lines_of,
    mark,
    next_mark,
    opened,
    pour_all,
)
from assessments.exporters.docx_report import (
    COUNTRY_MARK,
    SPOOLED,
    CountryBody,
    contents_of,
    country_key,
    fill_parts,
    whole_of,
)
from assessments.exporters.docx_template import W
from assessments.exporters.front import Front

ALL_COUNTRIES = "All countries"
"""What the front of a report puts where a template names the country."""
_PLACE = "countries go here"
"""Of the comment that stands in a part where the countries go."""
_OF_ONE_COPY = ("paraId", "textId")
_IDS = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def join(front: Front, documents: Iterable[Document], template: bytes, out: BinaryIO) -> None:
    """Write a report as .docx in a template that was examined; equal inputs are equal files."""
    house = _House(front, template)
    with tempfile.SpooledTemporaryFile(SPOOLED) as text, tempfile.SpooledTemporaryFile(SPOOLED) as notes:
        house.begin(text)
        last = front.document
        for (key, _), document in zip(front.entries, documents, strict=True):
            house.add(country_key(key), document, text, notes)
            last = document
        places = house.end(whole_of(front, last))
        mark_of_place = f"<!--{_PLACE}-->".encode()
        parts, ends = dict(zip(places, (text, notes), strict=True)), dict.fromkeys(places, mark_of_place)
        fill_parts(packed(house.word), parts, ends, out, left_out=len(mark_of_place))


class _House:
    """The template while countries are poured into copies of its body."""

    def __init__(self, front: Front, template: bytes) -> None:
        """Prepare a template: its body apart, margins marked, sections that begin a page with margins of their own."""
        self.front = front
        self.word = opened(template)
        self.notes, self.lists = Notes(self.word), Lists(self.word)
        styles = {style.name.lower(): style.style_id for style in self.word.styles if style.name}
        self.body = CountryBody(styles=styles, has_ids=False)
        self.body.first_note, self.body.next_list = self.notes.next_id, self.lists.next_id
        self.body.next_mark = next_mark(self.word)
        _own_margins(self.word)
        mark(self.word, self.body, whole_of(front, front.document))
        self.margins = _Margins(self.word)
        self.root: Any = self.word.element.body
        self.pristine = deepcopy(self.root)
        self.section = _last_section(self.root)
        """What the template says of its last pages; the front is laid out by it."""
        self.own_notes = {node.get(qn("w:id")): node for node in self.notes.root if not node.get(qn("w:type"))}
        self.next_shape = 1
        self.waiting: Any = None  # what the last country says of its last pages

    def begin(self, text: IO[bytes]) -> None:
        """Write the front and the contents."""
        values = {**lines_of(whole_of(self.front, self.front.document)), "country": ALL_COUNTRIES}
        years = sorted({key.rpartition("-")[2] for key, _ in self.front.entries})
        values |= {"report_year": " and ".join(dict.fromkeys((years[0], years[-1]))), "period": self.front.title}
        written = self.body.blocks(self.front.document.blocks) + "".join(contents_of(self.front, self.body))
        for child in list(self.root)[:-1]:
            self.root.remove(child)
        holder = elements(written)
        section = deepcopy(self.section)
        self.margins.put(section, values)
        _end_with(holder, section)
        text.write(_inner(holder))

    def add(self, country: str, document: Document, text: IO[bytes], notes: IO[bytes]) -> None:
        """Write one country: a copy of the template's body with its text in it, on a new page."""
        self.body.country, self.body.has_ids = country, document.has_ids
        copy = deepcopy(self.pristine)
        self._make_own(copy, country)
        self._begin(copy, country)
        values = lines_of(document)
        for section in copy.iter(qn("w:sectPr")):
            self.margins.put(section, values)
        notes.write("".join(self._template_notes(copy)).encode())
        pour_all(copy, self.body, document, values)
        ours = "".join(self.body.notes)
        notes.write(ours.replace("<w:footnote ", f'<w:footnote xmlns:w="{W}" ').encode())
        self.body.first_note += len(self.body.notes)
        self.body.notes.clear()
        if self.waiting is not None:
            ended = elements("")
            _end_with(ended, self.waiting)
            text.write(_inner(ended))
        self.waiting = copy[-1]
        copy.remove(self.waiting)
        text.write(_inner(copy))

    def end(self, whole: Document) -> tuple[str, str]:
        """Finish the frame; return the names of the parts the countries go into."""
        if self.waiting is not None:
            self.root.replace(self.root[-1], self.waiting)
        self.root.insert(len(self.root) - 1, etree.Comment(_PLACE))
        self.margins.forget()
        self.lists.put(self.body.lists)
        for node in self.own_notes.values():
            self.notes.root.remove(node)
        self.notes.root.append(etree.Comment(_PLACE))
        self.notes.put([])
        clear_properties(self.word)
        set_properties(self.word, whole)
        return self.word.part.partname.membername, self.notes.part.partname.membername

    def _make_own(self, copy: Any, country: str) -> None:
        """Give what may stand once in a file ids and names of this country: bookmarks, shapes, controls, paragraphs."""
        names, ids = {}, {}
        for node in copy.iter(qn("w:bookmarkStart")):
            ids[node.get(qn("w:id"))] = str(self.body.next_mark)
            self.body.next_mark += 1
            names[node.get(qn("w:name"))] = name = mark_name(f"{node.get(qn('w:name'))[: 39 - len(country)]}_{country}")
            node.set(qn("w:name"), name)
        for node in copy.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            node.set(qn("w:id"), ids.get(node.get(qn("w:id")), "0"))
        for node in copy.iter(qn("w:hyperlink")):
            if node.get(qn("w:anchor")) in names:
                node.set(qn("w:anchor"), names[node.get(qn("w:anchor"))])
        for node in copy.iter(qn("w:instrText")):
            node.text = re.sub(r"\w+", lambda match: names.get(match[0], match[0]), node.text or "")
        lists: dict[str, str] = {}
        for node in copy.iter(qn("w:numId")):
            number = node.get(qn("w:val"))
            if number not in lists:
                anew = self.body.next_list
                has_begun = self.lists.begun_again(number, anew)
                self.body.next_list += has_begun
                lists[number] = str(anew) if has_begun else number
            node.set(qn("w:val"), lists[number])
        for node in copy.iter(_IDS):
            node.set("id", str(self.next_shape))
            self.next_shape += 1
        for node in list(copy.iter(qn("w:sdtPr"))):
            for found in node.findall(qn("w:id")):
                node.remove(found)
        for node in copy.iter(qn("w:p"), qn("w:tr")):
            for name in [name for name in node.attrib if etree.QName(name).localname in _OF_ONE_COPY]:
                del node.attrib[name]

    def _begin(self, copy: Any, country: str) -> None:
        """Put the country where contents and outline lead to."""
        number, self.body.next_mark = self.body.next_mark, self.body.next_mark + 1
        place = f'<w:bookmarkStart w:id="{number}" w:name="{COUNTRY_MARK}{country}"/><w:bookmarkEnd w:id="{number}"/>'
        for child in reversed(list(elements(place))):
            copy.insert(0, child)
        for paragraph in copy.iter(qn("w:p")):
            if lines_in(paragraph) & {"country", "title"}:
                properties = paragraph.get_or_add_pPr()
                if properties.find(qn("w:outlineLvl")) is None:
                    level = OxmlElement("w:outlineLvl")
                    level.set(qn("w:val"), "0")
                    properties.insert_element_before(level, "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")
                return

    def _template_notes(self, copy: Any) -> Iterable[str]:
        """Yield the template's own footnotes for a copy of its body, under new ids."""
        for node in copy.iter(qn("w:footnoteReference")):
            found = self.own_notes.get(node.get(qn("w:id")))
            if found is not None:
                note = deepcopy(found)
                note.set(qn("w:id"), str(self.body.first_note))
                node.set(qn("w:id"), str(self.body.first_note))
                self.body.first_note += 1
                yield etree.tostring(note, encoding="unicode", with_tail=False)


class _Margins:
    """Headers and footers: one for all where it says the same for all, else one for each country."""

    def __init__(self, word: WordDocument) -> None:
        """Find those that have a place within a line."""
        self.word = word
        self.varying = {
            key: relation
            for key, relation in word.part.rels.items()
            if relation.reltype in (KIND.HEADER, KIND.FOOTER) and lines_in(relation.target_part.element)
        }
        self.made = 0

    def put(self, section: Any, values: Mapping[str, str]) -> None:
        """Let a section have margins with these words."""
        for node in section.iter(qn("w:headerReference"), qn("w:footerReference")):
            relation = self.varying.get(node.get(qn("r:id")))
            if relation is not None:
                node.set(qn("r:id"), self._own(relation, values))

    def _own(self, relation: Any, values: Mapping[str, str]) -> str:
        source = relation.target_part
        root = deepcopy(source.element)
        fill_lines(root, values)
        self.made += 1
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        name = PackURI(f"/word/margin{self.made}.xml")
        made = Part(name, source.content_type, content, self.word.part.package)
        for each in source.rels.values():
            target = each.target_ref if each.is_external else each.target_part
            made.load_rel(each.reltype, target, each.rId, each.is_external)
        return self.word.part.relate_to(made, relation.reltype)

    def forget(self) -> None:
        """Drop the templates of those that were made for each country."""
        for key in self.varying:
            self.word.part.rels.pop(key)


def _own_margins(word: WordDocument) -> None:
    """Let the first section have margins of its own, so that none comes over from the country before."""
    first, *others = word.sections
    for kind in ("header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer"):
        mine = getattr(first, kind)
        if mine.is_linked_to_previous and any(not getattr(one, kind).is_linked_to_previous for one in others):
            mine.is_linked_to_previous = False
    opening: Any = first._sectPr
    for node in opening.findall(qn("w:type")):
        if node.get(qn("w:val")) == "continuous":
            opening.remove(node)


def _last_section(root: Any) -> Any:
    """Return what a template says of its last pages, with the margins that they have from sections before."""
    margins: dict[tuple[str, str], Any] = {}
    for section in root.iter(qn("w:sectPr")):
        for node in section.iter(qn("w:headerReference"), qn("w:footerReference")):
            margins[node.tag, node.get(qn("w:type"))] = node
    last = deepcopy(root[-1])
    own = {(node.tag, node.get(qn("w:type"))) for node in last}
    for place, node in margins.items():
        if place not in own:
            last.insert(0, deepcopy(node))
    return last


def _end_with(holder: Any, section: Any) -> None:
    """End what a holder has with a section: by a paragraph of no height, which every section needs as its last."""
    paragraph = elements(
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )[0]
    paragraph[0].append(section)
    holder.append(paragraph)


def _inner(root: Any) -> bytes:
    """Return what an element holds, without the element."""
    whole = etree.tostring(root, encoding="utf-8")
    return whole[whole.index(b">") + 1 : whole.rindex(b"</")] if len(root) else b""
