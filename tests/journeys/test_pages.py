"""Every page at rest: WCAG 2.2 AA, no sideways scrolling from 320 px on, in light and dark, on paper."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments.enums import Part
from assessments.importers.interchange import File, import_files
from assessments.models import Assessment, ReportingPeriod, Revision
from tests.assessments.factories import CountryFactory
from tests.assessments.office import Office, make_office
from tests.journeys.checks import (
    DESKTOP,
    Problems,
    assert_accessible,
    assert_fits,
    keep,
    screenshot,
)

FILE = Path(settings.BASE_DIR) / "fixtures" / "demo" / "2017-moldova.json"


@pytest.fixture
def office(transactional_db: None) -> Office:
    """An office whose assessment is the demo's Moldova 2017, read from its file."""
    made = make_office()
    CountryFactory(iso3="MDA", iso2="MD", name="Moldova")
    (revision,) = import_files(files=[File(FILE.name, FILE.read_bytes())], by=None, at=made.clock(), trusted=True)
    made.assessment = Assessment.objects.get(pk=revision.assessment_id)
    made.assign(made.analyst, Part.ANALYST)
    made.assign(made.reviewer, Part.REVIEWER)
    return made


def inside(revision: Revision) -> dict[str, str]:
    base = f"/assessments/{revision.assessment.public_id}/"
    sentence = revision.sentences.in_order()[2].public_id
    return {
        "decision": base + "decision/",
        "evidence": base + "evidence/",
        "evidence-item": base + "evidence/V1/",
        "evidence-new": base + "evidence/new/",
        "source": base + "sources/S1/",
        "facts": base + "facts/",
        "fact-statistic": base + "facts/statistics/F1/",
        "fact-case": base + "facts/cases/C3/",
        "fact-allegation-new": base + "facts/allegations/new/",
        "fact-statement": base + "facts/statements/T1/",
        "group": base + "groups/g1/",
        "question": base + "questions/I02/",
        "question-part": base + "questions/I12/agriculture/",
        "determinations": base + "determinations/",
        "checks": base + "checks/",
        "log": base + "log/",
        "draft": f"{base}draft/?sentence={sentence}",
        "review": f"{base}review/?sentence={sentence}",
    }


TABLES = """() => [...document.querySelectorAll("main table")]
  .filter((table) => !table.closest(".no-print, details") && table.checkVisibility()).length"""
"""How many tables can be read; a fold is opened on paper, and what is only to be clicked is left out."""


def hold(page: Page, name: str, address: str) -> None:
    """Open one page, hold it to everything, and keep its pictures."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    hold_shown(page, name)


def hold_shown(page: Page, name: str) -> None:
    """Hold the page as it is now to everything, and keep its pictures."""
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    screenshot(page, name)
    for width in (320, 768, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        assert_fits(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    keep(page, f"{name}-dark")
    on_screen = page.evaluate(TABLES)
    page.emulate_media(color_scheme="light", media="print")
    assert page.evaluate(TABLES) == on_screen, "what stands in tables must be on paper too"
    keep(page, f"{name}-print")
    page.emulate_media(media="screen")


def test_the_pages_of_an_analyst(page: Page, office: Office, sign_in: Callable[[User], None]) -> None:
    sign_in(office.analyst)
    for name, address in {"home-analyst": "/", "list": "/assessments/", "sources": "/sources/"}.items():
        hold(page, name, address)
    for name, address in inside(office.revision).items():
        hold(page, name, address)


def test_the_pages_of_the_others(page: Page, office: Office, sign_in: Callable[[User], None]) -> None:
    office.submit()
    sign_in(office.reviewer)
    hold(page, "home-reviewer", "/")
    hold(page, "review-reviewer", f"/assessments/{office.assessment.public_id}/review/")
    office.approve()
    sign_in(office.coordinator)
    for name, address in {
        "home-coordinator": "/",
        "open-period": "/periods/open/",
        "open-assessment": "/assessments/open/",
        "people": f"/assessments/{office.assessment.public_id}/people/",
        "review-coordinator": f"/assessments/{office.assessment.public_id}/review/",
    }.items():
        hold(page, name, address)
    sign_in(office.exporter)
    hold(page, "home-exporter", "/")
    hold(page, "report", "/report/")
    office.release()
    sign_in(office.reader)
    hold(page, "home-reader", "/")
    hold(page, "snapshot", f"/snapshots/{office.revision.snapshots.first().public_id}/")


def test_a_form_in_error_is_accessible_and_keeps_what_was_typed(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    problems.allow("422")
    sign_in(office.analyst)
    page.goto(f"/assessments/{office.assessment.public_id}/facts/statistics/new/")
    page.locator("[name=stage]").select_option("conviction")
    page.get_by_label("Kind of number").first.select_option("reported-zero")
    page.get_by_label("Number", exact=True).first.fill("4")
    page.get_by_label("Limited to").fill("over the border case")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#errors")).to_contain_text("takes no number")
    assert page.get_by_label("Limited to").input_value() == "over the border case"
    assert_accessible(page)


def test_a_question_fits_its_screen_with_the_draft_and_answers_by_keyboard(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"/assessments/{office.assessment.public_id}/questions/I02/")
    scale = page.locator(".levels")
    box = scale.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 768
    expect(page.locator("#bench-draft .sentence").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    page.locator('[name="answer"]').first.focus()
    page.keyboard.press("3")
    expect(page.locator('[name="answer"][value="3"]')).to_be_checked()
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.locator("#status")).to_contain_text("Saved")
    row = office.revision.ratings.get(indicator__code="I02")
    assert (row.level, row.rated_by) == (3, office.analyst)


def test_the_second_of_two_tabs_sees_both_texts(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    problems.allow("409")
    sign_in(office.analyst)
    address = f"/assessments/{office.assessment.public_id}/facts/statements/T1/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for tab, words in ((other, "in some regions"), (page, "in all regions")):
        tab.locator("details").evaluate_all("found => found.forEach(each => { each.open = true })")
        tab.locator("[name=scope]").fill(words)
        tab.get_by_role("button", name="Save", exact=True).click()
        expect(tab.locator("#status, .alert").first).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("in some regions")
    expect(page.get_by_role("alert")).to_contain_text("in all regions")
    assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#status")).to_contain_text("Saved")


def test_a_period_is_opened_by_hand_and_a_second_assessment_is_refused_at_its_field(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    problems.allow("422")
    sign_in(office.coordinator)
    page.goto("/periods/open/")
    page.get_by_label("Report year").fill("2027")
    page.get_by_label("Opens on").fill("2026-10-01")
    page.get_by_label("Due on").fill("2027-06-01")
    page.get_by_role("button", name="Open the period").click()
    page.get_by_label("Country").select_option("MDA")
    page.get_by_label("Reporting period").select_option("2017")
    page.get_by_role("button", name="Open the assessment").click()
    expect(page.locator("#div_id_iso3")).to_contain_text("already has an assessment for")
    assert ReportingPeriod.objects.get(report_year=2027).due_on == dt.date(2027, 6, 1)
