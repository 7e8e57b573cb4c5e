"""House templates: judged by paragraph before they are kept, and texts poured into them with nothing lost."""

from io import BytesIO
from typing import Any

import docx as python_docx
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx.shared import Pt
from lxml import etree

from assessments import actions, snapshots
from assessments.core.document import Audience, Document, Line, NumberedList, Paragraph, Title
from assessments.core.typography import folded, typeset
from assessments.exporters import docx, docx_house
from assessments.exporters.document import document_of
from assessments.exporters.docx_body import bookmark_of
from assessments.exporters.house_template import SECTIONS, examined
from assessments.importers.package import Unreadable
from assessments.models import Event, HouseTemplate
from tests.assessments.office import Office, take_case
from tests.assessments.test_word_hostile import HOSTILE
from tests.assessments.wordedits import packed
from tests.assessments.wordfiles import RELATION, W, body, converted, faults, parts
from tests.image import remembered_step


def template(*paragraphs: str, change: Any = None) -> bytes:
    """Return a template as people make one: Word's own styles, a header, an author, a remark of somebody."""
    word = python_docx.Document()
    word.core_properties.author = "Terry Template"
    word.core_properties.comments = "made at home"
    word.sections[0].header.paragraphs[0].text = "Office of Reports, {{ country }}"
    for text in paragraphs:
        word.add_paragraph(text)
    if change:
        change(word)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


GOOD = template("{{ title }}", "As of {{ frozen_on }}: {{ state }}", "{{ text }}", "End of {{country}}")
PLACED = template("{{ notices }}", *[f"{{{{ {name} }}}}" for name in SECTIONS], "{{ recommendations }}", "{{ notes }}")


@pytest.fixture
@remembered_step
def values(office: Office) -> dict[str, Any]:
    """A working snapshot of a real case."""
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    return snapshots.opened(made)


def told(data: bytes) -> str:
    """Return all text of the body, folded."""
    return folded(" ".join("".join(node.itertext(f"{W}t")) for node in body(data).iter(f"{W}p")))


def missing(document: Document, data: bytes) -> list[str]:
    """Return what a file lacks of a document's sentences, points and notes."""
    text = told(data)
    wanted = [line.text for line in document.lines]
    wanted += [item.text for block in document.blocks if isinstance(block, NumberedList) for item in block.items]
    wanted += [block.text for block in document.blocks if hasattr(block, "text") and not isinstance(block, Paragraph)]
    return [each for each in wanted if folded(each) not in text]


# --- Judged -----------------------------------------------------------------------------------------------------


def test_places_and_styles_are_named() -> None:
    found = examined(GOOD)
    assert found.errors == []
    assert found.places == {"title": 1, "frozen_on": 1, "state": 1, "text": 1, "country": 2}
    assert found.styles["Indicia Narrative"] == "Body Text"
    assert found.styles["heading 1"] == "heading 1"
    assert examined(docx_house.starter()).errors == []
    assert examined(PLACED).errors == []


@pytest.mark.parametrize(
    ("paragraphs", "error"),
    [
        (("{{ contry }}", "{{ text }}"), "Paragraph 1: {{ contry }} is unknown; did you mean {{ country }}?"),
        (("{{ text }}", "By {{ xyzzy }}"), "Paragraph 2: {{ xyzzy }} is unknown; there is no such place."),
        (("Text: {{ text }}",), "Paragraph 1: {{ text }} stands alone in its paragraph, without other text."),
        (("{{ text }}", "{{ text }}"), "{{ text }} stands 2 times; a text is printed once."),
        (("Hello",), "No place for the text: give {{ text }} a paragraph of its own."),
        (
            ("{{ text }}", "{% if x %}"),
            "Paragraph 2: conditions and loops ({% %}, {# #}) are not understood; use places only.",
        ),
        (("{{ text }}", "{{ country"), "Paragraph 2: a place is not closed; it is written {{ country }}, in one line."),
        (("{{ text }}", "{{ prosecution }}"), "{{ prosecution }} is part of {{ text }} already; keep one of them."),
        (("{{ prosecution }}",), "There is no place for {{ protection }}; nothing approved may be left out."),
        (
            ("{{ text }}", "{{ country.__class__ }}"),
            "Paragraph 2: {{ country.__class__ }} is unknown; there is no such place.",
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_paragraph(paragraphs: tuple[str, ...], error: str) -> None:
    assert error in examined(template(*paragraphs)).errors


def hidden(word: Any) -> None:
    word.add_paragraph().add_run("secret").font.hidden = True


def in_margin(word: Any) -> None:
    word.sections[0].footer.paragraphs[0].text = "{{ text }}"


@pytest.mark.parametrize(
    ("change", "error"),
    [(hidden, "Paragraph 2: it has hidden text"), (in_margin, "{{ text }} stands in the text, not in a margin")],
)
def test_hidden_text_and_blocks_in_margins_are_refused(change: Any, error: str) -> None:
    assert any(error in each for each in examined(template("{{ text }}", change=change)).errors)


def with_rel(kind: str, target: str, mode: str = "External") -> bytes:
    files = parts(GOOD)
    rels = etree.fromstring(files["word/_rels/document.xml.rels"])
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    node = etree.SubElement(rels, RELATION, Id="rIdX", Type=base + kind, Target=target)
    if mode:
        node.set("TargetMode", mode)
    return packed(files | {"word/_rels/document.xml.rels": etree.tostring(rels)})


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "hyperlink", "oleObject", "frame"])
def test_what_leads_outside_is_refused(kind: str) -> None:
    (error,) = [each for each in examined(with_rel(kind, "https://example.org/x")).errors if "leads outside" in each]
    assert f"to https://example.org/x ({kind})" in error


def test_macros_are_refused() -> None:
    with pytest.raises(Unreadable, match="holds macros"):
        examined(packed(parts(GOOD) | {"word/vbaProject.bin": b"run"}))


def test_macros_are_refused_by_what_they_are_whatever_they_are_called() -> None:
    files = parts(GOOD) | {"word/settings.bin": b"run"}
    types = files["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    errors = examined(packed(files | {"[Content_Types].xml": types})).errors
    assert "word/settings.bin: macros, controls and embedded programs are not taken." in errors


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_template_is_refused_in_words(what: str) -> None:
    data, why = HOSTILE[what]
    try:
        errors = examined(data).errors
    except Unreadable as exc:
        errors = [str(exc)]
    assert errors  # what opens after all lacks its places
    assert any(why in error for error in errors) or "No place for the text" in errors[0]


# --- Poured -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("name", ["one place", "a place for each section", "to begin with"])
def test_nothing_is_lost_and_nothing_is_broken(values: dict[str, Any], audience: Audience, name: str) -> None:
    chosen = {"one place": GOOD, "a place for each section": PLACED, "to begin with": docx_house.starter()}[name]
    document = document_of(values, audience)
    data = docx_house.export(document, chosen)
    assert faults(data) == []
    lost = missing(document, data)
    headings = {block.text for block in document.blocks if type(block).__name__ == "Heading"}
    assert set(lost) - (headings | {document.title} if name == "a place for each section" else set()) == set()
    assert "{{" not in told(data)
    assert data == docx_house.export(document, chosen)
    marks = [node.get(f"{W}name") for node in body(data).iter(f"{W}bookmarkStart")]
    assert [mark for mark in marks if mark.startswith("s_")] == (
        [bookmark_of(line.public_id) for line in document.lines] if audience is not Audience.PUBLIC else []
    )
    notes = etree.fromstring(parts(data)["word/footnotes.xml"])
    assert len(notes) - 2 == len([line for line in document.lines if line.note])


def test_the_templates_own_look_is_used(values: dict[str, Any]) -> None:
    def styled(word: Any) -> None:
        word.styles["Body Text"].font.size = Pt(13)

    data = docx_house.export(document_of(values), template("{{ text }}", change=styled))
    opened = python_docx.Document(BytesIO(data))
    first = next(line.text for line in document_of(values).lines)
    paragraph = next(each for each in opened.paragraphs if typeset(first) in each.text)
    assert (paragraph.style.name, paragraph.style.font.size) == ("Body Text", Pt(13))
    points = [each for each in opened.paragraphs if each.style.name == "List Number"]
    assert points
    assert all(each._p.pPr.numPr is not None for each in points)


def test_nothing_of_its_makers_goes_out(values: dict[str, Any]) -> None:
    data = docx_house.export(document_of(values), GOOD)
    whole = b"".join(parts(data).values())
    assert b"Terry" not in whole
    assert b"made at home" not in whole
    assert not [name for name in parts(data) if "custom" in name.lower() or name == "docProps/app.xml"]
    properties = python_docx.Document(BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("Indicia", "Indicia", "")


def test_margins_are_filled_and_a_draft_says_so(values: dict[str, Any]) -> None:
    header = python_docx.Document(BytesIO(docx_house.export(document_of(values), GOOD))).sections[0].header
    assert [each.text for each in header.paragraphs] == [
        docx.DRAFT_MARK,
        f"Office of Reports, {values['country']['name']}",
    ]


def test_what_people_wrote_is_never_cut_nor_read_as_a_place() -> None:
    text = "A & B <c> said {{ country }} and {{ text }} and {% raw %}; 15 percent."
    name = "A & <B> {{ digest }}"
    document = Document(
        blocks=(Title(text=name), Paragraph(lines=(Line(public_id="0f", text=text),))),
        country=name,
        report_year=2024,
        digest="d1",
    )
    assert told(docx_house.export(document, template("{{ country }}", "{{ text }}"))) == f"{name} {text}"


def test_libreoffice_opens_what_was_poured(values: dict[str, Any], tmp_path: Any) -> None:
    document = document_of(values, Audience.INTERNAL)
    for name, chosen in (("good", GOOD), ("placed", PLACED)):
        (tmp_path / f"{name}.docx").write_bytes(docx_house.export(document, chosen))
    converted(tmp_path, tmp_path / "good.docx", tmp_path / "placed.docx")
    for name in ("good", "placed"):
        pages = pypdf.PdfReader(tmp_path / "out" / f"{name}.pdf").pages
        text = folded(" ".join(page.extract_text() for page in pages)).replace(" ", "")
        lost = [line.text for line in document.lines if folded(line.text).replace(" ", "") not in text]
        assert len(lost) <= len(pages) - 1
        assert all(docx.DRAFT_MARK in page.extract_text() for page in pages)


# --- Kept --------------------------------------------------------------------------------------------------------


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def upload(person: object, data: bytes, name: str = "Report") -> Any:
    return client_of(person).post(
        reverse("assessments:templates"), {"name": name, "file": SimpleUploadedFile("house.docx", data)}
    )


def test_versions_are_kept_and_one_is_chosen_for_an_export(office: Office) -> None:
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    assert upload(office.coordinator, template("First look", "{{ text }}")).status_code == 302
    newer = template("Second look", "{{ text }}")
    assert upload(office.exporter, newer).status_code == 302
    assert upload(office.exporter, newer).status_code == 302  # the same again is no new version
    second, first = HouseTemplate.objects.all()
    assert [(row.name, row.number, row.by) for row in (first, second)] == [
        ("Report", 1, office.coordinator),
        ("Report", 2, office.exporter),
    ]
    where = reverse("assessments:download", args=[made.public_id, "docx"])
    for row, words in ((first, "First look"), (second, "Second look")):
        answer = client_of(office.analyst).get(where, {"template": row.public_id, "audience": "internal"})
        assert words in told(answer.content)
    client_of(office.coordinator).post(
        reverse("assessments:template-withdraw", args=[first.public_id]), {"reason": "Old letterhead."}
    )
    assert client_of(office.analyst).get(where, {"template": first.public_id}).status_code == 404
    assert client_of(office.analyst).get(where, {"template": "x"}).status_code == 404
    kept = client_of(office.coordinator).get(reverse("assessments:template-download", args=[first.public_id]))
    assert (kept.status_code, kept["Content-Disposition"][:10]) == (200, "attachment")
    done = list(Event.objects.filter(subject_kind="template").order_by("pk").values_list("action", flat=True))
    assert done == ["save_template", "save_template", "withdraw_template"]


def test_errors_stand_on_the_page_and_nothing_is_kept(office: Office) -> None:
    answer = upload(office.coordinator, template("{{ contry }}", "{{ text }}"))
    assert answer.status_code == 422
    assert "Paragraph 1: {{ contry }} is unknown; did you mean {{ country }}?" in answer.content.decode()
    assert HouseTemplate.objects.count() == Event.objects.filter(subject_kind="template").count() == 0


def test_only_exporters_and_coordinators_keep_templates(office: Office) -> None:
    for person in (office.analyst, office.reviewer, office.reader, office.editor, office.account_admin):
        assert upload(person, GOOD).status_code == 403
    assert HouseTemplate.objects.count() == 0
