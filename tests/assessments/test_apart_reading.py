"""Files from outside are read in a process apart: one that means harm is refused in words, and who asked lives on."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments import actions, extraction
from assessments.apart import process
from assessments.apart.process import READER, READING
from assessments.exporters import docx
from assessments.exporters import word as word_exporter
from assessments.importers import word
from assessments.importers.package import Unreadable
from assessments.models import ReturnedFile
from tests.assessments.narratives import narrative
from tests.assessments.office import Office, make_office
from tests.assessments.test_returned_files import DOCUMENT
from tests.assessments.wordfiles import parts

WHOLE = docx.export(DOCUMENT)
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def none_kept() -> Iterator[None]:
    process.end_kept()
    yield
    process.end_kept()


def swollen(megabytes: int) -> bytes:
    """Return a Word file that is small, within every limit, and takes many times its size to hold as a tree."""
    text = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    found = parts(WHOLE)
    body = found["word/document.xml"]
    place = body.index(b"<w:p>") if b"<w:p>" in body else body.index(b"<w:p ")
    found["word/document.xml"] = body[:place] + text * (megabytes * MB // len(text)) + body[place:]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_what_is_made_and_what_comes_from_outside_never_share_a_process() -> None:
    word_exporter.export(DOCUMENT)
    word.read(WHOLE)
    (maker,), (reader,) = process.MAKER.pids, READER.pids
    assert maker != reader
    limits = Path(f"/proc/{reader}/limits").read_text()
    held = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert held["Max address space"] == str(READING.megabytes << 20)
    assert held["Max file size"] == "0"
    (only,) = Path(f"/proc/{reader}/environ").read_bytes().rstrip(b"\0").split(b"\0")
    assert only.startswith(b"TMPDIR=")


def test_a_file_that_eats_memory_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as changed:
        changed.setattr(READER, "purpose", replace(READING, megabytes=200))
        with pytest.raises(Unreadable) as refused:
            word.read(swollen(30), longest=10**9)
    assert str(refused.value) in (
        READING.no_memory,
        READING.ended,
        "The file is damaged: word/document.xml can't be read.",
    )
    assert word.read(WHOLE).paragraphs


def test_a_file_that_eats_time_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.monotonic()
    with monkeypatch.context() as changed:
        changed.setattr(READER, "purpose", replace(READING, seconds=1))
        with pytest.raises(Unreadable) as refused:
            word.read(swollen(35), longest=10**9)
    assert str(refused.value) == READING.slow
    assert time.monotonic() - began < 1 + process.PATIENCE + 10
    assert word.read(WHOLE).paragraphs


def test_a_reader_that_is_killed_is_replaced_and_one_that_always_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    word.read(WHOLE)
    (before,) = READER.pids
    os.kill(before, signal.SIGKILL)
    assert word.read(WHOLE).paragraphs
    assert READER.pids != [before]
    READER.end()
    with monkeypatch.context() as changed:
        changed.setattr(sys, "executable", "/bin/false")
        for ask in (
            lambda: word.read(WHOLE),
            lambda: word.examined(WHOLE),
            lambda: word.filled(WHOLE, narrative("Ruritania", 1, DOCUMENT.audience, short=True), "XRU"),
        ):
            with pytest.raises(Unreadable, match="could not be read: the process that reads it ended"):
                ask()
        with pytest.raises(extraction.NotAccepted, match="could not be read"):
            extraction.text_of(extraction.kind_of("a.docx", WHOLE), WHOLE)


LIAR = """#!{python}
import os, socket, sys
sys.path.insert(0, os.getcwd())
from assessments.apart import line as wire
with socket.socket(fileno=0) as line:
    wire.asked(line)
    wire.send(line, wire.DONE)
    wire.asked(line)
    wire.send(line, wire.DONE, {answer!r})
    wire.asked(line)
"""


@pytest.mark.parametrize(
    "answer", [b"", b"[]", b'{"runs": [{"text": 1}]}', b'{"runs": [], "more": 1}', b'{"runs": "x"']
)
def test_what_the_process_says_is_checked_before_it_is_used(
    answer: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if a file had taken the process over."""
    liar = tmp_path / "python"
    liar.write_text(LIAR.format(python=sys.executable, answer=answer))
    liar.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(liar))
    with pytest.raises(Unreadable, match="could not be read: something in it"):
        word.read(WHOLE)


def test_an_upload_that_nothing_can_read_is_told_at_its_field_and_nothing_is_kept(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(office.analyst)
    page = reverse("assessments:returned-files", args=[office.assessment.public_id])
    with monkeypatch.context() as changed:
        changed.setattr(sys, "executable", "/bin/false")
        answer = client.post(page, {"file": SimpleUploadedFile("back.docx", WHOLE), "snapshot": ""})
    assert answer.status_code == 422
    assert "the process that reads it ended in the middle" in answer.content.decode()
    assert not ReturnedFile.objects.exists()
    assert client.get(page).status_code == 200


@pytest.fixture
def office(db: None) -> Office:
    made = make_office()
    made.statistic(3, evidence=(made.evidence(),))
    actions.make_working_snapshot(revision_id=made.revision_id, by=made.analyst, at=made.clock())
    return made


def test_pages_that_give_out_files_say_so_where_no_process_starts(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(office.analyst)
    workbook = reverse("assessments:workbook", args=[office.assessment.public_id])
    with monkeypatch.context() as changed:
        changed.setattr(sys, "executable", "/bin/false")
        answer = client.get(workbook)
    assert answer.status_code == 503
    assert "The file could not be made" in answer.content.decode()
    assert client.get(workbook).content.startswith(b"PK")
