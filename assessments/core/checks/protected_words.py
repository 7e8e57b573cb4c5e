"""The identity of a protected source, a recruiter's name or a docket number inside a text."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.support import incidents_of
from assessments.core.types import Check, Severity
from assessments.core.values import Protection

SLUG = "protected-words"
SHORTEST = 4
"""A protected text shorter than this says too little to be looked for."""


def check(reading: Reading) -> Iterator[Check]:
    """Look in every sentence for what only some people may see; the message never repeats it."""
    secrets = tuple(_secrets(reading))
    for passage in reading.passages:
        folded = passage.text.casefold()
        for ref, what, words in secrets:
            if words.casefold() in folded:
                text = f"“{passage.start}” holds {what} of {ref}, which is protected: use a permitted attribution."
                if words.casefold() in passage.start.casefold():
                    text = f"A sentence holds {what} of {ref}, which is protected: use a permitted attribution."
                yield Check(check=SLUG, severity=Severity.BLOCK, text=text, subjects=(ref,), sentence=passage.key)


def _secrets(reading: Reading) -> Iterator[tuple[str, str, str]]:
    record = reading.case.record
    found = [
        (source.id, what, words.strip())
        for source in record.sources
        if source.protection is not Protection.OPEN
        for what, words in (
            ("the title", source.title),
            ("the publisher", source.publisher),
            ("the address", source.url),
        )
    ]
    found += [(one.id, "the recruiter", one.recruiter.strip()) for one in incidents_of(record)]
    found += [(one.id, "the docket number", one.docket.strip()) for one in record.cases]
    yield from (item for item in found if len(item[2]) >= SHORTEST)
