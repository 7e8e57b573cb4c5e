"""A shortfall that the tier paragraph names and the body does not return to (narrative-style.md 10)."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity
from assessments.core.values import Section, StatementKind

SLUG = "shortfall-only-at-top"


def check(reading: Reading) -> Iterator[Check]:
    """Name each shortfall told in the tier paragraph on evidence that no sentence of the body rests on."""
    shortfalls = {
        item.id: item
        for item in reading.case.record.statements
        if item.section is Section.TIER and item.kind is StatementKind.SHORTFALL and item.about_officials
    }
    if not shortfalls:
        return
    body = {ref for one in reading.passages if one.key.section is not Section.TIER for ref in one.basis.evidence}
    for passage in reading.passages:
        told = [ref for ref in passage.key.subjects if ref in shortfalls and passage.key.section is Section.TIER]
        for ref in told:
            if body.isdisjoint(shortfalls[ref].evidence):
                text = (
                    f"“{passage.start}” names a shortfall ({ref}) that the body does not come back to: tell it there."
                )
                yield Check(check=SLUG, severity=Severity.NOTE, text=text, subjects=(ref,), sentence=passage.key)
