"""The records this process has read, each with the digest of what was derived from it: read once, then known.

A record never changes and its digest says all that it holds, so that what is known here cannot be out of date: a
revision whose rows changed carries another digest, whichever process derived it. Of a revision the newest is kept.
"""

from collections import OrderedDict
from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from django.db import transaction

from assessments import content, events, facts
from assessments.core.types import AssessmentRecord, Case
from assessments.enums import Subject
from assessments.models import Event, Revision

T = TypeVar("T")

_KNOWN: OrderedDict[int, tuple[str, AssessmentRecord]] = OrderedDict()
_LAST: OrderedDict[int, tuple[events.End, AssessmentRecord]] = OrderedDict()
_MOST = 64
"""More than people work on at once; a full record takes some 200 kB."""


def known(revision: Revision) -> AssessmentRecord | None:
    """Return what the revision's rows hold now; None where this process has not read or written it."""
    digest, record = _KNOWN.get(revision.pk, ("", None))
    return record if digest == (revision.undrawn_mark or revision.input_digest) else None


def earlier(revision: Revision) -> tuple[AssessmentRecord, frozenset[str]] | None:
    """Return what this process last knew of the revision, and the lists written since, by whichever process; one query.

    Sources are among them always, because they are shared and keep a log of their own. None where nothing is known,
    where the log does not hold the event that was last then (the database was restored meanwhile), or where something
    was done since of which the log does not say which lists it wrote. Needs the revision's lock.
    """
    found = _LAST.get(revision.pk)
    if found is None:
        return None
    (sequence, mark), record = found
    log = Event.objects.about(Subject.ASSESSMENT, revision.assessment.public_id).filter(sequence__gte=sequence)
    known_at, *since = log.values_list("hash", "action", "target") or [("", "", "")]
    if known_at[0] != mark:
        return None
    lists = {"sources", *revision.undrawn_lists}
    for _, action, target in since:
        written = _WRITES.get(action)
        if written is None:
            return None
        lists |= {target.partition("/")[0]} if written == _TARGET else {written} - {""}
    return record, frozenset(lists)


_TARGET = "*"
_WRITES: Mapping[str, str] = {
    "save_rating": "ratings",
    "save_reconciled_rating": "ratings",
    "endorse": "ratings",
    "save_fact": _TARGET,
    "withdraw_fact": _TARGET,
    "save_decision": "decision",
    "move_fact": "",
    "save_second_rating": "",
    "confirm_unchanged": "",
    "keep_refused": "",
    "edit_sentence": "",
    "revert_sentence": "",
    "remove_sentence": "",
    "restore_sentence": "",
    "add_sentence": "",
    "accept_suggestion": "",
    "edit_recommendation": "",
    "reorder_recommendation": "",
    "comment": "",
    "resolve_comment": "",
    "accept_check": "",
    "reopen_check": "",
}
"""By act: the list of the record it writes; "" for none. What is not here has everything read anew."""


def remember(revision: Revision, digest: str, record: AssessmentRecord) -> None:
    """Keep a revision's record with the digest of what was derived from it, in place of the one kept for longest.

    A record that nothing was derived from yet is kept under the mark its writer gave it, which nobody else can give.
    Who wrote it in this transaction has the end of its log in hand (`note_end`).
    """
    end = revision.__dict__.get(_END)
    if end is not None:
        # Only what was committed: another process may give the next event the same number.
        transaction.on_commit(partial(_keep, _LAST, revision.pk, (end, record)))
    _keep(_KNOWN, revision.pk, (digest, record))


def _keep(kept: OrderedDict[int, T], pk: int, value: T) -> None:
    kept[pk] = value
    kept.move_to_end(pk)
    while len(kept) > _MOST:
        kept.popitem(last=False)


_END = "_log_end"


def note_end(revision: Revision, event: Event) -> None:
    """Note the event just logged of the revision's assessment, under its lock."""
    revision.__dict__[_END] = event.sequence, event.hash


def forget() -> None:
    """Know nothing any more, as a process that has just begun."""
    _KNOWN.clear()
    _LAST.clear()


def case_of(revision: Revision) -> Case:
    """Return the revision as the rules last saw it; no query where its record is known.

    `revision` comes with its country, framework and wording. Before the first derivation its rows are read as they are.
    """
    framework, wording = content.framework_of(revision), content.wording_of(revision)
    record = known(revision)
    if record is None and (found := earlier(revision)):
        case = facts.collect_again(revision, found[0], lists=found[1], framework=framework, wording=wording)
        if content.input_digest(case) == revision.input_digest:
            remember(revision, revision.input_digest, case.record)
            return case
    if record is None:
        case = facts.collect(revision, framework=framework, wording=wording)
        if content.input_digest(case) == revision.input_digest:
            remember(revision, revision.input_digest, case.record)
        return case
    country = facts.country_forms(revision.assessment.country)
    return Case(record=record, country=country, framework=framework, wording=wording)
