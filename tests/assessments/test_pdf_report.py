"""Many countries in one PDF: every page, entry, link and mark for screen readers is there once; memory is bounded."""

import io
import logging
import re
import tempfile
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from assessments.core.document import Audience, Document
from assessments.core.typography import folded
from assessments.exporters import html, pdf, pdf_report
from assessments.exporters.front import Front
from assessments.exporters.pdf_engine import Engine
from assessments.exporters.pdf_joined import join
from tests.assessments.narratives import ENTRIES, narrative, some


def joined(documents: list[Document]) -> bytes:
    out = io.BytesIO()
    pdf_report.join(Front("The report", documents[0].audience, ENTRIES), iter(documents), out)
    return out.getvalue()


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return some(Audience.INTERNAL)


@pytest.fixture(scope="module")
def data(documents: list[Document]) -> bytes:
    return joined(documents)


@pytest.fixture
def report(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def words(page: Any) -> str:
    return folded(" ".join(page.extract_text().split()))


def test_it_is_the_same_file_every_time(data: bytes, documents: list[Document]) -> None:
    assert joined(documents) == data


def test_each_country_has_the_pages_it_has_alone(report: pypdf.PdfReader, documents: list[Document]) -> None:
    alone = [pypdf.PdfReader(io.BytesIO(pdf.export(document))) for document in documents]
    found = [words(page) for page in report.pages]
    wanted = [words(page) for one in alone for page in one.pages]
    assert len(found) == len(wanted) + 1
    for number, (mine, single) in enumerate(zip(found[1:], wanted, strict=True), start=2):
        numbered = re.compile(r"Page \d+ of \d+")
        assert numbered.search(single)
        assert mine == numbered.sub(f"Page {number}", single)
    assert all(name in found[0] for _, name in ENTRIES)
    assert not any("Draft" in page for page in found)


def test_the_outline_has_every_country_with_its_sections(report: pypdf.PdfReader) -> None:
    outline = report.outline
    tops = [item for item in outline if not isinstance(item, list)]
    assert [item.title for item in tops] == ["The report", *(f"{name}, report year 2024" for _, name in ENTRIES)]
    beneath = [[each.title for each in item] for item in outline if isinstance(item, list)]
    assert beneath == [["Prosecution", "Protection", "Prevention", "Recommendations", "Notes"]] * 3
    places = [report.get_destination_page_number(item) for item in tops]
    assert [name in words(report.pages[place]) for place, (_, name) in zip(places[1:], ENTRIES, strict=True)] == [
        True
    ] * 3
    assert places == sorted(set(places))
    root: Any = report.trailer["/Root"]["/Outlines"]
    assert root["/Count"] == len(tops) + sum(len(each) for each in beneath)


def test_links_lead_to_pages_of_their_own_country(report: pypdf.PdfReader) -> None:
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(report.pages)}
    starts = {
        f"{key}-title": report.get_destination_page_number(report.named_destinations[f"{key}-title"])
        for key, _ in ENTRIES
    }
    assert set(report.named_destinations) == set(starts)
    bounds = [0, *starts.values(), len(report.pages)]
    contents = [link["/Dest"] for link in links(report.pages[0])]
    assert contents == list(starts)
    count = 0
    for number, page in enumerate(report.pages[1:], start=1):
        first = max(start for start in bounds if start <= number)
        after = min(bound for bound in bounds if bound > number)
        for link in links(page):
            target = pages[link.raw_get("/Dest")[0].idnum]
            assert first <= target < after
            count += 1
    assert count == 3 * 36  # a note behind each sentence


def links(page: Any) -> list[Any]:
    found = (annotation.get_object() for annotation in page.get("/Annots", ()))
    return [each for each in found if each["/Subtype"] == "/Link"]


def test_the_structure_is_one_tree_in_which_every_mark_has_its_place(report: pypdf.PdfReader) -> None:
    root: Any = report.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        True,
        "en",
        True,
    )
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    tree = root["/StructTreeRoot"]
    (whole,) = tree["/K"]
    assert whole["/S"] == "/Document"
    assert [part["/S"] for part in kids(whole)] == ["/Part"] * 4
    leaves = [leaf.get_object() for leaf in tree["/ParentTree"]["/Kids"]]
    keys: list[int] = []
    for leaf in leaves:
        own = [int(key) for key in leaf["/Nums"][::2]]
        assert [int(each) for each in leaf["/Limits"]] == [own[0], own[-1]]
        keys += own
    assert keys == list(range(tree["/ParentTreeNextKey"]))
    parents = {
        int(leaf["/Nums"][at]): leaf["/Nums"][at + 1] for leaf in leaves for at in range(0, len(leaf["/Nums"]), 2)
    }
    for page in report.pages:
        marks = parents[page["/StructParents"]].get_object()
        assert isinstance(marks, ArrayObject)
        assert all(mark.get_object()["/Pg"].indirect_reference == page.indirect_reference for mark in marks)
        for link in links(page):
            assert parents[link["/StructParent"]].get_object()["/S"] == "/Link"
    seen: set[int] = set()
    ids: list[str] = []
    walk(whole, seen, ids)
    assert len(set(ids)) == len(ids) == 3 * 2  # the heads of a table in each country


def kids(element: Any) -> list[Any]:
    listed = element.get("/K", ArrayObject())
    every = listed if isinstance(listed, ArrayObject) else [listed]
    return [kid.get_object() for kid in every if isinstance(kid, (IndirectObject, DictionaryObject))]


def walk(element: Any, seen: set[int], ids: list[str]) -> None:
    number = element.indirect_reference.idnum
    assert number not in seen
    seen.add(number)
    if "/ID" in element:
        ids.append(str(element["/ID"]))
    for kid in kids(element):
        if kid.get("/Type") == "/StructElem":
            assert kid.raw_get("/P").idnum == number
            walk(kid, seen, ids)


def test_every_face_is_embedded_and_tells_its_letters(report: pypdf.PdfReader) -> None:
    fonts = [font.get_object() for page in report.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_it_is_named_after_the_report_and_nobody(report: pypdf.PdfReader) -> None:
    told = dict(report.metadata or {})
    assert told.pop("/Producer").startswith("WeasyPrint")
    assert told == {"/Title": "The report", "/Creator": "Indicia"}


def test_what_looks_like_a_reference_is_left_alone() -> None:
    strange = "Country 12 0 R (of (3 0 R) \\ <41> endobj stream"
    entries = [("aaa-2024", strange)]
    out = io.BytesIO()
    pdf_report.join(Front(strange, Audience.PUBLIC, entries), iter([narrative(strange, 0, Audience.PUBLIC)]), out)
    report = pypdf.PdfReader(out, strict=True)
    assert [item.title for item in report.outline if not isinstance(item, list)] == [
        strange,
        f"{strange}, report year 2024",
    ]
    assert report.metadata is not None
    assert report.metadata.title == strange


def in_one_process(
    engine: Engine, documents: Iterable[Document], out: IO[bytes], entries: list[tuple[str, str]] = ENTRIES
) -> None:
    """Do here what the process of the report does, where its log and its memory can be looked at."""
    join(engine, pdf_report.parts(Front("The report", Audience.INTERNAL, entries), documents), out)


@pytest.fixture
def engine() -> Engine:
    return Engine(html.stylesheet(for_paper=True))


def test_the_engine_complains_of_nothing(caplog: pytest.LogCaptureFixture, documents: list[Document]) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        engine = Engine(html.stylesheet(for_paper=True))
        assert engine.write(pdf.page(documents[0].title, html.article(documents[0]))).startswith(b"%PDF-")
        in_one_process(engine, documents, io.BytesIO())
    assert caplog.records == []


def test_the_engine_reads_nothing_from_outside(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "outside.css").write_text("p { page-break-before: always }")
    link = f'<link rel="stylesheet" href="{(tmp_path / "outside.css").as_uri()}"><p>One</p><p>Two</p>'
    assert len(pypdf.PdfReader(io.BytesIO(engine.write(pdf.page("A title", link)))).pages) == 1
    assert "A document reads nothing from outside" in caplog.text


def test_memory_is_bounded_by_one_country(engine: Engine) -> None:
    def peak(number: int) -> int:
        made = (narrative(f"Country {place}", place, Audience.INTERNAL, short=True) for place in range(number))
        entries = [(f"c{place}-2024", f"Country {place}") for place in range(number)]
        with tempfile.TemporaryFile() as out:
            tracemalloc.start()
            in_one_process(engine, made, out, entries)
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    few, many = peak(5), peak(10)  # after every four the engine's leftovers are collected
    assert many < few + 1_000_000  # bytes; one country laid out takes some 400,000
