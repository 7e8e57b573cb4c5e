"""After the cut-off a new fact is kept and marked, and enters the text in a named person's name only."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments import actions, content, events, facts, policies
from assessments.core.interchange import write
from assessments.models import DraftSentence, Event, StatisticRecord
from tests.assessments.factories import AT
from tests.assessments.office import Office

CUT_OFF = AT.date() - dt.timedelta(days=2)


def cut_off(office: Office, day: dt.date | None = CUT_OFF) -> None:
    period = office.assessment.period
    period.refresh_from_db()
    actions.change_period(
        report_year=2024,
        opened_on=period.opened_on,
        due_on=period.due_on,
        cut_off=day,
        by=office.coordinator,
        at=office.clock(),
    )


def texts(office: Office) -> str:
    return " ".join(DraftSentence.objects.values_list("generated_text", flat=True))


def let_in(office: Office, by: object, ref: str = "s1") -> actions.Saved:
    return actions.let_in(revision_id=office.revision_id, sheet="statistics", ref=ref, by=by, at=office.clock())


def test_a_fact_after_the_cut_off_waits_and_then_stands_in_the_text(office: Office) -> None:
    item = office.evidence()
    cut_off(office)
    saved = office.statistic(3, evidence=(item,))
    row = StatisticRecord.objects.get()
    assert (saved.changed, row.held, texts(office)) == ((), True, "")
    assert [held.ref for held in actions.held_facts(office.revision)] == ["s1"]
    let_in(office, office.reviewer)
    row.refresh_from_db()
    assert (row.held, row.let_in_by) == (False, office.reviewer)
    assert "three officials" in texts(office)
    assert actions.held_facts(office.revision) == []
    told = events.deed(Event.objects.get(action="let_in"))
    assert told == "Rita Reviewer let into the text, after the cut-off, statistics s1."


def test_a_fact_before_the_cut_off_or_without_one_is_in_the_text_at_once(office: Office) -> None:
    office.statistic(3)
    cut_off(office, AT.date() + dt.timedelta(days=30))
    office.statistic(4)
    assert not StatisticRecord.objects.filter(held=True).exists()


def test_a_correction_of_an_earlier_fact_is_no_new_fact(office: Office) -> None:
    saved = office.statistic(3)
    cut_off(office)
    changed = office.fact(
        "statistics", facts.file_record(office.revision).statistics[0], ref=saved.ref, version=saved.version
    )
    assert changed.version == saved.version
    assert not StatisticRecord.objects.filter(held=True).exists()


def test_what_is_held_reaches_no_rule_and_no_file(office: Office) -> None:
    cut_off(office)
    office.statistic(3)
    revision = office.revision
    case = facts.collect(revision, framework=content.framework_of(revision), wording=content.wording_of(revision))
    assert case.record.statistics == ()
    assert b'"statistics"' not in write(facts.file_record(revision))


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("analyst", "Only a reviewer assigned to Examplia 2024 or a coordinator lets in"),
        ("other_analyst", "is open to its analysts and reviewers"),
        ("other_reviewer", "is open to its analysts and reviewers"),
        ("exporter", "is open to its analysts and reviewers"),
    ],
)
def test_who_may_not_let_it_in_reads_why(office: Office, who: str, words: str) -> None:
    cut_off(office)
    office.statistic(3)
    with pytest.raises(policies.NotAllowed, match=words):
        let_in(office, getattr(office, who))


def test_it_is_let_in_once_and_before_approval(office: Office) -> None:
    cut_off(office)
    office.statistic(3)
    let_in(office, office.coordinator)
    with pytest.raises(policies.NotAllowed, match="s1 is in the text already"):
        let_in(office, office.reviewer)
    with pytest.raises(actions.NotFound):
        let_in(office, office.reviewer, ref="s9")


def test_a_cut_off_before_the_period_opens_is_refused(office: Office) -> None:
    with pytest.raises(actions.Invalid, match="comes after the day of opening"):
        cut_off(office, dt.date(2020, 1, 1))


def test_the_pages_show_what_waits_and_who_lets_it_in(office: Office) -> None:
    cut_off(office)
    office.statistic(3)
    shown = {}
    for person in (office.analyst, office.reviewer):
        client = Client()
        client.force_login(person)
        page = client.get(reverse("assessments:facts", args=[office.assessment.public_id])).content.decode()
        shown[person.name] = ("Held back" in page, "Let it in" in page)
    assert shown == {"Ann Analyst": (True, False), "Rita Reviewer": (True, True)}
    where = [office.assessment.public_id, "statistics", "s1"]
    assert "Held back" in client.get(reverse("assessments:fact", args=where)).content.decode()
    assert "Held back" in client.get(reverse("assessments:review", args=where[:1])).content.decode()
    client.post(reverse("assessments:let-in", args=where))
    page = client.get(reverse("assessments:fact", args=where)).content.decode()
    assert "Let into the text after the cut-off by Rita Reviewer" in page


def test_without_a_cut_off_no_page_asks_or_shows_anything_of_it(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.force_login(office.analyst)
    where = reverse("assessments:facts", args=[office.assessment.public_id])
    client.get(where)
    with django_assert_max_num_queries(22) as without:
        page = client.get(where).content.decode()
    assert "Held back" not in page
    cut_off(office)
    with django_assert_max_num_queries(30) as with_one:
        client.get(where)
    assert len(with_one) > len(without)
