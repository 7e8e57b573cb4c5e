"""The answers of a case as the rules may use them: complete ones only, limited, presumed, by indicator.

Built once per case and remembered while the case lives, so that every rule reads the same answers.
"""

from collections.abc import Callable, Mapping
from copy import copy
from functools import cached_property, wraps
from typing import TypeVar

from assessments.core.completeness import Completeness
from assessments.core.sheets import DataRequest
from assessments.core.support import Support, involves_official
from assessments.core.types import Case, Determination, Incomplete, Rating
from assessments.core.values import PolicyKind
from frameworks.spec.base import Direction
from frameworks.spec.measurement import IndicatorSpec

T = TypeVar("T")
RATED = "rated"


class Answers:
    """What counts, by indicator. Levels are effective: limited without a determination, presumed where approved."""

    def __init__(self, case: Case) -> None:
        """Sort the answers of a case."""
        found = Completeness(case)
        self.case = case
        self.support: Support = found.support
        self.ratings: Mapping[str, Rating] = found.ratings
        self.proposed: Mapping[str, Rating] = found.proposed
        self.incomplete: tuple[Incomplete, ...] = found.incomplete
        self.determinations: tuple[Determination, ...] = found.determinations
        self.presumption: DataRequest | None = found.presumption
        self._determined = found.determined

    def supposing(
        self, case: Case, changes: Mapping[str, Rating], determinations: tuple[Determination, ...]
    ) -> "Answers":
        """Return the answers as they would be with some ratings and the determinations in place of those on record.

        Each supposed rating is taken as complete: with the evidence, reasons and endorsements its level would need.
        """
        found = copy(self)
        for name in ("presumed", "determined", "_by_indicator", "levels", "concern_indicators", "needs_official"):
            vars(found).pop(name, None)
        found.case, found.determinations = case, determinations
        found.ratings = {**self.ratings, **changes}
        found.proposed = {key: rating for key, rating in found.ratings.items() if found._is_proposed(rating)}
        return found

    def _is_proposed(self, rating: Rating) -> bool:
        indicator = self.case.framework.indicator(rating.indicator)
        if rating.level is None:
            return False
        rule = self.case.framework.evidence_rule(indicator.direction, rating.level)
        approved = {(item.factor, item.sector) for item in self.determinations}
        of_rating = {(rating.indicator, None), (rating.indicator, rating.part or None)}
        return indicator.group in rule.determination_groups and not approved & of_rating

    @cached_property
    def presumed(self) -> tuple[str, ...]:
        """Indicators the approved statutory presumption sets to its level; empty without one."""
        return self.case.framework.set("presumption") if self.presumption else ()

    @cached_property
    def determined(self) -> Mapping[str, int]:
        """Level an approved determination stands for, by factor: 5 for a policy, 4 for a pattern or for either."""
        framework = self.case.framework
        levels: dict[str, int] = {}
        for item in self.determinations:
            level = framework.value(
                "concern-gate-level"
                if item.kind is PolicyKind.POLICY
                else "concern-undetermined-level-for-combined-kind"
            )
            levels[item.factor] = max(levels.get(item.factor, 0), level)
        return levels

    @cached_property
    def _by_indicator(self) -> Mapping[str, tuple[Rating, ...]]:
        found: dict[str, list[Rating]] = {}
        for rating in self.ratings.values():
            found.setdefault(rating.indicator, []).append(rating)
        return {slug: tuple(ratings) for slug, ratings in found.items()}

    def of(self, slug: str) -> tuple[Rating, ...]:
        """Return the complete answers to an indicator: one, or one a part."""
        return self._by_indicator.get(slug, ())

    def counts_as(self, rating: Rating) -> int | None:
        """Return the level a rating counts as: a policy or pattern without determination only up to its limit."""
        if rating.level is None:
            return None
        if rating.key in self.proposed:
            return min(rating.level, self.case.framework.value("concern-unapproved-determination-limit"))
        return rating.level

    @cached_property
    def levels(self) -> Mapping[str, int | None]:
        """Effective level by indicator; None where no complete rating says one. I12 is the maximum of its parts."""
        return {indicator.slug: self._level(indicator) for indicator in self.case.framework.indicators}

    def _level(self, indicator: IndicatorSpec) -> int | None:
        if indicator.slug in self.presumed:
            return self.case.framework.value("presumption-level")
        found = [level for rating in self.of(indicator.slug) if (level := self.counts_as(rating)) is not None]
        if indicator.slug in self.determined:
            found.append(self.determined[indicator.slug])
        return max(found, default=None)

    def state(self, indicator: IndicatorSpec) -> str | None:
        """Return "rated", or the state that says why there is no level; None where nothing complete is on record."""
        if self.levels[indicator.slug] is not None:
            return RATED
        states = [rating.state.value for rating in self.of(indicator.slug)]
        return min(states, key=[state.slug for state in self.case.framework.states].index, default=None)

    def is_covered(self, indicator: IndicatorSpec) -> bool:
        """Say whether an indicator counts for coverage: rated or not applicable, in all its parts (decisions.md 8)."""
        if indicator.slug in self.presumed or indicator.slug in self.determined:
            return True
        covered = {rating.part for rating in self.of(indicator.slug) if self._covers(rating)}
        return "" in covered or (bool(indicator.parts) and covered >= set(indicator.parts))

    def is_answered(self, indicator: IndicatorSpec) -> bool:
        """Say whether nothing more is asked for: rated, or a state with its reason, in all of its parts."""
        if indicator.slug in self.presumed or indicator.slug in self.determined:
            return True
        parts = {rating.part for rating in self.of(indicator.slug)}
        return "" in parts or (bool(indicator.parts) and parts >= set(indicator.parts))

    def _covers(self, rating: Rating) -> bool:
        return rating.level is not None or self.case.framework.state(rating.state.value).counts_as_covered

    @cached_property
    def concern_indicators(self) -> tuple[IndicatorSpec, ...]:
        """The indicators that can enter the concern level, in framework order."""
        wanted = frozenset(self.case.framework.set("concern-level"))
        return tuple(indicator for indicator in self.case.framework.indicators if indicator.slug in wanted)

    @cached_property
    def needs_official(self) -> frozenset[str]:
        """Indicators that enter the concern level only as far as incidents with an official support them."""
        return frozenset(self.case.framework.set("official-involvement-needed"))

    def supported(self, rating: Rating) -> int:
        """Return the highest level up to the rated one that incidents with an official support.

        Counts incidents that share evidence with the rating or whose acts bear on its indicator.
        """
        refs = set(rating.evidence)
        acts = {term.slug for term in self.case.framework.terms("act") if rating.indicator in term.indicators}
        evidence: dict[str, None] = {}
        for incident, own in self.support.incidents:
            if (acts.intersection(incident.acts) or not refs.isdisjoint(own)) and involves_official(incident):
                evidence |= dict.fromkeys(own)
        items = self.support.usable(evidence)
        level = rating.level or 0
        rules = (self.case.framework.evidence_rule(Direction.CONCERN, step) for step in range(level, 0, -1))
        return next((rule.level for rule in rules if self.support.allows(rule, items)), 0)


def once_per_case(rule: Callable[[Case], T]) -> Callable[[Case], T]:
    """Let a rule work out its answer at the first call and keep it on the case itself; a case never changes."""
    key = f"{rule.__module__}.{rule.__qualname__}"

    @wraps(rule)
    def remembered(case: Case) -> T:
        memory = vars(case)
        if key not in memory:
            memory[key] = rule(case)
        found: T = memory[key]
        return found

    return remembered


@once_per_case
def answers_of(case: Case) -> Answers:
    """Return the answers of a case."""
    return Answers(case)


def suppose(
    case: Case, changes: Mapping[str, Rating], *, determinations: tuple[Determination, ...] | None = None
) -> Case:
    """Return the case as the rules would see it if some effective answers were others; the record itself stays.

    `changes` are by rating key, each taken as complete. `determinations` None keeps those that count.
    """
    twin = Case.__new__(Case)
    twin.record, twin.country, twin.framework, twin.wording = case.record, case.country, case.framework, case.wording
    answers = answers_of(case)
    kept = answers.determinations if determinations is None else determinations
    vars(twin)[_MEMORY_OF_ANSWERS] = answers.supposing(twin, changes, kept)
    return twin


_MEMORY_OF_ANSWERS = f"{answers_of.__module__}.{answers_of.__qualname__}"
