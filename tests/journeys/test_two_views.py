"""Two texts, two coders and the government's reply, in a browser: reachable by everybody, printed, in the dark."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments import actions
from assessments.core.types import Rating
from assessments.core.values import Confidence, RatingState
from assessments.enums import Part, ReplyAbout, Round, Stance
from assessments.models import RatingRecord, Reply
from tests.assessments.office import Office, make_office, take_case
from tests.journeys.checks import Problems
from tests.journeys.test_pages import hold


@pytest.fixture
def office(transactional_db: None) -> Office:
    """An office whose assessment is the demo's Moldova 2017."""
    return take_case(make_office(), "2017-moldova")


def base(office: Office) -> str:
    return f"/assessments/{office.assessment.public_id}/"


def turn_on(office: Office, **options: bool) -> None:
    given = {"blind_coding": False, "right_of_reply": False} | options
    year = office.assessment.period.report_year
    actions.set_options(report_year=year, **given, by=office.coordinator, at=office.clock())


def test_two_texts_are_compared(page: Page, office: Office, sign_in: Callable[[User], None]) -> None:
    sign_in(office.analyst)
    page.goto(base(office) + "compare/")
    expect(page.get_by_text("There is only one text so far")).to_be_visible()
    actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    sentences = list(office.revision.sentences.in_order()[:6])
    for number, sentence in enumerate(sentences[:3]):
        actions.edit_sentence(
            sentence_id=sentence.public_id,
            text=sentence.shown.replace("government", "authorities").rstrip(".") + f", as note {number + 1} says.",
            version=sentence.version,
            by=office.analyst,
            at=office.clock(),
        )
    actions.remove_sentence(
        sentence_id=sentences[4].public_id, version=sentences[4].version, by=office.analyst, at=office.clock()
    )
    hold(page, "compare", base(office) + "compare/")
    expect(page.locator(".compared ins").first).to_be_visible()
    page.get_by_role("link", name="dropped").click()
    expect(page.locator(".compared > li")).to_have_count(1)
    expect(page.locator(".compared del").first).to_contain_text(sentences[4].shown[:30])
    page.get_by_label("From").select_option("working")
    page.get_by_label("To", exact=True).select_option(index=1)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".compare-of")).to_contain_text("Working text now")


def test_a_second_coder_answers_and_a_reviewer_decides(
    page: Page, office: Office, sign_in: Callable[[User], None], problems: Problems
) -> None:
    problems.allow("422")
    year = office.assessment.period.report_year
    sign_in(office.coordinator)
    hold(page, "period-options", f"/periods/{year}/options/")
    page.get_by_label("Blind second coding").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Draw the sample and assign second coders").click()
    page.get_by_label("Seed").fill("lots of the office")
    page.get_by_role("button", name="Draw the sample").click()
    page.get_by_label("Second coder").select_option(label=office.analyst.name)
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("sees the first ratings")).to_be_visible()
    page.get_by_label("Second coder").select_option(label=office.other_analyst.name)
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("Assigned.")).to_be_visible()
    hold(page, "sample", f"/periods/{year}/second-coding/")

    sign_in(office.other_analyst)
    page.goto("/")
    page.get_by_role("link", name="Continue").first.click()
    hold(page, "coding", page.url)
    hold(page, "coding-record", base(office) + "second-coding/record/")
    page.goto(base(office) + "second-coding/")
    page.locator("tbody a").first.click()
    hold(page, "coding-question", page.url)
    page.locator('[name="answer"][value="1"]').check()
    page.get_by_label("Confidence").select_option("moderate")
    page.get_by_label("Why this level").fill("From the record alone.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("saved")
    second = RatingRecord.objects.get(round=Round.SECOND.value)
    assert (second.level, second.coder) == (1, office.other_analyst)
    other_answers(office)

    sign_in(office.reviewer)
    hold(page, "reconcile", base(office) + "two-answers/")
    decide = page.locator("details", has_text="Reason for the decision").first
    decide.locator("summary").click()
    decide.get_by_role("button", name="Keep this decision").click()
    expect(page.get_by_text("Say why; both coders").first).to_be_visible()
    decide = page.locator("details[open]").first
    decide.get_by_label("The second coder's answer").check()
    decide.get_by_label("Reason for the decision").fill("The record bears it out.")
    decide.get_by_role("button", name="Keep this decision").click()
    expect(page.locator("#messages")).to_contain_text("both answers are kept")
    expect(page.get_by_text("The record bears it out.")).to_be_visible()

    sign_in(office.editor)
    hold(page, "agreement", "/agreement/")
    expect(page.get_by_role("heading", name="Below 0.60")).to_be_visible()


def other_answers(office: Office) -> None:
    """Give the other questions drawn a second answer, one level off."""
    for slug in office.assessment.sampled_questions.values_list("indicator", flat=True):
        main = office.revision.ratings.filter(indicator__slug=slug, round=Round.MAIN.value, level__isnull=False).first()
        if main is None or office.revision.ratings.filter(indicator__slug=slug, round=Round.SECOND.value).exists():
            continue
        actions.save_rating(
            revision_id=office.revision_id,
            rating=Rating(
                indicator=slug,
                part=main.part,
                state=RatingState.RATED,
                level=max(0, main.level - 2),
                confidence=Confidence.LOW,
                rationale="The facts bear less.",
            ),
            round=Round.SECOND,
            by=office.other_analyst,
            at=office.clock(),
        )


def test_a_reply_is_entered_and_stands_beside_its_sentence(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    sentence = office.revision.sentences.in_order()[2]
    sign_in(office.analyst)
    page.goto(f"{base(office)}draft/?sentence={sentence.public_id}")
    expect(page.get_by_text("Replies of the government")).to_have_count(0)
    turn_on(office, right_of_reply=True)
    actions.record_reply(
        revision_id=office.revision_id,
        about=ReplyAbout.FINDING,
        stance=Stance.DISAGREES,
        text="The government does not share this finding.",
        received_on=dt.date(2017, 5, 2),
        by=office.analyst,
        at=office.clock(),
    )
    page.reload()
    page.get_by_role("link", name="All replies, and entering one").click()
    page.get_by_label("gives new information").check()
    page.locator("#id_text").fill("Two of the officials were dismissed in March.")
    page.get_by_label("Received on").fill("2017-05-14")
    page.get_by_role("button", name="Enter the reply").click()
    expect(page.locator("#messages")).to_contain_text("on record beside the text")
    assert Reply.objects.get(ref="g2").target == str(sentence.public_id)
    hold(page, "replies", base(office) + "replies/")
    sign_in(office.reviewer)
    address = f"{base(office)}review/?sentence={sentence.public_id}"
    hold(page, "review-replies", address)
    expect(page.locator("#basis")).to_contain_text("Two of the officials were dismissed in March.")


def test_a_second_coder_meets_no_control_of_the_workbench(
    page: Page, office: Office, sign_in: Callable[[User], None]
) -> None:
    turn_on(office, blind_coding=True)
    year = office.assessment.period.report_year
    actions.draw_sample(report_year=year, seed="x", by=office.coordinator, at=office.clock())
    office.assign(office.other_analyst, Part.SECOND_CODER)
    sign_in(office.other_analyst)
    page.goto(base(office) + "second-coding/")
    for name in ("Draft", "Review", "Compare", "Record", "Replies"):
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
