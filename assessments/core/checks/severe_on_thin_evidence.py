"""A severe finding that rests on one source, or on low confidence alone."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.completeness import elements_of, in_sentence
from assessments.core.types import Check, Rating, Severity
from assessments.core.values import Confidence
from frameworks.spec.base import Direction

SLUG = "severe-on-thin-evidence"


def check(reading: Reading) -> Iterator[Check]:
    """Name severe concern ratings on low confidence, and determinations whose elements have a single origin."""
    case, answers = reading.case, reading.answers
    for rating in answers.ratings.values():
        if _is_severe(reading, rating) and rating.confidence is Confidence.LOW:
            name = in_sentence(case, rating.key)
            text = f"{name} is at level {rating.level} on low confidence alone: find a second source."
            yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=(rating.key,))
    for determination in answers.determinations:
        refs = [ref for element in elements_of(case, determination) for ref in element.evidence]
        items = answers.support.usable(refs)
        if answers.support.origins(items) < 2:
            text = "The approved determination rests on a single source: find a second one."
            yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=(determination.id,))


def _is_severe(reading: Reading, rating: Rating) -> bool:
    framework = reading.case.framework
    return (
        rating.level is not None
        and framework.indicator(rating.indicator).direction is Direction.CONCERN
        and rating.level >= framework.value("rationale-concern-level")
    )
