"""A core indicator without a level or a reasoned state."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity
from assessments.core.words import counted

SLUG = "core-unanswered"


def check(reading: Reading) -> Iterator[Check]:
    """Name each core indicator nobody has answered; one that is only incomplete is named by its own check."""
    answered = {item.indicator for item in reading.case.record.ratings}
    for indicator in reading.case.framework.core:
        if reading.answers.is_answered(indicator):
            continue
        name = f"{indicator.title} ({indicator.code})"
        if indicator.slug not in answered:
            text = f"{name} has no answer yet: rate it, or say why it has no level."
        elif indicator.parts and (open_ := _open_parts(reading, indicator.slug, indicator.parts)):
            text = f"{name} is open for {counted(open_, 'sector')}: rate each, or say why it has no level."
        else:
            continue
        yield Check(check=SLUG, severity=Severity.BLOCK, text=text, subjects=(indicator.slug,))


def _open_parts(reading: Reading, slug: str, parts: tuple[str, ...]) -> int:
    given = {item.part for item in reading.case.record.ratings if item.indicator == slug}
    return 0 if "" in given else len(set(parts) - given)
