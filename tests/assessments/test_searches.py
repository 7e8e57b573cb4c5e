"""One search for many questions, evidence attached where one answers, and sources that are there already."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from assessments.core.values import Protection
from assessments.models import Evidence, Source
from tests.assessments.office import Office
from tests.assessments.test_documents import made_source, marked, read


@pytest.fixture
def analyst(client: Client, office: Office) -> Client:
    client.force_login(office.analyst)
    return client


def said(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# --- The search log ------------------------------------------------------------------------------------------------


def test_one_search_is_ticked_against_many_questions_and_lifts_level_0(analyst: Client, office: Office) -> None:
    office.rate("tip-offs-to-traffickers", 0)
    address = reverse("assessments:searches", args=[office.assessment.public_id])
    assert "Level 0 without a search" in said(analyst.get(address))
    given = {"search-searched": "Court registers, January 2024.", "search-on": "2024-01"}
    refused = analyst.post(address, given)
    assert refused.status_code == 422
    assert "Tick the questions it serves" in said(refused)
    assert "Court registers, January 2024." in refused.content.decode()
    ticked = ["tip-offs-to-traffickers", "officials-prosecuted", "officials-investigated"]
    assert analyst.post(address, given | {"search-indicators": ticked}).status_code == 302
    shown = said(analyst.get(address))
    assert "Level 0 without a search" not in shown
    assert "3 of 44" in shown
    note = office.revision.search_notes.get()
    assert set(note.indicators) == set(ticked)
    one = reverse("assessments:search-note", args=[office.assessment.public_id, note.ref])
    change = given | {"search-core": "on", "search-version": "1", "search-indicators": ticked}
    assert analyst.post(one, change).status_code == 302
    note.refresh_from_db()
    assert len(note.indicators) >= 25
    assert analyst.post(one, change).status_code == 409
    assert analyst.post(one, given | {"search-every": "on", "search-version": "2"}).status_code == 302
    note.refresh_from_db()
    assert note.indicators == []


@pytest.mark.parametrize("day", ["soon", "2024-13"])
def test_a_day_that_is_none_is_refused_beside_it(analyst: Client, office: Office, day: str) -> None:
    address = reverse("assessments:searches", args=[office.assessment.public_id])
    answer = analyst.post(address, {"search-searched": "x", "search-on": day, "search-every": "on"})
    assert answer.status_code == 422
    assert not office.revision.search_notes.exists()


# --- Attaching from the question -----------------------------------------------------------------------------------


def test_evidence_is_found_and_attached_at_the_question(analyst: Client, office: Office) -> None:
    office.evidence(office.source(title="Annual report of the ministry"), edited="Two were tried.")
    source = made_source(office, title="Court register")
    read(office, source)
    (excerpt,) = marked(office, source, 2)
    question = reverse("assessments:question", args=[office.assessment.public_id, "I02"])
    address = f"{question}evidence/"
    assert address in analyst.get(question).content.decode()
    everything = said(analyst.get(address))
    assert "Annual report of the ministry" in everything
    assert "Court register" in everything
    assert "Court register" not in said(analyst.get(address, {"q": "ministry tried"}))
    assert analyst.post(address, {"item": "e1"}).status_code == 302
    assert analyst.post(address, {"excerpt": str(excerpt.public_id)}).status_code == 302
    assert [item.indicators for item in Evidence.objects.order_by("pk")] == [["officials-prosecuted"]] * 2
    form = analyst.get(question).context["form"]
    assert set(form.initial["evidence"]) == {"e1", "e2"}  # not answered yet: proposed, and nothing decided
    office.rate("officials-prosecuted", 2)
    swap = analyst.post(address, {"item": "e1"}, headers={"HX-Request": "true"})
    assert swap["HX-Redirect"] == question
    row = office.revision.ratings.get(indicator__slug="officials-prosecuted")
    assert list(Evidence.objects.filter(links__ref=row.link_ref).values_list("ref", flat=True)) == ["e1"]
    assert "Choose something of the list." in said(analyst.post(address, {"item": "e99"}, follow=True))


# --- Sources that are there already --------------------------------------------------------------------------------


def test_a_source_that_may_be_there_is_offered_and_never_in_the_way(analyst: Client, office: Office) -> None:
    there = made_source(office, title="Annual report on courts", url="https://www.example.org/report/")
    address = reverse("assessments:alike", args=[office.assessment.public_id])
    by_address = analyst.get(address, {"title": "Quite other words", "url": "http://example.org/report?utm_source=x"})
    assert "Annual report on courts" in said(by_address)
    assert "Annual report on courts" in said(analyst.get(address, {"title": "ANNUAL REPORT ON THE COURTS"}))
    assert said(analyst.get(address, {"title": "A history of forests"})) == ""
    new = reverse("assessments:source-new", args=[office.assessment.public_id])
    given = {
        "title": "Annual report on courts",
        "source_class": "SC-D",
        "reliability": "B",
        "protection": "open",
        "language": "English",
    }
    looked = analyst.post(new, given | {"look": "1"})
    assert looked.status_code == 200
    assert "It may be there already." in said(looked)
    assert Source.objects.count() == 1
    other = analyst.post(new, given | {"title": "A history of forests", "look": "1"})
    assert "None of the sources you may know looks like this one." in said(other)
    saved = analyst.post(new, given, follow=True)
    assert "may be the same as “Annual report on courts”" in said(saved)
    assert Source.objects.exclude(pk=there.pk).count() == 1


@pytest.mark.parametrize("protection", [Protection.RESTRICTED, Protection.CONFIDENTIAL])
def test_a_protected_source_is_never_offered_to_who_may_not_know_it(
    office: Office, client: Client, protection: Protection
) -> None:
    from assessments import actions
    from assessments.enums import Part
    from tests.assessments.factories import CountryFactory

    made_source(office, title="CANARY testimony", url="https://example.org/canary", protection=protection)
    mine = actions.open_assessment(
        iso3=CountryFactory().iso3, report_year=2024, by=office.coordinator, at=office.clock()
    )
    actions.assign(
        assessment_id=mine.public_id,
        user_id=office.other_analyst.public_id,
        part=Part.ANALYST,
        by=office.coordinator,
        at=office.clock(),
    )
    client.force_login(office.other_analyst)
    address = reverse("assessments:alike", args=[mine.public_id])
    assert said(client.get(address, {"title": "CANARY testimony", "url": "https://example.org/canary"})) == ""
