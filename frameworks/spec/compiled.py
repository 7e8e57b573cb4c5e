"""A framework with its lookups: what facts, rules, drafting and forms read."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

from frameworks.spec.base import Direction, suggestion
from frameworks.spec.conditions import Condition, resolve
from frameworks.spec.law import ProofOfFailureSpec, ProvisionSpec
from frameworks.spec.measurement import (
    EvidenceRule,
    FindingCategorySpec,
    FrameworkSpec,
    GroupSpec,
    IndicatorSpec,
    Parameter,
    RecommendationSpec,
    StateSpec,
)
from frameworks.spec.registry import SeedRowSpec, TermSpec
from frameworks.spec.versioned import Versioned
from frameworks.spec.vocabulary import DerivedName, derived_names

T = TypeVar("T")


class UnknownRecord(LookupError):
    """The framework has no record of this name; the message names the nearest one."""

    def __str__(self) -> str:
        """Return the sentence itself."""
        return str(self.args[0])


def _find(records: Mapping[str, T], key: str, what: str) -> T:
    try:
        return records[key]
    except KeyError:
        raise UnknownRecord(f'There is no {what} "{key}"{suggestion(key, records)}') from None


class CompiledFramework(Versioned[FrameworkSpec]):
    """One framework version, frozen, with lookups. Two are equal when their digests are.

    Every lookup raises UnknownRecord for a name that does not exist.
    """

    @property
    def in_force_from(self) -> date:
        """First day on which the version may be used."""
        return self._spec.in_force_from

    # Indicators

    @property
    def indicators(self) -> tuple[IndicatorSpec, ...]:
        """All indicators in order of their codes."""
        return self._spec.indicators

    @cached_property
    def core(self) -> tuple[IndicatorSpec, ...]:
        """The indicators that must be rated, or given a state with a reason, before approval."""
        return tuple(indicator for indicator in self.indicators if indicator.core)

    @cached_property
    def _by_slug(self) -> dict[str, IndicatorSpec]:
        return {indicator.slug: indicator for indicator in self.indicators}

    @cached_property
    def _by_code(self) -> dict[str, IndicatorSpec]:
        return {indicator.code: indicator for indicator in self.indicators}

    def indicator(self, slug: str) -> IndicatorSpec:
        """Return the indicator of this slug."""
        return _find(self._by_slug, slug, "indicator")

    def by_code(self, code: str) -> IndicatorSpec:
        """Return the indicator of this code, e.g. `I12`."""
        return _find(self._by_code, code, "indicator")

    @property
    def groups(self) -> tuple[GroupSpec, ...]:
        """The groups of indicators, G1 to G7."""
        return self._spec.groups

    @cached_property
    def _members(self) -> dict[str, tuple[IndicatorSpec, ...]]:
        return {group.slug: tuple(i for i in self.indicators if i.group == group.slug) for group in self.groups}

    def group(self, slug: str) -> GroupSpec:
        """Return the group of this slug."""
        return _find({group.slug: group for group in self.groups}, slug, "group")

    def indicators_of(self, group: str) -> tuple[IndicatorSpec, ...]:
        """Return the indicators of a group, in order."""
        return _find(self._members, group, "group")

    def set(self, slug: str) -> tuple[str, ...]:
        """Return the slugs of the indicators that a rule treats together, in order."""
        return _find({members.slug: members.members for members in self._spec.indicator_sets}, slug, "indicator set")

    @cached_property
    def _states(self) -> dict[str, StateSpec]:
        return {state.slug: state for state in self._spec.states}

    @property
    def states(self) -> tuple[StateSpec, ...]:
        """The reasons why an indicator has no level."""
        return self._spec.states

    def state(self, slug: str) -> StateSpec:
        """Return the state of this slug."""
        return _find(self._states, slug, "state")

    # Vocabularies and law

    @cached_property
    def _terms(self) -> dict[str, dict[str, TermSpec]]:
        terms: dict[str, dict[str, TermSpec]] = {}
        for term in self._spec.terms:
            terms.setdefault(term.vocabulary, {})[term.slug] = term
        return terms

    def terms(self, vocabulary: str) -> tuple[TermSpec, ...]:
        """Return all terms of a vocabulary in order, retired ones included."""
        return tuple(_find(self._terms, vocabulary, "vocabulary").values())

    def known_terms(self, vocabulary: str, slugs: Collection[str]) -> list[TermSpec]:
        """Return the terms of some slugs, each once, in their order; a name that is not known is passed over."""
        known = _find(self._terms, vocabulary, "vocabulary")
        return [known[slug] for slug in dict.fromkeys(slugs) if slug in known]

    def term(self, vocabulary: str, slug: str) -> TermSpec:
        """Return one term."""
        return _find(_find(self._terms, vocabulary, "vocabulary"), slug, vocabulary)

    @cached_property
    def _provisions(self) -> dict[str, ProvisionSpec]:
        return {provision.slug: provision for provision in self._spec.provisions}

    @property
    def provisions(self) -> tuple[ProvisionSpec, ...]:
        """All provisions, by instrument and article."""
        return self._spec.provisions

    def provision(self, slug: str) -> ProvisionSpec:
        """Return the provision of this slug."""
        return _find(self._provisions, slug, "provision")

    @cached_property
    def proof_of_failure(self) -> dict[str, ProofOfFailureSpec]:
        """The factors of sec. 110(b)(3)(B) by indicator slug, in statutory order."""
        return {factor.slug: factor for factor in self._spec.proof_of_failure}

    # Method

    @cached_property
    def _parameters(self) -> dict[str, Parameter]:
        return {parameter.slug: parameter for parameter in self._spec.parameters}

    def parameter(self, slug: str) -> Parameter:
        """Return a threshold with its unit and source."""
        return _find(self._parameters, slug, "parameter")

    def value(self, slug: str) -> int:
        """Return the number of a threshold."""
        return self.parameter(slug).value

    @cached_property
    def _evidence_rules(self) -> dict[tuple[Direction, int], EvidenceRule]:
        return {(rule.direction, rule.level): rule for rule in self._spec.evidence_rules}

    def evidence_rule(self, direction: Direction | str, level: int) -> EvidenceRule:
        """Return the minimum evidence for a level of concern or response scales."""
        try:
            return self._evidence_rules[Direction(direction), level]
        except (KeyError, ValueError):
            raise UnknownRecord(f"There is no evidence rule for {direction} level {level}.") from None

    @property
    def finding_categories(self) -> tuple[FindingCategorySpec, ...]:
        """The finding categories, gravest first."""
        return self._spec.finding_categories

    def finding_category(self, slug: str) -> FindingCategorySpec:
        """Return the finding category of this slug."""
        return _find({category.slug: category for category in self.finding_categories}, slug, "finding category")

    # Recommendations and conditions

    @cached_property
    def recommendations(self) -> tuple[RecommendationSpec, ...]:
        """All recommendations in the order of the file, with every group in a trigger resolved to its indicators."""
        return tuple(
            recommendation.model_copy(update={"trigger": self.resolve(recommendation.trigger)})
            for recommendation in self._spec.recommendations
        )

    @cached_property
    def _recommendations(self) -> dict[str, RecommendationSpec]:
        return {recommendation.code: recommendation for recommendation in self.recommendations}

    def recommendation(self, code: str) -> RecommendationSpec:
        """Return the recommendation of this code, e.g. `R1`, ready to evaluate."""
        return _find(self._recommendations, code, "recommendation")

    def resolve(self, condition: Condition) -> Condition:
        """Replace the groups in a condition by the level names of their indicators."""
        return resolve(condition, {group: tuple(i.slug for i in members) for group, members in self._members.items()})

    @cached_property
    def names(self) -> dict[str, DerivedName]:
        """Every derived name that conditions of this framework may use; the core supplies all of them."""
        return derived_names(self._spec)

    # Seed

    @property
    def seed_rows(self) -> tuple[SeedRowSpec, ...]:
        """The statements of the seed document, S1 to S221."""
        return self._spec.seed_rows

    @cached_property
    def records(self) -> frozenset[str]:
        """Every record as the seed map names it, e.g. `act:accept-bribe`, `rec:R1`, `indicator:pof-trafficking`."""
        return frozenset(
            (
                *(term.record for term in self._spec.terms),
                *(f"provision:{provision.slug}" for provision in self._spec.provisions),
                *(f"indicator:{indicator.slug}" for indicator in self._spec.indicators),
                *(f"rec:{recommendation.code}" for recommendation in self._spec.recommendations),
                *(f"rule:{rule.slug}" for rule in self._spec.rules),
            )
        )
