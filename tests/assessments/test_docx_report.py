"""Many countries in one Word file: each as it stands alone, once, in order; the package whole, and equal every time."""

import io
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from lxml import etree

from assessments import actions, snapshots
from assessments.core.document import Audience, Document, NumberedList, Paragraph
from assessments.core.typography import typeset
from assessments.exporters import docx, docx_report
from assessments.exporters.document import document_of
from assessments.exporters.front import Front
from tests.assessments.office import Office, take_case
from tests.assessments.wordfiles import W, body, faults, parts
from tests.image import remembered_step

KEYS = [("aaa-2024", "Country A"), ("bbb-2024", "Country B & <C>"), ("ccc-2024", "Country C")]


@pytest.fixture
@remembered_step
def values(office: Office) -> dict[str, Any]:
    """A working snapshot of a real case, made into an approved one."""
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    return snapshots.opened(made) | {"kind": "approved"}


def joined(documents: list[Document], audience: Audience) -> bytes:
    out = io.BytesIO()
    docx_report.join(Front("The report", audience, KEYS, ["Ruritania 2024 (in progress)"]), iter(documents), out)
    return out.getvalue()


def three_of(document: Document) -> list[Document]:
    """Return a document as that of three countries: the same words, and ids of sentences of their own."""
    return [document, twin(document, "g"), twin(document, "h")]


def twin(document: Document, mark: str) -> Document:
    blocks = [
        replace(block, lines=tuple(replace(line, public_id=mark + line.public_id[1:]) for line in block.lines))
        if isinstance(block, Paragraph)
        else block
        for block in document.blocks
    ]
    return replace(document, blocks=tuple(blocks))


@pytest.mark.parametrize("audience", list(Audience))
def test_each_country_stands_in_it_as_it_stands_alone(values: dict[str, Any], audience: Audience) -> None:
    document = document_of(values, audience)
    data = joined(three_of(document), audience)
    assert faults(data) == []
    assert data == joined(three_of(document), audience)
    alone = python_docx.Document(io.BytesIO(docx.export(document)))
    single = [(item.style.name, item.text) for item in alone.paragraphs]
    opened = python_docx.Document(io.BytesIO(data))
    found = [(item.style.name, item.text) for item in opened.paragraphs]
    front = found[: -3 * len(single)]
    assert found[len(front) :] == single * 3
    assert front[0] == ("Title", "The report")
    assert "Three countries, each as it was approved." in [text for _, text in front]
    assert [text for _, text in front[-3:]] == [name for _, name in KEYS]
    assert any("Ruritania" in text for _, text in front) == (audience is Audience.INTERNAL)
    assert len(opened.tables) == 3 * len(alone.tables)


@pytest.mark.parametrize(("audience", "said"), [(Audience.PUBLIC, ""), (Audience.INTERNAL, "Internal")])
def test_no_page_of_approved_texts_says_draft(values: dict[str, Any], audience: Audience, said: str) -> None:
    opened = python_docx.Document(io.BytesIO(joined(three_of(document_of(values, audience)), audience)))
    assert [paragraph.text for section in opened.sections for paragraph in section.header.paragraphs] == [said]


def test_notes_lists_and_marks_are_each_countrys_own(values: dict[str, Any]) -> None:
    document = document_of(values, Audience.INTERNAL)
    data = joined(three_of(document), Audience.INTERNAL)
    notes = list(etree.fromstring(parts(data)["word/footnotes.xml"]))[2:]
    told = [typeset(line.note) for line in document.lines if line.note]
    assert ["".join(node.itertext()).strip() for node in notes] == told * 3
    ids = [node.get(f"{W}id") for node in notes]
    assert ids == [node.get(f"{W}id") for node in body(data).iter(f"{W}footnoteReference")]
    assert len(set(ids)) == len(ids)
    marks = list(body(data).iter(f"{W}bookmarkStart"))
    names = [node.get(f"{W}name") for node in marks if not node.get(f"{W}name").startswith("s_")]
    assert len(set(names)) == len(names)  # points of lists, and countries
    assert [name for name in names if name.startswith("c_")] == ["c_aaa_2024", "c_bbb_2024", "c_ccc_2024"]
    assert len({node.get(f"{W}id") for node in marks}) == len(marks)
    lists = [block for block in document.blocks if isinstance(block, NumberedList)]
    assert len({node.get(f"{W}val") for node in body(data).iter(f"{W}numId")}) == 3 * len(lists)
    anchors = [node.get(f"{W}anchor") for node in body(data).iter(f"{W}hyperlink")]
    assert anchors == ["c_aaa_2024", "c_bbb_2024", "c_ccc_2024"]
    breaks = list(body(data).iter(f"{W}pageBreakBefore"))
    assert len(breaks) == 3


def test_no_id_of_a_sentence_is_in_the_public_file(values: dict[str, Any]) -> None:
    document = document_of(values, Audience.PUBLIC)
    whole = b"".join(parts(joined(three_of(document), Audience.PUBLIC)).values())
    for line in document.lines:
        assert line.public_id.encode() not in whole
        assert line.public_id.replace("-", "").encode() not in whole


def test_the_properties_name_the_report_and_nobody(values: dict[str, Any]) -> None:
    properties = python_docx.Document(
        io.BytesIO(joined(three_of(document_of(values)), Audience.PUBLIC))
    ).core_properties
    assert (properties.title, properties.author, properties.category) == ("The report", "Indicia", "Approved text")


def test_libreoffice_opens_it(values: dict[str, Any], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is among the system packages of the tests"
    file = tmp_path / "report.docx"
    file.write_bytes(joined(three_of(document_of(values)), Audience.PUBLIC))
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "txt:Text", "--outdir",
             str(tmp_path), str(file)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    told = (tmp_path / "report.txt").read_text(encoding="utf-8-sig")
    last = document_of(values).lines[-1].text
    assert told.count(typeset(last)) == 3


def test_memory_is_bounded_by_one_country(values: dict[str, Any]) -> None:
    import tracemalloc

    document = document_of(values, Audience.INTERNAL)

    def peak(number: int) -> int:
        entries = [(f"c{place}-2024", f"Country {place}") for place in range(number)]
        with tempfile.TemporaryFile() as out:
            tracemalloc.start()
            docx_report.join(Front("The report", Audience.INTERNAL, entries), (replace(document) for _ in entries), out)
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    peak(2)
    few, many = peak(10), peak(100)
    assert many < few + 2_500_000  # bytes; the text alone of 90 more is several times that
