"""Accepting a check: what the matter is by which a person's answer is found again, and what it is about.

The key is that of the finding as it was read: check, subjects, sentence and words. What it is about is the content of
its subjects and the sentence as it stood. An acceptance holds for as long as both are what was accepted, so that equal
content keeps it, as it keeps an approval.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from assessments.core.merge import HANDWRITTEN_FAMILY, CurrentSentence
from assessments.core.types import AssessmentRecord, Check, SentenceKey
from frameworks.spec.canonical import canonical_json, digest

_LISTS = (
    "sources",
    "evidence",
    "search_notes",
    "information_gaps",
    "statistics",
    "cases",
    "allegations",
    "elements",
    "measures",
    "commitments",
    "requests",
    "statements",
    "ratings",
    "determinations",
)


def key_of(slug: str, subjects: Sequence[str], sentence: SentenceKey | None, text: str) -> str:
    """Return the key of a finding, the same while the matter and its words are; 64 hexadecimal digits."""
    return digest(canonical_json([slug, list(subjects), sentence, text]))


def check_key(check: Check) -> str:
    """Return the key of a check."""
    return key_of(check.check, check.subjects, check.sentence, check.text)


class Grounds:
    """What checks are about, as it stands in one record and its draft; read only where somebody asks."""

    def __init__(self, record: AssessmentRecord, sentences: Sequence[CurrentSentence]) -> None:
        """Hold the record and the sentences as they stand."""
        self._record = record
        self._sentences = {sentence.key: sentence for sentence in sentences}
        self._entries: Mapping[str, Any] | None = None

    def about(self, check: Check) -> str:
        """Return the digest of what a check is about: its subjects, and its sentence with all that this rests on."""
        sentence = None if check.sentence is None else self._sentences.get(check.sentence)
        names = set(check.subjects)
        words: list[str | None] = []
        if sentence is not None:
            basis = sentence.basis
            if sentence.key.family != HANDWRITTEN_FAMILY:  # its one subject is its own id, another in a correction
                names |= {*sentence.key.subjects}
            names |= {*basis.facts, *basis.evidence, *basis.ratings, *basis.decisions}
            words = [sentence.shown, sentence.suggestion]
        found = {name: self._entry(name) for name in names}
        return digest(canonical_json([found, words]))

    def _entry(self, name: str) -> Any:
        if name == "tier" or name.startswith("trend"):
            return self._record.decision
        if self._entries is None:
            self._entries = dict(_entries(self._record))
        return self._entries.get(name)


def _entries(record: AssessmentRecord) -> Iterator[tuple[str, Any]]:
    """Yield every entry with the name checks call it by; notes for colleagues do not count."""
    for name in _LISTS:
        for item in getattr(record, name):
            yield getattr(item, "key", None) or item.id, _without_note(item)


def _without_note(item: Any) -> Any:
    if not is_dataclass(item):
        return item
    return {field.name: getattr(item, field.name) for field in fields(item) if field.name != "note"}
