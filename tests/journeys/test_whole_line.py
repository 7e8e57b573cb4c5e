"""The whole line in a real browser: from facts typed by hand to an approved text taken away."""

import datetime as dt
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from assessments import actions, content, facts
from assessments.core import engine
from assessments.enums import Part, RevisionState
from assessments.models import Assessment, CaseRecord, Evidence, RatingRecord
from tests.assessments.factories import CountryFactory
from tests.assessments.office import Office, make_office
from tests.journeys.checks import Problems, assert_accessible
from tests.journeys.forms import enter, save

MOLDOVA: dict[str, Any] = json.loads((Path(settings.BASE_DIR) / "fixtures" / "demo" / "2017-moldova.json").read_text())


@pytest.fixture
def office(transactional_db: None) -> Office:
    """A small office; its assessment is Moldova 2017, with nothing recorded yet."""
    made = make_office()
    CountryFactory(iso3="MDA", iso2="MD", name="Moldova")
    dates = {"opened_on": dt.date(2016, 10, 1), "due_on": dt.date(2017, 6, 1)}
    actions.open_period(report_year=2017, **dates, by=made.coordinator, at=made.clock())
    made.assessment = actions.open_assessment(iso3="MDA", report_year=2017, by=made.coordinator, at=made.clock())
    made.assign(made.analyst, Part.ANALYST)
    made.assign(made.reviewer, Part.REVIEWER)
    return made


def sign_in_by_form(page: Page, person: User) -> None:
    page.goto("/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill("four plain words here")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text(person.name)).to_be_visible()


def draft_of(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("#bench-draft .sentence > a").all_inner_texts()]


def test_a_country_goes_from_typed_facts_to_an_approved_file(
    page: Page, office: Office, sign_in: Callable[[User], None], tmp_path: Path, problems: Problems
) -> None:
    problems.allow("422")  # a row half typed is not saved by itself, and the page says so
    sign_in_by_form(page, office.analyst)
    base = f"/assessments/{office.assessment.public_id}/"
    page.get_by_role("link", name="Continue at the first fact").first.click()
    for source in MOLDOVA["sources"]:
        page.goto(base + "sources/new/")
        type_source(page, source)
    for item in MOLDOVA["evidence"]:
        enter(page, base + "evidence/new/", own_refs(item))
    for sheet in ("statistics", "cases", "allegations", "statements", "search_notes"):
        for record in MOLDOVA.get(sheet, ()):
            before = draft_of(page)
            enter(page, f"{base}facts/{sheet}/new/", own_refs(record))
            assert sheet == "search_notes" or draft_of(page) != before, record
    enter(page, base + "decision/", MOLDOVA["decision"])
    answer_by_hand(page, base)
    by_hand = draft_of(page)
    assert by_hand == drafted(office)
    assert page.locator("#bench-draft .recommendations li").count() >= 1

    page.goto(base + "review/")
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("status").get_by_text("Submitted for review.")).to_be_visible()
    assert page.get_by_role("link", name="Approve: Review").count() == 0
    expect(page.get_by_text("Only a reviewer assigned to it may approve")).to_be_visible()

    sign_in(office.reader)
    page.goto("/")
    expect(page.get_by_text("Nothing is released yet.")).to_be_visible()

    sign_in(office.reviewer)
    page.goto("/")
    page.get_by_role("link", name="Review Moldova").click()
    page.locator(".sentence > a").nth(2).click()
    expect(page.locator("#basis")).to_contain_text("Evidence")
    page.get_by_role("link", name="Approve: Review").click()
    page.get_by_role("button", name="Approve: Review").click()
    expect(page.get_by_text("Moldova: Review approved.")).to_be_visible()
    assert office.revision.state == RevisionState.APPROVED

    sign_in(office.exporter)
    page.goto("/report/?year=2017")
    with page.expect_download() as download:
        page.get_by_role("link", name=".txt of Moldova").click()
    file = tmp_path / "moldova.txt"
    download.value.save_as(file)
    approved = file.read_text()
    assert all(sentence in " ".join(approved.split()) for sentence in by_hand)

    sign_in(office.coordinator)
    page.goto(base + "review/")
    page.get_by_role("link", name="Release to readers").click()
    page.get_by_role("button", name="Release to readers").click()
    sign_in(office.reader)
    page.goto("/")
    page.get_by_role("link", name="Moldova").first.click()
    expect(page.get_by_text("Released")).to_be_visible()


def own_refs(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with the ids the app gives: V1 becomes e1, S1 becomes d1."""
    text = json.dumps(record)
    for number in range(40, 0, -1):
        text = text.replace(f'"V{number}"', f'"e{number}"').replace(f'"S{number}"', f'"d{number}"')
    own: dict[str, Any] = json.loads(text)
    return own


def type_source(page: Page, source: dict[str, Any]) -> None:
    from tests.journeys.forms import fill, unfold

    unfold(page)
    fill(page, source)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Add what it shows as evidence.")).to_be_visible()


def answer_by_hand(page: Page, base: str) -> None:
    """Answer question after question, as the page leads on."""
    ratings = {(item["indicator"], item.get("part", "")): own_refs(item) for item in MOLDOVA["ratings"]}
    page.goto(base + "questions/I01/")
    done = 0
    while done < len(ratings):
        form = page.locator("form.rating-form")
        rating = ratings.get(address_of(form.get_attribute("action") or ""))
        if rating is None:
            page.locator("a[rel=next]").click()
            page.wait_for_load_state()
            continue
        answer = str(rating["level"]) if "level" in rating else rating["state"]
        page.locator(f'[name="answer"][value="{answer}"]').check()
        page.get_by_label("Why this level").fill(rating.get("rationale", ""))
        page.get_by_label("Reason for having no level").fill(rating.get("reason", ""))
        if "confidence" in rating:
            page.get_by_label("Confidence").select_option(rating["confidence"])
        page.locator("form.saves details").evaluate_all("found => found.forEach(each => { each.open = true })")
        for ref in rating.get("evidence", ()):
            page.locator(f'[name="evidence"][value="{ref}"]').check()
        save(page)
        done += 1
        following = page.locator("a[rel=next]")
        if following.count():
            following.click()
            page.wait_for_load_state()


def address_of(action: str) -> tuple[str, str]:
    """Return the indicator and part a question's form is about."""
    from tests.core.factories import framework

    parts = action.strip("/").split("/")[3:]
    return framework().by_code(parts[0]).slug, parts[1] if len(parts) > 1 else ""


def drafted(office: Office) -> list[str]:
    """Return the sentences the rules make of what is stored, drawn anew."""
    revision = office.revision
    case = facts.collect(revision, framework=content.framework_of(revision), wording=content.wording_of(revision))
    return [sentence.text for sentence in engine.run(case).draft.sentences]


def test_a_stranger_reaches_three_sourced_sentences_without_rating_anything(page: Page, office: Office) -> None:
    started = time.monotonic()
    sign_in_by_form(page, office.analyst)
    page.get_by_role("link", name="Continue at the first fact").first.click()
    lines = [
        {"Stage": "conviction", "Role": "police officer", "Agency": "National Police", "Act": "accept-bribe"},
        {"Stage": "investigation", "Role": "immigration officer", "Act": "accept-bribe"},
        {"Stage": "trial"},
    ]
    for number, line in enumerate(lines, start=1):
        page.get_by_label("Stage").first.select_option(line["Stage"])
        for label in ("Role", "Agency"):
            page.get_by_label(label, exact=True).first.fill(line.get(label, ""))
        page.get_by_label("Act", exact=True).select_option(line.get("Act", ""))
        page.get_by_label("Number", exact=True).fill(str(number + 1))
        page.get_by_label("Source", exact=False).first.fill("Court register")
        page.get_by_role("button", name="Record this fact").click()
        expect(page.locator("#bench-draft .sentence")).to_have_count(number)
        expect(page.locator("#status")).to_contain_text("Saved")
        assert page.locator("#bench-draft .sentence.changed").count() >= 1
    assert time.monotonic() - started < 300
    assert not RatingRecord.objects.exists()
    sentences = list(office.revision.sentences.in_order())
    assert all(sentence.basis["evidence"] for sentence in sentences)
    shown = " ".join(sentence.shown for sentence in sentences)
    for words in ("two police officers", "three immigration officers", "four officials"):
        assert words in shown
    assert_accessible(page)


def test_everything_is_saved_without_a_script(browser: Browser, office: Office, live_server: Any) -> None:
    context: BrowserContext = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in_by_form(page, office.analyst)
    page.get_by_role("link", name="Continue at the first fact").first.click()
    page.get_by_label("Role", exact=True).first.fill("mayor")
    page.get_by_label("Source", exact=False).first.fill("Court register")
    page.get_by_role("button", name="Record this fact").click()
    expect(page.get_by_text("Saved. Its sentence stands in the draft.")).to_be_visible()
    expect(page.locator(".sentence").first).to_contain_text("mayor")
    base = f"/assessments/{office.assessment.public_id}/"
    page.goto(base + "facts/cases/c1/")
    page.locator('[name="officials-1-role"]').fill("police officer")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("c1 saved.")).to_be_visible()
    assert [group["role"] for group in CaseRecord.objects.get().officials] == ["mayor", "police officer"]
    page.goto(base + "questions/I02/")
    page.locator('[name="answer"][value="2"]').check()
    page.get_by_role("button", name="Save and go to I03").click()
    expect(page.get_by_text("I02 saved.")).to_be_visible()
    assert RatingRecord.objects.get().level == 2
    page.goto(base + "evidence/new/")
    page.locator('[name="edited"]').fill("The register lists one conviction.")
    page.locator('[name="source"]').select_option(index=1)
    page.get_by_role("button", name="Save", exact=True).click()
    item = Evidence.objects.get(edited="The register lists one conviction.")
    page.goto(base + "questions/I02/")
    page.locator(f'[name="evidence"][value="{item.ref}"]').check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("I02 saved.")).to_be_visible()
    assert item.links.filter(sheet="ratings").count() == 1
    page.goto(base + "draft/")
    page.locator(".sentence > a").first.click()
    page.get_by_label("Sentence").first.fill("Authorities convicted a mayor.")
    page.get_by_role("button", name="Save the sentence").click()
    expect(page.get_by_text("Sentence saved.")).to_be_visible()
    assert Assessment.objects.get(pk=office.assessment.pk).open_revision.sentences.filter(state="edited").count() == 1
    page.get_by_text("Write a sentence by hand").click()
    page.get_by_role("link", name="Open the form").click()
    page.locator("#new-sentence [name=new-text]").fill("Observers saw little change.")
    page.locator("#new-sentence").get_by_label("My own judgement").check()
    page.get_by_role("button", name="Add the sentence").click()
    expect(page.locator(".sentence").filter(has_text="Observers saw little change.")).to_be_visible()
    page.goto(base + "questions/I02/")
    page.locator('[name="answer"][value="not-assessed"]').check()
    page.locator('[name="reason"]').fill("The register was not open.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("I02 saved.")).to_be_visible()
    office.answer_all(but=["officials-prosecuted"])
    page.goto(base + "review/")
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_role("button", name="Submit", exact=False).first.click()
    expect(page.get_by_text("Submitted", exact=False).first).to_be_visible()
    assert office.revision.state == RevisionState.SUBMITTED
    context.close()
