"""A sentence with nothing behind it."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.merge import State
from assessments.core.types import Check, Severity

SLUG = "sentence-without-basis"


def check(reading: Reading) -> Iterator[Check]:
    """Name each sentence of the rules that rests on no fact, rating or decision."""
    for passage in reading.passages:
        if passage.state is not State.HANDWRITTEN and passage.basis.is_empty:
            text = f"“{passage.start}” rests on no recorded fact, rating or decision."
            yield Check(check=SLUG, severity=Severity.BLOCK, text=text, sentence=passage.key)
