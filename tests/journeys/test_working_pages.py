"""The pages people work on beside the record itself, held to the same: requests, sources, search, spreadsheet, desk."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments import actions
from assessments.core.asking import Question
from assessments.core.sheets import InformationGap, SearchNote
from assessments.enums import LetterState, Part
from assessments.management.commands.load_demo import TEXTS
from assessments.management.demo_texts import load_texts
from assessments.models import Excerpt, Letter, Source
from tests.assessments.office import Office
from tests.journeys.test_pages import hold, hold_shown, office

__all__ = ["office"]


@pytest.fixture
def at_work(office: Office) -> Office:
    """The office with sources read and marked, a gap, a search, and a list of questions that was sent."""
    load_texts(TEXTS, by=office.analyst, at=office.clock())
    office.fact("information_gaps", InformationGap(id="new", text="How many customs officers were tried."))
    office.fact("search_notes", SearchNote(id="new", searched="Court register and press, nothing on customs officers."))
    text = actions.LetterText(
        addressee="the Ministry of Justice",
        channel="the embassy",
        opening="Please answer for the reporting period.",
        questions=(Question(about="stages/arrest", text="How many officials were arrested?"),),
    )
    given = {"revision_id": office.revision_id, "by": office.analyst}
    saved = actions.save_letter(letter_id=None, text=text, at=office.clock(), **given)
    letter = Letter.objects.get(public_id=saved.public_id)
    now = office.clock()
    actions.move_letter(letter_id=letter.public_id, step="send", on=now.date(), version=letter.version, at=now, **given)
    actions.save_letter(letter_id=None, text=text, at=office.clock(), **given)
    return office


def test_the_pages_of_working_from_sources(page: Page, at_work: Office, sign_in: Callable[[User], None]) -> None:
    sign_in(at_work.analyst)
    base = f"/assessments/{at_work.assessment.public_id}/"
    note = Source.objects.get(title__startswith="Field note")
    notice = Excerpt.objects.filter(source__title__startswith="Court notice").exclude(translation="").first()
    waiting = Excerpt.objects.waiting().filter(source=note).first()
    for name, address in {
        "inbox": "/inbox/",
        "text": f"/sources/{note.public_id}/text/",
        "excerpt": f"/excerpts/{notice.public_id}/",
        "excerpt-fact": f"{base}facts/from/{waiting.public_id}/",
        "attach": f"{base}questions/I02/evidence/",
    }.items():
        hold(page, name, address)


def test_the_pages_around_the_record(page: Page, at_work: Office, sign_in: Callable[[User], None]) -> None:
    sign_in(at_work.analyst)
    base = f"/assessments/{at_work.assessment.public_id}/"
    sent = Letter.objects.get(state=LetterState.SENT)
    draft = Letter.objects.get(state=LetterState.DRAFT)
    for name, address in {
        "request-desk": base + "requests/",
        "letter-sent": f"{base}requests/{sent.public_id}/",
        "letter-draft": f"{base}requests/{draft.public_id}/",
        "searches": base + "searches/",
        "search": "/search/",
        "search-found": "/search/?q=court",
        "spreadsheet": base + "spreadsheet/",
    }.items():
        hold(page, name, address)


def test_the_preview_of_a_workbook(
    page: Page, at_work: Office, sign_in: Callable[[User], None], tmp_path: Path
) -> None:
    sign_in(at_work.analyst)
    page.goto(f"/assessments/{at_work.assessment.public_id}/spreadsheet/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the workbook away").click()
    file = tmp_path / "book.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    sheet = book["Statistics on officials"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("Limited to") + 1).value = "in the northern districts"
    book.save(file)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_text("in the northern districts")).to_be_visible()
    hold_shown(page, "spreadsheet-preview")


def test_the_pages_of_the_year_after(page: Page, office: Office, sign_in: Callable[[User], None]) -> None:
    """Last year beside the question, and the unchanged answers of a group on one page."""
    before, year = office.revision, office.assessment.period.report_year + 1
    actions.open_period(
        report_year=year,
        opened_on=dt.date(year - 1, 10, 1),
        due_on=dt.date(year, 6, 1),
        by=office.coordinator,
        at=office.clock(),
    )
    office.assessment = actions.open_assessment(iso3="MDA", report_year=year, by=office.coordinator, at=office.clock())
    office.assign(office.analyst, Part.ANALYST)
    sign_in(office.analyst)
    base = f"/assessments/{office.assessment.public_id}/"
    rated = before.ratings.effective().filter(part="", level__isnull=False).select_related("indicator").first()
    code = rated.indicator.code
    for name, address in {
        "question-empty": f"{base}questions/{code}/",
        "last-year": f"{base}questions/{code}/last-year/",
        "unchanged": base + "groups/g6/unchanged/",
        "facts-empty": base + "facts/",
        "evidence-empty": base + "evidence/",
    }.items():
        hold(page, name, address)


def test_the_pages_of_a_coordinator(page: Page, at_work: Office, sign_in: Callable[[User], None]) -> None:
    sign_in(at_work.coordinator)
    year = at_work.assessment.period.report_year
    for name, address in {
        "desk-at-work": f"/periods/{year}/desk/",
        "open-many": f"/periods/{year}/desk/countries/",
        "periods": "/periods/",
        "period": f"/periods/{year}/",
        "progress": f"/assessments/?year={year}",
    }.items():
        hold(page, name, address)
