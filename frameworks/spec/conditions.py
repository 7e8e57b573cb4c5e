"""The condition tree that decides when a recommendation or a sentence applies.

Written in framework files as one of `all`, `any`, `not`, `compare` and `count`; the key decides the kind, so a typo
gives one error. Evaluation is three-valued: a name without a value makes a comparison undecided, `not` keeps it
undecided, and an undecided condition never holds. Every comparison made is in the trace.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar, assert_never

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from frameworks.spec.base import Slug, SpecModel, suggestion

Value = int | bool | str | None
"""What a derived name can stand for; None means that nothing is known under this name."""

Literal = StrictBool | StrictInt | StrictStr


class Operator(StrEnum):
    """How an actual value is compared with the one written in the framework."""

    EQUAL = "=="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="

    @property
    def needs_order(self) -> bool:
        """Tell whether the operator asks for numbers."""
        return self not in (Operator.EQUAL, Operator.NOT_EQUAL)

    @property
    def in_words(self) -> str:
        """Say the operator as a trace shows it to a reader."""
        return _OPERATOR_WORDS[self]


_OPERATOR_WORDS = {
    Operator.EQUAL: "is",
    Operator.NOT_EQUAL: "is not",
    Operator.LESS: "is below",
    Operator.AT_MOST: "is at most",
    Operator.GREATER: "is above",
    Operator.AT_LEAST: "is at least",
}
_OPERATIONS: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUAL: lambda a, b: a == b,
    Operator.NOT_EQUAL: lambda a, b: a != b,
    Operator.LESS: lambda a, b: a < b,
    Operator.AT_MOST: lambda a, b: a <= b,
    Operator.GREATER: lambda a, b: a > b,
    Operator.AT_LEAST: lambda a, b: a >= b,
}


_P = TypeVar("_P")


def _not_empty(parts: tuple[_P, ...]) -> tuple[_P, ...]:
    # Not Field(min_length): pydantic counts only the parts it could read, and one typo would give two errors.
    if not parts:
        raise PydanticCustomError("empty_list", "the list must not be empty")
    return parts


def _known_operator(value: object) -> object:
    if isinstance(value, str) and value not in set(Operator):
        known = ", ".join(Operator)
        raise PydanticCustomError(
            "unknown_operator", "unknown operator {op}; known are {known}", {"op": value, "known": known}
        )
    return value


AnyOperator = Annotated[Operator, BeforeValidator(_known_operator)]


class Comparand(SpecModel):
    """One derived name compared with one value, for example `level.officials-prosecuted <= 2`."""

    name: StrictStr
    op: AnyOperator
    value: Literal


class Selector(SpecModel):
    """All level names of the indicators of one or more groups, resolved when the framework is compiled."""

    groups: Annotated[tuple[Slug, ...], AfterValidator(_not_empty)]

    @model_validator(mode="before")
    @classmethod
    def _accept_one_group(cls, data: object) -> object:
        if isinstance(data, Mapping) and set(data) == {"group"}:
            return {"groups": [data["group"]]}
        return data


def _kind_of_members(value: object) -> str:
    return "selector" if isinstance(value, (Mapping, Selector)) else "names"


Members = Annotated[
    Annotated[tuple[StrictStr, ...], AfterValidator(_not_empty), Tag("names")] | Annotated[Selector, Tag("selector")],
    Discriminator(_kind_of_members),
]


class Counted(SpecModel):
    """How many of the names meet the comparison; holds from `at_least` on (1 unless said otherwise)."""

    of: Members
    op: AnyOperator
    value: Literal
    at_least: StrictInt = Field(default=1, ge=1)


class Compare(SpecModel):
    """Holds when the comparison does."""

    compare: Comparand


class Count(SpecModel):
    """Holds when enough of the named values meet the comparison."""

    count: Counted


class All(SpecModel):
    """Holds when every part holds."""

    all: Annotated[tuple["Condition", ...], AfterValidator(_not_empty)]


class AnyOf(SpecModel):
    """Holds when at least one part holds."""

    any: Annotated[tuple["Condition", ...], AfterValidator(_not_empty)]


class Not(SpecModel):
    """Holds when the part is known not to hold."""

    not_: "Condition" = Field(alias="not")

    model_config = {**SpecModel.model_config, "validate_by_name": True, "serialize_by_alias": True}


_KINDS: dict[str, type[SpecModel]] = {"all": All, "any": AnyOf, "not": Not, "compare": Compare, "count": Count}


def _one_known_key(value: object) -> object:
    if isinstance(value, tuple(_KINDS.values())):
        return value
    if not isinstance(value, Mapping) or len(value) != 1:
        raise PydanticCustomError("condition_shape", "a condition has exactly one of all, any, not, compare, count")
    key = str(next(iter(value)))
    if key not in _KINDS:
        hint = suggestion(key, _KINDS)
        raise PydanticCustomError("unknown_condition", 'unknown condition "{key}"{hint}', {"key": key, "hint": hint})
    return value


def _kind_of_condition(value: object) -> str | None:
    if isinstance(value, Mapping):
        return str(next(iter(value)))
    return next((key for key, kind in _KINDS.items() if isinstance(value, kind)), None)


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Compare, Tag("compare")]
    | Annotated[Count, Tag("count")],
    Discriminator(_kind_of_condition),
    BeforeValidator(_one_known_key),
]
"""A node of the tree."""

for _kind in (All, AnyOf, Not):
    _kind.model_rebuild()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison as it came out; `met` is None when the name had no value."""

    name: str
    op: Operator
    expected: int | bool | str
    actual: Value
    met: bool | None

    def __str__(self) -> str:
        """Say the comparison in words, for the page that explains a recommendation."""
        actual = "nothing is recorded" if self.actual is None else f"it is {self.actual}"
        return f"{self.name} {self.op.in_words} {self.expected}: {actual}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds and why; `undecided` says that missing values alone kept it from being decided."""

    holds: bool
    trace: tuple[Comparison, ...]
    undecided: bool = False

    @property
    def reasons(self) -> tuple[Comparison, ...]:
        """The comparisons that were met."""
        return tuple(comparison for comparison in self.trace if comparison.met)


class UnresolvedSelector(ValueError):
    """A condition still names a group instead of its indicators; compile the framework first."""


def evaluate(condition: "Condition", names: Mapping[str, Value]) -> Verdict:
    """Evaluate a condition over the derived names. A name that is missing or None never makes it hold.

    Nothing is cut short: the trace has every comparison of the tree in reading order.
    Raises UnresolvedSelector for a group selector that was not resolved.
    """
    trace: list[Comparison] = []
    outcome = _outcome(condition, names, trace)
    return Verdict(holds=outcome is True, trace=tuple(trace), undecided=outcome is None)


def _outcome(condition: "Condition", names: Mapping[str, Value], trace: list[Comparison]) -> bool | None:
    match condition:
        case Compare(compare=part):
            return _compare(part.name, part.op, part.value, names, trace)
        case Count(count=part):
            return _count(part, names, trace)
        case Not(not_=inner):
            outcome = _outcome(inner, names, trace)
            return None if outcome is None else not outcome
        case All(all=parts):
            outcomes = [_outcome(part, names, trace) for part in parts]
            return False if False in outcomes else None if None in outcomes else True
        case AnyOf(any=parts):
            outcomes = [_outcome(part, names, trace) for part in parts]
            return True if True in outcomes else None if None in outcomes else False
        case _:
            assert_never(condition)


def _compare(
    name: str, op: Operator, expected: int | bool | str, names: Mapping[str, Value], trace: list[Comparison]
) -> bool | None:
    actual = names.get(name)
    met = None if actual is None else _OPERATIONS[op](actual, expected)
    trace.append(Comparison(name, op, expected, actual, met))
    return met


def _count(part: Counted, names: Mapping[str, Value], trace: list[Comparison]) -> bool | None:
    if isinstance(part.of, Selector):
        raise UnresolvedSelector(f"The groups {', '.join(part.of.groups)} were not resolved to indicators.")
    outcomes = [_compare(name, part.op, part.value, names, trace) for name in part.of]
    met, open_ = outcomes.count(True), outcomes.count(None)
    if met >= part.at_least:
        return True
    return None if met + open_ >= part.at_least or open_ == len(outcomes) else False


def resolve(condition: "Condition", groups: Mapping[str, tuple[str, ...]]) -> "Condition":
    """Return the condition with every group selector replaced by the level names of that group's indicators.

    `groups` maps a group's slug to its indicator slugs. Raises KeyError for an unknown group.
    """
    match condition:
        case Compare():
            return condition
        case Count(count=part):
            if not isinstance(part.of, Selector):
                return condition
            names = tuple(f"level.{slug}" for group in part.of.groups for slug in groups[group])
            return Count(count=part.model_copy(update={"of": names}))
        case Not(not_=inner):
            return Not(not_=resolve(inner, groups))
        case All(all=parts):
            return All(all=tuple(resolve(inner, groups) for inner in parts))
        case AnyOf(any=parts):
            return AnyOf(any=tuple(resolve(inner, groups) for inner in parts))
        case _:
            assert_never(condition)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A place in a condition where names are compared, with the path of keys that leads to it."""

    path: tuple[str | int, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    op: Operator
    value: int | bool | str

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names compared here."""
        return iter(self.names)


def leaves(condition: "Condition", path: tuple[str | int, ...] = ()) -> Iterator[Leaf]:
    """Yield every comparison and count of a condition with its place, in reading order."""
    match condition:
        case Compare(compare=part):
            yield Leaf((*path, "compare"), (part.name,), (), part.op, part.value)
        case Count(count=part):
            of = part.of
            names, groups = ((), of.groups) if isinstance(of, Selector) else (of, ())
            yield Leaf((*path, "count"), names, groups, part.op, part.value)
        case Not(not_=inner):
            yield from leaves(inner, (*path, "not"))
        case All(all=parts) | AnyOf(any=parts):
            key = "all" if isinstance(condition, All) else "any"
            for position, inner in enumerate(parts):
                yield from leaves(inner, (*path, key, position))
        case _:
            assert_never(condition)
