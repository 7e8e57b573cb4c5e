"""What becomes of a web worker that makes PDFs, and of PDFs whose process is killed: seen on the served app."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.urls import reverse

from benchmarks.served import Server, Visitor, serving
from tests.assessments.office import Office, make_office

ENGINE = ("libpango", "libharfbuzz", "PIL/_imaging")
"""Libraries that whoever makes PDFs has in its memory."""


@pytest.fixture
def office(transactional_db: None) -> Office:
    made = make_office()
    made.answer_all()
    made.submit()
    made.approve()
    made.release()
    return made


def of_pdfs(worker: int) -> list[int]:
    """Return the processes of PDFs that a worker has started and that live."""
    tasks = Path(f"/proc/{worker}/task").iterdir()
    started = [pid for task in tasks for pid in (task / "children").read_text().split()]
    return [int(pid) for pid in started if b"pdf_process" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def holds_engine(pid: int) -> bool:
    held = Path(f"/proc/{pid}/maps").read_text()
    return any(name in held for name in ENGINE)


def ends(pid: int) -> bool:
    end = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    return not Path(f"/proc/{pid}").exists()


def test_the_worker_never_holds_the_engine_and_outlives_its_process(office: Office, tmp_path: Path) -> None:
    file = reverse("assessments:download", args=[office.revision.snapshots.get().public_id, "pdf"])

    def is_made(server: Server) -> bool:
        visitor = Visitor.of(server.port, office.coordinator)
        answer = visitor.get(file)
        visitor.close()
        return answer.status == 200 and answer.text.startswith("%PDF-")

    with serving(tmp_path, workers=1) as server:
        assert is_made(server)
        (worker,) = server.workers()
        (maker,) = of_pdfs(worker)
        assert holds_engine(maker)
        assert not holds_engine(worker)
        assert not holds_engine(server.process.pid)

        os.kill(maker, signal.SIGKILL)
        assert is_made(server)
        (another,) = of_pdfs(worker)
        assert another != maker

        os.kill(worker, signal.SIGKILL)
        assert ends(another)
        assert is_made(server)
        (now,) = server.workers()
        (last,) = of_pdfs(now)
    assert ends(last)
    assert file not in (tmp_path / "gunicorn.log").read_text()
