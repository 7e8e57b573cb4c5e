"""A case told without the acquittal, closure, reversal or appeal that is on record."""

from collections.abc import Iterator, Mapping

from assessments.core.checks.reading import Reading
from assessments.core.checks.text import has_word
from assessments.core.types import Check, Severity
from assessments.core.values import Stage

SLUG = "outcome-left-out"
WORDS: Mapping[Stage, tuple[str, ...]] = {
    Stage.ACQUITTAL: ("acquit", "not guilty", "cleared"),
    Stage.COURT_DISMISSAL: ("dismiss", "threw out", "thrown out", "drop"),
    Stage.SHELVING: ("clos", "shelv", "drop", "discontinu"),
    Stage.REVERSAL: ("overturn", "revers", "annul", "quash"),
    Stage.APPEAL: ("appeal",),
}
"""Words by which a reader learns of each outcome."""


def check(reading: Reading) -> Iterator[Check]:
    """Read all sentences about a case together and look for each outcome in favor of the accused."""
    for case in reading.case.record.cases:
        outcomes = [step.stage for step in case.proceedings if step.stage in WORDS]
        told = reading.telling.get(case.id, ()) if outcomes else ()
        if not told or not any(passage.is_human or passage.key.family == "case" for passage in told):
            continue
        together = " ".join(passage.text for passage in told)
        missing = dict.fromkeys(stage for stage in outcomes if not has_word(together, WORDS[stage]))
        for stage in missing:
            text = f"The case {case.id} is told without its {stage.label}, which is on record."
            subjects = (case.id, stage.value)
            yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=subjects, sentence=told[0].key)
