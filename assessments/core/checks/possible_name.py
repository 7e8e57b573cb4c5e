"""Capitalised words that an excerpt holds too and that are no known term: possibly a person's name.

It asks and never blocks; names of victims and of accused people have no field, yet can slip into any text.
"""

import re
from collections.abc import Hashable, Iterator, Set
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, get_args, get_type_hints

from assessments.core.checks.reading import Reading
from assessments.core.types import Case, Check, Severity
from frameworks.spec.compiled import CompiledFramework

SLUG = "possible-name"
_CAPITALISED = re.compile(r"\b[^\W\d_a-z][\w’'-]*[^\W\d_]\b")
_ALWAYS_KNOWN = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"tier", "watch", "list", "ngo", "ngos", "un", "government", "ministry", "minister", "court", "police"}
)


def check(reading: Reading) -> Iterator[Check]:
    """Ask about capitalised words shared by a sentence and an excerpt; two side by side weigh more."""
    excerpts = _words(" ".join(f"{item.excerpt} {item.edited}" for item in reading.case.record.evidence))
    if not excerpts:
        return
    strange = excerpts - _known(reading.case)
    if not strange:
        return
    for passage in reading.passages:
        found = list(_inner_capitals(passage.text, strange))
        if not found:
            continue
        beside = any(a.end() + 1 == b.start() for a, b in pairwise(found))
        words = " ".join(dict.fromkeys(match[0] for match in found))
        text = f"“{words}” also stands in an excerpt and is no known term: is it a person's name?"
        severity = Severity.WARNING if beside else Severity.NOTE
        yield Check(check=SLUG, severity=severity, text=text, sentence=passage.key)


def _inner_capitals(text: str, words: Set[str]) -> Iterator[re.Match[str]]:
    """Yield those of some words that are capitalised and do not merely begin a sentence."""
    for match in _CAPITALISED.finditer(text):
        if match[0].lower() not in words:
            continue
        before = text[: match.start()].rstrip(" “\"'(")
        if (before and before[-1] not in ".?!:") or _next_is_capital(text, match):
            yield match


def _next_is_capital(text: str, match: re.Match[str]) -> bool:
    following = _CAPITALISED.match(text, match.end() + 1)
    return following is not None


def _words(text: str) -> set[str]:
    return {match[0].lower() for match in _CAPITALISED.finditer(text)}


def _known(case: Case) -> set[str]:
    """Return the words of the country's names, the framework, and the bodies on record."""
    country = " ".join(str(getattr(case.country, one.name)) for one in fields(case.country))
    bodies = " ".join(_bodies(case.record))
    return {word.lower() for word in re.findall(r"\w[\w’'-]*", f"{country} {bodies}")} | _terms(case.framework)


BODY_FIELDS = frozenset({"agency", "abbreviation", "organ", "organ_abbreviation", "force", "body", "body_abbreviation"})


def _bodies(value: object) -> Iterator[str]:
    """Yield what stands in the fields that name agencies and bodies, anywhere in a record."""
    kind: Any = type(value)
    named, within = _places(kind)
    for name in named:
        yield getattr(value, name)
    for name in within:
        inner = getattr(value, name)
        for one in inner if isinstance(inner, tuple) else (inner,):
            yield from _bodies(one)


@cache
def _places(kind: Hashable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of a record type that name a body, and those that hold records which do, at any depth."""
    if not is_dataclass(kind):
        return (), ()
    hints = get_type_hints(kind)
    within = (name for name, hint in hints.items() if any(any(_places(part)) for part in _parts(hint)))
    return tuple(name for name in hints if name in BODY_FIELDS), tuple(within)


def _parts(hint: Any) -> Iterator[Any]:
    """Yield the types that a type is made of: the members of a tuple or of a union."""
    yield hint
    for part in get_args(hint):
        yield from _parts(part)


@lru_cache(maxsize=8)
def _terms(framework: CompiledFramework) -> frozenset[str]:
    texts = [f"{term.label} {term.meaning}" for term in framework.spec.terms]
    texts += [f"{one.label} {one.cite}" for one in framework.provisions]
    return _ALWAYS_KNOWN | {word.lower() for text in texts for word in re.findall(r"\w[\w’'-]*", text)}
