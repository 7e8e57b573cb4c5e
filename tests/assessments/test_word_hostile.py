"""Word files that mean harm or are broken: refused in words, never a crash, nothing kept."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments import actions
from assessments.core.filetext import FileText
from assessments.exporters import docx
from assessments.importers import package, word
from assessments.importers.package import Unreadable, opened
from assessments.models import Event, ReturnedFile
from config.uploads import LARGEST, UploadLimitMiddleware
from tests.assessments.office import Office
from tests.assessments.test_returned_files import DOCUMENT, fresh
from tests.assessments.wordedits import packed
from tests.assessments.wordfiles import parts

WHOLE = docx.export(DOCUMENT)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document xmlns:w="http://schemas.openxmlformats.org/'
    b'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>'
)
OUTSIDE = BOMB.replace(b'<!ENTITY a "aaaaaaaaaa">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')


def with_part(name: str, content: bytes) -> bytes:
    return packed(parts(WHOLE) | {name: content})


def zipped(entries: list[tuple[Any, bytes]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def renamed_twice() -> bytes:
    """Two parts of one name: what one reader shows another need not."""
    return packed({**parts(WHOLE), "WORD/document.xml": b"<x/>"})


HOSTILE = {
    "an XML bomb": (with_part("word/document.xml", BOMB), "declares a document type"),
    "a file of the server": (with_part("word/document.xml", OUTSIDE), "declares a document type"),
    "a bomb among the comments": (with_part("word/footnotes.xml", BOMB), "declares a document type"),
    "a bomb in another coding": (
        with_part("word/document.xml", BOMB.decode().replace("?>", ' encoding="utf-16"?>').encode("utf-16")),
        "declares a document type",
    ),
    "a zip bomb": (zipped([("word/document.xml", b" " * 150_000_000), ("[Content_Types].xml", b"<x/>")]), "unpacks to"),
    "too many parts": (zipped([(f"p{number}.xml", b"") for number in range(2100)]), "parts"),
    "two parts of one name": (renamed_twice(), "two of its parts have one name"),
    "a macro under another name": (with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "holds macros"),
    "a part out of the file": (with_part("../../word/extra.xml", b"<x/>"), "would lead out of it"),
    "cut short": (WHOLE[: len(WHOLE) // 2], "damaged"),
    "not XML": (with_part("word/document.xml", b"hello"), "can't be read"),
    "no text": (packed({name: data for name, data in parts(WHOLE).items() if name != "word/document.xml"}), "no part"),
    "no body": (
        with_part("word/document.xml", b'<w:document xmlns:w="http://x"/>'),
        "has no body",
    ),
    "an old .doc": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old form"),
    "a spreadsheet": (
        with_part("[Content_Types].xml", parts(WHOLE)["[Content_Types].xml"].replace(b"wordprocessingml", b"sheet")),
        "no Word document",
    ),
    "deeper than any text": (
        with_part(
            "word/document.xml",
            parts(WHOLE)["word/document.xml"].replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 5000, 1),
        ),
        "can't be read",
    ),
    "an unknown way of packing": (WHOLE.replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged"),
    "empty": (b"", "empty"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_with_the_reason(what: str) -> None:
    data, why = HOSTILE[what]
    with pytest.raises(Unreadable, match=why):
        word.read(data)


def test_a_huge_file_is_refused_before_it_is_opened() -> None:
    with pytest.raises(Unreadable, match="at most 20 MB"):
        opened(b"PK" + b"\0" * (package.LARGEST_FILE + 1))


def test_more_text_than_a_report_has_is_refused() -> None:
    text = parts(WHOLE)["word/document.xml"].replace(b"Police identified", b"Police identified " * 30_000)
    with pytest.raises(Unreadable, match="characters of text"):
        word.read(with_part("word/document.xml", text), longest=400_000)


def test_a_request_that_announces_too_much_is_answered_before_it_is_read() -> None:
    def never(request: object) -> Any:
        raise AssertionError("the request was passed on")

    request = RequestFactory().post("/", CONTENT_LENGTH=str(200 * 1024 * 1024))
    answer = UploadLimitMiddleware(never)(request)
    assert answer.status_code == 413
    assert "about 200 MB; at most 32 MB" in answer.content.decode()
    request = RequestFactory().post("/", CONTENT_LENGTH=str(LARGEST))
    with pytest.raises(AssertionError, match="passed on"):
        UploadLimitMiddleware(never)(request)


@pytest.mark.django_db
def test_a_200_mb_upload_is_refused_whoever_sends_it_and_nothing_is_kept(office: Office) -> None:
    client = Client()
    client.force_login(office.reviewer)
    where = reverse("assessments:returned-files", args=[office.assessment.public_id])
    answer = client.post(where, {}, CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 413
    assert ReturnedFile.objects.count() == 0


@pytest.mark.parametrize("what", HOSTILE)
def test_the_page_says_why_and_keeps_nothing(what: str, office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    before = Event.objects.count()
    client = Client()
    client.force_login(office.reviewer)
    where = reverse("assessments:returned-files", args=[office.assessment.public_id])
    answer = client.post(where, {"file": SimpleUploadedFile("back.docx", HOSTILE[what][0])})
    assert answer.status_code == 422
    assert "alert" in answer.content.decode()
    assert (ReturnedFile.objects.count(), Event.objects.count()) == (0, before)


def read_or_refused(data: bytes) -> FileText | None:
    try:
        return word.read(data)
    except Unreadable as exc:
        assert str(exc).endswith((".", "opened."))
        return None


@settings(max_examples=150)
@given(data=st.data())
def test_any_bytes_are_read_or_refused(data: st.DataObject) -> None:
    """Flip, cut and repeat bytes of a file, in the package or within a part."""
    place = data.draw(st.sampled_from(["package", *parts(WHOLE)]))
    whole = WHOLE if place == "package" else parts(WHOLE)[place]
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"<w:ins>", b"</w:p>", b"<w:del w:id='x'/>", b"\0", b'"'])
    )
    changed = whole[:start] + put + whole[start + length :]
    found = read_or_refused(changed if place == "package" else packed(parts(WHOLE) | {place: changed}))
    assert found is None or isinstance(found, FileText)


_TAGS = [
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "sdt",
    "sdtContent",
    "hyperlink",
    "tbl",
    "tr",
    "tc",
    "p",
    "r",
    "commentRangeStart",
]


@settings(max_examples=60)
@given(wraps=st.lists(st.tuples(st.sampled_from(_TAGS), st.integers(0, 200)), max_size=12))
def test_any_nesting_of_changes_is_read(wraps: list[tuple[str, int]]) -> None:
    """Whatever is wrapped around what, all is read once, and nothing twice."""
    file = fresh()
    for tag, number in wraps:
        nodes = [
            node for node in file.root.iter() if node.getparent() is not None and node.getparent() is not file.root
        ]
        node = nodes[number % len(nodes)]
        change = file.change(tag)
        node.addprevious(change)
        change.append(node)
    text = word.read(file.data)
    assert len("".join(run.text for run in text.runs)) <= len("".join(run.text for run in word.read(WHOLE).runs)) + 13
