"""Words of each section against the budget a coordinator gave it; it advises and refuses nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions, policies
from assessments.models import Event
from tests.assessments.office import Office


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def draft_of(office: Office) -> str:
    page = client_of(office.analyst).get(reverse("assessments:draft", args=[office.assessment.public_id]))
    return " ".join(page.content.decode().split())


def test_words_stand_beside_each_section_and_against_its_budget(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    words = sum(len(row.shown.split()) for row in office.revision.sentences.filter(section="prosecution"))
    assert f"{words} words" in draft_of(office)
    where = reverse("assessments:word-budgets", args=[2024])
    answer = client_of(office.coordinator).post(where, {"words-prosecution": str(words - 1), "words-protection": ""})
    assert answer.status_code == 302
    assert f"{words} of {words - 1} words; <strong>over its budget</strong>" in draft_of(office)
    client_of(office.coordinator).post(where, {"words-prosecution": "400"})
    assert f"{words} of 400 words</p>" in draft_of(office)
    done = Event.objects.filter(action="set_budgets").order_by("pk")
    assert [event.fields for event in done] == [["words.prosecution"], ["words.prosecution"]]


@pytest.mark.parametrize("value", ["0", "-5", "many", "20001"])
def test_what_is_no_budget_is_refused_beside_its_field(office: Office, value: str) -> None:
    where = reverse("assessments:word-budgets", args=[2024])
    answer = client_of(office.coordinator).post(where, {"words-prosecution": value})
    assert answer.status_code == 422
    assert Event.objects.filter(action="set_budgets").count() == 0


def test_only_coordinators_set_budgets_of_sections_there_are(office: Office) -> None:
    with pytest.raises(policies.NotAllowed):
        actions.set_budgets(report_year=2024, budgets={"prosecution": 5}, by=office.analyst, at=office.clock())
    with pytest.raises(actions.Invalid, match="from 1 to 20,000 words"):
        actions.set_budgets(report_year=2024, budgets={"poetry": 5}, by=office.coordinator, at=office.clock())
