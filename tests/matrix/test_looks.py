"""No page or file shows what is protected of a source without a trace of who looked (decisions.md 13)."""

import logging
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from assessments.core.values import Protection
from assessments.enums import Subject
from assessments.models import Event, Evidence, Source
from tests.assessments.test_overrides import unpacked
from tests.matrix import table
from tests.matrix.test_urls import ADDRESSES, LINES
from tests.matrix.world import World, fill, make_world
from tests.taken_back import taken_back

pytestmark = pytest.mark.django_db

CANARY = "quokka"
LOOKING = ("anal", "revi", "seco")
SHOWN = {
    "evidence", "evidence-item", "source", "sources", "library-source", "text", "excerpt", "draft", "review", "basis",
    "facts", "coding-record", "search", "workbook",
}  # fmt: skip
"""Pages known to show a source to somebody: the walk must find them, or it walks past what it is to see."""

ASKED = {"draft": {"sentence": "{sentence_id}"}, "review": {"sentence": "{sentence_id}"}, "search": {"q": CANARY}}
"""What is asked of pages that show a source only then."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The office, with every source of its country protected and named by a word that stands nowhere else."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with django_db_blocker.unblock(), taken_back():
            made = make_world()
            Source.objects.update(protection=Protection.RESTRICTED.value, title=f"{CANARY} report", url="")
            Evidence.objects.update(excerpt=f"{CANARY} found")
            yield made
    finally:
        log.setLevel(level)


def traces(world: World, who: str) -> set[object]:
    found = Event.objects.filter(subject_kind=Subject.SOURCE.value, action="view_source", by=world.people[who])
    return set(found.values_list("subject_id", flat=True))


@pytest.mark.parametrize("who", LOOKING)
def test_whatever_shows_a_protected_source_leaves_a_trace(world: World, who: str) -> None:
    untraced, shown = [], set()
    for line in LINES:
        if line.method != "GET" or "open" not in line.states or line.answers.get(who) not in {"200", None}:
            continue
        where = fill(ADDRESSES[line.address], world.values, table.RENAMED.get(line.address, {}))
        asked = ASKED.get(line.address.partition(":")[2], {})
        asked = {name: str(value).format_map(world.values) for name, value in asked.items()}
        with taken_back():
            world.client.cookies = type(world.client.cookies)(
                {name: item.value for name, item in world.sessions[who].items()}
            )
            before = traces(world, who)
            answer = world.client.get(where, asked)
            data = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if CANARY not in unpacked(data).replace(f"q={CANARY}", ""):
                continue
            shown.add(line.address.partition(":")[2])
            if not traces(world, who) - before:
                untraced.append(line.address)
    assert untraced == []
    assert shown & SHOWN >= ({"coding-record"} if who == "seco" else SHOWN - {"coding-record"} - _only(who))


def _only(who: str) -> set[str]:
    """Pages that show it to analysts alone: the forms in which one chooses a source."""
    return set() if who == "anal" else {"facts"}
