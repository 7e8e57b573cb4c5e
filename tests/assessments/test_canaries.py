"""Strings planted in every protected field show up nowhere: no page, file, answer, name or line of the log.

`record_canaries` walks the list of the policy module; test_snapshots.py holds that it covers all of it.
"""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from assessments import actions, jobs, storage
from assessments.api.urls import api
from assessments.core.document import Audience
from assessments.enums import Shape
from assessments.exporters import report
from assessments.exporters.registry import FORMATS
from assessments.models import Evidence, GivenOut, Job
from tests.assessments.api import ROOT, Program
from tests.assessments.office import Office
from tests.assessments.test_snapshots import CANARY, record_canaries, unpacked
from tests.matrix.table import RENAMED
from tests.matrix.test_urls import ADDRESSES, LINES
from tests.matrix.world import STATES, World, fill, make_world, taken_back

STAFF_READ = re.compile(rf"{CANARY}(?: recruiter| agency|/2022)")
"""What people assigned to the country may see: recruiters and dockets (policies.can_see_protected_facts)."""
STAFF = frozenset({"revi", "seco"})
KNOWS = "anal"
"""Who entered the source and so may know it: walks nowhere here."""


class Lines(logging.Handler):
    """Keeps every line of every log as it is printed."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record) + str(record.__dict__))


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Listen to all logs."""
    found, root = Lines(), logging.getLogger()
    root.addHandler(found)
    yield found
    root.removeHandler(found)


@pytest.fixture(autouse=True)
def place(db: None, settings: Any, tmp_path: Path) -> Path:
    """Keep the files of these tests apart."""
    settings.VAR = tmp_path
    cache.clear()
    return tmp_path


@pytest.fixture
def approved(office: Office) -> Office:
    """A country with a canary in every protected field, approved and released."""
    record_canaries(office)
    office.answer_all()
    office.submit()
    office.approve()
    office.release()
    return office


def told_by(answer: HttpResponse) -> bytes:
    """Return all of an answer: content laid open, and headers."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return unpacked(data) + str(answer.headers).encode()


@pytest.mark.parametrize("shape", list(Shape))
def test_no_file_of_many_countries_has_one(approved: Office, place: Path, lines: Lines, shape: Shape) -> None:
    for slug in FORMATS:
        for audience in Audience:
            try:
                report.check(slug, audience, shape)
            except report.Unfit:
                continue
            job = actions.ask_for_report(
                report_years=[2024],
                form=slug,
                audience=audience,
                shape=shape,
                by=approved.exporter,
                at=timezone.now(),
            )
            jobs.work_on(job.public_id, clock=timezone.now)
            job = Job.objects.get(pk=job.pk)
            assert job.state == "done", job.failure
            with storage.opened("made", job.file_digest) as file:
                data = file.read()
            inside = unpacked(data)
            if shape is Shape.ZIP:
                inside += b"".join(unpacked(part) for part in members(data))
            assert CANARY.encode() not in inside, (slug, audience)
            assert len(data) > 200
    assert CANARY not in "".join(str(path) for path in place.rglob("*"))
    assert CANARY not in json.dumps(list(Job.objects.values("spec", "file_name", "doing", "failure")))
    assert CANARY not in str(list(GivenOut.objects.values("file_name")))
    assert CANARY not in "".join(lines.said)


def members(data: bytes) -> Iterator[bytes]:
    """Yield the files of an archive."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield archive.read(name)


def test_no_answer_of_the_api_has_one(approved: Office, lines: Lines) -> None:
    revision = approved.revision
    known = {
        "assessment_id": approved.assessment.public_id,
        "text_id": revision.snapshots.get().public_id,
        "sentence_id": revision.sentences.first().public_id,
        "recommendation_id": revision.recommendations.first().public_id,
        "report_id": approved.assessment.public_id,
        "ref": "",
        "sheet": "",
    }
    refs = {
        "cases": "c1",
        "allegations": "a1",
        "evidence": Evidence.objects.get(revision=revision).ref,
        "statistics": "s1",
    }
    paths = [path for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items() if "get" in methods]
    asked = 0
    for who in ("analyst", "reviewer", "coordinator", "exporter", "reader", "other_analyst"):
        program = Program(getattr(approved, who))
        for path in paths:
            source = revision.sources.first().ref if "/sources/{ref}" in path else ""
            for sheet, ref in refs.items() if "{sheet}" in path else (("", source),):
                for form in FORMATS if "{form}" in path else ("",):
                    where = path.removeprefix(ROOT).format(**(known | {"sheet": sheet, "ref": ref, "form": form}))
                    for more in ("", "?audience=internal") if form else ("",):
                        answer = program.get(f"/{where.lstrip('/')}{more}")
                        asked += answer.status_code == 200
                        assert CANARY.encode() not in told_by(answer), (who, where)
    assert asked > 60
    assert CANARY not in "".join(lines.said)


def test_no_search_finds_one_for_who_may_not_know(approved: Office) -> None:
    from django.test import Client

    for who in ("reviewer", "coordinator", "exporter", "reader", "other_analyst"):
        client = Client()
        person: User = getattr(approved, who)
        client.force_login(person)
        for words in ("title", "example.org", "recruiter", "2022"):
            told = client.get(reverse("assessments:search"), {"q": words}).content.decode()
            assert CANARY not in (STAFF_READ.sub("", told) if who == "reviewer" else told), (who, words)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Everybody, and a country with a canary in every protected field."""
    with django_db_blocker.unblock(), taken_back():
        made = make_world()
        record_canaries(made.office)
        yield made


def pages(state: str) -> list[tuple[str, str]]:
    """Return address and person of every page that the table opens to somebody in a state, or before it.

    What is refused says a sentence of ours and holds nothing of a record; test_urls.py holds that it is refused.
    Pages that are no country's look alike in every state and are asked once.
    """
    found = set()
    for line in LINES:
        is_own = {"assessment_id", "snapshot_id"} & set(ADDRESSES[line.address].parts)
        if line.method != "GET" or not ({state, "open"} & set(line.states)) or (state != "open" and not is_own):
            continue
        found |= {(line.address, who) for who, answer in line.answers.items() if answer == "200"}
    return sorted((name, who) for name, who in found if who not in {KNOWS, "anon"})


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_no_page_has_one_for_who_may_not_know(world: World, lines: Lines, state: str) -> None:
    found = []
    walk = pages(state)
    assert {who for _, who in walk} >= {"revi", "coor", "seco"}
    with world.at(state) as here:
        for name, who in walk:
            where = fill(ADDRESSES[name], here.values, RENAMED.get(name, {}))
            asked = f"{where}?q=recruiter&year=all"
            told = told_by(here.attempt(who, "GET", asked)).decode(errors="replace")
            if who in STAFF:
                told = STAFF_READ.sub("", told)
            if CANARY in told:
                found.append(f"{who}: {asked}")
    assert found == []
    assert CANARY not in "".join(lines.said)
