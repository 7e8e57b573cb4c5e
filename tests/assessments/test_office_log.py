"""The log of the office: everybody reads of what is open to them, narrows it and takes it away."""

import csv
import io

from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from assessments import actions, policies
from assessments.core.values import Protection
from assessments.enums import Part, Subject
from assessments.models import Event
from tests.assessments.factories import user
from tests.assessments.office import Office

ADDRESS = reverse("assessments:office-log")
FILE = reverse("assessments:office-log-file")


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def rows(who: object, **asked: str) -> list[dict[str, str]]:
    data = signed_in(who).get(FILE, asked).content.decode()
    return list(csv.DictReader(io.StringIO(data)))


def test_a_coordinator_reads_of_countries_sources_and_periods(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    found = rows(office.coordinator)
    assert {(row["about"], row["name"]) for row in found} >= {
        ("assessment", "Examplia 2024"),
        ("source", "Report on courts"),
        ("period", "2024"),
    }
    assert [row["at"] for row in found] == sorted(row["at"] for row in found)
    html = signed_in(office.coordinator).get(ADDRESS).content.decode()
    assert "Ann Analyst saved the source" in html
    assert reverse("assessments:log", args=[office.assessment.public_id]) in html


def test_it_is_narrowed_by_what_it_is_about_by_person_act_and_days(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    assert {row["about"] for row in rows(office.coordinator, about="source")} == {"source"}
    mine = rows(office.coordinator, person=str(office.analyst.public_id), act="save_evidence")
    assert [(row["person"], row["action"]) for row in mine] == [("Ann Analyst", "save_evidence")]
    assert rows(office.coordinator, until="2000-01-01") == []
    assert rows(office.coordinator, since="nonsense") == rows(office.coordinator)
    assert rows(office.coordinator, since="nonsense", about="source") == rows(office.coordinator, about="source")
    html = signed_in(office.coordinator).get(ADDRESS, {"about": "source"}).content.decode()
    assert "One entry" in html
    assert f"{FILE}?about=source" in html


def test_who_looked_at_a_protected_source_stands_there_for_who_may_know_it(office: Office) -> None:
    office.source(title="Testimony of a guard", protection=Protection.CONFIDENTIAL)
    rows(office.analyst, about="source")  # reading its name in the log is a look as well
    looks = rows(office.analyst, act="view_source")
    assert [(row["name"], row["person"]) for row in looks] == [("Testimony of a guard", "Ann Analyst")]
    for name in ("reviewer", "coordinator", "other_analyst", "reader"):
        assert "Testimony" not in str(rows(getattr(office, name)))


def test_nobody_reads_of_what_is_not_open_to_them(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    coder = user(Role.ANALYST, name="Sid Second")
    office.assign(coder, Part.SECOND_CODER)
    for person in (office.reader, office.exporter, office.other_analyst, coder):
        assert "Examplia" not in str(rows(person))
        assert {row["about"] for row in rows(person)} <= {"source", "account", "template"}
    assert {row["about"] for row in rows(office.editor)} == set()
    actions.invite(
        name="Nora New",
        email="nora@example.org",
        roles=frozenset({Role.READER}),
        by=office.account_admin,
        at=office.clock(),
    )
    assert {(row["about"], row["name"]) for row in rows(office.account_admin)} == {("account", "Nora New")}


def test_a_page_of_it_costs_the_same_for_much_as_for_little(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(office.coordinator)
    office.evidence()
    with django_assert_max_num_queries(20) as few:
        client.get(ADDRESS, {"about": "source"})
    for _ in range(8):
        office.evidence()
    assert Event.objects.filter(subject_kind=Subject.SOURCE.value).count() > 8
    with django_assert_max_num_queries(20) as many:
        client.get(ADDRESS, {"about": "source"})
    assert len(many) == len(few)


def test_the_newest_page_is_read_along_the_index_by_time(office: Office) -> None:
    """Sorting all that a person may read, for a page of it, is what made the log slow with its years."""
    office.evidence()
    assert list(policies.newest_events(office.coordinator)) == list(
        policies.visible_events(office.coordinator).order_by("-at", "-pk")
    )
    assert not policies.newest_events(User(is_active=False)).exists()
    if connection.vendor == "postgresql":  # it reads a small table whole, whatever indexes there are
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    assert "event_by_time" in policies.newest_events(office.coordinator)[:50].explain()
