"""Words are found however they are spaced and written, and taken out of anything made of texts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.redacting import REDACTED, Words

NAME = Words("Mira Example")


@pytest.mark.parametrize(
    ("value", "times", "left"),
    [
        ("Mira Example was there.", 1, f"{REDACTED} was there."),
        ("(mira   EXAMPLE), twice: Mira\nExample", 2, f"({REDACTED}), twice: {REDACTED}"),
        ("Miramira Example, Mira Examples, x-Mira Example", 0, "Miramira Example, Mira Examples, x-Mira Example"),
        (["Mira Example", {"a": ["of Mira Example"]}], 2, [REDACTED, {"a": [f"of {REDACTED}"]}]),
        ({"Mira Example": 1}, 0, {"Mira Example": 1}),
        (None, 0, None),
        (3, 0, 3),
    ],
)
def test_words_are_counted_and_taken_out(value: Any, times: int, left: Any) -> None:
    assert (NAME.times(value), NAME.out_of(value)) == (times, left)


def test_names_of_the_framework_stay() -> None:
    bribe = Words("bribe")
    assert bribe.out_of(["accept-bribe", "bribe", "a bribe"]) == ["accept-bribe", "bribe", f"a {REDACTED}"]


def test_no_text_grows_beyond_its_column() -> None:
    assert Words("Ann").out_of("of Ann", longest=6) == "of [re"


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_nothing_is_left_to_find(before: str, after: str) -> None:
    left = NAME.out_of(f"{before} Mira Example {after}")
    assert NAME.times(left) == 0
    assert REDACTED in left
