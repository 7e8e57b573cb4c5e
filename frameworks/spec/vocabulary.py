"""The derived names that conditions may use: published here, supplied by the core, checked when a framework is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from frameworks.spec.base import suggestion
from frameworks.spec.conditions import Condition, Leaf, leaves
from frameworks.spec.measurement import FrameworkSpec

STAGES = (
    "arrest",
    "investigation",
    "indictment",
    "charge",
    "trial",
    "conviction",
    "sentence",
    "acquittal",
    "administrative",
)
"""Stages a statistic on officials (F1a) can count; prosecutions are kept under trial."""

COUNT_KINDS = (
    "exact",
    "at-least",
    "about",
    "reported-zero",
    "took-place",
    "not-reported",
    "unknown",
    "not-applicable",
)
"""What a statistic states: three numbers, an explicit zero, action without number, silence, no knowledge, no case."""

DETERMINATION_KINDS = ("policy", "pattern", "policy-or-pattern")
TRENDS = ("rose", "steady", "fell", "mixed", "not-stated")
TIERS = ("1", "2", "2WL", "3", "SC")


class NameKind(StrEnum):
    """What a derived name stands for."""

    NUMBER = "number"
    YES_NO = "yes or no"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class DerivedName:
    """One name, what it stands for, and for texts the values it can take."""

    name: str
    kind: NameKind
    meaning: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a condition, with the path of keys from the condition's root."""

    path: tuple[str | int, ...]
    message: str


def derived_names(spec: FrameworkSpec) -> dict[str, DerivedName]:
    """Return every derived name of a framework. The core supplies all of them; None means not known."""
    names = (
        *_fixed_names(),
        *_indicator_names(spec),
        *_statistic_names(),
        *(
            DerivedName(f"act.{term.slug}", NameKind.NUMBER, f"cases and allegations with the act: {term.label}")
            for term in spec.terms
            if term.vocabulary == "act"
        ),
    )
    return {name.name: name for name in names}


def _fixed_names() -> Iterator[DerivedName]:
    number, yes_no, text = NameKind.NUMBER, NameKind.YES_NO, NameKind.TEXT
    yield DerivedName("concern_level", number, "concern level, 0 to 5; unknown unless derived")
    yield DerivedName("accountability_level", number, "accountability level, 0 to 5; unknown unless derived")
    yield DerivedName("coverage", number, "percent of core indicators covered, 0 to 100, rounded down")
    yield DerivedName("tag.obstruction", yes_no, "an indicator of acts against criminal justice reaches its threshold")
    yield DerivedName("tag.broad", yes_no, "enough indicators in enough groups share the top level")
    yield DerivedName("presumption_approved", yes_no, "the data presumption of sec. 108(b)(7) is applied and approved")
    yield DerivedName("credible_allegations", number, "allegations on record (F2) with credibility 1 to 3")
    yield DerivedName("determinations", number, "approved policy-or-pattern determinations")
    yield DerivedName(
        "transnational_incident_at_2", yes_no, "a cross-border incident bears on a concern indicator at 2 or higher"
    )
    yield DerivedName("financial_investigation_recorded", yes_no, "a financial investigation is on record (F1 or F4)")
    yield DerivedName("trend.overall", text, "overall efforts against the period before", TRENDS)
    yield DerivedName("trend.prosecution", text, "law enforcement efforts against the period before", TRENDS)
    yield DerivedName("tier", text, "the tier decided and recorded", TIERS)
    yield DerivedName("tier_before", text, "the tier recorded for the period before", TIERS)


def _indicator_names(spec: FrameworkSpec) -> Iterator[DerivedName]:
    states = ("rated", *(state.slug for state in spec.states))
    for indicator in spec.indicators:
        title = indicator.title
        yield DerivedName(f"level.{indicator.slug}", NameKind.NUMBER, f"effective level: {title}; unknown unless rated")
        yield DerivedName(f"state.{indicator.slug}", NameKind.TEXT, f"state: {title}", states)
    for group in spec.groups:
        yield DerivedName(f"group_max.{group.slug}", NameKind.NUMBER, f"highest effective level in: {group.title}")
    for factor in spec.proof_of_failure:
        meaning = f"kind of the approved determination of {factor.noun}"
        yield DerivedName(f"determination.{factor.slug}", NameKind.TEXT, meaning, DETERMINATION_KINDS)


def _statistic_names() -> Iterator[DerivedName]:
    for stage in STAGES:
        meaning = f"count kind of the statistic on officials at the stage {stage}; unknown where no row is on record"
        yield DerivedName(f"statistic.{stage}.kind", NameKind.TEXT, meaning, COUNT_KINDS)


def check(condition: Condition, names: Mapping[str, DerivedName], groups: tuple[str, ...]) -> list[Problem]:
    """Return every unknown name, unknown group, and comparison that does not fit its name's kind."""
    return [problem for leaf in leaves(condition) for problem in _check_leaf(leaf, names, groups)]


def _check_leaf(leaf: Leaf, names: Mapping[str, DerivedName], groups: tuple[str, ...]) -> Iterator[Problem]:
    for group in leaf.groups:
        if group not in groups:
            yield Problem(leaf.path, f'unknown group "{group}"{suggestion(group, groups)}')
        elif not _fits(leaf, NameKind.NUMBER):
            yield Problem(leaf.path, f"levels of {group} are numbers; {leaf.value!r} is not")
    for name in leaf.names:
        derived = names.get(name)
        if derived is None:
            yield Problem(leaf.path, f'unknown name "{name}"{suggestion(name, names)}')
        elif not _fits(leaf, derived.kind):
            yield Problem(
                leaf.path, f"{name} is a {derived.kind}; it cannot be compared by {leaf.op.value} with {leaf.value!r}"
            )
        elif derived.choices and leaf.value not in derived.choices:
            hint = suggestion(str(leaf.value), derived.choices)
            yield Problem(leaf.path, f"{name} is one of {', '.join(derived.choices)}, never {leaf.value!r}{hint}")


def _fits(leaf: Leaf, kind: NameKind) -> bool:
    match kind:
        case NameKind.NUMBER:
            return isinstance(leaf.value, int) and not isinstance(leaf.value, bool)
        case NameKind.YES_NO:
            return isinstance(leaf.value, bool) and not leaf.op.needs_order
        case NameKind.TEXT:
            return isinstance(leaf.value, str) and not leaf.op.needs_order
