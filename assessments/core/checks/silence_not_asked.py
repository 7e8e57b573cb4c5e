"""A figure called "not reported" though no dated request asked for it: nobody's silence, only nobody's question."""

from collections.abc import Iterator

from assessments.core.asking import unasked
from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity

SLUG = "silence-not-asked"


def check(reading: Reading) -> Iterator[Check]:
    """Name each statistic on record as not reported by the government that no request on sheet F6 covers.

    A demonstration is read from published text, whose office asked without saying so: there it is a note.
    """
    severity = Severity.NOTE if reading.case.record.demonstration else Severity.WARNING
    for item in unasked(reading.case):
        text = (
            f"The statistic on {item.stage.label} ({item.id}) says that the government did not report it, and no dated "
            "request on sheet F6 asked for it."
        )
        yield Check(check=SLUG, severity=severity, text=text, subjects=(item.id,))
