"""A policy-or-pattern determination that is not approved, or a level that needs one."""

from collections.abc import Iterator

from assessments.core import grammar
from assessments.core.checks.reading import Reading
from assessments.core.completeness import in_sentence
from assessments.core.types import Check, Determination, Severity

SLUG = "determination-not-approved"


def check(reading: Reading) -> Iterator[Check]:
    """Name each waiting determination, and each proposed level that no determination stands behind."""
    case, proposed = reading.case, reading.answers.proposed
    needs = {item.key: item.needs for item in reading.answers.incomplete}
    leaned_on = {(rating.indicator, rating.part or None) for rating in proposed.values()}
    leaned_on |= {(rating.indicator, None) for rating in proposed.values()}
    for item in case.record.determinations:
        if item.id not in needs:
            continue
        is_leaned_on = (item.factor, item.sector) in leaned_on
        text = f"The determination on {_noun(reading, item)} {grammar.join(needs[item.id])}."
        if is_leaned_on:
            limit = case.framework.value("concern-unapproved-determination-limit")
            text += f" Until then the level proposed with it counts as {limit}."
        severity = Severity.BLOCK if is_leaned_on else Severity.WARNING
        yield Check(check=SLUG, severity=severity, text=text, subjects=(item.id,))
    with_one = {(item.factor, item.sector) for item in case.record.determinations}
    for key, rating in proposed.items():
        if not with_one & {(rating.indicator, None), (rating.indicator, rating.part or None)}:
            text = f"{in_sentence(case, key)} is at level {rating.level}, which needs a determination: propose one."
            yield Check(check=SLUG, severity=Severity.BLOCK, text=text, subjects=(key,))


def _noun(reading: Reading, item: Determination) -> str:
    factor = reading.case.framework.proof_of_failure.get(item.factor)
    noun = factor.noun if factor else item.factor
    return f"a {item.kind.label} of {noun}"
