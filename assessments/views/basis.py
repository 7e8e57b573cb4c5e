"""What stands behind a sentence, as one person may see it: pattern, answers, facts, excerpts, people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.core.types import Case, Rating
from assessments.enums import SentenceState
from assessments.forms.fact_sheets import SHEETS
from assessments.models import DraftSentence
from assessments.views.bench import Answer, Bench
from assessments.views.evidence import EvidenceLine, lines
from assessments.views.summaries import Row, row


@dataclass(frozen=True)
class FactLine:
    """One fact behind a sentence."""

    number: str  # of its sheet: "F1a"
    line: Row
    url: str


@dataclass(frozen=True)
class AnswerLine:
    """One answer behind a sentence, with the descriptor it met."""

    code: str
    title: str
    level: int | None
    state: str
    direction: str
    descriptor: str
    rated_by: str
    url: str


@dataclass(frozen=True)
class Note:
    """All that stands behind one sentence."""

    facts: tuple[FactLine, ...]
    answers: tuple[AnswerLine, ...]
    evidence: tuple[EvidenceLine, ...]
    decisions: tuple[str, ...]
    author: str
    state: str

    @property
    def in_words(self) -> str:
        """All of it as one paragraph, for paper."""
        said = [_answer_in_words(item) for item in self.answers]
        said += [f"{item.number} {item.line.ref}, {item.line.what}: {item.line.status}." for item in self.facts]
        said += [f"{_capital(item)}." for item in self.decisions]
        said += [_evidence_in_words(item) for item in self.evidence]
        if self.author:
            said.append(f"{_capital(self.state)} by {self.author}.")
        return " ".join(said)


def _answer_in_words(item: AnswerLine) -> str:
    descriptor = f" ({item.descriptor})" if item.descriptor else ""
    level = f", level {item.level}{descriptor}" if item.level is not None else ""
    return f"{item.code}{level}{f', rated by {item.rated_by}' if item.rated_by else ''}."


def _evidence_in_words(item: EvidenceLine) -> str:
    pinpoint = f", {item.fields['pinpoint']}" if item.fields["pinpoint"] else ""
    return f"{item.ref}: {item.speaker}{pinpoint} ({item.source.reliability.value}{item.credibility.value})."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class Notes:
    """Makes the notes of a whole draft from one reading of its record."""

    def __init__(self, bench: Bench, case: Case) -> None:
        """Index the record by id."""
        self.bench = bench
        self._records = {item.id: (name, item) for name in SHEETS for item in getattr(case.record, name)}
        self._facts: dict[str, FactLine] = {}
        self._evidence = {line.ref: line for line in lines(bench, with_uses=False)[1]}
        self._asked = {answer.key: answer for answer in bench.answers}
        self._ratings = case.ratings
        self._answers: dict[str, AnswerLine] = {}
        self._determinations = {item.id: item for item in case.record.determinations}

    def _fact(self, ref: str) -> FactLine:
        if ref not in self._facts:
            name, item = self._records[ref]
            line = row(item, self.bench.framework)
            self._facts[ref] = FactLine(SHEETS[name].number, line, self.bench.url("fact", name, ref))
        return self._facts[ref]

    def _answer(self, key: str) -> AnswerLine:
        if key not in self._answers:
            self._answers[key] = self._answer_of(self._asked.get(key), self._ratings[key])
        return self._answers[key]

    def _answer_of(self, where: Answer | None, rating: Rating) -> AnswerLine:
        indicator = self.bench.framework.indicator(rating.indicator)
        descriptor = indicator.descriptor(rating.level) if rating.level is not None else ""
        return AnswerLine(
            indicator.code,
            where.title if where else indicator.title,
            rating.level,
            rating.state.value,
            indicator.direction.value,
            descriptor,
            rating.rated_by,
            where.url if where else "",
        )

    def of(self, item: DraftSentence) -> Note:
        """Return what stands behind a sentence."""
        basis: Mapping[str, Iterable[str]] = item.basis
        evidence = dict.fromkeys(basis.get("evidence", ()))
        facts = [self._fact(ref) for ref in basis.get("facts", ()) if ref in self._records]
        for fact in facts:
            evidence |= dict.fromkeys(fact.line.evidence)
        answers = [self._answer(key) for key in basis.get("ratings", ()) if key in self._ratings]
        return Note(
            tuple(facts),
            tuple(answers),
            tuple(self._evidence[ref] for ref in evidence if ref in self._evidence),
            tuple(self._decision(name) for name in basis.get("decisions", ())),
            _author(item),
            SentenceState(item.state).label,
        )

    def _decision(self, name: str) -> str:
        found = self._determinations.get(name)
        if found is None:
            return name.replace(".", ", ").replace("-", " ")
        people = f"proposed by {found.proposed_by}" if found.proposed_by else "proposed"
        approved = f", approved by {' and '.join(found.approved_by)}" if found.approved_by else ", not approved yet"
        factor = self.bench.framework.proof_of_failure[found.factor]
        return f"determination on {factor.noun}, {people}{approved}"


def _author(item: DraftSentence) -> str:
    return item.stated_author or (item.author.name if item.author else "")
