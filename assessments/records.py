"""The records this process has read, by the digest of what was derived from them: read once, then known.

A record never changes and its digest says all that it holds, so that what is known here cannot be out of date: a
revision whose rows changed carries another digest, whichever process derived it.
"""

from collections import OrderedDict

from assessments import content, facts
from assessments.core.types import AssessmentRecord, Case
from assessments.models import Revision

_KNOWN: OrderedDict[str, AssessmentRecord] = OrderedDict()
_MOST = 256
"""About as many as a Report has countries; a full record takes some 200 kB."""


def known(revision: Revision) -> AssessmentRecord | None:
    """Return what the revision held when it was last derived; None where this process has not read it."""
    record = _KNOWN.get(revision.input_digest)
    if record is not None:
        _KNOWN.move_to_end(revision.input_digest)
    return record


def remember(digest: str, record: AssessmentRecord) -> None:
    """Keep a record under the digest of what was derived from it, in place of the one not used for longest."""
    _KNOWN[digest] = record
    _KNOWN.move_to_end(digest)
    while len(_KNOWN) > _MOST:
        _KNOWN.popitem(last=False)


def forget() -> None:
    """Know nothing any more, as a process that has just begun."""
    _KNOWN.clear()


def case_of(revision: Revision) -> Case:
    """Return the revision as the rules last saw it; no query where its record is known.

    `revision` comes with its country, framework and wording. Before the first derivation its rows are read as they are.
    """
    framework, wording = content.framework_of(revision), content.wording_of(revision)
    record = known(revision)
    if record is None:
        case = facts.collect(revision, framework=framework, wording=wording)
        if content.input_digest(case) == revision.input_digest:
            remember(revision.input_digest, case.record)
        return case
    country = facts.country_forms(revision.assessment.country)
    return Case(record=record, country=country, framework=framework, wording=wording)
