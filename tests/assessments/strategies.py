"""Hypothesis strategies for records, built from the types of their fields and the limits written on them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import annotated_types
from hypothesis import strategies as st
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from assessments.core import sheets, types
from assessments.core.interchange.checking import FACTS
from assessments.core.ordering import SHEETS
from assessments.core.values import (
    GROUP_KINDS,
    NUMBERED,
    STATISTIC_KINDS,
    Count,
    CountKind,
    GroupCount,
    PartialDate,
    RatingState,
    StatisticCount,
    Unit,
)

_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"))
_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True),
    r"^([a-z0-9]+(-[a-z0-9]+)*)?$": st.from_regex(r"([a-z0-9]{1,8}(-[a-z0-9]{1,8})?)?", fullmatch=True),
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fullmatch=True),
    r"^[A-Z]{3}$": st.from_regex(r"[A-Z]{3}", fullmatch=True),
    r"^(years|months|days)$": st.sampled_from(["years", "months", "days"]),
}
_DATES = st.one_of(
    st.integers(1900, 2200).map(str),
    st.tuples(st.integers(1900, 2200), st.integers(1, 12)).map(lambda date: f"{date[0]}-{date[1]:02}"),
    st.dates().filter(lambda date: 1900 <= date.year <= 2200).map(str),
)


def texts(limit: int) -> st.SearchStrategy[str]:
    """Texts in NFC of at most so many characters, from all of Unicode that can be recorded."""
    drawn = st.text(_CHARACTERS, max_size=min(limit, 12)).map(lambda text: unicodedata.normalize("NFC", text))
    return drawn.filter(lambda text: len(text) <= limit)


def counts(kinds: Iterable[CountKind] = CountKind) -> st.SearchStrategy[Count]:
    """Counts of these kinds."""
    return st.sampled_from(list(kinds)).flatmap(
        lambda kind: st.builds(
            Count, kind=st.just(kind), value=st.integers(1, 2_000_000_000) if kind in NUMBERED else st.none()
        )
    )


@cache
def records(kind: Any) -> st.SearchStrategy[Any]:
    """Records of one type; every field takes its default as often as another value."""
    if kind is Count:
        return counts()
    hints = get_type_hints(kind, include_extras=True)
    drawn = {field.name: values(hints[field.name]) for field in fields(kind) if kind is not types.Rating}
    if kind is types.Rating:
        return _ratings(hints)
    if kind is sheets.Sanction:
        terms = st.tuples(st.integers(0, 12000), st.integers(0, 12000)).map(sorted)
        return st.tuples(st.builds(kind, **drawn | {"minimum": st.none(), "maximum": st.none()}), terms).map(
            lambda pair: replace(pair[0], minimum=pair[1][0], maximum=pair[1][1])
        )
    if kind in {sheets.Statistic, sheets.Statement}:
        return st.fixed_dictionaries(drawn).map(lambda given: kind(**_legal(given)))
    return st.builds(kind, **drawn)


def _legal(given: dict[str, Any]) -> dict[str, Any]:
    """Keep rates and shares within 100 percent, and years in their order."""
    for name, is_rate in (("count", given.get("unit") is Unit.PERCENT), ("scale", given.get("is_share"))):
        count = given.get(name)
        if is_rate and count is not None and count.value is not None:
            given[name] = replace(count, value=count.value % 100 + 1)
    years = (given.get("cohort_from"), given.get("cohort_to"))
    if all(years):
        given["cohort_from"], given["cohort_to"] = sorted(years)
    return given


def _ratings(hints: dict[str, Any]) -> st.SearchStrategy[types.Rating]:
    drawn = {name: values(hint) for name, hint in hints.items() if name not in {"state", "level"}}
    return st.sampled_from(RatingState).flatmap(
        lambda state: st.builds(
            types.Rating,
            state=st.just(state),
            level=st.integers(0, 5) if state is RatingState.RATED else st.none(),
            **drawn,
        )
    )


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of one field."""
    if hint == PartialDate:
        return _DATES
    if hint == StatisticCount:
        return counts(STATISTIC_KINDS)
    if hint == GroupCount:
        return counts(GROUP_KINDS)
    origin = get_origin(hint)
    if origin is Annotated:
        return _limited(*get_args(hint))
    if origin in {Union, UnionType}:
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return st.none() | values(inner)
    if origin is Literal:
        return st.sampled_from(get_args(hint))
    if origin is tuple:
        members = values(get_args(hint)[0])
        if get_args(hint)[0] == sheets.Phrase:
            members = members.filter(bool)  # an empty name or phrase says nothing
        return st.lists(members, max_size=2, unique_by=repr).map(tuple)
    if hint is bool:
        return st.booleans()
    if hint is str:
        return texts(80)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    assert is_dataclass(hint), hint
    return records(hint)


def _limited(base: Any, *notes: Any) -> st.SearchStrategy[Any]:
    limits = [limit for note in notes if isinstance(note, FieldInfo) for limit in note.metadata]
    pattern = next((limit.pattern for limit in limits if hasattr(limit, "pattern")), None)
    if pattern in _PATTERNS:
        return _PATTERNS[pattern]
    low = next((limit.ge for limit in limits if isinstance(limit, annotated_types.Ge)), 0)
    high = next((limit.le for limit in limits if isinstance(limit, annotated_types.Le)), 0)
    if base is int:
        return st.integers(low, high)
    if base is float:
        return st.floats(low, high, allow_subnormal=False)
    assert base is str, (base, [note for note in notes if isinstance(note, AfterValidator)])
    return texts(next(limit.max_length for limit in limits if isinstance(limit, annotated_types.MaxLen)))


@st.composite
def whole_records(draw: st.DrawFn, indicators: tuple[str, ...] = (), parts: tuple[str, ...] = ("",)) -> Any:
    """Records of whole assessments whose ids are single and whose references all lead somewhere.

    `indicators` and `parts` limit what is rated to what a framework has.
    """
    lists = {
        name: draw(st.lists(records(_entry(name)), max_size=2))
        for name in (*SHEETS, "ratings", "endorsements", "history", "sentences")
    }
    ids = {name: [f"{name}-{number}" for number in range(len(lists[name]))] for name in SHEETS}
    if not ids["sources"]:
        lists["evidence"], ids["evidence"] = [], []
    for name in SHEETS:
        lists[name] = [
            _settle(draw, replace(item, id=ref), ids, indicators)
            for item, ref in zip(lists[name], ids[name], strict=True)
        ]
    lists["determinations"] = _single(lists["determinations"], lambda item: (item.factor, item.sector))
    ids["determinations"] = [item.id for item in lists["determinations"]]
    for name in ("ratings", "endorsements", "sentences"):
        lists[name] = [_settle(draw, item, ids, indicators) for item in lists[name]]
    if indicators:
        place = st.tuples(st.sampled_from(indicators), st.sampled_from(parts))
        for name in ("ratings", "endorsements"):
            pairs = [draw(place) for _ in lists[name]]
            lists[name] = [
                replace(item, indicator=pair[0], part=pair[1]) for item, pair in zip(lists[name], pairs, strict=True)
            ]
    lists["ratings"] = _single(lists["ratings"], lambda item: item.key)
    lists["history"] = _single(
        [
            replace(
                item,
                sentences=tuple(text for text in item.sentences if text),
                recommendations=tuple(name for name in item.recommendations if name),
            )
            for item in lists["history"]
        ],
        lambda item: item.report_year,
    )
    lists["endorsements"] = _single(
        [replace(item, endorsed_by=item.endorsed_by or "Somebody") for item in lists["endorsements"]],
        lambda item: (item.indicator, item.part, item.level, item.endorsed_by),
    )
    lists["sentences"] = _single(
        [
            replace(item, text=item.text or "A sentence.") if item.family is None else item
            for item in lists["sentences"]
        ],
        lambda item: item if item.family is None else (item.section, item.family, item.subjects),
    )
    whole = draw(_heads())
    decision = replace(whole.decision, trends=tuple(_settle(draw, trend, ids, ()) for trend in whole.decision.trends))
    return replace(whole, decision=decision, **{name: tuple(items) for name, items in lists.items()})


def _heads() -> st.SearchStrategy[types.AssessmentRecord]:
    hints = get_type_hints(types.AssessmentRecord, include_extras=True)
    single = {name: values(hint) for name, hint in hints.items() if get_origin(hint) is not tuple}
    return st.builds(types.AssessmentRecord, **single)


def _entry(name: str) -> Any:
    hint = get_type_hints(types.AssessmentRecord, include_extras=True)[name]
    return get_args(hint)[0]


def _single(items: list[Any], key: Any) -> list[Any]:
    return list({key(item): item for item in items}.values())


_TARGETS = {"source": "sources", "counted_in": "statistics", "case": "cases", "explains": "statistics"}


def _settle(draw: st.DrawFn, item: Any, ids: dict[str, list[str]], indicators: tuple[str, ...]) -> Any:
    """Let every reference in a record, at any depth, lead to an entry that is there."""
    changes: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name == "evidence":
            changes["evidence"] = _some(draw, ids["evidence"])
        elif field.name == "elements" and isinstance(item, types.Determination):
            changes["elements"] = _some(draw, ids["elements"])
        elif field.name == "subjects":
            changes["subjects"] = _some(draw, [ref for name in sorted(FACTS) for ref in ids[name]])
        elif field.name in _TARGETS and value is not None:
            known = ids[_TARGETS[field.name]]
            changes[field.name] = draw(st.sampled_from(known)) if known else None
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            changes[field.name] = tuple(_settle(draw, member, ids, indicators) for member in value)
    return replace(item, **changes)


def _some(draw: st.DrawFn, known: list[str]) -> tuple[str, ...]:
    return tuple(draw(st.lists(st.sampled_from(known), unique=True, max_size=2))) if known else ()
