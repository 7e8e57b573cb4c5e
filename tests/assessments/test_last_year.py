"""Last year at hand: shown beside the question, never carried over by itself, confirmed by a recorded click."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments import actions
from assessments.core.sheets import Measure
from assessments.core.values import MeasureKind
from assessments.enums import Part
from assessments.models import Assessment, Event, RatingRecord
from tests.assessments.factories import AT
from tests.assessments.office import Office
from tests.image import remembered_step

LAW, BODY = "aml-framework-and-predicate-offense", "officials-prosecuted"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
@remembered_step
def followed(office: Office) -> Office:
    """The office a year later: 2024 answered two questions, one of the institutional group, and 2025 is open."""
    office.rate(LAW, 2, rationale="The act of 2019 names trafficking.")
    office.rate(BODY, 1, rationale="Two trials were seen.")
    office.fact("measures", Measure(id="new", kind=MeasureKind.LAW, text="Act against laundering"))
    actions.open_period(
        report_year=2025,
        opened_on=AT.date().replace(year=2024, month=10),
        due_on=AT.date().replace(year=2025, month=6),
        by=office.coordinator,
        at=office.clock(),
    )
    office.assessment = actions.open_assessment(
        iso3=office.country.iso3, report_year=2025, by=office.coordinator, at=office.clock()
    )
    office.assign(office.analyst, Part.ANALYST)
    return office


def url(office: Office, name: str, *args: str) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


def test_last_year_stands_beside_the_question_and_nothing_is_carried_over(followed: Office) -> None:
    client = signed_in(followed.analyst)
    shown = text_of(client.get(url(followed, "question", "I31")))
    assert "2024:" in shown
    assert "Confirm unchanged" in shown
    assert not followed.revision.ratings.exists()
    more = text_of(client.get(url(followed, "last-year", "I31")))
    assert "The act of 2019 names trafficking." in more
    assert "Act against laundering" in more
    assert "Nothing of 2024 is on record here." in text_of(client.get(url(followed, "last-year", "I32")))


def test_who_may_not_read_last_years_record_sees_its_answer_and_no_reason(followed: Office) -> None:
    followed.assign(followed.other_analyst, Part.ANALYST)
    shown = text_of(signed_in(followed.other_analyst).get(url(followed, "last-year", "I31")))
    assert "Trafficking is a predicate; hardly used." in shown
    assert "The act of 2019" not in shown
    assert "Act against laundering" not in shown


def test_one_answer_is_confirmed_by_one_click_on_record(followed: Office) -> None:
    client = signed_in(followed.analyst)
    client.post(url(followed, "confirm-unchanged", "I31"))
    row = followed.revision.ratings.get()
    assert (row.level, row.rated_by, row.rationale) == (
        2,
        followed.analyst,
        "Confirmed unchanged since 2024. In 2024: The act of 2019 names trafficking.",
    )
    done = list(Event.objects.filter(subject_id=followed.assessment.public_id).order_by("sequence"))[-2:]
    assert [event.action for event in done] == ["save_rating", "confirm_unchanged"]
    assert client.post(url(followed, "confirm-unchanged", "I31")).status_code == 302
    assert followed.revision.ratings.get().version == 1


def test_a_group_is_confirmed_on_one_page_that_lists_each(followed: Office) -> None:
    client, page = signed_in(followed.analyst), url(followed, "unchanged", "g6")
    shown = text_of(client.get(page))
    assert "I31" in shown
    assert "The act of 2019 names trafficking." in shown
    assert text_of(client.post(page, {})).count("Choose at least one answer.") == 1
    evidence = followed.evidence()
    answer = client.post(page, {"chosen": [LAW], "evidence": [evidence]}, follow=True)
    assert "1 of G6 confirmed as unchanged." in text_of(answer)
    assert followed.revision.ratings.count() == 1
    assert Event.objects.filter(action="confirm_unchanged").count() == 1
    assert evidence in text_of(client.get(url(followed, "question", "I31")))
    assert "No answer of 2024 waits in this group." in text_of(client.get(page))
    assert client.get(url(followed, "unchanged", "g1")).status_code == 404


def test_only_an_analyst_of_the_country_confirms(followed: Office) -> None:
    followed.assign(followed.reviewer, Part.REVIEWER)
    page = url(followed, "unchanged", "g6")
    assert signed_in(followed.reviewer).post(page, {"chosen": [LAW]}).status_code == 403
    assert signed_in(followed.coordinator).post(page, {"chosen": [LAW]}).status_code == 403
    assert signed_in(followed.other_analyst).post(page, {"chosen": [LAW]}).status_code == 404
    assert signed_in(followed.reviewer).post(url(followed, "confirm-unchanged", "I31")).status_code == 403
    assert not followed.revision.ratings.exists()


def test_a_changed_level_asks_for_its_reason(followed: Office) -> None:
    client = signed_in(followed.analyst)
    evidence = followed.evidence()
    values = {"answer": "3", "confidence": "moderate", "rationale": "More trials.", "evidence": [evidence]}
    shown = text_of(client.post(url(followed, "question", "I02"), values, follow=True))
    assert re.search(r"needs .*reason", shown)
    values |= {"reason": "Five courts took part.", "version": "1"}
    assert not re.search(r"needs .*reason", text_of(client.post(url(followed, "question", "I02"), values, follow=True)))
    assert RatingRecord.objects.get(revision=followed.revision).level == 3


def test_the_group_names_what_changed_and_folds_what_is_not_core(followed: Office) -> None:
    followed.rate(LAW, 3)
    answer = signed_in(followed.analyst).get(url(followed, "group", "g6"))
    assert "2024: level 2, changed" in text_of(answer)
    assert re.search(r"\d questions that are not core +\(1 answered; none is needed for approval\)", text_of(answer))
    assert Assessment.objects.count() == 2


def test_a_sentence_leads_to_its_basis_and_on_to_the_fact(office: Office) -> None:
    saved = office.statistic(4, evidence=(office.evidence(excerpt="Four were convicted.", pinpoint="p. 7"),))
    client = signed_in(office.analyst)
    sentence = office.revision.sentences.in_order().first()
    page = client.get(url(office, "basis", str(sentence.public_id)))
    assert {"p. 7", "Four were convicted."} <= set(re.findall(r"p\. 7|Four were convicted\.", text_of(page)))
    assert url(office, "fact", "statistics", saved.ref) in page.content.decode()
    assert signed_in(office.other_analyst).get(url(office, "basis", str(sentence.public_id))).status_code == 404
