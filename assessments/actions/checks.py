"""A person's answer to a check: let stand for a reason, and opened again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from assessments import content, events, policies, stored_draft
from assessments.actions.accepted import checks_open
from assessments.actions.derive import grounds
from assessments.actions.door import Invalid, NotFound, action, lock
from assessments.actions.rows import log
from assessments.core.types import Check, Severity
from assessments.models import CheckAcceptance, Result, Revision

MAX_REASON = 2000


@action
def accept_check(*, revision_id: UUID, check_key: str, reason: str, by: User, at: datetime) -> CheckAcceptance:
    """Let a check stand, for a reason. It counts as open again once its words or what it is about change.

    `check_key` is that of the check as it was read: where its words changed since, NotFound says so. Raises NotAllowed
    for what blocks submission, and Invalid without a reason or where it is accepted already.
    """
    revision = lock(revision_id)
    policies.check_can_answer_checks(revision, by)
    result, stored = _stored(revision, check_key)
    policies.check_can_accept(revision, by, Severity(stored["severity"]))
    words = " ".join(reason.split())
    if not words:
        raise Invalid({"reason": ["Say why it may stand; the reason stays on record."]})
    if len(words) > MAX_REASON:
        raise Invalid({"reason": [f"A reason has at most {MAX_REASON:,} characters."]})
    if stored["accepted"]:
        raise Invalid({"": ["This check is accepted already."]})
    # One that lapsed gives way: what it was about is another thing now.
    CheckAcceptance.objects.standing().filter(revision=revision, key=check_key).update(withdrawn_at=at, withdrawn_by=by)
    row = CheckAcceptance.objects.create(
        revision=revision,
        key=check_key,
        about=grounds(revision).about(_check(stored)),
        slug=stored["check"],
        severity=stored["severity"],
        subjects=stored["subjects"],
        sentence=stored["sentence"],
        text=stored["text"],
        reason=words,
        by=by,
        at=at,
    )
    _restate(result, check_key, str(row.public_id))
    changes = {"check.text": events.Change(None, stored["text"])}
    log(revision, "accept_check", by=by, at=at, target=stored["check"], reason=words, changes=changes)
    return row


@action
def reopen_check(*, revision_id: UUID, check_key: str, by: User, at: datetime) -> CheckAcceptance:
    """Take an acceptance back: the check is open again. Raises NotFound where none holds."""
    revision = lock(revision_id)
    policies.check_can_answer_checks(revision, by)
    row = CheckAcceptance.objects.standing().filter(revision=revision, key=check_key).first()
    if row is None:
        raise NotFound("This check is not accepted.")
    row.withdrawn_at, row.withdrawn_by = at, by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    result = stored_draft.result(revision)
    if result is not None:
        _restate(result, check_key, None)
    changes = {"check.text": events.Change(row.text, None)}
    log(revision, "reopen_check", by=by, at=at, target=row.slug, changes=changes)
    return row


def _stored(revision: Revision, key: str) -> tuple[Result, Mapping[str, Any]]:
    result = stored_draft.result(revision)
    if result is not None:
        for check in result.checks:
            if check["key"] == key:
                return result, check
    raise NotFound("There is no such check any more: it was settled, or what it says changed. Look at the list again.")


def _check(stored: Mapping[str, Any]) -> Check:
    values = {name: value for name, value in stored.items() if name not in {"key", "accepted"}}
    check: Check = content.adapter(Check).validate_python(values)
    return check


def _restate(result: Result, key: str, accepted: str | None) -> None:
    for check in result.checks:
        if check["key"] == key:
            check["accepted"] = accepted
    result.checks_open = checks_open(result.checks)
    result.save(update_fields=["checks", "checks_open"])
