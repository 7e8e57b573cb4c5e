"""A person's sentence whose record changed, or went, since its words were written."""

from collections.abc import Iterator, Mapping

from assessments.core.checks.reading import Reading
from assessments.core.merge import Cause
from assessments.core.types import Check, Severity

SLUG = "record-changed"
RECORD = "The record behind “{start}” has changed: compare it with the new suggestion."
WORDS: Mapping[Cause | None, str] = {
    Cause.WORDING: "The house style now words “{start}” in another way; the record is as it was. Compare the two.",
    Cause.RULES: "The program now words “{start}” in another way; the record is as it was. Compare the two.",
}


def check(reading: Reading) -> Iterator[Check]:
    """Point at each sentence that nothing on record supports any more, and at each waiting suggestion.

    A note where only the words of the rules changed: then what the sentence says is as true as before.
    """
    for passage in reading.passages:
        if passage.is_orphan:
            text = f"Nothing on record supports “{passage.start}” any more: settle it by hand."
            yield Check(check=SLUG, severity=Severity.WARNING, text=text, sentence=passage.key)
        elif passage.is_human and passage.suggestion is not None:
            text = WORDS.get(passage.cause, RECORD).format(start=passage.start)
            severity = Severity.NOTE if passage.cause in WORDS else Severity.WARNING
            yield Check(check=SLUG, severity=severity, text=text, sentence=passage.key)
