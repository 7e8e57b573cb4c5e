"""A fact typed into its form: kept first and drawn next as an answer is, and never so that nothing can be drawn."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assessments import actions, events, records
from assessments.core.sheets import InformationGap, OfficialCase, Statistic
from assessments.core.values import Stage
from assessments.enums import Subject
from assessments.models import Event
from tests.assessments.office import Office
from tests.assessments.test_saving import signed_in, version_in, with_facts


def address(office: Office, sheet: str = "statistics", ref: str = "s1") -> str:
    return f"/assessments/{office.assessment.public_id}/facts/{sheet}/{ref}/"


def send(client: Client, office: Office, *, way: str = "first", **values: Any) -> Any:
    given = {"stage": "conviction", "unit": "persons", "count_kind": "exact", "count_value": "5", "statute": "unknown"}
    given |= {"period_basis": "reporting-period", "version": "1"}
    return client.post(address(office), given | values | {"autosave": way}, headers={"HX-Request": "true"})


def ready(office: Office, facts: int = 2, person: User | None = None) -> Client:
    """Sign the analyst in, with facts stored and the page of the first opened once, as every save has it."""
    with_facts(office, facts)
    client = signed_in(person or office.analyst)
    assert client.get(address(office)).status_code == 200
    return client


@pytest.mark.parametrize("facts", [2, 20])
def test_the_word_for_a_fact_takes_ten_queries(office: Office, facts: int) -> None:
    client = ready(office, facts)
    for version in ("1", "2", "3"):  # the second and third with nothing drawn in between
        with CaptureQueriesContext(connection) as word:
            answer = send(client, office, version=version, count_value=str(50 + int(version)), evidence=["e1"])
        assert answer.status_code == 200
        assert len(word) <= 10
        assert version_in(answer) == str(int(version) + 1)


@pytest.mark.parametrize("is_known", [True, False])
def test_the_word_comes_first_and_the_next_request_brings_the_draft(office: Office, is_known: bool) -> None:
    client = ready(office)
    if not is_known:
        records.forget()  # another process than the one that showed the form
    answer = send(client, office, count_value="57", evidence=["e1"])
    assert "Saved " in answer.content.decode()
    assert answer["Indicia-Saved"] == address(office)
    row = office.revision.statistics.get(ref="s1")
    assert (row.count_value, row.version, office.revision.undrawn) == (57, 2, "statistics")
    assert Event.objects.filter(action="save_fact").latest("sequence").target == "statistics/s1"
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None
    refreshed = client.get(answer["Indicia-Refresh"], headers={"HX-Request": "true"}).content.decode()
    assert "57" in refreshed
    assert "bench-draft" in refreshed
    assert office.revision.undrawn == ""
    call_command("rederive", "--check", verbosity=0)


def test_facts_and_answers_left_undrawn_come_to_what_is_drawn_at_once(office: Office) -> None:
    client = ready(office, 3)
    send(client, office, count_value="8", evidence=["e1"])
    records.forget()
    send(client, office, version="2", count_value="9")
    office.rate("officials-prosecuted", 2)
    send(client, office, version="3", count_value="11", scope="in the capital")
    assert client.get(f"/assessments/{office.assessment.public_id}/draft/").status_code == 200
    late, text = office.revision, list(office.revision.sentences.in_order().values_list("generated_text", flat=True))
    records.forget()
    with transaction.atomic():
        actions.rederive(actions.lock(office.revision_id), at=office.clock())
    assert (late.input_digest, late.content_hash) == (office.revision.input_digest, office.revision.content_hash)
    assert text == list(office.revision.sentences.in_order().values_list("generated_text", flat=True))


def test_two_people_in_one_fact_are_both_shown_and_nothing_is_lost(office: Office) -> None:
    client = ready(office)
    theirs = Statistic(id="s1", stage=Stage.CONVICTION, scope="in the north", evidence=("e1",))
    office.fact("statistics", theirs, ref="s1", version=1)
    answer = send(client, office, scope="in the south")
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "in the north" in body
    assert version_in(answer) == "2"
    assert office.revision.statistics.get(ref="s1").scope == "in the north"
    kept = Event.objects.filter(action="keep_refused").latest("sequence")
    assert kept.target == "statistics/s1"
    assert send(client, office, scope="in the south", version="2").status_code == 200
    assert office.revision.statistics.get(ref="s1").scope == "in the south"


def test_what_cannot_be_kept_is_said_and_the_page_goes_on_with_what_is_stored(office: Office) -> None:
    client = ready(office)
    answer = send(client, office, count_value="many")
    assert answer.status_code == 422
    assert "Not saved yet." in answer.content.decode()
    answer = send(client, office, evidence=["e999"])
    assert answer.status_code == 422
    row = office.revision.statistics.get(ref="s1")
    assert (row.version, office.revision.undrawn) == (1, "")


def test_a_fact_that_names_what_there_is_not_is_refused_before_anything_is_left_undrawn(office: Office) -> None:
    ref = office.fact("cases", OfficialCase(id="new")).ref
    record = OfficialCase(id=ref, counted_in="s77")
    before = Event.objects.count()
    with pytest.raises(actions.Invalid) as refusal:
        actions.save_fact(
            revision_id=office.revision_id,
            sheet="cases",
            ref=ref,
            record=record,
            version=1,
            by=office.analyst,
            at=office.clock(),
            is_drawn=False,
        )
    assert "s77" in str(refusal.value)
    assert (Event.objects.count(), office.revision.undrawn) == (before, "")


def test_nobody_keeps_a_fact_by_the_short_way_who_may_not(office: Office) -> None:
    ready(office)
    for person, status in ((office.reviewer, 403), (office.other_analyst, 404)):
        answer = send(signed_in(person), office, count_value="77")
        assert answer.status_code == status
    office.answer_all()
    office.submit()
    assert send(signed_in(office.analyst), office, count_value="77").status_code == 403
    assert office.revision.statistics.get(ref="s1").count_value != 77


def test_a_fact_held_back_stays_out_of_the_text_when_it_is_typed_on(office: Office) -> None:
    client = ready(office)
    period = office.assessment.period
    period.cut_off = office.clock.now.date() - dt.timedelta(days=2)
    period.save(update_fields=["cut_off"])
    ref = office.statistic(41).ref
    url = address(office, ref=ref)
    assert client.get(url).status_code == 200
    given = {"stage": "conviction", "unit": "persons", "count_kind": "exact", "count_value": "42", "statute": "unknown"}
    given |= {"period_basis": "reporting-period", "version": "1", "autosave": "first"}
    answer = client.post(url, given, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert client.get(answer["Indicia-Refresh"]).status_code == 200
    assert not any("42" in text for text in office.revision.sentences.values_list("generated_text", flat=True))
    call_command("rederive", "--check", verbosity=0)


def test_a_note_of_what_is_missing_is_kept_the_short_way_too(office: Office) -> None:
    ref = office.fact("information_gaps", InformationGap(id="new", text="No court records.")).ref
    client = signed_in(office.analyst)
    url = address(office, "information_gaps", ref)
    assert client.get(url).status_code == 200
    answer = client.post(
        url, {"text": "No court records at all.", "version": "1", "autosave": "first"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200, answer.content.decode()
    assert client.get(answer["Indicia-Refresh"]).status_code == 200
    assert office.revision.information_gaps.get(ref=ref).text == "No court records at all."
    call_command("rederive", "--check", verbosity=0)
