"""Regeneration keeps every human word, whatever people edit and whatever facts change."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.core.merge import (
    Cause,
    CurrentSentence,
    State,
    edit,
    from_record,
    handwritten,
    merge,
    remove,
    restore,
    revert,
)
from assessments.core.types import Basis, Draft, HumanSentence, Sentence, SentenceKey
from assessments.core.values import Section
from tests.core.factories import make_record
from tests.core.merging import acted


def sentence(
    subjects: str, text: str, family: str = "accountability", section: Section = Section.PROSECUTION
) -> Sentence:
    key = SentenceKey(section=section, family=family, subjects=tuple(sorted(subjects)))
    return Sentence(key=key, pattern="NP-13", slots={"gov": "x"}, text=text, basis=Basis(facts=tuple(subjects)))


def draft(*sentences: Sentence) -> Draft:
    return Draft(sentences=sentences)


def ids() -> Callable[[SentenceKey], str]:
    numbers = count(1)
    return lambda key: f"id-{next(numbers)}"


def shown(sentences: Sequence[CurrentSentence]) -> list[str]:
    return [item.shown for item in sentences]


@pytest.fixture
def first() -> tuple[CurrentSentence, ...]:
    return merge((), draft(sentence("a", "A."), sentence("b", "B."), sentence("c", "C.")), ids())


def test_untouched_sentences_follow_the_facts_and_keep_their_id(first: tuple[CurrentSentence, ...]) -> None:
    new_id = ids()
    again = merge(first, draft(sentence("a", "A2."), sentence("c", "C.")), new_id)
    assert [(item.public_id, item.shown) for item in again] == [("id-1", "A2."), ("id-3", "C.")]


def test_an_edited_sentence_stays_and_shows_the_new_words_beside(first: tuple[CurrentSentence, ...]) -> None:
    mine = (edit(first[0], "Mine.", author="me"), *first[1:])
    same = merge(mine, draft(sentence("a", "A.")))[0]
    assert (same.shown, same.suggestion) == ("Mine.", None)
    changed = merge(mine, draft(sentence("a", "A2.")))[0]
    assert (changed.shown, changed.suggestion, changed.author) == ("Mine.", "A2.", "me")
    back = merge((changed,), draft(sentence("a", "A.")))[0]
    assert back.suggestion is None
    assert revert(changed).shown == "A2."
    assert edit(changed, "Mine, again.").suggestion is None


def test_a_suggestion_says_why_it_is_there(first: tuple[CurrentSentence, ...]) -> None:
    mine = (edit(first[0], "Mine."), *first[1:])
    restyled = merge(mine, draft(sentence("a", "A, restyled.")), cause=Cause.WORDING)
    assert restyled[0].cause is Cause.WORDING
    assert merge(restyled, draft(sentence("a", "A, restyled.")))[0].cause is Cause.WORDING
    changed = merge(restyled, draft(sentence("a", "A2.")))
    assert changed[0].cause is Cause.RECORD
    assert merge(changed, draft(sentence("a", "A2, restyled.")), cause=Cause.WORDING)[0].cause is Cause.RECORD
    assert (edit(changed[0], "Mine, again.").cause, revert(changed[0]).cause) == (None, None)
    assert merge(changed, draft(sentence("a", "A.")))[0].cause is None


def test_what_a_person_wrote_already_is_no_suggestion(first: tuple[CurrentSentence, ...]) -> None:
    mine = (edit(first[0], "A2."), *first[1:])
    assert merge(mine, draft(sentence("a", "A2.")))[0].suggestion is None


def test_removed_sentences_stay_removed_and_come_back_as_they_were(first: tuple[CurrentSentence, ...]) -> None:
    gone = remove(edit(first[0], "Mine."))
    kept = merge((gone, *first[1:]), draft(sentence("a", "A2."), sentence("b", "B.")))
    assert shown(kept) == ["", "B."]
    assert restore(kept[0]).shown == "Mine."


def test_a_sentence_without_support_stays_as_an_orphan_only_where_a_person_touched_it(
    first: tuple[CurrentSentence, ...],
) -> None:
    mine = (edit(first[0], "Mine."), remove(first[1]), first[2])
    left = merge(mine, draft())
    assert [(item.public_id, item.state, item.is_orphan) for item in left] == [
        ("id-1", State.EDITED, True),
        ("id-2", State.REMOVED, True),
    ]
    again = merge(left, draft(sentence("a", "A."), sentence("b", "B.")))
    assert [(item.public_id, item.shown, item.is_orphan) for item in again] == [
        ("id-1", "Mine.", False),
        ("id-2", "", False),
    ]


def test_handwritten_sentences_stay_behind_the_sentence_they_followed(first: tuple[CurrentSentence, ...]) -> None:
    own = replace(handwritten("own", Section.PROSECUTION, "Own.", evidence=("e1",)), position=1)
    stood = tuple(replace(item, position=place) for item, place in zip(first, (0, 2, 3), strict=True))
    with_own = (stood[0], own, *stood[1:])
    new = draft(sentence("z", "Z."), sentence("a", "A."), sentence("b", "B."), sentence("q", "Q."))
    assert shown(merge(with_own, new)) == ["Z.", "A.", "Own.", "B.", "Q."]
    assert shown(merge(with_own, draft(sentence("b", "B.")))) == ["Own.", "B."]


def test_a_split_sentence_passes_its_edit_on_and_names_its_predecessor() -> None:
    new_id = ids()
    whole = merge((), draft(sentence("abc", "None of the three.")), new_id)
    mine = (edit(whole[0], "Mine."),)
    parts = merge(mine, draft(sentence("a", "Three."), sentence("bc", "Neither of the two.")), new_id)
    assert [(item.shown, item.predecessors, item.suggestion) for item in parts] == [
        ("Three.", ("id-1",), None),
        ("Mine.", ("id-1",), "Neither of the two."),
    ]


def test_a_merged_sentence_loses_no_edit() -> None:
    new_id = ids()
    parts = merge((), draft(sentence("a", "A."), sentence("b", "B.")), new_id)
    mine = (edit(parts[0], "My A."), edit(parts[1], "My B."))
    whole = merge(mine, draft(sentence("ab", "A and B.")), new_id)
    assert sorted(shown(whole)) == ["My A.", "My B."]
    assert whole[0].predecessors == ("id-1", "id-2") or whole[1].predecessors == ("id-1", "id-2")


def test_a_removal_passes_on_only_where_nothing_new_would_vanish() -> None:
    new_id = ids()
    whole = merge((), draft(sentence("ab", "Neither.")), new_id)
    gone = (remove(whole[0]),)
    assert shown(merge(gone, draft(sentence("a", "A.")), new_id)) == [""]
    assert "All three." in shown(merge(gone, draft(sentence("abc", "All three.")), new_id))


def test_human_sentences_of_a_file_are_kept() -> None:
    record = make_record(
        sentences=(
            HumanSentence(section=Section.PROSECUTION, family="accountability", subjects=("a",), text="Mine."),
            HumanSentence(section=Section.PROSECUTION, family="accountability", subjects=("b",), text=None),
            HumanSentence(section=Section.PROSECUTION, text="Own.", evidence=("e1",), author="me"),
        )
    )
    before = from_record(record)
    assert shown(merge(before, draft(sentence("a", "A."), sentence("b", "B.")))) == ["Mine.", "", "Own."]


TEXTS = st.sampled_from(["One.", "Two.", "Three."])
SUBJECTS = st.sets(st.sampled_from("abcdef"), min_size=1, max_size=3).map(lambda found: "".join(sorted(found)))
DRAFTS = st.lists(
    st.tuples(SUBJECTS, TEXTS, st.sampled_from(["accountability", "case"]), st.sampled_from(list(Section)[:2])),
    max_size=5,
    unique_by=lambda row: (row[0], row[2], row[3]),
).map(lambda rows: draft(*(sentence(*row) for row in rows)))
ACTS = st.lists(
    st.tuples(st.sampled_from(["edit", "remove", "restore", "revert", "write"]), st.integers(0, 9)), max_size=4
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(DRAFTS, ACTS), min_size=1, max_size=5))
def test_no_human_word_is_ever_lost(rounds: list[tuple[Draft, list[tuple[str, int]]]]) -> None:
    new_id, numbers = ids(), count(1)
    current: tuple[CurrentSentence, ...] = ()
    for new, acts in rounds:
        before = Counter(item.text for item in current if item.text is not None)
        own = [(item.public_id, item.text) for item in current if item.state is State.HANDWRITTEN]
        current = merge(current, new, new_id)
        assert Counter(item.text for item in current if item.text is not None) == before
        assert [(item.public_id, item.text) for item in current if item.state is State.HANDWRITTEN] == own
        assert len({item.public_id for item in current}) == len(current)
        assert [item.position for item in current] == list(range(len(current)))
        assert {item.key for item in new.sentences} <= {item.key for item in current}
        assert merge(current, new, new_id) == current
        current = acted(current, acts, numbers, Section.PROSECUTION)
