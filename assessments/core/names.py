"""The derived names that conditions of a framework may use, supplied for one case (frameworks.spec.vocabulary)."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from assessments.core.answers import Answers, answers_of
from assessments.core.sheets import Statistic
from assessments.core.support import Incident, evidence_of, incidents_of
from assessments.core.types import Case, Finding
from assessments.core.values import MeasureKind, PolicyKind, Section, StatuteType, TraffickingLink
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.conditions import Value

FINANCIAL = frozenset({MeasureKind.FREEZE, MeasureKind.SEIZURE, MeasureKind.CONFISCATION})
FINANCIAL_INDICATOR = "financial-investigations-and-red-flags"
TRANSNATIONAL_FROM = 2
"""Part of the name `transnational_incident_at_2`, which the framework's vocabulary publishes."""


def names(case: Case, finding: Finding) -> Mapping[str, Value]:
    """Return every name of the framework's vocabulary for this case; None means that nothing is known under it."""
    answers = answers_of(case)
    found: dict[str, Value] = {
        "concern_level": finding.concern.level,
        "accountability_level": finding.accountability.level,
        "coverage": finding.coverage,
        "tag.obstruction": "obstruction" in finding.tags,
        "tag.broad": "broad" in finding.tags,
        "presumption_approved": bool(finding.presumed),
        "credible_allegations": sum(is_credible(answers, item) for item in case.record.allegations),
        "determinations": len(answers.determinations),
        "transnational_incident_at_2": transnational_level(answers) >= TRANSNATIONAL_FROM,
        "financial_investigation_recorded": has_financial_investigation(case),
        "trend.overall": _trend(case, None),
        "trend.prosecution": _trend(case, Section.PROSECUTION),
        "tier": case.record.decision.tier,
        "tier_before": case.record.decision.previous_tier,
    }
    found.update(_of_indicators(answers))
    found.update(_of_statistics(case))
    found.update(_of_acts(case))
    return found


def is_credible(answers: Answers, incident: Incident) -> bool:
    """Say whether an incident tied to trafficking has an item judged credible."""
    if incident.link is TraffickingLink.SMUGGLING:
        return False
    return any(answers.support.is_credible(item) for item in answers.support.usable(evidence_of(incident)))


def transnational_level(answers: Answers) -> int:
    """Return the highest concern level a cross-border incident bears on, by act or evidence; 0 where there is none."""
    cross_border = [
        item
        for item in incidents_of(answers.case.record)
        if item.countries and item.link is not TraffickingLink.SMUGGLING
    ]
    if not cross_border:
        return 0
    bearing = {term.slug: term.indicators for term in answers.case.framework.terms("act")}
    acts = {slug for item in cross_border for act in item.acts for slug in bearing.get(act, ())}
    refs = {ref for item in cross_border for ref in evidence_of(item)}
    return max(
        (
            answers.levels[one.slug] or 0
            for one in answers.concern_indicators
            if one.slug in acts or any(refs.intersection(rating.evidence) for rating in answers.of(one.slug))
        ),
        default=0,
    )


def has_financial_investigation(case: Case) -> bool:
    """Say whether a financial investigation is on record: assets acted on, or a laundering charge (F1, F4)."""
    record = case.record
    return (
        any(item.kind in FINANCIAL or item.indicator == FINANCIAL_INDICATOR for item in record.measures)
        or any(step.statute is StatuteType.LAUNDERING for item in record.cases for step in item.proceedings)
        or any(item.statute is StatuteType.LAUNDERING and item.count.value for item in record.official_statistics)
    )


def _trend(case: Case, section: Section | None) -> str | None:
    for trend in case.record.decision.trends:
        if trend.section is section:
            return trend.direction
    return None


def _of_indicators(answers: Answers) -> Iterator[tuple[str, Value]]:
    framework = answers.case.framework
    for indicator in framework.indicators:
        yield f"level.{indicator.slug}", answers.levels[indicator.slug]
        yield f"state.{indicator.slug}", answers.state(indicator)
    for group in framework.groups:
        levels = (answers.levels[item.slug] for item in framework.indicators_of(group.slug))
        yield f"group_max.{group.slug}", max((level for level in levels if level is not None), default=None)
    kinds = determination_kinds(answers)
    for factor in framework.proof_of_failure:
        yield f"determination.{factor}", kinds.get(factor)


def determination_kinds(answers: Answers) -> Mapping[str, PolicyKind]:
    """Return the gravest approved kind by factor: a policy before either before a pattern."""
    order = (PolicyKind.POLICY, PolicyKind.POLICY_OR_PATTERN, PolicyKind.PATTERN)
    kinds: dict[str, PolicyKind] = {}
    for item in answers.determinations:
        kinds[item.factor] = min(kinds.get(item.factor, item.kind), item.kind, key=order.index)
    return kinds


def _of_statistics(case: Case) -> Iterator[tuple[str, Value]]:
    """Yield the count kind of the leading statistic of each stage: the one without an agency's or place's limit."""
    found: dict[str, Statistic] = {}
    for item in sorted(case.record.official_statistics, key=_narrowness):
        found.setdefault(item.stage, item)
    for name, stage, choices in _statistic_names(case.framework):
        statistic = found.get(stage)
        yield name, statistic.count.kind if statistic and statistic.count.kind in choices else None


@lru_cache(maxsize=8)
def _statistic_names(framework: CompiledFramework) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return the names of a framework that stand for a figure's kind, with its stage and the kinds it may take."""
    prefix, suffix = "statistic.", ".kind"
    return tuple(
        (name, name.removeprefix(prefix).removesuffix(suffix), tuple(derived.choices))
        for name, derived in framework.names.items()
        if name.startswith(prefix) and name.endswith(suffix)
    )


def _narrowness(statistic: Statistic) -> tuple[bool, bool, bool, str]:
    return bool(statistic.agency), bool(statistic.jurisdiction), bool(statistic.scope), statistic.id


def _of_acts(case: Case) -> Iterator[tuple[str, Value]]:
    counts = {term.slug: 0 for term in case.framework.terms("act")}
    for incident in incidents_of(case.record):
        if incident.link is not TraffickingLink.SMUGGLING:
            for act in set(incident.acts) & counts.keys():
                counts[act] += 1
    for act, count in counts.items():
        yield f"act.{act}", count
