"""Words proposed for a recommendation, on the page or by a Word file: shown, taken, declined, taken back, on record."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assessments import actions, events, policies
from assessments.enums import ProposalState, Subject
from assessments.models import (
    DraftRecommendation,
    Event,
    Notice,
    ReturnedFile,
    ReturnedItem,
    Snapshot,
    StoredValue,
    WordingProposal,
)
from tests.assessments.office import Office, take_case
from tests.assessments.wordedits import Edited, exported
from tests.image import remembered_step


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(office: Office, name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


@pytest.fixture
@remembered_step
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
    assert address(office, "accept-wording", row.public_id) not in shown
    answer = taken(office, office.analyst, row, point.version)
    assert "The recommendation is gone; nothing sets it off any more." in answer.content.decode()
    assert address(office, "decline-wording", row.public_id) in shown
    client_of(office.analyst).post(address(office, "decline-wording", row.public_id), {"reason": "It is gone."})
    row.refresh_from_db()
    assert row.state == ProposalState.DECLINED


@pytest.mark.parametrize("is_gone", [False, True])
def test_before_a_file_is_taken_over_it_is_said_what_will_become_of_it(
    office: Office, snapshot: Snapshot, is_gone: bool
) -> None:
    file = exported(snapshot)
    file.replace("investigate and prosecute", "promptly investigate and prosecute")
    if is_gone:
        first(office).delete()
    upload = {"file": SimpleUploadedFile("back.docx", file.data)}
    page = client_of(office.reviewer).post(address(office, "returned-files"), upload, follow=True)
    said = "One change that fits nothing in the text" if is_gone else "One suggestion"
    assert page.context["summary"] == said
    client_of(office.reviewer).post(address(office, "take-returned", ReturnedFile.objects.get().public_id))
    assert WordingProposal.objects.count() == (0 if is_gone else 1)


# --- On the page -------------------------------------------------------------------------------------------------

BETTER = "Prosecute officials at every level."


@pytest.fixture
def ready(office: Office) -> Office:
    take_case(office, "2021-philippines")
    return office


def further(office: Office) -> DraftRecommendation:
    return office.revision.recommendations.filter(is_top=False).order_by("rank").first()


def asked(office: Office, who: object, point: DraftRecommendation, text: str = BETTER, note: str = "Plainer.") -> Any:
    given = {f"proposal-{point.code}-text": text, f"proposal-{point.code}-note": note}
    return client_of(who).post(address(office, "propose-point-wording", point.public_id), given)


def test_a_reviewer_proposes_words_on_the_page_and_the_analyst_takes_them(ready: Office) -> None:
    point = first(ready)
    for page in ("draft", "review"):
        shown = client_of(ready.reviewer).get(address(ready, page)).content.decode()
        assert address(ready, "propose-point-wording", point.public_id) in shown
        assert address(ready, "propose-point-wording", further(ready).public_id) in shown
    answer = asked(ready, ready.reviewer, point)
    assert answer["Location"] == address(ready, "review") + f"#point-{point.code}"
    row = WordingProposal.objects.get()
    assert (row.code, row.quote, row.text, row.note) == (point.code, point.shown, BETTER, "Plainer.")
    assert (row.by, row.stated_author) == (ready.reviewer, "")
    notice = Notice.objects.get(kind="proposed")
    assert (notice.person, notice.place) == (ready.analyst, f"#point-{point.code}")
    assert "proposed other words for a recommendation" in notice.text
    assert first(ready).shown == point.shown
    taken(ready, ready.analyst, row, point.version)
    assert first(ready).shown == BETTER
    assert policies.ItemAuthors(ready.revision).of(point.code, {}) == {ready.analyst.pk}
    call_command("rederive", "--check", verbosity=0)


def test_words_for_one_that_is_not_among_the_top_stand_beside_it_on_the_draft(ready: Office) -> None:
    point = further(ready)
    asked(ready, ready.reviewer, point)
    shown = client_of(ready.analyst).get(address(ready, "draft")).content.decode()
    _, _, list_ = shown.partition('<details class="no-print further" open>')
    assert "other words are proposed for 1 of them" in list_
    assert address(ready, "accept-wording", WordingProposal.objects.get().public_id) in list_
    taken(ready, ready.analyst, WordingProposal.objects.get(), point.version)
    point.refresh_from_db()
    assert point.shown == BETTER


@pytest.mark.parametrize(
    ("text", "note", "said"),
    [
        ("", "", "A proposal has words."),
        ("x" * 4001, "", "at most 4000 characters"),
        (BETTER, "y" * 2001, "at most 2000 characters"),
        (None, "", "These are the words it has."),
    ],
)
def test_a_refused_proposal_is_said_at_its_recommendation_with_what_was_typed(
    ready: Office, text: str | None, note: str, said: str
) -> None:
    point = further(ready)
    words = point.shown if text is None else text
    answer = asked(ready, ready.reviewer, point, words, note)
    assert answer.status_code == 422
    _, _, here = answer.content.decode().partition(f'id="point-{point.code}"')
    here = here.partition("</li>\n</ol>")[0]
    assert said in here
    assert words in unescape(here)
    assert note in here
    assert not WordingProposal.objects.exists()


def test_it_is_taken_back_by_who_proposed_it_and_by_nobody_else(ready: Office) -> None:
    asked(ready, ready.reviewer, first(ready))
    row = WordingProposal.objects.get()
    where = address(ready, "withdraw-wording", row.public_id)
    for person in (ready.analyst, ready.coordinator):
        assert where not in client_of(person).get(address(ready, "review")).content.decode()
        assert client_of(person).post(where, {"back": "review"}).status_code == 403
    assert where in client_of(ready.reviewer).get(address(ready, "review")).content.decode()
    assert client_of(ready.reviewer).post(where, {"back": "draft"})["Location"].endswith(f"#point-{row.code}")
    row.refresh_from_db()
    assert (row.state, row.answered_by) == (ProposalState.WITHDRAWN, ready.reviewer)
    assert client_of(ready.reviewer).post(where, {"back": "draft"}).status_code == 403
    assert taken(ready, ready.analyst, row, first(ready).version).status_code == 403
    assert events.verify(Subject.ASSESSMENT, ready.assessment.public_id) is None


def test_nobody_takes_their_own_words(ready: Office) -> None:
    asked(ready, ready.analyst, first(ready))
    assert taken(ready, ready.analyst, WordingProposal.objects.get(), first(ready).version).status_code == 403


@pytest.mark.parametrize("who", ["reader", "exporter", "other_analyst"])
def test_others_propose_nothing(ready: Office, who: str) -> None:
    assert asked(ready, getattr(ready, who), first(ready)).status_code == 404
    with pytest.raises(policies.NotAllowed):
        actions.propose_wording(
            revision_id=ready.revision_id,
            recommendation_id=first(ready).public_id,
            text=BETTER,
            by=getattr(ready, who),
            at=ready.clock(),
        )


def test_a_recommendation_that_is_gone_is_said_to_be(ready: Office) -> None:
    point = first(ready)
    DraftRecommendation.objects.filter(pk=point.pk).delete()
    assert asked(ready, ready.reviewer, point).status_code == 404
    with pytest.raises(actions.NotFound, match="nothing sets it off any more"):
        actions.propose_wording(
            revision_id=ready.revision_id,
            recommendation_id=point.public_id,
            text=BETTER,
            by=ready.reviewer,
            at=ready.clock(),
        )


def test_a_name_in_proposed_words_is_taken_out_of_row_and_log(ready: Office) -> None:
    name = "Borislav Hrast"
    asked(ready, ready.reviewer, first(ready), f"Prosecute {name} and others.", f"{name} was named.")
    asked(ready, ready.reviewer, further(ready), f"Prosecute {name}.")
    last = WordingProposal.objects.order_by("pk").last()
    actions.decline_wording(
        proposal_id=last.public_id, reason=f"{name} is no office.", by=ready.analyst, at=ready.clock()
    )
    asked_for = actions.propose_redaction(
        revision_id=ready.revision_id, words=name, reason="It is a person's name.", by=ready.analyst, at=ready.clock()
    )
    actions.redact(revision_id=ready.revision_id, redaction_id=asked_for.public_id, by=ready.reviewer, at=ready.clock())
    rows = WordingProposal.objects.order_by("pk")
    assert [name in f"{row.text} {row.quote} {row.note} {row.answer}" for row in rows] == [False, False]
    assert [row.state for row in rows] == [ProposalState.OPEN, ProposalState.DECLINED]
    assert not [value for value in StoredValue.objects.values_list("value", flat=True) if name in value]
    assert events.verify(Subject.ASSESSMENT, ready.assessment.public_id) is None
    for page in ("draft", "review"):
        assert name not in client_of(ready.reviewer).get(address(ready, page)).content.decode()
