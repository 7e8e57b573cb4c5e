"""Every claim of the trial cases can be recorded, and the draft states it from the records that carry it.

tests/data/claims.yaml lists the claims in our own words with the ids of those records; docs/claims.md is the table.
"""

import re

import pytest

from assessments.core.types import Sentence
from tests.core.claims import (
    CLAIMS,
    FREE,
    IN_TEXT,
    NAMES,
    Carried,
    Claim,
    Without,
    carried,
    claims,
    drafted,
    missing,
    phrases_of,
    record_of,
)

STATED = 0.95
NOT_HELD = 0.05
ON_FREE_WORDS = 0.10
LONGEST_PHRASE = 20
"""Words."""

_CARDINALS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ORDINALS = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
WORDS = {word: value for words in (_CARDINALS, _ORDINALS) for value, word in enumerate(words, start=2)}


def numbers(text: str) -> set[int]:
    """Return the numbers a text states, in figures or in words; "one" is left out, as it is also a pronoun."""
    figures = {int(match) for match in re.findall(r"\d+", text)} - {1}
    return figures | {WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS}


def test_each_claim_is_held_or_left_out_by_a_rule() -> None:
    assert len({(claim.case, claim.id) for claim in claims()}) == len(claims())
    assert set(CLAIMS) == set(IN_TEXT)
    assert [claim for claim in claims() if bool(claim.basis) == bool(claim.not_held)] == []
    assert [claim for claim in claims() if claim.not_held and not re.match(r"[\w-]+\.md \d", claim.not_held)] == []


def expected_of(claim: Claim) -> list[str]:
    """Name what a claim does not ask of its sentences although its records and its own words call for it."""
    record = record_of(claim.case)
    kinds = {
        "statistic": {item.id for item in record.statistics},
        "case": {item.id for item in record.cases},
        "allegation": {item.id for item in record.allegations},
    }
    ids = frozenset().union(*claim.basis)
    carried_by = {kind for kind, refs in kinds.items() if ids & refs}
    judged = {"convict", "sentenc", "acquit", "did not", "fined"}
    needs = {
        "stage": bool(carried_by & {"statistic", "case"}),
        "hedge": "allegation" in carried_by
        or ("case" in carried_by and not any(stem in stage for stage in claim.stage for stem in judged)),
        "role": bool(carried_by & {"case", "allegation"}),
    }
    missing_kinds = [kind for kind, is_needed in needs.items() if is_needed and not getattr(claim, kind)]
    said = numbers(" ".join((*claim.core, *claim.closer)))
    return [*missing_kinds, *(f"number {number}" for number in sorted(numbers(claim.text) - said))]


OTHERWISE = {
    ("2017-moldova", "claim-8"): "the three years are named",
    ("2020-haiti", "claim-2"): "the claim names nobody",
    ("2020-india", "claim-1"): "the inquiry is into a place, and it is completed",
    ("2020-india", "figure-3"): "the claim is on the inquiry",
    ("2021-lesotho", "claim-3"): "the police of each country are named",
    ("2024-cambodia", "claim-4"): "the officials are those of the claim before",
}
"""Claims that put a number or a role in another way than by the number or the role."""


def test_a_claim_asks_for_number_role_stage_and_hedge() -> None:
    lacking = {
        (claim.case, claim.id): gaps
        for claim in claims()
        if claim.basis and (claim.case, claim.id) not in OTHERWISE and (gaps := expected_of(claim))
    }
    assert lacking == {}


def test_nearly_all_claims_of_the_trial_cases_are_stated() -> None:
    unstated = [
        f"{claim.case} {claim.id} ({claim.text}): {missing(claim, closer=True)}"
        for claim in claims()
        if carried(claim) is Carried.NOTHING
    ]
    left_out = [claim for claim in claims() if claim.not_held]
    assert unstated == []
    assert len(left_out) / len(claims()) <= NOT_HELD
    assert (len(claims()) - len(left_out)) / len(claims()) >= STATED


def test_at_most_one_claim_in_ten_rests_on_free_words() -> None:
    free = [claim for claim in claims() if carried(claim) in FREE]
    assert len(free) / len(claims()) <= ON_FREE_WORDS


@pytest.mark.parametrize("name", NAMES)
def test_a_free_phrase_is_short(name: str) -> None:
    assert [phrase for phrase in phrases_of(record_of(name)) if len(phrase.split()) > LONGEST_PHRASE] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_drafted_without_a_record(name: str) -> None:
    assert drafted(name)
    assert [item.text for item in drafted(name) if item.basis.is_empty] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_is_drafted_that_the_case_does_not_give(name: str) -> None:
    given = {number for claim in claims() if claim.case == name for number in numbers(claim.text)}
    narrated = [item for item in drafted(name) if "tier" not in item.basis.decisions]
    assert {number for item in narrated for number in numbers(item.text)} - given == set()


@pytest.mark.parametrize("name", NAMES)
def test_without_its_free_words_a_draft_says_less_and_nothing_new(name: str) -> None:
    def subjects(sentences: tuple[Sentence, ...]) -> set[str]:
        return {ref for item in sentences for ref in item.basis.facts}

    assert subjects(drafted(name, Without.FREE_WORDS)) <= subjects(drafted(name))
