"""What people do to the draft: their words stay, whatever the facts become (decisions.md 4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from assessments import content, events, policies
from assessments.actions.derive import rederive
from assessments.actions.door import Conflict, Invalid, NotFound, Saved, action, lock
from assessments.actions.rows import log, refuse
from assessments.core.types import Basis
from assessments.core.values import Section
from assessments.enums import SentenceState
from assessments.models import DraftRecommendation, DraftSentence, Evidence, Revision

MAX_TEXT = 4000


def _sentence(sentence_id: UUID, by: User) -> tuple[Revision, DraftSentence]:
    """Return a sentence with its revision locked, for somebody who may change it."""
    found = DraftSentence.objects.filter(public_id=sentence_id).values_list("revision__public_id", flat=True).first()
    if found is None:
        raise NotFound("There is no such sentence any more.")
    revision = lock(found)
    policies.check_can_write(revision, by)
    row = DraftSentence.objects.filter(public_id=sentence_id, revision=revision).first()
    if row is None:
        raise NotFound("There is no such sentence any more.")
    return revision, row


def cleaned(text: str, what: str = "sentence") -> str:
    """Return a text for the draft: one line, no spaces around it. Raises Invalid, which calls it `what`."""
    text = " ".join(text.split())
    if not text:
        way = ", or remove the sentence" if what == "sentence" else ""
        raise Invalid({"text": [f"Write something{way}."]})
    if len(text) > MAX_TEXT:
        raise Invalid({"text": [f"A {what} has at most {MAX_TEXT:,} characters."]})
    return text


def _check_version(
    revision: Revision, row: DraftSentence, version: int | None, mine: str, by: User, at: datetime
) -> None:
    if version is not None and row.version == version:
        return
    raise refuse(
        revision,
        target=str(row.public_id),
        name="sentence",
        theirs=row.shown,
        mine=mine,
        version=row.version,
        by=by,
        at=at,
        protected={},
    )


def _write(
    revision: Revision, row: DraftSentence, action_name: str, values: dict[str, Any], by: User, at: datetime
) -> Saved:
    before = {"sentence.text": row.shown, "sentence.state": row.state}
    for name, value in values.items():
        setattr(row, name, value)
    after = {"sentence.text": row.shown, "sentence.state": row.state}
    row.version += 1
    row.changed_at = at
    row.save(update_fields=[*values, "version", "changed_at"])
    log(
        revision,
        action_name,
        by=by,
        at=at,
        target=str(row.public_id),
        changes=events.changes_between(before, after),
    )
    changed = rederive(revision, at=at, changed=())
    version = DraftSentence.objects.filter(pk=row.pk).values_list("version", flat=True).first()
    return Saved(str(row.public_id), version or row.version, changed, row.public_id)


@action
def edit_sentence(*, sentence_id: UUID, text: str, version: int | None, by: User, at: datetime) -> Saved:
    """Put a person's words in place of a sentence's; what the rules would write stays beside it."""
    revision, row = _sentence(sentence_id, by)
    return write_words(revision, row, cleaned(text), version, action_name="edit_sentence", by=by, at=at)


def write_words(
    revision: Revision,
    row: DraftSentence,
    words: str,
    version: int | None,
    *,
    action_name: str,
    by: User,
    at: datetime,
) -> Saved:
    """Put words in place of a locked sentence's, as its author's own. Raises Conflict where it changed since."""
    _check_version(revision, row, version, words, by, at)
    hand = row.state == SentenceState.HANDWRITTEN
    newest = row.generated_text if row.suggestion is None else row.suggestion
    if not hand and words == newest:
        return _write(revision, row, "revert_sentence", _generated(row), by, at)
    state = SentenceState.HANDWRITTEN if hand else SentenceState.EDITED
    seen = {"generated_text": newest, "suggestion": None}  # what the rules say now counts as seen
    values = {"text": words, "state": state.value, "author": by, "stated_author": ""} | seen
    return _write(revision, row, action_name, values, by, at)


def _generated(row: DraftSentence) -> dict[str, Any]:
    return {
        "text": None,
        "state": SentenceState.GENERATED.value,
        "suggestion": None,
        "generated_text": row.generated_text if row.suggestion is None else row.suggestion,
        "author": None,
        "stated_author": "",
    }


@action
def revert_sentence(*, sentence_id: UUID, version: int | None, by: User, at: datetime) -> Saved:
    """Go back to the words of the rules. Raises Invalid for a sentence written by hand: it has none."""
    revision, row = _sentence(sentence_id, by)
    _check_version(revision, row, version, row.generated_text, by, at)
    if row.family is None:
        raise Invalid({"": ["A sentence written by hand has no generated words; edit or remove it."]})
    if row.state == SentenceState.GENERATED:
        return Saved(str(row.public_id), row.version, public_id=row.public_id)
    return _write(revision, row, "revert_sentence", _generated(row), by, at)


@action
def accept_suggestion(*, sentence_id: UUID, version: int | None, by: User, at: datetime) -> Saved:
    """Take what the rules suggest beside an edited sentence. Raises Invalid where they suggest nothing."""
    revision, row = _sentence(sentence_id, by)
    _check_version(revision, row, version, row.suggestion or "", by, at)
    if not row.suggestion:
        raise Invalid({"": ["There is no suggestion for this sentence."]})
    return _write(revision, row, "accept_suggestion", _generated(row), by, at)


@action
def remove_sentence(*, sentence_id: UUID, version: int | None = None, by: User, at: datetime) -> Saved:
    """Take a sentence out of the text; it stays out when the draft is regenerated, and can be restored."""
    revision, row = _sentence(sentence_id, by)
    _check_version(revision, row, row.version if version is None else version, "", by, at)
    if row.state == SentenceState.REMOVED:
        return Saved(str(row.public_id), row.version, public_id=row.public_id)
    values = {"state": SentenceState.REMOVED.value, "author": by, "stated_author": ""}
    return _write(revision, row, "remove_sentence", values, by, at)


@action
def restore_sentence(*, sentence_id: UUID, version: int | None = None, by: User, at: datetime) -> Saved:
    """Put a removed sentence back, with the words it had."""
    revision, row = _sentence(sentence_id, by)
    _check_version(revision, row, row.version if version is None else version, row.shown, by, at)
    if row.state != SentenceState.REMOVED:
        return Saved(str(row.public_id), row.version, public_id=row.public_id)
    if row.family is None:
        state = SentenceState.HANDWRITTEN
    else:
        state = SentenceState.GENERATED if row.text is None else SentenceState.EDITED
    values = {"state": state.value, "author": None if row.text is None else by}
    return _write(revision, row, "restore_sentence", values, by, at)


@action
def add_sentence(
    *,
    revision_id: UUID,
    section: Section,
    text: str,
    evidence: Sequence[str] = (),
    judgement: bool = False,
    by: User,
    at: datetime,
) -> Saved:
    """Write a sentence by hand, on evidence or marked as the author's own judgement; it never moves."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    words = cleaned(text)
    if not evidence and not judgement:
        raise Invalid({"evidence": ["Name the evidence it rests on, or mark it as your own judgement."]})
    known = Evidence.objects.filter(revision=revision, ref__in=evidence, withdrawn_at__isnull=True)
    missing = sorted(set(evidence) - set(known.values_list("ref", flat=True)))
    if missing:
        raise Invalid({"evidence": [f"There is no evidence {', '.join(missing)} in this assessment."]})
    last = revision.sentences.filter(section=Section(section).value).aggregate(last=Max("position"))["last"]
    row = DraftSentence.objects.create(
        revision=revision,
        section=Section(section).value,
        position=(last or 0) + 1,
        text=words,
        state=SentenceState.HANDWRITTEN.value,
        basis=content.plain(Basis(evidence=tuple(dict.fromkeys(evidence)))),
        judgement=judgement,
        author=by,
        changed_at=at,
    )
    changes = events.changes_between({}, {"sentence.text": words, "sentence.state": row.state})
    log(revision, "add_sentence", by=by, at=at, target=str(row.public_id), changes=changes)
    return Saved(str(row.public_id), row.version, rederive(revision, at=at, changed=()), row.public_id)


# --- Recommendations ---------------------------------------------------------------------------------------------


def _recommendation(revision: Revision, recommendation_id: UUID) -> DraftRecommendation:
    row = revision.recommendations.filter(public_id=recommendation_id).first()
    if row is None:
        raise NotFound("There is no such recommendation any more.")
    return row


def _late(revision: Revision, row: DraftRecommendation, theirs: str, mine: str, by: User, at: datetime) -> Conflict:
    return refuse(
        revision,
        target=f"recommendations/{row.code}",
        name="recommendation",
        theirs=theirs,
        mine=mine,
        version=row.version,
        by=by,
        at=at,
        protected={},
    )


@action
def reorder_recommendation(
    *,
    revision_id: UUID,
    recommendation_id: UUID,
    rank: int,
    reason: str,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Saved:
    """Move a recommendation to another place, with a reason; without one it goes back to the rules' place.

    `version` is that of the recommendation as it was read; Conflict where it changed since. None: as it stands.
    """
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    row = _recommendation(revision, recommendation_id)
    if version not in {None, row.version}:
        raise _late(revision, row, f"place {row.rank}", f"place {rank}", by, at)
    count = revision.recommendations.count()
    if not 1 <= rank <= count:
        raise Invalid({"rank": [f"There are places 1 to {count}."]})
    if not reason.strip() and rank != row.position:
        raise Invalid({"reason": ["Give a reason for leaving the order of the rules."]})
    if len(reason) > 2000:
        raise Invalid({"reason": ["A reason has at most 2,000 characters."]})
    before = {"recommendation.rank": row.rank}
    row.rank, row.reorder_reason = rank, reason.strip()
    row.reordered_by, row.reordered_at = (by, at) if row.reorder_reason else (None, None)
    row.version += 1
    row.save(update_fields=["rank", "reorder_reason", "reordered_by", "reordered_at", "version"])
    changes = events.changes_between(before, {"recommendation.rank": rank})
    log(
        revision,
        "reorder_recommendation",
        by=by,
        at=at,
        target=f"recommendations/{row.code}",
        reason=reason.strip(),
        changes=changes,
    )
    saved = Saved(row.code, row.version, public_id=row.public_id)
    return replace(saved, changed=rederive(revision, at=at, changed=()))


@action
def edit_recommendation(
    *, revision_id: UUID, recommendation_id: UUID, text: str, version: int | None, by: User, at: datetime
) -> Saved:
    """Put a person's words in place of a recommendation's; the same words as the rules' bring those back."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    row = _recommendation(revision, recommendation_id)
    words = cleaned(text, "recommendation")
    return word_point(revision, row, words, version, action_name="edit_recommendation", by=by, at=at)


def word_point(
    revision: Revision,
    row: DraftRecommendation,
    words: str,
    version: int | None,
    *,
    action_name: str,
    by: User,
    at: datetime,
) -> Saved:
    """Put words in place of a locked recommendation's, as a person's. Raises Conflict where it changed since."""
    if row.version != version:
        raise _late(revision, row, row.shown, words, by, at)
    before = {"recommendation.text": row.shown}
    row.text = None if words == row.generated_text else words
    row.version += 1
    row.save(update_fields=["text", "version"])
    changes = events.changes_between(before, {"recommendation.text": row.shown})
    log(revision, action_name, by=by, at=at, target=f"recommendations/{row.code}", changes=changes)
    saved = Saved(row.code, row.version, public_id=row.public_id)
    return replace(saved, changed=rederive(revision, at=at, changed=()))
