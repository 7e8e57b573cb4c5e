"""Word: the blocks in named styles, real lists, footnotes for sources; nothing in the file that nobody put there.

Sentences carry their ids as bookmarks for the office and for clearance, never for the public, so that what comes back
with tracked changes finds its sentence (`importers/word.py`).

python-docx is imported where it is used: most processes never write Word, and it takes memory and time to start.
"""

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assessments.core.document import Audience, Document
from assessments.core.version import PROGRAM
from assessments.exporters.docx_body import Body, legal
from assessments.exporters.docx_template import EPOCH, W, default_template, footnotes

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT_MARK = "Draft, not approved"
MARKS = {
    Audience.INTERNAL: "Internal",
    Audience.CLEARANCE: "For clearance",
    Audience.PUBLIC: "",
}
_NAMESPACES = f'xmlns:w="{W}"'


def export(document: Document) -> bytes:
    """Return a document as .docx in our own template; equal documents are equal files."""
    word = opened()
    element: Any = word.element.body
    section = element[-1]
    written = body_for(word, has_ids=document.has_ids)
    for child in written_blocks(written, document):
        section.addprevious(child)
    put_lists(word, written.lists)
    put_notes(word, written.notes)
    mark_pages(word, document)
    set_properties(word, document)
    return packed(word)


def opened() -> "WordDocument":
    """Return our own template, opened."""
    import docx

    return docx.Document(BytesIO(default_template()))


def body_for(word: "WordDocument", *, has_ids: bool) -> Body:
    """Return a writer for a template: with its styles, and ids that it does not use yet."""
    styles = {style.name.lower(): style.style_id for style in word.styles if style.name}
    return Body(styles=styles, has_ids=has_ids)


def written_blocks(body: Body, document: Document) -> list[Any]:
    """Return the blocks of a document as elements, in order."""
    return list(elements(body.blocks(document.blocks)))


def elements(xml: str) -> Any:
    """Return the elements that a piece of WordprocessingML stands for."""
    return parsed(f"<w:body {_NAMESPACES}>{xml}</w:body>")


def parsed(xml: str) -> Any:
    """Return the element a piece of XML stands for, of python-docx's own kinds."""
    from docx.oxml import parse_xml

    return parse_xml(xml)


def put_lists(word: "WordDocument", lists: list[int], abstract: int = 0) -> None:
    """Give each list its own numbering, which begins at 1."""
    numbering: Any = word.part.numbering_part.element
    for number in lists:
        numbering.append(
            parsed(
                f'<w:num {_NAMESPACES} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )


def put_notes(word: "WordDocument", notes: list[str]) -> None:
    """Put the footnotes into their part."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    part: Any = word.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    part._blob = footnotes("".join(notes)).encode()  # python-docx keeps a part it has no model for as its bytes


def mark_pages(word: "WordDocument", document: Document) -> None:
    """Say at the top of every page who the file is for, and that it is a draft where it is one."""
    marks = [MARKS[document.audience], DRAFT_MARK if document.is_draft else ""]
    text = " · ".join(mark for mark in marks if mark)
    for section in word.sections:
        if text:
            section.header.paragraphs[0].add_run(text)


def set_properties(word: "WordDocument", document: Document) -> None:
    """Set what the file says about itself: no person, no machine, no earlier author."""
    properties = word.core_properties
    properties.title = legal(document.title)[:255]  # no property may be longer
    properties.author = properties.last_modified_by = PROGRAM
    properties.subject = "Official complicity in human trafficking"
    properties.language = "en-US"
    properties.category = "Draft" if document.is_draft else "Approved text"
    properties.keywords = properties.comments = properties.content_status = properties.identifier = ""
    properties.version = ""
    properties.revision = 1
    when = datetime.fromisoformat(document.at) if document.at else datetime(*EPOCH, tzinfo=UTC)
    properties.created = properties.modified = when.astimezone(UTC).replace(tzinfo=None)


def packed(word: "WordDocument") -> bytes:
    """Return the package as bytes, the same for the same content whenever it is made."""
    from docx.opc.pkgwriter import _ContentTypesItem

    package = word.part.package
    parts = list(package.iter_parts())
    types: Any = _ContentTypesItem
    files = {"[Content_Types].xml": types.from_parts(parts).blob, "_rels/.rels": package.rels.xml}
    for part in parts:
        files[part.partname.membername] = part.blob
        if len(part.rels):
            files[part.partname.rels_uri.membername] = part.rels.xml
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(ZipInfo(name, EPOCH), data, ZIP_DEFLATED)
    return out.getvalue()
