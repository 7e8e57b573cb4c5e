"""A recommendation that asks for what is on record as done."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity
from assessments.core.values import CommitmentStatus, MeasureStage

SLUG = "asks-for-what-is-done"
DONE = frozenset({MeasureStage.ADOPTED, MeasureStage.IN_FORCE})


def check(reading: Reading) -> Iterator[Check]:
    """Name each measure in force that answers a recommendation which does not build on it; the same for treaties."""
    framework, record = reading.case.framework, reading.case.record
    answers = {spec.code: frozenset(spec.answers) for spec in framework.recommendations}
    done = [item for item in record.measures if item.stage in DONE and item.is_effort is not False and item.indicator]
    joined = [item for item in record.commitments if item.status is CommitmentStatus.PARTY]
    names = {term.slug: term.meaning.split(",")[0] for term in framework.terms("instrument")}
    for item in reading.recommendations:
        for measure in done:
            if measure.indicator in answers.get(item.id, ()) and measure.id not in item.basis.facts:
                text = (
                    f"{item.id} asks for more on what {measure.id} is on record as having done ({measure.kind.label}): "
                    "say in the item what is still missing, or what it builds on."
                )
                yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=(item.id, measure.id))
        for treaty in joined:
            if f"become a party to the {names.get(treaty.instrument, '')}" in item.text and names.get(
                treaty.instrument
            ):
                text = f"{item.id} asks to join what {treaty.id} records as joined."
                yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=(item.id, treaty.id))
