"""A template uploaded, a text exported with it, a file that comes back, and its suggestion taken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments import actions
from tests.assessments.office import Office, make_office
from tests.assessments.test_house_templates import GOOD
from tests.assessments.wordedits import Edited
from tests.journeys.checks import assert_accessible, assert_fits, screenshot


@pytest.fixture
def office(transactional_db: None) -> Office:
    """An office with a figure and a sentence by hand."""
    made = make_office()
    made.statistic(3, evidence=(made.evidence(),))
    actions.add_sentence(
        revision_id=made.revision_id,
        section="prosecution",
        text="Observers saw little change.",
        judgement=True,
        by=made.analyst,
        at=made.clock(),
    )
    return made


def hold(page: Page, name: str) -> None:
    """Hold the page to access and width, and keep its picture."""
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    screenshot(page, name)
    page.set_viewport_size({"width": 320, "height": 768})
    assert_fits(page)
    page.set_viewport_size({"width": 1280, "height": 800})


def test_out_to_word_and_back(office: Office, page: Page, sign_in: Callable[[User], None], tmp_path: Path) -> None:
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    (tmp_path / "house.docx").write_bytes(GOOD)
    sign_in(office.coordinator)
    page.goto(reverse("assessments:templates"))
    page.fill("#id_name", "Report")
    page.set_input_files("#id_file", tmp_path / "house.docx")
    page.get_by_role("button", name="Check and keep").click()
    expect(page.get_by_text("Report, version 1 is kept.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("{{ frozen_on }}")
    hold(page, "word-templates")
    sign_in(office.analyst)
    page.goto(reverse("assessments:word", args=[made.public_id]))
    hold(page, "word-ways")
    page.select_option("#audience", "clearance")
    with page.expect_download() as download:
        page.get_by_role("button", name="Word file", exact=True).click()
    file = Edited(Path(download.value.path()).read_bytes())
    file.replace("little change", "no change")
    file.comment("Observers", "Who saw it?")
    (tmp_path / "back.docx").write_bytes(file.data)
    page.goto(reverse("assessments:returned-files", args=[office.assessment.public_id]))
    page.set_input_files("#id_file", tmp_path / "back.docx")
    page.get_by_role("button", name="Read the file").click()
    hold(page, "word-returned")
    page.get_by_role("button", name="Take over").click()
    page.goto(reverse("assessments:review", args=[office.assessment.public_id]))
    page.get_by_role("button", name="Take these words").first.click()
    page.wait_for_load_state("networkidle")
    assert office.revision.sentences.filter(text="Observers saw no change.").exists()
