"""Silence written as zero, or zero written as silence."""

import re
from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.sheets import Statistic
from assessments.core.types import Check, Severity
from assessments.core.values import NUMBERED, CountKind

SLUG = "silence-and-zero"
_SILENCE = re.compile(r"\b(?:did|does) not (?:report|provide|disclose|give)\b|\bnot reported\b", re.IGNORECASE)
_ZERO = re.compile(
    r"\bthere were no\b|\b(?:reported|opened|obtained|initiated|conducted|made|secured|had) (?:no|zero)\b"
    r"|\bdid not (?:investigate|prosecute|convict|charge|arrest|indict|sentence|open|obtain|initiate|conduct|make)\b"
    r"|\bno (?:official|officer|investigation|prosecution|conviction|arrest|charge|indictment|sentence)s?\b"
    r"[^.]*\bw(?:as|ere)\b",
    re.IGNORECASE,
)
_UNKNOWN = "what nobody asked for is unknown, neither unreported nor zero"


def check(reading: Reading) -> Iterator[Check]:
    """Compare the words of a person's sentence with the kind of count on record."""
    for passage in reading.passages:
        if not passage.is_human:
            continue
        figures = [fact for fact in reading.facts_of(passage) if isinstance(fact, Statistic)]
        has_silence = any(fact.count.kind not in NUMBERED for fact in figures)
        for fact in figures:
            if has_silence and fact.count.kind in NUMBERED:
                continue  # the words of silence may be about the other figure
            if text := _fault(passage.text, passage.start, fact):
                yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=(fact.id,), sentence=passage.key)


def _fault(text: str, start: str, statistic: Statistic) -> str:
    silent, zero = bool(_SILENCE.search(text)), bool(_ZERO.search(text))
    what = f"of {statistic.stage.label}"
    match statistic.count.kind:
        case CountKind.REPORTED_ZERO if silent:
            return f"“{start}” says that something was not reported, but a zero {what} was reported."
        case CountKind.NOT_REPORTED if zero:
            return f"“{start}” says that there were none, but {statistic.stage.label} is on record as not reported."
        case CountKind.UNKNOWN if silent or zero:
            return f"“{start}” speaks {what}, which is on record as unknown: {_UNKNOWN}."
        case kind if kind in NUMBERED and (silent or zero):
            return f"“{start}” says that there were none, but {statistic.count.value:,} are on record {what}."
        case CountKind.TOOK_PLACE if zero:
            return f"“{start}” says that there were none, but {statistic.stage.label} took place, number not given."
    return ""
