"""The whole report in an office's own template: each country as it stands alone in it, and nothing of another's."""

import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import docx as python_docx
import pypdf
import pytest
from django.core.management import CommandError
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from assessments import actions, storage
from assessments.core.document import (
    Audience,
    Document,
    Heading,
    Line,
    NumberedList,
    Paragraph,
    Title,
)
from assessments.core.typography import folded
from assessments.enums import Shape
from assessments.exporters import docx_house, docx_house_report
from assessments.exporters.docx import DRAFT_MARK
from assessments.exporters.front import Front
from assessments.importers.templates import save_template, withdraw_template
from assessments.models import HouseTemplate
from tests.assessments.narratives import ENTRIES, narrative, some
from tests.assessments.office import Office
from tests.assessments.reports import again, approved, ask, three, worked
from tests.assessments.test_export_report import export
from tests.assessments.test_house_templates import GOOD, PLACED, client_of, template, told
from tests.assessments.wordfiles import W, body, converted, faults, paragraphs, parts


def joined(documents: list[Document], chosen: bytes, audience: Audience = Audience.PUBLIC) -> bytes:
    out = io.BytesIO()
    front = Front("The report", audience, ENTRIES[: len(documents)], ["Ruritania 2024 (in progress)"])
    docx_house_report.join(front, iter(documents), chosen, out)
    return out.getvalue()


def rich(word: Any) -> None:
    """Give a template what may stand once in a file, sections of several kinds, and a numbered list of its own."""
    styles = word.styles
    styles["Body Text"].font.size = Pt(13)
    word.add_paragraph("Point one of the office", style="List Number")
    paragraph = word.add_paragraph("See the place")
    for tag, name in (("bookmarkStart", "place"), ("bookmarkEnd", None)):
        node = OxmlElement(f"w:{tag}")
        node.set(qn("w:id"), "7")
        if name:
            node.set(qn("w:name"), name)
        paragraph._p.append(node)
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.left_margin = Inches(2)
    section.footer.is_linked_to_previous = False
    section.footer.paragraphs[0].text = "{{ title }}, {{ digest }}"
    word.add_paragraph("Last page of {{ country }}")


RICH = template("{{ title }}", "{{ text }}", change=rich)


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize(
    "chosen", [GOOD, PLACED, docx_house.starter(), RICH], ids=["good", "placed", "starter", "rich"]
)
def test_each_country_stands_in_it_as_it_stands_alone(chosen: bytes, audience: Audience) -> None:
    documents = some(audience)
    data = joined(documents, chosen, audience)
    assert faults(data) == []
    assert data == joined(documents, chosen, audience)
    opened = python_docx.Document(io.BytesIO(data))
    found = [(item.style.name, item.text) for item in opened.paragraphs if item.text]
    alone = []
    for document in documents:
        one = python_docx.Document(io.BytesIO(docx_house.export(document, chosen)))
        alone += [(item.style.name, item.text) for item in one.paragraphs if item.text]
    front = found[: -len(alone)]
    assert found[len(front) :] == alone
    assert [text for _, text in front if text.startswith("Country")] == [name for _, name in ENTRIES]
    assert any("Ruritania" in text for _, text in front) == (audience is Audience.INTERNAL)
    marks = {node.get(f"{W}name") for node in body(data).iter(f"{W}bookmarkStart")}
    assert {node.get(f"{W}anchor") for node in body(data).iter(f"{W}hyperlink")} <= marks
    assert any(mark.startswith("s_") for mark in marks) == (audience is not Audience.PUBLIC)


def test_margins_and_pages_are_each_countrys_own() -> None:
    data = joined(some(), RICH)
    sections = python_docx.Document(io.BytesIO(data)).sections
    assert len(sections) == 1 + 2 * 3
    assert [section.header.paragraphs[0].text for section in sections[1::2]] == [
        f"Office of Reports, {name}" for _, name in ENTRIES
    ]
    assert sections[0].header.paragraphs[0].text == "Office of Reports, All countries"
    feet = [section.footer.paragraphs[0].text for section in sections]
    assert feet[0] == "The report, "
    assert feet[2::2] == [f"{name}, report year 2024, d{number}" for number, (_, name) in enumerate(ENTRIES)]
    assert feet[1::2] == ["", "", ""]  # the template's first section has none, and gets none from the country before
    assert [section.left_margin.inches for section in sections[1:]] == [sections[1].left_margin.inches, 2] * 3
    whole = b"".join(parts(data).values())
    assert b"{{" not in whole
    assert b"Terry" not in whole


def test_lists_begin_anew_in_every_country() -> None:
    numbers = [
        node.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
        for node in body(joined(some(), RICH)).iter(f"{W}p")
        if node.find(f"{W}pPr/{W}numPr/{W}numId") is not None
    ]
    assert len(set(numbers)) == 3


def test_every_page_says_who_it_is_for() -> None:
    for section in python_docx.Document(io.BytesIO(joined(some(Audience.INTERNAL), GOOD, Audience.INTERNAL))).sections:
        assert section.header.paragraphs[0].text == "Internal"
        assert DRAFT_MARK not in section.header.paragraphs[0].text


def test_what_people_wrote_is_never_read_as_a_place() -> None:
    text = "A & B <c> said {{ country }} and {{ text }}; <!--countries go here--> 15 percent."
    document = Document(
        blocks=(Title(text="T"), Paragraph(lines=(Line(public_id="0f", text=text),))),
        country="A & <B> {{ digest }}",
        report_year=2024,
        digest="d1",
        is_draft=False,
    )
    shown = told(joined([document, document], template("{{ country }}", "{{ text }}")))
    assert shown.count(text) == 2
    assert shown.count("A & <B> {{ digest }}") == 2


def whole(countries: int, chosen: bytes) -> bytes:
    entries = [(f"c{number:03}-2024", f"Country {number}") for number in range(countries)]
    documents = (narrative(name, number, Audience.PUBLIC, short=True) for number, (_, name) in enumerate(entries))
    out = io.BytesIO()
    docx_house_report.join(Front("The report", Audience.PUBLIC, entries), documents, chosen, out)
    return out.getvalue()


def test_189_countries_hang_together() -> None:
    data = whole(189, RICH)
    assert faults(data) == []
    points = [text for text in paragraphs(data, "ListNumber") if text.endswith("agency 2 in Country 188.")]
    assert len(points) == 1
    assert len([text for text in paragraphs(data) if text.startswith("Last page of Country")]) == 189


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(whole(12, RICH))
    converted(tmp_path, tmp_path / "report.docx")
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(tmp_path / "out" / "report.pdf").pages]
    for number in range(12):
        (own,) = [page for page in pages if f"Country {number}, report year 2024, d{number}" in page]
        assert f"Last page of Country {number}" in own


def test_memory_is_bounded_by_one_country() -> None:
    def peak(number: int) -> int:
        entries = [(f"c{place}-2024", f"Country {place}") for place in range(number)]
        documents = (narrative(name, place, Audience.INTERNAL) for place, (_, name) in enumerate(entries))
        with io.BytesIO() as out:
            tracemalloc.start()
            docx_house_report.join(Front("The report", Audience.INTERNAL, entries), documents, GOOD, out)
            found = tracemalloc.get_traced_memory()[1] - len(out.getvalue())
            tracemalloc.stop()
        return found

    peak(2)
    assert peak(60) < peak(10) + 2_500_000  # bytes; the text alone of 50 more is more than that


# --- Chosen ------------------------------------------------------------------------------------------------------


@pytest.fixture
def house(office: Office, settings: Any, tmp_path: Path) -> HouseTemplate:
    settings.VAR = tmp_path / "var"
    return kept(office, "First look")


def kept(office: Office, words: str) -> HouseTemplate:
    data = template(words, "{{ title }}", "{{ text }}")
    return save_template(name="House", file_name="a.docx", data=data, by=office.coordinator, at=office.clock())


def made(digest: str) -> bytes:
    with storage.opened("made", digest) as file:
        return file.read()


def test_a_job_is_made_in_the_template_that_was_chosen(office: Office, house: HouseTemplate) -> None:
    three(office)
    job = worked(office, ask(office, form="docx", template_id=house.public_id))
    assert (job.state, job.failure) == ("done", "")
    assert told(made(job.file_digest)).count("First look") == 2  # two countries are ready
    assert job.spec["template"] == {"id": str(house.public_id), "name": "House, version 1", "digest": house.digest}
    plain = ask(office, form="docx")
    assert (plain.key == job.key, plain.reused) == (False, False)
    assert ask(office, form="docx", template_id=house.public_id).reused
    newer = kept(office, "Second look")
    assert not ask(office, form="docx", template_id=newer.public_id).reused


def test_the_zip_is_made_in_it_too(office: Office, house: HouseTemplate) -> None:
    approved(office)
    job = worked(office, ask(office, form="docx", shape=Shape.ZIP, template_id=house.public_id))
    with zipfile.ZipFile(io.BytesIO(made(job.file_digest))) as archive:
        (name, _) = archive.namelist()
        assert "First look" in told(archive.read(name))


def test_a_version_withdrawn_meanwhile_is_used_and_one_that_is_gone_is_said(
    office: Office, house: HouseTemplate
) -> None:
    approved(office)
    job = ask(office, form="docx", template_id=house.public_id)
    withdraw_template(template_id=house.public_id, reason="Old.", by=office.coordinator, at=office.clock())
    assert worked(office, job).state == "done"
    with pytest.raises(actions.Invalid, match="not offered any more"):
        ask(office, form="docx", template_id=house.public_id)
    newer = kept(office, "Second look")
    job = ask(office, form="docx", template_id=newer.public_id)
    storage.remove("files", newer.digest)
    failed = worked(office, job)
    assert (failed.state, failed.failure) == (
        "failed",
        "The file of the template House, version 2 is not there any more.",
    )


def test_the_page_offers_it_for_word_only(office: Office, house: HouseTemplate) -> None:
    three(office)
    client = client_of(office.exporter)
    assert "House, version 1" in client.get("/report/").content.decode()
    order = {"year": "2024", "form": "pdf", "audience": "public", "shape": "one", "template": str(house.public_id)}
    refused = client.post("/report/build/", order)
    assert refused.status_code == 422
    assert "PDF takes no template; one is for Word only." in refused.content.decode()
    taken = client.post("/report/build/", order | {"form": "docx"})
    assert taken.status_code == 302
    assert "in the template House, version 1" in client.get(taken["Location"]).content.decode()
    unknown = order | {"form": "docx", "template": "00000000-0000-4000-8000-000000000000"}
    assert client.post("/report/build/", unknown).status_code == 422
    reader = client_of(office.reader)
    assert "House, version 1" not in reader.get("/report/").content.decode()
    assert again(taken["Location"].rstrip("/").rsplit("/", 1)[-1]).spec["template"]["digest"] == house.digest


def test_the_command_takes_it_by_name(office: Office, house: HouseTemplate, tmp_path: Path) -> None:
    approved(office)
    with pytest.raises(CommandError, match="no template 'Hose' on offer; there are: House"):
        export(tmp_path / "out", "--template=Hose", format="docx")
    with pytest.raises(CommandError, match="takes no template"):
        export(tmp_path / "out", "--template=House", format="txt")
    export(tmp_path / "out", "--template=House", format="docx")
    (file,) = (tmp_path / "out").iterdir()
    assert "First look" in told(file.read_bytes())


def test_points_and_headings_have_the_templates_styles() -> None:
    data = joined(some(), template("{{ text }}"))
    opened = python_docx.Document(io.BytesIO(data))
    document = some()[0]
    heads = {block.text for block in document.blocks if isinstance(block, Heading)}
    items = {item.text for block in document.blocks if isinstance(block, NumberedList) for item in block.items}
    styles = {folded(item.text): item.style.name for item in opened.paragraphs}
    assert {styles[folded(head)] for head in heads} == {"Heading 1"}
    assert {styles[folded(item)] for item in items} == {"List Number"}
