"""Paragraphs and sentences of a text: every word in exactly one, and a mark that finds its words again."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.passages import Run, runs, sentences, stretch, tidy

TEXT = tidy(
    """
    The court of Art. 5 convicted two officers. “They paid.” Nobody appealed!

    On p. 3 the report says that Mr. X, of the U.S. mission, saw 1.5 million. It ends here
    in a second line.
    """
)


def said(text: str) -> list[tuple[int, int, str]]:
    return [(one.paragraph, one.number, text[one.start : one.end]) for one in sentences(text)]


def test_a_text_is_parted_as_a_reader_would() -> None:
    assert said(TEXT) == [
        (1, 1, "The court of Art. 5 convicted two officers."),
        (1, 2, "“They paid.”"),
        (1, 3, "Nobody appealed!"),
        (2, 1, "On p. 3 the report says that Mr. X, of the U.S. mission, saw 1.5 million."),
        (2, 2, "It ends here\n    in a second line."),
    ]


def test_without_empty_lines_every_line_is_a_paragraph() -> None:
    assert said("One line.\nAnother. And more") == [(1, 1, "One line."), (2, 1, "Another."), (2, 2, "And more")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("警察は逮捕した。裁判は始まった。", 2),
        ("Кто он? Никто.", 2),
        ("هل وقع؟ نعم.", 2),
        ("No stop at all", 1),
        ("", 0),
    ],
)
def test_other_scripts_have_sentences_too(text: str, count: int) -> None:
    assert len(sentences(tidy(text))) == count


@given(st.text(alphabet=st.sampled_from("ab. !?\n\tÉ。”A1"), max_size=300))
def test_every_visible_letter_is_in_exactly_one_sentence(raw: str) -> None:
    text = tidy(raw)
    found = sentences(text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    inside = {place for one in found for place in range(one.start, one.end)}
    assert all(text[place].isspace() for place in range(len(text)) if place not in inside)
    assert all(text[one.start : one.end] == text[one.start : one.end].strip() for one in found)
    numbers = [(one.paragraph, one.number) for one in found]
    assert len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    "text",
    [
        ". " * 100_000,
        "." * 200_000 + "x",
        "a" + " " * 200_000 + "b",
        "\n \n" * 60_000 + "x",
        ("a" + " " * 9_000 + "\n") * 20,
    ],
    ids=["stops", "dots", "spaces", "lines", "ends of lines"],
)
def test_no_text_takes_much_longer_than_its_length(text: str) -> None:
    begun = time.process_time()
    sentences(tidy(text))
    assert time.process_time() - begun < 10  # a second at most here; what goes over it again and again takes hours


@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing(raw: str) -> None:
    text = tidy(raw)
    assert tidy(text) == text
    assert "\x00" not in text
    assert "\r" not in text


def test_sentences_that_follow_each_other_are_one_excerpt() -> None:
    found = runs([4, 0, 1, 99, -1], sentences(TEXT))
    assert [(run.first, run.last, TEXT[run.start : run.end]) for run in found] == [
        (1, 1, "The court of Art. 5 convicted two officers. “They paid.”"),
        (2, 2, "It ends here\n    in a second line."),
    ]


def test_an_excerpt_over_two_paragraphs_says_so() -> None:
    (run,) = runs([2, 3], sentences(TEXT))
    assert (run.pinpoint, runs([0], sentences(TEXT))[0].pinpoint) == ("paras. 1–2", "para. 1")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(4, 10, "court"), (-5, 3, "The"), (0, 0, None), (9, 4, None), (3, 4, None), (10**9, 10**9 + 4, None)],
)
def test_a_selection_is_taken_without_the_space_around_it(start: int, end: int, expected: str | None) -> None:
    found = stretch(TEXT, start, end, sentences(TEXT))
    assert (found and TEXT[found.start : found.end]) == expected
    assert found is None or isinstance(found, Run)
