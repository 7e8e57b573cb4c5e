"""Decisions by the API: each by the people and in the states of the pages, at the version or hash that was read."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import conf
from django.core.cache import cache
from pytest_django import DjangoDbBlocker

from accounts.models import Scope
from assessments import actions
from assessments.api import base
from assessments.core.sheets import Source
from assessments.core.values import Protection, SourceClass
from assessments.models import DraftRecommendation, EndorsementRecord, Event, Snapshot
from tests.assessments.api import Program
from tests.assessments.office import Office
from tests.matrix.world import GRAVE, PEOPLE, World, make_world
from tests.taken_back import taken_back

pytestmark = pytest.mark.django_db

FIRST = '"v1"'
BECAUSE = {"reason": "It must be so."}
OPERATIONS: dict[str, tuple[str, str, Any, str | None]] = {
    "read determinations": ("get", "determinations", None, None),
    "propose": ("post", "determinations", {"factor": "pof-child-soldiers", "kind": "policy"}, None),
    "approve determination": ("post", "determinations/{determination_id}/approve", {}, None),
    "withdraw determination": ("post", "determinations/{determination_id}/withdraw", BECAUSE, None),
    "endorse": ("post", f"answers/{GRAVE}/endorse", {}, "{grave}"),
    "presume": ("post", "sheets/requests/r1/presume", {}, None),
    "edit point": ("patch", "recommendations/{recommendation_id}", {"text": "Try harder."}, "{point}"),
    "move point": ("post", "recommendations/{recommendation_id}/move", {"rank": 1, **BECAUSE}, "{point}"),
    "change source": ("patch", "sources/{source_ref}", {"record": {"publisher": "The ministry"}}, "{source}"),
    "remove sentence": ("post", "sentences/{sentence_id}/remove", {}, "{sentence}"),
    "read steps": ("get", "steps", None, None),
    "submit": ("post", "submit", {}, None),
    "request changes": ("post", "request-changes", BECAUSE, None),
    "reopen": ("post", "reopen", BECAUSE, None),
    "approve": ("post", "steps/{step_id}/approve", {"content_hash": "{content_hash}"}, None),
    "approve one": ("post", "steps/{step_id}/approve-items", {"read": {"{ref}": "{digest}"}}, None),
    "reconfirm": ("post", "steps/{step_id}/reconfirm", {"content_hash": "{content_hash}"}, None),
    "override": ("post", "steps/{step_id}/override", {"content_hash": "0" * 64, **BECAUSE}, None),
    "take back": ("post", "steps/{step_id}/take-back", BECAUSE, None),
    "correct": ("post", "correct", {"reason": " "}, None),
    "withdraw correction": ("post", "withdraw-correction", BECAUSE, None),
    "resolve": ("post", "remarks/{remark_id}/resolve", {}, None),
}
"""Method, where beneath the assessment, what is sent, and the version that was read."""

# What analyst, reviewer and coordinator are answered in each state; everybody else finds nothing (404).
ANSWERS = """
                        open         submitted    approved     released
read determinations     200 200 200  200 200 200  200 200 200  200 200 200
propose                 201 403 403  403 403 403  403 403 403  403 403 403
approve determination   403 200 200  403 200 200  403 403 403  403 403 403
withdraw determination  200 403 403  403 403 403  403 403 403  403 403 403
endorse                 403 200 200  403 403 403  403 403 403  403 403 403
presume                 403 200 200  404 404 404  404 404 404  404 404 404
edit point              200 403 403  403 403 403  403 403 403  403 403 403
move point              200 403 403  403 403 403  403 403 403  403 403 403
change source           200 403 403  403 403 403  403 403 403  403 403 403
remove sentence         200 403 403  403 403 403  403 403 403  403 403 403
read steps              200 200 200  200 200 200  200 200 200  200 200 200
submit                  422 403 403  403 403 403  403 403 403  403 403 403
request changes         403 403 403  403 200 403  403 403 403  403 403 403
reopen                  403 403 403  200 403 200  403 200 200  403 403 403
approve                 403 403 403  403 200 403  403 403 403  403 403 403
approve one             403 403 403  403 200 403  403 403 403  403 403 403
reconfirm               403 403 403  403 422 403  403 403 403  403 403 403
override                403 403 403  403 403 422  403 403 403  403 403 403
take back               403 403 403  403 403 403  403 403 403  403 403 403
correct                 403 403 403  403 403 403  403 403 403  422 403 422
withdraw correction     403 403 403  403 403 403  403 403 403  403 403 403
resolve                 200 200 200  200 200 200  200 200 200  403 403 403
"""
STATES = ("open", "submitted", "approved", "released")
TABLE = {line[:24].strip(): line[24:].split() for line in ANSWERS.strip("\n").splitlines()[1:]}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[World]:
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock(), taken_back():
        for name in ("READS_A_MINUTE", "WRITES_A_MINUTE", "FAILURES_A_MINUTE"):
            patch.setattr(base, name, 100_000)
        patch.setattr(conf.settings, "VAR", tmp_path_factory.mktemp("var"))
        yield make_world()
    patch.undo()


def _fill(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {_fill(name, known): _fill(each, known) for name, each in value.items()}
    return value.format_map(known) if isinstance(value, str) else value


def known_of(here: World) -> dict[str, Any]:
    """Return what fills the addresses and bodies, with the versions that somebody read just now."""
    revision = here.office.revision
    ref, _, digest = str(here.values["waiting"]).partition("=")
    use, point = revision.sources.order_by("pk")[0], revision.recommendations.order_by("rank")[0]
    sentence = revision.sentences.filter(public_id=here.values["sentence_id"]).first()
    versions = {
        "grave": revision.ratings.get(indicator__slug=GRAVE, part="", round="main").version,
        "point": point.version,
        "source": use.source.version,
        "sentence": sentence.version if sentence else 1,
    }
    known = dict(here.values) | {name: f'"v{number}"' for name, number in versions.items()}
    known |= {"source_ref": use.ref, "recommendation_id": point.public_id}
    return known | {"ref": ref, "digest": digest if len(digest) == 64 else ""}


def ask(program: Program, here: World, operation: str, known: dict[str, Any]) -> int:
    method, place, body, tag = OPERATIONS[operation]
    path = place if place.startswith("/") else f"/assessments/{here.values['assessment_id']}/{place}"
    headers = {} if tag is None else {"If_Match": tag.format_map(known)}
    with taken_back():
        answer = program.send(method, path.format_map(known), _fill(body, known), **headers)
    return answer.status_code


@pytest.mark.parametrize("state", STATES)
def test_each_decision_is_that_of_the_pages(world: World, state: str) -> None:
    column = STATES.index(state) * 3
    with world.at(state) as here, taken_back():
        known = known_of(here)
        programs = {who: Program(person) for who, person in here.people.items() if person is not None}
        found = {
            operation: [str(ask(programs[who], here, operation, known)) for who in ("anal", "revi", "coor")]
            for operation in TABLE
        }
        wanted = {operation: answers[column : column + 3] for operation, answers in TABLE.items()}
        assert {name: answer for name, answer in found.items() if answer != wanted[name]} == {}
        others = set(PEOPLE) - {"anon", "anal", "revi", "coor"}
        assert {ask(programs[who], here, operation, known) for who in others for operation in TABLE} == {404}


@pytest.mark.parametrize("state", STATES)
def test_a_text_is_released_once_by_its_coordinator(world: World, state: str) -> None:
    with world.at(state) as here, taken_back():
        path = f"/texts/{here.values['snapshot_id']}/release"
        programs = {who: Program(person) for who, person in here.people.items() if person is not None}
        found = {}
        for who, program in programs.items():
            with taken_back():
                found[who] = program.post(path).status_code
        is_ready = state == "approved"
        assert found["coor"] == (200 if is_ready else 403)
        assert {found[who] for who in found if who != "coor"} <= {403, 404}
        if is_ready:
            told = programs["coor"].post(path).json()
            assert told["released_at"]
            assert programs["read"].get(f"/texts/{told['id']}").status_code == 200


# --- What was read counts ---------------------------------------------------------------------------------------


@pytest.fixture
def here(world: World) -> Iterator[World]:
    with world.at("open") as opened:
        yield opened


def at(here: World, *more: object) -> str:
    return "/".join(["/assessments", str(here.values["assessment_id"]), *map(str, more)])


@pytest.mark.parametrize("operation", ["edit point", "move point", "change source", "remove sentence", "endorse"])
def test_what_changed_since_or_was_not_read_is_a_clash(here: World, operation: str) -> None:
    program = Program(here.office.reviewer if operation == "endorse" else here.office.analyst)
    known = known_of(here)
    method, place, body, tag = OPERATIONS[operation]
    path = at(here, place.format_map(known))
    version = int(tag.format_map(known).strip('"v'))
    for headers in ({}, {"If_Match": f'"v{version + 7}"'}):
        clash = program.send(method, path, _fill(body, known), **headers)
        assert (clash.status_code, clash.json()["version"]) == (409, version), clash.content
    assert program.send(method, path, _fill(body, known), If_Match="soon").status_code == 422
    assert program.send(method, path, _fill(body, known), If_Match=f'"v{version}"').status_code == 200


def test_a_determination_counts_with_two_others(here: World) -> None:
    analyst, reviewer, coordinator = (
        Program(person) for person in (here.office.analyst, here.office.reviewer, here.office.coordinator)
    )
    made = analyst.post(at(here, "determinations"), {"factor": "pof-child-soldiers", "kind": "policy-or-pattern"})
    assert made.status_code == 201, made.content
    path = at(here, "determinations", made.json()["id"])
    assert analyst.post(f"{path}/approve").status_code == 403
    assert reviewer.post(f"{path}/approve").status_code == 200
    assert reviewer.post(f"{path}/approve").status_code == 403
    assert coordinator.post(f"{path}/approve").status_code == 200
    told = next(
        item for item in analyst.get(at(here, "determinations")).json()["items"] if item["id"] == made.json()["id"]
    )
    assert told["proposed_by"] == here.office.analyst.name
    assert told["approved_by"] == [here.office.reviewer.name, here.office.coordinator.name]
    again = {"factor": "pof-child-soldiers", "kind": "policy"}
    assert "factor" in analyst.post(at(here, "determinations"), again).json()["errors"]
    unknown = {"factor": "pof-nothing", "kind": "policy"}
    assert analyst.post(at(here, "determinations"), unknown).status_code == 422
    assert analyst.post(f"{path}/withdraw", {"reason": " "}).status_code == 422
    assert analyst.post(f"{path}/withdraw", BECAUSE).status_code == 200
    assert analyst.post(f"{path}/withdraw", BECAUSE).status_code == 404


def test_an_endorsement_is_of_the_level_that_was_read(here: World) -> None:
    tag = known_of(here)["grave"]
    path = at(here, "answers", GRAVE, "endorse")
    assert Program(here.office.reviewer).post(path, {}, If_Match=tag).status_code == 200
    assert Program(here.office.reviewer).post(path, {"part": "none"}, If_Match=tag).status_code == 404
    (row,) = EndorsementRecord.objects.standing().filter(revision=here.office.revision)
    assert (row.level, row.endorser) == (4, here.office.reviewer)


def test_recommendations_are_worded_and_moved(here: World) -> None:
    program = Program(here.office.analyst)
    first = program.get(at(here, "recommendations")).json()["items"][0]
    path = at(here, "recommendations", first["id"])
    one = program.get(path)
    edited = program.patch(path, {"text": "Hold them to account."}, If_Match=one["ETag"])
    assert edited.json()["version"] == first["version"] + 1
    last = DraftRecommendation.objects.filter(revision=here.office.revision).count()
    tag = program.get(path)["ETag"]
    assert "rank" in program.post(f"{path}/move", {"rank": last + 1, **BECAUSE}, If_Match=tag).json()["errors"]
    assert program.post(f"{path}/move", {"rank": last, **BECAUSE}, If_Match=tag).status_code == 200
    told = program.get(path).json()
    assert (told["text"], told["rank"]) == ("Hold them to account.", last)
    assert program.get(at(here, "recommendations", here.values["sentence_id"])).status_code == 404


def test_a_protected_source_is_changed_by_who_knows_it_and_told_to_nobody(here: World) -> None:
    office = here.office
    record = Source(
        id="new", title="Inspector Vesna", source_class=SourceClass.F, protection=Protection.CONFIDENTIAL,
        attributions=("an NGO",),
    )  # fmt: skip
    ref = actions.save_source(record=record, revision_id=office.revision_id, by=office.analyst, at=office.clock()).ref
    office.assign(office.other_analyst, "analyst")
    mine, theirs = Program(office.analyst), Program(office.other_analyst)
    path = at(here, "sources", ref)
    one = mine.get(path)
    assert (one.json()["title"], one["ETag"]) == ("Withheld", FIRST)
    assert theirs.patch(path, {"record": {"reliability": "A"}}, If_Match=FIRST).status_code == 403
    done = mine.patch(path, {"record": {"reliability": "B"}}, If_Match=FIRST)
    assert (done.status_code, done.json()["version"]) == (200, 2), done.content
    row = office.revision.sources.get(ref=ref).source
    assert (row.title, row.reliability) == ("Inspector Vesna", "B")
    clash = mine.patch(path, {"record": {"reliability": "C"}}, If_Match=FIRST)
    assert clash.status_code == 409
    assert b"Vesna" not in one.content + done.content + clash.content
    wrong = mine.patch(path, {"record": {"colour": "red"}}, If_Match='"v2"')
    assert "colour" in wrong.json()["errors"]


def test_a_text_goes_its_way_by_what_was_read(world: World) -> None:
    with world.at("submitted") as here:
        analyst, reviewer = Program(here.office.analyst), Program(here.office.reviewer)
        (step,) = reviewer.get(at(here, "steps")).json()["items"]
        assert not step["is_approved"]
        path = at(here, "steps", step["id"])
        first = next(item for item in step["waiting"] if not item["is_mechanical"])
        stale = {"read": {first["ref"]: "0" * 64}}
        assert "read it again" in reviewer.post(f"{path}/approve-items", stale).json()["detail"]
        one = {"read": {first["ref"]: first["digest"]}}
        assert reviewer.post(f"{path}/approve-items", one).json()["state"] == "submitted"
        (after,) = reviewer.get(at(here, "steps")).json()["items"]
        assert first["ref"] not in {item["ref"] for item in after["waiting"]}
        assert reviewer.post(f"{path}/approve", {"content_hash": "0" * 64}).status_code == 422
        done = reviewer.post(f"{path}/approve", {"content_hash": after["content_hash"]})
        assert done.json()["state"] == "approved"
        assert Snapshot.objects.filter(revision=here.office.revision, kind="approved").count() == 1
        event = Event.objects.filter(subject_id=here.office.assessment.public_id, action="approve").last()
        assert event.by == here.office.reviewer
        assert (
            analyst.post(
                at(here, "steps", here.values["sentence_id"], "approve"), {"content_hash": "0" * 64}
            ).status_code
            == 404
        )


def test_a_step_is_approved_by_override_with_the_reason_in_the_text(world: World) -> None:
    with world.at("submitted") as here:
        coordinator, reviewer = Program(here.office.coordinator), Program(here.office.reviewer)
        (step,) = coordinator.get(at(here, "steps")).json()["items"]
        path = at(here, "steps", step["id"])
        read = {"content_hash": step["content_hash"]}
        assert coordinator.post(f"{path}/override", read).status_code == 422  # no reason
        assert "reason" in coordinator.post(f"{path}/override", {**read, "reason": " "}).json()["errors"]
        assert reviewer.post(f"{path}/override", {**read, **BECAUSE}).status_code == 403
        assert (
            "read it again"
            in coordinator.post(f"{path}/override", {"content_hash": "0" * 64, **BECAUSE}).json()["detail"]
        )
        done = coordinator.post(f"{path}/override", {**read, "reason": "The reviewer left."})
        assert (done.status_code, done.json()["state"]) == (200, "approved")
        event = Event.objects.filter(subject_id=here.office.assessment.public_id, action="override_approval").last()
        assert (event.by, event.reason) == (here.office.coordinator, "The reviewer left.")


def test_mechanical_changes_are_reconfirmed_by_the_hash_that_was_read(world: World) -> None:
    with world.at("submitted") as here:
        office = here.office
        analyst, reviewer = Program(office.analyst), Program(office.reviewer)
        (step,) = reviewer.get(at(here, "steps")).json()["items"]
        path = at(here, "steps", step["id"])
        none = reviewer.post(f"{path}/reconfirm", {"content_hash": step["content_hash"]})
        assert "No mechanical change waits" in str(none.json())
        read = {item["ref"]: item["digest"] for item in step["waiting"]}
        last = next(ref for ref in read if ref in {str(row.public_id) for row in office.revision.sentences.all()})
        del read[last]
        assert reviewer.post(f"{path}/approve-items", {"read": read}).status_code == 200
        assert reviewer.post(at(here, "request-changes"), BECAUSE).status_code == 200
        chosen = next(row for row in office.revision.sentences.all() if str(row.public_id) in read and row.shown)
        worded = analyst.patch(
            at(here, "sentences", chosen.public_id), {"text": chosen.shown.rstrip(".")}, If_Match=f'"v{chosen.version}"'
        )
        assert worded.status_code == 200, worded.content
        assert analyst.post(at(here, "submit"), {"reason": "Done."}).status_code == 200
        (step,) = reviewer.get(at(here, "steps")).json()["items"]
        assert str(chosen.public_id) in {item["ref"] for item in step["waiting"] if item["is_mechanical"]}
        assert reviewer.post(f"{path}/reconfirm", {"content_hash": "0" * 64}).status_code == 422
        done = reviewer.post(f"{path}/reconfirm", {"content_hash": step["content_hash"]})
        assert (done.status_code, done.json()["state"]) == (200, "submitted")
        (step,) = reviewer.get(at(here, "steps")).json()["items"]
        assert {item["ref"] for item in step["waiting"] if item["is_mechanical"]} == set()
        assert last in {item["ref"] for item in step["waiting"]}


def test_a_release_is_corrected_and_a_correction_taken_back(world: World) -> None:
    with world.at("released") as here:
        analyst, reader = Program(here.office.analyst), Program(here.people["read"])
        text = f"/texts/{here.values['snapshot_id']}"
        number = here.office.revision.number
        assert Program(here.office.reviewer).post(at(here, "correct"), BECAUSE).status_code == 403
        opened = analyst.post(at(here, "correct"), {"reason": "One figure."})
        assert (opened.status_code, opened.json()["state"]) == (200, "in-progress")
        assert (here.office.revision.number, here.office.revision.reason) == (number + 1, "One figure.")
        assert reader.get(text).status_code == 200
        assert analyst.post(at(here, "correct"), BECAUSE).status_code == 403
        assert analyst.post(at(here, "withdraw-correction"), {"reason": " "}).status_code == 422
        back = analyst.post(at(here, "withdraw-correction"), {"reason": "By mistake."})
        assert (back.status_code, back.json()["state"]) == (200, "released")
        assert here.office.revision.number == number


def test_a_submission_is_refused_with_every_check_that_stands(here: World) -> None:
    answer = Program(here.office.analyst).post(at(here, "submit"), {})
    assert answer.status_code == 422
    assert answer.json()["errors"][""]


def test_a_remark_is_settled_and_opened_again(here: World) -> None:
    program = Program(here.office.reviewer, Scope.WRITE)
    path = at(here, "remarks", here.values["remark_id"])
    assert program.post(f"{path}/resolve").json()["resolved_at"]
    assert program.post(f"{path}/reopen").json()["resolved_at"] is None
    assert program.post(at(here, "remarks", here.values["sentence_id"], "resolve")).status_code == 404


def test_a_reading_token_decides_nothing(here: World) -> None:
    cache.clear()
    program = Program(here.office.analyst, Scope.READ)
    known = known_of(here)
    writes = [name for name, (method, *_) in OPERATIONS.items() if method != "get"]
    assert {ask(program, here, name, known) for name in writes} == {403}


def test_nothing_of_another_country_is_reached_through_ones_own(here: World) -> None:
    office: Office = here.office
    other = here.elsewhere.values
    program = Program(office.analyst)
    for path in (
        at(here, "determinations", other["determination_id"], "withdraw"),
        at(here, "recommendations", other["recommendation_id"], "move"),
        at(here, "sentences", other["sentence_id"], "remove"),
        at(here, "remarks", other["remark_id"], "resolve"),
        at(here, "steps", other["step_id"], "take-back"),
        at(here, "steps", other["step_id"], "reconfirm"),
        at(here, "steps", other["step_id"], "override"),
    ):
        assert (
            program.post(path, {"rank": 1, "content_hash": "0" * 64, **BECAUSE}, If_Match=FIRST).status_code == 404
        ), path
