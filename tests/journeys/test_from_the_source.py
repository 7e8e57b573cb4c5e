"""From a document to a sentence: a text is pasted, marked by keys and by ticks, and becomes a fact and evidence."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from assessments import actions
from assessments.core.sheets import InformationGap
from assessments.core.values import Stage
from assessments.enums import Part
from assessments.models import Evidence, Excerpt
from tests.assessments.factories import CountryFactory
from tests.assessments.office import Office, make_office
from tests.journeys.checks import PHONE, assert_accessible, assert_fits, screenshot

TEXT = (
    "The Ministry of Justice published its register in May. It covers twelve months.\n\n"
    "A district court convicted two police officers of accepting bribes to let traffickers pass. Nobody appealed. "
    "A third officer was tried and acquitted.\n\n"
    "The report gives no figure on customs officers."
)
PASSWORD = "four plain words here"


@pytest.fixture
def office(transactional_db: None) -> Office:
    """A small office, its analyst at work on two countries."""
    made = make_office()
    other = actions.open_assessment(
        iso3=CountryFactory(name="Sampleland").iso3, report_year=2024, by=made.coordinator, at=made.clock()
    )
    actions.assign(
        assessment_id=other.public_id,
        user_id=made.analyst.public_id,
        part=Part.ANALYST,
        by=made.coordinator,
        at=made.clock(),
    )
    made.source(title="Court register of the year", attributions=("an NGO",))
    return made


def held(page: Page, name: str) -> None:
    """Hold a page to everything at both sizes, and keep its pictures."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    page.emulate_media(color_scheme="light")
    size = page.viewport_size
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert_fits(page)
    screenshot(page, f"source-{name}")
    page.emulate_media(color_scheme="dark")
    screenshot(page, f"source-{name}-dark")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(size)


def test_a_text_is_marked_by_keys_and_its_fact_makes_a_sentence(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sign_in(office.analyst)
    base = f"/assessments/{office.assessment.public_id}/"
    page.goto(base + "evidence/")
    page.get_by_role("link", name="Text and excerpts of d1").click()
    page.get_by_label("Paste the text").fill(TEXT)
    held(page, "text-new")
    page.get_by_role("button", name="Keep this text").click()
    expect(page.get_by_text("Saved as version 1.")).to_be_visible()

    # Words are selected and marked with one key; the excerpt has the focus, and one more key leads to its fact.
    piece = page.get_by_text("A district court convicted")
    piece.evaluate(
        """piece => { const range = document.createRange(); range.selectNodeContents(piece);
        const chosen = window.getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }"""
    )
    page.keyboard.press("x")
    expect(page.get_by_text("Marked.")).to_be_visible()
    excerpt = Excerpt.objects.get()
    assert excerpt.text.startswith("A district court convicted two police officers")
    expect(page.locator(f"#excerpt-{excerpt.public_id}")).to_be_focused()
    held(page, "text")
    page.keyboard.press("f")
    expect(page.get_by_role("heading", name="A fact from excerpt 1")).to_be_visible()
    page.get_by_label("Kind of number").select_option("exact")
    page.get_by_label("Number", exact=True).fill("2")
    page.get_by_label("Role").fill("police officer")
    page.get_by_label("Act", exact=True).select_option("accept-bribe")
    page.get_by_role("button", name="Record this fact").click()
    expect(page.locator("#bench-draft .sentence").first).to_contain_text("two police officers")
    item = Evidence.objects.get()
    assert (item.excerpt, item.attribution) == (excerpt.text, "an NGO")
    held(page, "fact")

    # Sentence by sentence with j, a tick with space, and the excerpt goes to two countries at once.
    page.get_by_role("link", name="Back to the text").first.click()
    page.locator("#mark-form .tick").first.focus()
    for _ in range(5):
        page.keyboard.press("j")
    page.keyboard.press("Space")
    page.keyboard.press("x")
    expect(page.locator(".excerpt").nth(1)).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Excerpt 2")).to_be_visible()
    held(page, "excerpt")
    page.get_by_label("Sampleland 2024").first.check()
    page.get_by_text("G1 Accountability of complicit officials", exact=False).first.click()
    page.get_by_label("I02 ", exact=False).first.check()
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_text("Evidence of 2 assessments, for 1 question.")).to_be_visible()
    assert Evidence.objects.filter(indicators=["officials-prosecuted"]).count() == 2

    # What is not used keeps its reason; the inbox is empty then.
    page.locator("#mark-form .tick").nth(0).check()
    page.keyboard.press("x")
    expect(page.get_by_text("Marked.")).to_be_visible()
    page.goto("/inbox/")
    expect(page.get_by_text("1 excerpt of 1 source of your countries waits")).to_be_visible()
    held(page, "inbox")
    page.get_by_role("link", name="Court register of the year").click()
    page.locator(".excerpt-waits").first.focus()
    page.keyboard.press("o")
    page.keyboard.type("It says nothing of officials.")
    page.get_by_role("button", name="Set aside", exact=True).click()
    expect(page.get_by_text("Not used, because: It says nothing of officials.")).to_be_visible()
    page.goto("/inbox/")
    expect(page.get_by_text("Every excerpt marked in the sources of your countries is evidence")).to_be_visible()


def test_it_works_with_ticks_and_without_a_script(browser: Browser, live_server: LiveServer, office: Office) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("E-mail address").fill(office.analyst.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    base = f"/assessments/{office.assessment.public_id}/"
    page.goto(base + "evidence/")
    page.get_by_role("link", name="Text and excerpts of d1").click()
    page.get_by_label("Paste the text").fill(TEXT)
    page.get_by_role("button", name="Keep this text").click()
    page.get_by_label("Paragraph 2, sentence 1").check()
    page.get_by_label("Paragraph 2, sentence 2").check()
    page.get_by_role("button", name="Mark as excerpt").click()
    assert Excerpt.objects.get().text.endswith("Nobody appealed.")
    page.get_by_role("button", name="Make a fact of excerpt 1").click()
    page.get_by_label("Kind of number").select_option("exact")
    page.get_by_label("Number", exact=True).fill("2")
    page.get_by_label("Role").fill("police officer")
    page.get_by_label("Act", exact=True).select_option("accept-bribe")
    page.get_by_role("button", name="Record this fact").click()
    expect(page.get_by_text("Its sentence stands in the draft.")).to_be_visible()
    expect(page.locator("#bench-draft .sentence").first).to_contain_text("two police officers")
    context.close()


def test_gaps_become_a_request_and_a_search_serves_many_questions(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    gap = InformationGap(id="new", text="How many customs officers were tried?", stages=(Stage.TRIAL,))
    office.fact("information_gaps", gap)
    sign_in(office.analyst)
    base = f"/assessments/{office.assessment.public_id}/"
    page.goto(base + "requests/")
    page.get_by_text("Information gaps (1)").click()
    page.get_by_label("How many customs officers were tried?").check()
    held(page, "desk")
    page.get_by_role("button", name="Begin a request with what is ticked").click()
    page.get_by_label("To", exact=True).fill("the Ministry of Justice")
    page.get_by_label("Through").fill("the embassy")
    page.get_by_label("Answer asked for by").fill("2024-05-01")
    held(page, "letter")
    page.get_by_role("button", name="Save", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename.endswith("-questions-1.docx")
    page.locator("#step-send summary").click()
    page.locator("#step-send").get_by_label("On").fill("2024-03-01")
    page.get_by_role("button", name="Record as sent").click()
    expect(page.get_by_text("Sent. Sheet F6 has it now.")).to_be_visible()
    held(page, "letter-sent")

    page.goto(base + "searches/")
    page.get_by_label("What was searched").fill("Court registers and press, January 2024.")
    page.get_by_label("It serves all core questions, and those ticked below").check()
    held(page, "searches")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("n1 saved. It serves 25 questions.")).to_be_visible()

    page.goto(base + "questions/I02/")
    page.get_by_role("link", name="Find evidence and attach it").click()
    expect(page.locator("#attach-list").get_by_label("Title or words")).to_be_visible()
    held(page, "attach")

    page.goto(base + "sources/new/")
    page.get_by_label("Title").fill("Court register of the years")
    page.get_by_label("Publisher or author").focus()
    expect(page.locator("#alike")).to_contain_text("It may be there already.")
    held(page, "alike")
