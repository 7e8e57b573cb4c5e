"""Nothing typed is lost: two people in one answer, an ended session, a lost connection, a page left too early."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from assessments import actions
from assessments.core.types import Rating
from assessments.core.values import Confidence, RatingState
from assessments.enums import Part
from assessments.models import Event, RatingRecord
from tests.assessments.office import Office, make_office, take_case
from tests.journeys.checks import Problems, assert_accessible, assert_fits, assert_ids_are_single

PASSWORD = "four plain words here"


@pytest.fixture
def office(transactional_db: None) -> Office:
    """An office whose assessment is the demo's Moldova 2017, with two analysts."""
    made = take_case(make_office(), "2017-moldova")
    made.assign(made.other_analyst, Part.ANALYST)
    return made


def question(office: Office) -> str:
    return f"/assessments/{office.assessment.public_id}/questions/I02/"


def stored(office: Office) -> RatingRecord:
    return office.revision.ratings.effective().get(indicator__code="I02")


def test_two_people_in_one_answer_see_both_texts_and_join_them(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    problems.allow("409")
    sign_in(office.analyst)
    page.goto(question(office))
    row = stored(office)
    theirs = Rating(
        indicator="officials-prosecuted",
        state=RatingState.RATED,
        level=2,
        confidence=Confidence.MODERATE,
        rationale="Otto saw the court register.",
    )
    actions.save_rating(
        revision_id=office.revision_id, rating=theirs, version=row.version, by=office.other_analyst, at=office.clock()
    )
    page.get_by_label("Why this level").fill("Ann read the press.")
    panel = page.locator("#conflict .alert")
    expect(panel).to_contain_text("Otto saw the court register.")
    expect(panel).to_contain_text("Ann read the press.")
    expect(panel).to_contain_text(office.other_analyst.name)
    assert page.get_by_label("Why this level").input_value() == "Ann read the press."
    assert_accessible(page)
    panel.get_by_role("button", name=re.compile("Join both.*Why this level")).click()
    panel.get_by_role("button", name="Save what I chose").click()
    expect(page.locator("#status")).to_contain_text("Saved")
    expect(panel).to_have_count(0)
    assert stored(office).rationale == "Otto saw the court register.\n\nAnn read the press."
    assert Event.objects.filter(action="keep_refused", target="ratings/officials-prosecuted").count() == 1


def test_an_answer_is_saved_while_one_types_and_by_keys_alone(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    page.goto(question(office))
    page.keyboard.press("3")
    expect(page.locator("#status")).to_contain_text("Saved")
    page.keyboard.press("w")
    page.keyboard.type("3 cases, n of them old / pending?")
    expect(page.locator("#status")).to_contain_text("Not saved yet")
    expect(page.locator("#status")).to_contain_text("Saved ")
    expect(page.get_by_label("Why this level")).to_be_focused()
    row = stored(office)
    assert row.level == 3
    assert row.rationale.endswith("3 cases, n of them old / pending?")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.get_by_label("Confidence")).to_be_focused()
    page.keyboard.type("high")
    page.keyboard.press("Escape")
    expect(page.locator("#status")).to_contain_text("Saved ")
    assert stored(office).confidence == "high"
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("I05")
    expect(page.locator("#jump-dialog [role=status]")).to_contain_text("1 place")
    assert_accessible(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/I05/")


def test_a_session_that_ends_while_typing_is_renewed_in_place(page: Page, office: Office) -> None:
    page.goto("/")
    sign_in_by_form(page, office.analyst)
    page.goto(question(office))
    Session.objects.all().delete()
    page.get_by_label("Why this level").fill("Typed after the session ended.")
    box = page.get_by_role("dialog", name="Sign in again")
    expect(box.get_by_label("Password")).to_be_visible()
    assert_accessible(page)
    assert_ids_are_single(page)
    sign_in_by_form(box, office.analyst)
    expect(box).to_have_count(0)
    expect(page.locator("#status")).to_contain_text("Saved ")
    assert stored(office).rationale == "Typed after the session ended."
    # A click that asks for a piece of the page never puts the sign-in page there.
    Session.objects.all().delete()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(box).to_be_visible()
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("#jump-dialog li")).to_have_count(0)
    sign_in_by_form(box, office.analyst)
    expect(box).to_be_hidden()


def sign_in_by_form(place: object, person: User) -> None:
    place.get_by_label("E-mail", exact=False).fill(person.email)
    place.get_by_label("Password").fill(PASSWORD)
    place.get_by_role("button", name="Sign in", exact=True).click()


def test_a_lost_connection_loses_nothing(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    problems.allow("ERR_INTERNET_DISCONNECTED")
    problems.allow("htmx:")  # it names its own events for the request that could not be sent
    sign_in(office.analyst)
    page.goto(question(office))
    page.context.set_offline(True)
    page.get_by_label("Why this level").fill("Typed without a connection.")
    expect(page.locator("#status")).to_contain_text("you are offline")
    page.context.set_offline(False)
    expect(page.locator("#status")).to_contain_text("Saved ")
    assert stored(office).rationale == "Typed without a connection."

    new = f"/assessments/{office.assessment.public_id}/facts/statistics/new/"
    page.goto(new)
    page.locator("[name=scope]").fill("over the border case")
    expect(page.locator("#status")).to_contain_text("kept in this browser")
    page.goto("/")
    page.goto(new)
    kept = page.locator("#kept .alert")
    expect(kept).to_contain_text("over the border case")
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert_fits(page)
    kept.get_by_role("button", name="Put it back").click()
    assert page.locator("[name=scope]").input_value() == "over the border case"


def test_a_fact_is_saved_while_one_types_and_its_sentence_follows(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    page.goto(f"/assessments/{office.assessment.public_id}/facts/statements/T1/")
    page.locator("details").evaluate_all("found => found.forEach(each => { each.open = true })")
    scope = page.locator("[name=scope]")
    with page.expect_response(lambda answer: "/refresh/" in answer.url) as drawn:
        scope.fill("in the northern districts")
    assert drawn.value.status == 200
    expect(page.locator("#status")).to_contain_text("Saved ")
    expect(page.locator("#bench-draft .sentence.changed").first).to_contain_text("in the northern districts")
    assert scope.input_value() == "in the northern districts"
    scope.fill("in the southern districts")  # a second save goes on from the version of the first
    expect(page.locator("#bench-draft")).to_contain_text("in the southern districts")
    row = office.revision.statements.get(ref="T1")
    assert (row.scope, office.revision.undrawn) == ("in the southern districts", "")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#status")).to_contain_text("Saved ")


def test_how_far_the_evidence_carries_follows_a_click_before_anything_is_saved(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    page.goto(question(office))
    page.route("**/questions/**", lambda route: None if route.request.method == "POST" else route.continue_())
    ticked = page.locator("[name=evidence]:checked")
    for _ in range(ticked.count()):
        ticked.first.click()
    expect(page.locator("#ceiling")).to_contain_text("Your evidence supports no level yet")
    assert stored(office).version == 1


def test_a_server_that_fails_is_said_and_asked_again_by_itself(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    problems.allow("500")
    problems.allow("htmx:")
    sign_in(office.analyst)
    page.goto(question(office))
    fails = [True]

    def answer(route: Route) -> None:
        if route.request.method == "POST" and fails[0]:
            route.fulfill(status=500, body="<h1>Something failed</h1>", content_type="text/html")
        else:
            route.continue_()

    page.route("**/questions/I02/", answer)
    before = stored(office).rationale
    page.get_by_label("Why this level").fill("Typed while the server failed.")
    status = page.locator("#status")
    expect(status).to_contain_text("the server answered 500")
    expect(status).to_contain_text("kept in this browser")
    assert "Saved" not in status.inner_text()
    assert stored(office).rationale == before
    assert_accessible(page)
    fails[0] = False
    expect(status).to_contain_text("Saved ")
    assert page.get_by_label("Why this level").input_value() == "Typed while the server failed."
    assert stored(office).rationale == "Typed while the server failed."


def test_two_tabs_of_one_person_lose_nothing_and_the_draft_follows(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    problems.allow("409")
    sign_in(office.analyst)
    page.goto(question(office))
    other = page.context.new_page()
    other.goto(question(office))
    page.get_by_label("Why this level").fill("Typed in the first tab.")
    expect(page.locator("#status")).to_contain_text("Saved ")
    other.get_by_label("Why this level").fill("Typed in the second tab.")
    panel = other.locator("#conflict .alert")
    expect(panel).to_contain_text("Typed in the first tab.")
    expect(panel).to_contain_text("Typed in the second tab.")
    assert other.get_by_label("Why this level").input_value() == "Typed in the second tab."
    panel.get_by_role("button", name="Save what I chose").click()
    expect(other.locator("#status")).to_contain_text("Saved")
    assert stored(office).rationale == "Typed in the second tab."
    assert Event.objects.filter(action="save_rating").count() == 2
    assert Event.objects.filter(action="keep_refused").count() == 1


def test_people_see_who_else_is_in_the_question(page: Page, office: Office, sign_in: Callable[[User], None]) -> None:
    actions.be_here(
        assessment_id=office.assessment.public_id, place="questions/I02", by=office.other_analyst, at=timezone.now()
    )
    sign_in(office.analyst)
    page.goto(question(office))
    expect(page.locator("#presence")).to_contain_text("Otto Analyst (on this page)")
    assert_accessible(page)
    page.goto(f"/assessments/{office.assessment.public_id}/draft/")
    expect(page.locator("#presence")).to_contain_text("Otto Analyst (question I02)")
