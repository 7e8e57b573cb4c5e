"""The identity of a protected source, a recruiter's name or a docket number inside a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.core.checks.reading import Reading
from assessments.core.support import incidents_of
from assessments.core.types import Check, Severity
from assessments.core.values import Protection

SLUG = "protected-words"
PUBLISHER = "the publisher"
SHORTEST = 4
"""A protected text shorter than this says too little to be looked for."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Words that only some people may see, and what they are."""

    ref: str
    what: str
    words: str
    severity: Severity

    def stands_in(self, text: str) -> bool:
        """Say whether a text holds these words, whole and in whatever case."""
        return re.search(rf"(?<!\w){re.escape(self.words)}(?!\w)", text, re.IGNORECASE) is not None


def check(reading: Reading) -> Iterator[Check]:
    """Look in every sentence for what only some people may see; the message never repeats it.

    The name of a publisher, or a title of one word, may stand in a text by chance: that is a warning.
    """
    secrets = tuple(_secrets(reading))
    for passage in reading.passages:
        for secret in secrets:
            if not secret.stands_in(passage.text):
                continue
            sentence = "A sentence" if secret.stands_in(passage.start) else f"“{passage.start}”"
            text = f"{sentence} holds {secret.what} of {secret.ref}, which is protected: use a permitted attribution."
            yield Check(check=SLUG, severity=secret.severity, text=text, subjects=(secret.ref,), sentence=passage.key)


def _secrets(reading: Reading) -> Iterator[Secret]:
    record = reading.case.record
    found: list[tuple[str, str, str]] = []
    for source in record.sources:
        if source.protection is not Protection.OPEN:
            found += [(source.id, "the title", source.title), (source.id, "the address", source.url)]
            found.append((source.id, PUBLISHER, source.publisher))
    found += [(one.id, "the recruiter", one.recruiter) for one in incidents_of(record)]
    found += [(one.id, "the docket number", one.docket) for one in record.cases]
    for ref, what, given in found:
        words = given.strip()
        if len(words) >= SHORTEST:
            by_chance = what == PUBLISHER or (what == "the title" and " " not in words)
            severity = Severity.WARNING if by_chance else Severity.BLOCK
            yield Secret(ref=ref, what=what, words=words, severity=severity)
