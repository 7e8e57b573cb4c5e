"""What a process knows of released figures is never out of date, and never somebody else's."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments import actions
from assessments.core.values import RatingState
from assessments.enums import Part
from assessments.models import Figures, Revision
from assessments.views.pictures import seen
from frameworks import reference_data
from frameworks.models import StoredReference, TierRecord
from tests.assessments import factories
from tests.assessments.office import Office
from tests.assessments.picturing import make_years, one_table, publish, table_of, url
from tests.frameworks.conftest import REFERENCE

SIX = 6
"""Session, person, what they code blind, what is released, and the version and period at a page's head."""


@pytest.fixture(autouse=True)
def started() -> None:
    """Begin as a process does that knows nothing."""
    seen.forget()


@pytest.fixture
def published(office: Office) -> Office:
    """An office with reference data on file and one released text."""
    StoredReference.objects.create(digest="0" * 64)
    publish(office)
    return office


def person(user: object) -> Client:
    found = Client()
    found.force_login(user)  # type: ignore[arg-type]
    return found


def body(client: Client, address: str) -> str:
    """Return what a page says, without its head, which has a token of its own each time."""
    page = client.get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["heat", "side", "levels", "changes", "consistency", "map", "trends", "validity"])
def test_released_figures_are_read_once_by_a_process(years: None, client: Client, name: str) -> None:
    query = "?c=ABW&c=AFG" if name == "side" else ""
    first = body(client, url(name) + query)
    least = SIX + (name == "changes")  # why answers moved is read for this person
    assert queries(client, url(name) + query) == least
    assert body(client, url(name) + query) == first
    seen.forget()
    assert body(client, url(name) + query) == first
    seen.forget()
    assert queries(client, url(name) + query) > least


def test_a_country_is_read_once_and_its_files_are_those_of_the_page(years: None, client: Client) -> None:
    first = body(client, url("country", "AFG"))
    assert queries(client, url("country", "AFG")) == SIX + 1  # the country itself
    assert body(client, url("country", "AFG")) == first
    files = client.get(url("country-csv", "AFG")).content
    seen.forget()
    assert client.get(url("country-csv", "AFG")).content == files


def test_working_values_are_read_every_time(office: Office) -> None:
    client = person(office.analyst)
    address = f"{url('heat')}?values=working"
    shown = one_table(client, address, "Levels of")
    office.rate("officials-prosecuted", 4)
    assert one_table(client, address, "Levels of") != shown


def test_a_working_value_that_was_saved_and_not_yet_drawn_is_shown(office: Office) -> None:
    office.rate("officials-prosecuted", 1)
    client = person(office.analyst)
    address = f"/assessments/{office.assessment.public_id}/questions/I02/"
    client.get(address)
    typed = {"answer": "4", "confidence": "moderate", "rationale": "Seen in court.", "reason": "Read again."}
    sent = typed | {"version": "1", "autosave": "first"}
    assert client.post(address, sent, headers={"HX-Request": "true"}).status_code == 200
    assert Revision.objects.get(is_open=True).undrawn  # written and logged, nothing derived
    (line,) = [row for row in table_of(client, "heat-csv", "values=working") if row["indicator_code"] == "I02"]
    assert (line["state"], line["level"]) == ("rated", "4")
    assert not Revision.objects.get(is_open=True).undrawn


def test_a_release_shows_at_once(years: None, client: Client) -> None:
    before = {row["country"] for row in table_of(client, "heat-csv", "year=2025")}
    trend = table_of(client, "trends-csv")
    make_years(7, 3)
    after = {row["country"] for row in table_of(client, "heat-csv", "year=2025")}
    assert len(after - before) == 1
    assert [int(row["countries"]) for row in table_of(client, "trends-csv")] == [
        int(row["countries"]) + 1 for row in trend
    ]


def test_a_correction_shows_at_once_when_it_is_released(published: Office) -> None:
    office, reader = published, person(published.reader)

    def told() -> str:
        (line,) = [row for row in table_of(reader, "heat-csv") if row["indicator"] == "officials-prosecuted"]
        return line["state"]

    before = told()
    actions.correct(revision_id=office.revision_id, reason="A slip.", by=office.analyst, at=office.clock())
    state, reason = RatingState.INSUFFICIENT, "Two sources contradict each other."
    office.rate("officials-prosecuted", None, version=1, state=state, reason=reason)
    office.submit()
    office.approve()
    assert told() == before  # approved is not released
    office.release()
    assert told() == "insufficient-information" != before


def test_other_reference_data_shows_at_once(years: None, client: Client) -> None:
    reference = reference_data.read(REFERENCE)
    iso3 = table_of(client, "map-csv", "show=tier&year=2025")[0]["country"]
    old = TierRecord.objects.get(country=iso3, report_year=2025).tier
    new = "3" if old != "3" else "1"
    tiers = tuple(
        row.model_copy(update={"tier": new}) if (row.iso3, row.report_year) == (iso3, 2025) else row
        for row in reference.tiers
    )
    validity = body(client, url("validity"))
    reference_data.store(replace(reference, tiers=tiers))
    lines = {row["country"]: row["tier"] for row in table_of(client, "map-csv", "show=tier&year=2025")}
    assert lines[iso3] == new
    assert body(client, url("validity")) != validity


def test_what_one_person_saw_is_not_shown_to_who_codes_blind(published: Office) -> None:
    coordinator, coder = person(published.coordinator), person(published.other_analyst)
    assert table_of(coordinator, "heat-csv")
    assert table_of(coder, "heat-csv")
    published.turn_on(blind_coding=True)
    published.assign(published.other_analyst, Part.SECOND_CODER)
    for name in ("heat-csv", "trends-csv", "map-csv"):
        assert table_of(coordinator, name)
        assert table_of(coder, name) == []
    country = url("country", published.assessment.country_id)
    assert "Where it stands" in coordinator.get(country).content.decode()
    assert "Where it stands" not in coder.get(country).content.decode()


def test_a_process_keeps_a_bounded_number(years: None, client: Client) -> None:
    for year in range(2023, 2026):
        client.get(f"{url('heat')}?year={year}")
    assert 0 < len(seen._KNOWN) <= seen._MOST
    for number in range(seen._MOST + 10):
        seen.Seen(Figures.objects.none(), (number,)).once(("n",), lambda: 1)
    assert len(seen._KNOWN) == seen._MOST


def test_nothing_is_kept_where_no_reference_data_says_which_it_is(office: Office) -> None:
    publish(office)
    assert table_of(person(office.reader), "heat-csv")
    assert not seen._KNOWN


def test_a_framework_editor_without_pictures_sees_validity_only(years: None) -> None:
    editor = person(factories.user(Role.FRAMEWORK_EDITOR))
    assert editor.get(url("validity")).status_code == 200
    assert editor.get(url("heat")).status_code == 403
