"""Every change of state by a direct link: whoever may not make it reads the rule, in the words of the policy."""

from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.models import User
from assessments import policies
from assessments.models import ReviewStep, Revision, Snapshot
from tests.matrix import table
from tests.matrix.world import PEOPLE, STATES, World, make_world, sent
from tests.taken_back import taken_back

pytestmark = pytest.mark.django_db

A = "assessments:"


def step_of(revision: Revision) -> ReviewStep:
    step = revision.steps.get(is_last=True)
    step.revision = revision
    return step


def snapshot_of(revision: Revision, values: Mapping[str, Any]) -> Snapshot:
    found = Snapshot.objects.get(public_id=values["snapshot_id"])
    found.revision = revision
    return found


RULES: Mapping[str, Callable[[Revision, User, Mapping[str, Any]], None]] = {
    f"{A}submit": lambda revision, person, _: policies.check_can_submit(revision, person),
    f"{A}request-changes": lambda revision, person, _: policies.check_can_request_changes(revision, person),
    f"{A}reopen": lambda revision, person, _: policies.check_can_reopen(revision, person),
    f"{A}correct": lambda revision, person, _: policies.check_can_correct(revision, person),
    f"{A}approve": lambda revision, person, _: policies.check_can_approve(step_of(revision), person),
    f"{A}override": lambda revision, person, _: policies.check_can_override(step_of(revision), person),
    f"{A}release": lambda revision, person, values: policies.check_can_release(snapshot_of(revision, values), person),
}
"""The rule of each address that changes a state."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The office, made once; everything is taken back at the end."""
    with django_db_blocker.unblock(), taken_back():
        yield make_world()


def rule_broken(rule: Any, revision: Revision, person: User, values: Mapping[str, Any]) -> str:
    try:
        rule(revision, person, values)
    except policies.NotAllowed as exc:
        return str(exc)
    return ""


def is_seen(name: str, revision: Revision, person: User, values: Mapping[str, Any]) -> bool:
    """Say whether the person knows of what they would act on; else they learn no rule of it either."""
    if name == f"{A}release":
        return policies.visible_snapshots(person).filter(public_id=values["snapshot_id"]).exists()
    return policies.can_see(revision, person)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", sorted(RULES))
def test_a_refusal_by_link_says_the_rule(world: World, name: str, state: str) -> None:
    wrong, refused = [], 0
    with world.at(state) as here:
        revision = here.office.revision
        key = "snapshot_id" if name == f"{A}release" else "assessment_id"
        parts = [here.values[key], *([here.values["step_id"]] if name in {f"{A}approve", f"{A}override"} else [])]
        where, data = reverse(name, args=parts), sent(table.SENT.get(name, {}), here.values)
        for who in list(PEOPLE)[1:]:
            person = here.people[who]
            assert person is not None
            words = rule_broken(RULES[name], revision, person, here.values)
            answer = here.attempt(who, "POST", where, data=data)
            page = unescape(answer.content.decode())
            is_shut_out = not is_seen(name, revision, person, here.values)
            refused += bool(words)
            if words and is_shut_out:
                fits = answer.status_code == 404 and words not in page
            elif words:
                fits = answer.status_code == 403 and words in page
            else:
                fits = answer.status_code in (302, 422)  # 422: they may, and something is to be settled first
            if not fits:
                wrong.append(f"{who}: {answer.status_code}, and the rule says: {words or 'allowed'}")
    assert wrong == []
    assert refused >= len(PEOPLE) - 4  # most people may never
