"""A person's sentence whose record changed, or went, since its words were written."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity

SLUG = "record-changed"


def check(reading: Reading) -> Iterator[Check]:
    """Point at each sentence that nothing on record supports any more, and at each waiting suggestion."""
    for passage in reading.passages:
        if passage.is_orphan:
            text = f"Nothing on record supports “{passage.start}” any more: settle it by hand."
            yield Check(check=SLUG, severity=Severity.WARNING, text=text, sentence=passage.key)
        elif passage.is_human and passage.suggestion is not None:
            text = f"The record behind “{passage.start}” has changed: compare it with the new suggestion."
            yield Check(check=SLUG, severity=Severity.WARNING, text=text, sentence=passage.key)
