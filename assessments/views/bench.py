"""The workbench: what the three columns of an assessment's pages show, loaded once for each page."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone

from assessments import actions, policies, records, stored_draft
from assessments.core.types import Case
from assessments.core.values import Section
from assessments.enums import RevisionState, SentenceState
from assessments.models import (
    SHEETS,
    DraftGapRecord,
    DraftRecommendation,
    DraftSentence,
    FactRow,
    Result,
    Revision,
)
from assessments.templatetags.indicia import clock
from assessments.views.addresses import address
from assessments.views.answers import Answer
from assessments.views.living import DraftSection
from assessments.views.page import UserRequest, page
from assessments.views.places import Place, places
from frameworks import loader
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import IndicatorSpec

Key = tuple[str, str, tuple[str, ...]]
"""Section, family and subjects of a sentence: what it is about."""

SAVED = "Indicia-Saved"
"""The header of an answer to a save that holds; its value is the address the saved entry is sent to from now on."""


@dataclass(frozen=True)
class HeldFact:
    """A fact that came after the cut-off, and whether this person may let it in."""

    row: FactRow
    can_let_in: bool


class Bench:
    """One open revision as its people see it. Everything is read on first use and then kept."""

    def __init__(self, request: UserRequest, revision: Revision) -> None:
        """Stand for a revision that the person may see; what was just derived with it is not read again."""
        self.request = request
        self.user = request.user
        self.revision = revision
        self.assessment = revision.assessment
        self.drawn = actions.drawn_of(revision)
        drawn = self.drawn.changed if self.drawn else ()
        self.shown_key = ""  # of the answer on the page: the sentences that rest on it are marked
        self.chosen: UUID | None = None  # the sentence whose basis stands in the margin
        self.text_url = ""  # of the page whose text this is: a sentence leads to itself there
        self.changed = frozenset((str(key.section), str(key.family), tuple(key.subjects)) for key in drawn)

    # --- What it rests on

    @cached_property
    def framework(self) -> CompiledFramework:
        """The framework version the revision is pinned to."""
        return loader.compiled(self.revision.framework)

    @cached_property
    def result(self) -> Result | None:
        """What was derived; None before the first derivation."""
        return self.drawn.result if self.drawn else stored_draft.result(self.revision)

    @cached_property
    def finding(self) -> Mapping[str, Any]:
        """The stored finding; empty before the first derivation."""
        return self.result.finding if self.result else {}

    @property
    def checks(self) -> Sequence[Mapping[str, Any]]:
        """The stored checks that nobody accepted, gravest first."""
        return [check for check in self.stated_checks if not check.get("accepted")]

    @cached_property
    def stated_checks(self) -> Sequence[Mapping[str, Any]]:
        """All stored checks, gravest first; `accepted` names the acceptance that holds."""
        order = {"block": 0, "warning": 1, "note": 2}
        found: Iterable[Mapping[str, Any]] = self.result.checks if self.result else ()
        return sorted(found, key=lambda check: order.get(check["severity"], 3))

    @cached_property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """What each answer or record still needs, in words, by its key."""
        return {item["key"]: tuple(item["needs"]) for item in self.finding.get("incomplete", ())}

    @cached_property
    def case(self) -> Case:
        """The record as the rules last saw it."""
        return records.case_of(self.revision)

    # --- Rights

    @cached_property
    def why_closed(self) -> str:
        """Why this person cannot change it; empty where they can."""
        try:
            policies.check_can_edit(self.revision, self.user)
        except policies.NotAllowed as exc:
            return str(exc)
        return ""

    @property
    def can_edit(self) -> bool:
        """Say whether this person may change facts, answers and draft now."""
        return not self.why_closed

    @cached_property
    def shows_second_answers(self) -> bool:
        """Say whether this person sees two answers side by side; never while blind coding is off."""
        is_on = policies.is_blind_coding_on(self.revision)
        return is_on and policies.can_see_second_ratings(self.revision, self.user)

    @cached_property
    def held(self) -> Sequence[HeldFact]:
        """Facts that came after the cut-off and wait to be let into the text; no query where there is no cut-off."""
        if self.assessment.period.cut_off is None:
            return ()
        return [
            HeldFact(row, policies.can_let_in(row, self.revision, self.user))
            for row in actions.held_facts(self.revision)
        ]

    @property
    def shows_replies(self) -> bool:
        """Say whether the government's replies are shown; never while the right of reply is off."""
        return policies.is_reply_on(self.revision)

    @property
    def state(self) -> RevisionState:
        """Where the revision stands."""
        return RevisionState(self.revision.state)

    # --- The draft

    @cached_property
    def sentences(self) -> list[DraftSentence]:
        """All sentences in printing order, removed ones included."""
        found = self._sentences()
        checked = {_key(check["sentence"]) for check in self.checks if check.get("sentence")}
        by_id = {check["sentence_id"] for check in self.checks if check.get("sentence_id")}
        for sentence in found:
            key = key_of(sentence)
            sentence.is_changed = key in self.changed  # type: ignore[attr-defined]
            sentence.is_own = bool(self.shown_key) and self.shown_key in sentence.basis.get("ratings", ())  # type: ignore[attr-defined]
            sentence.has_check = key in checked or str(sentence.public_id) in by_id  # type: ignore[attr-defined]
        return found

    def _sentences(self) -> list[DraftSentence]:
        if self.drawn is None:
            return stored_draft.sentences(self.revision)
        return sorted(self.drawn.sentences, key=lambda row: (row.position, row.pk))

    @cached_property
    def draft(self) -> list[DraftSection]:
        """The sentences that stand in the text, by section, with the gaps between them."""
        budgets = self.assessment.period.word_budgets
        sections = {item.value: DraftSection(self, item, budget=budgets.get(item.value)) for item in Section}
        for sentence in self.sentences:
            if sentence.state != SentenceState.REMOVED and sentence.shown:
                sections[sentence.section].sentences.append(sentence)
        for gap in self.gaps:
            sections[gap.section].gaps.append(gap)
        return [section for section in sections.values() if section.sentences or section.gaps]

    @property
    def removed(self) -> list[DraftSentence]:
        """Sentences a person took out."""
        return [sentence for sentence in self.sentences if sentence.state == SentenceState.REMOVED]

    @cached_property
    def gaps(self) -> list[DraftGapRecord]:
        """Clauses that wait for an answer."""
        return list(self.drawn.gaps) if self.drawn else stored_draft.gaps(self.revision)

    @cached_property
    def recommendations(self) -> list[DraftRecommendation]:
        """Recommendations in the order shown."""
        if self.drawn is None:
            return stored_draft.recommendations(self.revision)
        return sorted(self.drawn.recommendations, key=lambda row: (row.rank, row.pk))

    @property
    def top(self) -> list[DraftRecommendation]:
        """The recommendations that are printed with the narrative."""
        return [item for item in self.recommendations if item.is_top and not item.for_others]

    @property
    def further(self) -> list[DraftRecommendation]:
        """Those that were set off but are not among the top, and those for others."""
        return [item for item in self.recommendations if not item.is_top or item.for_others]

    # --- The questions

    @cached_property
    def ratings(self) -> Mapping[str, tuple[str, int | None]]:
        """State and level of every effective answer by key."""
        return {key: (rating.state.value, rating.level) for key, rating in self.case.ratings.items()}

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Every question in order, each part of a question on its own."""
        return tuple(self._answer(item, part) for item in self.framework.indicators for part in item.parts or ("",))

    def _answer(self, indicator: IndicatorSpec, part: str) -> Answer:
        key = f"{indicator.slug}/{part}" if part else indicator.slug
        state, level = self.ratings.get(key, (None, None))
        title = f"{indicator.title}: {self.framework.term('sector', part).label}" if part else indicator.title
        return Answer(indicator, part, self.assessment.public_id, state, level, self.needs.get(key, ()), title)

    @property
    def next_question(self) -> Answer | None:
        """The first core question without an answer; a question with parts counts by any of them."""
        done = {answer.indicator.slug for answer in self.answers if answer.is_answered}
        return next((a for a in self.answers if a.indicator.core and a.indicator.slug not in done), None)

    # --- The column on the left

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many entries each sheet holds, and evidence, sources and determinations."""
        names = (*SHEETS, "evidence", "sources", "determinations")
        return {name: len(getattr(self.case.record, name)) for name in names}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The sections of the assessment with their progress."""
        return places(self)

    def url(self, name: str, *args: Hashable) -> str:
        """Return the address of one of the assessment's pages."""
        return address(f"assessments:{name}", self.assessment.public_id, *args)

    # --- Answering

    def render(
        self,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        here: str,
        status: int = 200,
        saved_at: datetime | None = None,
    ) -> HttpResponse:
        """Answer with the whole page, or for a swap with what changed: the middle, the draft and the status line."""
        layout = "assessments/swap.html" if self.request.htmx else "assessments/bench.html"
        said = f"Saved {clock(saved_at)}." if saved_at else ""
        given = {"bench": self, "here": here, "layout": layout, "said": said, **(context or {})}
        answer = page(self.request, template, given, revision=self.revision, status=status)
        if saved_at and self.request.htmx:
            answer[SAVED] = given.get("saved_as", self.request.path)
        return answer

    def fresh(self, changed: Iterable[Any] = (), revision: Revision | None = None) -> "Bench":
        """Return the bench as it is after a save, with the sentences that changed marked.

        `revision` is what the save returned with what it derived; without it the rows are read again.
        """
        if revision is not None:
            return Bench(self.request, revision)
        self.revision.refresh_from_db(fields=["state", "input_digest", "content_hash", "changed_at", "undrawn"])
        bench = Bench(self.request, self.revision)
        bench.changed = frozenset((str(key.section), str(key.family), tuple(key.subjects)) for key in changed)
        return bench


def key_of(sentence: DraftSentence) -> Key:
    """Return what a sentence is about."""
    return sentence.section, sentence.family or "", tuple(sentence.subjects)


def _key(value: Mapping[str, Any]) -> Key:
    return value["section"], value["family"], tuple(value["subjects"])


def seen_revision(request: UserRequest, assessment_id: UUID) -> Revision:
    """Return an assessment's open revision, drawn or not. Raises Http404 for who may not see it: they learn nothing."""
    revision = policies.open_revision(request.user, assessment_id)
    if revision is None:
        raise Http404("There is no such assessment, or it is not open to you.")
    return revision


def open_bench(request: UserRequest, assessment_id: UUID) -> Bench:
    """Return the bench of an assessment's open revision, drawn. Raises Http404 for who may not see it."""
    revision = seen_revision(request, assessment_id)
    if revision.undrawn:
        revision = actions.settle(revision_id=revision.public_id)
    policies.ask_once(revision.assessment)
    return Bench(request, revision)


def now() -> datetime:
    """Return the present moment; views pass it on, so that actions never look at a clock."""
    return timezone.now()


__all__ = ["Answer", "Bench", "Key", "key_of", "now", "open_bench", "seen_revision"]
