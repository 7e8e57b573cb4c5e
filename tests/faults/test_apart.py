"""What becomes of a web worker that gives out files, and of files whose process is killed: seen on the served app."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.urls import reverse

from benchmarks.served import Server, Visitor, serving
from tests.assessments.office import Office, make_office

LIBRARIES = ("libpango", "libharfbuzz", "PIL/_imaging", "lxml/etree")
"""What whoever makes PDFs and Word files has in its memory."""
FILES = {"pdf": "%PDF-", "docx": "PK", "xlsx": "PK"}


@pytest.fixture
def office(transactional_db: None) -> Office:
    made = make_office()
    made.answer_all()
    made.submit()
    made.approve()
    made.release()
    return made


def apart(worker: int) -> list[int]:
    """Return the processes apart that a worker has started and that live."""
    tasks = Path(f"/proc/{worker}/task").iterdir()
    started = [pid for task in tasks for pid in (task / "children").read_text().split()]
    return [int(pid) for pid in started if b"assessments.apart" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def held(pid: int) -> set[str]:
    maps = Path(f"/proc/{pid}/maps").read_text()
    return {name for name in LIBRARIES if name in maps}


def ends(pid: int) -> bool:
    end = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    return not Path(f"/proc/{pid}").exists()


def test_the_worker_never_holds_the_libraries_and_outlives_its_process(office: Office, tmp_path: Path) -> None:
    snapshot = office.revision.snapshots.get().public_id

    def is_made(server: Server) -> bool:
        visitor = Visitor.of(server.port, office.coordinator)
        answers = {form: visitor.get(reverse("assessments:download", args=[snapshot, form])) for form in FILES}
        visitor.close()
        return all(answers[form].status == 200 and answers[form].text.startswith(FILES[form]) for form in FILES)

    with serving(tmp_path, workers=1) as server:
        assert is_made(server)
        (worker,) = server.workers()
        (maker,) = apart(worker)
        assert held(maker) == set(LIBRARIES)
        assert held(worker) == set()
        assert held(server.process.pid) == set()

        os.kill(maker, signal.SIGKILL)
        assert is_made(server)
        (another,) = apart(worker)
        assert another != maker

        os.kill(worker, signal.SIGKILL)
        assert ends(another)
        assert is_made(server)
        (now,) = server.workers()
        (last,) = apart(now)
    assert ends(last)
    assert str(snapshot) not in (tmp_path / "gunicorn.log").read_text()
