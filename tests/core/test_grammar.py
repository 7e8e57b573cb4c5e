"""Numbers, nouns, verbs, money, dates and spacing as the narrative style has them (narrative-style.md 9)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core import grammar
from assessments.core.values import Count, CountKind


@pytest.mark.parametrize(
    ("value", "expected"), [(1, "one"), (9, "nine"), (10, "10"), (28, "28"), (1500, "1,500"), (0, "0")]
)
def test_numbers_inside_a_sentence(value: int, expected: str) -> None:
    assert grammar.number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((1, "first"), (2, "second"), (3, "third"), (8, "eighth"), (11, "eleventh"), (12, "twelfth")),
        *((20, "twentieth"), (21, "twenty-first"), (32, "thirty-second"), (40, "fortieth"), (100, "one hundredth")),
    ],
)
def test_ordinals(value: int, expected: str) -> None:
    assert grammar.ordinal(value) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (CountKind.EXACT, 3, "three"),
        (CountKind.AT_LEAST, 15, "at least 15"),
        (CountKind.ABOUT, 20, "approximately 20"),
        (CountKind.UP_TO, 4, "up to four"),
        (CountKind.SOME, None, "some"),
        (CountKind.SEVERAL, None, "several"),
        (CountKind.REPORTED_ZERO, None, "none"),
        (CountKind.UNKNOWN, None, ""),
    ],
)
def test_counts(kind: CountKind, value: int | None, expected: str) -> None:
    assert grammar.count_words(Count(kind=kind, value=value)) == expected


@pytest.mark.parametrize(
    ("single", "several"),
    [
        ("police officer", "police officers"),
        ("head of unit", "heads of unit"),
        ("deputy", "deputies"),
        ("policewoman", "policewomen"),
        ("child", "children"),
        ("member of the civilian joint task force", "members of the civilian joint task force"),
        ("attorney general", "attorneys general"),
        ("police", "police"),
    ],
)
def test_plurals(single: str, several: str) -> None:
    assert grammar.plural(single) == several


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("mayor", "a mayor"),
        ("investigator", "an investigator"),
        ("hourly worker", "an hourly worker"),
        ("university official", "a university official"),
        ("NGO", "an NGO"),
        ("UN officer", "a UN officer"),
        ("head of a human rights agency", "the head of a human rights agency"),
        ("former head of a federation", "the former head of a federation"),
        ("the minister", "the minister"),
    ],
)
def test_articles(phrase: str, expected: str) -> None:
    assert grammar.article(phrase) == expected


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("National Police", "the National Police"),
        ("the army", "the army"),
        ("courts near the border", "courts near the border"),
        ("local government", "local government"),
        ("an inter-agency council", "an inter-agency council"),
    ],
)
def test_bodies_get_the_article(agency: str, expected: str) -> None:
    assert grammar.definite(agency) == expected


@pytest.mark.parametrize(
    ("gerund", "past"),
    [
        ("taking bribes", "took bribes"),
        ("letting potential victims leave the country", "let potential victims leave the country"),
        ("interfering in cases and stopping prosecutions", "interfered in cases and stopped prosecutions"),
        ("taking part in trafficking or letting traffickers act", "took part in trafficking or let traffickers act"),
        ("at times taking bribes", "at times took bribes"),
        ("taking bribes for ignoring and releasing suspects", "were taking bribes for ignoring and releasing suspects"),
        ("zzzing about", "were zzzing about"),
    ],
)
def test_gerunds_in_the_past(gerund: str, past: str) -> None:
    assert grammar.past_of_gerund(gerund) == past


def test_the_verb_agrees_with_one_official() -> None:
    assert grammar.past_of_gerund("zzzing about", is_plural=False) == "was zzzing about"


def test_past_clauses_in_other_forms() -> None:
    assert grammar.base_of_past("took steps") == "take steps"
    assert grammar.gerund_of_past("adopted a law") == "adopting a law"
    assert grammar.participle_of_past("wrote guidance") == "written guidance"
    assert grammar.base_of_past("zzzed") is None


@pytest.mark.parametrize(
    ("plurals", "expected"),
    [
        (["municipal officials", "provincial officials"], "municipal and provincial officials"),
        (["police officers", "customs officers", "border guards"], ""),
        (["members of the army", "members of the militia"], "members of the army and of the militia"),
        (["officials", "local officials"], ""),
        (["heads of unit", "police officers"], ""),
    ],
)
def test_plurals_that_share_their_noun(plurals: list[str], expected: str) -> None:
    assert grammar.shared_noun(plurals, grammar.join) == expected


def test_lists() -> None:
    assert grammar.join(["a"]) == "a"
    assert grammar.join(["a", "", "b"]) == "a and b"
    assert grammar.join(["a", "b", "c"]) == "a, b, and c"
    assert grammar.join(["a", "b", "c"], "or", serial_comma=False) == "a, b or c"
    assert grammar.join(["a, in x", "b", "c"]) == "a, in x; b; and c"


def test_money_and_dates() -> None:
    assert grammar.money(40000, "Moldovan lei", 2200) == "40,000 Moldovan lei ($2,200)"
    assert grammar.money(4_000_000, "pesos", 71_000) == "4 million pesos ($71,000)"
    assert grammar.money(12.5, "", 3) == "$3"
    assert grammar.money(None, "pesos") == ""
    assert [grammar.date_phrase(date) for date in ("2022", "2022-05", "2022-05-14")] == [
        "in 2022",
        "in May 2022",
        "in May 2022",
    ]
    assert grammar.date_words("2022-05-14") == "May 14, 2022"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("28 officers  of the “bureau” (BI ) .", "Twenty-eight officers of the “bureau” (BI)."),
        ("the officers' case , , was closed..", "The officers’ case, was closed."),
        ('he said "no"', "He said “no”."),
        ("2,500 people", "Two thousand five hundred people."),
        ("in 2022, nothing", "In 2022, nothing."),
    ],
)
def test_finished_sentences(raw: str, expected: str) -> None:
    assert grammar.finish_sentence(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  a\n b . ", "a b"),
        ("{{ secret }}", "secret"),
        ("open (bracket", "open bracket"),
        ("closed) too", "closed too"),
        ("a ( ) b", "a b"),
    ],
)
def test_recorded_words_are_cleaned(raw: str, expected: str) -> None:
    assert grammar.clean(raw) == expected


def test_verbs_whose_ending_leaves_no_doubt_are_turned() -> None:
    past = grammar.past_of_gerund("minimizing or denying the scale")
    assert past == "minimized or denied the scale"
    assert grammar.past_of_gerund("heating homes") == "were heating homes"


@given(st.text(alphabet="ab  ,.;:!?()[]\t\n\u00a0’", max_size=40))
def test_a_finished_sentence_is_finished_once(text: str) -> None:
    once = grammar.finish_sentence(text)
    assert grammar.finish_sentence(once) == once
    assert "  " not in once
    assert not re.search(r"\s[,.;:!?)\]]|[(\[]\s|[,;:][,;:.]", once)
