"""The workbench by hand and by keys: from a sentence to its basis and on, and one question in one view."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments.enums import Part
from tests.assessments.office import Office, make_office, take_case
from tests.journeys.checks import DESKTOP, PHONE, assert_accessible, assert_fits


@pytest.fixture
def office(transactional_db: None) -> Office:
    """An office whose assessment is the demo's Moldova 2017, with two analysts."""
    made = take_case(make_office(), "2017-moldova")
    made.assign(made.other_analyst, Part.ANALYST)
    return made


def base(office: Office) -> str:
    return f"/assessments/{office.assessment.public_id}/"


def test_a_sentence_shows_its_basis_in_the_margin_and_leads_on_to_the_fact(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    page.goto(base(office) + "questions/I02/")
    sentence = page.locator("#bench-draft .sentence > a").filter(has_text="Prosecutors indicted")
    sentence.focus()
    page.keyboard.press("Enter")
    basis = page.get_by_role("region", name="Basis of the sentence")
    expect(basis).to_be_focused()
    expect(basis).to_contain_text("Facts")
    expect(basis).to_contain_text("credibility")
    expect(page.locator("#bench-draft .sentence.chosen")).to_have_count(1)
    assert page.url.endswith("questions/I02/")  # the question stays where it was
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(basis).to_have_count(0)
    expect(sentence).to_be_focused()
    page.keyboard.press("Enter")
    basis.get_by_role("link").filter(has_text="F1b").first.click()
    page.wait_for_url("**/facts/cases/*/")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert_fits(page)


def test_one_question_with_all_its_descriptors_and_the_draft_is_one_view(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    page.goto(base(office) + "questions/I02/")
    for inside in (".levels .rung >> nth=5", ".states .rung >> nth=-1", "#save", "#bench-draft .sentence >> nth=0"):
        box = page.locator(inside).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= DESKTOP[1], inside


def test_an_answer_marks_the_sentences_it_caused_and_what_waits_is_named(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    page.goto(base(office) + "groups/g7/")
    page.goto(base(office) + "questions/I02/")
    page.keyboard.press("4")
    expect(page.locator("#status")).to_contain_text("Saved ")
    expect(page.locator("#entry-notes")).to_contain_text("Your evidence supports at most level")
    waiting = page.locator("#bench-nav .waiting a").filter(has_text="I02")
    expect(waiting).to_be_visible()
    assert_accessible(page)


def test_facts_are_narrowed_and_put_in_order_without_a_script(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    page.goto(base(office) + "facts/?stage=conviction")
    expect(page.get_by_role("status").filter(has_text="facts shown")).to_be_visible()
    assert_accessible(page)
    for width in (320, 360, 768, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        assert_fits(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)


@pytest.mark.parametrize("path", ["groups/g6/", "groups/g6/unchanged/", "questions/I02/last-year/"])
def test_last_years_pages_are_open_to_everybody(
    page: Page, office: Office, sign_in: Callable[[User], None], path: str
) -> None:
    sign_in(office.analyst)
    page.goto(base(office) + path)
    assert_accessible(page)
    for width in (320, 360, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        assert_fits(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)


def test_a_sentence_is_written_by_hand_in_the_form_that_opens(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    page.goto(base(office) + "draft/")
    page.get_by_text("Write a sentence by hand").focus()
    page.keyboard.press("Enter")
    opened = page.locator("#new-sentence")
    text = opened.locator("[name=new-text]")
    expect(text).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert_fits(page)
    text.fill("Observers saw little change.")
    opened.get_by_label("My own judgement").check()
    opened.get_by_role("button", name="Add the sentence").click()
    expect(page.locator(".draft-section .sentence").filter(has_text="Observers saw little change.")).to_be_visible()
