"""The assessed government's replies: entered by an analyst on its behalf, and changing nothing else."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from assessments import events, policies, stored_draft
from assessments.actions.door import Invalid, NotFound, action, lock
from assessments.actions.rows import log, set_links
from assessments.enums import ReplyAbout, Stance
from assessments.models import Reply, Revision

MAX_WORDS = 4000


@action
def record_reply(
    *,
    revision_id: UUID,
    about: ReplyAbout,
    target: str = "",
    stance: Stance,
    text: str,
    received_on: date,
    evidence: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Reply:
    """Record what the government wrote on the finding, a sentence or a recommendation, with its own evidence.

    `target` is a sentence's public id or a recommendation's code. What it was about is kept as it read now. Nothing
    else changes: no rating, no fact, no word. Raises NotAllowed, NotFound and Invalid.
    """
    revision = lock(revision_id)
    policies.check_can_reply(revision, by)
    words = _words(text)
    if received_on > at.date():
        raise Invalid({"received_on": ["A reply is recorded once it was received."]})
    quote = _quote(revision, about, target)
    number = Reply.objects.filter(revision=revision).count() + 1
    row = Reply.objects.create(
        revision=revision,
        ref=f"g{number}",
        about=about.value,
        target=target,
        quote=quote,
        stance=stance.value,
        text=words,
        received_on=received_on,
        entered_by=by,
        entered_at=at,
    )
    set_links(revision, Reply.sheet, row.ref, tuple(evidence))
    changes = events.changes_between({}, _said(row, evidence))
    log(revision, "record_reply", by=by, at=at, target=f"{Reply.sheet}/{row.ref}", changes=changes)
    return row


def _words(text: str) -> str:
    """Return what was written, without space around it. Raises Invalid."""
    words = text.strip()
    if not words:
        raise Invalid({"text": ["Give the reply in the government's words."]})
    if len(words) > MAX_WORDS:
        raise Invalid({"text": [f"A reply has at most {MAX_WORDS:,} characters; split it by what it is about."]})
    return words


def _said(row: Reply, evidence: Sequence[str]) -> dict[str, object]:
    """Return what goes on record of a reply."""
    return {
        "reply.about": row.about,
        "reply.target": row.target or None,
        "reply.stance": row.stance,
        "reply.text": row.text,
        "reply.received_on": row.received_on.isoformat(),
        "reply.evidence": list(evidence) or None,
    }


def _quote(revision: Revision, about: ReplyAbout, target: str) -> str:
    """Return the words the reply is about as they read now. Raises NotFound where there are none."""
    if about is ReplyAbout.FINDING:
        result = stored_draft.result(revision)
        if target or result is None or not result.title:
            raise NotFound("There is no finding yet.")
        return result.title
    if about is ReplyAbout.SENTENCE:
        sentence = revision.sentences.filter(public_id=target).first() if _is_id(target) else None
        if sentence is None or not sentence.shown:
            raise NotFound("There is no such sentence.")
        return sentence.shown
    item = revision.recommendations.filter(code=target).first()
    if item is None:
        raise NotFound("There is no such recommendation.")
    return item.shown


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@action
def withdraw_reply(*, revision_id: UUID, ref: str, reason: str, by: User, at: datetime) -> Reply:
    """Take a reply out that was entered in error, with a reason; it stays on record."""
    revision = lock(revision_id)
    policies.check_can_reply(revision, by)
    row = Reply.objects.standing().filter(revision=revision, ref=ref).first()
    if row is None:
        raise NotFound("There is no such reply.")
    words = reason.strip()
    if not words:
        raise Invalid({"reason": ["Give a reason; the reply stays on record with it."]})
    if len(words) > 2000:
        raise Invalid({"reason": ["A reason has at most 2,000 characters."]})
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, words
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    log(revision, "withdraw_reply", by=by, at=at, target=f"{Reply.sheet}/{ref}", reason=words)
    return row
