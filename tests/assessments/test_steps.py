"""Steps of review as data, and approvals that cover exactly the content they were given for."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, User
from assessments import actions, covering, events, policies, snapshots, verification
from assessments.actions import Step
from assessments.core.document import Audience
from assessments.core.sheets import Statistic
from assessments.core.values import Count, CountKind, Section, Stage
from assessments.enums import ApprovalWay, Circle, Part, RevisionState, Subject
from assessments.exporters import json as json_file
from assessments.exporters import markdown, text
from assessments.exporters.document import document_of
from assessments.management.commands import transitions_diagram
from assessments.models import Approval, ApprovedItem, DraftSentence, Event, ReviewStep, StatisticRecord
from tests.assessments.factories import user
from tests.assessments.office import Office
from tests.image import remembered_step

S = RevisionState


@pytest.fixture
@remembered_step
def ready(office: Office) -> Office:
    """An assessment with two sentences that can be submitted."""
    item = office.evidence()
    office.statistic(3, evidence=(item,))
    actions.add_sentence(
        revision_id=office.revision_id,
        section=Section.PROSECUTION,
        text="Observers saw no change.",
        judgement=True,
        by=office.analyst,
        at=office.clock(),
    )
    office.answer_all()
    return office


def order(office: Office, *steps: Step) -> None:
    actions.order_steps(report_year=2024, steps=steps, by=office.coordinator, at=office.clock())


def step(office: Office, title: str) -> ReviewStep:
    found = office.revision.steps.get(title=title)
    found.revision = office.revision
    return found


def approve(office: Office, title: str, by: User) -> Approval:
    return actions.approve(step_id=step(office, title).public_id, by=by, at=office.clock())


def pending(office: Office, title: str) -> covering.Pending:
    revision = office.revision
    return covering.pending(step(office, title), actions.items_now(revision), revision.content_hash)


def words(office: Office, start: str) -> DraftSentence:
    return next(row for row in office.revision.sentences.in_order() if start in row.shown)


def edit(office: Office, row: DraftSentence, new: str, by: User | None = None) -> None:
    row.refresh_from_db()
    actions.edit_sentence(
        sentence_id=row.public_id, text=new, version=row.version, by=by or office.analyst, at=office.clock()
    )


def reopen(office: Office) -> None:
    actions.reopen(revision_id=office.revision_id, reason="One more look", by=office.coordinator, at=office.clock())


# --- Ordering ----------------------------------------------------------------------------------------------------


def test_by_default_there_is_one_step_and_no_row_of_the_period(office: Office) -> None:
    assert [row.title for row in office.revision.steps.all()] == ["Review"]
    assert not office.assessment.period.steps.exists()


def test_submission_takes_the_steps_the_period_has_by_then(ready: Office) -> None:
    due = dt.date(2024, 5, 1)
    order(ready, Step("Editor", due, edits=Circle.REVIEWERS), Step("Legal", named=(str(ready.reviewer.public_id),)))
    ready.submit()
    found = list(ready.revision.steps.order_by("position").values_list("title", "due_on", "edits", "named", "is_last"))
    assert found == [
        ("Editor", due, "reviewers", [], False),
        ("Legal", None, "nobody", [str(ready.reviewer.public_id)], True),
    ]
    assert events.sentence(Event.objects.get(action="order_steps")).endswith("ordered the steps of review (steps).")


def test_steps_stay_once_somebody_approved(ready: Office) -> None:
    order(ready, Step("Editor"), Step("Bureau"))
    ready.submit()
    approve(ready, "Editor", ready.reviewer)
    order(ready, Step("Other"))
    actions.request_changes(revision_id=ready.revision_id, reason="x", by=ready.reviewer, at=ready.clock())
    ready.submit()
    assert [row.title for row in ready.revision.steps.order_by("position")] == ["Editor", "Bureau"]


@pytest.mark.parametrize(
    ("steps", "errors"),
    [
        ([Step(" ")], {"title-1": ["Give the step a name."]}),
        ([Step("A"), Step("a")], {"title-2": ["Another step has this name."]}),
        ([Step("A", approves=Circle.NOBODY)], {"approves-1": ["Somebody approves a step."]}),
        ([Step("A", sees=Circle.ANALYSTS)], {"sees-1": ["The reviewers and the coordinators see every step."]}),
        (
            [Step("A", dt.date(2024, 5, 2)), Step("B", dt.date(2024, 5, 1))],
            {"due_on-2": ["It is due before the step that comes first."]},
        ),
    ],
)
def test_what_makes_no_sense_is_refused_by_step(
    office: Office, steps: list[Step], errors: dict[str, list[str]]
) -> None:
    with pytest.raises(actions.Invalid) as refusal:
        order(office, *steps)
    assert refusal.value.errors == errors
    with pytest.raises(policies.NotAllowed):
        actions.order_steps(report_year=2024, steps=[], by=office.analyst, at=office.clock())


# --- Who may at a step -------------------------------------------------------------------------------------------


def test_two_steps_are_approved_in_order_and_the_last_freezes(ready: Office) -> None:
    order(ready, Step("Editor"), Step("Bureau", approves=Circle.COORDINATORS))
    ready.submit()
    with pytest.raises(policies.NotAllowed, match="The step “Editor” comes first"):
        approve(ready, "Bureau", ready.coordinator)
    with pytest.raises(policies.NotAllowed, match="Only a reviewer assigned to it may approve"):
        approve(ready, "Editor", ready.coordinator)
    approve(ready, "Editor", ready.reviewer)
    assert (ready.revision.state, ready.revision.snapshots.count()) == (S.SUBMITTED, 0)
    with pytest.raises(policies.NotAllowed, match="Only a coordinator may approve"):
        approve(ready, "Bureau", ready.reviewer)
    approve(ready, "Bureau", ready.coordinator)
    frozen = snapshots.opened(ready.revision.snapshots.get())
    assert [(row["step"], row["by"]) for row in frozen["approvals"]] == [
        ("Editor", "Rita Reviewer"),
        ("Bureau", "Cora Coordinator"),
    ]


def test_a_step_may_name_its_people(ready: Office) -> None:
    ready.assign(ready.other_reviewer, Part.REVIEWER)
    order(ready, Step("Legal", named=(str(ready.other_reviewer.public_id),)))
    ready.submit()
    with pytest.raises(policies.NotAllowed, match="Only Ruth Reviewer may approve the step “Legal” of Examplia 2024"):
        approve(ready, "Legal", ready.reviewer)
    approve(ready, "Legal", ready.other_reviewer)
    assert ready.revision.state == S.APPROVED


def test_a_step_can_shut_the_analysts_out_everywhere(ready: Office) -> None:
    order(ready, Step("Legal", sees=Circle.REVIEWERS_AND_COORDINATORS), Step("Bureau"))
    ready.submit()
    analyst, revision = ready.analyst, ready.revision
    assert not policies.can_see(revision, analyst)
    assert not policies.visible_revisions(analyst).exists()
    assert not policies.visible_assessments(analyst).exists()
    assert not policies.visible_events(analyst).filter(subject_id=ready.assessment.public_id).exists()
    assert not policies.can_reopen(revision, analyst)
    assert policies.can_see(revision, ready.reviewer)
    assert policies.can_see(revision, ready.coordinator)
    approve(ready, "Legal", ready.reviewer)
    assert policies.visible_revisions(analyst).exists()


def test_an_editor_at_a_step_changes_words_and_cannot_approve_them(ready: Office) -> None:
    ready.assign(ready.other_reviewer, Part.REVIEWER)
    order(ready, Step("Peer"), Step("Editor", edits=Circle.REVIEWERS, comments=Circle.REVIEWERS))
    ready.submit()
    row = words(ready, "convict")
    with pytest.raises(policies.NotAllowed):
        edit(ready, row, "Courts convicted three officials.", ready.reviewer)
    approve(ready, "Peer", ready.reviewer)
    edit(ready, row, "Courts convicted three officials.", ready.reviewer)
    with pytest.raises(policies.NotAllowed, match="it can be changed while in progress"):
        edit(ready, row, "Mine.", ready.analyst)
    with pytest.raises(policies.NotAllowed, match="comments are for its reviewers"):
        actions.comment(revision_id=ready.revision_id, text="x", by=ready.analyst, at=ready.clock())
    with pytest.raises(policies.NotAllowed, match="Only an analyst assigned to"):
        actions.save_fact(
            revision_id=ready.revision_id,
            sheet="statistics",
            ref=None,
            record=Statistic(id="x", stage=Stage.TRIAL),
            by=ready.reviewer,
            at=ready.clock(),
        )
    waiting = pending(ready, "Peer")
    assert [(item.old, item.text) for item in waiting.to_read] == [
        ("The government reported convicting three officials for complicity in trafficking.", row_text(row))
    ]
    with pytest.raises(policies.NotAllowed, match="Nobody approves what they wrote"):
        approve(ready, "Peer", ready.reviewer)
    approve(ready, "Peer", ready.other_reviewer)
    approve(ready, "Editor", ready.other_reviewer)
    assert ready.revision.state == S.APPROVED


def row_text(row: DraftSentence) -> str:
    row.refresh_from_db()
    return row.shown


# --- Approvals on content ----------------------------------------------------------------------------------------


@pytest.fixture
def approved(ready: Office) -> Office:
    """Approved once, and reopened."""
    ready.assign(ready.other_reviewer, Part.REVIEWER)
    ready.submit()
    ready.approve()
    reopen(ready)
    return ready


def test_only_the_changed_sentence_asks_again(approved: Office) -> None:
    edit(approved, words(approved, "convict"), "Courts convicted three officials.")
    approved.submit()
    waiting = pending(approved, "Review")
    assert [item.text for item in waiting.to_read] == ["Courts convicted three officials."]
    assert waiting.mechanical == ()
    (item,) = waiting.to_read
    with pytest.raises(actions.Invalid, match="The text changed since you opened it"):
        actions.approve_items(
            step_id=approved.step_id(), read={item.ref: "0" * 64}, by=approved.reviewer, at=approved.clock()
        )
    done = actions.approve_items(
        step_id=approved.step_id(), read={item.ref: item.digest}, by=approved.reviewer, at=approved.clock()
    )
    assert done is not None
    assert (approved.revision.state, done.content_hash) == (S.APPROVED, approved.revision.content_hash)


def test_changed_evidence_asks_for_its_sentence_again_though_the_words_are_the_same(approved: Office) -> None:
    row = StatisticRecord.objects.get(ref="s1")
    record = Statistic(
        id="s1",
        stage=Stage.CONVICTION,
        count=Count(kind=CountKind.EXACT, value=3),
        evidence=("e1", approved.evidence("d1")),
    )
    before = words(approved, "convict").shown
    approved.fact("statistics", record, ref="s1", version=row.version)
    approved.submit()
    assert [(item.old, item.text) for item in pending(approved, "Review").to_read] == [(before, before)]


def test_mechanical_changes_are_reconfirmed_in_one_click(approved: Office) -> None:
    edit(approved, words(approved, "convict"), "It reported convicting 3 officials for complicity in trafficking")
    approved.submit()
    waiting = pending(approved, "Review")
    assert (len(waiting.mechanical), waiting.to_read) == (1, ())
    done = actions.reconfirm(
        step_id=approved.step_id(),
        content_hash=approved.revision.content_hash,
        by=approved.reviewer,
        at=approved.clock(),
    )
    assert done is not None
    assert ApprovedItem.objects.filter(way=ApprovalWay.MECHANICAL.value).count() == 1
    assert approved.revision.state == S.APPROVED


def test_who_changed_a_sentence_does_not_approve_it_and_may_approve_the_others(approved: Office) -> None:
    writer = approved.reviewer
    writer.grant([Role.ANALYST], at=approved.clock(), by=None)
    approved.assign(writer, Part.ANALYST)
    edit(approved, words(approved, "convict"), "Courts convicted three officials.", writer)
    edit(approved, words(approved, "Observers"), "Police arrested two officials.")
    approved.submit()
    by_text = {item.text: item for item in pending(approved, "Review").to_read}
    mine, theirs = by_text["Courts convicted three officials."], by_text["Police arrested two officials."]
    with pytest.raises(policies.NotAllowed, match="Nobody approves what they wrote"):
        actions.approve_items(step_id=approved.step_id(), read={mine.ref: mine.digest}, by=writer, at=approved.clock())
    left = actions.approve_items(
        step_id=approved.step_id(), read={theirs.ref: theirs.digest}, by=writer, at=approved.clock()
    )
    assert (left, approved.revision.state) == (None, S.SUBMITTED)
    actions.approve_items(
        step_id=approved.step_id(), read={mine.ref: mine.digest}, by=approved.other_reviewer, at=approved.clock()
    )
    assert approved.revision.state == S.APPROVED


def test_a_removed_sentence_asks_for_approval_that_it_is_gone(approved: Office) -> None:
    row = words(approved, "Observers")
    actions.remove_sentence(sentence_id=row.public_id, by=approved.analyst, at=approved.clock())
    approved.submit()
    (item,) = pending(approved, "Review").to_read
    assert (item.ref, item.now, item.digest) == (str(row.public_id), None, "")


def test_the_approval_of_a_step_is_taken_back_with_a_reason(ready: Office) -> None:
    order(ready, Step("Editor"), Step("Bureau"))
    ready.submit()
    approve(ready, "Editor", ready.reviewer)
    public_id = step(ready, "Editor").public_id
    with pytest.raises(policies.NotAllowed):
        actions.take_back_approval(step_id=public_id, reason="x", by=ready.analyst, at=ready.clock())
    with pytest.raises(actions.Invalid, match="Give a reason"):
        actions.take_back_approval(step_id=public_id, reason=" ", by=ready.reviewer, at=ready.clock())
    actions.take_back_approval(step_id=public_id, reason="Too fast", by=ready.reviewer, at=ready.clock())
    assert pending(ready, "Editor").is_new
    with pytest.raises(policies.NotAllowed, match="The step “Editor” comes first"):
        approve(ready, "Bureau", ready.reviewer)
    assert events.verify(Subject.ASSESSMENT, ready.assessment.public_id) is None


def test_an_override_is_a_coordinators_has_a_reason_and_stands_everywhere(ready: Office) -> None:
    ready.submit()
    given: dict[str, Any] = {"step_id": ready.step_id(), "content_hash": ready.revision.content_hash}
    with pytest.raises(policies.NotAllowed, match="Only a coordinator may approve"):
        actions.override_approval(**given, reason="x", by=ready.reviewer, at=ready.clock())
    with pytest.raises(actions.Invalid, match="the reason stands in every export"):
        actions.override_approval(**given, reason="", by=ready.coordinator, at=ready.clock())
    actions.override_approval(**given, reason="The reviewer left.", by=ready.coordinator, at=ready.clock())
    frozen = snapshots.opened(ready.revision.snapshots.get())
    assert frozen["approvals"][0]["override"] == "The reviewer left."
    said = "“Review” was approved by override of Cora Coordinator, because: The reviewer left."
    for export in (text, markdown):
        assert said in " ".join(export.export(document_of(frozen, Audience.CLEARANCE)).decode().split())
    file = json_file.export(frozen)
    assert json.loads(file)["snapshot"]["approvals"][0]["override"] == "The reviewer left."
    assert verification.verify(file).holds


def test_the_diagram_is_drawn_from_the_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: Any, tmp_path: Any
) -> None:
    call_command("transitions_diagram", "--check")
    stale = tmp_path / "transitions.md"
    stale.write_text("old")
    monkeypatch.setattr(transitions_diagram, "PATH", stale)
    with pytest.raises(CommandError, match="is stale"):
        call_command("transitions_diagram", "--check")


# --- The matrix --------------------------------------------------------------------------------------------------

WHO = ("author", "other analyst", "assigned reviewer", "outsider", "coordinator", "second coder")
ALLOWED: dict[tuple[str, RevisionState], set[str]] = {
    ("submit", S.IN_PROGRESS): {"author", "other analyst"},
    ("submit", S.CHANGES_REQUESTED): {"author", "other analyst"},
    ("reopen", S.SUBMITTED): {"author", "other analyst", "coordinator"},
    ("request_changes", S.SUBMITTED): {"assigned reviewer"},
    ("reopen", S.CHANGES_REQUESTED): {"assigned reviewer", "coordinator"},
    ("approve", S.SUBMITTED): {"assigned reviewer"},
    ("reopen", S.APPROVED): {"assigned reviewer", "coordinator"},
    ("apply_wording", S.APPROVED): set(),
    ("release", S.APPROVED): {"coordinator"},
    ("supersede", S.RELEASED): {"coordinator"},
}
PEOPLE_IN_WORDS = {
    "submit": "an analyst assigned to it",
    "request_changes": "a reviewer assigned to it",
    "approve": "a reviewer assigned to it",
    "release": "a coordinator",
    "supersede": "a coordinator",
    "apply_wording": "a framework editor",
}


def test_every_transition_by_everybody_and_the_words_of_each_refusal(office: Office) -> None:
    coder = user(Role.ANALYST, name="Sid Second")
    second = user(Role.ANALYST, name="Olga Analyst")
    office.assign(coder, Part.SECOND_CODER)
    office.assign(second, Part.ANALYST)
    people = dict(
        zip(
            WHO,
            (office.analyst, second, office.reviewer, office.other_reviewer, office.coordinator, coder),
            strict=True,
        )
    )
    assert {(move.action, move.from_state) for move in policies.TRANSITIONS} == set(ALLOWED)
    revision = office.revision
    for act in {move.action for move in policies.TRANSITIONS}:
        for state in S:
            revision.state = state.value
            for name, person in people.items():
                try:
                    policies.check_move(act, revision, person, reason="because")
                    refusal = ""
                except policies.NotAllowed as exc:
                    refusal = str(exc)
                if name in ALLOWED.get((act, state), set()):
                    assert refusal == "", (act, state, name)
                elif (act, state) in ALLOWED:
                    assert refusal.startswith("Only "), (act, state, name)
                    assert act == "reopen" or PEOPLE_IN_WORDS[act] in refusal
                else:
                    assert refusal.startswith(f"Examplia 2024 is {state.label}; only what is "), (act, state, name)
