"""Where remarks hang after the text changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.anchoring import Anchor, Anchored, anchor, heirs


def sentence(name: str, text: str, *predecessors: str) -> Anchored:
    return Anchored(public_id=name, text=text, predecessors=predecessors)


TEXT = (sentence("a", "Courts convicted three officials."), sentence("b", "Two fled."))


@pytest.mark.parametrize(
    ("where", "quote", "expected"),
    [
        ("a", "three officials", Anchor(sentence="a", start=17)),
        ("a", "  three   officials ", Anchor(sentence="a", start=17)),
        ("a", "four officials", Anchor(sentence=None)),
        ("b", "three officials", Anchor(sentence=None)),
        ("gone", "three officials", Anchor(sentence=None)),
    ],
)
def test_words_are_found_in_their_own_sentence_only(where: str, quote: str, expected: Anchor) -> None:
    assert anchor(where, quote, TEXT) == expected


def test_the_heir_with_the_words_is_taken_over_any_number_of_sentences() -> None:
    text = (
        sentence("new-1", "Courts tried them.", "gone"),
        sentence("new-2", "They convicted three officials.", "between"),
        sentence("between", "", "gone"),
    )
    assert anchor("gone", "three officials", text) == Anchor(sentence="new-2", start=15)
    assert anchor("gone", "Gone.", text, on_words=False) == Anchor(sentence="new-1")


def test_a_circle_of_predecessors_is_walked_once() -> None:
    assert [item.public_id for item in heirs("a", (sentence("a", "A", "b"), sentence("b", "B", "a")))] == ["a", "b"]


NAMES = st.sampled_from("abcdef")


@given(
    st.lists(
        st.builds(sentence, NAMES, st.sampled_from(["one two", "two", "three"]), NAMES), unique_by=lambda s: s.public_id
    ),
    NAMES,
    st.sampled_from(["one", "two", "four"]),
    st.booleans(),
)
def test_an_anchor_is_a_sentence_that_stands_or_none(
    text: list[Anchored], where: str, quote: str, on_words: bool
) -> None:
    found = anchor(where, quote, text, on_words=on_words)
    standing = {item.public_id: item.text for item in text}
    assert found.sentence is None or found.sentence in standing
    if on_words and found.sentence is not None:
        assert found.start is not None
        assert standing[found.sentence][found.start :].startswith(quote)
