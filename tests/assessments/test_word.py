"""The Word file: every block of the model in it, nothing that is not, and both word processors' readers open it."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as python_docx
import pypdf
import pytest
from docx_revisions import RevisionDocument
from lxml import etree

from assessments import actions, snapshots
from assessments.core import document as blocks
from assessments.core.comparison import Said, Text, compare
from assessments.core.document import Audience, Document, Heading, Note, Notice, NumberedList, Paragraph, Table, Title
from assessments.core.tracked import tracked
from assessments.core.typography import folded, typeset
from assessments.exporters import docx, docx_redline
from assessments.exporters.document import document_of
from assessments.exporters.docx_body import bookmark_of
from tests.assessments.factories import AT
from tests.assessments.office import Office, take_case
from tests.assessments.wordfiles import W, body, converted, faults, paragraphs, parts, resolved
from tests.image import remembered_step


@pytest.fixture
@remembered_step
def values(office: Office) -> dict[str, Any]:
    """A working snapshot of a real case."""
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    return snapshots.opened(made)


def expected(document: Document) -> list[tuple[str, str]]:
    """Return style and text of every paragraph that the blocks of a document make, in order."""
    found: list[tuple[str, str]] = []
    for block in document.blocks:
        match block:
            case Title(text=text):
                found.append(("Title", text))
            case Notice(text=text):
                found.append(("Indicia Notice", text))
            case Heading(text=text, level=level):
                found.append((f"Heading {level}", text))
            case Paragraph(lines=lines):
                found.append(("Indicia Narrative", " ".join(line.text for line in lines)))
            case NumberedList(heading=heading, items=items):
                found += [("Heading 1", heading), *(("List Number", item.text) for item in items)]
            case Note(text=text):
                found.append(("Indicia Note", text))
            case Table(caption=caption):
                found += [("Caption", caption), ("Indicia Note", "")]
    return [(style, typeset(text)) for style, text in found]


@pytest.mark.parametrize("audience", list(Audience))
def test_every_block_is_in_the_file_and_nothing_else(values: dict[str, Any], audience: Audience) -> None:
    document = document_of(values, audience)
    data = docx.export(document)
    assert faults(data) == []
    assert data == docx.export(document)
    opened = python_docx.Document(BytesIO(data))
    assert [(item.style.name, item.text) for item in opened.paragraphs] == expected(document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in opened.tables] == [
        [tuple(map(typeset, row)) for row in (table.columns, *table.rows)] for table in tables
    ]
    notes = etree.fromstring(parts(data)["word/footnotes.xml"])
    told = ["".join(node.itertext()).strip() for node in notes][2:]
    assert told == [typeset(line.note) for line in document.lines if line.note]
    assert len(told) == len(list(body(data).iter(f"{W}footnoteReference"))) > 5
    numbers = [node.get(f"{W}val") for node in body(data).iter(f"{W}numId")]
    lists = [block for block in document.blocks if isinstance(block, NumberedList)]
    assert len(set(numbers)) == len(lists)
    assert len(numbers) == sum(len(block.items) for block in lists)


def test_ids_travel_to_the_office_and_to_clearance_and_never_to_the_public(values: dict[str, Any]) -> None:
    for audience in Audience:
        document = document_of(values, audience)
        data = docx.export(document)
        names = [node.get(f"{W}name") for node in body(data).iter(f"{W}bookmarkStart")]
        sentences = [bookmark_of(line.public_id) for line in document.lines]
        points = [item.id for block in document.blocks if isinstance(block, NumberedList) for item in block.items]
        if audience is Audience.PUBLIC:
            whole = b"".join(parts(data).values())
            ids = [line.public_id for line in document.lines]
            assert names == []
            assert not [each for each in ids if each.encode() in whole or each.replace("-", "").encode() in whole]
        else:
            assert names == [*sentences, *(f"r_{code.replace('-', '_')}" for code in points)]


def test_properties_are_set_and_hold_nothing_of_anybody(values: dict[str, Any]) -> None:
    document = document_of(values, Audience.PUBLIC)
    properties = python_docx.Document(BytesIO(docx.export(document))).core_properties
    assert (properties.title, properties.author, properties.last_modified_by, properties.language) == (
        document.title,
        "Indicia",
        "Indicia",
        "en-US",
    )
    assert (properties.comments, properties.keywords, properties.category) == ("", "", "Draft")
    assert properties.created.isoformat()[:16] == str(values["at"])[:16]
    assert set(parts(docx.export(document))) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        *(
            f"word/{name}.xml"
            for name in ["document", "styles", "settings", "numbering", "footnotes", "header", "footer", "fontTable"]
        ),
    }


def test_a_draft_says_so_on_every_page_and_approved_text_does_not(values: dict[str, Any]) -> None:
    draft = docx.export(document_of(values))
    approved = docx.export(document_of(values | {"kind": "approved"}))
    assert docx.DRAFT_MARK in python_docx.Document(BytesIO(draft)).sections[0].header.paragraphs[0].text
    assert b"Draft" not in b"".join(content for name, content in parts(approved).items() if name != "word/styles.xml")


def test_what_a_person_wrote_is_never_markup_and_nothing_of_it_is_lost() -> None:
    text = 'A & B <w:p/> said "no" — 15 percent; \x07 ]]> {{ x }} {% if %} tab\there &amp; 22 U.S.C. 7106.'
    line = blocks.Line(public_id="0f", text=text, citations=(blocks.Citation(source="S", evidence="E", text=text),))
    row = ("a<b", text)
    document = Document(
        blocks=(Title(text=text), Paragraph(lines=(line,)), Table(caption=text, columns=("x", "y"), rows=(row,))),
        audience=Audience.INTERNAL,
    )
    data = docx.export(document)
    assert faults(data) == []
    assert folded(paragraphs(data, "IndiciaNarrative")[0]) == folded(text.replace("\x07", ""))
    assert "15\u00a0percent" in paragraphs(data)[0]
    assert "22\u00a0U.S.C.\u00a07106" in paragraphs(data)[0]
    assert "“no”" in paragraphs(data)[0]


# --- Tracked changes -----------------------------------------------------------------------------------------------

OLD = Text(
    sentences=(
        Said(public_id="1", section="prosecution", text="Three officials were charged."),
        Said(public_id="2", section="prosecution", text="A court convicted one official in May 2022."),
        Said(public_id="3", section="protection", text="Officials deported victims."),
        Said(public_id="", section="recommendations", text="Train officials.", lasting="R1"),
        Said(public_id="", section="recommendations", text="Fund the office.", lasting="R2"),
    )
)
NEW = Text(
    sentences=(
        Said(public_id="2", section="prosecution", text="A court convicted two officials in May 2023 & fined both."),
        Said(public_id="1", section="prosecution", text="Three officials were charged."),
        Said(public_id="4", section="prosecution", text="It said “no” to 15 percent of requests."),
        Said(public_id="5", section="prevention", text="The office met twice."),
        Said(public_id="", section="recommendations", text="Fund the office in full.", lasting="R2"),
    )
)
HEADINGS = {"prosecution": "Prosecution", "protection": "Protection", "prevention": "Prevention"}


def redline_of(old: Text, new: Text) -> bytes:
    return docx_redline.export(
        tracked(old, new, compare(old, new, same_period=True), finish=typeset),
        HEADINGS | {"recommendations": "Top recommendations"},
        title="From old to new",
        author='Office "A" & B',
        at=AT,
        lists=frozenset({"recommendations"}),
    )


def flat(text: Text) -> list[tuple[str, str]]:
    """Return the paragraphs of a text as the redline prints them."""
    found = [("Title", "From old to new")]
    for section in dict.fromkeys(said.section for said in text.sentences):
        said = [typeset(each.text) for each in text.sentences if each.section == section]
        found.append(("Heading1", (HEADINGS | {"recommendations": "Top recommendations"})[section]))
        if section == "recommendations":
            found += [("ListNumber", each) for each in said]
        else:
            found.append(("IndiciaNarrative", " ".join(said)))
    return found


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD), (OLD, OLD), (OLD, Text(sentences=()))])
def test_a_redline_accepted_is_the_new_text_and_refused_the_old_one(old: Text, new: Text) -> None:
    data = redline_of(old, new)
    assert faults(data) == []
    assert resolved(data, accept=True) == flat(new)
    assert resolved(data, accept=False) == flat(old)
    for accept, text in ((True, new), (False, old)):  # the same by a reader that is not ours
        revised = RevisionDocument(BytesIO(data))
        (revised.accept_all if accept else revised.reject_all)()
        told = [item.text for item in revised.document.paragraphs if item.text]
        assert told == [words for _, words in flat(text)]


def test_each_change_names_who_and_when() -> None:
    found = list(body(redline_of(OLD, NEW)).iter(f"{W}ins", f"{W}del"))
    assert {(node.get(f"{W}author"), node.get(f"{W}date")) for node in found} == {
        ('Office "A" & B', AT.strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
    assert len(found) > 8


# --- Opened by LibreOffice -----------------------------------------------------------------------------------------


def test_libreoffice_opens_the_files_and_prints_all_that_is_in_them(values: dict[str, Any], tmp_path: Path) -> None:
    documents = {audience.value: document_of(values, audience) for audience in Audience}
    files = {name: docx.export(document) for name, document in documents.items()}
    files["redline"] = redline_of(OLD, NEW)
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    converted(tmp_path, *(tmp_path / f"{name}.docx" for name in files))
    for name, document in documents.items():
        pages = pypdf.PdfReader(tmp_path / "out" / f"{name}.pdf").pages
        told = folded(" ".join(page.extract_text() for page in pages)).replace(" ", "")
        missing = [line.text for line in document.lines if folded(line.text).replace(" ", "") not in told]
        assert not missing or len(pages) > 1  # a sentence may run over the foot of a page
        assert len(missing) <= len(pages) - 1
        assert all(docx.DRAFT_MARK in page.extract_text() for page in pages)
    assert (tmp_path / "out" / "redline.pdf").stat().st_size > 5000


def test_a_file_cut_short_or_emptied_is_told_from_a_whole_one(values: dict[str, Any]) -> None:
    """The test of this test: what it compares does differ where a block is missing."""
    document = document_of(values, Audience.PUBLIC)
    whole = [(item.style.name, item.text) for item in python_docx.Document(BytesIO(docx.export(document))).paragraphs]
    short = docx.export(replace(document, blocks=document.blocks[:-1]))
    assert [(item.style.name, item.text) for item in python_docx.Document(BytesIO(short)).paragraphs] != whole
