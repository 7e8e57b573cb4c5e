"""First screens as the guide shows them: an office at work, with texts in every state."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments.management.commands.load_demo import DEFAULT_PATH
from tests.journeys.checks import assert_accessible, screenshot

YEAR = 2021  # five files: two are released, one is with its reviewer, one with its analyst, one was sent back

SCREENS: tuple[tuple[str, str, str, str], ...] = (
    ("work-analyst", "analyst1@example.org", "/", "My countries"),
    ("assessments", "analyst1@example.org", f"/assessments/?year={YEAR}", "Assessments"),
    ("work-reviewer", "reviewer1@example.org", "/", "Waits for my review"),
    ("work-coordinator", "coordinator@example.org", f"/?year={YEAR}", "Progress"),
    ("desk", "coordinator@example.org", f"/periods/{YEAR}/desk/", "The period at a glance"),
    ("whole-report", "exporter@example.org", f"/report/?year={YEAR}", f"The report, {YEAR}"),
    ("work-reader", "reader@example.org", "/", "The report"),
)


def test_the_first_screens_of_an_office_at_work(
    page: Page,
    transactional_db: None,
    sign_in: Callable[[User], None],
    settings: LazySettings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DEMO = True
    call_command("load_framework")
    for path in DEFAULT_PATH.glob(f"{YEAR}-*.json"):
        shutil.copy(path, tmp_path)
    call_command("load_reference")
    call_command("load_demo", tmp_path)
    assert "5 of them new" in capsys.readouterr().out
    for name, email, address, heading in SCREENS:
        page.context.clear_cookies()
        sign_in(User.objects.get(email=email))
        page.goto(address)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        assert_accessible(page)
        screenshot(page, name)
