"""The whole way of the core: derive, draft, rank, merge, check. Pure; the same input gives the same result."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assessments.core import checks, drafting, findings, recommendations
from assessments.core.merge import Cause, CurrentSentence, address, from_record, merge
from assessments.core.types import Case, Check, Draft, Finding, SentenceKey
from assessments.core.values import record


@record
class Result:
    """Everything that follows from one case."""

    finding: Finding
    draft: Draft
    sentences: tuple[CurrentSentence, ...]
    checks: tuple[Check, ...]


def run(
    case: Case,
    previous: Sequence[CurrentSentence] = (),
    *,
    new_id: Callable[[SentenceKey], str] = address,
    cause: Cause = Cause.RECORD,
) -> Result:
    """Return finding, draft with recommendations, merged sentences and checks.

    `previous` is the draft as it stands; where it is empty, human sentences of the record itself are kept. `new_id`
    gives a public id to each sentence that was not there before; stored drafts pass one that returns random ids.
    `cause` says what changed since the draft was made as it stands.
    """
    finding = findings.derive(case)
    drafted = drafting.draft(case, finding)
    drafted = replace(drafted, recommendations=recommendations.rank(case, finding))
    before = previous or from_record(case.record, new_id)
    sentences = merge(before, drafted, new_id, cause=cause)
    found = checks.run(case, finding, sentences, drafted.recommendations)
    return Result(finding=finding, draft=drafted, sentences=sentences, checks=found)
