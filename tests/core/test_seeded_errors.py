"""Errors seeded into the clean demo drafts are all found, each by the check that is there for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assessments.core import checks, engine
from assessments.core.merge import CurrentSentence, State
from assessments.core.sheets import Evidence, Measure
from assessments.core.types import AssessmentRecord, Check, RankedRecommendation, Severity
from assessments.core.values import (
    Confidence,
    MeasureKind,
    MeasureStage,
    Protection,
)
from tests.core.claims import NAMES, case_of, record_of

SEEDED_NAMES: dict[str, list[dict[str, str]]] = YAML(typ="safe").load(Path(__file__).parents[1] / "data" / "names.yaml")


def found(
    name: str,
    *,
    record: AssessmentRecord | None = None,
    sentences: tuple[CurrentSentence, ...] | None = None,
    recommendations: tuple[RankedRecommendation, ...] | None = None,
) -> list[Check]:
    """Return what the checks find in a demo draft, with a changed record, sentences or recommendations."""
    case = case_of(name, record)
    result = engine.run(case)
    told = result.sentences if sentences is None else sentences
    listed = result.draft.recommendations if recommendations is None else recommendations
    return list(checks.run(case, result.finding, told, listed))


def clean(name: str) -> tuple[CurrentSentence, ...]:
    return engine.run(case_of(name)).sentences


def edited(name: str, facts: str, text: str) -> tuple[CurrentSentence, ...]:
    """Return a draft in which a person put other words for the first sentence that rests on some facts."""
    ids = set(facts.split())
    told = list(clean(name))
    place = next(number for number, item in enumerate(told) if ids <= set(item.basis.facts) and item.key.subjects)
    told[place] = replace(told[place], text=text, state=State.EDITED)
    return tuple(told)


@pytest.mark.parametrize("name", NAMES)
def test_the_clean_drafts_raise_nothing_above_a_note(name: str) -> None:
    assert [(item.check, item.text) for item in found(name) if item.severity is not Severity.NOTE] == []


EDITS = [
    ("silence-and-zero", "2019-bahrain", "F1", "The government did not convict any officials."),
    ("silence-and-zero", "2019-nigeria", "F1", "The government reported no prosecutions of officials."),
    ("figure-differs", "2019-nigeria", "F1", "The government reported prosecuting nine officials."),
    ("figure-differs", "2021-philippines", "C1", "Prosecutors charged 19 immigration officials with corruption."),
    ("allegation-as-fact", "2019-nigeria", "A1", "Ten soldiers coerced at least 15 female detainees into sex."),
    ("allegation-as-fact", "2021-philippines", "A3", "Immigration officers helped to traffic 44 women."),
    ("allegation-as-fact", "2017-moldova", "C8", "A police officer took a bribe in a trafficking matter."),
    ("outcome-left-out", "2017-moldova", "C7", "In 2014, a court tried the former head of a sports federation."),
    ("outcome-left-out", "2017-moldova", "C6", "In 2014, a court convicted a public official of trafficking."),
    ("policy-wording", "2021-drc", "P1", "There was a government policy of using children."),
    ("policy-wording", "2024-cambodia", "A2", "There was a government policy or pattern of trafficking."),
    ("silence-and-zero", "2017-mozambique", "F3", "There were no convictions of officials."),
    ("silence-and-zero", "2022-turkmenistan", "F1", "No officials were prosecuted."),
]


@pytest.mark.parametrize(("check", "name", "facts", "text"), EDITS)
def test_an_error_in_an_edited_sentence_is_found(check: str, name: str, facts: str, text: str) -> None:
    assert check not in {item.check for item in found(name)} or check == "policy-wording"
    raised = found(name, sentences=edited(name, facts, text))
    assert any(item.check == check and item.severity is not Severity.NOTE for item in raised), raised


@dataclass(frozen=True)
class Seed:
    """A change of the record that must be found."""

    check: str
    name: str
    change: Callable[[AssessmentRecord], AssessmentRecord]


def _first(sheet: str, **values: Any) -> Callable[[AssessmentRecord], AssessmentRecord]:
    def change(record: AssessmentRecord) -> AssessmentRecord:
        first, *rest = getattr(record, sheet)
        return replace(record, **{sheet: (replace(first, **values), *rest)})

    return change


def _without_figures(record: AssessmentRecord) -> AssessmentRecord:
    return replace(record, statistics=(), cases=())


def _undone(record: AssessmentRecord) -> AssessmentRecord:
    measure = Measure(
        id="M9",
        kind=MeasureKind.LAW,
        text="adopted a law on laundering",
        stage=MeasureStage.NOT_DONE,
        indicator="money-laundering-law-enforcement",
        evidence=("V1",),
    )
    return replace(record, measures=(measure,))


RECORDS = [
    Seed("outside-period", "2019-nigeria", _first("allegations", date="2015")),
    Seed("outside-period", "2021-palau", _first("statistics", period="2012")),
    Seed("concern-without-accountability", "2022-albania", _without_figures),
    Seed("shortfall-unanswered", "2019-bahrain", _undone),
]


@pytest.mark.parametrize("seed", RECORDS, ids=lambda seed: f"{seed.check}-{seed.name}")
def test_an_error_in_the_record_is_found(seed: Seed) -> None:
    raised = found(seed.name, record=seed.change(record_of(seed.name)))
    assert any(item.check == seed.check and item.severity is not Severity.NOTE for item in raised), raised


def test_a_severe_rating_on_low_confidence_is_found() -> None:
    record = record_of("2017-moldova")
    severe = next(item for item in record.ratings if item.level == 3)
    others = tuple(item for item in record.ratings if item is not severe)
    seeded = replace(record, ratings=(*others, replace(severe, confidence=Confidence.LOW)))
    assert "severe-on-thin-evidence" in {item.check for item in found("2017-moldova", record=seeded)}


def test_a_recommendation_that_asks_for_what_is_done_is_found() -> None:
    name = "2021-philippines"
    listed = engine.run(case_of(name)).draft.recommendations
    deaf = tuple(
        replace(item, basis=replace(item.basis, facts=tuple(ref for ref in item.basis.facts if ref != "M1")))
        for item in listed
    )
    assert "asks-for-what-is-done" not in {item.check for item in found(name)}
    (check,) = [item for item in found(name, recommendations=deaf) if item.check == "asks-for-what-is-done"]
    assert check.subjects == ("R9", "M1")


def test_a_shortfall_that_nothing_answers_is_found() -> None:
    for name in ("2017-moldova", "2019-nigeria", "2022-turkmenistan"):
        raised = {item.subjects[0] for item in found(name, recommendations=()) if item.check == "shortfall-unanswered"}
        shortfalls = {
            item.id for item in record_of(name).statements if item.kind.value == "shortfall" and item.about_officials
        }
        assert shortfalls <= raised


def test_a_protected_source_in_a_sentence_is_found() -> None:
    name = "2020-haiti"
    record = record_of(name)
    source = replace(record.sources[0], protection=Protection.CONFIDENTIAL, title="Harbor Mission Diary")
    seeded = replace(record, sources=(source, *record.sources[1:]))
    told = edited(name, "A1", "The Harbor Mission Diary reported that judges took bribes.")
    raised = found(name, record=seeded, sentences=told)
    assert any(item.check == "protected-words" and item.severity is Severity.BLOCK for item in raised)


# Names of people


def raised_for(text: str) -> list[Check]:
    """Return what the name check says of a sentence whose words stand in an excerpt of the assessment."""
    name = "2019-bahrain"
    record = record_of(name)
    seeded = replace(record, evidence=(*record.evidence, Evidence(id="V9", source="S1", excerpt=text)))
    told = edited(name, "C1", text)
    return [item for item in found(name, record=seeded, sentences=told) if item.check == "possible-name"]


def missed() -> list[str]:
    """Return the seeded names that the check does not ask about."""
    return [row["name"] for row in SEEDED_NAMES["people"] if not raised_for(row["sentence"])]


def test_the_names_the_check_misses_are_those_published() -> None:
    assert missed() == [row["name"] for row in SEEDED_NAMES["people"] if row.get("missed")]
    published = (Path(__file__).parents[2] / "docs" / "name-check.md").read_text(encoding="utf-8")
    assert [name for name in missed() if f"| {name} |" not in published] == []
    assert f"{len(missed())} of {len(SEEDED_NAMES['people'])}" in published


@pytest.mark.parametrize("row", SEEDED_NAMES["no_people"], ids=lambda row: row["name"])
def test_words_that_name_no_person_are_not_taken_for_one(row: dict[str, str]) -> None:
    assert [item for item in raised_for(row["sentence"]) if item.severity is Severity.WARNING] == []
