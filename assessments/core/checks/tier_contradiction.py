"""A recorded tier that contradicts the finding (framework.md B.4). A warning, never a block: no tier is computed."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity
from assessments.core.values import Tier

SLUG = "tier-contradiction"


def check(reading: Reading) -> Iterator[Check]:
    """Warn of an approved policy or pattern outside Tier 3, and of Tier 1 with grave concern and low accountability."""
    tier, value = reading.case.record.decision.tier, reading.case.framework.value
    if tier is None:
        return
    if reading.answers.determinations and tier not in {Tier.THREE, Tier.SPECIAL}:
        text = f"The tier recorded is {tier.label}, yet a determination of policy or pattern is approved."
        subjects = tuple(item.id for item in reading.answers.determinations)
        yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=("tier", *subjects))
    concern, accountability = reading.finding.concern.level, reading.finding.accountability.level
    if (
        tier is Tier.ONE
        and concern is not None
        and accountability is not None
        and concern >= value("tier-warning-concern")
        and accountability <= value("tier-warning-accountability")
    ):
        text = (
            f"The tier recorded is Tier 1, yet concern is at level {concern} and accountability at level "
            f"{accountability}."
        )
        yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=("tier",))
