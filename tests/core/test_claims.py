"""Every claim of the trial cases can be recorded, and the draft states it from the records that carry it.

tests/data/claims.yaml lists the claims in our own words with the ids of those records.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from assessments.core import engine
from assessments.core.types import AssessmentRecord, Case, CountryForms, Sentence
from tests.core.factories import framework, wording

ROOT = Path(__file__).parents[2]
CLAIMS: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(ROOT / "tests" / "data" / "claims.yaml")
RECORD = TypeAdapter(AssessmentRecord)
WANTED = 0.95
FORMS = {
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

_CARDINALS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ORDINALS = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
WORDS = {word: value for words in (_CARDINALS, _ORDINALS) for value, word in enumerate(words, start=2)}


@dataclass(frozen=True)
class Claim:
    """One claim of a case and how it is expected to be met."""

    case: str
    id: str
    text: str
    basis: tuple[frozenset[str], ...] = ()
    says: tuple[str, ...] = ()
    not_held: str = ""


def claims() -> list[Claim]:
    return [
        Claim(
            case=case,
            id=row["id"],
            text=row["claim"],
            basis=tuple(frozenset(ids) for ids in row.get("basis", ())),
            says=tuple(row.get("says", ())),
            not_held=row.get("not_held", ""),
        )
        for case, rows in CLAIMS.items()
        for row in rows
    ]


@cache
def drafted(name: str) -> tuple[Sentence, ...]:
    """Return the sentences the engine drafts from a demo file."""
    record = RECORD.validate_json((ROOT / "fixtures" / "demo" / f"{name}.json").read_bytes())
    in_text = FORMS[name]
    country = CountryForms(
        iso3=record.country,
        name=in_text.removeprefix("the "),
        in_text=in_text,
        government=f"the Government of {in_text}",
    )
    return engine.run(Case(record=record, country=country, framework=framework(), wording=wording())).draft.sentences


def rests_on(sentence: Sentence) -> set[str]:
    return {*sentence.basis.facts, *sentence.basis.decisions}


def missing(claim: Claim) -> str:
    """Say what of a claim no sentence states; nothing where all of it is stated."""
    stating = [[item for item in drafted(claim.case) if ids <= rests_on(item)] for ids in claim.basis]
    for ids, found in zip(claim.basis, stating, strict=True):
        if not found:
            return f"no sentence rests on {', '.join(sorted(ids))}"
    text = " ".join(item.text for found in stating for item in found)
    absent = [words for words in claim.says if not re.search(rf"\b{re.escape(words)}\b", text, re.IGNORECASE)]
    return f"{', '.join(absent)} not in: {text}" if absent else ""


def test_each_claim_is_held_or_left_out_for_a_reason() -> None:
    listed = claims()
    assert len({(claim.case, claim.id) for claim in listed}) == len(listed)
    assert set(CLAIMS) == set(FORMS)
    assert [claim for claim in listed if bool(claim.basis) == bool(claim.not_held)] == []


def test_nearly_all_claims_of_the_trial_cases_are_stated() -> None:
    listed = claims()
    unstated = [f"{claim.case} {claim.id} ({claim.text}): {gap}" for claim in listed if (gap := missing(claim))]
    left_out = [claim for claim in listed if claim.not_held]
    stated = len(listed) - len(unstated) - len(left_out)
    assert stated / len(listed) >= WANTED, "\n".join(unstated)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_nothing_is_drafted_without_a_record(name: str) -> None:
    assert drafted(name)
    assert [item.text for item in drafted(name) if item.basis.is_empty] == []


def numbers(text: str) -> set[int]:
    """Return the numbers a text states, in figures or in words; "one" is left out, as it is also a pronoun."""
    figures = {int(match) for match in re.findall(r"\d+", text)} - {1}
    return figures | {WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_no_figure_is_drafted_that_the_case_does_not_give(name: str) -> None:
    given = {number for claim in claims() if claim.case == name for number in numbers(claim.text)}
    narrated = [item for item in drafted(name) if "tier" not in item.basis.decisions]
    assert {number for item in narrated for number in numbers(item.text)} - given == set()
