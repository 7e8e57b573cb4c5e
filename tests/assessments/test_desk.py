"""The coordinator's desk: progress, forecast, and people and countries in bulk."""

import csv
import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from assessments import actions, events, policies
from assessments.core.forecast import Forecast
from assessments.enums import Part, Subject
from assessments.models import Assessment, Assignment, Event, Revision
from assessments.views.desk_rows import Asked, desk_rows, narrowed
from tests.assessments.factories import CountryFactory, user
from tests.assessments.office import Office


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def opened(office: Office, *names: str) -> list[Assessment]:
    """Open assessments of more countries, without people."""
    codes = [CountryFactory(name=name, sort_name=name, bureau="AF").iso3 for name in names]
    return actions.open_many(countries=codes, report_year=2024, by=office.coordinator, at=office.clock())


def desk(office: Office, **asked: str) -> str:
    return text_of(signed_in(office.coordinator).get(reverse("assessments:desk", args=[2024]), asked).content)


def give(office: Office, rows: list[Assessment], person: object, part: Part, **more: bool) -> list[actions.desk.Change]:
    return actions.assign_many(
        assessment_ids=[row.public_id for row in rows],
        user_id=person.public_id,
        part=part,
        by=office.coordinator,
        at=office.clock(),
        **more,
    )


# --- Bulk --------------------------------------------------------------------------------------------------------


def test_many_countries_get_their_person_each_on_record(office: Office) -> None:
    rows = opened(office, "Arcadia", "Borduria")
    changes = give(office, rows, office.other_analyst, Part.ANALYST)
    assert [str(change) for change in changes] == [
        "Arcadia 2024: Otto Analyst becomes analyst",
        "Borduria 2024: Otto Analyst becomes analyst",
    ]
    for row in rows:
        told = Event.objects.about(Subject.ASSESSMENT, row.public_id).last()
        assert (told.action, told.target) == ("assign", "Otto Analyst, analyst")
    assert list(events.verify_all()) == []
    assert give(office, rows, office.other_analyst, Part.ANALYST) == []


def test_one_country_that_cannot_refuses_all_with_its_reason(office: Office) -> None:
    both = user(Role.ANALYST, Role.REVIEWER, name="Bo Both")
    rows = opened(office, "Arcadia", "Borduria")
    give(office, rows[:1], both, Part.ANALYST)
    count = Assignment.objects.count()
    with pytest.raises(actions.Invalid) as refusal:
        give(office, rows, both, Part.REVIEWER)
    assert refusal.value.errors == {
        "countries": ["Arcadia 2024: Bo Both is analyst of this assessment; its reviewer is somebody else."]
    }
    with pytest.raises(actions.Invalid, match="does not hold the role"):
        give(office, rows, office.analyst, Part.REVIEWER)
    assert Assignment.objects.count() == count


def test_a_person_takes_over_from_whoever_had_the_part(office: Office) -> None:
    rows = [office.assessment]
    changes = give(office, rows, office.other_analyst, Part.ANALYST, instead=True)
    assert [str(change) for change in changes] == [
        "Examplia 2024: Ann Analyst is no longer analyst",
        "Examplia 2024: Otto Analyst becomes analyst",
    ]
    running = office.assessment.assignments.filter(ended_at__isnull=True, part=Part.ANALYST.value)
    assert [row.user for row in running] == [office.other_analyst]


@pytest.mark.parametrize("who", ["analyst", "reviewer", "exporter", "reader", "editor", "account_admin"])
def test_only_a_coordinator_works_in_bulk(office: Office, who: str) -> None:
    person = getattr(office, who)
    with pytest.raises(policies.NotAllowed):
        actions.open_many(countries=["XXX"], report_year=2024, by=person, at=office.clock())
    with pytest.raises(policies.NotAllowed):
        actions.assign_many(
            assessment_ids=[office.assessment.public_id],
            user_id=office.analyst.public_id,
            part=Part.ANALYST,
            by=person,
            at=office.clock(),
        )
    assert signed_in(person).get(reverse("assessments:desk", args=[2024])).status_code == 403


def test_the_page_shows_what_changes_before_it_does(office: Office) -> None:
    rows = opened(office, "Arcadia", "Borduria")
    client, where = signed_in(office.coordinator), reverse("assessments:assign-many", args=[2024])
    data = {
        "countries": [str(row.public_id) for row in rows],
        "person": str(office.other_analyst.public_id),
        "part": "analyst",
    }
    asked = client.post(where, data)
    assert "Two assignments would change" in text_of(asked.content)
    assert not Assignment.objects.filter(assessment__in=rows).exists()
    done = client.post(where, data | {"confirmed": "1"}, follow=True)
    assert "Two assignments changed." in text_of(done.content)
    assert Assignment.objects.filter(assessment__in=rows, user=office.other_analyst).count() == 2


def test_a_refusal_keeps_what_was_chosen(office: Office) -> None:
    client, where = signed_in(office.coordinator), reverse("assessments:assign-many", args=[2024])
    data = {
        "countries": [str(office.assessment.public_id)],
        "person": str(office.analyst.public_id),
        "part": "reviewer",
    }
    answer = client.post(where, data)
    assert answer.status_code == 422
    assert "Examplia 2024: Ann Analyst does not hold the role this part needs: reviewer." in text_of(answer.content)
    assert re.search(r'name="countries"[^>]*checked', answer.content.decode())
    empty = client.post(where, {"person": data["person"], "part": "analyst"})
    assert "Choose at least one country in the table." in text_of(empty.content)


def test_countries_are_opened_at_once_or_not_at_all(office: Office) -> None:
    code = CountryFactory(name="Arcadia").iso3
    with pytest.raises(actions.Invalid, match="already has an assessment"):
        actions.open_many(
            countries=[code, office.country.iso3], report_year=2024, by=office.coordinator, at=office.clock()
        )
    assert not Assessment.objects.filter(country=code).exists()
    client, where = signed_in(office.coordinator), reverse("assessments:open-many", args=[2024])
    assert "Choose at least one country." in text_of(client.post(where, {}).content)
    done = client.post(where, {"countries": [code]}, follow=True)
    assert "One assessment opened. Assign their people here." in text_of(done.content)
    assert Assessment.objects.filter(country=code).exists()


# --- The table ---------------------------------------------------------------------------------------------------


def test_the_table_is_narrowed_and_summed(office: Office) -> None:
    opened(office, "Arcadia", "Borduria")
    whole = desk(office)
    assert "Of three countries, none is forecast to be late." in whole
    assert "three countries shown" in whole
    assert "nobody assigned" in whole
    assert "two countries shown" in desk(office, unassigned="on")
    assert "one country shown" in desk(office, words="ARCA")
    assert "two countries shown" in desk(office, bureau="AF")
    assert "one country shown" in desk(office, person=str(office.analyst.public_id))
    assert "No country is like that." in desk(office, state="released")
    assert "three countries shown" in desk(office, state="nonsense")


def test_the_latest_comes_first_and_what_cannot_be_said_last(office: Office) -> None:
    (one,) = desk_rows(office.coordinator, office.assessment.period)
    rows = [replace(one, place=n, forecast=Forecast(None, late, "")) for n, late in enumerate((-3, None, 0, 12))]
    assert [row.forecast.late_by for row in narrowed(rows, Asked())] == [12, 0, -3, None]


def test_what_a_save_left_undrawn_is_drawn_before_it_is_counted(office: Office) -> None:
    Revision.objects.update(undrawn=True)
    desk(office)
    assert not Revision.objects.filter(undrawn=True).exists()


def test_the_file_says_what_the_table_says(office: Office) -> None:
    opened(office, "Arcadia")
    answer = signed_in(office.coordinator).get(reverse("assessments:desk-file", args=[2024]), {"sort": "country"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer["Content-Disposition"] == 'attachment; filename="2024-progress.csv"'
    found = {row["country"]: row for row in rows}
    assert found["Arcadia"] == {
        "report_year": "2024",
        "country": "Arcadia",
        "iso3": found["Arcadia"]["iso3"],
        "bureau": "AF",
        "state": "in progress",
        "core_answered": "0",
        "core_expected": "25",
        "facts_and_levels_without_evidence": "0",
        "checks_open": found["Arcadia"]["checks_open"],
        "analysts": "",
        "reviewers": "",
        "forecast_approved_on": "",
        "days_after_due_date": "",
        "forecast_from": "too few answers to say",
    }


def test_the_table_takes_as_many_queries_for_many_countries(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, where = signed_in(office.coordinator), reverse("assessments:desk", args=[2024])
    client.get(where)
    with django_assert_max_num_queries(16) as few:
        client.get(where)
    opened(office, *(f"Land {n}" for n in range(9)))
    with django_assert_max_num_queries(16) as many:
        client.get(where)
    assert len(many) == len(few)


def test_dates_are_offered_worked_back_from_june_30_and_saved_only_when_sent(office: Office) -> None:
    client, where = signed_in(office.coordinator), reverse("assessments:period", args=[2024])
    page = client.get(where, {"worked-back": ""}).content.decode()
    assert 'value="2024-06-10"' in page
    assert 'value="2024-06-20"' in page
    assert office.assessment.period.due_on == dt.date(2024, 6, 1)
