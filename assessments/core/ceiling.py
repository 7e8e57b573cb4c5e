"""How far the evidence chosen for an answer carries: the highest level it meets, and what the next needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.core.completeness import notes_on
from assessments.core.support import Support
from assessments.core.types import Case
from frameworks.spec.base import Direction
from frameworks.spec.compiled import UnknownRecord
from frameworks.spec.measurement import EvidenceRule, IndicatorSpec


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The highest level some evidence supports; None where it supports none. `above` and `needs` say why not more."""

    level: int | None
    above: int
    needs: str
    has: str

    def __str__(self) -> str:
        """Say it as a person reads it while rating."""
        most = "supports no level yet" if self.level is None else f"supports at most level {self.level}"
        return f"Your evidence {most}: level {self.above} needs {self.needs}; it {self.has}."


def ceiling(case: Case, indicator: IndicatorSpec, evidence: Iterable[str]) -> Ceiling | None:
    """Measure evidence against every level of an indicator. None where even the highest is supported.

    Endorsements and determinations are not evidence; what they still lack is said by `completeness`.
    Source: framework.md C.0, the minimum evidence of each level.
    """
    support, framework = Support(case), case.framework
    items, notes = support.usable(evidence), notes_on(case, indicator.slug)
    limit = framework.value("unclear-link-limit")
    tied = support.ties_to_trafficking(items)

    def carries(rule: EvidenceRule) -> bool:
        loose = indicator.direction is Direction.CONCERN and rule.level > limit and not tied
        return support.allows(rule, items, notes) and not loose

    rules = []
    for level in indicator.scale:
        try:
            rules.append(framework.evidence_rule(indicator.direction, level))
        except UnknownRecord:
            continue
    best = max((rule.level for rule in rules if carries(rule)), default=None)
    above = next((rule for rule in rules if best is None or rule.level > best), None)
    if above is None:
        return None
    unclear = support.allows(above, items, notes)  # then only the tie to trafficking is missing
    needs = "evidence tied to trafficking" if unclear else above.needs
    return Ceiling(best, above.level, needs, support.describe(items))
