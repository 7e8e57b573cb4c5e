"""Remarks on the text in threads, and words proposed for a sentence or a recommendation."""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import events, policies
from assessments.actions.door import Invalid, NotFound, Saved, action, lock
from assessments.actions.draft import cleaned, word_point, write_words
from assessments.actions.rows import log
from assessments.actions.telling import mentioned, tell
from assessments.enums import NoticeKind, ProposalState
from assessments.models import Comment, DraftSentence, Revision, WordingProposal

MAX_WORDS = 4000
MAX_REASON = 2000


@action
def comment(
    *,
    revision_id: UUID,
    text: str,
    sentence_id: UUID | None = None,
    quote: str = "",
    parent_id: UUID | None = None,
    by: User,
    at: datetime,
) -> Comment:
    """Remark on a sentence, on words of it, or on the whole text. The quote stays when the sentence changes.

    `quote` are the words it is on; without it, the remark is on the sentence as a whole. Raises Invalid where the
    words do not stand in the sentence.
    """
    revision = lock(revision_id)
    policies.check_can_comment(revision, by)
    words = text.strip()
    if not words:
        raise Invalid({"text": ["Write something."]})
    if len(words) > MAX_WORDS or len(quote) > MAX_WORDS:
        raise Invalid({"text": [f"A comment has at most {MAX_WORDS:,} characters."]})
    parent = _parent(revision, parent_id)
    if parent is not None:
        sentence_id, quote, on_words = parent.sentence, "", False
    else:
        quote, on_words = _quoted(revision, sentence_id, quote)
    named = mentioned(revision, words)
    row = put_comment(
        revision,
        Comment(
            sentence=sentence_id,
            quote=quote,
            is_on_words=on_words,
            text=words,
            mentions=[str(person.public_id) for person in named],
            parent=parent,
        ),
        by=by,
        at=at,
    )
    if named:
        said = f"{by.name} named you in a remark."
        tell(revision, NoticeKind.MENTIONED, said, by=by, at=at, people=named, place="#remarks")
    return row


def put_comment(revision: Revision, row: Comment, *, by: User, at: datetime) -> Comment:
    """Store a remark that was found to be right, with its event; who may remark is asked before."""
    row.revision, row.by, row.at = revision, by, at
    row.save(force_insert=True)
    said = {"comment.text": row.text, "comment.quote": row.quote or None, "comment.author": row.stated_author or None}
    log(revision, "comment", by=by, at=at, target=str(row.public_id), changes=events.changes_between({}, said))
    return row


def put_proposal(revision: Revision, row: WordingProposal, *, by: User, at: datetime) -> WordingProposal:
    """Store proposed words that were found to be right, with their event; who may propose is asked before."""
    row.revision, row.by, row.at = revision, by, at
    row.save(force_insert=True)
    said = {"proposal.text": row.text, "proposal.author": row.stated_author or None}
    changes = events.changes_between({"proposal.text": row.quote, "proposal.author": None}, said)
    log(revision, "propose_wording", by=by, at=at, target=str(row.public_id), reason=row.note, changes=changes)
    return row


def _parent(revision: Revision, parent_id: UUID | None) -> Comment | None:
    if parent_id is None:
        return None
    row = Comment.objects.filter(revision=revision, public_id=parent_id).select_related("parent").first()
    if row is None:
        raise NotFound("There is no such comment.")
    return row.parent or row  # a thread is one row of answers


def _quoted(revision: Revision, sentence_id: UUID | None, quote: str) -> tuple[str, bool]:
    """Return the words a remark is on, and whether they are part of a sentence."""
    if sentence_id is None:
        return quote, False
    sentence = DraftSentence.objects.filter(revision=revision, public_id=sentence_id).first()
    if sentence is None:
        raise NotFound("There is no such sentence any more.")
    words = " ".join(quote.split())
    if not words or words == sentence.shown:
        return sentence.shown, False
    if words not in sentence.shown:
        raise Invalid({"quote": ["These words do not stand in the sentence; copy them from it, or leave this empty."]})
    return words, True


def _comment(comment_id: UUID, by: User) -> tuple[Revision, Comment]:
    """Return a comment with the open revision: what was said of an earlier one is settled while that is worked on."""
    found = Comment.objects.filter(public_id=comment_id).values_list("revision__assessment", flat=True).first()
    open_ = Revision.objects.filter(assessment=found, is_open=True).values_list("public_id", flat=True).first()
    if found is None or open_ is None:
        raise NotFound("There is no such comment.")
    revision = lock(open_)
    policies.check_can_comment(revision, by)
    return revision, Comment.objects.get(public_id=comment_id)


@action
def resolve_comment(*, comment_id: UUID, by: User, at: datetime) -> Comment:
    """Mark a comment as settled; it stays on record."""
    revision, row = _comment(comment_id, by)
    if row.resolved_at is None:
        row.resolved_at, row.resolved_by = at, by
        row.save(update_fields=["resolved_at", "resolved_by"])
        log(revision, "resolve_comment", by=by, at=at, target=str(row.public_id))
    return row


@action
def reopen_comment(*, comment_id: UUID, by: User, at: datetime) -> Comment:
    """Open a settled comment again."""
    revision, row = _comment(comment_id, by)
    if row.resolved_at is not None:
        row.resolved_at = row.resolved_by = None
        row.save(update_fields=["resolved_at", "resolved_by"])
        log(revision, "reopen_comment", by=by, at=at, target=str(row.public_id))
    return row


# --- Proposed words ----------------------------------------------------------------------------------------------


@action
def propose_wording(
    *,
    revision_id: UUID,
    sentence_id: UUID | None = None,
    recommendation_id: UUID | None = None,
    text: str,
    note: str = "",
    by: User,
    at: datetime,
) -> WordingProposal:
    """Propose words for a sentence or a recommendation; they change nothing until an analyst takes them.

    One of the two ids is given. Raises Invalid for the words it has already, NotFound where it is gone. Who proposes
    stays free to approve: the words become those of the analyst who takes them.
    """
    revision = lock(revision_id)
    policies.check_can_propose(revision, by)
    row = _for_sentence(revision, sentence_id) if recommendation_id is None else _for_point(revision, recommendation_id)
    what = "recommendation" if row.code else "sentence"
    row.text, row.note = cleaned(text, what), note.strip()
    if row.text == row.quote:
        raise Invalid({"text": ["These are the words it has."]})
    if len(note) > MAX_REASON:
        raise Invalid({"note": [f"A reason has at most {MAX_REASON:,} characters."]})
    put_proposal(revision, row, by=by, at=at)
    said = f"{by.name} proposed other words for a {what}."
    tell(revision, NoticeKind.PROPOSED, said, by=by, at=at, place=place_of(row))
    return row


def _for_sentence(revision: Revision, sentence_id: UUID | None) -> WordingProposal:
    found = DraftSentence.objects.filter(revision=revision)
    sentence = found.filter(public_id=sentence_id).first() if sentence_id else None
    if sentence is None:
        raise NotFound("There is no such sentence any more.")
    return WordingProposal(sentence=sentence.public_id, quote=sentence.shown)


def _for_point(revision: Revision, recommendation_id: UUID) -> WordingProposal:
    point = revision.recommendations.filter(public_id=recommendation_id).first()
    if point is None:
        raise NotFound("The recommendation is gone; nothing sets it off any more.")
    return WordingProposal(code=point.code, quote=point.shown)


def _proposal(proposal_id: UUID) -> tuple[Revision, WordingProposal]:
    found = WordingProposal.objects.filter(public_id=proposal_id).values_list("revision__public_id", flat=True).first()
    if found is None:
        raise NotFound("There is no such proposal.")
    revision = lock(found)
    row = WordingProposal.objects.select_related("by").get(public_id=proposal_id)
    row.revision = revision
    return revision, row


def _answered(row: WordingProposal, state: ProposalState, answer: str, by: User, at: datetime) -> None:
    row.state, row.answer, row.answered_by, row.answered_at = state.value, answer, by, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])


@action
def accept_wording(*, proposal_id: UUID, version: int | None, by: User, at: datetime) -> Saved:
    """Put proposed words in place of the sentence's or recommendation's; then they are the words of who took them.

    `version` is that of what they are for, as it was read. Raises Conflict where it changed since, NotFound where it is
    gone.
    """
    revision, row = _proposal(proposal_id)
    policies.check_can_answer_proposal(row, by)
    saved = _taken(revision, row, version, by=by, at=at)
    _answered(row, ProposalState.ACCEPTED, "", by, at)
    said = f"{by.name} took the words you proposed."
    tell(revision, NoticeKind.ANSWERED, said, by=by, at=at, people=_proposer(row), place=place_of(row))
    return saved


def _taken(revision: Revision, row: WordingProposal, version: int | None, *, by: User, at: datetime) -> Saved:
    if row.code:
        point = revision.recommendations.filter(code=row.code).first()
        if point is None:
            raise NotFound("The recommendation is gone; nothing sets it off any more.")
        return word_point(revision, point, row.text, version, action_name="accept_wording", by=by, at=at)
    sentence = row.sentence and revision.sentences.filter(public_id=row.sentence).first()
    if not sentence:
        raise NotFound("The sentence is gone; take the words over by hand.")
    return write_words(revision, sentence, row.text, version, action_name="accept_wording", by=by, at=at)


def place_of(row: WordingProposal) -> str:
    """Return where on the pages of draft and review one finds what a proposal is for."""
    return f"#point-{row.code}" if row.code else f"?sentence={row.sentence}#s-{row.sentence}"


@action
def decline_wording(*, proposal_id: UUID, reason: str, by: User, at: datetime) -> WordingProposal:
    """Leave the words as they are, for a reason that the proposer reads."""
    revision, row = _proposal(proposal_id)
    policies.check_can_answer_proposal(row, by)
    words = reason.strip()
    if not words:
        raise Invalid({"reason": ["Say why; the person who proposed it reads this."]})
    if len(words) > MAX_REASON:
        raise Invalid({"reason": [f"A reason has at most {MAX_REASON:,} characters."]})
    _answered(row, ProposalState.DECLINED, words, by, at)
    log(revision, "decline_wording", by=by, at=at, target=str(row.public_id), reason=words)
    said = f"{by.name} declined the words you proposed."
    tell(revision, NoticeKind.ANSWERED, said, by=by, at=at, people=_proposer(row), place=place_of(row))
    return row


def _proposer(row: WordingProposal) -> list[User]:
    """Return who proposed it, if they still read the working content."""
    return [person for person in policies.may_be_told(row.revision) if person.pk == row.by_id]


@action
def withdraw_wording(*, proposal_id: UUID, by: User, at: datetime) -> WordingProposal:
    """Take one's own proposal back while nobody answered it; it stays on record."""
    revision, row = _proposal(proposal_id)
    policies.check_can_withdraw_proposal(row, by)
    _answered(row, ProposalState.WITHDRAWN, "", by, at)
    log(revision, "withdraw_wording", by=by, at=at, target=str(row.public_id))
    return row
