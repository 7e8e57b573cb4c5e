"""What every check reads: the case, its finding, and the sentences as a reader would see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.core.answers import Answers, answers_of
from assessments.core.merge import Cause, CurrentSentence, State
from assessments.core.sheets import (
    Allegation,
    Commitment,
    DataRequest,
    Measure,
    OfficialCase,
    PolicyElement,
    Statement,
    Statistic,
)
from assessments.core.support import evidence_of
from assessments.core.types import Basis, Case, Finding, RankedRecommendation, SentenceKey

Fact = Statistic | OfficialCase | Allegation | PolicyElement | Measure | Commitment | DataRequest | Statement


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence as it is read, with the rules' words beside it."""

    key: SentenceKey
    pattern: str
    text: str
    generated: str
    state: State
    basis: Basis
    judgement: bool
    suggestion: str | None
    cause: Cause | None
    is_orphan: bool

    @property
    def is_human(self) -> bool:
        """Say whether a person wrote or edited the words."""
        return self.state in {State.EDITED, State.HANDWRITTEN}

    @property
    def start(self) -> str:
        """Return the first words, to name the sentence by."""
        words = self.text.split()
        return " ".join(words[:8]) + ("..." if len(words) > 8 else "")


class Reading:
    """One case with its finding and visible sentences. Removed sentences are not read."""

    def __init__(
        self,
        case: Case,
        finding: Finding,
        sentences: Sequence[CurrentSentence],
        recommendations: Sequence[RankedRecommendation] | None = None,
    ) -> None:
        """Take the words a reader sees: a person's where there are some, else those of the rules."""
        self.case = case
        self.recommendations = tuple(recommendations or ())
        self.is_ranked = recommendations is not None
        self.finding = finding
        self.answers: Answers = answers_of(case)
        self.passages = tuple(
            Passage(
                key=sentence.key,
                pattern=sentence.pattern,
                text=sentence.shown,
                generated=sentence.generated_text,
                state=sentence.state,
                basis=sentence.basis,
                judgement=sentence.judgement,
                suggestion=sentence.suggestion,
                cause=sentence.cause,
                is_orphan=sentence.is_orphan,
            )
            for sentence in sentences
            if sentence.state is not State.REMOVED
        )

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every record of the fact sheets by id."""
        record = self.case.record
        sheets: tuple[Iterable[Fact], ...] = (
            record.statistics,
            record.cases,
            record.allegations,
            record.elements,
            record.measures,
            record.commitments,
            record.requests,
            record.statements,
        )
        return {fact.id: fact for sheet in sheets for fact in sheet}

    @cached_property
    def telling(self) -> Mapping[str, tuple[Passage, ...]]:
        """The sentences about each fact, by its id, in printing order."""
        telling: dict[str, list[Passage]] = {}
        for passage in self.passages:
            for ref in {*passage.key.subjects, *passage.basis.facts}:
                telling.setdefault(ref, []).append(passage)
        return {ref: tuple(passages) for ref, passages in telling.items()}

    @cached_property
    def _citing(self) -> Mapping[str, tuple[str, ...]]:
        citing: dict[str, list[str]] = {}
        for ref, fact in self.facts.items():
            refs = evidence_of(fact) if isinstance(fact, OfficialCase | Allegation) else fact.evidence
            for one in refs:
                citing.setdefault(one, []).append(ref)
        return {ref: tuple(facts) for ref, facts in citing.items()}

    def facts_of(self, passage: Passage) -> tuple[Fact, ...]:
        """Return the facts a sentence is about; for one that names evidence only, the facts citing that evidence."""
        refs = dict.fromkeys((*passage.key.subjects, *passage.basis.facts))
        found = tuple(self.facts[ref] for ref in refs if ref in self.facts)
        if found:
            return found
        cited = dict.fromkeys(fact for ref in passage.basis.evidence for fact in self._citing.get(ref, ()))
        return tuple(self.facts[ref] for ref in cited)
