"""The pages on which checks are listed, accepted and opened again."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from assessments.models import CheckAcceptance
from tests.assessments.office import Office
from tests.assessments.test_accepting import REASON, accept, check, doubtful, other_check, other_record, ready

__all__ = ["doubtful"]


def at(office: Office, name: str, *args: Any) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


def client_of(person: User) -> Client:
    made = Client()
    made.force_login(person)
    return made


def post(office: Office, person: User, name: str, key: str, **data: str) -> Any:
    return client_of(person).post(at(office, name, key), data)


@pytest.mark.parametrize("page", ["checks", "draft", "review"])
def test_every_list_shows_who_accepted_it_and_why(doubtful: Office, page: str) -> None:
    key = check(doubtful)["key"]
    before = client_of(doubtful.reviewer).get(at(doubtful, page)).content.decode()
    assert before.count("Accept with a reason") >= 1
    answer = post(doubtful, doubtful.reviewer, "accept-check", key, reason=REASON, back=page)
    target = at(doubtful, page) + ("" if page == "checks" else "#checks-title")
    assert (answer.status_code, answer["Location"]) == (302, target)
    html = client_of(doubtful.analyst).get(at(doubtful, page)).content.decode()
    assert "By Rita Reviewer on" in html
    assert f"because: {REASON}" in html
    assert reverse("assessments:reopen-check", args=[doubtful.assessment.public_id, key]) in html


def test_a_reader_of_the_page_without_a_part_has_no_form(doubtful: Office) -> None:
    html = client_of(doubtful.coordinator).get(at(doubtful, "checks")).content.decode()
    assert "Accept with a reason" not in html
    answer = post(doubtful, doubtful.coordinator, "accept-check", check(doubtful)["key"], reason=REASON)
    assert answer.status_code == 403
    assert "Only an analyst or a reviewer assigned to Examplia 2024 may accept its checks." in answer.content.decode()
    assert not CheckAcceptance.objects.exists()


def test_who_may_not_see_the_assessment_learns_nothing(doubtful: Office) -> None:
    key = check(doubtful)["key"]
    for person in (doubtful.other_analyst, doubtful.reader, doubtful.editor):
        assert post(doubtful, person, "accept-check", key, reason=REASON).status_code == 404
        assert post(doubtful, person, "reopen-check", key).status_code == 404


def test_what_blocks_has_no_form(doubtful: Office) -> None:
    context = client_of(doubtful.analyst).get(at(doubtful, "checks")).context
    html = client_of(doubtful.analyst).get(at(doubtful, "checks")).content.decode()
    blocking = [item for item in context["checks"] if item.is_blocking]
    assert blocking
    assert not any(
        reverse("assessments:accept-check", args=[doubtful.assessment.public_id, item.key]) in html for item in blocking
    )


def test_a_reason_that_is_missing_is_asked_for_in_its_place(doubtful: Office) -> None:
    answer = post(doubtful, doubtful.analyst, "accept-check", check(doubtful)["key"], reason="  ")
    assert answer.status_code == 422
    assert "Reason: Give a reason; it stays on record." in answer.content.decode()
    assert not CheckAcceptance.objects.exists()


def test_what_changed_meanwhile_is_said(doubtful: Office) -> None:
    key = check(doubtful)["key"]
    other_check(doubtful)
    person = client_of(doubtful.analyst)
    html = person.post(at(doubtful, "accept-check", key), {"reason": REASON}, follow=True).content.decode()
    assert "it was settled, or what it says changed" in html


def test_a_lapsed_answer_is_shown_beside_the_open_check(doubtful: Office) -> None:
    accept(doubtful)
    other_record(doubtful)
    html = client_of(doubtful.analyst).get(at(doubtful, "checks")).content.decode()
    assert "Ann Analyst accepted this on" in html
    assert "What it is about has changed since, so it is open again." in html


def test_it_is_opened_again_from_the_page(doubtful: Office) -> None:
    key = accept(doubtful).key
    answer = post(doubtful, doubtful.reviewer, "reopen-check", key, back="review")
    assert answer["Location"] == at(doubtful, "review") + "#checks-title"
    assert check(doubtful)["accepted"] is None


def test_an_accepted_check_marks_no_sentence(doubtful: Office) -> None:
    def marked() -> int:
        return client_of(doubtful.analyst).get(at(doubtful, "draft")).content.decode().count("sentence-check")

    before = marked()
    for item in client_of(doubtful.analyst).get(at(doubtful, "checks")).context["checks"]:
        if not item.is_blocking:
            accept(doubtful, check_key=item.key)
    assert marked() < before


def test_the_same_number_of_queries_for_three_checks_as_for_one(
    doubtful: Office,
) -> None:
    person = client_of(doubtful.analyst)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert person.get(at(doubtful, "checks")).status_code == 200
        return len(queries)

    accept(doubtful)
    one = asked()
    for item in person.get(at(doubtful, "checks")).context["checks"]:
        if not item.is_blocking:
            accept(doubtful, check_key=item.key)
    doubtful.statistic(4, evidence=())
    assert asked() == one


def test_the_page_of_a_snapshot_says_so_to_its_people_only(doubtful: Office) -> None:
    ready(doubtful)
    accept(doubtful, by=doubtful.reviewer)
    doubtful.approve()
    doubtful.release()
    address = reverse("assessments:snapshot", args=[doubtful.revision.snapshots.get().public_id])
    seen = {
        name: REASON in client_of(getattr(doubtful, name)).get(address).content.decode()
        for name in ("analyst", "reviewer", "coordinator", "exporter", "reader")
    }
    assert seen == {"analyst": True, "reviewer": True, "coordinator": True, "exporter": False, "reader": False}
