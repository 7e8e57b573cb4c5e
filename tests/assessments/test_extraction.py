"""What may be uploaded: a file is what its content says, and its text is what a reader would see."""

import io
import zipfile
from contextlib import suppress

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.core.pages import paragraphs
from assessments.extraction import KINDS, NotAccepted, kind_of, text_of
from assessments.pdf_reading import NoText, pages_of
from tests.assessments.pdffiles import blank_pdf, locked_pdf, pdf

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*paragraphs: str) -> bytes:
    file = Document()
    for text in paragraphs:
        file.add_paragraph(text)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_every_kind_is_known_by_its_content() -> None:
    given = {"txt": b"Words", "html": b"<p>Words", "docx": word("Words"), "pdf": b"%PDF-1.7 x"}
    given |= {"png": b"\x89PNG\r\n\x1a\nx", "jpg": b"\xff\xd8\xffx"}
    assert {ending: kind_of(f"A.Report.{ending.upper()}", content).ending for ending, content in given.items()} == {
        kind.ending: kind.ending for kind in KINDS
    }


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("virus.exe", b"MZ", "not accepted. Accepted are text"),
        ("noending", b"Words", "not accepted"),
        ("report.pdf.zip", b"PK\x03\x04", "not accepted"),
        ("image.svg", b"<svg/>", "not accepted"),
        ("report.pdf", b"<script>alert(1)</script>", "no PDF file"),
        ("report.docx", b"%PDF-1.7", "no Word file"),
        ("report.txt", b"MZ\x00\x01", "no text"),
        ("report.txt", b"", "empty"),
    ],
)
def test_what_is_not_accepted_says_why(name: str, content: bytes, why: str) -> None:
    with pytest.raises(NotAccepted, match=why):
        kind_of(name, content)


def text(name: str, content: bytes) -> str:
    return text_of(kind_of(name, content), content)


def test_a_word_file_gives_its_paragraphs_tables_and_inserted_words() -> None:
    file = Document()
    file.add_paragraph("First paragraph.")
    table = file.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left", "Right"
    last = file.add_paragraph("Kept")
    last._p.append(parse_xml(f'<w:ins xmlns:w="{W}" w:id="1" w:author="a"><w:r><w:t> and added</w:t></w:r></w:ins>'))
    last._p.append(
        parse_xml(f'<w:del xmlns:w="{W}" w:id="2" w:author="a"><w:r><w:delText> gone</w:delText></w:r></w:del>')
    )
    out = io.BytesIO()
    file.save(out)
    assert text("a.docx", out.getvalue()) == "First paragraph.\n\nLeft\n\nRight\n\nKept and added"


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", word("Words")[:400]])
def test_a_damaged_word_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(NotAccepted, match="damaged"):
        text("a.docx", content)


WHOLE = word("First paragraph.", "Second paragraph.")


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_word_file_with_wrong_bytes_is_read_or_refused(wrong: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in wrong:
        content[place] = byte
    try:
        assert isinstance(text_of(KINDS[2], bytes(content)), str)
    except NotAccepted as exc:
        assert "Word file" in str(exc)


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    with pytest.raises(NotAccepted, match="damaged"):
        text("a.docx", out.getvalue())


def test_a_word_file_that_unpacks_to_a_mountain_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (61 * 1024 * 1024))
    with pytest.raises(NotAccepted, match="far more than a Word document has"):
        text("a.docx", out.getvalue())


def test_a_page_gives_what_a_reader_sees() -> None:
    page = b"""<html><head><title>No</title><style>p {}</style></head><body><h1>Court &amp; crown</h1>
    <script>alert(1)</script><p>Two <b>officers</b><br>were tried.</p><ul><li>One</li><li>Two</li></ul></body>"""
    assert text("a.htm", page) == "Court & crown\n\nTwo officers\nwere tried.\n\nOne\n\nTwo"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_usual_codings(coding: str) -> None:
    assert text("a.txt", "Café – “two”".encode(coding)) == "Café – “two”"


LINES = [
    "Two police officers took bribes from traffickers at the border in March, and",
    "the prosecutor opened an investigation of both. Neither of them was sus-",
    "pended (as the law requires) while it went on.",
    "A second case concerned a customs officer, whom a court acquitted in the",
    "autumn; nobody appealed, and the file was closed before the year was over",
]


def test_a_pdf_gives_its_paragraphs_without_page_numbers() -> None:
    content = pdf([*LINES, "12"], ["because the office had no more time.", "Page 13 of 40"])
    assert text("a.pdf", content).split("\n\n") == [
        f"{LINES[0]} {LINES[1][:-1]}{LINES[2]}",
        f"{LINES[3]} {LINES[4]} because the office had no more time.",
    ]


def test_a_scan_within_a_pdf_has_no_text_and_is_left_to_the_person() -> None:
    assert text("a.pdf", blank_pdf()) == ""


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert text("a.pdf", locked_pdf(pdf(["Two officers."]), password="")) == "Two officers."


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (locked_pdf(pdf(["Two officers."]), password="secret"), "protected by a password"),
        (b"%PDF-1.7 (Words) Tj", "damaged and can't be read"),
        (pdf(LINES)[:300], "damaged and can't be read"),
        (pdf(*[["Page."]] * 1001), "more than 1,000 pages"),
        (pdf(*[["word " * 4000]] * 120), "more text than a source can have"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(content: bytes, why: str) -> None:
    with pytest.raises(NotAccepted, match=why):
        text("a.pdf", content)


def test_a_pdf_made_to_be_read_without_end_is_given_up() -> None:
    """A page that is a program: a stream of some megabytes that moves the pen and never writes."""
    endless = pdf([""], stream=b"BT /F1 11 Tf " + b"1 0 0 1 0 0 Tm " * 3_000_000 + b"ET")
    with pytest.raises(NoText, match="took more than"):
        pages_of(endless, longest=1000, seconds=1)


@given(st.binary(max_size=300), st.integers(0, 600))
@settings(max_examples=8, deadline=None)
def test_no_damage_to_a_pdf_is_more_than_a_refusal(noise: bytes, place: int) -> None:
    whole = pdf(LINES)
    with suppress(NotAccepted):
        text("a.pdf", b"%PDF-" + whole[5:place] + noise + whole[place:])


@given(st.lists(st.lists(st.text(max_size=60), max_size=6), max_size=4))
def test_no_letter_of_a_page_is_lost_in_its_paragraphs(pages: list[list[str]]) -> None:
    """Beside space, hyphens at the end of lines and the numbers of pages."""
    lines = [[f"word {line}" for line in page] for page in pages]
    joined = paragraphs(["\n".join(page) for page in lines])
    wanted = "".join("".join(page) for page in lines)
    assert sorted(bare(joined)) == sorted(bare(wanted))


def bare(written: str) -> str:
    return "".join(letter for letter in written if not letter.isspace() and letter != "-")
