"""The first screens and lists: a role's work, in as many queries for many countries as for one."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments import actions, records
from assessments.enums import Part
from assessments.models import Assessment
from tests.assessments.factories import CountryFactory
from tests.assessments.office import Office


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def more(office: Office, count: int) -> None:
    """Open more assessments for the same people, each with a fact."""
    mine = office.assessment
    for _ in range(count):
        office.assessment = actions.open_assessment(
            iso3=CountryFactory().iso3, report_year=2024, by=office.coordinator, at=office.clock()
        )
        office.assign(office.analyst, Part.ANALYST)
        office.assign(office.reviewer, Part.REVIEWER)
        office.statistic(3)
    office.assessment = mine


LISTS = [
    ("analyst", "home"),
    ("reviewer", "home"),
    ("coordinator", "home"),
    ("exporter", "home"),
    ("reader", "home"),
    ("analyst", "list"),
    ("exporter", "report"),
    ("analyst", "sources"),
]


@pytest.mark.parametrize(("who", "name"), LISTS)
def test_a_list_takes_as_many_queries_for_many_as_for_one(
    office: Office, who: str, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(getattr(office, who))
    more(office, 0)
    with django_assert_max_num_queries(13) as first:
        client.get(reverse(f"assessments:{name}"))
    more(office, 9)
    with django_assert_max_num_queries(13) as second:
        client.get(reverse(f"assessments:{name}"))
    assert len(second) == len(first)


PAGES = ["facts", "evidence", "checks", "draft", "review", "log", "question"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_takes_as_many_queries_for_many_facts_as_for_few(
    office: Office, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(office.analyst)
    code = ["I01"] if name == "question" else []
    where = reverse(f"assessments:{name}", args=[office.assessment.public_id, *code])
    source = office.source()
    office.statistic(3, evidence=(office.evidence(source),))
    with django_assert_max_num_queries(22) as few:
        client.get(where)
    for number in range(9):
        office.statistic(4, evidence=(office.evidence(source),), scope=f"over case {number}")
    with django_assert_max_num_queries(22) as many:
        client.get(where)
    assert len(many) == len(few)


def test_a_page_read_by_a_process_that_knows_nothing_says_the_same(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(office.source()),))
    client = signed_in(office.analyst)
    where = reverse("assessments:facts", args=[office.assessment.public_id])
    known = client.get(where).content
    records.forget()
    assert text_of(client.get(where).content) == text_of(known)


def test_a_saved_answer_takes_as_many_queries_for_many_facts_as_for_few(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(office.analyst)
    where = reverse("assessments:question", args=[office.assessment.public_id, "I01"])

    def save(version: str, why: str) -> int:
        typed = {"answer": "1", "confidence": "moderate", "rationale": why, "version": version}
        with django_assert_max_num_queries(30) as captured:
            assert client.post(where, typed, headers={"HX-Request": "true"}).status_code == 200
        return len(captured)

    office.statistic(3)
    save("", "first")
    few = save("1", "second")
    for number in range(9):
        office.statistic(4, scope=f"over case {number}")
    assert save("2", "third") == few


def test_an_analyst_continues_at_the_exact_question(office: Office) -> None:
    client = signed_in(office.analyst)
    assert "Continue at the first fact" in text_of(client.get("/").content)
    office.statistic(3)
    assert "Continue at I01 Officials investigated" in text_of(client.get("/").content)
    office.rate("officials-investigated", 1)
    html = client.get("/").content.decode()
    assert "Continue at I02 Officials prosecuted" in text_of(html.encode())
    assert reverse("assessments:question", args=[office.assessment.public_id, "I02"]) in html
    assert client.get(office.assessment.get_absolute_url()).url.endswith("/questions/I02/")


def test_a_reviewer_finds_what_waits_and_what_does_not(office: Office) -> None:
    client = signed_in(office.reviewer)
    shown = text_of(client.get("/").content)
    assert "Nothing waits for you." in shown
    assert "Ann Analyst" in shown
    office.answer_all()
    office.submit()
    assert "Review Examplia" in text_of(client.get("/").content)


def test_nobody_sees_a_control_that_is_not_theirs(office: Office) -> None:
    shown = text_of(signed_in(office.reader).get("/").content)
    for word in ("Open an assessment", "Continue", "Sources", "Assessments", "blind", "second coder"):
        assert word not in shown
    assert "Second" not in text_of(signed_in(office.coordinator).get("/").content)


def test_a_coordinator_opens_and_assigns(office: Office) -> None:
    client = signed_in(office.coordinator)
    period = {"report_year": "2025", "opened_on": "2024-10-01", "due_on": "2025-06-01"}
    assert client.post(reverse("assessments:open-period"), period).status_code == 302
    again = client.post(reverse("assessments:open-period"), period)
    assert (again.status_code, "The report year 2025 is open already." in again.content.decode()) == (422, True)
    other = CountryFactory(name="Samplia")
    typed = {"iso3": other.iso3, "report_year": "2025"}
    made = client.post(reverse("assessments:open-assessment"), typed)
    assessment = Assessment.objects.get(country=other)
    assert made.url == reverse("assessments:people", args=[assessment.public_id])
    second = client.post(reverse("assessments:open-assessment"), typed)
    assert second.status_code == 422
    assert "already has an assessment for" in second.content.decode()
    assert Assessment.objects.filter(country=other).count() == 1
    assigned = client.post(made.url, {"person": str(office.analyst.public_id), "part": "analyst"}, follow=True)
    assert "Ann Analyst" in text_of(assigned.content)
    wrong = client.post(made.url, {"person": str(office.analyst.public_id), "part": "reviewer"})
    assert wrong.status_code == 422
    assert "does not hold the role" in wrong.content.decode()
    end = reverse("assessments:end-assignment", args=[assessment.public_id])
    client.post(end, {"person": str(office.analyst.public_id), "part": "analyst"})
    assert not assessment.assignments.filter(ended_at__isnull=True).exists()


def test_every_page_stands_under_its_period_framework_and_date(office: Office) -> None:
    for who, names in (("analyst", ("home", "list", "sources")), ("reader", ("home", "report"))):
        for name in names:
            shown = text_of(signed_in(getattr(office, who)).get(reverse(f"assessments:{name}")).content)
            assert "2024 (April 1, 2023 to March 31, 2024)" in shown
            assert "Framework 2026.1, in force from January 1, 2026" in shown
    inside = signed_in(office.analyst).get(reverse("assessments:facts", args=[office.assessment.public_id]))
    assert "2024 (April 1, 2023 to March 31, 2024)" in text_of(inside.content)
    assert "Framework 2026.1, in force from January 1, 2026" in text_of(inside.content)


def test_a_demonstration_says_so_on_every_page(office: Office) -> None:
    Assessment.objects.update(is_demonstration=True)
    client = signed_in(office.analyst)
    for name in ("facts", "evidence", "decision", "determinations", "checks", "log", "draft", "review"):
        shown = text_of(client.get(reverse(f"assessments:{name}", args=[office.assessment.public_id])).content)
        assert (
            "Demonstration, encoded from partly seen public text of report year 2024; ratings are ours; "
            "not an assessment by any government." in shown
        )


def test_a_due_date_long_past_is_a_date(office: Office) -> None:
    from assessments.views.work import Task

    revision = office.revision
    due = revision.assessment.period.due_on
    words = [Task(revision, None, today=due + dt.timedelta(days=days)).due for days in (-2, -1, 0, 1, 400)]
    assert words == ["two days left", "one day left", "due today", "one day late", "was due June 1, 2024"]
