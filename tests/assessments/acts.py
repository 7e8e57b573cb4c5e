"""What people do to a text on its way to the public, as steps that hypothesis puts in any order.

Each step is tried whether it is allowed or not; what is refused must leave nothing behind. What was read and
approved is remembered in plain values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from accounts.models import User
from assessments import actions, covering, policies
from assessments.core.sheets import Evidence as EvidenceRecord
from assessments.core.sheets import Statistic
from assessments.core.values import Count, CountKind, Credibility, Section, Stage
from assessments.enums import Part, ProposalState, RevisionState
from assessments.models import DraftSentence, Event, Evidence, EvidenceLink, ReviewStep, StatisticRecord
from tests.assessments.office import Office, make_office
from tests.taken_back import taken_back

S = RevisionState
REFUSED = (policies.NotAllowed, actions.Invalid, actions.NotFound)
PEOPLE = st.sampled_from(["analyst", "reviewer", "other_reviewer", "coordinator"])
STEPS = st.sampled_from(["Peer", "Bureau"])
INDEX = st.integers(0, 5)
STAGES = (Stage.CONVICTION, Stage.ARREST, Stage.INVESTIGATION)

Content = tuple[Any, ...]


@dataclass
class Given:
    """What one person read and approved at one step: each part by its id, and the whole in its order if they did."""

    parts: dict[str, Content] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    whole: list[tuple[str, Content]] | None = None


class Acts(RuleBasedStateMachine):
    """An office that does anything; `given` is by step of review, `said` by remark."""

    def __init__(self) -> None:
        super().__init__()
        self._block = taken_back()
        self._block.__enter__()
        self.office: Office = make_office()
        self.given: dict[int, list[Given]] = {}
        self.said: dict[UUID, tuple[str | None, str, bool]] = {}
        self.done = 0

    # --- Reading the rows ------------------------------------------------------------------------------------------

    @property
    def sentences(self) -> list[DraftSentence]:
        return list(self.office.revision.sentences.in_order())

    def some(self, rows: Any, index: int) -> Any:
        found = list(rows)
        if not found:
            raise actions.NotFound("there is none")
        return found[index % len(found)]

    def step(self, title: str) -> ReviewStep:
        revision = self.office.revision
        row = revision.steps.filter(title=title).first()
        if row is None:
            raise actions.NotFound("no such step")
        row.revision = revision
        return row

    def shown(self) -> list[tuple[str, Content]]:
        """Return every part of the text in order: its words, and the plain values of all that it rests on."""
        revision = self.office.revision
        figures = {
            row.ref: (row.stage, row.count_kind, row.count_value)
            for row in StatisticRecord.objects.filter(revision=revision, withdrawn_at__isnull=True)
        }
        items = {
            row.ref: (row.pinpoint, row.credibility, row.version, row.use.ref)
            for row in Evidence.objects.filter(revision=revision, withdrawn_at__isnull=True).select_related("use")
        }
        linked: dict[str, tuple[str, ...]] = {}
        for ref, evidence in EvidenceLink.objects.of(revision).order_by("position").values_list("ref", "evidence__ref"):
            linked[ref] = (*linked.get(ref, ()), evidence)

        def ground(basis: Mapping[str, Any]) -> Content:
            facts = tuple(sorted((ref, figures.get(ref), linked.get(ref)) for ref in basis.get("facts", ())))
            return facts, tuple(sorted((ref, items.get(ref)) for ref in basis.get("evidence", ())))

        found = [
            (str(row.public_id), (row.section, row.shown, ground(row.basis)))
            for row in self.sentences
            if row.state != "removed" and row.shown
        ]
        points = revision.recommendations.order_by("rank", "pk")
        return found + [(f"recommendations/{row.code}", (row.is_top, row.shown, ground(row.basis))) for row in points]

    # --- Acting ----------------------------------------------------------------------------------------------------

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Do it if it may be done; what is refused leaves nothing behind. Returns what came of it, None if refused."""
        before = Event.objects.count()
        try:
            found = act()
        except actions.Conflict:
            return None
        except REFUSED:
            assert Event.objects.count() == before
            return None
        self.done += 1
        return found if found is not None else True

    def who(self, name: str) -> User:
        return getattr(self.office, name)

    def common(self, name: str) -> dict[str, Any]:
        return {"by": self.who(name), "at": self.office.clock()}

    @initialize(start=st.sampled_from(["fresh", "submitted", "approved", "reopened", "corrected"]))
    def begin(self, start: str) -> None:
        office = self.office
        office.assign(office.other_reviewer, Part.REVIEWER)
        steps = [actions.Step("Peer"), actions.Step("Bureau")]
        actions.order_steps(report_year=2024, steps=steps, **self.common("coordinator"))
        office.statistic(3, evidence=(office.evidence(),))
        office.statistic(2, stage=Stage.ARREST, evidence=("e1",))
        office.answer_all()
        if start == "fresh":
            return
        office.submit()
        if start == "submitted":
            return
        self.approve("reviewer", "Peer")
        self.approve("other_reviewer", "Bureau")
        assert office.revision.state == S.APPROVED
        if start == "reopened":
            self.reopen("coordinator")
        if start == "corrected":
            office.release()
            actions.correct(revision_id=office.revision_id, reason="x", **self.common("analyst"))

    @rule(value=st.integers(1, 4), stage=st.sampled_from(STAGES))
    def record(self, value: int, stage: Stage) -> None:
        """Change a figure, or add it: the text is drawn anew."""
        row = StatisticRecord.objects.filter(
            revision=self.office.revision, stage=stage.value, withdrawn_at__isnull=True
        ).first()
        count = Count(kind=CountKind.EXACT, value=value)
        made = Statistic(id=row.ref if row else "new", stage=stage, count=count, evidence=("e1",))
        self.attempt(
            lambda: self.office.fact("statistics", made, ref=row and row.ref, version=row.version if row else None)
        )

    @rule(index=INDEX)
    def withdraw(self, index: int) -> None:
        rows = StatisticRecord.objects.filter(revision=self.office.revision, withdrawn_at__isnull=True).order_by("pk")
        self.attempt(
            lambda: actions.withdraw_fact(
                revision_id=self.office.revision_id,
                sheet="statistics",
                ref=self.some(rows, index).ref,
                reason="Entered twice.",
                **self.common("analyst"),
            )
        )

    @rule(page=st.integers(1, 9))
    def change_evidence(self, page: int) -> None:
        row = Evidence.objects.get(revision=self.office.revision, ref="e1")
        record = EvidenceRecord(
            id="e1", source=row.use.ref, credibility=Credibility(row.credibility), pinpoint=f"p. {page}"
        )
        self.attempt(
            lambda: actions.save_evidence(
                revision_id=self.office.revision_id,
                ref="e1",
                record=record,
                version=row.version,
                **self.common("analyst"),
            )
        )

    @rule(
        name=PEOPLE,
        index=INDEX,
        change=st.sampled_from(
            [
                lambda text: text.removesuffix("."),
                lambda text: text.replace("The government", "It"),
                lambda text: text.replace("officials", "officers"),
                lambda text: text.replace("three", "four"),
                lambda text: f"{text} Again.",
                lambda text: "Courts convicted three officials.",
            ]
        ),
    )
    def edit(self, name: str, index: int, change: Callable[[str], str]) -> None:
        def act() -> Any:
            row = self.some(self.sentences, index)
            return actions.edit_sentence(
                sentence_id=row.public_id, text=change(row.shown), version=row.version, **self.common(name)
            )

        self.attempt(act)

    @rule(index=INDEX, act=st.sampled_from(["remove_sentence", "restore_sentence", "revert_sentence"]))
    def take_out_or_back(self, index: int, act: str) -> None:
        def do() -> Any:
            row = self.some(self.sentences, index)
            return getattr(actions, act)(sentence_id=row.public_id, version=row.version, **self.common("analyst"))

        self.attempt(do)

    @rule(number=st.integers(1, 3))
    def write(self, number: int) -> None:
        self.attempt(
            lambda: actions.add_sentence(
                revision_id=self.office.revision_id,
                section=Section.PROSECUTION,
                text=f"Observers saw {number} changes.",
                judgement=True,
                **self.common("analyst"),
            )
        )

    @rule(name=PEOPLE, index=INDEX, first=st.integers(0, 4), last=st.integers(1, 4), on_words=st.booleans())
    def comment(self, name: str, index: int, first: int, last: int, on_words: bool) -> None:
        def act() -> Any:
            row = self.some(self.sentences, index)
            words = row.shown.split()[first : first + last] if on_words else []
            return actions.comment(
                revision_id=self.office.revision_id,
                sentence_id=row.public_id,
                quote=" ".join(words),
                text=f"remark-{len(self.said)}-",
                **self.common(name),
            )

        made = self.attempt(act)
        if made:
            self.said[made.public_id] = (str(made.sentence), made.quote, made.is_on_words)

    @rule(name=PEOPLE, index=INDEX, act=st.sampled_from(["resolve_comment", "reopen_comment"]))
    def settle(self, name: str, index: int, act: str) -> None:
        self.attempt(
            lambda: getattr(actions, act)(comment_id=self.some(sorted(self.said, key=str), index), **self.common(name))
        )

    @rule(name=PEOPLE, index=INDEX, number=st.integers(2, 4))
    def propose(self, name: str, index: int, number: int) -> None:
        self.attempt(
            lambda: actions.propose_wording(
                revision_id=self.office.revision_id,
                sentence_id=self.some(self.sentences, index).public_id,
                text=f"Courts convicted {number} officials.",
                **self.common(name),
            )
        )

    @rule(name=PEOPLE, index=INDEX)
    def take_words(self, name: str, index: int) -> None:
        def act() -> Any:
            rows = self.office.revision.proposals.filter(state=ProposalState.OPEN.value).order_by("pk")
            row = self.some(rows, index)
            found = self.office.revision.sentences.filter(public_id=row.sentence).first()
            version = found.version if found else None
            return actions.accept_wording(proposal_id=row.public_id, version=version, **self.common(name))

        self.attempt(act)

    @rule(name=PEOPLE)
    def submit(self, name: str) -> None:
        self.attempt(lambda: actions.submit(revision_id=self.office.revision_id, **self.common(name)))

    @precondition(lambda self: self.office.revision.state in policies.EDITABLE)
    @rule()
    def hand_in(self) -> None:
        self.submit("analyst")

    @rule(name=PEOPLE)
    def ask_for_changes(self, name: str) -> None:
        self.attempt(
            lambda: actions.request_changes(revision_id=self.office.revision_id, reason="Why?", **self.common(name))
        )

    @rule(name=PEOPLE)
    def reopen(self, name: str) -> None:
        self.attempt(lambda: actions.reopen(revision_id=self.office.revision_id, reason="x", **self.common(name)))

    @rule(name=PEOPLE, title=STEPS)
    def approve(self, name: str, title: str) -> None:
        shown = self.shown()

        def act() -> Any:
            return actions.approve(step_id=self.step(title).public_id, **self.common(name))

        if self.attempt(act):
            self.note(title, Given(dict(shown), self.missing(title, shown), shown))

    @rule(name=PEOPLE, title=STEPS)
    def override(self, name: str, title: str) -> None:
        shown = self.shown()
        if self.attempt(
            lambda: actions.override_approval(
                step_id=self.step(title).public_id,
                reason="Nobody is left.",
                content_hash=self.office.revision.content_hash,
                **self.common(name),
            )
        ):
            self.note(title, Given(dict(shown), self.missing(title, shown), shown))

    @rule(name=PEOPLE, title=STEPS, index=INDEX, many=st.booleans())
    def approve_some(self, name: str, title: str, index: int, many: bool) -> None:
        shown = dict(self.shown())

        def act() -> Any:
            waiting = self.waiting(title)
            found = [*waiting.to_read, *waiting.mechanical]
            chosen = found if many else [self.some(found, index)]
            read = {item.ref: item.digest for item in chosen}
            done = actions.approve_items(step_id=self.step(title).public_id, read=read, **self.common(name))
            return done, read

        made = self.attempt(act)
        if made:
            done, read = made
            parts = {ref: shown[ref] for ref in read if ref in shown}
            gone = {ref for ref in read if ref not in shown}
            self.note(title, Given(parts, gone, list(shown.items()) if done else None))

    @rule(name=PEOPLE, title=STEPS)
    def reconfirm(self, name: str, title: str) -> None:
        shown = dict(self.shown())

        def act() -> Any:
            waiting = self.waiting(title)
            done = actions.reconfirm(
                step_id=self.step(title).public_id,
                content_hash=self.office.revision.content_hash,
                **self.common(name),
            )
            return done, [item.ref for item in waiting.mechanical]

        made = self.attempt(act)
        if made:
            done, refs = made
            whole = list(shown.items()) if done else None
            self.note(title, Given({ref: shown[ref] for ref in refs}, set(), whole))

    @rule(name=PEOPLE, title=STEPS)
    def take_back(self, name: str, title: str) -> None:
        def act() -> Any:
            step = self.step(title)
            actions.take_back_approval(step_id=step.public_id, reason="Too fast.", **self.common(name))
            return step

        if step := self.attempt(act):
            self.given.pop(step.pk, None)

    @rule(name=PEOPLE)
    def release(self, name: str) -> None:
        def act() -> Any:
            snapshot = self.office.revision.snapshots.filter(kind="approved").order_by("-pk").first()
            if snapshot is None:
                raise actions.NotFound("nothing is approved")
            return actions.release(snapshot_id=snapshot.public_id, **self.common(name))

        self.attempt(act)

    @rule(name=PEOPLE, act=st.sampled_from(["correct", "withdraw_correction"]))
    def correct(self, name: str, act: str) -> None:
        self.attempt(
            lambda: getattr(actions, act)(revision_id=self.office.revision_id, reason="x", **self.common(name))
        )

    def waiting(self, title: str) -> covering.Pending:
        step = self.step(title)
        return covering.pending(step, actions.items_now(step.revision), step.revision.content_hash)

    def missing(self, title: str, shown: list[tuple[str, Content]]) -> set[str]:
        here = {ref for ref, _ in shown}
        return {ref for given in self.given.get(self.step(title).pk, ()) for ref in given.parts if ref not in here}

    def note(self, title: str, given: Given) -> None:
        self.given.setdefault(self.step(title).pk, []).append(given)
