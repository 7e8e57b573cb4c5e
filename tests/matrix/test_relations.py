"""Every change of hands × state × person: author, other analyst, reviewer, reviewer who wrote, outsider, and the rest.

By page, by the page's form, by a swap and by the API: what may be done is done, and what may not is refused with the
same literal sentence everywhere; nobody who may not see the text learns more than that there is nothing. The review
page offers exactly what the address behind it would do.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.models import Role, User
from assessments import actions, covering
from assessments.api import base
from assessments.core.values import Section
from assessments.enums import Part
from tests.assessments.api import Program
from tests.assessments.factories import user
from tests.assessments.office import Office, make_office
from tests.taken_back import taken_back

pytestmark = pytest.mark.django_db

STATES = ("in progress", "submitted for review", "changes requested", "approved", "released", "correction")
ANALYSTS = {"author", "other analyst", "reviewer who wrote"}
REVIEWERS = {"reviewer", "reviewer who wrote"}
COORDINATOR = {"coordinator"}
INSIDE = ANALYSTS | REVIEWERS | COORDINATOR
OUTSIDE = {"analyst elsewhere", "reviewer elsewhere", "second coder", "exporter", "reader", "editor", "accounts"}
WROTE = "Nobody approves what they wrote, rated or edited since the last approval."

ALLOWED: Mapping[tuple[str, str], set[str]] = {
    ("submit", "in progress"): ANALYSTS,
    ("submit", "changes requested"): ANALYSTS,
    ("submit", "correction"): ANALYSTS,
    ("request-changes", "submitted for review"): REVIEWERS,
    ("reopen", "submitted for review"): ANALYSTS | COORDINATOR,
    ("reopen", "changes requested"): REVIEWERS | COORDINATOR,
    ("reopen", "approved"): REVIEWERS | COORDINATOR,
    ("approve", "submitted for review"): {"reviewer"},
    ("approve-items", "submitted for review"): {"reviewer"},
    ("reconfirm", "submitted for review"): REVIEWERS,
    ("override", "submitted for review"): COORDINATOR,
    ("take-back-approval", "submitted for review"): {"reviewer"} | COORDINATOR,
    ("release", "approved"): COORDINATOR,
    ("correct", "released"): ANALYSTS | COORDINATOR,
    ("withdraw-correction", "correction"): ANALYSTS | COORDINATOR,
}
ACTS = tuple(dict.fromkeys(act for act, _ in ALLOWED))

NOT_NOW: Mapping[str, str] = {
    "submit": "only what is in progress or changes requested can be submitted.",
    "request-changes": "only what is submitted for review can be sent back for changes.",
    "reopen": "only what is submitted for review, changes requested, or approved can be taken back or reopened.",
    "release": "only what is approved can be released.",
    "correct": "only what is released is corrected.",
} | dict.fromkeys(
    ("approve", "approve-items", "reconfirm", "override", "take-back-approval"),
    "only what is submitted for review can be approved.",
)
"""What is refused to everybody in another state, after “Examplia 2024 is …; ”."""

NOT_YOU: Mapping[tuple[str, str], str] = {
    ("submit", ""): "Only an analyst assigned to it may submit Examplia 2024.",
    ("request-changes", ""): "Only a reviewer assigned to it may request changes to Examplia 2024.",
    ("reopen", "submitted for review"): "Only an analyst assigned to it or a coordinator may take back Examplia 2024.",
    ("reopen", "changes requested"): (
        "Only a reviewer assigned to it or a coordinator may take back the request for changes to Examplia 2024."
    ),
    ("reopen", "approved"): "Only a reviewer assigned to it or a coordinator may reopen Examplia 2024.",
    ("approve", ""): "Only a reviewer assigned to it may approve Examplia 2024.",
    ("approve-items", ""): "Only a reviewer assigned to it may approve Examplia 2024.",
    ("reconfirm", ""): "Only a reviewer assigned to it may approve Examplia 2024.",
    ("override", ""): "Only a coordinator may approve Examplia 2024.",
    ("take-back-approval", ""): "Only a reviewer assigned to it or a coordinator may approve Examplia 2024.",
    ("release", ""): "Only a coordinator may release Examplia 2024.",
    ("correct", ""): "Only an analyst assigned to Examplia 2024 or a coordinator may open a correction.",
    (
        "withdraw-correction",
        "",
    ): "Only an analyst assigned to Examplia 2024 or a coordinator may take back a correction.",
}

SENT: Mapping[str, Mapping[str, str]] = {
    "request-changes": {"changes-reason": "Which court?"},
    "reopen": {"reopen-reason": "One more look."},
    "override": {"override-reason": "Nobody is left."},
    "take-back-approval": {"takeback-reason": "Too fast."},
    "correct": {"correct-reason": "One figure."},
    "withdraw-correction": {"withdraw-reason": "By mistake."},
}
BY_FORM_ALONE = {"approve-items", "reconfirm"}
"""Buttons of the review page itself; all others ask first on a page of their own."""
BY_PROGRAM: Mapping[str, tuple[str, Any]] = {
    "submit": ("submit", {}),
    "request-changes": ("request-changes", {"reason": "Which court?"}),
    "reopen": ("reopen", {"reason": "One more look."}),
    "approve": ("steps/{second}/approve", {"content_hash": "{hash}"}),
    "approve-items": ("steps/{second}/approve-items", {"read": {"{ref}": "{digest}"}}),
    "override": ("steps/{second}/override", {"reason": "Nobody is left.", "content_hash": "{hash}"}),
    "take-back-approval": ("steps/{first}/take-back", {"reason": "Too fast."}),
    "correct": ("correct", {"reason": "One figure."}),
    "withdraw-correction": ("withdraw-correction", {"reason": "By mistake."}),
}


@dataclass
class Place:
    """The office with everybody in it; `known` is what addresses and forms are filled with."""

    office: Office
    people: dict[str, User]
    known: dict[str, str]


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    log, patch = logging.getLogger("django.request"), pytest.MonkeyPatch()
    level = log.level
    log.setLevel(logging.ERROR)
    for name in ("READS_A_MINUTE", "WRITES_A_MINUTE", "FAILURES_A_MINUTE"):
        patch.setattr(base, name, 100_000)
    try:
        with django_db_blocker.unblock(), taken_back():
            yield _made()
    finally:
        log.setLevel(level)
        patch.undo()


def _made() -> Place:
    office = make_office()
    both = user(Role.ANALYST, Role.REVIEWER, name="Wendy Writer")
    other, coder = user(Role.ANALYST, name="Olga Analyst"), user(Role.ANALYST, name="Sid Second")
    for person, part in (
        (both, Part.ANALYST),
        (both, Part.REVIEWER),
        (other, Part.ANALYST),
        (coder, Part.SECOND_CODER),
    ):
        office.assign(person, part)
    people = {
        "author": office.analyst,
        "other analyst": other,
        "reviewer": office.reviewer,
        "reviewer who wrote": both,
        "coordinator": office.coordinator,
        "analyst elsewhere": office.other_analyst,
        "reviewer elsewhere": office.other_reviewer,
        "second coder": coder,
        "exporter": office.exporter,
        "reader": office.reader,
        "editor": office.editor,
        "accounts": office.account_admin,
    }
    assert set(people) == INSIDE | OUTSIDE
    steps = [actions.Step("Peer"), actions.Step("Bureau")]
    actions.order_steps(report_year=2024, steps=steps, by=office.coordinator, at=office.clock())
    office.statistic(3, evidence=(office.evidence(),))
    actions.add_sentence(
        revision_id=office.revision_id,
        section=Section.PROSECUTION,
        text="Observers saw no change.",
        judgement=True,
        by=both,
        at=office.clock(),
    )
    office.answer_all()
    cache.clear()
    return Place(office, people, {})


@contextmanager
def standing(place: Place, state: str) -> Iterator[Place]:
    """Stand in a state. Under review the first step is approved by the reviewer and the second waits."""
    office, reviewer = place.office, place.people["reviewer"]
    with taken_back():
        snapshot = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
        if state != "in progress":
            office.submit()
            _approve(office, "Peer", reviewer)
        if state == "changes requested":
            actions.request_changes(revision_id=office.revision_id, reason="x", by=reviewer, at=office.clock())
        if state in ("approved", "released", "correction"):
            _approve(office, "Bureau", reviewer)
            snapshot = office.revision.snapshots.order_by("-pk")[0]
        if state in ("released", "correction"):
            office.release()
        if state == "correction":
            actions.correct(revision_id=office.revision_id, reason="x", by=office.analyst, at=office.clock())
        yield Place(office, place.people, _known(office, str(snapshot.public_id)))


def _approve(office: Office, title: str, by: User) -> None:
    step = office.revision.steps.get(title=title)
    actions.approve(step_id=step.public_id, by=by, at=office.clock())


def _known(office: Office, snapshot: str) -> dict[str, str]:
    revision = office.revision
    first, second = revision.steps.first(), revision.steps.last()
    # The sentence of the reviewer who wrote: what they may not approve, and the other reviewer may.
    sentence = next(row for row in revision.sentences.in_order() if "Observers" in row.shown)
    digest = next(item.digest for item in actions.items_now(revision) if item.ref == str(sentence.public_id))
    if revision.state == "submitted" and second is not None:
        second.revision = revision
        assert covering.pending(second, actions.items_now(revision), revision.content_hash).is_new
    return {
        "assessment": str(office.assessment.public_id),
        "first": str(first.public_id) if first else "",
        "second": str(second.public_id) if second else "",
        "snapshot": snapshot,
        "hash": revision.content_hash,
        "ref": str(sentence.public_id),
        "digest": digest,
    }


def address(place: Place, act: str) -> str:
    known = place.known
    if act == "release":
        return reverse("assessments:release", args=[known["snapshot"]])
    steps = {"approve": "second", "approve-items": "second", "reconfirm": "second", "override": "second"}
    step = steps.get(act, "first" if act == "take-back-approval" else "")
    return reverse(f"assessments:{act}", args=[known["assessment"], *([known[step]] if step else [])])


def form(place: Place, act: str) -> dict[str, str]:
    known = place.known
    sent = dict(SENT.get(act, {}))
    if act in ("approve", "reconfirm", "override"):
        sent["content_hash"] = known["hash"]
    if act == "approve-items":
        sent["item"] = f"{known['ref']}={known['digest']}"
    return sent


def refusal(act: str, state: str, name: str) -> str | None:
    """Return the words in which it is refused, "" where it is done, and None where there is nothing for this person."""
    if act == "release":
        seen = INSIDE | ({"exporter"} if state == "approved" else set())
        if state in ("released", "correction"):
            seen = INSIDE | {"exporter", "reader", "analyst elsewhere", "reviewer elsewhere"}
        if name not in seen:
            return None
        if state == "correction":
            return "Revision 1 of Examplia 2024 is closed; another one is open."
    elif name in OUTSIDE:
        return None
    allowed = ALLOWED.get((act, state), set())
    if name in allowed:
        return ""
    now = "in progress" if state == "correction" else state
    if act in ("correct", "withdraw-correction"):
        if name not in ANALYSTS | COORDINATOR:
            return NOT_YOU[act, ""]
        return (
            f"Examplia 2024 is {now}; {NOT_NOW[act]}" if act == "correct" else "No correction of Examplia 2024 is open."
        )
    if not allowed:
        return f"Examplia 2024 is {now}; {NOT_NOW[act]}"
    if name == "reviewer who wrote" and act in ("approve", "approve-items"):
        return WROTE
    if name == "reviewer who wrote" and act == "take-back-approval":
        return "Only who approved this step, or a coordinator, may take that back."
    return NOT_YOU.get((act, state)) or NOT_YOU[act, ""]


def fits(answer: HttpResponse, words: str | None, *, done: set[int]) -> bool:
    """Say whether an answer is the one that was to come: what is refused says why, what is not there nothing."""
    said = unescape(answer.content.decode()).replace('\\"', '"')
    everything = {*NOT_NOW.values(), *NOT_YOU.values(), WROTE}
    if words is None:
        return answer.status_code == 404 and not any(each in said for each in everything)
    if words:
        return answer.status_code == 403 and words in said
    return answer.status_code in done


@pytest.mark.parametrize("state", STATES)
def test_by_the_form_of_the_page_everybody_gets_the_answer_of_the_table(place: Place, state: str) -> None:
    wrong = []
    with standing(place, state) as here:
        for name, person in here.people.items():
            client = Client(raise_request_exception=False)
            client.force_login(person)
            for act in ACTS:
                words = refusal(act, state, name)
                with taken_back():
                    answer = client.post(address(here, act), form(here, act))
                if not fits(answer, words, done={302}):
                    wrong.append((act, name, answer.status_code, words))
    assert wrong == []


@pytest.mark.parametrize("state", STATES)
def test_a_direct_link_and_a_swap_are_refused_where_the_form_is(place: Place, state: str) -> None:
    wrong = []
    with standing(place, state) as here:
        for name in [*sorted(INSIDE), "exporter", "second coder"]:
            client = Client(raise_request_exception=False)
            client.force_login(here.people[name])
            for act in ACTS:
                words = refusal(act, state, name)
                if act not in BY_FORM_ALONE and not fits(client.get(address(here, act)), words, done={200}):
                    wrong.append((act, name, "GET", words))
                if words == "":
                    continue
                swap = client.post(address(here, act), form(here, act), headers={"HX-Request": "true"})
                if not fits(swap, words, done=set()):
                    wrong.append((act, name, "swap", words))
    assert wrong == []


@pytest.mark.parametrize("state", STATES)
def test_a_program_is_refused_with_the_words_of_the_page(place: Place, state: str) -> None:
    wrong = []
    with standing(place, state) as here:
        for name in [*sorted(INSIDE), "analyst elsewhere", "second coder", "exporter"]:
            program = Program(here.people[name])
            for act, (where, body) in BY_PROGRAM.items():
                path = f"/assessments/{here.known['assessment']}/{where.format_map(here.known)}"
                with taken_back():
                    answer = program.post(path, _filled(body, here.known))
                if not fits(answer, refusal(act, state, name), done={200}):
                    wrong.append((act, name, answer.status_code, answer.content[:200], refusal(act, state, name)))
            with taken_back():
                answer = program.post(f"/texts/{here.known['snapshot']}/release")
            if not fits(answer, refusal("release", state, name), done={200}):
                wrong.append(("release", name, answer.status_code, answer.content[:200]))
    assert wrong == []


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {_filled(key, known): _filled(each, known) for key, each in value.items()}
    return value.format_map(known)


@pytest.mark.parametrize("state", STATES)
def test_the_review_page_offers_exactly_what_may_be_done(place: Place, state: str) -> None:
    wrong = []
    with standing(place, state) as here:
        review = reverse("assessments:review", args=[here.known["assessment"]])
        for name in sorted(INSIDE):
            client = Client()
            client.force_login(here.people[name])
            html = client.get(review, {"sentence": here.known["ref"]}).content.decode()
            for act in ACTS:
                where = address(here, act)
                is_offered = any(each in html for each in (f'href="{where}"', f'href="{where}?', f'action="{where}"'))
                may = refusal(act, state, name) == ""
                if act == "reconfirm":
                    may = False  # no mechanical change waits
                if act == "approve-items" and name == "reviewer who wrote" and state == "submitted for review":
                    may = True  # for all but their own sentence
                if act == "override" and name == "coordinator":
                    may = state == "submitted for review"
                if is_offered != may:
                    wrong.append((act, name, is_offered))
    assert wrong == []
