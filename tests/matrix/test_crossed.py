"""A row of one country is not there under the address of another, and no form is taken without its token."""

import logging
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.assessments.api import ROOT, Program
from tests.matrix import table
from tests.matrix.test_urls import ADDRESSES, LINES, Line, asked
from tests.matrix.world import World, fill, make_world, sent
from tests.taken_back import taken_back

pytestmark = pytest.mark.django_db

ASKING = ("anal", "revi", "coor", "othA")
SESSIONS = frozenset({"django_session"})
SHARED = frozenset({f"{table.A}use-source", f"{table.A}source", f"{table.A}name-reader", f"{table.A}fact-from-excerpt"})
"""Sources and their excerpts are rows of the whole office, used for any country whose people may know them."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with django_db_blocker.unblock(), taken_back():
            yield make_world()
    finally:
        log.setLevel(level)


def rows(values: Mapping[str, object], theirs: Mapping[str, object]) -> set[str]:
    """Return the parts that name a row by its public id, another one in each country."""
    names = {name for name, value in values.items() if isinstance(value, UUID) and value != theirs.get(name)}
    return names - {"assessment_id", "coder", "user_id"}


def crossed(world: World) -> Iterator[tuple[Line, str, dict[str, str]]]:
    """Give every address below a country that names one more row, with that row of the other country."""
    assert world.elsewhere is not None
    theirs = world.elsewhere.values
    children = rows(world.values, theirs)
    for line in LINES:
        if "open" not in line.states or "assessment_id" not in ADDRESSES[line.address].parts:
            continue
        renamed = table.RENAMED.get(line.address, {})
        named = {renamed.get(part, part) for part in ADDRESSES[line.address].parts} & children
        if named and line.address not in SHARED:
            mixed = dict(world.values) | {name: theirs[name] for name in named}
            data = sent(table.SENT.get(line.address, {}), world.values) if line.method != "GET" else {}
            yield line, fill(ADDRESSES[line.address], mixed, renamed), data


def test_a_row_of_another_country_is_not_there(world: World) -> None:
    wrong, seen = [], set()
    for line, where, data in crossed(world):
        if line.address.startswith("api:"):
            continue
        seen.add(line.address)
        given = {who: asked(world, who, line, where, data) for who in ASKING}
        for who, one in given.items():
            # A button says on its page that there is no such row; what is opened is not there.
            is_told = one.answer.status_code in {302, 422} and line.method == "POST" and one.written <= SESSIONS
            if one.answer.status_code not in {403, 404} and not is_told:
                wrong.append(f"{line.address} {line.method} {who}: {one.answer.status_code} {sorted(one.written)}")
    assert "\n".join(wrong) == ""
    assert len(seen) > 25


def test_nor_by_a_program(world: World) -> None:
    wrong, seen = [], set()
    for who in ASKING:
        person = world.people[who]
        assert person is not None
        program = Program(person)
        for line, where, _ in crossed(world):
            if not line.address.startswith("api:"):
                continue
            seen.add(line.address)
            with taken_back():
                body = None if line.method == "GET" else {}
                answer = program.send(line.method.lower(), where.removeprefix(ROOT), body, If_Match='"v1"')
            if answer.status_code not in {403, 404, 422}:
                wrong.append(f"{line.address} {line.method} {who}: {answer.status_code}")
    assert wrong == []
    assert len(seen) > 8


def test_what_a_form_names_of_another_country_is_refused(world: World) -> None:
    assert world.elsewhere is not None
    children = rows(world.values, world.elsewhere.values)
    mixed = dict(world.values) | {name: world.elsewhere.values[name] for name in children}
    wrong, seen = [], set()
    for line in LINES:
        data = table.SENT.get(line.address, {})
        crossing = sent(data, mixed)
        if line.method != "POST" or "open" not in line.states or line.address in SHARED:
            continue
        if crossing == sent(data, world.values):
            continue
        seen.add(line.address)
        where = fill(ADDRESSES[line.address], world.values, table.RENAMED.get(line.address, {}))
        for who in ("anal", "revi", "coor"):
            status = world.attempt(who, "POST", where, data=crossing).status_code
            if status not in {403, 404, 422}:
                wrong.append(f"{line.address} {who}: {status}")
    assert wrong == []
    assert seen


def test_no_form_is_taken_without_its_token(world: World) -> None:
    wrong, seen = [], set()
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for line in LINES:
        if line.method == "GET" or "open" not in line.states or line.address.startswith("api:"):
            continue
        seen.add(line.address)
        where = fill(ADDRESSES[line.address], world.values, table.RENAMED.get(line.address, {}))
        data = sent(table.SENT.get(line.address, {}), world.values)
        for who in ("anon", "coor"):
            client.cookies = SimpleCookie({name: item.value for name, item in world.sessions[who].items()})
            with taken_back():
                status = client.post(where, data).status_code
            if status != 403:
                wrong.append(f"{line.address} {who}: {status}")
    cache.clear()
    assert wrong == []
    assert len(seen) > 100
