"""The worded result: category, explanation, tags, coverage. Never a tier, never a word on the minimum standards."""

from collections.abc import Iterator
from statistics import median_low

from assessments.core import grammar
from assessments.core.answers import Answers, answers_of
from assessments.core.completeness import in_sentence
from assessments.core.levels import CAPPED_BY, DETERMINATION_GROUP, accountability_level, candidates, concern_level
from assessments.core.types import Case, Derived, Finding
from assessments.core.values import CaseStatus, CountKind, Stage, StatementKind
from frameworks.spec.base import Direction
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import FindingCategorySpec

OBSTRUCTION, BROAD, ATTRIBUTABLE = "obstruction", "broad", "attributable"
PRESUMED, PENDING = "presumed", "determination-pending"
TAG_WORDS = {
    OBSTRUCTION: "obstruction of justice",
    BROAD: "broad: several indicators in several groups share the top level",
    ATTRIBUTABLE: "attributable to the government, no determination",
    PRESUMED: "accountability levels presumed under 108(b)(7)",
    PENDING: "policy or pattern proposed, pending two approvals",
}
"""What each tag says. Tags order and explain; they never add to a level."""

POLICY_OR_PATTERN, NO_INFORMATION, INSUFFICIENT = (
    "policy-or-pattern",
    "no-credible-information",
    "insufficient-information",
)
ALLEGATIONS, PROCEEDINGS, JUDGMENTS = "allegations", "proceedings", "final judgments"
POLITICAL = "target-political-opponents"
"""Cases with this act are never counted as enforcement (framework.md E)."""

JUDGED = frozenset({Stage.CONVICTION, Stage.SENTENCE})
UNDONE = frozenset({Stage.REVERSAL, Stage.APPEAL})
TOOK_PLACE = frozenset({CountKind.EXACT, CountKind.AT_LEAST, CountKind.ABOUT, CountKind.TOOK_PLACE})


def derive(case: Case) -> Finding:
    """Derive the finding for one country and period: levels, category, tags, coverage, and what does not count yet.

    Pure and deterministic: the same case gives the same finding, whatever the order of its records.
    """
    answers = answers_of(case)
    concern = concern_level(case)
    accountability = accountability_level(case, concern)
    core = case.framework.core
    covered = sum(answers.is_covered(indicator) for indicator in core)
    coverage = covered * 100 // len(core) if core else 0
    category = _category(answers, concern, accountability, coverage)
    return Finding(
        category=category.slug,
        title=category.label,
        explanation=_explain(case, category, concern, accountability),
        resting_on=resting_on(case),
        concern=concern,
        accountability=accountability,
        tags=tuple(_tags(answers)),
        coverage=coverage,
        core_answered=sum(answers.is_answered(indicator) for indicator in core),
        core_expected=len(core),
        incomplete=answers.incomplete,
        presumed=answers.presumed,
        group_levels={group.slug: _group_level(answers, group.slug) for group in case.framework.groups},
    )


def _category(answers: Answers, concern: Derived, accountability: Derived, coverage: int) -> FindingCategorySpec:
    if answers.determinations:
        return answers.case.framework.finding_category(POLICY_OR_PATTERN)
    return category_of(answers.case.framework, coverage, concern.level, accountability.level)


def category_of(
    framework: CompiledFramework, coverage: int, concern: int | None, accountability: int | None
) -> FindingCategorySpec:
    """Return the category that coverage (percent of core indicators) and the two levels lead to, without the gate."""
    if coverage < framework.value("coverage-minimum") or concern is None:
        return framework.finding_category(INSUFFICIENT)
    fitting = (
        category
        for category in framework.finding_categories
        if category.slug not in {POLICY_OR_PATTERN, INSUFFICIENT}
        and _within(concern, category.concern)
        and (category.accountability is None or _within(accountability, category.accountability))
    )
    return next(fitting, framework.finding_category(INSUFFICIENT))


def _within(level: int | None, bounds: tuple[int, int] | None) -> bool:
    return level is not None and bounds is not None and bounds[0] <= level <= bounds[1]


def _explain(case: Case, category: FindingCategorySpec, concern: Derived, accountability: Derived) -> str:
    """Fill the fixed sentence of a category; a slot is replaced as text, never evaluated."""
    slots = {
        "concern": "not known" if concern.level is None else str(concern.level),
        "accountability": "not known" if accountability.level is None else str(accountability.level),
        "concern_basis": _named(case, concern.basis),
        "accountability_basis": _named(case, _setting(case, accountability)),
    }
    text = category.sentence
    for slot, words in slots.items():
        text = text.replace("{" + slot + "}", words)
    return text


def _setting(case: Case, accountability: Derived) -> tuple[str, ...]:
    """Return the indicators that set the accountability level: those capping it, else those at its level."""
    if accountability.caps:
        return tuple(CAPPED_BY[cap] for cap in accountability.caps)
    levels = answers_of(case).levels
    return tuple(slug for slug in accountability.basis if levels[slug] == accountability.level)


def _named(case: Case, basis: tuple[str, ...]) -> str:
    factors = {item.id: item.factor for item in case.record.determinations}
    nouns = case.framework.proof_of_failure
    words = (
        f"the determination on {nouns[factors[key]].noun}" if key in factors else in_sentence(case, key)
        for key in basis
    )
    return grammar.join(dict.fromkeys(words)) or "nothing rated"


def resting_on(case: Case) -> str:
    """Return the gravest stage on record: "allegations", "proceedings", "final judgments", or "" for nothing.

    A category never convicts, so this follows it wherever it is shown. A judgment under appeal or reversed is a
    proceeding. Charges against political opponents do not count.
    """
    found = set(_stages(case))
    return next((stage for stage in (JUDGMENTS, PROCEEDINGS, ALLEGATIONS) if stage in found), "")


def _stages(case: Case) -> Iterator[str]:
    record = case.record
    if any(allegation.link != "smuggling" for allegation in record.allegations) or record.elements:
        yield ALLEGATIONS
    if any(item.kind is StatementKind.CONCERN and item.about_officials for item in record.statements):
        yield ALLEGATIONS
    for item in record.cases:
        if POLITICAL in item.acts or item.link == "smuggling":
            continue
        stages = {step.stage for step in item.proceedings}
        if not stages - {Stage.ALLEGATION}:
            yield ALLEGATIONS
            continue
        contested = stages & UNDONE or any(step.status is CaseStatus.ON_APPEAL for step in item.proceedings)
        yield JUDGMENTS if stages & JUDGED and not contested else PROCEEDINGS
    for statistic in record.official_statistics:
        if statistic.count.kind in TOOK_PLACE:
            yield JUDGMENTS if statistic.stage in JUDGED else PROCEEDINGS


def _tags(answers: Answers) -> Iterator[str]:
    case, value = answers.case, answers.case.framework.value
    threshold = value("tag-obstruction-threshold")
    if any((answers.levels[slug] or 0) >= threshold for slug in case.framework.set("obstruction")):
        yield OBSTRUCTION
    if _is_broad(answers):
        yield BROAD
    limit = value("concern-unattributed-limit")
    outside = (item for item in answers.concern_indicators if item.group != DETERMINATION_GROUP)
    if any((answers.levels[item.slug] or 0) > limit for item in outside):
        yield ATTRIBUTABLE
    if answers.presumed:
        yield PRESUMED
    waiting = {item.key for item in answers.incomplete}
    if answers.proposed or any(item.id in waiting for item in case.record.determinations):
        yield PENDING


def _is_broad(answers: Answers) -> bool:
    """Say whether enough indicators in enough groups share the top level."""
    value = answers.case.framework.value
    levels: dict[str, tuple[int, str]] = {}
    for item in candidates(answers.case):
        level = max(item.level, levels.get(item.indicator.slug, (0, ""))[0])
        levels[item.indicator.slug] = (level, item.indicator.group)
    top = max((level for level, _ in levels.values()), default=0)
    sharing = [group for level, group in levels.values() if level == top]
    return (
        top >= value("tag-broad-level")
        and len(sharing) >= value("tag-broad-indicators")
        and len(set(sharing)) >= value("tag-broad-groups")
    )


def _group_level(answers: Answers, group: str) -> int | None:
    """Return a group's own line: the highest level of a concern group, the lower median of a response group."""
    indicators = answers.case.framework.indicators_of(group)
    levels = [level for item in indicators if (level := answers.levels[item.slug]) is not None]
    if not levels:
        return None
    return max(levels) if indicators[0].direction is Direction.CONCERN else median_low(levels)
