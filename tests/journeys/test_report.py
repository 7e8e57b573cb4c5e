"""The whole report in a browser: built of what is ready, watched, cancelled, tried again, fetched; and one token."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments import jobs
from assessments.core.typography import folded
from assessments.models import Job
from tests.assessments.office import Office, make_office
from tests.assessments.reports import three
from tests.journeys.test_house_style import hold

PASSWORD = "four plain words here"


@pytest.fixture
def office(transactional_db: None, settings: Any, tmp_path: Path) -> Office:
    """An office with two approved countries and one in progress."""
    settings.VAR = tmp_path
    made = make_office()
    three(made)
    return made


def test_the_whole_report_is_built_watched_cancelled_tried_again_and_fetched(
    page: Page, office: Office, sign_in: Callable[[User], None], tmp_path: Path
) -> None:
    sign_in(office.exporter)
    page.goto("/report/")
    expect(page.get_by_text("two countries ready, 0 changed since exported, 1 missing")).to_be_visible()
    hold(page, "report")
    page.get_by_label("Format").select_option("docx")
    page.get_by_role("button", name="Build what is ready").click()
    expect(page.get_by_text("0 of 2 countries written")).to_be_visible()
    expect(page.get_by_text("Ruritania 2024: in progress")).to_be_visible()
    hold(page, "report-job")

    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="Cancelled")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Waits for its turn")).to_be_visible()
    job = Job.objects.get()
    jobs.work_on(job.public_id, clock=timezone.now)
    expect(page.get_by_role("heading", name="Done")).to_be_visible()  # the page asked again by itself
    hold(page, "report-done")
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download").click()
    file = tmp_path / caught.value.suggested_filename
    caught.value.save_as(file)
    told = [folded(paragraph.text) for paragraph in docx.Document(str(file)).paragraphs]
    assert "Examplia, report year 2024 (April 1, 2023 to March 31, 2024)" in told
    assert "Freedonia, report year 2024 (April 1, 2023 to March 31, 2024)" in told

    page.goto("/report/")
    expect(page.get_by_text("docx, public,").first).to_be_visible()
    page.get_by_role("link", name="Examplia", exact=True).click()
    page.locator(".to-basis").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("what stands behind one sentence")
    hold(page, "annex-sentence")
    page.goto("/account/tokens/")
    page.get_by_label("What it is for").fill("R script")
    page.get_by_role("button", name="Make the token").click()
    page.get_by_label("Password", exact=False).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_label("What it is for")).to_have_value("R script")
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_text("It is shown this once")).to_be_visible()
    hold(page, "tokens")
