"""Whatever is recorded in words as people write them: articles, numbers, money, ordinals, possessives, countries."""

import re

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessments.core import engine
from assessments.core.types import AssessmentRecord, Case, CountryForms
from tests.core.drafting.realistic import COUNTRIES, realistic
from tests.core.drafting.test_any_record import flaws
from tests.core.factories import framework, wording

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
SAID_TWICE = frozenset({"had", "that"})
SILENT_H = ("hour", "honest", "honor", "heir")
LIKE_A_CONSONANT = ("uni", "uti", "use", "usu", "eu", "one", "once")
NAMED_LIKE_A_VOWEL = "AEFHILMNORSX"


def told(record: AssessmentRecord, country: CountryForms) -> list[str]:
    case = Case(record=record, country=country, framework=framework(), wording=wording())
    draft = engine.run(case).draft
    return [item.text for item in (*draft.sentences, *draft.recommendations)]


def slips(text: str) -> list[str]:
    """Name every slip of grammar that can be seen from the words alone."""
    found = flaws(text)
    for match in re.finditer(r"\b([Aa]n?) ([\w’-]+)", text):
        if (match[1].lower() == "an") is not takes_an(match[2]):
            found.append(f"article: {match[0]}")
    found += [
        f"twice: {word}" for word in re.findall(r"\b(\w+) \1\b", text, re.IGNORECASE) if word.lower() not in SAID_TWICE
    ]
    for pattern, name in (
        (r"\b(?:the|a|an) (?:the|a|an)\b", "two articles"),
        (r"s’s|’’", "possessive"),
        (r"\b\d+(?:st|nd|rd|th)\b", "ordinal in figures"),
        (r"\$(?!\d)", "dollars without an amount"),
        (r"(?<![\d.,$])(?<!Tier )\b[1-9]\b(?![\d,]|\.\d| (?:m|b|tr)illion)", "a small number in figures"),
        (r"^\d(?!\d{3}\b)", "a number at the start"),
        (r"\bwere was\b|\bwas were\b|\bdid not did\b", "two verbs"),
        (r"\b(?:of|in|to|from|with|by|for|under) (?:of|in|from|by|for|under|and|or)\b", "two prepositions"),
        (
            r"(?<!-)\bone (?:\w+ )?(?:officials|generals|rectors|governors|cases|people|years|months|days)\b",
            "plural of one",
        ),
        (r"\b(?:two|three|\d+) (?:official|case|investigation|year|month|day)\b", "singular of many"),
        (r", and,|\band and\b|\bor or\b", "list"),
    ):
        if re.search(pattern, text, re.IGNORECASE):
            found.append(f"{name}: {text}")
    return found


def takes_an(word: str) -> bool:
    if len(word) > 1 and word[:2].isupper():
        return word[0] in NAMED_LIKE_A_VOWEL
    low = word.lower()
    return low.startswith(SILENT_H) or (low[0] in "aeiouéô" and not low.startswith(LIKE_A_CONSONANT))


@SLOW
@given(realistic(), st.sampled_from(COUNTRIES))
def test_realistic_records_are_told_without_a_slip(record: AssessmentRecord, country: CountryForms) -> None:
    assert [(text, found) for text in told(record, country) if (found := slips(text))] == []


@SLOW
@given(realistic(), st.sampled_from(COUNTRIES))
def test_a_country_keeps_its_article(record: AssessmentRecord, country: CountryForms) -> None:
    bare = country.in_text.removeprefix("the ")
    for text in told(record, country):
        if country.in_text.startswith("the "):
            assert re.search(rf"(?<!the )(?<!The )\b{bare}\b", text) is None, text
        else:
            assert f"the {bare}" not in text.lower(), text


def test_the_rules_of_the_test_find_what_they_are_for() -> None:
    bad = {
        "A attaché took an bribe.": 2,
        "Two official were were charged.": 2,
        "The the army.": 2,
        "The officers’s term was 3 years.": 2,
        "An EU border guard and an FBI officer, a university rector and an heir met.": 0,
    }
    assert {text: len(slips(text)) for text in bad} == bad
