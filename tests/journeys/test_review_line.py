"""A text under review in a real browser: two steps, a remark, proposed words, changes, release, correction."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments import actions
from assessments.enums import Circle, RevisionState
from tests.assessments.office import Office, make_office
from tests.journeys.checks import assert_accessible, assert_fits, screenshot

OWN = "Courts convicted three officials for complicity in trafficking."


@pytest.fixture
def office(transactional_db: None) -> Office:
    """An assessment that can be submitted."""
    made = make_office()
    made.statistic(3, evidence=(made.evidence(),))
    made.answer_all()
    return made


def hold(page: Page, name: str) -> None:
    """Hold the page to the rules of every page, and keep its picture."""
    assert_accessible(page)
    screenshot(page, name)
    page.set_viewport_size({"width": 320, "height": 768})
    assert_fits(page)
    page.set_viewport_size({"width": 1366, "height": 768})


def confirm(page: Page, name: str, *, reason: str = "", told: str = "") -> None:
    """Go through the page that asks first."""
    page.get_by_role("link", name=name).first.click()
    if told:
        expect(page.locator("#told")).to_have_text(told)
    if reason:
        page.get_by_label("Reason").fill(reason)
    page.locator("#bench-main button.btn-primary").click()


def test_a_text_is_reviewed_released_and_corrected(page: Page, office: Office, sign_in: Callable[[User], None]) -> None:
    base = f"/assessments/{office.assessment.public_id}/"
    review = base + "review/"

    sign_in(office.coordinator)
    page.goto("/periods/2024/")
    hold(page, "period")
    page.get_by_text("Another step").click()
    page.locator("#id_step-2-title").fill("Bureau")
    page.locator("#id_step-2-approves").select_option(Circle.COORDINATORS.value)
    page.get_by_role("button", name="Save the period").click()
    expect(page.get_by_text("Reporting period 2024", exact=False).first).to_be_visible()

    sign_in(office.analyst)
    page.goto(review)
    page.get_by_role("link", name="Submit for review").click()
    expect(page.locator("#told")).to_have_text("Rita Reviewer will be told.")
    hold(page, "confirm-submit")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Submitted for review.").first).to_be_visible()

    sign_in(office.reviewer)
    page.goto("/notices/")
    expect(page.get_by_text("submitted for review by Ann Analyst")).to_be_visible()
    hold(page, "notices")
    row = office.revision.sentences.get()
    page.goto(f"{review}?sentence={row.public_id}")
    page.get_by_label("On these words").fill("three officials")
    page.locator('#basis textarea[name="text"]').fill("Which court?")
    page.locator("#basis").get_by_role("button", name="Add the remark").click()
    expect(page.get_by_text("Remark added.")).to_be_visible()
    page.get_by_text("Propose other words").click()
    page.get_by_label("Proposed words").fill(OWN)
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("It changes nothing until somebody takes it.")).to_be_visible()
    hold(page, "review-proposed")
    confirm(page, "Request changes", reason="Please look at the words.", told="Ann Analyst will be told.")
    expect(page.get_by_text("Changes requested.").first).to_be_visible()

    sign_in(office.analyst)
    page.goto(f"{base}draft/?sentence={row.public_id}")
    page.get_by_role("button", name="Take these words").first.click()
    expect(page.get_by_text("The words are yours now.")).to_be_visible()
    page.goto(review)
    confirm(page, "Submit for review")

    sign_in(office.reviewer)
    page.goto(f"{review}?sentence={row.public_id}")
    expect(page.locator("#basis")).to_contain_text("this step is approved. Cora Coordinator will be told.")
    hold(page, "review-one-sentence")
    page.get_by_role("button", name="Approve this sentence").click()  # there is no other: it ends the step
    expect(page.get_by_text("Approved as it reads here by Rita Reviewer")).to_be_visible()
    expect(page.get_by_text("Examplia: Review approved.")).to_be_visible()
    hold(page, "review-first-step")
    assert office.revision.state == RevisionState.SUBMITTED

    sign_in(office.coordinator)
    page.goto(review)
    confirm(page, "Approve: Bureau")
    expect(page.get_by_text("Examplia: Bureau approved.")).to_be_visible()
    hold(page, "review-approved")
    confirm(page, "Release to readers")
    expect(page.get_by_text("is released.")).to_be_visible()
    page.goto(base + "log/?act=approve")
    hold(page, "log-narrowed")

    correct_it(page, office, sign_in)


def correct_it(page: Page, office: Office, sign_in: Callable[[User], None]) -> None:
    """Open a correction by mistake and take it back; then correct the text, all the way to its readers."""
    base = f"/assessments/{office.assessment.public_id}/"
    review = base + "review/"
    sign_in(office.analyst)
    page.goto(review)
    confirm(page, "Correct what was released", reason="One word.", told="Nobody is sent a notice of it.")
    expect(page.get_by_text("A correction is open.")).to_be_visible()
    confirm(page, "Take the correction back", reason="By mistake.", told="Rita Reviewer will be told.")
    expect(page.get_by_text("The correction is taken back")).to_be_visible()
    confirm(page, "Correct what was released", reason="Two courts did it, not one.")
    new = office.revision
    actions.edit_sentence(
        sentence_id=new.sentences.get().public_id,
        text=OWN.replace("Courts", "Two courts"),
        version=new.sentences.get().version,
        by=office.analyst,
        at=office.clock(),
    )
    page.goto(review)
    confirm(page, "Submit for review")
    assert (new.number, office.revision.state) == (3, RevisionState.SUBMITTED)
    for person, step in ((office.reviewer, "Review"), (office.coordinator, "Bureau")):
        sign_in(person)
        page.goto(review)
        confirm(page, f"Approve: {step}")
        expect(page.get_by_text(f"Examplia: {step} approved.")).to_be_visible()
    confirm(page, "Release to readers")
    expect(page.get_by_text("is released.")).to_be_visible()
    page.goto("/log/?about=assessment")
    expect(page.locator("tbody")).to_contain_text("took back the correction")
    hold(page, "log-of-the-office")

    sign_in(office.reader)
    page.goto(f"/snapshots/{office.revision.snapshots.get().public_id}/")
    expect(page.locator("#erratum")).to_contain_text("Two courts did it, not one.")
    hold(page, "released-correction")
    page.get_by_role("link", name="The text it replaced").click()
    expect(page.get_by_text("A correction has replaced this text")).to_be_visible()
