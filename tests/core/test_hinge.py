"""The hinge card equals the derivation, tried on every change and every pair of changes."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.core.answers import answers_of, suppose
from assessments.core.findings import derive
from assessments.core.hinge import Extreme, Turn, changed, hinge_of, options
from assessments.core.hinge_words import card, lines, named_turns
from assessments.core.types import Case
from assessments.core.values import Confidence, RatingState
from tests.core.factories import by_code, core_at, determined, endorsements, framework, make_case, make_rating

SOME = by_code(dict.fromkeys(("I01", "I02", "I03", "I05", "I07", "I09", "I13", "I20", "I22", "I31", "I40"), 0))
"""Keys that reach every rule: caps, median, presumption set, concern with and without an official, neither scale."""


def brute(case: Case) -> tuple[set[Turn], set[Turn]]:
    """Try every change, then every pair of changes of which neither alone changes the category."""
    ratings = {key: rating for key, rating in answers_of(case).ratings.items() if rating.level is not None}
    order = [item.slug for item in framework().indicators]
    keys = sorted(ratings, key=lambda key: (order.index(key.split("/")[0]), key))
    present = derive(case).category
    single, harmless = set(), []
    for key in keys:
        for option in options(ratings[key], framework().indicator(ratings[key].indicator)):
            found = derive(suppose(case, {key: changed(ratings[key], option)})).category
            if found == present:
                harmless.append((key, option))
            else:
                single.add(Turn(changes=((key, option),), category=found))
    pairs = set()
    for one, two in combinations(harmless, 2):
        if one[0] == two[0]:
            continue
        found = derive(suppose(case, {key: changed(ratings[key], option) for key, option in (one, two)})).category
        if found != present:
            pairs.add(Turn(changes=(one, two), category=found))
    return single, pairs


def case_of(base: int, response: int, changes: Mapping[str, Any], unsure: frozenset[str], **fields: Any) -> Case:
    levels = core_at(base, response) | changes
    ratings = tuple(
        make_rating(
            key,
            level if isinstance(level, RatingState) else min(level, framework().indicator(key.split("/")[0]).scale_top),
            **({"confidence": Confidence.LOW} if key in unsure and not isinstance(level, RatingState) else {}),
        )
        for key, level in levels.items()
    )
    return make_case(ratings, endorsements=endorsements(ratings), **fields)


ANSWER = st.one_of(st.integers(0, 5), st.sampled_from([RatingState.INSUFFICIENT, RatingState.NOT_APPLICABLE]))


@settings(max_examples=6, deadline=None)
@given(
    base=st.integers(0, 2),
    response=st.integers(0, 4),
    changes=st.dictionaries(st.sampled_from(sorted(SOME)), ANSWER, max_size=6),
    unsure=st.frozensets(st.sampled_from(sorted(SOME)), max_size=4),
    left_out=st.integers(0, 24),
)
def test_the_card_equals_brute_force(
    base: int, response: int, changes: dict[str, Any], unsure: frozenset[str], left_out: int
) -> None:
    whole = case_of(base, response, changes, unsure)
    kept = [rating for rating in whole.record.ratings if rating.key in SOME]
    rest = [rating for rating in whole.record.ratings if rating.key not in SOME]
    # Ratings beyond the chosen ones are states that cover, so that coverage stays near its limit and pairs are few.
    covering = [make_rating(item.key, RatingState.NOT_APPLICABLE) for item in rest[left_out % 9 :]]
    case = make_case([*kept, *covering], endorsements=whole.record.endorsements)
    found = hinge_of(case)
    assert (found.category, set(found.single), set(found.pairs)) == (derive(case).category, *brute(case))
    assert (len(found.single), len(found.pairs)) == (len(set(found.single)), len(set(found.pairs)))


@settings(max_examples=40, deadline=None)
@given(
    base=st.integers(0, 3),
    response=st.integers(0, 5),
    changes=st.dictionaries(st.sampled_from(sorted(SOME)), ANSWER, max_size=8),
    unsure=st.frozensets(st.sampled_from(sorted(SOME)), max_size=6),
    data=st.data(),
)
def test_a_change_does_what_it_would_do_on_record(
    base: int, response: int, changes: dict[str, Any], unsure: frozenset[str], data: st.DataObject
) -> None:
    """The supposed answer is the recorded one, once the record has what its level needs."""
    case = case_of(base, response, changes, unsure)
    ratings = {key: rating for key, rating in answers_of(case).ratings.items() if rating.level is not None}
    one, two = (data.draw(st.sampled_from(sorted(ratings))) for _ in range(2))
    moved = {
        key: changed(
            ratings[key],
            data.draw(st.sampled_from(options(ratings[key], framework().indicator(ratings[key].indicator)))),
        )
        for key in (one, two)
    }
    rated = tuple(moved.get(item.key, item) for item in case.record.ratings)
    on_record = Case(
        record=replace(case.record, ratings=rated, endorsements=endorsements(rated)),
        country=case.country,
        framework=case.framework,
        wording=case.wording,
    )
    if not {item.key for item in answers_of(on_record).incomplete} & set(moved):
        assert derive(suppose(case, moved)).category == derive(on_record).category
    turns = {frozenset(turn.changes): turn.category for turn in (*hinge_of(case).single, *hinge_of(case).pairs)}
    options_ = frozenset((key, rating.level) for key, rating in moved.items())
    if all(frozenset({pair}) not in turns for pair in options_):
        assert turns.get(options_, hinge_of(case).category) == derive(suppose(case, moved)).category


def test_one_answer_holds_the_category() -> None:
    case = make_case(core_at(0, 3, i20=3))
    found = hinge_of(case)
    by_level = {turn.changes[0][1]: turn.category for turn in found.single if turn.changes[0][0].startswith("bribery")}
    assert by_level == {
        0: "no-credible-information",
        1: "some-concerns-high-accountability",
        2: "some-concerns-high-accountability",
        None: "insufficient-information",
    }


def test_missing_at_its_best_and_worst() -> None:
    missing = dict.fromkeys(("i03", "i04", "i15", "i16"), RatingState.NOT_ASSESSED)
    found = hinge_of(make_case(core_at(0, 3, i20=2, **missing)))
    assert found.best == Extreme(concern=2, accountability=3, category="some-concerns-high-accountability")
    assert found.worst == Extreme(concern=4, accountability=2, category="serious-concerns-some-accountability")
    assert [framework().indicator(slug).code.lower() for slug in found.missing] == sorted(missing)


def test_a_determination_stands_on_its_own_line() -> None:
    found = hinge_of(make_case(core_at(0, 3, i20=2), **determined()))
    assert (found.single, found.pairs, found.category) == ((), (), "policy-or-pattern")
    assert [(item.counts, item.category) for item in found.lapses] == [(True, "some-concerns-high-accountability")]
    waiting = hinge_of(make_case(core_at(0, 3, i20=2), **determined(approved=False)))
    assert [(item.counts, item.category) for item in waiting.lapses] == [(False, "policy-or-pattern")]


def test_the_card_says_it_in_one_sentence_and_names_what_lifts_each_limit() -> None:
    found = card(make_case(core_at(0, 3, i20=3, i03=0)))
    assert found.sentence == (
        "The category hangs on one answer: with Bribery, influence and abuse of functions (I20) at 1 or 2 instead of 3 "
        "it would be “Some concerns of official complicity, with substantial accountability”."
    )
    assert [(item.scale, item.lifted_by) for item in found.caps] == [
        ("accountability", "Officials convicted and sentenced (I03) at 1 or higher, or concern below 3."),
    ]
    thin = card(make_case(by_code({"I20": 4})))
    assert thin.caps[0].lifted_by == "19 more core answers, rated or not applicable."
    assert thin.sentence == (
        "The category stays “Insufficient information” until 20 of 25 core answers are given, rated or not applicable; "
        "1 is now, and no change of one or two turns it."
    )
    gate = card(make_case(core_at(0, 3, i20=2), **determined()))
    assert gate.sentence == "A determination sets the finding: no answer changes its category."
    (lapse,) = gate.lapses
    assert lapse.startswith("Without the approved determination on forced labor in government-affiliated sectors")


def test_several_determinations_are_named_one_by_one_and_together() -> None:
    first, second = determined(), determined("pof-trafficking")
    both = {name: (*first[name], *second[name]) for name in ("determinations", "elements")}
    found = card(make_case(core_at(0, 3, i20=2), **{**first, **both}))
    assert [line.split(" the category ")[1] for line in found.lapses] == [
        "would still be “Policy or pattern”.",
        "would still be “Policy or pattern”.",
        "would be “Some concerns of official complicity, with substantial accountability”.",
    ]
    assert found.lapses[-1].startswith("With none of the 2 approved determinations")


def test_the_sentence_names_the_answer_with_least_behind_it() -> None:
    answers = core_at(0, 3, i20=1)
    found = card(make_case(answers))
    weakest = found.single[0].moves[0].name
    turning = {line.moves[0].key for line in found.single}
    assert found.sentence == (
        f"The category hangs on single answers: any of {len(turning)} answers, changed alone, turns it; "
        f"the one with least behind it is {weakest}."
    )
    both = card(make_case(core_at(0, 3, i20=3, i21=3)))
    assert both.sentence == f"No single answer changes the category; {both.pair_count} pairs of changes do."


def test_every_turn_is_on_a_line_of_the_card_and_in_its_file() -> None:
    case = make_case(core_at(1, 2, i20=3, i13=3))
    hinge = hinge_of(case)
    told = set()
    for line in lines(case, (*hinge.single, *hinge.pairs)):
        keys = [move.key for move in line.moves]
        for chosen in product(*(move.to for move in line.moves)):
            told.add(Turn(changes=tuple(zip(keys, chosen, strict=True)), category=line.category))
    assert told == {*hinge.single, *hinge.pairs}
    assert len(list(named_turns(case))) == len(told)
