"""Changing any fact of the demo files changes the sentence that rests on it, unless a rule keeps the field silent."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from assessments.core import engine
from assessments.core.sheets import (
    Conduct,
    Measure,
    OfficialCase,
    OfficialGroup,
    PolicyElement,
    Statement,
    Statistic,
)
from assessments.core.types import AssessmentRecord, Sentence
from assessments.core.values import NUMBERED, Choice, Count, CountKind
from tests.core.claims import NAMES, case_of, drafted, record_of

SHEETS = ("statistics", "cases", "allegations", "elements", "measures", "statements")
BEHIND = frozenset({"id", "evidence", "note", "recruiter", "docket"})
"""Identity, evidence (the basis names it), internal notes and protected fields are no words of a sentence."""

SILENT: Mapping[tuple[type, str], str] = {
    (OfficialGroup, "category"): "framework.md C.0 F1: for indicators and recommendations; the role carries the text",
    (OfficialGroup, "rank"): "narrative-style.md 3 NP-30: orders sentences and chooses the pattern, is no word",
    (Conduct, "mode"): "seed-map.md 3: for indicators; said only where neither words nor acts are on record",
    (Conduct, "form"): "seed-map.md 3: the legal form, for indicators",
    (Conduct, "acts"): "narrative-style.md 2: closer words of the record go before those of the vocabulary",
    (Conduct, "countries"): "seed-map.md 2: the cross-border flag sets off R6; places are words of their own",
    (Conduct, "link"): "framework.md E, scope: unclear asks for an answer in the working view and changes no word",
    (Conduct, "sectors"): "narrative-style.md 2: the closer word of the sector goes before the vocabulary's",
    (Conduct, "sector_text"): "claim-types.md C9: left out where the conduct's own words name it",
    (Conduct, "leverage"): "narrative-style.md 3 NP-43: left out where the conduct's own words name the exchange",
    (Conduct, "victim_group"): "claim-types.md C8: left out where the conduct's own words name the group",
    (OfficialCase, "counted_in"): "claim-types.md N7: says whose figure counts the case",
    (Statistic, "streak_event"): "claim-types.md N6: the figure's own stage names the event",
    (PolicyElement, "factor"): "framework.md B.2: the noun of a determination; the conduct carries the text",
    (PolicyElement, "sector"): "framework.md C I12: the part of the indicator; the conduct carries the text",
    (PolicyElement, "groups"): "claim-types.md P1: left out where the conduct names them",
    (Measure, "indicator"): "framework.md C: which indicator a measure bears on; it decides the section",
    (Measure, "is_effort"): "claim-types.md X1: orders efforts before shortfalls",
    (Measure, "kind"): "framework.md C.0 F4: closer words of the record go before those of the kind",
    (Statement, "about_officials"): "narrative-style.md 1: orders statements",
    (Statement, "modality"): "narrative-style.md 7: the verb of an attribution; none where the office states it itself",
    (Statement, "unattributed"): "narrative-style.md 7: what the Department itself reported stands unattributed anyway",
    (Statement, "objects"): "claim-types.md Q2: words of their own go before topic and objects",
}
"""Fields that may stay silent, each by a rule. Elsewhere a change has to be heard."""


_LAST = "claim-types.md C4: how a case stood is said once, at its last step"
_PLURAL = "claim-types.md C1: the plural on record is said, since there are several"
_DATED = "claim-types.md C4: the date of the step or of the opening says that it was earlier"
KEPT: Mapping[tuple[str, str, str], str] = {
    ("2017-moldova", "C3", "proceedings.0.status"): _LAST,
    ("2017-moldova", "C3", "proceedings.1.status"): _LAST,
    ("2017-moldova", "C6", "proceedings.0.status"): _LAST,
    ("2017-moldova", "C6", "relation"): _DATED,
    ("2017-moldova", "C7", "relation"): _DATED,
    ("2017-moldova", "C8", "relation"): _DATED,
    (
        "2017-moldova",
        "C7",
        "proceedings.1.statute",
    ): "claim-types.md C6: the offense goes before the law's name",
    (
        "2017-moldova",
        "F2",
        "stage",
    ): "claim-types.md N3: an investigation that is counted, and finished, is named by its unit",
    ("2024-cambodia", "T2", "kind"): "narrative-style.md 1: in the profile every kind of statement stands as a clause",
    ("2019-nigeria", "F2", "previous"): "narrative-style.md 3 NP-16: the streak tells the years before",
    ("2019-nigeria", "A2", "officials.0.role"): _PLURAL,
    ("2019-nigeria", "A2", "officials.1.role"): _PLURAL,
    ("2019-nigeria", "A3", "officials.0.role"): _PLURAL,
    ("2020-haiti", "A1", "officials.0.role"): _PLURAL,
    ("2020-india", "C3", "officials.0.role"): _PLURAL,
    ("2021-drc", "P2", "force"): "framework.md C I14: the organ on record is the subject",
    ("2021-lesotho", "F1", "previous"): "claim-types.md N5: the note tells the period before",
    ("2021-philippines", "A1", "officials.0.role"): _PLURAL,
    ("2021-philippines", "A1", "officials.3.role"): _PLURAL,
    ("2022-guatemala", "T1", "grade"): "narrative-style.md 7: a graver word needs the level that carries it",
    ("2024-cambodia", "F1", "stage"): "narrative-style.md 8: what is unknown is not said",
    ("2024-cambodia", "T2", "section"): "narrative-style.md 1: a long-standing situation is told in the profile",
}
"""Single values that stay silent, each by a rule, where the field as such is heard."""


@dataclass(frozen=True)
class Place:
    """One value in a fact: the fact's id, the way to it, the type that declares it, and the value."""

    fact: str
    path: tuple[str | int, ...]
    owner: type
    name: str
    value: object


def places(record: AssessmentRecord) -> Iterator[tuple[str, Place]]:
    """Yield every value of every fact that is not its field's default."""
    for sheet in SHEETS:
        for item in getattr(record, sheet):
            yield from ((sheet, place) for place in _inside(item, item.id, ()))


def _inside(value: Any, fact: str, path: tuple[str | int, ...]) -> Iterator[Place]:
    for field in fields(value):
        found = getattr(value, field.name)
        default = None if field.default is MISSING else field.default
        if field.name in BEHIND or found == default or found is None:
            continue
        way = (*path, field.name)
        if isinstance(found, tuple) and found and is_dataclass(found[0]):
            for position, one in enumerate(found):
                yield from _inside(one, fact, (*way, position))
        else:
            yield Place(fact=fact, path=way, owner=type(value), name=field.name, value=found)


def others(value: object) -> Iterator[object]:
    """Yield other legal values of the same kind."""
    match value:
        case bool():
            yield not value
        case Count():
            yield from _counts(value)
        case Choice():
            yield from (one for one in type(value) if one is not value)
        case Enum():
            yield from (one for one in type(value) if one is not value)
        case int():
            yield value + 3
            yield value - 1
        case float():
            yield value * 2
        case str() if value[:4].isdigit():
            yield f"{int(value[:4]) - 2}{value[4:]}"
        case str():
            yield f"{value} of another kind"
            yield "another-kind"
        case tuple():
            yield ()
            yield (*value, "another kind")


def _counts(count: Count) -> Iterator[Count]:
    if count.kind in NUMBERED and count.value:
        yield Count(kind=count.kind, value=count.value + 3)
    yield Count(kind=CountKind.EXACT, value=23)
    yield Count(kind=CountKind.UNKNOWN)


def changed(record: AssessmentRecord, sheet: str, place: Place, value: object) -> AssessmentRecord | None:
    """Return the record with one value changed; None where the whole would not be legal."""
    items = getattr(record, sheet)
    try:
        new = tuple(_put(item, place.path, value) if item.id == place.fact else item for item in items)
        return replace(record, **{sheet: new})
    except ValueError:
        return None


def _put(item: Any, path: tuple[str | int, ...], value: object) -> Any:
    head, *rest = path
    if isinstance(head, int):
        return (*item[:head], _put(item[head], tuple(rest), value), *item[head + 1 :])
    inner = _put(getattr(item, head), tuple(rest), value) if rest else value
    return replace(item, **{head: inner})


def told(sentences: tuple[Sentence, ...], fact: str) -> list[tuple[str, str]]:
    return [(item.key.section.value, item.text) for item in sentences if fact in item.basis.facts]


def is_heard(name: str, sheet: str, place: Place) -> bool:
    """Say whether some other value changes or removes a sentence that rests on the fact."""
    record, before = record_of(name), told(drafted(name), place.fact)
    for value in others(place.value):
        other = changed(record, sheet, place, value)
        if other and told(engine.run(case_of(name, other)).draft.sentences, place.fact) != before:
            return True
    return False


def rule_of(name: str, place: Place) -> str:
    """Return the rule that lets a value stay silent; empty where there is none."""
    way = ".".join(map(str, place.path))
    if (name, place.fact, way) in KEPT:
        return KEPT[name, place.fact, way]
    owners = [owner for owner in place.owner.__mro__ if (owner, place.name) in SILENT]
    return SILENT[owners[0], place.name] if owners else ""


@pytest.mark.parametrize("name", NAMES)
def test_changing_any_fact_changes_its_sentence(name: str) -> None:
    unheard = [
        f"{place.fact} {'.'.join(map(str, place.path))} = {place.value!r}"
        for sheet, place in places(record_of(name))
        if not rule_of(name, place) and not is_heard(name, sheet, place)
    ]
    assert unheard == []


@pytest.mark.parametrize("name", NAMES)
def test_a_fact_that_is_withdrawn_takes_its_words_with_it(name: str) -> None:
    record = record_of(name)
    for sheet in SHEETS:
        for item in getattr(record, sheet):
            rest = tuple(one for one in getattr(record, sheet) if one.id != item.id)
            left = engine.run(case_of(name, replace(record, **{sheet: rest}))).draft.sentences
            assert [one.text for one in left if item.id in one.key.subjects] == []
            assert told(drafted(name), item.id) or item.count.kind is CountKind.UNKNOWN, item.id


def test_each_rule_names_its_source_and_is_needed() -> None:
    assert [rule for rule in (*SILENT.values(), *KEPT.values()) if ".md" not in rule.split(":")[0]] == []
    found = [(name, place) for name in NAMES for _, place in places(record_of(name))]
    owners = {(owner, place.name) for _, place in found for owner in place.owner.__mro__}
    assert set(SILENT) - owners == set()
    assert set(KEPT) - {(name, place.fact, ".".join(map(str, place.path))) for name, place in found} == set()
