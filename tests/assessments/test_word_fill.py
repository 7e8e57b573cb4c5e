"""Tagged content controls in a narrative that others write: filled, and nothing else touched."""

import re
from io import BytesIO
from typing import Any

import docx as python_docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments import actions, snapshots
from assessments.core.typography import folded
from assessments.exporters.document import document_of
from assessments.exporters.docx_fill import filled, texts
from assessments.importers.package import Unreadable
from tests.assessments.office import Office, take_case
from tests.assessments.test_word_hostile import HOSTILE
from tests.assessments.wordedits import packed
from tests.assessments.wordfiles import converted, paragraphs, parts
from tests.image import remembered_step

COUNTRY = "PHL"


def control(tag: str, inner: str = "", more: str = "") -> str:
    inner = inner or (
        '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Type here</w:t></w:r></w:p>'
    )
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{more}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def narrative(*controls: str) -> bytes:
    """Return a narrative of many hands: text, a table and a picture's place around the controls."""
    word = python_docx.Document()
    word.add_heading("The Report", 1)
    for number in range(len(controls)):
        word.add_paragraph(f"Of another office, {number}.")
        word.add_paragraph(f"CONTROL {number}")
    word.add_table(2, 2)
    out = BytesIO()
    word.save(out)
    files = parts(out.getvalue())
    text = files["word/document.xml"].decode()
    for number, each in enumerate(controls):
        text = re.sub(rf"<w:p>(?:(?!<w:p>).)*?CONTROL {number}</w:t></w:r></w:p>", lambda _: each, text, count=1)  # noqa: B023
    return packed(files | {"word/document.xml": text.encode()})


@pytest.fixture
@remembered_step
def document(office: Office) -> Any:
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    return document_of(snapshots.opened(made))


def all_controls(document: Any) -> list[str]:
    return [control(f"{COUNTRY}:{name}") for name in texts(document)]


def test_each_control_has_its_text_and_all_else_its_bytes(document: Any) -> None:
    before = narrative(*all_controls(document), control("MDA:prosecution"), control("note of mine"))
    after = filled(before, document, COUNTRY)
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == {"word/document.xml"}
    cut = re.compile(rb'(<w:tag w:val="PHL:[a-z]+"/></w:sdtPr><w:sdtContent>).*?(</w:sdtContent>)', re.DOTALL)
    assert cut.sub(rb"\1\2", old["word/document.xml"]) == cut.sub(rb"\1\2", new["word/document.xml"])
    told = folded(" ".join(paragraphs(after)))
    for lines in texts(document).values():
        assert all(folded(line) in told for line in lines)
    assert told.count("Type here") == 2  # those of others wait for theirs
    assert new["word/document.xml"].count(b"<w:b/>") >= len(texts(document))
    assert filled(before, document, COUNTRY) == after


def test_filled_again_it_is_the_same(document: Any) -> None:
    once = filled(narrative(*all_controls(document)), document, COUNTRY)
    assert parts(filled(once, document, COUNTRY)) == parts(once)


def test_a_prompt_becomes_a_text(document: Any) -> None:
    name, *rest = texts(document)
    others = [control(f"{COUNTRY}:{each}") for each in rest]
    prompt = control(f"{COUNTRY}:{name}", more='<w:showingPlcHdr/><w:text w:multiLine="1"/>')
    data = filled(narrative(prompt, *others), document, COUNTRY)
    assert b"showingPlcHdr" not in parts(data)["word/document.xml"]
    assert b"w:multiLine" in parts(data)["word/document.xml"]


def test_a_control_within_a_line_takes_words(document: Any) -> None:
    name, *rest = texts(document)
    inline = f"<w:p><w:r><w:t>So: </w:t></w:r>{control(f'{COUNTRY}:{name}', '<w:r><w:t>x</w:t></w:r>')}</w:p>"
    data = filled(narrative(inline, *(control(f"{COUNTRY}:{each}") for each in rest)), document, COUNTRY)
    assert any(each.startswith("So: ") and len(each) > 10 for each in paragraphs(data))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda found: found[1:], "PHL:tier is missing; the text has this section."),
        (lambda found: [*found, found[0]], "PHL:tier stands 2 times; each is filled once."),
        (
            lambda found: [*found, control("PHL:prosecutoin")],
            "PHL:prosecutoin names no section; did you mean PHL:prosecution?",
        ),
        (lambda found: [], "The file has no content control tagged PHL:"),
        (lambda found: [control("PHL:tier", found[1]), *found[2:]], "PHL:prosecution stands within PHL:tier"),
        (
            lambda found: [*found[1:], control("PHL:tier", more='<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>')],
            "PHL:tier is bound to data",
        ),
        (
            lambda found: [*found[1:], '<w:sdt><w:sdtPr><w:tag w:val="PHL:tier"/></w:sdtPr><w:sdtContent/></w:sdt>'],
            "PHL:tier is empty in a way",
        ),
        (
            lambda found: [*found[1:], control("PHL:tier", "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")],
            "PHL:tier holds a table",
        ),
    ],
)
def test_a_wrong_tag_is_refused_by_name(document: Any, change: Any, why: str) -> None:
    assert list(texts(document))[:2] == ["tier", "prosecution"]
    with pytest.raises(Unreadable, match=re.escape(why)):
        filled(narrative(*change(all_controls(document))), document, COUNTRY)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_narrative_is_refused(document: Any, what: str) -> None:
    with pytest.raises(Unreadable):
        filled(HOSTILE[what][0], document, COUNTRY)


def test_libreoffice_opens_it(document: Any, tmp_path: Any) -> None:
    (tmp_path / "n.docx").write_bytes(filled(narrative(*all_controls(document)), document, COUNTRY))
    converted(tmp_path, tmp_path / "n.docx", to="txt:Text")
    told = folded((tmp_path / "out" / "n.txt").read_text(encoding="utf-8", errors="replace"))
    assert all(folded(line)[:60] in told for lines in texts(document).values() for line in lines)


def test_the_page_gives_it_back_or_says_why_not(office: Office) -> None:
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    client = Client()
    client.force_login(office.analyst)
    found = document_of(snapshots.opened(made))
    where = reverse("assessments:fill", args=[made.public_id])

    def sent(data: bytes) -> Any:
        return client.post(where, {"file": SimpleUploadedFile("n.docx", data)})

    answer = sent(narrative(*all_controls(found)))
    assert (answer.status_code, answer["Content-Disposition"][:10]) == (200, "attachment")
    assert "draft.docx" in answer["Content-Disposition"]
    wrong = sent(narrative(*all_controls(found)[1:]))
    assert wrong.status_code == 422
    assert "PHL:tier is missing" in wrong.content.decode()


def test_the_copy_is_plain_headings_paragraphs_and_lists(office: Office) -> None:
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    client = Client()
    client.force_login(office.analyst)
    html = client.get(reverse("assessments:copy", args=[made.public_id])).content.decode()
    article = html[html.index('<article id="text-to-copy"') : html.index("</article>")]
    assert set(re.findall(r"<(\w+)", article)) == {"article", "h1", "h2", "p", "ol", "li"}
    assert not re.findall(r"<(?:h1|h2|p|ol|li) [^>]*>", article)
    text = folded(re.sub(r"<[^>]+>", " ", article).replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&"))
    lines = [line for found in texts(document_of(snapshots.opened(made))).values() for line in found]
    assert all(folded(line) in text for line in lines)
    page = client.get(reverse("assessments:word", args=[made.public_id])).content.decode()
    assert "PHL:prosecution" in page
