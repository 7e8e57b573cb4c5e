"""Two texts side by side: which sentence is which, what became of it, and whether the record moved with it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.comparison import (
    Change,
    Entry,
    Found,
    Kind,
    Mismatch,
    Moved,
    Said,
    Text,
    compare,
    only_figures_differ,
)

THREE = "Authorities convicted three officials of complicity, compared with one in the previous reporting period."
FIVE = "Authorities convicted five officials of complicity, compared with three in the previous reporting period."
NONE = "The government did not report convicting any officials of complicity."


def said(public_id: str, text: str, **changes: object) -> Said:
    return Said(**({"public_id": public_id, "section": "prosecution", "text": text} | changes))


def kinds(old: list[Said], new: list[Said], *, same_period: bool = True) -> list[tuple[str, str | None]]:
    found = compare(Text(sentences=tuple(old)), Text(sentences=tuple(new)), same_period=same_period)
    return [(row.change.value, row.found.value if row.found else None) for row in found.rows]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (THREE, FIVE, True),
        ("One police officer was fined $1,200.", "Two police officers were fined $3,000.", True),
        ("In May 2022 a court acquitted him.", "In June 2023 a court acquitted him.", True),
        ("A judge took bribes.", "An official took bribes.", False),
        ("A judge took bribes.", "Two judges took bribes.", True),
        (THREE, NONE, False),
        ("Three officials were charged.", "At least three officials were charged.", False),
        ("Three officials were charged.", "Three officials were convicted.", False),
        ("Three officials, charged.", "Four officials charged.", False),
        ("The same words.", "The same words.", False),
    ],
)
def test_figures_and_the_plurals_they_bring_are_told_from_other_words(old: str, new: str, expected: bool) -> None:
    assert only_figures_differ(old, new) is expected


def test_a_sentence_is_found_by_id_first_then_lineage_then_subject_then_words() -> None:
    assert kinds([said("1", THREE)], [said("1", NONE)]) == [("reworded", "id")]
    assert kinds([said("1", THREE)], [said("2", NONE, ancestors=("1",))]) == [("reworded", "lineage")]
    about = {"family": "convictions", "subjects": ("s1",)}
    assert kinds([said("1", THREE, **about)], [said("2", NONE, **about)]) == [("reworded", "key")]
    more = {"family": "convictions", "subjects": ("s1", "s2")}
    assert kinds([said("1", THREE, **about)], [said("2", NONE, **more)]) == [("reworded", "key")]
    assert kinds([said("1", THREE)], [said("2", FIVE)]) == [("figures-updated", "words")]
    assert kinds([said("1", THREE)], [said("2", "Nothing of this.")]) == [("dropped", None), ("new", None)]


def test_another_period_s_fact_ids_mean_other_facts() -> None:
    about = {"family": "convictions", "subjects": ("s1",)}
    other = {"family": "arrests", "subjects": ("s1",)}
    old, new = [said("1", THREE, **about)], [said("2", "Police arrested two mayors.", **about)]
    assert kinds(old, new, same_period=False) == [("dropped", None), ("new", None)]
    assert kinds(old, [said("2", FIVE, **about)], same_period=False) == [("figures-updated", "words")]
    assert kinds(old, [said("2", FIVE, **other)], same_period=False) == [("dropped", None), ("new", None)]
    lasting = {"lasting": "R1", "section": "recommendations"}
    changed = [said("2", "Convict complicit officials.", **lasting)]
    assert kinds([said("1", "Increase efforts to convict.", **lasting)], changed, same_period=False) == [
        ("reworded", "key")
    ]


def test_dropped_sentences_stand_where_they_stood() -> None:
    old = [said("1", "First."), said("2", "Second thing said."), said("3", "Third.")]
    new = [said("1", "First."), said("3", "Third."), said("4", "Something else entirely new.")]
    assert kinds(old, new) == [("unchanged", "id"), ("dropped", None), ("unchanged", "id"), ("new", None)]
    assert kinds(old, new[1:]) == [("dropped", None), ("dropped", None), ("unchanged", "id"), ("new", None)]


def test_the_words_that_changed_are_marked() -> None:
    row = compare(Text(sentences=(said("1", THREE),)), Text(sentences=(said("1", FIVE),)), same_period=True).rows[0]
    assert [(piece.kind, piece.text) for piece in row.pieces if piece.kind is not Kind.SAME] == [
        (Kind.DELETED, "three"),
        (Kind.INSERTED, "five"),
        (Kind.DELETED, "one"),
        (Kind.INSERTED, "three"),
    ]


def side(text: str, level: int, fact: str = "f", **changes: object) -> Text:
    rests = ("ratings officials-convicted", "facts s1")
    record = {
        "ratings officials-convicted": Entry(words=f"level {level}", value=f"rated {level}"),
        "facts s1": Entry(words="fact s1", value=fact),
    }
    return Text(sentences=(said("1", text, **({"rests_on": rests} | changes)),), record=record)


@pytest.mark.parametrize(
    ("old", "new", "mismatch"),
    [
        (side(THREE, 2), side(THREE, 3), Mismatch.ANSWER_MOVED),
        (side(THREE, 2), side(THREE, 2, "g"), Mismatch.ANSWER_MOVED),
        (side(THREE, 2), side(FIVE, 2), Mismatch.TEXT_MOVED),
        (side(THREE, 2), side(FIVE, 3), None),
        (side(THREE, 2), side(FIVE, 2, "g"), None),
        (side(THREE, 2), side(THREE, 2), None),
        (side(THREE, 2), side(FIVE, 2, rests_on=("facts s1",)), None),
        (side(THREE, 2, rests_on=()), side(FIVE, 2, rests_on=()), None),
    ],
)
def test_text_and_record_move_together_or_it_is_said(old: Text, new: Text, mismatch: Mismatch | None) -> None:
    assert [row.mismatch for row in compare(old, new, same_period=True).rows] == [mismatch]


def test_across_periods_only_answers_are_compared() -> None:
    assert compare(side(THREE, 2), side(THREE, 2, "g"), same_period=False).rows[0].mismatch is None
    assert compare(side(THREE, 2), side(FIVE, 2), same_period=False).rows[0].mismatch is None
    alone = ("ratings officials-convicted",)
    old, new = side(THREE, 2, rests_on=alone), side(FIVE, 2, "g", rests_on=alone)
    assert compare(old, new, same_period=False).rows[0].mismatch is Mismatch.TEXT_MOVED


def test_an_answer_that_no_sentence_tells_is_listed_all_the_same() -> None:
    old, new = side(THREE, 2, rests_on=()), side(THREE, 4, rests_on=())
    found = compare(old, new, same_period=True)
    assert found.moved == (Moved(name="ratings officials-convicted", old="level 2", new="level 4"),)
    gone = compare(old, Text(sentences=()), same_period=True)
    assert gone.moved[1] == Moved(name="ratings officials-convicted", old="level 2", new=None)


WORDS = st.lists(st.sampled_from(["three", "officials", "fined", "court", "2023", "no", "May"]), min_size=1, max_size=8)
TEXTS = st.lists(
    st.builds(
        Said,
        public_id=st.text(string.ascii_lowercase, min_size=3, max_size=6),
        section=st.sampled_from(["prosecution", "protection"]),
        text=WORDS.map(" ".join),
        family=st.sampled_from(["", "convictions", "arrests"]),
        subjects=st.sampled_from([(), ("s1",), ("s1", "s2")]),
    ),
    max_size=8,
    unique_by=lambda item: item.public_id,
)


@given(TEXTS, TEXTS, st.booleans())
def test_every_sentence_of_both_texts_stands_there_once(old: list[Said], new: list[Said], same: bool) -> None:
    found = compare(Text(sentences=tuple(old)), Text(sentences=tuple(new)), same_period=same)
    by_id = lambda item: item.public_id  # noqa: E731
    assert sorted((row.old for row in found.rows if row.old), key=by_id) == sorted(old, key=by_id)
    assert sorted((row.new for row in found.rows if row.new), key=by_id) == sorted(new, key=by_id)
    sections = dict.fromkeys(item.section for item in new)
    assert [row.new for row in found.rows if row.new] == [
        item for section in sections for item in new if item.section == section
    ]
    for row in found.rows:
        before = "".join(piece.text for piece in row.pieces if piece.kind is not Kind.INSERTED)
        after = "".join(piece.text for piece in row.pieces if piece.kind is not Kind.DELETED)
        assert (before, after) == (row.old.text if row.old else "", row.new.text if row.new else "")
    assert sum(found.count(change) for change in Change) == len(found.rows)


@given(TEXTS, st.booleans())
def test_a_text_beside_itself_is_unchanged(text: list[Said], same: bool) -> None:
    found = compare(Text(sentences=tuple(text)), Text(sentences=tuple(text)), same_period=same)
    assert {row.change for row in found.rows} <= {Change.UNCHANGED}
    assert {row.found for row in found.rows} <= {Found.ID}
