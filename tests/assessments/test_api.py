"""The API: the rights and actions of the pages for a person's program; versions, tags, pages, limits, errors."""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import ApiToken, Role, Scope
from assessments import actions, jobs, storage
from assessments.api import base
from assessments.core.values import Protection
from assessments.enums import Part, Subject
from assessments.exporters.data import LEVELS
from assessments.models import Event, Evidence, Job, StatisticRecord
from tests.assessments.api import ROOT, Program
from tests.assessments.office import Office
from tests.assessments.reports import approved, three
from tests.assessments.test_views_review import signed_in, text_of


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Path, db: None) -> None:
    """Keep files and counts of these tests apart."""
    settings.VAR = tmp_path
    cache.clear()


def at(office: Office, *more: object) -> str:
    return "/".join(["/assessments", str(office.assessment.public_id), *map(str, more)])


def confirmed(person: Any) -> Client:
    """Return the session of somebody who gave the password again just now."""
    client = signed_in(person)
    assert client.post(reverse("account_reauthenticate"), {"password": "four plain words here"}).status_code == 302
    return client


# --- Tokens ------------------------------------------------------------------------------------------------------


def test_a_token_is_shown_once_and_only_its_digest_is_kept(office: Office) -> None:
    client = confirmed(office.analyst)
    page = client.post(reverse("assessments:tokens"), {"name": "R script", "scope": "read", "days": "30"})
    token = ApiToken.objects.get()
    secret = next(word for word in text_of(page.content).split() if word.startswith("indicia_"))
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in text_of(client.get(reverse("assessments:tokens")).content)
    assert secret not in str(ApiToken.objects.values())
    event = Event.objects.filter(subject_kind=Subject.ACCOUNT.value).last()
    assert (event.action, event.target, event.by) == ("make_token", "R script (read)", office.analyst)
    answer = Client().get(f"{ROOT}/me", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json() | {"expires_at": ""} == {
        "name": "Ann Analyst",
        "roles": ["analyst"],
        "scope": "read",
        "expires_at": "",
    }
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_who_makes_a_token_gives_the_password_again_and_loses_nothing_typed(office: Office) -> None:
    client = signed_in(office.analyst)
    tokens, confirm = reverse("assessments:tokens"), reverse("account_reauthenticate")
    typed = {"name": "R & co", "scope": "write", "days": "7"}
    sent = client.post(tokens, typed)
    assert sent.status_code == 302
    assert sent["Location"].startswith(f"{confirm}?next=")
    assert client.post(sent["Location"], {"password": "not the password"}).status_code == 200
    assert client.post(tokens, typed).status_code == 302
    assert not ApiToken.objects.exists()
    back = client.post(sent["Location"], {"password": "four plain words here"})
    assert back["Location"].startswith(tokens)
    page = client.get(back["Location"]).content.decode()
    assert 'value="R &amp; co"' in page
    assert '<option value="write" selected>' in page
    assert client.post(tokens, typed).status_code == 200
    assert ApiToken.objects.get().name == "R & co"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6), tick=True):
        assert client.post(tokens, typed).status_code == 302
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"days": "0"}, "greater than or equal to 1"),
        ({"days": "9999"}, "less than or equal to 365"),
        ({"scope": "all"}, "Select a valid choice"),
    ],
)
def test_a_token_that_can_not_be_made_is_refused_beside_the_field(
    office: Office, given: dict[str, str], said: str
) -> None:
    data = {"name": "R script", "scope": "read", "days": "30"} | given
    answer = confirmed(office.analyst).post(reverse("assessments:tokens"), data)
    assert answer.status_code == 422
    assert said in text_of(answer.content)
    assert not ApiToken.objects.exists()


def test_no_token_no_answer(office: Office, settings: Any) -> None:
    program = Program(office.analyst)
    assert program.get("/me").status_code == 200
    for wrong in ("", "Bearer", "Bearer x", "Basic x", f"Bearer {program.secret}x"):
        answer = Client().get(f"{ROOT}/me", headers={"Authorization": wrong})
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    signed = signed_in(office.analyst)
    assert signed.get(f"{ROOT}/me").status_code == 401  # a session is no token, so no other site can use one
    settings.SECOND_FACTOR_ROLES = ["analyst"]
    assert program.get("/me").status_code == 401
    settings.SECOND_FACTOR_ROLES = []
    ApiToken.objects.update(expires_at=timezone.now(), made_at=timezone.now() - dt.timedelta(days=1))
    assert program.get("/me").status_code == 401


def test_a_token_taken_back_or_of_a_closed_account_holds_no_more(office: Office) -> None:
    program, other = Program(office.analyst), Program(office.analyst)
    signed_in(office.analyst).post(reverse("assessments:revoke-token", args=[program.token.public_id]))
    assert program.get("/me").status_code == 401
    assert other.get("/me").status_code == 200
    actions.close_account(user_id=office.analyst.public_id, reason="Left.", by=office.account_admin, at=timezone.now())
    assert other.get("/me").status_code == 401


def test_nobody_takes_back_a_token_that_is_none_of_theirs(office: Office) -> None:
    program = Program(office.account_admin)
    address = reverse("assessments:revoke-token", args=[program.token.public_id])
    for who in ("analyst", "coordinator", "reader"):
        assert signed_in(getattr(office, who)).post(address).status_code == 404
    theirs = Program(office.analyst)
    assert (
        signed_in(office.account_admin)
        .post(reverse("assessments:revoke-token", args=[theirs.token.public_id]))
        .status_code
        == 302
    )
    assert theirs.get("/me").status_code == 401
    assert program.get("/me").status_code == 200


def test_a_reading_token_writes_nothing(office: Office) -> None:
    program = Program(office.analyst, Scope.READ)
    assert program.get(at(office)).status_code == 200
    answer = program.post(at(office, "remarks"), {"text": "Why?"})
    assert (answer.status_code, answer.json()["detail"]) == (403, "This token reads only.")


def test_so_many_a_minute_and_no_more(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "READS_A_MINUTE", 3)
    monkeypatch.setattr(base, "FAILURES_A_MINUTE", 2)
    program = Program(office.analyst)
    codes = [program.get("/me").status_code for _ in range(5)]
    assert codes[:3] == [200] * 3
    assert 429 in codes  # the count begins again with each minute
    assert program.get("/me").headers.get("Retry-After", "60") == "60"
    codes = [Client().get(f"{ROOT}/me", headers={"Authorization": "Bearer guess"}).status_code for _ in range(5)]
    assert codes[0] == 401
    assert 429 in codes


# --- Reading -----------------------------------------------------------------------------------------------------


def test_released_texts_are_read_with_data_and_files(office: Office) -> None:
    first, second, _ = three(office)
    first.release()
    reader = Program(office.reader)
    (line,) = reader.get("/texts").json()["items"]
    snapshot = first.revision.snapshots.get()
    assert (line["country"], line["digest"], line["kind"]) == (first.country.iso3, snapshot.open_digest, "approved")
    assert line["words"] == snapshot.words > 0
    assert Program(office.exporter).get("/texts").json()["count"] == 2
    assert reader.get("/texts?country=XXX").json()["items"] == []
    assert reader.get("/texts?report_year=2023").json()["count"] == 0
    data = reader.get(f"/texts/{line['id']}/levels").json()
    assert list(data["columns"]) == [column.name for column in LEVELS.columns]
    assert len(data["rows"]) >= 44
    assert {row["snapshot"] for row in data["rows"]} == {snapshot.open_digest}
    assert reader.get(f"/texts/{line['id']}/finding").json()["rows"][0]["country"] == first.country.iso3
    assert reader.get(f"/texts/{line['id']}/sources").json()["rows"][0]["name"] == "Report on courts"
    assert {row["kind"] for row in reader.get("/codebook").json()["rows"]} == {"level", "state", "finding"}
    page = signed_in(office.reader).get(reverse("assessments:download", args=[snapshot.public_id, "md"])).content
    assert reader.get(f"/texts/{line['id']}/files/md").content == page
    assert reader.get(f"/texts/{line['id']}/files/md?audience=internal").status_code == 403
    assert reader.get(f"/texts/{line['id']}/files/exe").status_code == 404
    hidden = second.revision.snapshots.get().public_id
    for path in ("", "/levels", "/finding", "/sources", "/files/md"):
        assert reader.get(f"/texts/{hidden}{path}").status_code == 404


def test_working_data_is_read_by_its_people_alone(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(excerpt="As found."),))
    office.rate("officials-prosecuted")
    paths = ["", "sheets/statistics", "sheets/evidence", "sources", "answers", "sentences", "recommendations",
             "checks", "remarks"]  # fmt: skip
    for who in ("analyst", "reviewer", "coordinator"):
        program = Program(getattr(office, who))
        for path in paths:
            assert program.get(at(office, path).rstrip("/")).status_code == 200, (who, path)
    for who in ("other_analyst", "other_reviewer", "exporter", "reader", "editor", "account_admin"):
        program = Program(getattr(office, who))
        for path in paths:
            assert program.get(at(office, path).rstrip("/")).status_code == 404, (who, path)
        assert program.get("/assessments").json()["items"] == []


def test_who_codes_blind_sees_nothing_through_it(office: Office) -> None:
    approved(office)
    office.release()
    office.turn_on(blind_coding=True)
    office.other_analyst.grant([Role.EXPORTER], at=office.clock(), by=None)
    office.assign(office.other_analyst, Part.SECOND_CODER)
    program = Program(office.other_analyst)
    snapshot = office.revision.snapshots.get().public_id
    assert program.get("/assessments").json()["items"] == []
    assert program.get("/texts?current=false").json()["items"] == []
    sentence = office.revision.sentences.first().public_id
    for path in ("", "answers", "sentences", f"sentences/{sentence}", "recommendations", "checks", "remarks",
                 "sheets/statistics", "sources"):  # fmt: skip
        assert program.get(at(office, path).rstrip("/")).status_code == 404, path
    for path in ("", "/levels", "/finding", "/sources", "/files/txt"):
        assert program.get(f"/texts/{snapshot}{path}").status_code == 404
    asked = program.post("/reports", {"report_years": [2024], "format": "txt", "audience": "internal"})
    assert asked.status_code == 422
    assert "Examplia" not in asked.content.decode()


def test_protected_fields_are_in_no_answer(office: Office) -> None:
    hidden = office.source(
        title="SECRET title", url="https://example.org/SECRET", protection=Protection.CONFIDENTIAL,
        attributions=("an NGO",),
    )  # fmt: skip
    office.statistic(3, evidence=(office.evidence(hidden, excerpt="SECRET words", translator="SECRET"),))
    for who in ("analyst", "reviewer", "coordinator"):
        program = Program(getattr(office, who))
        for path in ("sheets/evidence", "sheets/evidence/V1", "sources", "sheets/statistics", "sentences"):
            assert "SECRET" not in program.get(at(office, path)).content.decode()


def test_pages_are_bounded_and_count_all(office: Office) -> None:
    for number in range(3):
        office.statistic(number + 2)
    program = Program(office.analyst)
    page = program.get(at(office, "sheets/statistics?per_page=2&page=2")).json()
    assert (len(page["items"]), page["count"], page["page"], page["pages"]) == (1, 3, 2, 2)
    assert program.get(at(office, "sheets/statistics?page=9999")).json()["items"] == []
    for wrong in ("page=0", "page=-1", f"page={2**70}", "per_page=101", "per_page=x", "page=10001"):
        assert program.get(at(office, f"sheets/statistics?{wrong}")).status_code == 422, wrong


def test_a_list_takes_as_many_queries_for_many_as_for_one(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    program = Program(office.coordinator)
    program.get("/assessments")
    with django_assert_max_num_queries(20) as few:
        program.get("/assessments")
    three(office)
    with django_assert_max_num_queries(len(few)):
        assert program.get("/assessments").json()["count"] == 3


def test_what_did_not_change_is_not_sent_again(office: Office) -> None:
    office.statistic(3)
    program = Program(office.analyst)
    for path in ("/me", at(office), at(office, "sheets/statistics"), at(office, "sheets/statistics/s1")):
        tag = program.get(path)["ETag"]
        again = program.get(path, If_None_Match=tag)
        assert (again.status_code, again.content) == (304, b""), path
        assert again["Cache-Control"] == "private, no-cache"
    tag = program.get(at(office, "sentences"))["ETag"]
    office.fact("statistics", office_statistic(7), ref="s1", version=1)
    assert program.get(at(office, "sentences"), If_None_Match=tag).status_code == 200


def office_statistic(value: int) -> Any:
    from assessments.core.sheets import Statistic
    from assessments.core.values import Count, CountKind, Stage

    return Statistic(id="s1", stage=Stage.CONVICTION, count=Count(kind=CountKind.EXACT, value=value))


# --- Writing -----------------------------------------------------------------------------------------------------

FIGURE = {"stage": "conviction", "count": {"kind": "exact", "value": 3}}


def test_a_fact_is_recorded_changed_and_withdrawn(office: Office) -> None:
    program = Program(office.analyst)
    made = program.post(at(office, "sheets/statistics"), {"record": FIGURE})
    assert made.status_code == 201, made.content
    ref = made.json()["ref"]
    assert "three" in program.get(at(office, "sentences")).json()["items"][0]["text"]
    one = program.get(at(office, "sheets/statistics", ref))
    assert one["ETag"] == '"v1"'
    assert one.json()["record"] == FIGURE | {"id": ref}
    changed = program.patch(
        at(office, "sheets/statistics", ref),
        {"record": {"count": {"kind": "exact", "value": 5}}},
        If_Match=one["ETag"],
    )
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    late = program.patch(at(office, "sheets/statistics", ref), {"record": {"note": "Mine."}}, If_Match=one["ETag"])
    assert (late.status_code, late.json()["version"]) == (409, 2)
    blind = program.patch(at(office, "sheets/statistics", ref), {"record": {"note": "Mine."}})
    assert blind.status_code == 409  # without the version that was read nothing is overwritten
    gone = program.post(at(office, "sheets/statistics", ref, "withdraw"), {"reason": "Entered twice."})
    assert gone.status_code == 200
    assert program.get(at(office, "sheets/statistics", ref)).status_code == 404
    by = set(
        Event.objects.filter(subject_id=office.assessment.public_id, action="save_fact").values_list("by", flat=True)
    )
    assert by == {office.analyst.pk}


def test_evidence_and_sources_are_recorded_and_hidden_fields_stay(office: Office) -> None:
    program = Program(office.analyst)
    source = program.post(at(office, "sources"), {"record": {"title": "Register", "source_class": "SC-C"}})
    assert source.status_code == 201, source.content
    item = program.post(
        at(office, "sheets/evidence"),
        {"record": {"source": source.json()["ref"], "credibility": "2", "excerpt": "As found.", "pinpoint": "p. 1"}},
    )
    assert item.status_code == 201, item.content
    ref = item.json()["ref"]
    changed = program.patch(at(office, "sheets/evidence", ref), {"record": {"pinpoint": "p. 2"}}, If_Match='"v1"')
    assert changed.status_code == 200
    row = Evidence.objects.get(revision=office.revision, ref=ref)
    assert (row.pinpoint, row.excerpt) == ("p. 2", "As found.")


def test_an_indicator_is_answered(office: Office) -> None:
    item = office.evidence()
    program = Program(office.analyst)
    answer = {
        "level": 2,
        "confidence": "moderate",
        "rationale": "It is met.",
        "reason": "Seen now.",
        "evidence": [item],
    }
    made = program.put(at(office, "answers/officials-prosecuted"), answer)
    assert made.status_code == 200, made.content
    (line,) = program.get(at(office, "answers")).json()["items"]
    assert (line["indicator"], line["level"], line["evidence"], line["version"]) == (
        "officials-prosecuted",
        2,
        [item],
        1,
    )
    assert program.put(at(office, "answers/officials-prosecuted"), answer | {"level": 3}).status_code == 409
    later = program.put(at(office, "answers/officials-prosecuted"), answer | {"level": 3}, If_Match='"v1"')
    assert later.json()["version"] == 2
    for wrong in (answer | {"level": 9}, answer | {"state": "maybe"}, answer | {"evidence": ["V99"]}):
        assert program.put(at(office, "answers/officials-prosecuted"), wrong, If_Match='"v2"').status_code == 422
    assert program.put(at(office, "answers/no-such"), answer).status_code == 422


def test_sentences_are_edited_and_written_and_remarked_on(office: Office) -> None:
    office.statistic(3)
    analyst, reviewer = Program(office.analyst), Program(office.reviewer)
    (row,) = analyst.get(at(office, "sentences")).json()["items"]
    path = at(office, "sentences", row["id"])
    tag = analyst.get(path)["ETag"]
    assert reviewer.patch(path, {"text": "Other words."}, If_Match=tag).status_code == 403
    assert analyst.patch(path, {"text": "Other words."}, If_Match=tag).status_code == 200
    clash = analyst.patch(path, {"text": "Late words."}, If_Match=tag)
    assert (clash.status_code, clash.json()["theirs"]) == (409, "Other words.")
    own = {"section": "prosecution", "text": "Observers saw it.", "judgement": True}
    assert analyst.post(at(office, "sentences"), own).status_code == 201
    assert analyst.post(at(office, "sentences"), own | {"judgement": False}).status_code == 422
    made = reviewer.post(at(office, "remarks"), {"text": "Why?", "sentence": row["id"]})
    assert made.status_code == 201, made.content
    back = analyst.post(at(office, "remarks"), {"text": "Because.", "answers": made.json()["id"]})
    assert back.json()["answers"] == made.json()["id"]
    assert analyst.get(at(office, "remarks")).json()["count"] == 2


@pytest.mark.parametrize("who", ["reviewer", "coordinator", "other_analyst", "exporter", "reader"])
def test_nobody_writes_what_their_page_would_refuse(office: Office, who: str) -> None:
    office.statistic(3)
    program = Program(getattr(office, who))
    expected = 403 if who in {"reviewer", "coordinator"} else 404
    sentence = office.revision.sentences.get().public_id
    for answer in (
        program.post(at(office, "sheets/statistics"), {"record": FIGURE}),
        program.patch(at(office, "sheets/statistics/s1"), {"record": FIGURE}, If_Match='"v1"'),
        program.post(at(office, "sheets/statistics/s1/withdraw"), {"reason": "No."}),
        program.put(at(office, "answers/officials-prosecuted"), {"state": "not-assessed", "reason": "No."}),
        program.post(at(office, "sentences"), {"section": "prosecution", "text": "No.", "judgement": True}),
        program.patch(at(office, "sentences", sentence), {"text": "No."}, If_Match='"v1"'),
        program.post(at(office, "sources"), {"record": {"title": "No", "source_class": "SC-C"}}),
    ):
        assert answer.status_code == expected
    assert StatisticRecord.objects.filter(withdrawn_at__isnull=True).count() == 1


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff", b'{"text": "a\\u0000b"}', b'{"text": "\\ud800"}', b'{"text": NaN}', b"[" * 2000, b""],
)
def test_what_no_database_could_keep_is_refused(office: Office, body: bytes) -> None:
    program = Program(office.analyst)
    answer = program.client.post(
        f"{ROOT}{at(office, 'remarks')}",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.secret}"},
    )
    assert answer.status_code in {400, 422}, answer.content
    assert answer.json()["detail"]


def test_unknown_fields_and_wrong_values_are_named(office: Office) -> None:
    program = Program(office.analyst)
    for record, name in (
        (FIGURE | {"colour": "red"}, "colour"),
        (FIGURE | {"stage": "dream"}, "stage"),
        ({"stage": "conviction", "count": {"kind": "exact"}}, "count"),
    ):
        answer = program.post(at(office, "sheets/statistics"), {"record": record})
        assert answer.status_code == 422, answer.content
        assert name in json.dumps(answer.json()["errors"])


def test_an_address_there_is_not_answers_in_json(office: Office) -> None:
    for path in ("/nothing", "/texts/x", "/assessments/1/2/3/4", "/"):
        answer = Program(office.analyst).get(path)
        assert answer.status_code in {404, 422}
        assert answer["Content-Type"].startswith("application/json")


# --- Reports -----------------------------------------------------------------------------------------------------


def test_a_report_is_asked_for_and_fetched(office: Office) -> None:
    three(office)
    program = Program(office.exporter)
    made = program.post("/reports", {"report_years": [2024], "format": "txt", "audience": "internal"})
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["state"], told["total"], told["missing"][0]["name"]) == ("queued", 2, "Ruritania")
    assert program.get(f"/reports/{told['id']}/file").status_code == 404
    jobs.work_on(Job.objects.get().public_id, clock=timezone.now)
    done = program.get(f"/reports/{told['id']}").json()
    assert done["state"] == "done"
    file = program.get(f"/reports/{told['id']}/file")
    data = b"".join(file.streaming_content)
    assert hashlib.sha256(data).hexdigest() == done["file_digest"]
    assert storage.is_kept("made", done["file_digest"])
    assert Program(office.coordinator).get(f"/reports/{told['id']}").status_code == 404
    assert Program(office.coordinator).get(f"/reports/{told['id']}/file").status_code == 404
    assert program.post(f"/reports/{told['id']}/cancel").json()["state"] == "done"
    refused = Program(office.reader).post("/reports", {"report_years": [2024], "format": "txt", "audience": "internal"})
    assert refused.status_code == 403
    assert program.post("/reports", {"report_years": [2024], "format": "json"}).status_code == 422
    assert program.post("/reports", {"report_years": [2030], "format": "txt"}).status_code == 404
