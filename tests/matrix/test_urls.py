"""Every address, walked from the resolver, by everybody: what the table says, and nothing that it does not say."""

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.matrix import table
from tests.matrix.world import PEOPLE, STATES, World, addresses, fill, make_world, sent
from tests.taken_back import taken_back

pytestmark = pytest.mark.django_db

ADDRESSES = {address.name: address for address in addresses()}
SIGN_IN = reverse("account_login")


@dataclass(frozen=True)
class Line:
    """One line of the table: an address in some states by one method, and the answer to each person asked."""

    address: str
    method: str
    states: tuple[str, ...]
    answers: Mapping[str, str]


def read_table(text: str) -> list[Line]:
    """Read the table. Raises ValueError with the line that makes no sense."""
    lines: list[Line] = []
    name = ""
    for number, row in enumerate(text.splitlines(), start=1):
        if not row.strip() or row.startswith("#"):
            continue
        if not row.startswith(" "):
            name = row.strip()
            continue
        method, states, *cells = row.split()
        if cells[-1] == "each" and len(cells) == 3:
            cells = [cells[0], *[cells[1] if who in table.FEW else "." for who in list(PEOPLE)[1:]]]
        if len(cells) != len(PEOPLE) or not set(states.split(",")) <= set(STATES):
            raise ValueError(f"Line {number} of the table needs states and {len(PEOPLE)} answers: {row.strip()}")
        answers = {who: cell for who, cell in zip(PEOPLE, cells, strict=True) if cell != "."}
        lines.append(Line(name, method, tuple(states.split(",")), answers))
    return lines


LINES = read_table(table.TABLE)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The office, made once; everything is taken back at the end."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)  # a refusal is what is asked for here
    try:
        with django_db_blocker.unblock(), taken_back():
            yield make_world()
    finally:
        log.setLevel(level)


def found(answer: HttpResponse) -> str:
    """Return an answer as the table writes it."""
    if answer.status_code == 302 and answer["Location"].startswith(SIGN_IN):
        return "in"
    return str(answer.status_code)


WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
HEADERS = frozenset(
    {
        "Cache-Control",
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "X-Request-ID",
    }
)
"""What no answer lacks."""
LEFT = frozenset({"assessments_givenout", "assessments_event"})
"""Where it is put on record that something left as a file."""


@dataclass(frozen=True)
class Given:
    """One answer, and the tables that were written to for it, save for who looked at a protected source."""

    answer: HttpResponse
    written: frozenset[str]

    def oddities(self, line: Line) -> Iterator[str]:
        """Say what no answer should be: without a header, kept by others, or a look that changed something."""
        headers = self.answer.headers
        for name in sorted(HEADERS - set(headers)):
            yield f"lacks {name}"
        if "unsafe" in headers.get("Content-Security-Policy", ""):
            yield "has a policy with an unsafe source"
        kept = headers.get("Cache-Control", "")
        if "no-store" not in kept and "no-cache" not in kept:
            yield f"may be kept: {kept}"
        if line.method == "GET":
            is_file = headers.get("Content-Disposition", "").startswith("attachment")
            for name in sorted(self.written - (LEFT if is_file else frozenset())):
                yield f"writes to {name}"


def asked(world: World, who: str, line: Line, where: str, data: Mapping[str, str]) -> Given:
    """Ask once as one person, and note what was written meanwhile."""
    written: set[str] = set()

    def note(execute: Callable[..., object], sql: str, params: Sequence[object], *rest: object) -> object:
        if (name := WRITE.match(sql)) and not (name[1] == "assessments_event" and "view_source" in params):
            written.add(name[1])
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        answer = world.attempt(who, line.method, where, data=data)
    return Given(answer, frozenset(written))


# --- Nothing is left out -----------------------------------------------------------------------------------------


def test_every_address_has_its_lines_and_every_line_its_address() -> None:
    known = {line.address for line in LINES}
    head = " ".join(PEOPLE)
    missing = [
        f"{name} (/{ADDRESSES[name].route}) has no line: add it to TABLE in tests/matrix/table.py, one line for each "
        f"method it answers, as “GET open” and the answers for {head}; tests/matrix/world.py fills its parts."
        for name in sorted(ADDRESSES.keys() - known)
    ]
    unknown = [
        f"{name} is in the table and no address any more: take it out." for name in sorted(known - set(ADDRESSES))
    ]
    assert "\n".join(missing + unknown) == ""


def test_every_address_has_a_name_and_its_parts_are_known(world: World) -> None:
    nameless = [address.route for address in ADDRESSES.values() if address.name.startswith("/")]
    assert nameless == [], "An address without a name has no line: name it in its urls.py."
    unfilled = [
        f"{address.name}: nothing fills <{part}>; add it to World.values in tests/matrix/world.py, or to RENAMED."
        for address in ADDRESSES.values()
        for part in address.parts
        if table.RENAMED.get(address.name, {}).get(part, part) not in world.values
    ]
    assert "\n".join(unfilled) == ""


def test_a_line_is_said_once() -> None:
    asked = [(line.address, line.method, state) for line in LINES for state in line.states]
    assert len(asked) == len(set(asked))
    open_ = {(line.address, line.method) for line in LINES if "open" in line.states}
    assert {(line.address, line.method) for line in LINES} == open_, "Every address and method has a line for open."


# --- What the table says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_everybody_gets_the_answer_of_the_table(world: World, state: str) -> None:
    wrong: list[str] = []
    odd: set[str] = set()
    with world.at(state) as here:
        for line in LINES:
            if state not in line.states:
                continue
            where = fill(ADDRESSES[line.address], here.values, table.RENAMED.get(line.address, {}))
            data = sent(table.SENT.get(line.address, {}), here.values) if line.method != "GET" else {}
            given = {who: asked(here, who, line, where, data) for who in line.answers}
            answers = {who: found(one.answer) for who, one in given.items()}
            odd |= {f"{line.address}: {line.method} {what}" for one in given.values() for what in one.oddities(line)}
            if answers != dict(line.answers):
                cells = " ".join(f"{answers.get(who, '.'):>4}" for who in PEOPLE)
                wrong.append(f"{line.address}: {line.method} {state} answers\n  {line.method:4} {state:28}{cells}")
    assert "\n".join(wrong) == ""
    assert "\n".join(sorted(odd)) == ""


def test_a_method_without_a_line_is_refused(world: World) -> None:
    methods = defaultdict(set)
    for line in LINES:
        methods[line.address].add(line.method)
    wrong = []
    for name, address in ADDRESSES.items():
        where = fill(address, world.values, table.RENAMED.get(name, {}))
        for method in {"GET", "POST"} - methods[name]:
            answers = {who: found(world.attempt(who, method, where)) for who in ("anon", "coor")}
            if not (answers["anon"] in {"in", "405"} and answers["coor"] == "405"):
                wrong.append(f"{name}: {method} has no line and answers {answers}")
    assert "\n".join(wrong) == ""


# --- By other ways -----------------------------------------------------------------------------------------------


def test_a_swap_is_refused_where_the_page_is(world: World) -> None:
    wrong = []
    for line in LINES:
        if "open" not in line.states:
            continue
        where = fill(ADDRESSES[line.address], world.values, table.RENAMED.get(line.address, {}))
        data = sent(table.SENT.get(line.address, {}), world.values) if line.method != "GET" else {}
        for who in ("seco", "othA"):
            if line.answers.get(who) in {"403", "404"}:
                answer = world.attempt(who, line.method, where, data=data, headers={"HX-Request": "true"})
                if found(answer) != line.answers[who]:
                    wrong.append(f"{line.address} {line.method} {who}: {found(answer)}")
    assert "\n".join(wrong) == ""
