"""A recommendation changed in a Word file comes back as words proposed for it: shown, taken or declined, on record."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assessments import actions, events, policies
from assessments.enums import ProposalState
from assessments.models import DraftRecommendation, Event, ReturnedFile, ReturnedItem, Snapshot, WordingProposal
from tests.assessments.office import Office, take_case
from tests.assessments.wordedits import Edited, exported


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(office: Office, name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


@pytest.fixture
def snapshot(office: Office) -> Snapshot:
    take_case(office, "2021-philippines")
    return actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())


def first(office: Office) -> DraftRecommendation:
    return office.revision.recommendations.order_by("rank").first()


def brought(office: Office, file: Edited, by: object) -> ReturnedFile:
    """Bring the file back and take it over."""
    answer = client_of(by).post(address(office, "returned-files"), {"file": SimpleUploadedFile("back.docx", file.data)})
    assert answer.status_code == 302
    kept = ReturnedFile.objects.latest("pk")
    client_of(by).post(address(office, "take-returned", kept.public_id))
    return kept


def proposed(office: Office, snapshot: Snapshot) -> WordingProposal:
    """Let a reviewer bring a file in which two words of the first recommendation were changed with tracking."""
    file = exported(snapshot)
    file.replace("investigate and prosecute", "promptly investigate and prosecute")
    brought(office, file, office.reviewer)
    return WordingProposal.objects.get()


def taken(office: Office, person: object, row: WordingProposal, version: int) -> Any:
    where = address(office, "accept-wording", row.public_id)
    return client_of(person).post(where, {"back": "draft", "version": version}, follow=True)


def test_a_changed_recommendation_waits_beside_it_and_is_taken_in_one_click(office: Office, snapshot: Snapshot) -> None:
    point = first(office)
    row = proposed(office, snapshot)
    assert (row.code, row.sentence, row.quote) == (point.code, None, point.shown)
    wanted = point.shown.replace("investigate and prosecute", "promptly investigate and prosecute", 1)
    assert (row.text, row.stated_author) == (wanted, "Carla Clearance")
    assert [item.proposal for item in ReturnedItem.objects.all()] == [row]
    for page in ("draft", "review"):
        shown = client_of(office.analyst).get(address(office, page)).content.decode()
        assert f"For recommendation {point.code}" in shown
        assert address(office, "accept-wording", row.public_id) in shown
    answer = taken(office, office.analyst, row, point.version)
    assert "Taken. The words are yours now." in answer.content.decode()
    point.refresh_from_db()
    row.refresh_from_db()
    assert (point.shown, row.state, row.answered_by) == (wanted, ProposalState.ACCEPTED, office.analyst)
    event = Event.objects.filter(action="accept_wording").get()
    assert (event.target, event.by) == (f"recommendations/{point.code}", office.analyst)
    assert events.deed(event) == f"Ann Analyst took the proposed words recommendations {point.code} (text)."
    assert policies.ItemAuthors(office.revision).of(point.code, {}) == {office.analyst.pk}
    call_command("rederive", "--check", verbosity=0)


def test_it_is_declined_with_a_reason_and_stays_on_record(office: Office, snapshot: Snapshot) -> None:
    point = first(office)
    row = proposed(office, snapshot)
    where = address(office, "decline-wording", row.public_id)
    client_of(office.analyst).post(where, {"back": "review", "reason": "The law says when."})
    row.refresh_from_db()
    assert (row.state, row.answer) == (ProposalState.DECLINED, "The law says when.")
    assert first(office).shown == point.shown


def test_what_changed_meanwhile_is_shown_and_nothing_is_lost(office: Office, snapshot: Snapshot) -> None:
    point = first(office)
    row = proposed(office, snapshot)
    actions.edit_recommendation(
        revision_id=office.revision_id,
        recommendation_id=point.public_id,
        text="Prosecute complicit officials.",
        version=point.version,
        by=office.analyst,
        at=office.clock(),
    )
    answer = taken(office, office.analyst, row, point.version)
    assert (
        "Not taken: it was changed meanwhile. It now reads: Prosecute complicit officials." in answer.content.decode()
    )
    row.refresh_from_db()
    assert row.state == ProposalState.OPEN


@pytest.mark.parametrize("who", ["reviewer", "coordinator"])
def test_only_who_may_change_recommendations_takes_words_for_one(office: Office, snapshot: Snapshot, who: str) -> None:
    row = proposed(office, snapshot)
    person = getattr(office, who)
    assert taken(office, person, row, first(office).version).status_code == 403
    with pytest.raises(policies.NotAllowed, match="Only an analyst assigned to Examplia"):
        actions.decline_wording(proposal_id=row.public_id, reason="No.", by=person, at=office.clock())
    row.refresh_from_db()
    assert row.state == ProposalState.OPEN


@pytest.mark.parametrize("who", ["reader", "exporter", "other_analyst"])
def test_others_learn_nothing_of_it(office: Office, snapshot: Snapshot, who: str) -> None:
    row = proposed(office, snapshot)
    assert taken(office, getattr(office, who), row, 1).status_code == 404


def test_words_wait_while_the_text_is_with_the_reviewers(office: Office, snapshot: Snapshot) -> None:
    row = proposed(office, snapshot)
    office.submit()
    answer = taken(office, office.analyst, row, first(office).version)
    assert answer.status_code == 403
    assert "it can be changed while in progress or with changes requested" in answer.content.decode()


def test_a_recommendation_cut_from_the_file_is_listed_only(office: Office, snapshot: Snapshot) -> None:
    file = exported(snapshot)
    file.replace(first(office).shown, "")
    kept = brought(office, file, office.reviewer)
    (item,) = kept.items.all()
    assert (item.kind, item.code, item.proposal, item.settled_at) == ("point", first(office).code, None, None)


def test_words_for_what_is_not_set_off_any_more_stay_listed(office: Office, snapshot: Snapshot) -> None:
    point = first(office)
    row = proposed(office, snapshot)
    DraftRecommendation.objects.filter(pk=point.pk).delete()
    shown = client_of(office.analyst).get(address(office, "review")).content.decode()
    assert "its recommendation is gone" in shown
    answer = taken(office, office.analyst, row, point.version)
    assert "The recommendation is gone; nothing sets it off any more." in answer.content.decode()
