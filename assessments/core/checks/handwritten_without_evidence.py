"""A sentence somebody wrote that names no evidence and is not marked as a judgement."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.merge import State
from assessments.core.types import Check, Severity

SLUG = "handwritten-without-evidence"


def check(reading: Reading) -> Iterator[Check]:
    """Ask for evidence, or for the mark that the sentence is its author's own judgement."""
    for passage in reading.passages:
        if passage.state is State.HANDWRITTEN and passage.basis.is_empty and not passage.judgement:
            text = f"“{passage.start}” names no evidence: name some, or mark it as your own judgement."
            yield Check(check=SLUG, severity=Severity.BLOCK, text=text, sentence=passage.key)
