"""The claims of the trial cases, read from tests/data/claims.yaml, and how a draft meets each of them.

A claim is stated where for each of its record ids a sentence rests on them, and those sentences hold its number, role,
stage, hedge and whatever else it says. How it is carried is found by taking free words out of the record and drafting
again: what still stands then is carried by structured fields.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assessments.core import engine, interchange
from assessments.core.sheets import Conduct, Measure, PolicyElement, Statement, Statistic
from assessments.core.types import AssessmentRecord, Case, CountryForms, Sentence
from tests.core.factories import framework, wording

ROOT = Path(__file__).parents[2]
CLAIMS: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(ROOT / "tests" / "data" / "claims.yaml")
IN_TEXT = {
    "2017-moldova": "Moldova",
    "2017-mozambique": "Mozambique",
    "2019-bahrain": "Bahrain",
    "2019-nigeria": "Nigeria",
    "2019-pakistan": "Pakistan",
    "2020-haiti": "Haiti",
    "2020-india": "India",
    "2021-drc": "the Democratic Republic of the Congo",
    "2021-lesotho": "Lesotho",
    "2021-nepal": "Nepal",
    "2021-palau": "Palau",
    "2021-philippines": "the Philippines",
    "2022-albania": "Albania",
    "2022-eritrea": "Eritrea",
    "2022-guatemala": "Guatemala",
    "2022-guinea-bissau": "Guinea-Bissau",
    "2022-turkmenistan": "Turkmenistan",
    "2024-cambodia": "Cambodia",
}
NAMES = tuple(sorted(IN_TEXT))


class Without(StrEnum):
    """Which words are taken out of a record before it is drafted."""

    NOTHING = "nothing"
    CLAUSES = "clauses"  # words with a verb of their own
    FREE_WORDS = "free words"  # clauses and free noun, gerund and infinitive phrases


class Carried(StrEnum):
    """What carries a claim."""

    FIELDS = "structured fields"
    CLOSER = "structured fields, closer words in a phrase"
    PHRASE = "a free phrase"
    CLAUSE = "a free clause"
    NOT_HELD = "deliberately not held"
    NOTHING = "nothing"


_BY_A_NEIGHBOR = re.compile(r" (?:also|further)\b")
"""Small words that the sentence before causes; they carry no claim."""
FREE = frozenset({Carried.PHRASE, Carried.CLAUSE})


@dataclass(frozen=True)
class Claim:
    """One claim of a case and how it is expected to be met."""

    case: str
    id: str
    text: str
    basis: tuple[frozenset[str], ...] = ()
    number: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    hedge: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    closer: tuple[str, ...] = ()
    also: tuple[frozenset[str], ...] = ()  # records that carry closer words only
    not_held: str = ""

    @property
    def core(self) -> tuple[str, ...]:
        """Everything without which the claim is not made."""
        return (*self.number, *self.role, *self.stage, *self.hedge, *self.says)


@cache
def claims() -> tuple[Claim, ...]:
    """Return every claim of every case."""
    lists = ("number", "role", "stage", "hedge", "says", "closer")
    return tuple(
        Claim(
            case=case,
            id=row["id"],
            text=row["claim"],
            basis=tuple(frozenset(ids) for ids in row.get("basis", ())),
            also=tuple(frozenset(ids) for ids in row.get("also", ())),
            not_held=row.get("not_held", "").strip(),
            **{name: tuple(row.get(name, ())) for name in lists},
        )
        for case, rows in CLAIMS.items()
        for row in rows
    )


@cache
def record_of(name: str) -> AssessmentRecord:
    """Return the record of a demo file."""
    return interchange.read((ROOT / "fixtures" / "demo" / f"{name}.json").read_bytes())


def case_of(name: str, record: AssessmentRecord | None = None) -> Case:
    """Return the case of a demo file, or of a changed record of it."""
    record, in_text = record or record_of(name), IN_TEXT[name]
    country = CountryForms(
        iso3=record.country,
        name=in_text.removeprefix("the "),
        in_text=in_text,
        government=f"the Government of {in_text}",
    )
    return Case(record=record, country=country, framework=framework(), wording=wording())


@cache
def drafted(name: str, without: Without = Without.NOTHING) -> tuple[Sentence, ...]:
    """Return the sentences the engine drafts from a demo file."""
    record = record_of(name)
    if without is not Without.NOTHING:
        record = _thinned(record, phrases=without is Without.FREE_WORDS)
    return engine.run(case_of(name, record)).draft.sentences


def _thinned(record: AssessmentRecord, *, phrases: bool) -> AssessmentRecord:
    """Return a record without the words that are free: what is left are structured fields and names of things."""
    return replace(
        record,
        statements=tuple(_statement(item, phrases=phrases) for item in record.statements),
        elements=tuple(_element(item) for item in record.elements),
        measures=tuple(_measure(item) for item in record.measures),
        statistics=tuple(_statistic(item) if phrases else item for item in record.statistics),
        cases=tuple(replace(item, text="") if phrases else item for item in record.cases),
        allegations=tuple(
            replace(item, text="", response_text="", motive="", effect="efforts" if item.effect else "")
            if phrases
            else item
            for item in record.allegations
        ),
    )


def _statement(item: Statement, *, phrases: bool) -> Statement:
    thin = replace(item, text="")
    return replace(thin, topic="official complicity", scope="") if phrases else thin


def _element(item: PolicyElement) -> PolicyElement:
    return replace(item, conduct="acted" if item.conduct else "", remedial="")


def _measure(item: Measure) -> Measure:
    return replace(item, text="")


def _statistic(item: Statistic) -> Statistic:
    return replace(item, previous_note="", streak_event="", gap_reason="")


def phrases_of(record: AssessmentRecord) -> Iterator[str]:
    """Yield the free phrases of a record: conduct, topic, response, motive, effect and the like."""
    conducts: tuple[Conduct, ...] = (*record.cases, *record.allegations)
    yield from (item.text for item in conducts)
    for allegation in record.allegations:
        yield from (allegation.response_text, allegation.motive, allegation.effect)
    for statement in record.statements:
        yield from (statement.topic, statement.scope)
    for statistic in record.statistics:
        yield from (statistic.previous_note, statistic.streak_event, statistic.gap_reason)


def rests_on(sentence: Sentence) -> set[str]:
    """Return the facts and decisions a sentence names as its basis."""
    return {*sentence.basis.facts, *sentence.basis.decisions}


def missing(claim: Claim, without: Without = Without.NOTHING, *, closer: bool = False) -> str:
    """Say what of a claim no sentence states; nothing where all of it is stated, with `closer` its closer words too."""
    words = (*claim.core, *claim.closer) if closer else claim.core
    basis = (*claim.basis, *claim.also) if closer else claim.basis
    stating = [[item for item in drafted(claim.case, without) if ids <= rests_on(item)] for ids in basis]
    for ids, found in zip(basis, stating, strict=True):
        if not found:
            return f"no sentence rests on {', '.join(sorted(ids))}"
    text = _BY_A_NEIGHBOR.sub("", " ".join(item.text for found in stating for item in found))
    absent = [one for one in words if not re.search(_pattern(one), text, re.IGNORECASE)]
    return f"{', '.join(absent)} not in: {text}" if absent else ""


def _pattern(words: str) -> str:
    stem = words.removesuffix("*")
    return rf"(?<!\w){re.escape(stem)}" + ("" if stem != words else r"(?!\w)")


@cache
def carried(claim: Claim) -> Carried:
    """Say what carries a claim, by drafting its case without free words."""
    if claim.not_held:
        return Carried.NOT_HELD
    if missing(claim, closer=True):
        return Carried.NOTHING
    if missing(claim, Without.CLAUSES):
        return Carried.CLAUSE
    if missing(claim, Without.FREE_WORDS):
        return Carried.PHRASE
    return Carried.CLOSER if missing(claim, Without.FREE_WORDS, closer=True) else Carried.FIELDS
