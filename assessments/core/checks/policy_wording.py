"""Words of a government policy or pattern without an approved determination."""

import re
from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity

SLUG = "policy-wording"
_POLICY = re.compile(
    r"\bpolicy or pattern\b"
    r"|\b(?:government|state|official)(?:['’]s)? (?:policy|policies|patterns?) (?:of|to|or)\b"
    r"|\b(?:policy|pattern) of (?:human )?(?:trafficking|forced|compulsory|sexual|slavery|employing|recruiting|using)\b"
    r"|\bas a matter of (?:state|government) policy\b",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Check]:
    """Hold such words back until two people approved a determination; the Secretary's decision is asked for beside."""
    for passage in reading.passages:
        if not _POLICY.search(passage.text):
            continue
        if not reading.answers.determinations:
            text = f"“{passage.start}” speaks of a government policy or pattern, but no determination is approved."
            yield Check(check=SLUG, severity=Severity.BLOCK, text=text, sentence=passage.key)
        elif reading.case.record.decision.secretary_decided_on is None:
            text = (
                f"“{passage.start}” states an office finding; for a clearance or public text the Secretary's decision "
                "has to be recorded with its date."
            )
            severity = Severity.WARNING if passage.is_human else Severity.NOTE
            yield Check(check=SLUG, severity=severity, text=text, sentence=passage.key)
