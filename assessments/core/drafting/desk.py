"""The desk a draft is written at: names of the country, agencies already introduced, sentences and gaps so far."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar

from assessments.core.drafting.speakers import Speaker, speaker_for
from assessments.core.drafting.turns import LONGEST_RUN, Turn, opens_with, shortened, turned
from assessments.core.grammar import clean, definite, finish_sentence, join
from assessments.core.sheets import Conduct, OfficialCase, Refs
from assessments.core.types import Basis, Case, DraftGap, Finding, Sentence, SentenceKey
from assessments.core.values import Modality, SanctionKind, Section
from frameworks.spec.compiled import UnknownRecord
from frameworks.spec.registry import TermSpec

T = TypeVar("T")
R = TypeVar("R")


class Desk:
    """Everything the writers of one draft share. A desk is used once and for one draft only."""

    def __init__(self, case: Case, finding: Finding) -> None:
        """Lay out the names that depend on the country and on whether its authority is recognized."""
        self.case = case
        self.record = case.record
        self.finding = finding
        self.wording = case.wording
        self.framework = case.framework
        self.style = case.wording.style
        decision = self.record.decision
        self.is_recognized = decision.recognized
        self.gov = (
            self.style.government if decision.recognized else definite(clean(decision.authority)) or "authorities"
        )
        self.authorities = case.wording.word("people", "authorities") if decision.recognized else self.gov
        self.gov_full = clean(case.country.government) if decision.recognized else self.gov
        self.country = clean(case.country.in_text)
        self.sentences: list[Sentence] = []
        self.gaps: list[DraftGap] = []
        self.folded: Mapping[str, tuple[OfficialCase, ...]] = {}  # by statistic: cases it tells
        self.behind: Mapping[str, OfficialCase] = {}  # by statistic: the case told right behind it
        self.told_sanctions: Mapping[str, SanctionKind] = {}  # by case: what a figure says was imposed
        self.told_cases: set[str] = set()  # told right behind a figure
        self.told_states: set[str] = set()  # cases whose state a figure's split has told
        self.turn = Turn()
        again = self.wording.spec.words["again"]
        self._also, self._further = again["second"], again["third"]
        self._addition = again.get("fourth", "")  # a wording stored before rules 6 has none
        self._whole, self._short = again.get("whole", ""), again.get("short", "")
        self._has_said_end = False
        self._introduced: dict[str, str] = {}
        self._keys: set[SentenceKey] = set()
        self._speakers: dict[tuple[Refs, bool], Speaker] = {}
        self._terms: dict[tuple[str, Refs], list[TermSpec]] = {}
        self.kept: defaultdict[object, dict[int, tuple[object, Any]]] = defaultdict(dict)  # by work and record
        self._said: dict[tuple[Section, str], int] = {}

    def say(
        self,
        pattern: str,
        form: str,
        slots: Mapping[str, str],
        *,
        section: Section,
        subjects: Iterable[str],
        basis: Basis,
        choice: str,
        family: str = "",
        speaker: str = "",
    ) -> bool:
        """Write one sentence; answer False where the pattern is not valid in the report year.

        `speaker` is who says it, where no slot names the source. Words that stand in the section already are not said
        again: what is behind them joins their basis.
        """
        chosen = self.wording.pattern(pattern)
        if not chosen.spec.valid_in(self.record.report_year):
            self.gap(section, f"{pattern} does not word report year {self.record.report_year}", facts=tuple(subjects))
            return False
        filled = self._shortened({name: text for name, text in slots.items() if text}, section)
        filled, text, run = self._opened(filled, lambda given: finish_sentence(chosen.write(form, given)), section)
        before = self._said.get((section, text))
        if before is not None:
            self._join_behind(before, subjects, basis)
            return True
        key = self._key(section, family or chosen.family, tuple(sorted(set(subjects))))
        self._keys.add(key)
        self._said[section, text] = len(self.sentences)
        self.turn = Turn(
            section=section,
            speaker=slots.get("source") or speaker,
            again=self._again_in(filled),
            run=run,
            opening=filled.get("opening", ""),
            text=text,
        )
        self.sentences.append(Sentence(key=key, pattern=pattern, slots=filled, text=text, basis=basis, choice=choice))
        return True

    def _shortened(self, slots: dict[str, str], section: Section) -> dict[str, str]:
        """Return the slots without what the sentence before has said in full already."""
        if self.turn.section is not section or not self._whole:
            return slots
        return shortened(slots, self.turn.text, self._whole, self._short)

    def _opened(
        self, slots: dict[str, str], write: Callable[[Mapping[str, str]], str], section: Section
    ) -> tuple[dict[str, str], str, int]:
        """Return slots and words of a sentence, and how many up to it open with its speaker.

        The third in a row opens with "in addition" in place of "further"; only "in addition" tells the two apart.
        """
        text = write(slots)
        name = next((name for name in ("source", "gov") if opens_with(text, slots.get(name, ""))), None)
        if name is None:
            return slots, text, 0
        turn, speaker = self.turn, slots[name]
        is_same = turn.section is section and opens_with(turn.text, speaker)
        if not is_same or turn.run < LONGEST_RUN or not self._addition:
            return slots, text, turn.run + 1 if is_same else 1
        given = turned(slots, name, (self._also, self._further), self._addition)
        return given, write(given), 0

    def _join_behind(self, place: int, subjects: Iterable[str], basis: Basis) -> None:
        """Put more subjects and their basis behind a sentence that says the same."""
        told = self.sentences[place]
        key = self._key(told.key.section, told.key.family, tuple(sorted({*told.key.subjects, *subjects})))
        self._keys.add(key)
        joined = self.basis(
            (*told.basis.facts, *basis.facts),
            (*told.basis.evidence, *basis.evidence),
            decisions=(*told.basis.decisions, *basis.decisions),
            ratings=(*told.basis.ratings, *basis.ratings),
        )
        self.sentences[place] = replace(told, key=key, basis=joined)

    def _key(self, section: Section, family: str, subjects: Refs) -> SentenceKey:
        """Return a key of its own; ids that two sheets share are told apart by a number."""
        key, number = SentenceKey(section=section, family=family, subjects=subjects), 2
        while key in self._keys:
            key, number = SentenceKey(section=section, family=f"{family}-{number}", subjects=subjects), number + 1
        return key

    def again(self, section: Section, speaker: str) -> str:
        """Return how a speaker goes on who spoke in the sentence before: "also", then "further", then "also" again."""
        turn = self.turn
        if not speaker or turn.section is not section or turn.speaker != speaker:
            return ""
        return self._further if turn.again == self._also else self._also

    def _again_in(self, slots: Mapping[str, str]) -> str:
        """Return the small word by which the speaker of a sentence goes on, if it has one."""
        first = slots.get("again") or slots.get("verb", "").partition(" ")[0]
        return first if first in {self._also, self._further} else ""

    def voice(self, section: Section, speaker: Speaker | None, modality: Modality, *adverbs: str) -> dict[str, str]:
        """Return who speaks and the verb, as slots: "observers", "also credibly reported"; empty without a speaker."""
        if speaker is None or not speaker.name:
            return {}
        words = (self.again(section, speaker.name), *adverbs, speaker.verb(modality))
        return {"source": speaker.name, "verb": " ".join(word for word in words if word)}

    def opening_again(self, section: Section, opening: str) -> str:
        """Return a date or an origin that the sentence before opened with too: "also in 2014"."""
        turn = self.turn
        if not opening or turn.section is not section or turn.opening.removeprefix(f"{self._also} ") != opening:
            return opening
        return f"{self._also} {opening}"

    def government(self, section: Section, predicate: str = "") -> str:
        """Return the government as a subject; "authorities" where the sentence before opened with it too.

        Only behind a predicate that fits a plural: neither "was" nor "it" stands in it.
        """
        before = f"{self.gov[:1].upper()}{self.gov[1:]} "
        if self.turn.section is not section or not self.turn.text.startswith(before):
            return self.gov
        singular = {self.wording.word("be", "one"), self.wording.word("pronoun", "one")}
        return self.gov if singular & set(predicate.split()) else self.authorities

    def gap(self, section: Section, text: str, *, indicator: str | None = None, facts: Refs = ()) -> None:
        """Note a clause that waits for an answer."""
        self.gaps.append(DraftGap(section=section, text=text, indicator=indicator, facts=facts))

    def join(self, items: Iterable[str], conjunction: str = "and") -> str:
        """Join phrases by the house's comma."""
        return join(items, conjunction, serial_comma=self.style.serial_comma)

    @property
    def conducts(self) -> tuple[Conduct, ...]:
        """Everything officials are on record for, told or alleged."""
        return (*self.record.cases, *self.record.allegations)

    def at_the_end(self, status: str) -> str:
        """Return how something stood; the first time in a draft with the words "at the end of the period"."""
        if self._has_said_end:
            return status
        self._has_said_end = True
        return self.wording.phrase("end", status=status, period=self.style.period)

    def term(self, vocabulary: str, slug: str) -> TermSpec | None:
        """Return a term of the framework; None for a name it does not have, which the checks report."""
        try:
            return self.framework.term(vocabulary, slug)
        except UnknownRecord:
            return None

    def terms(self, vocabulary: str, slugs: Refs) -> list[TermSpec]:
        """Return the terms of a record, each once; a name the framework does not have is passed over."""
        if not slugs:
            return []
        found = self._terms.get((vocabulary, slugs))
        if found is None:
            found = self._terms[vocabulary, slugs] = self.framework.known_terms(vocabulary, slugs)
        return found

    def speaker(self, evidence: Refs, *, on_officials: bool = False) -> Speaker:
        """Return who says so, by class of source and permitted attribution (see `speaker_for`)."""
        known = self._speakers.get((evidence, on_officials))
        if known is None:
            known = self._speakers[evidence, on_officials] = speaker_for(self.case, evidence, on_officials=on_officials)
        return known

    def agency(self, name: str, abbreviation: str = "") -> str:
        """Return a body's name: in full with its abbreviation at first, then abbreviated."""
        name, abbreviation = clean(name), clean(abbreviation)
        if not abbreviation or not name:
            return definite(name)
        short = self._introduced.get(name.casefold())
        if short:
            return f"the {short}" if definite(name).startswith("the ") and not short.startswith("the ") else short
        self._introduced[name.casefold()] = abbreviation
        return f"{definite(name)} ({abbreviation})"

    def subject(self, name: str, abbreviation: str = "") -> str:
        """Return who acted: a named body, else the government."""
        return self.agency(name, abbreviation) if clean(name) else self.gov

    def basis(
        self,
        facts: Iterable[str],
        evidence: Iterable[str] = (),
        *,
        decisions: Iterable[str] = (),
        ratings: Iterable[str] = (),
    ) -> Basis:
        """Return a basis without repeats, in the order given."""
        return Basis(
            facts=tuple(dict.fromkeys(facts)),
            evidence=tuple(dict.fromkeys(evidence)),
            ratings=tuple(dict.fromkeys(ratings)) if ratings else (),
            decisions=tuple(dict.fromkeys(decisions)) if decisions else (),
        )


def once(work: Callable[[Desk, T], R]) -> Callable[[Desk, T], R]:
    """Keep what some work gave for each record of a draft; for work that leaves the desk as it is."""

    @wraps(work)
    def given(desk: Desk, record: T) -> R:
        known = desk.kept[work]
        found = known.get(id(record))
        if found is None:  # the record is kept too, so that its place in memory is never another's
            found = known[id(record)] = (record, work(desk, record))
        answer: R = found[1]
        return answer

    return given
