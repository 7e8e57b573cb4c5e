"""A concern sentence with no sentence on accountability in the text."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity
from assessments.core.values import CountKind

SLUG = "concern-without-accountability"
CONCERN = "concern"
ANSWERING = frozenset({"accountability", "case", "case-status", "data-gap", "new-and-continued"})
"""Claim families that say what was done about officials, or that nothing was reported."""


def check(reading: Reading) -> Iterator[Check]:
    """Ask, once a text, for a word on what the government did where a concern is voiced.

    A note where the record says that it is not known; the text then says nothing on it.
    """
    if any(passage.key.family in ANSWERING for passage in reading.passages):
        return
    voiced = next((passage for passage in reading.passages if passage.key.family == CONCERN), None)
    if voiced is None:
        return
    is_known_gap = any(item.count.kind is CountKind.UNKNOWN for item in reading.case.record.official_statistics)
    what = "this is on record as unknown: ask, or look for it" if is_known_gap else "record a case or a statistic"
    text = (
        f"“{voiced.start}” voices a concern, but nothing in the text says what the government did about officials: "
        f"{what}."
    )
    severity = Severity.NOTE if is_known_gap else Severity.WARNING
    yield Check(check=SLUG, severity=severity, text=text, sentence=voiced.key)
