"""Nothing recorded is left unsaid without a reason, and no sentence says more than the records it rests on."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

import pytest
from hypothesis import HealthCheck, given, settings

from assessments.core import grammar
from assessments.core.checks.text import numbers_in
from assessments.core.drafting import draft
from assessments.core.findings import derive
from assessments.core.sheets import OfficialCase, PolicyElement, Statement, Statistic
from assessments.core.types import AssessmentRecord, Case, Draft, Sentence
from assessments.core.values import CommitmentStatus, Count, CountKind, StatementKind, TraffickingLink, Unit
from tests.core.claims import NAMES, case_of, drafted, record_of
from tests.core.factories import COUNTRY, framework, wording
from tests.core.records import records

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
SHEETS = ("statistics", "cases", "allegations", "elements", "measures", "commitments", "requests", "statements")
GRADED = frozenset({StatementKind.CONCERN, StatementKind.EFFECT})
SILENT = frozenset({CountKind.UNKNOWN, CountKind.NOT_APPLICABLE})


def draft_of(record: AssessmentRecord) -> Draft:
    case = Case(record=record, country=COUNTRY, framework=framework(), wording=wording())
    return draft(case, derive(case))


def to_be_said(record: AssessmentRecord) -> Iterator[str]:
    """Yield the ids of all facts a draft has to state."""
    told_cases = {item.id for item in record.cases if item.proceedings and item.link is not TraffickingLink.SMUGGLING}
    yield from (item.id for item in record.statistics if item.count.kind not in SILENT and not _has_no_rate(item))
    yield from (item.id for item in record.cases if item.link is not TraffickingLink.SMUGGLING and _has_step(item))
    for allegation in record.allegations:
        if allegation.link is not TraffickingLink.SMUGGLING and allegation.case not in told_cases:
            yield allegation.id
    yield from (item.id for item in record.elements if _has_conduct(item))
    yield from (item.id for item in record.measures)
    yield from (item.id for item in record.commitments if item.status is not CommitmentStatus.UNKNOWN)
    yield from (item.id for item in record.statements if _has_words(item))


def _has_no_rate(item: Statistic) -> bool:
    """Say whether a rate is on record without its figure and its movement: then it is asked for."""
    return item.unit is Unit.PERCENT and item.count.kind is CountKind.TOOK_PLACE and item.change is None


def _has_step(item: OfficialCase) -> bool:
    """An inquiry into a place needs a step; a case against officials is told without one."""
    return bool(item.proceedings or item.officials or not grammar.clean(item.institution))


def _has_conduct(item: PolicyElement) -> bool:
    is_use = item.factor == "pof-child-soldiers" and bool(grammar.clean(item.force))
    is_labor = item.factor == "pof-forced-labor" and bool(grammar.clean(item.groups))
    return bool(grammar.clean(item.conduct)) or is_use or is_labor


def _has_words(item: Statement) -> bool:
    return bool(grammar.clean(item.text)) or item.kind in GRADED


@SLOW
@given(records())
def test_every_fact_that_can_be_said_is_said(record: AssessmentRecord) -> None:
    result = draft_of(record)
    said = {ref for item in result.sentences for ref in item.basis.facts}
    assert [ref for ref in to_be_said(record) if ref not in said] == []


@SLOW
@given(records())
def test_a_fact_that_is_not_said_is_asked_for(record: AssessmentRecord) -> None:
    result = draft_of(record)
    said = {ref for item in result.sentences for ref in item.basis.facts}
    asked = {ref for gap in result.gaps for ref in gap.facts}
    became = {item.id for item in record.allegations if item.case}
    quiet = {item.id for sheet in ("commitments", "requests") for item in getattr(record, sheet)} | became
    quiet |= {item.id for item in record.statistics if item.count.kind is CountKind.NOT_APPLICABLE}
    quiet |= {item.id for item in record.statements if item.kind is StatementKind.PROFILE}
    everything = {item.id for sheet in SHEETS for item in getattr(record, sheet)}
    assert everything - said - asked - quiet == set()


# Nothing more than the record


def words_of(value: object) -> Iterator[str]:
    """Yield every word and number a record holds, one text a field."""
    if isinstance(value, Count):
        yield str(value.value or "")
    elif isinstance(value, Enum):
        yield str(value.value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield f"{value:g}" if isinstance(value, float) else str(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from words_of(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from words_of(getattr(value, field.name))


def terms_of(slugs: list[str]) -> Iterator[str]:
    """Yield the words of the vocabulary that a record chose by their slugs."""
    for term in framework().spec.terms:
        if term.slug in slugs:
            yield from (term.phrase, term.past, term.subject)


def facts_behind(record: AssessmentRecord, sentence: Sentence) -> list[object]:
    refs = {*sentence.basis.facts, *sentence.basis.decisions}
    found: list[object] = [item for sheet in SHEETS for item in getattr(record, sheet) if item.id in refs]
    found.extend(item for item in record.determinations if item.id in refs)
    found.extend(past for past in record.history if f"history.{past.report_year}" in refs)
    if "tier" in refs:
        found.append(record.decision)
    became = [item for item in record.allegations if item.case in refs]
    return [*found, *became, record.decision.authority]  # any sentence may name the authority


def numbers_behind(record: AssessmentRecord, sentence: Sentence) -> set[float]:
    found: set[float] = set()
    for fact in facts_behind(record, sentence):
        for text in words_of(fact):
            found.update(numbers_in(text.replace("-", " ")))
            found.update(numbers_in(text))
        if isinstance(fact, Statistic) and fact.cohort_from and fact.cohort_to:
            found.update(range(fact.cohort_from, fact.cohort_to + 1))
    scaled = {value / scale for value in found for scale in (1e6, 1e9)}
    years = {value - 1 for value in found if value > 2000}  # the year before a figure's own
    return found | scaled | years


def strange_numbers(record: AssessmentRecord, sentence: Sentence) -> list[float]:
    parts = {float(f"{value:.4g}") for value in numbers_behind(record, sentence)}
    groups = {float(len(fact.officials)) for fact in record.cases if fact.id in sentence.basis.facts}
    texts = (text for fact in facts_behind(record, sentence) for text in words_of(fact))
    digits = [re.sub(r"\D", "", text) for text in texts]  # cleaning may close up what stood apart in a phrase
    return sorted(
        value
        for value in set(numbers_in(sentence.text.replace("twelve months", "")))
        if float(f"{value:.4g}") not in parts | groups
        and not any(re.sub(r"\D", "", f"{value:g}") in text for text in digits)
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_number_stands_in_a_sentence_that_its_records_do_not_hold(name: str) -> None:
    strange = [(item.text, found) for item in drafted(name) if (found := strange_numbers(record_of(name), item))]
    assert strange == []


@pytest.mark.parametrize("name", NAMES)
def test_no_role_agency_or_place_stands_in_a_sentence_that_its_records_do_not_hold(name: str) -> None:
    record = record_of(name)
    names = {text for case in (*record.cases, *record.allegations) for text in _names(case)}
    for sentence in drafted(name):
        told = [text for fact in facts_behind(record, sentence) for text in words_of(fact)]
        own = " ".join((*told, *terms_of(told))).casefold()
        text = f" {sentence.text.casefold()} "
        for one in names:
            if re.search(rf"(?<!\w){re.escape(one.casefold())}s?(?!\w)", text):
                assert one.casefold() in own, (one, sentence.text)


def _names(item: object) -> Iterator[str]:
    place = getattr(item, "place", "")
    if place:
        yield place
    for group in getattr(item, "officials", ()):
        if group.role not in wording().style.general_roles:
            yield from (text for text in (group.role, group.agency) if text)


VERBS = {
    "arrest": r"\barrest(?:ed|ing)\b",
    "indictment": r"\bindict(?:ed|ing)\b",
    "charge": r"\bcharg(?:ed|ing)\b",
    "conviction": r"\bconvict(?:ed|ing)\b",
    "sentence": r"\bsentenc(?:ed|ing)\b",
    "acquittal": r"\bacquit(?:ted|ting)\b",
}


@pytest.mark.parametrize("name", NAMES)
def test_no_stage_stands_in_a_sentence_that_its_records_do_not_hold(name: str) -> None:
    record = record_of(name)
    for sentence in drafted(name):
        own = " ".join(text for fact in facts_behind(record, sentence) for text in words_of(fact)).casefold()
        for stage, pattern in VERBS.items():
            if re.search(pattern, sentence.text, re.IGNORECASE):
                assert stage in own or re.search(pattern, own), (stage, sentence.text)


@SLOW
@given(records())
def test_no_number_is_made_up_whatever_is_recorded(record: AssessmentRecord) -> None:
    told = draft_of(record).sentences
    plain = [item for item in told if item.pattern not in {"NP-25"} and "tier" not in item.basis.decisions]
    assert [(item.text, found) for item in plain if (found := strange_numbers(record, item))] == []


def test_the_names_compared_are_there() -> None:
    found = {text for name in NAMES for case in record_of(name).cases for text in _names(case)}
    assert {"village mayor", "in Bihar", "Bureau of Immigration"} <= found
    assert isinstance(record_of(NAMES[0]).cases[0], OfficialCase)
    assert case_of(NAMES[0]).record == record_of(NAMES[0])
