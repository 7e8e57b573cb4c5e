"""Who may do what: every state, role and relation, and the words of each refusal."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from accounts.models import Role, User
from assessments import policies
from assessments.enums import Part, RevisionState, Round, SnapshotKind
from assessments.models import ReviewStep, Revision, Snapshot
from tests.assessments.factories import (
    AT,
    AssessmentFactory,
    AssignmentFactory,
    CountryFactory,
    DecisionFactory,
    DeterminationApprovalFactory,
    DeterminationFactory,
    RatingFactory,
    ReviewStepFactory,
    RevisionFactory,
    SnapshotFactory,
    UserFactory,
    user,
)
from tests.image import remembered

S = RevisionState
PEOPLE = (
    "analyst",
    "other analyst",
    "reviewer",
    "other reviewer",
    "second coder",
    "coordinator",
    "framework editor",
    "exporter",
    "reader",
    "account admin",
    "analyst who left",
)


@dataclass
class Desk:
    """One assessment and everybody around it."""

    revision: Revision
    step: ReviewStep
    snapshot: Snapshot
    people: dict[str, User]


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


@remembered(UserFactory, CountryFactory)
def make_desk() -> Desk:
    revision = RevisionFactory(assessment__country__name="Examplia", content_hash="a" * 64)
    step = ReviewStepFactory(revision=revision)
    people = {
        "analyst": user(Role.ANALYST, name="Ann"),
        "other analyst": user(Role.ANALYST, name="Otto"),
        "reviewer": user(Role.REVIEWER, name="Rita"),
        "other reviewer": user(Role.REVIEWER, name="Ruth"),
        "second coder": user(Role.ANALYST, name="Sid"),
        "coordinator": user(Role.COORDINATOR, name="Cora"),
        "framework editor": user(Role.FRAMEWORK_EDITOR, name="Edda"),
        "exporter": user(Role.EXPORTER, name="Emil"),
        "reader": user(Role.READER, name="Rolf"),
        "account admin": user(Role.ACCOUNT_ADMIN, name="Adam"),
        "analyst who left": user(Role.ANALYST, name="Lea", is_active=False),
    }
    for name, part in (
        ("analyst", Part.ANALYST),
        ("analyst who left", Part.ANALYST),
        ("reviewer", Part.REVIEWER),
        ("second coder", Part.SECOND_CODER),
    ):
        AssignmentFactory(assessment=revision.assessment, user=people[name], part=part)
    return Desk(revision, step, SnapshotFactory(revision=revision), people)


ACTS: dict[str, Callable[[Desk, User], bool]] = {
    "see": lambda desk, person: policies.can_see(desk.revision, person),
    "see facts": lambda desk, person: policies.can_see_facts(desk.revision, person),
    "edit": lambda desk, person: policies.can_edit(desk.revision, person),
    "rate": lambda desk, person: policies.can_rate(desk.revision, person, Round.MAIN),
    "code": lambda desk, person: policies.can_rate(desk.revision, person, Round.SECOND),
    "reconcile": lambda desk, person: policies.can_rate(desk.revision, person, Round.RECONCILED),
    "comment": lambda desk, person: policies.can_comment(desk.revision, person),
    "submit": lambda desk, person: policies.can_submit(desk.revision, person),
    "request changes": lambda desk, person: policies.can_request_changes(desk.revision, person),
    "approve": lambda desk, person: policies.can_approve(desk.step, person),
    "release": lambda desk, person: policies.can_release(desk.snapshot, person),
    "reopen": lambda desk, person: policies.can_reopen(desk.revision, person),
    "correct": lambda desk, person: policies.can_correct(desk.revision, person),
}

READ = {"see", "see facts"}
EVERYWHERE: dict[str, set[str]] = {
    "analyst": READ,
    "reviewer": READ,
    "coordinator": READ,
    "second coder": {"see facts"},
}
OPEN_TALK: dict[str, set[str]] = {
    "analyst": {"comment"},
    "reviewer": {"comment", "reconcile"},
    "coordinator": {"comment"},
    "second coder": {"code"},
}
BY_STATE: dict[RevisionState, dict[str, set[str]]] = {
    S.IN_PROGRESS: {"analyst": {"edit", "rate", "submit"}},
    S.CHANGES_REQUESTED: {
        "analyst": {"edit", "rate", "submit"},
        "reviewer": {"reopen"},
        "coordinator": {"reopen"},
    },
    S.SUBMITTED: {
        "analyst": {"reopen"},
        "reviewer": {"approve", "request changes"},
        "coordinator": {"reopen"},
    },
    S.APPROVED: {"reviewer": {"reopen"}, "coordinator": {"reopen", "release"}},
    S.RELEASED: {"analyst": {"correct"}, "coordinator": {"correct"}},
    S.SUPERSEDED: {},
}


@pytest.mark.parametrize("state", list(S))
def test_every_act_in_every_state_by_everybody(desk: Desk, state: RevisionState) -> None:
    desk.revision.state = state.value
    desk.step.revision = desk.snapshot.revision = desk.revision
    found = {name: {act for act, asks in ACTS.items() if asks(desk, desk.people[name])} for name in PEOPLE}
    talk = {} if state in policies.FROZEN else OPEN_TALK
    expected = {
        name: EVERYWHERE.get(name, set()) | talk.get(name, set()) | BY_STATE[state].get(name, set()) for name in PEOPLE
    }
    assert found == expected


def test_every_change_of_state_until_release_can_be_taken_back() -> None:
    forward = {(move.from_state, move.to_state) for move in policies.TRANSITIONS if move.action != "reopen"}
    back = {move.from_state for move in policies.TRANSITIONS if move.action == "reopen"}
    assert {to for _, to in forward} - {S.RELEASED, S.SUPERSEDED} == back
    assert all(move.needs_reason for move in policies.TRANSITIONS if move.action in {"reopen", "request_changes"})
    assert {move.from_state for move in policies.TRANSITIONS} | {S.SUPERSEDED} == set(S)


@pytest.mark.parametrize(
    ("state", "ask", "person", "words"),
    [
        (
            S.IN_PROGRESS,
            policies.check_can_edit,
            "other analyst",
            "Only an analyst assigned to Examplia 2024 may change it.",
        ),
        (
            S.SUBMITTED,
            policies.check_can_edit,
            "analyst",
            "Examplia 2024 is submitted for review; it can be changed while in progress or with changes requested.",
        ),
        (
            S.IN_PROGRESS,
            policies.check_can_see,
            "reader",
            "The working content of Examplia 2024 is open to its analysts and reviewers and to coordinators only.",
        ),
        (
            S.SUBMITTED,
            policies.check_can_submit,
            "analyst",
            "Examplia 2024 is submitted for review; only what is in progress or changes requested can be submitted.",
        ),
        (
            S.IN_PROGRESS,
            policies.check_can_submit,
            "coordinator",
            "Only an analyst assigned to it may submit Examplia 2024.",
        ),
        (
            S.SUBMITTED,
            policies.check_can_request_changes,
            "other reviewer",
            "Only a reviewer assigned to it may request changes to Examplia 2024.",
        ),
        (
            S.APPROVED,
            policies.check_can_reopen,
            "analyst",
            "Only a reviewer assigned to it or a coordinator may reopen Examplia 2024.",
        ),
        (
            S.APPROVED,
            policies.check_can_correct,
            "analyst",
            "Examplia 2024 is approved; only what is released is corrected.",
        ),
        (
            S.RELEASED,
            policies.check_can_comment,
            "reviewer",
            "Examplia 2024 is released; comments end with the release.",
        ),
    ],
)
def test_a_refusal_names_its_rule(
    desk: Desk, state: RevisionState, ask: Callable[[Revision, User], None], person: str, words: str
) -> None:
    desk.revision.state = state.value
    with pytest.raises(policies.NotAllowed) as refusal:
        ask(desk.revision, desk.people[person])
    assert str(refusal.value) == words


def test_a_closed_revision_is_not_worked_on(desk: Desk) -> None:
    desk.revision.is_open = False
    with pytest.raises(policies.NotAllowed, match=r"Revision 1 of Examplia 2024 is closed; another one is open\."):
        policies.check_can_edit(desk.revision, desk.people["analyst"])


def test_only_the_newest_approved_snapshot_is_released(desk: Desk) -> None:
    desk.revision.state = S.APPROVED.value
    newer = SnapshotFactory(revision=desk.revision)
    working = SnapshotFactory(revision=desk.revision, kind=SnapshotKind.WORKING)
    for snapshot in (desk.snapshot, newer, working):
        snapshot.revision = desk.revision
    assert policies.can_release(newer, desk.people["coordinator"])
    for snapshot, words in (
        (desk.snapshot, "A newer approval exists; release that one."),
        (working, "Only an approved snapshot is released."),
    ):
        with pytest.raises(policies.NotAllowed) as refusal:
            policies.check_can_release(snapshot, desk.people["coordinator"])
        assert str(refusal.value) == words


# --- Seeing ------------------------------------------------------------------------------------------------------


def test_what_each_person_finds_in_lists(desk: Desk) -> None:
    other = RevisionFactory(assessment=AssessmentFactory())
    released = SnapshotFactory(revision=desk.revision, released_at=AT)
    working = SnapshotFactory(revision=desk.revision, kind=SnapshotKind.WORKING)
    approved = desk.snapshot
    mine, theirs = desk.revision.assessment, other.assessment
    everything = {approved, released, working}
    expected = {
        "analyst": ({mine}, everything),
        "reviewer": ({mine}, everything),
        "coordinator": ({mine, theirs}, everything),
        "other analyst": (set(), {released}),
        "other reviewer": (set(), {released}),
        "exporter": (set(), {approved, released}),
        "reader": (set(), {released}),
        "second coder": (set(), set()),
        "framework editor": (set(), set()),
        "account admin": (set(), set()),
        "analyst who left": (set(), set()),
    }
    found = {
        name: (set(policies.visible_assessments(person)), set(policies.visible_snapshots(person)))
        for name, person in desk.people.items()
    }
    assert found == expected
    assert {name for name, person in desk.people.items() if set(policies.codable_assessments(person))} == {
        "second coder"
    }
    known = {name for name, person in desk.people.items() if policies.listed_assessment(person, mine.public_id)}
    assert known == {name for name, (_, snapshots) in expected.items() if snapshots}


def test_a_part_without_its_role_counts_for_nothing(desk: Desk) -> None:
    demoted = user(Role.READER, name="Rick")
    AssignmentFactory(assessment=desk.revision.assessment, user=demoted, part=Part.ANALYST)
    assert not policies.can_see(desk.revision, demoted)
    assert not policies.visible_assessments(demoted).exists()


def test_blindness_wins_over_every_other_right(desk: Desk) -> None:
    coder = desk.people["second coder"]
    coder.grant([Role.COORDINATOR, Role.READER, Role.EXPORTER], at=AT, by=None)
    SnapshotFactory(revision=desk.revision, released_at=AT)
    assert policies.can_see_facts(desk.revision, coder)
    assert not policies.can_see(desk.revision, coder)
    assert not policies.visible_assessments(coder).exists()
    assert not policies.visible_snapshots(coder).exists()
    assert not policies.visible_events(coder).filter(subject_id=desk.revision.assessment.public_id).exists()


@pytest.mark.parametrize("is_released", [True, False])
def test_an_unreleased_tier_is_for_the_people_of_the_assessment(desk: Desk, is_released: bool) -> None:
    DecisionFactory(revision=desk.revision, tier_released=is_released)
    found = {name for name, person in desk.people.items() if policies.can_see_tier(desk.revision, person)}
    assert found == (set(PEOPLE) if is_released else {"analyst", "reviewer", "coordinator"})


# --- Second persons ----------------------------------------------------------------------------------------------


def test_a_determination_needs_two_approvers_other_than_its_proposer(desk: Desk) -> None:
    people = desk.people
    proposal = DeterminationFactory(revision=desk.revision, proposed_by=people["analyst"])
    allowed = {name for name, person in people.items() if policies.can_approve_determination(proposal, person)}
    assert allowed == {"reviewer", "coordinator"}
    with pytest.raises(policies.NotAllowed, match="two approvers other than its proposer, and you proposed it"):
        policies.check_can_approve_determination(proposal, people["analyst"])
    DeterminationApprovalFactory(determination=proposal, approver=people["reviewer"])
    with pytest.raises(policies.NotAllowed, match="the second approval is another person's"):
        policies.check_can_approve_determination(proposal, people["reviewer"])


def test_an_endorsement_is_a_second_persons(desk: Desk) -> None:
    people = desk.people
    rating = RatingFactory(revision=desk.revision, slug="tip-offs-to-traffickers", level=4, rated_by=people["analyst"])
    assert {name for name, person in people.items() if policies.can_endorse(rating, person)} == {
        "reviewer",
        "coordinator",
    }
    with pytest.raises(policies.NotAllowed, match="second person's word, and you gave this rating"):
        policies.check_can_endorse(rating, people["analyst"])
    rating.level = 3
    with pytest.raises(policies.NotAllowed, match="Only levels 4 and 5 need an endorsement"):
        policies.check_can_endorse(rating, people["reviewer"])


# --- Assigning ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "part", "words"),
    [
        ("reader", Part.ANALYST, "Rolf does not hold the role this part needs: analyst."),
        ("analyst", Part.SECOND_CODER, "Ann sees the first ratings and so cannot code them a second time."),
        ("second coder", Part.ANALYST, "Sid codes this assessment blind and can take no other part."),
        ("analyst who left", Part.ANALYST, "Lea's account is closed."),
    ],
)
def test_who_cannot_take_a_part(desk: Desk, person: str, part: Part, words: str) -> None:
    with pytest.raises(policies.NotAllowed) as refusal:
        policies.check_can_be_assigned(desk.revision.assessment, desk.people[person], part)
    assert str(refusal.value) == words


def test_only_a_coordinator_coordinates(desk: Desk) -> None:
    allowed = {name for name, person in desk.people.items() if policies.can_coordinate(person)}
    assert allowed == {"coordinator"}
    assert {name for name, person in desk.people.items() if policies.can_see_progress(person)} == {"coordinator"}
