"""Another wording and an accepted check, as an editor, an analyst and a reviewer meet them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments import actions
from assessments.enums import Part
from assessments.importers.interchange import File, import_files
from assessments.models import Assessment, DraftSentence
from tests.assessments.factories import CountryFactory
from tests.assessments.office import Office, make_office
from tests.assessments.wordings import second
from tests.journeys.checks import DESKTOP, Problems, assert_accessible, assert_fits, keep, screenshot

FILE = Path(settings.BASE_DIR) / "fixtures" / "demo" / "2017-moldova.json"
REASON = "The court counts appeals as well."


@pytest.fixture
def office(transactional_db: None) -> Office:
    """An office with the demo's Moldova 2017 and one edited sentence, and with its own small assessment."""
    made = make_office()
    made.statistic(3, evidence=(made.evidence(),))
    CountryFactory(iso3="MDA", iso2="MD", name="Moldova")
    (revision,) = import_files(files=[File(FILE.name, FILE.read_bytes())], by=None, at=made.clock(), trusted=True)
    made.assessment = Assessment.objects.get(pk=revision.assessment_id)
    made.assign(made.analyst, Part.ANALYST)
    made.assign(made.reviewer, Part.REVIEWER)
    row = DraftSentence.objects.filter(revision=revision, generated_text__contains=" reported ").in_order()[0]
    actions.edit_sentence(
        sentence_id=row.public_id,
        text="Courts convicted 99 officials.",
        version=row.version,
        by=made.analyst,
        at=made.clock(),
    )
    return made


def hold(page: Page, name: str) -> None:
    """Hold the page, as it is now, to access and width in every look, and keep its pictures."""
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    screenshot(page, name)
    for width in (320, 768, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        assert_fits(page)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    keep(page, f"{name}-dark")
    page.emulate_media(color_scheme="light")


def test_an_editor_previews_and_applies_another_wording(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    wording = second()
    sign_in(office.editor)
    page.goto("/")
    page.get_by_role("link", name="House style").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("House style")
    hold(page, "house-style")

    page.get_by_role("link", name="Preview us-narrative-wording 2026.2").click()
    expect(page.get_by_role("heading", name="Examplia 2024")).to_be_visible()
    expect(page.locator(".redline ins").first).to_have_text("stated")
    expect(page.get_by_text("Stays in the text: Courts convicted 99 officials.")).to_be_visible()
    hold(page, "house-style-preview")

    problems.allow("422")
    page.get_by_role("button", name="Apply to two assessments").click()
    expect(page.get_by_role("alert")).to_contain_text("Say that you have read what changes.")
    assert_accessible(page)
    page.get_by_label("I have read what changes").check()
    page.get_by_role("button", name="Apply to two assessments").click()
    expect(page.locator("#messages")).to_contain_text(f"{wording} words two assessments now; 1 changed.")
    assert office.revision.wording == wording


def test_a_check_is_accepted_with_a_reason_and_opened_again(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    sign_in(office.reviewer)
    address = f"/assessments/{office.assessment.public_id}/review/"
    page.goto(address)
    check = page.locator(".check-list > li").filter(has_text="Courts convicted 99 officials").first
    check.get_by_text("Accept with a reason").click()
    expect(check.get_by_label("Why it may stand")).to_be_visible()
    hold(page, "check-to-accept")
    problems.allow("422")
    check.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Reason: Give a reason; it stays on record.")).to_be_visible()
    assert_accessible(page)

    page.goto(address)
    check.get_by_text("Accept with a reason").click()
    check.get_by_label("Why it may stand").fill(REASON)
    check.get_by_role("button", name="Accept").click()
    expect(page.locator("#messages")).to_contain_text("Accepted; the reason is on record.")
    expect(page.get_by_text(f"because: {REASON}")).to_be_visible()

    sign_in(office.analyst)
    page.goto(f"/assessments/{office.assessment.public_id}/checks/")
    expect(page.get_by_text("By Rita Reviewer on")).to_be_visible()
    hold(page, "check-accepted")
    page.get_by_role("button", name="Open it again").click()
    expect(page.locator("#messages")).to_contain_text("The check is open again.")
    expect(page.get_by_text(f"because: {REASON}")).to_have_count(0)
