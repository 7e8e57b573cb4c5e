"""The way of a revision to the public, and the people who may not take it alone."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from assessments import actions, events, policies
from assessments.core.sheets import Statistic
from assessments.core.values import Count, CountKind, Stage
from assessments.enums import Part, RevisionState, SnapshotKind, Subject
from assessments.models import (
    Approval,
    Comment,
    DraftSentence,
    Event,
    Evidence,
    Result,
    ReviewStep,
    Revision,
    Snapshot,
    StatisticRecord,
    Transition,
)
from tests.assessments.factories import user
from tests.assessments.office import Office
from tests.image import remembered_step
from tests.taken_back import taken_back

S = RevisionState


@pytest.fixture
@remembered_step
def ready(office: Office) -> Office:
    """An assessment that can be submitted."""
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    return office


def state(office: Office) -> str:
    return office.revision.state


def change_count(office: Office, value: int) -> None:
    row = StatisticRecord.objects.get(revision=office.revision, ref="s1")
    count = Count(kind=CountKind.EXACT, value=value)
    record = Statistic(id="s1", stage=Stage.CONVICTION, count=count, evidence=("e1",))
    office.fact("statistics", record, ref="s1", version=row.version)


def test_from_submission_to_release(ready: Office) -> None:
    ready.submit()
    assert state(ready) == S.SUBMITTED
    approval = ready.approve()
    assert state(ready) == S.APPROVED
    snapshot = Snapshot.objects.get()
    assert (snapshot.kind, approval.content_hash) == (SnapshotKind.APPROVED, ready.revision.content_hash)
    released = ready.release()
    assert (state(ready), released.released_by) == (S.RELEASED, ready.coordinator)
    moves = list(Transition.objects.order_by("pk").values_list("from_state", "to_state", "by__name"))
    assert moves == [
        ("in-progress", "submitted", "Ann Analyst"),
        ("submitted", "approved", "Rita Reviewer"),
        ("approved", "released", "Cora Coordinator"),
    ]
    assert events.verify(Subject.ASSESSMENT, ready.assessment.public_id) is None


def test_submission_lists_all_that_must_be_settled(office: Office) -> None:
    office.rate("officials-prosecuted", 2)
    with pytest.raises(actions.Invalid) as refusal:
        office.submit()
    problems = refusal.value.errors[""]
    assert len(problems) > 1
    assert any("evidence" in problem for problem in problems)
    assert len(problems) >= Result.objects.get().checks_blocking
    assert state(office) == S.IN_PROGRESS
    assert not Transition.objects.exists()


def test_a_policy_needs_its_second_approver_before_submission(ready: Office) -> None:
    from assessments.core.sheets import PolicyElement
    from assessments.core.types import Determination
    from assessments.core.values import PolicyKind

    factor = "pof-forced-labor"
    element = ready.fact("elements", PolicyElement(id="x", factor=factor, conduct="used inmates", evidence=("e1",)))
    for part in list(ready.revision.ratings.filter(indicator__slug=factor).values_list("part", flat=True)):
        ready.rate(factor, 4, part=part, evidence=("e1",), version=1, reason="New evidence.")
    proposed = actions.propose_determination(
        revision_id=ready.revision_id,
        determination=Determination(id="x", factor=factor, kind=PolicyKind.POLICY, elements=(element.ref,)),
        by=ready.analyst,
        at=ready.clock(),
    )
    actions.approve_determination(
        revision_id=ready.revision_id, determination_id=proposed.public_id, by=ready.reviewer, at=ready.clock()
    )
    with pytest.raises(actions.Invalid) as refusal:
        ready.submit()
    told = [problem for problem in refusal.value.errors[""] if "determination" in problem]
    assert any("second person" in problem or "approver" in problem or "approval" in problem for problem in told), told


def test_nothing_is_changed_under_review(ready: Office) -> None:
    ready.submit()
    for attempt in (
        lambda: change_count(ready, 4),
        lambda: ready.rate("officials-prosecuted", version=1, reason="Other"),
        lambda: ready.evidence("d1"),
    ):
        with pytest.raises(policies.NotAllowed, match="is submitted for review; it can be changed while in progress"):
            attempt()


def test_nobody_approves_what_they_wrote(ready: Office) -> None:
    writer = ready.reviewer
    writer.grant([Role.ANALYST], at=ready.clock(), by=None)
    ready.assign(writer, Part.ANALYST)
    actions.save_fact(
        revision_id=ready.revision_id,
        sheet="statistics",
        ref=None,
        record=Statistic(id="x", stage=Stage.ARREST),
        by=writer,
        at=ready.clock(),
    )
    ready.submit()
    with pytest.raises(policies.NotAllowed) as refusal:
        ready.approve(writer)
    assert str(refusal.value) == (
        "Nobody approves what they wrote, rated or edited since the last approval. Nobody who is assigned can; "
        "a coordinator could add Ruth Reviewer as reviewer."
    )
    ready.assign(ready.other_reviewer, Part.REVIEWER)
    with pytest.raises(policies.NotAllowed, match=r"since the last approval\. Ruth Reviewer can\."):
        ready.approve(writer)
    ready.approve(ready.other_reviewer)
    assert (state(ready), Approval.objects.get().by) == (S.APPROVED, ready.other_reviewer)


def test_authorship_ends_with_an_approval(ready: Office) -> None:
    assert policies.authors(ready.revision) == {ready.analyst.pk}
    ready.submit()
    ready.approve()
    assert policies.authors(ready.revision) == frozenset()


def test_the_reviewer_approves_the_text_that_was_read(ready: Office) -> None:
    ready.submit()
    with pytest.raises(actions.Invalid, match="The text changed since you opened it"):
        actions.approve(step_id=ready.step_id(), content_hash="old", by=ready.reviewer, at=ready.clock())
    assert not Approval.objects.exists()


def test_changes_are_requested_made_and_approved(ready: Office) -> None:
    ready.submit()
    with pytest.raises(policies.NotAllowed, match="give a reason"):
        actions.request_changes(revision_id=ready.revision_id, reason=" ", by=ready.reviewer, at=ready.clock())
    actions.request_changes(revision_id=ready.revision_id, reason="Four?", by=ready.reviewer, at=ready.clock())
    change_count(ready, 4)
    assert not StatisticRecord.objects.get().late
    assert ready.statistic(1, stage=Stage.ARREST, evidence=("e1",)).ref == "s2"
    assert StatisticRecord.objects.get(ref="s2").late
    ready.submit()
    ready.approve()
    assert state(ready) == S.APPROVED


def test_equal_content_keeps_its_approval(ready: Office) -> None:
    ready.submit()
    ready.approve()
    actions.reopen(revision_id=ready.revision_id, reason="One more look", by=ready.reviewer, at=ready.clock())
    assert state(ready) == S.CHANGES_REQUESTED
    change_count(ready, 4)
    change_count(ready, 3)
    ready.submit()
    assert state(ready) == S.APPROVED
    assert Approval.objects.count() == 1
    assert Snapshot.objects.count() == 2


def test_a_changed_sentence_needs_a_new_approval(ready: Office) -> None:
    ready.submit()
    ready.approve()
    actions.reopen(revision_id=ready.revision_id, reason="A mistake", by=ready.coordinator, at=ready.clock())
    change_count(ready, 4)
    ready.submit()
    assert state(ready) == S.SUBMITTED
    ready.approve()
    withdrawn, standing = Approval.objects.order_by("pk")
    assert (withdrawn.withdrawn_reason, standing.withdrawn_at) == ("The content changed since.", None)


def test_a_changed_excerpt_needs_a_new_approval_and_a_note_does_not(ready: Office) -> None:
    before = ready.revision.content_hash
    row = StatisticRecord.objects.get()
    noted = Statistic(
        id="s1", stage=Stage.CONVICTION, count=Count(kind=CountKind.EXACT, value=3), evidence=("e1",), note="Checked."
    )
    ready.fact("statistics", noted, ref="s1", version=row.version)
    assert ready.revision.content_hash == before
    from dataclasses import replace

    from assessments.mapping import to_record

    item = Evidence.objects.select_related("use").get()
    actions.save_evidence(
        revision_id=ready.revision_id,
        ref="e1",
        record=replace(to_record(item), excerpt="Found on page 3."),
        version=item.version,
        by=ready.analyst,
        at=ready.clock(),
    )
    assert ready.revision.content_hash != before


def test_steps_are_taken_in_their_order(ready: Office) -> None:
    steps = [actions.Step("Editor"), actions.Step("Review")]
    actions.order_steps(report_year=2024, steps=steps, by=ready.coordinator, at=ready.clock())
    ready.submit()
    first = ReviewStep.objects.get(title="Editor")
    with pytest.raises(policies.NotAllowed, match="The step “Editor” comes first"):
        ready.approve()
    actions.approve(step_id=first.public_id, by=ready.reviewer, at=ready.clock())
    assert state(ready) == S.SUBMITTED
    with pytest.raises(actions.Invalid, match="“Editor” is approved already"):
        actions.approve(step_id=first.public_id, by=ready.reviewer, at=ready.clock())
    assert policies.authors(ready.revision) == {ready.analyst.pk}
    ready.approve()
    assert state(ready) == S.APPROVED


def test_each_step_can_be_taken_back_with_a_reason(ready: Office) -> None:
    def reopen(person: Any) -> str:
        return actions.reopen(revision_id=ready.revision_id, reason="Too soon", by=person, at=ready.clock()).state

    ready.submit()
    assert reopen(ready.analyst) == S.IN_PROGRESS
    ready.submit()
    actions.request_changes(revision_id=ready.revision_id, reason="x", by=ready.reviewer, at=ready.clock())
    assert reopen(ready.reviewer) == S.SUBMITTED
    ready.approve()
    assert reopen(ready.coordinator) == S.CHANGES_REQUESTED
    with pytest.raises(policies.NotAllowed, match="Only a reviewer assigned to it or a coordinator may take back"):
        reopen(ready.analyst)
    assert reopen(ready.coordinator) == S.SUBMITTED


def test_a_correction_copies_everything_and_supersedes_on_release(ready: Office) -> None:
    actions.edit_sentence(
        sentence_id=DraftSentence.objects.get().public_id,
        text="Courts convicted three officials.",
        version=1,
        by=ready.analyst,
        at=ready.clock(),
    )
    ready.submit()
    ready.approve()
    with pytest.raises(policies.NotAllowed, match="only what is released is corrected"):
        actions.correct(revision_id=ready.revision_id, reason="x", by=ready.analyst, at=ready.clock())
    first = ready.release()
    old = ready.revision
    with pytest.raises(actions.Invalid, match="Say what is to be corrected"):
        actions.correct(revision_id=old.public_id, reason="", by=ready.analyst, at=ready.clock())
    new = actions.correct(revision_id=old.public_id, reason="A number", by=ready.analyst, at=ready.clock())
    old.refresh_from_db()
    assert (old.state, old.is_open, new.number, new.state, new.is_open) == (S.RELEASED, False, 2, S.IN_PROGRESS, True)
    assert (new.input_digest, new.content_hash) == (old.input_digest, old.content_hash)
    before, after = old.sentences.get(), new.sentences.get()
    assert (after.shown, after.author, after.predecessors) == (before.shown, ready.analyst, [str(before.public_id)])
    change_count(ready, 4)
    assert StatisticRecord.objects.get(revision=old).count_value == 3
    assert old.sentences.get().suggestion is None
    ready.submit()
    ready.approve()
    second = ready.release()
    first.refresh_from_db()
    old.refresh_from_db()
    assert (old.state, first.superseded_by, first.open_digest != second.open_digest) == (S.SUPERSEDED, second, True)
    assert events.verify(Subject.ASSESSMENT, ready.assessment.public_id) is None


def test_one_assessment_for_a_country_and_period(office: Office) -> None:
    with pytest.raises(actions.Invalid, match="Examplia already has an assessment for 2024"):
        actions.open_assessment(iso3=office.country.iso3, report_year=2024, by=office.coordinator, at=office.clock())
    with pytest.raises(actions.Invalid, match="The report year 2030 is not open"):
        actions.open_assessment(iso3=office.country.iso3, report_year=2030, by=office.coordinator, at=office.clock())
    with pytest.raises(policies.NotAllowed, match="Only a coordinator opens periods"):
        actions.open_assessment(iso3=office.country.iso3, report_year=2024, by=office.analyst, at=office.clock())
    assert Revision.objects.count() == 1


def test_the_next_year_opens_with_what_the_last_one_recorded(ready: Office) -> None:
    import datetime as dt

    ready.submit()
    ready.approve()
    ready.release()
    actions.open_period(
        report_year=2025,
        opened_on=dt.date(2024, 10, 1),
        due_on=dt.date(2025, 6, 1),
        by=ready.coordinator,
        at=ready.clock(),
    )
    ready.assessment = actions.open_assessment(
        iso3=ready.country.iso3, report_year=2025, by=ready.coordinator, at=ready.clock()
    )
    past = ready.revision.history.get()
    assert past.report_year == 2024
    assert past.sentences == ["The government reported convicting three officials for complicity in trafficking."]


# --- Comments ----------------------------------------------------------------------------------------------------


def test_a_comment_keeps_the_words_it_was_made_on(ready: Office) -> None:
    sentence = DraftSentence.objects.get()
    remark = actions.comment(
        revision_id=ready.revision_id,
        sentence_id=sentence.public_id,
        text="Who says so?",
        by=ready.reviewer,
        at=ready.clock(),
    )
    change_count(ready, 4)
    remark.refresh_from_db()
    assert (remark.sentence, remark.quote) == (
        sentence.public_id,
        "The government reported convicting three officials for complicity in trafficking.",
    )
    actions.comment(
        revision_id=ready.revision_id,
        text="The register.",
        parent_id=remark.public_id,
        by=ready.analyst,
        at=ready.clock(),
    )
    settled = actions.resolve_comment(comment_id=remark.public_id, by=ready.reviewer, at=ready.clock())
    assert settled.resolved_by == ready.reviewer
    assert Comment.objects.count() == 2
    with pytest.raises(actions.Invalid, match="Write something"):
        actions.comment(revision_id=ready.revision_id, text=" ", by=ready.reviewer, at=ready.clock())
    with pytest.raises(policies.NotAllowed):
        actions.comment(revision_id=ready.revision_id, text="x", by=ready.exporter, at=ready.clock())


# --- Anything goes -----------------------------------------------------------------------------------------------


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(rng=st.randoms(use_true_random=False))
def test_after_any_sequence_the_log_holds_and_approvals_cover_their_content(ready: Office, rng: random.Random) -> None:
    """Try acts at random, allowed or not: what is refused leaves no trace, what is done is on record."""
    with taken_back():
        _at_random(ready, rng)


def test_a_walk_at_random_gets_somewhere(ready: Office) -> None:
    assert _at_random(ready, random.Random(0)) > 10


def _at_random(ready: Office, rng: random.Random) -> int:
    """Walk, hold everything to account, and return how many of the acts were allowed."""
    third = user(Role.ANALYST, Role.REVIEWER, Role.COORDINATOR, name="Tom Third")
    ready.assign(third, Part.REVIEWER)
    people = [ready.analyst, ready.reviewer, third, ready.coordinator, ready.reader]

    def sentence() -> Any:
        return rng.choice(list(ready.revision.sentences.all()) or [None])

    def edit(by: Any) -> None:
        if row := sentence():
            actions.edit_sentence(
                sentence_id=row.public_id, text=f"Words {rng.random()}.", version=row.version, by=by, at=ready.clock()
            )

    def remove(by: Any) -> None:
        if row := sentence():
            actions.remove_sentence(sentence_id=row.public_id, by=by, at=ready.clock())

    acts: list[Any] = [
        lambda by: change_count(ready, rng.randint(1, 5)),
        edit,
        remove,
        lambda by: actions.comment(
            revision_id=ready.revision_id,
            sentence_id=(row := sentence()) and row.public_id,
            text="?",
            by=by,
            at=ready.clock(),
        ),
        lambda by: actions.submit(revision_id=ready.revision_id, by=by, at=ready.clock()),
        lambda by: actions.approve(step_id=ready.step_id(), by=by, at=ready.clock()),
        lambda by: actions.reopen(revision_id=ready.revision_id, reason="x", by=by, at=ready.clock()),
        lambda by: actions.request_changes(revision_id=ready.revision_id, reason="x", by=by, at=ready.clock()),
        lambda by: ready.release(),
        lambda by: actions.correct(revision_id=ready.revision_id, reason="x", by=by, at=ready.clock()),
    ]
    done = 0
    for _ in range(60):
        count = Event.objects.count()
        try:
            rng.choice(acts)(rng.choice(people))
            done += 1
        except (policies.NotAllowed, actions.Invalid, actions.NotFound, IndexError):
            assert Event.objects.count() == count
    assert events.verify(Subject.ASSESSMENT, ready.assessment.public_id) is None
    sentences = set(DraftSentence.objects.values_list("public_id", flat=True))
    for remark in Comment.objects.exclude(sentence=None):
        assert remark.sentence in sentences or remark.quote
    for snapshot in Snapshot.objects.filter(kind=SnapshotKind.APPROVED.value):
        frozen = actions_snapshot(snapshot)
        assert any(approval["content_hash"] == frozen["content_hash"] for approval in frozen["approvals"])
    return done


def actions_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    from assessments import snapshots

    return snapshots.opened(snapshot)
