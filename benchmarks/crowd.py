"""Twenty people at once: the world they save in, the server, and what is asked of the log afterwards."""

import http.client
import os
import random
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import Role, User
from assessments import actions, content, events
from assessments.enums import Part, Subject
from assessments.models import Assessment, Event, RatingRecord, Revision, StoredValue
from benchmarks.saves import DEFAULT, Outcome
from benchmarks.served import serving
from frameworks.models import Country

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
YEAR = 2025
ASSESSMENTS = 4  # so that all clients are in each
SHARED, MET_IN = 0.2, 12
"""How many of the saves go to a few answers that everybody is in, where most come too late; the others go to answers
that are the client's own, as people share a country's questions among them."""
FORM = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}


@dataclass
class Made:
    """The world: the pages that can be saved, and the people who may."""

    questions: list[str] = field(default_factory=list)  # one of each assessment in turn
    people: list[User] = field(default_factory=list)


def make(clients: int) -> Made:
    """Load framework and reference data, and open a few assessments to as many analysts."""
    call_command("migrate", run_syncdb=True, verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    for name in ("load_framework", "load_reference"):
        call_command(name, verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    boss = User.objects.create_user("boss@example.org", name="Cora Wells")
    boss.grant([Role.COORDINATOR], at=AT, by=None)
    made = Made()
    for number in range(clients):
        person = User.objects.create_user(f"client{number}@example.org", name=f"Client {number}")
        person.grant([Role.ANALYST], at=AT, by=None)
        made.people.append(person)
    opened, due = AT.date().replace(year=YEAR - 1, month=10), AT.date().replace(year=YEAR, month=6)
    actions.open_period(report_year=YEAR, opened_on=opened, due_on=due, by=boss, at=AT)
    pages: list[list[str]] = []
    for country in Country.objects.order_by("iso3")[:ASSESSMENTS]:
        assessment = actions.open_assessment(iso3=country.iso3, report_year=YEAR, by=boss, at=AT)
        for person in made.people:
            actions.assign(
                assessment_id=assessment.public_id, user_id=person.public_id, part=Part.ANALYST, by=boss, at=AT
            )
        framework = content.framework_of(assessment.revisions.get())
        codes = [item.code for item in framework.indicators if not item.parts]
        pages.append([f"/assessments/{assessment.public_id}/questions/{code}/" for code in codes])
    made.questions = [page for same in zip(*pages, strict=True) for page in same]
    return made


class Browser:
    """One person's browser: a session and a token; a connection for each request, so that none is closed unseen."""

    def __init__(self, port: int, person: User | None) -> None:
        self._port = port
        self._headers: dict[str, str] = {}
        self.token = ""
        if person is not None:
            client = Client()
            client.force_login(person)
            self._headers["Cookie"] = (
                f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
            )

    def begin(self, page: str) -> None:
        """Open a page as a browser would, for the token that its saves need."""
        status, body, headers = self._ask("GET", page)
        if status != 200:
            raise RuntimeError(f"{page} answered {status}")
        cookie = next(value for name, value in headers if name == "Set-Cookie" and value.startswith("csrftoken="))
        self._headers["Cookie"] += "; " + cookie.split(";")[0]
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)[1]  # type: ignore[index]

    def get(self, page: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        status, body, _ = self._ask("GET", page)
        return status, body

    def post(self, page: str, values: dict[str, str]) -> tuple[int, str, bool]:
        """Return the status and text of an answer, and whether it says that the values are saved."""
        body = urlencode(values | {"csrfmiddlewaretoken": self.token})
        status, text, headers = self._ask("POST", page, body, FORM)
        return status, text, any(name == "Indicia-Saved" for name, _ in headers)

    def _ask(
        self, method: str, page: str, body: str | None = None, more: dict[str, str] | None = None
    ) -> tuple[int, str, list[tuple[str, str]]]:
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            line.request(method, page, body, self._headers | (more or {}))
            answer = line.getresponse()
            return answer.status, answer.read().decode(), answer.getheaders()
        finally:
            line.close()


@dataclass
class Tally:
    """What one client saw."""

    acknowledged: list[tuple[str, str]] = field(default_factory=list)  # page, the very words
    refused: int = 0
    failures: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Writer:
    """One client: what it is called, the answers that are its own, and those that everybody is in."""

    name: str
    own: list[str]
    shared: list[str]


def save_at_random(browser: Browser, client: Writer, number: int, until: float, tally: Tally) -> None:
    """Save as many answers as told, each with words of its own, wherever chance leads; a late one is sent again."""
    name = client.name
    chance = random.Random(name)  # the same run again
    versions: dict[str, str] = {}
    for turn in range(number):
        pages = client.shared if chance.random() < SHARED else client.own
        page, words = chance.choice(pages), f"{name}, turn {turn}: {chance.random()}"
        values = {"answer": str(chance.randrange(4)), "confidence": chance.choice(["low", "moderate"]), "reason": ""}
        values |= {"rationale": words, "autosave": chance.choice(["first"] * 9 + ["1"])}
        for _ in range(50):
            if time.monotonic() > until:
                return
            started = time.perf_counter()
            try:
                status, text, saved = browser.post(page, values | {"version": versions.get(page, "")})
            except (http.client.HTTPException, OSError) as exc:
                tally.failures.append(f"{page}: {exc!r}")
                continue
            tally.milliseconds.append((time.perf_counter() - started) * 1000)
            if status >= 500:
                tally.failures.append(f"{page} answered {status}")
                continue
            found = re.search(r'name="version" value="(\d+)"', text)
            versions[page] = found[1] if found else ""
            if status == 200 and saved:
                tally.acknowledged.append((page, words))
                break
            if status != 409:
                tally.failures.append(f"{page} answered {status} to a save")
                break
            tally.refused += 1
        if chance.random() < 0.1:
            status, _ = browser.get(page.split("questions")[0] + "refresh/")
            if status != 200:
                tally.failures.append(f"the draft after {page} answered {status}")


def run(*, saves: int | None, clients: int, workers: int, seconds: float) -> Outcome:
    """Make the world, let the crowd in, and read the log."""
    made = make(clients)
    wanted = saves if saves is not None else DEFAULT[connection.vendor]
    with serving(Path(settings.VAR), workers=workers) as server:
        browsers = [Browser(server.port, person) for person in made.people]
        for browser in browsers:
            browser.begin(made.questions[0])
        tallies = [Tally() for _ in browsers]
        writers = [
            Writer(person.name, made.questions[MET_IN + place :: clients], made.questions[:MET_IN])
            for place, person in enumerate(made.people)
        ]
        started = time.monotonic()
        shares = [wanted // clients + (number < wanted % clients) for number in range(clients)]
        threads = [
            threading.Thread(
                target=save_at_random,
                args=(browser, writer, share, started + seconds, tally),
            )
            for browser, writer, share, tally in zip(browsers, writers, shares, tallies, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - started
    times = [each for tally in tallies for each in tally.milliseconds]
    acknowledged = [each for tally in tallies for each in tally.acknowledged]
    failures = [each for tally in tallies for each in tally.failures]
    for failure, count in Counter(failures).most_common(5):
        sys.stderr.write(f"{count} x {failure}\n")
    missing, problems = list(lost(acknowledged)), list(wrong(len(acknowledged)))
    return Outcome(
        database=connection.vendor,
        acknowledged=len(acknowledged),
        conflicts=sum(tally.refused for tally in tallies),
        failed=len(failures),
        logged=Event.objects.filter(action="save_rating").count(),
        lost=len(missing),
        seconds=took,
        slowest=max(times, default=0),
        median=median(times) if times else 0,
        problems=(*missing, *problems),
    )


def _said() -> list[tuple[Event, str]]:
    """Return every save in the log with the reason that it wrote, as JSON; "" where it wrote none."""
    values = {(row.subject_id, row.digest): row.value for row in StoredValue.objects.filter(field="rating.rationale")}
    logged = Event.objects.filter(action="save_rating").order_by("subject_id", "sequence")
    return [(event, values.get((event.subject_id, event.new.get("rating.rationale")), "")) for event in logged]


def lost(acknowledged: list[tuple[str, str]]) -> Iterator[str]:
    """Yield every acknowledged save that does not stand in the log, once and with its very words."""
    said = Counter((str(event.subject_id), value) for event, value in _said())
    for page, words in acknowledged:
        if said[page.split("/")[2], f'"{words}"'] != 1:
            yield f"Lost: “{words}” was acknowledged and does not stand in the log once."


def wrong(acknowledged: int) -> Iterator[str]:
    """Yield what else is wrong: a save in the log that nobody was told of, a row or a chain that does not agree."""
    logged = _said()
    if len(logged) != acknowledged:
        yield f"{len(logged)} saves are logged, {acknowledged} were acknowledged."
    last = {(event.subject_id, event.target): value for event, value in logged if "rating.rationale" in event.new}
    for row in RatingRecord.objects.select_related("indicator", "revision__assessment"):
        wanted = last.get((row.revision.assessment.public_id, f"ratings/{row.key}"))
        if wanted != f'"{row.rationale}"':
            yield f"{row.key} holds “{row.rationale}”, and the log says {wanted} last."
    for assessment in Assessment.objects.all():
        broken = events.verify(Subject.ASSESSMENT, assessment.public_id)
        if broken:
            yield str(broken)
    for revision in Revision.objects.exclude(undrawn=""):
        actions.settle(revision_id=revision.public_id)
    try:
        call_command("rederive", "--check", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    except Exception as exc:  # noqa: BLE001  whatever it is, it is what is wrong
        yield str(exc)
