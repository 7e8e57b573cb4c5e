"""Reading what is measured and what is on file: on a desk, on a phone, in the dark, on paper, with the keyboard."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from frameworks import loader, reference_data
from frameworks.models import FrameworkVersion
from tests.frameworks.conftest import FOLDER, REFERENCE
from tests.journeys.checks import DESKTOP, PHONE, assert_accessible, assert_fits, keep, screenshot


@pytest.fixture
def version(transactional_db: None, sign_in: Callable[[User], None]) -> FrameworkVersion:
    """The framework and the reference data that come with the program, and somebody signed in to read them."""
    reference_data.store(reference_data.read(REFERENCE))
    sign_in(User.objects.create_user("rita@example.org", name="Rita Reader"))
    return loader.store(loader.read(FOLDER), by=None, at=timezone.now())


def addresses(version: FrameworkVersion) -> dict[str, str]:
    base = f"/framework/{version.public_id}/"
    return {
        "framework": "/framework/",
        "indicator": f"{base}indicators/pof-forced-labor/",
        "law": f"{base}law/",
        "provisions": f"{base}provisions/",
        "recommendations": f"{base}recommendations/",
        "registry": f"{base}registry/",
        "seed": f"{base}seed/",
        "method": "/method/",
        "countries": "/countries/",
        "country": "/countries/AFG/",
        "country-special": "/countries/SOM/",
    }


def test_every_page_is_reachable_by_everybody_at_every_size(page: Page, version: FrameworkVersion) -> None:
    for name, url in addresses(version).items():
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        page.goto(url)
        assert_accessible(page)
        assert_fits(page)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert_fits(page)
        assert_accessible(page)
        screenshot(page, f"reference-{name}")


def test_the_dark_is_as_readable(page: Page, version: FrameworkVersion) -> None:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    for name in ("indicator", "recommendations", "method", "country"):
        page.goto(addresses(version)[name])
        assert_accessible(page)
        keep(page, f"reference-{name}-dark")


def test_the_method_prints_as_a_handbook(page: Page, version: FrameworkVersion) -> None:
    page.set_viewport_size({"width": 624, "height": 864})  # a letter page within its margins
    page.emulate_media(media="print")
    for name in ("method", "country", "indicator"):
        page.goto(addresses(version)[name])
        assert_fits(page)
        expect(page.get_by_role("navigation")).to_have_count(0)
        expect(page.get_by_text("in force from January 1, 2026").first).to_be_visible()
        expect(page.locator("h1 + p").first).to_be_visible()
        assert page.locator("table.stack tr").first.evaluate("row => getComputedStyle(row).display") == "table-row"
        keep(page, f"reference-{name}-print")


def test_a_reader_goes_from_indicator_to_recommendation_to_seed(page: Page, version: FrameworkVersion) -> None:
    page.goto("/framework/")
    page.get_by_role("link", name="Senior officials reached").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Senior officials reached")
    page.get_by_role("link", name="R1", exact=True).click()
    expect(page).to_have_url(re.compile(r"/recommendations/#r1$"))
    expect(page.locator("#r1")).to_be_in_viewport()
    page.locator("#r1").get_by_role("link", name="S166").click()
    expect(page.locator("#s166")).to_be_in_viewport()


def test_the_picture_of_tiers_is_read_with_the_keyboard(page: Page, version: FrameworkVersion) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/countries/")
    page.get_by_role("link", name="Nigeria").click()
    picture = page.get_by_role("region", name="Picture of tiers by year")
    picture.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    expect(picture).to_be_focused()
    expect(page.get_by_role("img", name="Tiers of Nigeria by report year")).to_be_visible()
    expect(page.get_by_role("table", name="Tiers in past reports, newest first")).to_be_visible()
