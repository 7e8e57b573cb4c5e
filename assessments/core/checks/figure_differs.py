"""A figure in a person's sentence that the record does not hold."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from assessments.core.checks.reading import Reading
from assessments.core.checks.text import numbers_in
from assessments.core.merge import State
from assessments.core.types import Check, Severity

SLUG = "figure-differs"


def check(reading: Reading) -> Iterator[Check]:
    """Compare the numbers of each edited sentence with those of its facts and of the sentence the rules wrote."""
    for passage in reading.passages:
        if passage.state is not State.EDITED:
            continue
        said = dict.fromkeys(numbers_in(passage.text))
        if not said:
            continue
        known = set(numbers_in(passage.generated))
        for fact in reading.facts_of(passage):
            known.update(_numbers(fact))
        strange = [value for value in said if value not in known]
        if strange:
            text = f"“{passage.start}” says {_written(strange)}, which its record does not hold."
            yield Check(check=SLUG, severity=Severity.WARNING, text=text, sentence=passage.key)


def _numbers(value: object) -> Iterator[float]:
    """Yield every number a record holds, those inside its words and dates included."""
    if value is None or isinstance(value, bool | Enum):
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, str):
        if value:
            yield from numbers_in(value.replace("-", " "))
    elif isinstance(value, tuple):
        for one in value:
            yield from _numbers(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _numbers(getattr(value, field.name))


def _written(values: list[float]) -> str:
    return ", ".join(f"{value:,g}" for value in values)
