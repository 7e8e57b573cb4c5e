"""Files are made in a process apart: it knows nothing, it is bounded, and who asked lives on whatever becomes of it."""

import io
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Scope
from assessments.apart import process
from assessments.apart.process import MAKING, Process, Unavailable
from assessments.core.document import Audience
from assessments.exporters import docx, docx_report, html, pdf, pdf_report, word
from assessments.exporters.front import Front
from tests.assessments.api import Program
from tests.assessments.narratives import ENTRIES, narrative, some
from tests.assessments.office import Office, make_office

NAME = "Wilhelmina Ostrowski"
DOCUMENT = narrative(NAME, 1, Audience.INTERNAL, short=True)
SOURCE = pdf.page(DOCUMENT.title, html.article(DOCUMENT))
LONG = pdf.page(
    NAME, *(html.article(narrative(NAME, place, Audience.INTERNAL), key=f"{place}-") for place in range(80))
)


@pytest.fixture(autouse=True)
def none_kept() -> Iterator[None]:
    process.end_kept()
    yield
    process.end_kept()


def text(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def children() -> list[int]:
    """Return the processes apart that this one started and that live."""
    started = [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]
    return [int(pid) for pid in started if b"assessments.apart" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def said(words: str, what: str = "PDF") -> str:
    return words.format(what=what)


def soon(holds: Callable[[], object]) -> bool:
    end = time.monotonic() + 20
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(holds())


def test_one_process_makes_one_pdf_after_the_other_and_is_told_nothing_else() -> None:
    assert NAME in text(pdf.export(DOCUMENT))
    (pid,) = children()
    assert pdf.export(DOCUMENT) == pdf.export(DOCUMENT)
    assert children() == [pid]
    told = Path(f"/proc/{pid}")
    (folder,) = (told / "environ").read_bytes().rstrip(b"\0").split(b"\0")
    assert folder.startswith(b"TMPDIR=")
    assert NAME.encode() not in (told / "cmdline").read_bytes()
    held = {link.name: str(link.readlink()) for link in (told / "fd").iterdir()}
    assert held.pop("0").startswith("socket:")
    assert set(held.values()) == {"/dev/null"}
    limits = {line[:26].strip(): line[26:].split()[0] for line in (told / "limits").read_text().splitlines()}
    assert limits["Max address space"] == str(1 << 30)
    assert (limits["Max core file size"], limits["Max file size"]) == ("0", str(256 << 20))


def test_word_and_workbooks_are_made_in_the_same_process() -> None:
    pdf.export(DOCUMENT)
    (pid,) = children()
    assert NAME in " ".join(item.text for item in python_docx.Document(io.BytesIO(word.export(DOCUMENT))).paragraphs)
    assert children() == [pid]
    assert word.export(DOCUMENT) == docx.export(DOCUMENT)


def test_a_word_file_is_made_though_its_process_was_killed() -> None:
    made = word.export(DOCUMENT)
    (before,) = children()
    os.kill(before, signal.SIGKILL)
    assert word.export(DOCUMENT) == made
    assert children() != [before]


def test_a_report_in_word_is_what_it_is_in_one_process_and_leaves_none() -> None:
    front = Front("The report", Audience.INTERNAL, ENTRIES)
    apart, here = io.BytesIO(), io.BytesIO()
    word.join(front, some(Audience.INTERNAL), apart)
    docx_report.join(front, some(Audience.INTERNAL), here)
    assert apart.getvalue() == here.getvalue()
    assert children() == []


def test_a_report_has_a_process_of_its_own_that_ends_with_it() -> None:
    out = io.BytesIO()
    pdf_report.join(Front("The report", Audience.INTERNAL, ENTRIES), some(Audience.INTERNAL), out)
    assert len(pypdf.PdfReader(out).pages) > len(ENTRIES)
    assert children() == []


def test_a_report_that_is_given_up_leaves_no_process() -> None:
    def broken() -> Iterator[object]:
        yield DOCUMENT
        raise LookupError("a country is missing")

    with pytest.raises(LookupError):
        pdf_report.join(Front("The report", Audience.INTERNAL, ENTRIES), broken(), io.BytesIO())  # type: ignore[arg-type]
    assert children() == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_process_that_ended_is_replaced_unnoticed(how: signal.Signals) -> None:
    pdf.export(DOCUMENT)
    (before,) = children()
    os.kill(before, how)
    assert NAME in text(pdf.export(DOCUMENT))
    (after,) = children()
    assert after != before


def test_a_process_that_ends_over_a_document_is_replaced_and_the_document_made(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pdf.export(DOCUMENT)
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)  # so that it surely has not answered yet
    threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()
    assert NAME in text(pdf.export(DOCUMENT))
    assert "ended before it answered, with -9" in caplog.text
    assert NAME not in caplog.text


def test_a_document_at_which_each_process_ends_is_refused_in_words() -> None:
    with Process(MAKING) as apart:
        os.kill(apart.pid, signal.SIGSTOP)
        threading.Timer(0.3, os.kill, (apart.pid, signal.SIGKILL)).start()
        with pytest.raises(Unavailable, match="ended in the middle"):
            apart.ask("pdf", source=SOURCE)
        assert not Path(apart.folder).exists()


def test_what_takes_too_long_is_ended_by_its_own_clock() -> None:
    with Process(replace(MAKING, seconds=1)) as apart, pytest.raises(Unavailable, match="was not ready in time"):
        apart.ask("pdf", source=LONG)
    assert children() == []


def test_one_that_does_not_even_hear_its_clock_is_ended() -> None:
    with Process(MAKING) as apart:
        apart.line.settimeout(0.5)
        os.kill(apart.pid, signal.SIGSTOP)
        with pytest.raises(Unavailable, match="was given up"):
            apart.ask("pdf", source=SOURCE)
        assert children() == []


def test_what_the_engine_fails_at_is_told_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with Process(MAKING) as apart:
        with caplog.at_level(logging.ERROR), pytest.raises(Unavailable, match="its engine failed"):
            apart.ask("pdf", **{NAME: SOURCE})
        assert "TypeError at main.py:" in caplog.text
        assert NAME not in caplog.text
        assert NAME in text(apart.ask("pdf", source=SOURCE))


def test_what_needs_too_much_memory_is_refused_in_words() -> None:
    with Process(replace(MAKING, megabytes=400)) as apart, pytest.raises(Unavailable) as refused:
        apart.ask("pdf", source=pdf.page(NAME, f"<p>{'x' * 8_000_000}</p>"))
    assert str(refused.value) in (
        said(MAKING.no_memory),
        said(MAKING.ended),
    )  # Python asks for it, or the library for letters does
    assert children() == []


def test_nobody_asks_and_it_ends_and_takes_its_folder_along() -> None:
    apart = Process(replace(MAKING, idle=0.1))
    assert Path(apart.folder).is_dir()
    assert soon(lambda: not apart.is_fit)
    assert soon(lambda: not Path(apart.folder).exists())
    apart.end()


def test_it_ends_with_who_started_it(tmp_path: Path) -> None:
    """Even by kill -9: nobody is left to clean up, and it does so itself."""
    told = tmp_path / "told"
    reading, writing = os.pipe()
    starter = os.fork()
    if starter == 0:
        try:
            apart = Process(MAKING)
            told.write_text(f"{apart.pid} {apart.folder}")
            os.write(writing, b"x")
            signal.pause()
        finally:
            os._exit(1)
    os.read(reading, 1)
    pid, folder = told.read_text().split()
    assert Path(folder).is_dir()
    os.kill(starter, signal.SIGKILL)
    os.waitpid(starter, 0)
    os.close(reading)
    os.close(writing)
    assert soon(lambda: not Path(folder).exists())
    assert soon(lambda: not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2])


def test_after_enough_documents_another_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process.MAKER, "purpose", replace(MAKING, most=2))
    seen = []
    for _ in range(4):
        pdf.export(DOCUMENT)
        seen += children()
    assert seen[0] == seen[1] != seen[2] == seen[3]


@pytest.fixture
def office(db: None) -> Office:
    made = make_office()
    made.answer_all()
    made.submit()
    made.approve()
    made.release()
    return made


def test_page_and_api_say_so_where_no_process_starts(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = office.revision.snapshots.get().public_id
    page, file = (
        reverse("assessments:snapshot", args=[snapshot]),
        reverse("assessments:download", args=[snapshot, "pdf"]),
    )
    client.force_login(office.coordinator)
    program = Program(office.coordinator, Scope.READ)
    with monkeypatch.context() as changed:
        changed.setattr(sys, "executable", "/bin/false")
        answer = client.get(file, follow=True)
        assert answer.redirect_chain == [(page, 302)]
        assert said(MAKING.ended, "file") in answer.content.decode()
        told = program.get(f"/texts/{snapshot}/files/pdf")
        assert (told.status_code, told.json()) == (503, {"detail": said(MAKING.ended, "file")})
    assert client.get(file).content == program.get(f"/texts/{snapshot}/files/pdf").content
    assert MAKING.seconds < 60  # below what a proxy waits
