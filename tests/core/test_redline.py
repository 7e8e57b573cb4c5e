"""Word by word: nothing is lost, and people can read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.redline import Kind, Piece, marked, redline

SAME, DELETED, INSERTED = Kind.SAME, Kind.DELETED, Kind.INSERTED
TEXTS = st.text(alphabet="ab 1,.’-(é\n", max_size=40) | st.text(max_size=30)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_it(old: str, new: str) -> None:
    pieces = redline(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind is not INSERTED) == old
    assert "".join(piece.text for piece in pieces if piece.kind is not DELETED) == new
    assert all(piece.text for piece in pieces)


@given(TEXTS)
def test_equal_texts_have_no_change(text: str) -> None:
    assert redline(text, text) == ((Piece(kind=SAME, text=text),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "New words.", "{+New words.+}"),
        ("Old words.", "", "[-Old words.-]"),
        (
            "The government reported convicting three officials.",
            "The government reported the conviction of three officials.",
            "The government reported [-convicting-]{+the conviction of+} three officials.",
        ),
        (
            "Observers reported significant concerns of corruption.",
            "Observers reported serious concern of corruption.",
            "Observers reported [-significant concerns-]{+serious concern+} of corruption.",
        ),
        ("It paid $1,000 in 2023.", "It paid $1,500 in 2023.", "It paid $[-1,000-]{+1,500+} in 2023."),
    ],
)
def test_words_are_compared_and_not_letters(old: str, new: str, expected: str) -> None:
    assert marked(redline(old, new)) == expected
