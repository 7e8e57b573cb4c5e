"""A fact that would stand in the text without evidence."""

from collections.abc import Iterator

from assessments.core.checks.reading import Reading
from assessments.core.support import evidence_of
from assessments.core.types import Check, Severity
from assessments.core.values import CountKind

SLUG = "figure-without-evidence"
SAYS_NOTHING = frozenset({CountKind.UNKNOWN, CountKind.NOT_APPLICABLE})


def check(reading: Reading) -> Iterator[Check]:
    """Name each statistic that says something, each case and each allegation that no evidence stands behind."""
    known, record = reading.case.evidence, reading.case.record
    for statistic in record.statistics:
        if statistic.count.kind not in SAYS_NOTHING and not known.keys() & set(statistic.evidence):
            text = f"The statistic on {statistic.stage.label} ({statistic.id}) has no evidence."
            yield Check(check=SLUG, severity=Severity.NOTE, text=text, subjects=(statistic.id,))
    for kind, incidents in (("case", record.cases), ("allegation", record.allegations)):
        for incident in incidents:
            if not known.keys() & set(evidence_of(incident)):
                text = f"The {kind} {incident.id} has no evidence."
                yield Check(check=SLUG, severity=Severity.NOTE, text=text, subjects=(incident.id,))
