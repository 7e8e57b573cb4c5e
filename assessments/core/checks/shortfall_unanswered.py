"""A shortfall on record that no recommendation answers."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity
from assessments.core.values import MeasureStage, Response, StatementKind

SLUG = "shortfall-unanswered"
UNANSWERED = frozenset({Response.NONE_REPORTED, Response.NOT_INVESTIGATED, Response.DENIED})
CONDUCT = frozenset({"R1", "T1", "P1", "P2", "P3", "P4"})
"""Items that answer what officials or a state did, and that nothing was done about it."""


def check(reading: Reading) -> Iterator[Check]:
    """Name each shortfall about officials, and each measure not taken, that no item of the list answers.

    Shortfalls on other subjects than officials are answered by recommendations beyond this list and not asked about.
    """
    if not reading.is_ranked:
        return
    record, listed = reading.case.record, {item.id for item in reading.recommendations}
    listed |= {code for item in reading.recommendations for code in item.merged}
    answered = {slug for spec in reading.case.framework.recommendations if spec.code in listed for slug in spec.answers}
    rested_on = {ref for item in reading.recommendations for ref in item.basis.facts}
    if not listed & CONDUCT:
        for statement in record.statements:
            if statement.kind is StatementKind.SHORTFALL and statement.about_officials:
                yield _found(statement.id, f"The shortfall {statement.id}")
        for allegation in record.allegations:
            if allegation.response in UNANSWERED and allegation.id not in rested_on:
                yield _found(allegation.id, f"The allegation {allegation.id}, to which nobody responded,")
    for measure in record.measures:
        is_short = measure.stage is MeasureStage.NOT_DONE or measure.is_effort is False
        if is_short and measure.indicator and measure.indicator not in answered and measure.id not in rested_on:
            yield _found(measure.id, f"What {measure.id} records as not done ({measure.kind.label})")


def _found(ref: str, what: str) -> Check:
    text = f"{what} is answered by no recommendation: rate the indicator it bears on, or write the item by hand."
    return Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=(ref,))
