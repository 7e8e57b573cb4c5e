"""The condition tree: three-valued, nothing cut short, nothing triggered by what is not known."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from frameworks.spec.conditions import (
    All,
    AnyOf,
    Comparand,
    Compare,
    Comparison,
    Condition,
    Count,
    Counted,
    Not,
    Operator,
    UnresolvedSelector,
    Verdict,
    evaluate,
    leaves,
    resolve,
)

CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
NAMES = ("a", "b", "c", "d")

operators = st.sampled_from(list(Operator))
numbers = st.integers(0, 5)
compares = st.builds(
    lambda name, op, value: Compare(compare=Comparand(name=name, op=op, value=value)),
    st.sampled_from(NAMES),
    operators,
    numbers,
)
counts = st.builds(
    lambda of, op, value, at_least: Count(count=Counted(of=tuple(of), op=op, value=value, at_least=at_least)),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True),
    operators,
    numbers,
    st.integers(1, 4),
)
conditions = st.recursive(
    compares | counts,
    lambda inner: (
        st.builds(lambda parts: All(all=tuple(parts)), st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda parts: AnyOf(any=tuple(parts)), st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda part: Not(not_=part), inner)
    ),
    max_leaves=10,
)
values = st.dictionaries(st.sampled_from(NAMES), st.none() | numbers)


@given(conditions, values)
def test_evaluation_is_deterministic(condition: Any, names: dict[str, int | None]) -> None:
    assert evaluate(condition, names) == evaluate(condition, dict(reversed(names.items())))


@given(conditions, values)
def test_the_trace_has_every_comparison_in_reading_order(condition: Any, names: dict[str, int | None]) -> None:
    expected = [(name, leaf.op, leaf.value, names.get(name)) for leaf in leaves(condition) for name in leaf]
    trace = evaluate(condition, names).trace
    assert [(part.name, part.op, part.expected, part.actual) for part in trace] == expected


@given(conditions, values)
def test_not_not_is_the_condition_itself(condition: Any, names: dict[str, int | None]) -> None:
    assert evaluate(Not(not_=Not(not_=condition)), names) == evaluate(condition, names)


@given(conditions)
def test_nothing_known_triggers_nothing(condition: Any) -> None:
    verdict = evaluate(condition, {})
    assert (verdict.holds, verdict.undecided) == (False, True)


@given(conditions, values)
def test_learning_more_never_turns_a_decision_around(condition: Any, names: dict[str, int | None]) -> None:
    before = evaluate(condition, names)
    after = evaluate(condition, {name: names.get(name) if names.get(name) is not None else 3 for name in NAMES})
    assert before.undecided or before.holds == after.holds


@given(conditions)
def test_a_condition_comes_back_from_its_document(condition: Any) -> None:
    assert CONDITION.validate_python(CONDITION.dump_python(condition, mode="json")) == condition


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"a": 3, "b": 1}, Verdict(holds=True, trace=())),
        ({"a": 3}, Verdict(holds=False, trace=(), undecided=True)),
        ({"a": 1}, Verdict(holds=False, trace=())),
    ],
)
def test_all_is_undecided_only_while_it_can_still_hold(names: dict[str, int], expected: Verdict) -> None:
    condition = CONDITION.validate_python(
        {
            "all": [
                {"compare": {"name": "a", "op": ">=", "value": 2}},
                {"compare": {"name": "b", "op": "<=", "value": 2}},
            ]
        }
    )
    verdict = evaluate(condition, names)
    assert (verdict.holds, verdict.undecided) == (expected.holds, expected.undecided)


def test_a_comparison_says_itself_in_words() -> None:
    known = Comparison("level.tip-offs-to-traffickers", Operator.AT_LEAST, 2, 3, met=True)
    unknown = Comparison("concern_level", Operator.AT_LEAST, 1, None, met=None)
    assert str(known) == "level.tip-offs-to-traffickers is at least 2: it is 3"
    assert str(unknown) == "concern_level is at least 1: nothing is recorded"


def test_a_group_is_resolved_to_its_indicators() -> None:
    condition = CONDITION.validate_python({"count": {"of": {"group": "g"}, "op": ">=", "value": 2}})
    with pytest.raises(UnresolvedSelector, match="The groups g were not resolved"):
        evaluate(condition, {})
    resolved = resolve(condition, {"g": ("x", "y")})
    assert [part.name for part in evaluate(resolved, {}).trace] == ["level.x", "level.y"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"any": [{"al": []}]}, 'unknown condition "al"; did you mean "all"?'),
        ({"any": []}, "the list must not be empty"),
        ({"compare": {"name": "a", "op": "=>", "value": 1}}, "unknown operator =>; known are ==, !=, <, <=, >, >="),
        ({"all": [], "any": []}, "a condition has exactly one of all, any, not, compare, count"),
        ({"not": {"compare": {"name": "a", "op": ">=", "value": [1]}}}, None),
        ("a >= 1", "a condition has exactly one of all, any, not, compare, count"),
        ({"count": {"of": ["a"], "op": ">=", "value": 1, "at_least": 0}}, "Input should be greater than or equal to 1"),
    ],
)
def test_one_error_for_one_slip(written: object, message: str | None) -> None:
    with pytest.raises(ValidationError) as caught:
        CONDITION.validate_python(written)
    messages = [error["msg"] for error in caught.value.errors()]
    assert messages == [message] if message else len(messages) >= 1
