"""An answer that does not count yet."""

from collections.abc import Iterator

from assessments.core import grammar
from assessments.core.checks.reading import Reading
from assessments.core.completeness import in_sentence
from assessments.core.types import Check, Severity
from frameworks.spec.compiled import UnknownRecord

SLUG = "incomplete-answer"


def check(reading: Reading) -> Iterator[Check]:
    """Name each rating and each proposed presumption that is stored but does not count, and what it needs."""
    determinations = {item.id for item in reading.case.record.determinations}
    for item in reading.answers.incomplete:
        if item.key in determinations:
            continue
        text = f"{_name(reading, item.key)} does not count yet: it {grammar.join(item.needs)}."
        yield Check(check=SLUG, severity=Severity.BLOCK, text=text, subjects=(item.key,))


def _name(reading: Reading, key: str) -> str:
    if key in reading.facts:
        return f"The presumption proposed with the data request {key}"
    try:
        return in_sentence(reading.case, key)
    except UnknownRecord:
        return key
