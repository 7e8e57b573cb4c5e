"""What counts as mechanical, and what never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.mechanical import Change, classify

SAME, MECHANICAL, SUBSTANTIVE = Change.SAME, Change.MECHANICAL, Change.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The government reported one conviction.", "It reported one conviction."),
        ("The government’s report named no court.", "Its report named no court."),
        ("Authorities charged two officers.", "They charged two officers."),
        ("The government also shelved a case.", "The government shelved a case."),
        ("The National Police (NP) fired four officers.", "NP fired four officers."),
        ("The National Police fired four officers (NP).", "The National Police fired four officers (NP)"),
        ("They recieved bribes.", "They received bribes."),
        ("It occured twice.", "It occurred twice."),
        ("Organised labour was forced.", "Organized labor was forced."),
        ("Courts convicted three officials.", "Courts convicted 3 officials"),
        ("Twenty-five cases were shelved.", "25 cases were shelved."),
        ("It shelved 1,000 cases; none went on.", "It shelved 1000 cases, none went on."),
        ("About 25 percent of them fled.", "About 25% of them fled."),
        ("The U.S. Embassy asked.", "The US Embassy asked."),
        ("A low-level officer", "A low level officer."),
    ],
)
def test_spelling_punctuation_style_and_neighbors_are_mechanical(old: str, new: str) -> None:
    assert (classify(old, new), classify(new, old)) == (MECHANICAL, MECHANICAL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Courts convicted three officials.", "Courts convicted four officials."),
        ("Courts convicted three officials.", "Courts did not convict three officials."),
        ("Officials were indicted.", "Officials were indicated."),
        ("The trial began.", "The trail began."),
        ("It filed charges.", "It filled charges."),
        ("The government prosecuted officers.", "The government persecuted officers."),
        ("It fined them $1.5 million.", "It fined them $15 million."),
        ("It fined them $5,000.", "It fined them 5,000."),
        ("Officials accepted bribes.", "Some officials accepted bribes."),
        ("Observers reported bribes.", "The government reported bribes."),
        ("Police arrested an officer.", "An officer arrested police."),
        ("Two officers were convicted.", ""),
        ("", "Two officers were convicted."),
        ("The Ministry of Labor (MOL) fired two.", "The Ministry of Justice (MOJ) fired two."),
    ],
)
def test_what_may_say_something_else_is_substantive(old: str, new: str) -> None:
    assert (classify(old, new), classify(new, old)) == (SUBSTANTIVE, SUBSTANTIVE)


@given(st.text(max_size=80))
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert classify(text, text) is SAME


@given(st.lists(st.integers(0, 99), min_size=1, max_size=4), st.lists(st.integers(0, 99), min_size=1, max_size=4))
def test_no_two_figures_are_ever_mechanical(old: list[int], new: list[int]) -> None:
    before = "Courts convicted " + " and ".join(map(str, old)) + " officials."
    after = "Courts convicted " + " and ".join(map(str, new)) + " officials."
    assert classify(before, after) is (SAME if old == new else SUBSTANTIVE)


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_reads_both_ways_alike(one: str, other: str) -> None:
    assert classify(one, other) is classify(other, one)
