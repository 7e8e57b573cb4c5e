"""A concern a source graded higher than the concern level derived (decisions.md 10)."""

from collections.abc import Iterator, Mapping

from assessments.core.checks.reading import Reading
from assessments.core.types import Check, Severity
from assessments.core.values import ConcernGrade, StatementKind

SLUG = "concern-grade-differs"
LEVELS: Mapping[ConcernGrade, int] = {
    ConcernGrade.CONCERN: 1,
    ConcernGrade.SIGNIFICANT: 3,
    ConcernGrade.SERIOUS: 3,
    ConcernGrade.WIDESPREAD: 3,
    ConcernGrade.ENDEMIC: 4,
}
"""The level whose words each grade uses (narrative-style.md 7)."""


def check(reading: Reading) -> Iterator[Check]:
    """Point out that a source speaks more gravely of officials than the ratings do; both stand, each in its place.

    A note where the text says whose word it is; a warning where the graver word stands as the office's own.
    """
    level = reading.finding.concern.level
    if level is None:
        return
    for statement in reading.case.record.statements:
        grade = statement.grade
        if statement.kind is not StatementKind.CONCERN or grade is None or not statement.about_officials:
            continue
        if LEVELS[grade] > level:
            text = (
                f"A source says “{grade.label}” ({statement.id}), while concern is derived at level {level}: "
                "rate what the source describes, or note why not."
            )
            is_own = statement.unattributed or not statement.evidence
            severity = Severity.WARNING if is_own else Severity.NOTE
            yield Check(check=SLUG, severity=severity, text=text, subjects=(statement.id,))
