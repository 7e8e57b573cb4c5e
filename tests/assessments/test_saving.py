"""Saves of the workbench: kept first and drawn next, in a fixed number of queries, and never to be met half done."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assessments import actions, events, records
from assessments.enums import Part, Subject
from assessments.models import Event, Presence, RatingRecord, Result
from assessments.views.presence import where
from tests.assessments.office import Office, make_office

PROSECUTED = "officials-prosecuted"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(office: Office, code: str = "I02") -> str:
    return f"/assessments/{office.assessment.public_id}/questions/{code}/"


def send(client: Client, office: Office, *, way: str = "first", code: str = "I02", **values: Any) -> Any:
    given = {"answer": "2", "confidence": "moderate", "rationale": "Seen in court.", "reason": "", "version": ""}
    return client.post(address(office, code), given | values | {"autosave": way}, headers={"HX-Request": "true"})


def version_in(answer: Any) -> str:
    return re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]


def ready(office: Office) -> Client:
    """Sign the analyst in, with an answer stored and its page opened once, as every save has it."""
    office.rate(PROSECUTED, 1)
    client = signed_in(office.analyst)
    assert client.get(address(office)).status_code == 200
    return client


# --- What it costs -----------------------------------------------------------------------------------------------


def with_facts(office: Office, count: int) -> None:
    """Give the section as many facts, all of them with evidence."""
    evidence = office.evidence()
    for value in range(2, count + 2):
        office.statistic(value, evidence=(evidence,), scope=f"in district {value}")


@pytest.mark.parametrize("facts", [2, 20])
def test_the_word_takes_ten_queries_and_the_draft_with_it_twenty_five(office: Office, facts: int) -> None:
    with_facts(office, facts)
    client = ready(office)
    with CaptureQueriesContext(connection) as word:
        answer = send(client, office, version="1", rationale="Seen twice.")
    assert answer.status_code == 200
    assert len(word) <= 10
    client.get(f"/assessments/{office.assessment.public_id}/refresh/?at=I02")
    with CaptureQueriesContext(connection) as whole:
        answer = send(client, office, way="1", version="2", answer="3")
    assert answer.status_code == 200
    assert "bench-draft" in answer.content.decode()
    assert len(whole) <= 25
    with CaptureQueriesContext(connection) as next_whole:
        send(client, office, way="1", version="3", answer="2")
    assert len(next_whole) <= 25


def test_a_save_of_a_fact_takes_as_many_queries_with_ten_times_the_facts(office: Office) -> None:
    client = signed_in(office.analyst)
    counts = []
    for number, facts in enumerate((2, 1, 18)):
        with_facts(office, facts)
        url = f"/assessments/{office.assessment.public_id}/facts/statistics/s1/"
        version = office.revision.statistics.get(ref="s1").version
        values = {"stage": "conviction", "unit": "persons", "count_kind": "exact", "count_value": str(50 + number)}
        values |= {"statute": "unknown", "period_basis": "reporting-period", "version": str(version), "autosave": "1"}
        with CaptureQueriesContext(connection) as taken:
            answer = client.post(url, values, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        counts.append(len(taken))
    assert counts[1] == counts[2]  # the first opened the page and finds nothing in memory
    assert max(counts) <= 25


@pytest.mark.django_db(transaction=True)
def test_a_process_that_comes_late_reads_only_what_others_wrote(transactional_db: None) -> None:
    office = make_office()
    with_facts(office, 3)
    client = ready(office)
    send(client, office, way="1", version="1", answer="3")
    mine = dict(records._LAST), dict(records._KNOWN)  # what this process knows; the next saves are another's
    office.rate("officials-investigated", 2)
    office.statistic(9)
    records.forget()
    office.rate(PROSECUTED, 0, version=2)
    records.forget()
    records._LAST.update(mine[0])
    records._KNOWN.update(mine[1])
    with CaptureQueriesContext(connection) as whole:
        answer = send(client, office, way="1", version="3", answer="2")
    assert answer.status_code == 200
    assert len(whole) <= 25
    after = office.revision.input_digest
    records.forget()
    call_command("rederive", "--check", verbosity=0)
    assert office.revision.input_digest == after


def test_a_database_put_back_under_a_process_is_read_anew(
    office: Office, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    taken = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        ref = office.statistic(7).ref
    assert records.earlier(office.revision) is not None
    transaction.savepoint_rollback(taken)
    records._KNOWN.clear()  # as if it were a record of long ago
    with django_capture_on_commit_callbacks(execute=True):
        office.rate(PROSECUTED, 2)  # stands where the figure stood in the log
    records.forget()
    call_command("rederive", "--check", verbosity=0)
    assert ref not in [name for sentence in office.revision.sentences.all() for name in sentence.basis.get("facts", ())]


# --- Kept first, drawn next --------------------------------------------------------------------------------------


def test_the_word_comes_first_and_the_next_request_brings_the_draft(office: Office) -> None:
    client = ready(office)
    answer = send(client, office, version="1", answer="3", rationale="Three courts.")
    body = answer.content.decode()
    assert "Saved " in body
    assert answer["Indicia-Saved"] == address(office)
    row = RatingRecord.objects.get(indicator__slug=PROSECUTED)
    assert (row.level, row.rationale, row.version, version_in(answer)) == (3, "Three courts.", 2, "2")
    event = Event.objects.filter(action="save_rating").latest("sequence")
    assert event.fields == ["rating.level", "rating.rationale"]
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None
    assert office.revision.undrawn == "ratings"
    refreshed = client.get(answer["Indicia-Refresh"], headers={"HX-Request": "true"})
    assert refreshed.status_code == 200
    assert "bench-draft" in refreshed.content.decode()
    assert office.revision.undrawn == ""
    call_command("rederive", "--check", verbosity=0)


def test_what_is_drawn_late_is_what_is_drawn_at_once(office: Office) -> None:
    office.statistic(4)
    client = ready(office)
    version = "1"
    for level, is_known in (("3", True), ("0", False), ("2", True)):
        if not is_known:
            records.forget()  # another process saves next
        answer = send(client, office, version=version, answer=level, rationale=f"Level {level} it is.")
        version = version_in(answer)
    send(client, office, code="I05", answer="1")
    assert client.get(f"/assessments/{office.assessment.public_id}/draft/").status_code == 200
    late, text = office.revision, list(office.revision.sentences.in_order().values_list("generated_text", flat=True))
    records.forget()
    with transaction.atomic():
        actions.rederive(actions.lock(office.revision_id), at=office.clock())
    assert (late.undrawn, late.input_digest) == ("", office.revision.input_digest)
    assert late.content_hash == office.revision.content_hash
    assert text == list(office.revision.sentences.in_order().values_list("generated_text", flat=True))
    assert Result.objects.get(revision=late).input_digest == late.input_digest


def test_no_action_and_no_page_meets_a_revision_that_is_not_drawn(office: Office) -> None:
    office.answer_all()
    client = signed_in(office.analyst)
    client.get(address(office))
    version = "1"

    def leave_undrawn() -> None:
        nonlocal version
        answer = send(
            client,
            office,
            version=version,
            answer="not-assessed",
            rationale=f"After {version}.",
            reason="Nobody could.",
        )
        version = version_in(answer)
        assert office.revision.undrawn == "ratings"

    leave_undrawn()
    with pytest.raises(CommandError, match="Not current"):
        call_command("rederive", "--check", verbosity=0)
    for name in ("draft", "checks", "review", "compare"):
        leave_undrawn()
        assert client.get(f"/assessments/{office.assessment.public_id}/{name}/").status_code == 200
        assert office.revision.undrawn == "", name
    for who, url in ((office.analyst, "/"), (office.reviewer, "/"), (office.coordinator, "/assessments/")):
        leave_undrawn()
        assert signed_in(who).get(url).status_code == 200
        assert office.revision.undrawn == "", url
    leave_undrawn()
    office.submit()
    assert office.revision.undrawn == ""
    call_command("rederive", "--check", verbosity=0)


def test_pressing_save_brings_the_draft_along(office: Office) -> None:
    client = ready(office)
    answer = send(client, office, way="1", version="1", answer="3")
    assert office.revision.undrawn == ""
    assert {"bench-draft", "bench-nav", "entry-notes"} <= set(re.findall(r'id="([^"]+)"', answer.content.decode()))
    assert "<form" not in answer.content.decode()


def test_a_first_answer_is_kept_the_short_way_too(office: Office) -> None:
    client = signed_in(office.analyst)
    client.get(address(office))
    answer = send(client, office, answer="1")
    assert version_in(answer) == "1"
    assert RatingRecord.objects.get().level == 1


# --- What is refused ---------------------------------------------------------------------------------------------


def test_the_short_way_refuses_what_the_long_way_refuses(office: Office) -> None:
    ready(office)
    office.assign(office.other_reviewer, Part.SECOND_CODER)
    expected = {
        office.reviewer: 403,
        office.coordinator: 403,
        office.other_analyst: 404,
        office.other_reviewer: 404,
        office.exporter: 404,
        office.reader: 404,
    }
    for person, status in expected.items():
        assert send(signed_in(person), office, version="1", answer="3").status_code == status, person
    assert RatingRecord.objects.get().level == 1
    mine = signed_in(office.analyst)
    assert send(mine, office, version="1", answer="9").status_code == 422
    assert send(mine, office, version="1", evidence="e77").status_code == 422
    assert send(mine, office, code="I99", version="1").status_code == 404
    assert RatingRecord.objects.get().version == 1


def test_an_answer_that_was_submitted_meanwhile_is_not_changed(office: Office) -> None:
    office.answer_all()
    client = signed_in(office.analyst)
    client.get(address(office))
    office.submit()
    assert send(client, office, version="1", answer="3").status_code == 403
    assert RatingRecord.objects.get(indicator__slug=PROSECUTED).level is None


def test_the_second_to_save_sees_both_texts_and_the_log_keeps_theirs_once(office: Office) -> None:
    client = ready(office)
    office.rate(PROSECUTED, 4, version=1)
    answer = send(client, office, version="1", answer="2", rationale="Mine.")
    assert answer.status_code == 409
    assert {"level 4", "level 2"} <= set(re.findall(r"level \d", answer.content.decode()))
    assert Event.objects.filter(action="keep_refused").count() == 1
    assert RatingRecord.objects.get(indicator__slug=PROSECUTED).level == 4


# --- Who else is here --------------------------------------------------------------------------------------------


def be(client: Client, office: Office, place: str = "questions/I02", **more: str) -> Any:
    return client.post(f"/assessments/{office.assessment.public_id}/presence/", {"place": place} | more)


def test_people_see_who_else_is_here_and_where(office: Office) -> None:
    ann, rita = signed_in(office.analyst), signed_in(office.reviewer)
    assert be(ann, office).content.decode().strip() == ""
    assert "Ann Analyst (on this page)" in " ".join(re.sub("<[^>]+>", "", be(rita, office).content.decode()).split())
    assert "Rita Reviewer" in be(ann, office, "draft").content.decode()
    told = " ".join(re.sub("<[^>]+>", "", be(rita, office).content.decode()).split())
    assert told == "Also here: Ann Analyst (draft)"
    be(ann, office, gone="1")
    assert be(rita, office).content.decode().strip() == ""


def test_presence_ends_by_itself(office: Office) -> None:
    be(signed_in(office.analyst), office)
    Presence.objects.update(seen_at=Presence.objects.get().seen_at - dt.timedelta(seconds=71))
    rita = signed_in(office.reviewer)
    assert be(rita, office).content.decode().strip() == ""
    assert [row.person for row in Presence.objects.all()] == [office.reviewer]


def test_a_second_coder_is_neither_shown_nor_told(office: Office) -> None:
    office.assign(office.other_analyst, Part.ANALYST)
    otto = signed_in(office.other_analyst)
    be(otto, office)
    office.assign(office.other_reviewer, Part.SECOND_CODER)
    assert be(signed_in(office.other_reviewer), office).status_code == 404
    assert "Ruth" not in be(signed_in(office.analyst), office).content.decode()
    assert be(signed_in(office.reader), office).status_code == 404
    assert not Presence.objects.filter(person=office.other_reviewer).exists()


def test_somebody_who_lost_the_right_is_no_longer_shown(office: Office) -> None:
    office.assign(office.other_analyst, Part.ANALYST)
    be(signed_in(office.other_analyst), office)
    ann = signed_in(office.analyst)
    assert "Otto" in be(ann, office).content.decode()
    actions.end_assignment(
        assessment_id=office.assessment.public_id,
        user_id=office.other_analyst.public_id,
        part=Part.ANALYST,
        by=office.coordinator,
        at=office.clock(),
    )
    assert "Otto" not in be(ann, office).content.decode()


def test_a_beat_takes_few_queries(office: Office) -> None:
    ann = signed_in(office.analyst)
    be(ann, office)
    be(signed_in(office.reviewer), office)
    with CaptureQueriesContext(connection) as taken:
        be(ann, office)
    assert len(taken) <= 7


@pytest.mark.parametrize(
    ("place", "words"),
    [("questions/I02", "question I02"), ("facts/cases/c1", "facts"), ("", ""), ("nowhere", "")],
)
def test_places_are_said_in_words(place: str, words: str) -> None:
    assert where(place) == words


def test_how_far_ticked_evidence_carries_is_said_before_it_is_saved(office: Office) -> None:
    item = office.evidence()
    client = ready(office)
    at = f"/assessments/{office.assessment.public_id}/carries/"
    page = client.get(address(office)).content.decode()
    assert f'hx-get="{at}?at=I02"' in page
    assert "supports no level yet" in client.get(at, {"at": "I02", "answer": "2"}).content.decode()
    said = client.get(at, {"at": "I02", "evidence": [item], "answer": "4"}).content.decode()
    assert "Your evidence supports" in said
    assert "level 4" not in said.split(":")[0]
    assert client.get(at, {"at": "I02", "evidence": ["e99"], "answer": "2"}).status_code == 200
    for nothing in ({"at": "I02"}, {"at": "I99", "evidence": [item]}, {}):
        assert "Your evidence" not in client.get(at, nothing).content.decode()
    send(client, office, version="1", answer="3", evidence=[item])
    assert client.get(at, {"at": "I02", "evidence": [item], "answer": "3"}).status_code == 200
    assert office.revision.undrawn == "ratings"  # what a save left is drawn by the request that shows it
    assert signed_in(office.other_analyst).get(at, {"at": "I02"}).status_code == 404
