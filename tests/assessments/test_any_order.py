"""Whatever is done in whatever order: no remark is lost, approvals cover what they were given for, the log verifies.

Hypothesis makes the sequences, allowed or not. What was approved is remembered in plain values of the rows
(`tests/assessments/acts.py`), never by the hashes that are under test.
"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    invariant,
    run_state_machine_as_test,
)

from assessments import events
from assessments.actions.anchoring import anchored
from assessments.core import anchoring
from assessments.core.values import Stage
from assessments.enums import RevisionState, Subject
from assessments.models import Comment, DraftSentence
from tests.assessments.acts import Acts

S = RevisionState


class AnyOrder(Acts):
    """The acts, and what must hold after each of them and at the end."""

    def teardown(self) -> None:
        try:
            if self.done:
                self.every_remark_is_on_the_page()
                assert list(events.verify_all()) == []
        finally:
            self._block.__exit__(None, None, None)

    @invariant()
    def an_approval_covers_exactly_what_it_was_given_for(self) -> None:
        if not self.done:
            return
        shown = self.shown()
        for title in ("Peer", "Bureau"):
            if not self.office.revision.steps.filter(title=title).exists():
                continue
            given = self.given.get(self.step(title).pk, [])
            read = {(ref, content) for one in given for ref, content in one.parts.items()}
            gone = {ref for one in given for ref in one.gone}
            waiting = self.waiting(title)
            if waiting.is_approved:
                assert any(one.whole == shown for one in given)
                continue
            assert not any(one.whole == shown for one in given)
            asked = {item.ref for item in (*waiting.to_read, *waiting.mechanical) if item.now}
            for ref, content in shown:
                assert (ref in asked) == ((ref, content) not in read), (title, ref, content)
            for item in waiting.mechanical:
                ground = dict(shown)[item.ref][2]
                assert ground in {content[2] for _, content in read}
            taken_out = {item.ref for item in waiting.to_read if item.now is None}
            assert not taken_out & gone
            assert waiting.is_new == (not read)

    @invariant()
    def what_is_frozen_was_approved_at_every_step(self) -> None:
        revision = self.office.revision
        if revision.state == S.APPROVED:
            shown = self.shown()
            for step in revision.steps.all():
                assert any(one.whole == shown for one in self.given[step.pk]), step.title

    @invariant()
    def no_remark_is_lost(self) -> None:
        rows = self.sentences
        texts = {str(row.public_id): "" if row.state == "removed" else " ".join(row.shown.split()) for row in rows}
        places = anchored(rows)
        for public_id, (sentence, quote, on_words) in self.said.items():
            row = Comment.objects.get(public_id=public_id)
            assert (row.quote, row.is_on_words) == (quote, on_words)
            heirs = self.heirs(str(row.sentence), rows) | self.heirs(str(sentence), rows)
            found = anchoring.anchor(str(row.sentence), row.quote, places, on_words=row.is_on_words).sentence
            standing = {name for name in heirs if not on_words or quote in texts[name]}
            assert (found is not None) == bool(standing), quote
            assert found is None or found in standing

    def heirs(self, sentence: str, rows: list[DraftSentence]) -> set[str]:
        """Return all that took a sentence over, however often, and itself while it stands."""
        known, _found = {sentence}, set[str]()
        everything = DraftSentence.objects.filter(revision__assessment=self.office.assessment)
        lineage = {str(row.public_id): set(row.predecessors) for row in everything}
        while True:
            more = {name for name, before in lineage.items() if before & known} - known
            if not more:
                break
            known |= more
        return {str(row.public_id) for row in rows} & known

    @invariant()
    def the_log_verifies(self) -> None:
        assert events.verify(Subject.ASSESSMENT, self.office.assessment.public_id) is None

    def every_remark_is_on_the_page(self) -> None:
        client = Client()
        client.force_login(self.office.reviewer)
        html = client.get(reverse("assessments:review", args=[self.office.assessment.public_id])).content.decode()
        for number, public_id in enumerate(self.said):
            row = Comment.objects.select_related("revision").get(public_id=public_id)
            is_settled_long_ago = row.resolved_at is not None and row.revision_id != self.office.revision.pk
            assert (f"<p>remark-{number}-</p>" in html) != is_settled_long_ago


FEW = settings(
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    phases=(
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ),  # to shrink one takes minutes
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_after_any_sequence_everything_holds() -> None:
    run_state_machine_as_test(AnyOrder, settings=FEW)


ONE_ACT: dict[str, Callable[[Acts], object]] = {
    "another figure": lambda acts: acts.record(4, Stage.CONVICTION),
    "one more figure": lambda acts: acts.record(4, Stage.INVESTIGATION),
    "a figure withdrawn": lambda acts: acts.withdraw(0),
    "other evidence under the same words": lambda acts: acts.change_evidence(7),
    "a mark taken out": lambda acts: acts.edit("analyst", 0, lambda text: text.removesuffix(".")),
    "another number in words": lambda acts: acts.edit("analyst", 0, lambda text: text.replace("three", "four")),
    "a sentence taken out": lambda acts: acts.take_out_or_back(0, "remove_sentence"),
    "a sentence written": lambda acts: acts.write(1),
    "nothing": lambda acts: None,
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", ONE_ACT)
def test_after_one_change_everything_holds_at_each_step_of_the_way(what: str) -> None:
    """Approve twice, reopen, change one thing, hand it in, approve what is asked for at both steps."""
    acts = AnyOrder()
    try:
        acts.begin("reopened")
        before = acts.done
        for act in (
            lambda: ONE_ACT[what](acts),
            acts.hand_in,
            lambda: acts.reconfirm("reviewer", "Peer"),
            lambda: acts.approve_some("reviewer", "Peer", 0, many=True),
            lambda: acts.approve_some("other_reviewer", "Bureau", 0, many=True),
            lambda: acts.reconfirm("other_reviewer", "Bureau"),
            lambda: acts.release("coordinator"),
        ):
            act()
            acts.an_approval_covers_exactly_what_it_was_given_for()
            acts.what_is_frozen_was_approved_at_every_step()
            acts.no_remark_is_lost()
            acts.the_log_verifies()
        assert acts.done > before + 1
        assert acts.office.revision.state == S.RELEASED
    finally:
        acts.teardown()
