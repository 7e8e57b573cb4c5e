"""Taking words out of everything an assessment keeps: one person proposes, another decides (decisions.md 16)."""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import content, facts, policies, redaction
from assessments.actions.derive import rederive
from assessments.actions.door import Invalid, NotFound, action, lock
from assessments.actions.rows import log
from assessments.core.redacting import REDACTED, SHORTEST, Words
from assessments.enums import RedactionState
from assessments.models import Redaction, Revision

MAX_WORDS = 200
MAX_REASON = 2000


def _words(text: str) -> Words:
    words = Words(" ".join(text.split()))
    if len(words.text) < SHORTEST:
        raise Invalid({"words": [f"Give the words as they stand there, at least {SHORTEST} characters of them."]})
    if len(words.text) > MAX_WORDS:
        raise Invalid({"words": [f"At most {MAX_WORDS} characters at once; take a long passage out in parts."]})
    if Words(REDACTED).times(words.text):
        raise Invalid({"words": ["These words were taken out already."]})
    return words


@action
def propose_redaction(*, revision_id: UUID, words: str, reason: str, by: User, at: datetime) -> Redaction:
    """Propose to take words out of rows, history and sealed parts. Nothing changes until a second person decides.

    The reason stays on record and so may not hold the words. Raises NotAllowed, and Invalid where the words stand
    nowhere or the proposal is there already.
    """
    revision = lock(revision_id)
    policies.check_can_propose_redaction(revision, by)
    found = _words(words)
    why = reason.strip()
    if not why:
        raise Invalid({"reason": ["Give a reason; it stays on record."]})
    if len(why) > MAX_REASON:
        raise Invalid({"reason": [f"A reason has at most {MAX_REASON:,} characters."]})
    if found.times(why):
        raise Invalid({"reason": ["The reason stays on record for ever; give it without the words themselves."]})
    if any(Words(row.words).text == found.text for row in revision.assessment.redactions.waiting()):
        raise Invalid({"words": ["This is proposed already and waits for a second person."]})
    places = redaction.find(revision.assessment, found)
    if not places:
        raise Invalid({"words": ["These words stand nowhere in this assessment; copy them as they are written there."]})
    row = Redaction.objects.create(
        assessment=revision.assessment,
        words=found.text,
        reason=why,
        places=[place.plain() for place in places],
        proposed_by=by,
        proposed_at=at,
    )
    log(revision, "propose_redaction", by=by, at=at, target=str(row.public_id), reason=why)
    return row


def _waiting(revision: Revision, redaction_id: UUID) -> Redaction:
    row = revision.assessment.redactions.waiting().filter(public_id=redaction_id).first()
    if row is None:
        raise NotFound("There is no such proposal that waits for a decision.")
    return row


def _decide(row: Redaction, state: RedactionState, by: User, at: datetime) -> None:
    row.state, row.words, row.decided_by, row.decided_at = state.value, "", by, at
    row.save(update_fields=["state", "words", "places", "decided_by", "decided_at"])


@action
def redact(*, revision_id: UUID, redaction_id: UUID, by: User, at: datetime) -> Redaction:
    """Take the words out, as the second person. Open text is derived anew; what was frozen keeps its hash.

    Old and new values of the log lose them and keep their digests, so that the chain still verifies.
    """
    revision = lock(revision_id)
    row = _waiting(revision, redaction_id)
    policies.check_can_decide_redaction(row, revision, by)
    places = redaction.take_out(revision.assessment, Words(row.words), at=at)
    row.places = [place.plain() for place in places]
    _decide(row, RedactionState.DONE, by, at)
    log(revision, "redact", by=by, at=at, target=str(row.public_id), reason=row.reason)
    _bring_up_to_date(revision, at)
    return row


def _bring_up_to_date(revision: Revision, at: datetime) -> None:
    """Derive an open text again. A released one keeps its words; only the digest of its rows moves with them."""
    if revision.state not in policies.FROZEN:
        rederive(revision, at=at)
        return
    framework, wording = content.framework_of(revision), content.wording_of(revision)
    revision.input_digest = content.input_digest(facts.collect(revision, framework=framework, wording=wording))
    revision.save(update_fields=["input_digest"])


@action
def decline_redaction(*, revision_id: UUID, redaction_id: UUID, reason: str, by: User, at: datetime) -> Redaction:
    """Leave the words where they are, for a reason that stays on record."""
    revision = lock(revision_id)
    row = _waiting(revision, redaction_id)
    policies.check_can_decide_redaction(row, revision, by)
    why = reason.strip()
    if not why or len(why) > MAX_REASON or Words(row.words).times(why):
        raise Invalid({"reason": ["Give a reason of at most 2,000 characters, without the words themselves."]})
    _decide(row, RedactionState.DECLINED, by, at)
    log(revision, "decline_redaction", by=by, at=at, target=str(row.public_id), reason=why)
    return row


@action
def withdraw_redaction(*, revision_id: UUID, redaction_id: UUID, by: User, at: datetime) -> Redaction:
    """Take one's own proposal back while nobody decided it."""
    revision = lock(revision_id)
    row = _waiting(revision, redaction_id)
    policies.check_can_withdraw_redaction(row, by)
    _decide(row, RedactionState.WITHDRAWN, by, at)
    log(revision, "withdraw_redaction", by=by, at=at, target=str(row.public_id))
    return row
