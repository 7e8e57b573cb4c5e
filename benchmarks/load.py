"""People at work on the app as it is served: each has a session, an answer of their own, and asks for page after page.

All kinds of requests are made in turn by everybody, so that a busy machine slows all of them alike. The people run in
this process and take their share of the same machine.
"""

import http.client
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from assessments import content
from assessments.enums import Part, SnapshotKind
from assessments.exporters.registry import FORMATS
from assessments.models import Assessment, Snapshot
from benchmarks.pages import Fields
from benchmarks.served import Answer, InProcess, Visitor

BARE_PAGE = "bare: a page without a query"
BARE_ROWS = "bare: 45 rows"
BARE_LIST = "bare: 190 rows"
BARE_SAVE = "bare: save one row"
SAVE = "save acknowledged"
SAVE_AND_DRAFT = "save with refreshed draft"
DEAREST = ("pdf", "docx", "xlsx", "csv", "zip")
"""Formats asked for by one person at a time only: they take the time of a hundred pages."""


@dataclass(frozen=True)
class Kind:
    """One kind of request, and the bare page it is set against."""

    name: str
    floor: str | None
    is_dear: bool = False


@dataclass
class Person:
    """Somebody with a session, and what each kind of request is for them."""

    requests: dict[str, Callable[[], Answer]]
    visitors: list[Visitor | InProcess]

    def close(self) -> None:
        """Give the connections up."""
        for visitor in self.visitors:
            visitor.close()


@dataclass
class Times:
    """What one phase came to, in milliseconds by kind of request."""

    users: int
    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)
    a_second: dict[str, float] = field(default_factory=dict)  # saves by kind, when everybody does nothing else

    def percentile(self, kind: str, share: float) -> float:
        """Return the smallest time that this share of the requests did not exceed."""
        times = sorted(self.milliseconds[kind])
        return times[max(0, -(-int(share * 100) * len(times) // 100) - 1)] if times else float("nan")

    def ratio(self, kind: Kind) -> float | None:
        """Return the median against that of the bare page; None for a bare page."""
        if kind.floor is None:
            return None
        return self.percentile(kind.name, 0.5) / self.percentile(kind.floor, 0.5)


def kinds() -> list[Kind]:
    """Return every kind of request, the bare ones first."""
    exports = [
        Kind(f"export: {form.title.lower()}", BARE_PAGE, is_dear=form.slug in DEAREST) for form in FORMATS.values()
    ]
    return [
        Kind(BARE_PAGE, None),
        Kind(BARE_ROWS, None),
        Kind(BARE_LIST, None),
        Kind(BARE_SAVE, None),
        Kind("list of all assessments", BARE_LIST),
        Kind("first screen, analyst", BARE_ROWS),
        Kind("workbench: a section", BARE_ROWS),
        Kind("workbench: a question with the draft", BARE_ROWS),
        Kind(SAVE, BARE_SAVE),
        Kind(SAVE_AND_DRAFT, BARE_SAVE),
        Kind("draft", BARE_ROWS),
        Kind("approved text as a page", BARE_ROWS),
        Kind("compare", BARE_ROWS),
        *exports,
    ]


class Failed(RuntimeError):
    """A request was answered otherwise than it must be; the benchmark says so instead of timing it."""


def _get(visitor: Visitor | InProcess, path: str) -> Callable[[], Answer]:
    def request() -> Answer:
        answer = visitor.get(path)
        if answer.status != 200:
            raise Failed(f"{path} answered {answer.status}")
        return answer

    return request


def _bare_save(visitor: Visitor | InProcess) -> Callable[[], Answer]:
    number = count()

    def request() -> Answer:
        # Another name each time: SQLite does not write a row that is the same, and syncs nothing for it.
        answer = visitor.post("/floor/save/", {"name": f"Ana Lund {next(number)}"})
        if answer.status != 204:
            raise Failed(f"the bare save answered {answer.status}")
        return answer

    return request


class Form:
    """The form of one question or fact, open before one person: what is saved twice is saved by its newest version."""

    def __init__(self, visitor: Visitor | InProcess, path: str, *, typed_in: str = "rationale") -> None:
        """Open it; `typed_in` is the field that every save changes."""
        self.visitor, self.path, self.number, self.typed_in = visitor, path, count(), typed_in
        page = visitor.get(path)
        if page.status != 200:
            raise Failed(f"{path} answered {page.status}")
        fields = Fields()
        fields.feed(page.text)
        self.values: dict[str, list[str]] = {"answer": ["2"]} | fields.values | {"confidence": ["moderate"]}

    def save(self, *, in_background: bool) -> Answer:
        """Change the reason and send the form: for the word that it is kept, or with the draft in the same answer."""
        self.values[self.typed_in] = [f"in words {next(self.number)}"]
        sent = self.values | {"autosave": ["first" if in_background else "1"]}
        answer = self.visitor.post(self.path, sent, {"HX-Request": "true"})
        found = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)
        if answer.status != 200 or found is None:
            raise Failed(f"{self.path} answered {answer.status} to a save")
        self.values["version"] = [found[1]]
        return answer


def workplaces() -> Iterator[tuple[User, Assessment, str]]:
    """Yield who may answer which question of which assessment, each once, spread over the assessments."""
    found = Assessment.objects.filter(revisions__state="in-progress", revisions__is_open=True).distinct()
    rows = []
    for assessment in found.order_by("pk")[:12]:
        analyst = assessment.assignments.filter(part=Part.ANALYST, ended_at=None).first()
        if analyst is None:
            continue
        framework = content.framework_of(assessment.revisions.get(is_open=True))
        codes = [item.code for item in framework.indicators if not item.parts]
        rows.append([(analyst.user, assessment, code) for code in codes])
    for place in range(max(map(len, rows), default=0)):
        yield from (row[place] for row in rows if place < len(row))


def queries() -> dict[str, int]:
    """Return how many queries each kind of request takes, once everything that is kept in the process is there."""
    (person,) = people(1, InProcess)
    found: dict[str, int] = {}
    for _ in range(2):
        for name, request in person.requests.items():
            with CaptureQueriesContext(connection) as captured:
                request()
            found[name] = len(captured)
    return found


def people(number: int, visit: Callable[[User], Visitor | InProcess]) -> list[Person]:
    """Return so many people at work."""
    places = list(workplaces())
    if len(places) < number:
        raise Failed(f"there are answers for {len(places)} people only")
    coordinator = User.objects.filter(role_grants__role=Role.COORDINATOR)[0]
    frozen = Snapshot.objects.filter(kind=SnapshotKind.APPROVED).order_by("-pk")
    snapshot = max(frozen, key=lambda one: len(one.open_part))
    return [_person(visit, *places[place], coordinator, snapshot) for place in range(number)]


def _person(
    visit: Callable[[User], Visitor | InProcess],
    analyst: User,
    assessment: Assessment,
    code: str,
    coordinator: User,
    snapshot: Snapshot,
) -> Person:
    own, other = visit(analyst), visit(coordinator)

    def page(name: str, **more: object) -> str:
        return reverse(f"assessments:{name}", args=[assessment.public_id, *more.values()])

    question = page("question", code=code)
    form = Form(own, question)
    text = reverse("assessments:snapshot", args=[snapshot.public_id])
    compare = reverse("assessments:compare", args=[snapshot.revision.assessment.public_id])
    requests: dict[str, Callable[[], Answer]] = {
        BARE_PAGE: _get(own, "/floor/static/"),
        BARE_ROWS: _get(own, "/floor/rows/45/"),
        BARE_LIST: _get(own, "/floor/rows/190/"),
        BARE_SAVE: _bare_save(own),
        "list of all assessments": _get(other, reverse("assessments:list")),
        "first screen, analyst": _get(own, "/"),
        "workbench: a section": _get(own, page("group", code=_group(code, assessment))),
        "workbench: a question with the draft": _get(own, question),
        SAVE: lambda: form.save(in_background=True),
        SAVE_AND_DRAFT: lambda: form.save(in_background=False),
        "draft": _get(own, page("draft")),
        "approved text as a page": _get(other, text),
        "compare": _get(other, compare),
    }
    for form_ in FORMATS.values():
        audience = form_.audiences[0].value
        path = reverse("assessments:download", args=[snapshot.public_id, form_.slug])
        requests[f"export: {form_.title.lower()}"] = _get(other, f"{path}?audience={audience}")
    return Person(requests, [own, other])


def _group(code: str, assessment: Assessment) -> str:
    framework = content.framework_of(assessment.revisions.get(is_open=True))
    slug = next(item.group for item in framework.indicators if item.code == code)
    return next(item.code.lower() for item in framework.groups if item.slug == slug)


def phase(port: int, users: int, *, seconds: float, rounds: int, dear: bool) -> Times:
    """Let so many people work at once until the rounds or the seconds are used up, and then only save for a while."""
    team = people(users, lambda person: Visitor.of(port, person))
    chosen = [kind for kind in kinds() if dear or not kind.is_dear]
    times = Times(users)
    _together(team, lambda number, person: _walk(person, chosen, number, 1, time.monotonic() + seconds, Times(users)))
    end = time.monotonic() + seconds
    _together(team, lambda number, person: _walk(person, chosen, number, rounds, end, times))
    for kind in (BARE_SAVE, SAVE):
        times.a_second[kind] = _a_second(team, kind, min(5.0, seconds / 2), times)
    for person in team:
        person.close()
    return times


def _together(team: Sequence[Person], work: Callable[[int, Person], None]) -> None:
    threads = [threading.Thread(target=work, args=(number, person)) for number, person in enumerate(team)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _walk(person: Person, chosen: Sequence[Kind], start: int, rounds: int, end: float, times: Times) -> None:
    """Ask for each kind in turn; people begin at different places, so that not all ask for the same at once."""
    for _ in range(rounds):
        for place in range(len(chosen)):
            kind = chosen[(start + place) % len(chosen)]
            began = time.perf_counter()
            try:
                person.requests[kind.name]()
            except (Failed, OSError, http.client.HTTPException) as exc:
                times.failures.append(f"{kind.name}: {exc}")
                continue
            times.milliseconds[kind.name].append((time.perf_counter() - began) * 1000)
        if time.monotonic() > end:
            return


def _a_second(team: Sequence[Person], kind: str, seconds: float, times: Times) -> float:
    """Return how many saves of one kind everybody together makes in a second."""
    made = [0] * len(team)
    end = time.monotonic() + seconds

    def save(number: int, person: Person) -> None:
        while time.monotonic() < end:
            try:
                person.requests[kind]()
            except (Failed, OSError, http.client.HTTPException) as exc:
                times.failures.append(f"{kind}: {exc}")
                return
            made[number] += 1

    began = time.monotonic()
    _together(team, save)
    return sum(made) / (time.monotonic() - began)
