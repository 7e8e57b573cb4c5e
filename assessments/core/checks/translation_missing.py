"""An item of evidence in another language that nobody translated, or whose translator is not named."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity

SLUG = "translation-missing"


def check(reading: Reading) -> Iterator[Check]:
    """Name items of another language without translation, and translations by nobody; set-aside items are left out."""
    for item in reading.case.record.evidence:
        if item.set_aside:
            continue
        if item.original_language and item.excerpt and not item.translation:
            text = f"Evidence {item.id} is in {item.original_language} and has no translation."
        elif item.translation and not item.translator:
            text = f"Evidence {item.id} has a translation, and nobody is named as its translator."
        else:
            continue
        yield Check(check=SLUG, severity=Severity.NOTE, text=text, subjects=(item.id,))
