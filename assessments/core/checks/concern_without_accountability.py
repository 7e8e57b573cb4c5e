"""A concern sentence with no sentence on accountability beside it."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity

SLUG = "concern-without-accountability"
CONCERN = "concern"
ANSWERING = frozenset({"accountability", "case", "case-status", "data-gap", "new-and-continued"})
"""Claim families that say what was done about officials, or that nothing was reported."""


def check(reading: Reading) -> Iterator[Check]:
    """Ask, once a section, for a word on what the government did where a concern is voiced."""
    settled = {passage.key.section for passage in reading.passages if passage.key.family in ANSWERING}
    for passage in reading.passages:
        if passage.key.family == CONCERN and passage.key.section not in settled:
            settled.add(passage.key.section)
            text = (
                f"“{passage.start}” voices a concern, but nothing beside it says what the government did about "
                "officials: record a case or a statistic."
            )
            yield Check(check=SLUG, severity=Severity.WARNING, text=text, sentence=passage.key)
