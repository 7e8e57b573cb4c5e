"""The request desk: lists of questions are written, sent, reminded of, answered and closed, and fill sheet F6."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from assessments import events, policies
from assessments.actions.derive import rederive
from assessments.actions.door import Conflict, Invalid, NotFound, Saved, action, lock
from assessments.actions.rows import links_of, log, save_row
from assessments.actions.telling import tell
from assessments.content import adapter
from assessments.core.asking import Question, items_of, stages_of
from assessments.core.sheets import DataRequest, InformationGap
from assessments.core.types import SentenceKey
from assessments.core.values import record
from assessments.enums import LetterState, NoticeKind
from assessments.mapping import to_record
from assessments.models import DataRequestRecord, InformationGapRecord, Letter, Revision

MOST_QUESTIONS = 60


@record
class LetterText:
    """What a person writes of a list of questions."""

    addressee: str = ""
    channel: str = ""
    due_on: date | None = None
    opening: str = ""
    questions: tuple[Question, ...] = ()
    closing: str = ""


def text_of(row: Letter) -> LetterText:
    """Return the words a row holds."""
    return LetterText(
        addressee=row.addressee,
        channel=row.channel,
        due_on=row.due_on,
        opening=row.opening,
        questions=tuple(_questions(row.questions)),
        closing=row.closing,
    )


def _questions(values: Iterable[Any]) -> tuple[Question, ...]:
    found: tuple[Question, ...] = adapter(tuple[Question, ...]).validate_python(list(values))
    return found


@action
def save_letter(
    *, revision_id: UUID, letter_id: UUID | None, text: LetterText, version: int | None = None, by: User, at: datetime
) -> Saved:
    """Write a list of questions; `letter_id` None begins one. Raises Invalid, NotFound, NotAllowed and Conflict."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    _check(text)
    row = None if letter_id is None else _letter(revision, letter_id)
    old = LetterText() if row is None else text_of(row)
    found = events.changes_between(_named(old), _named(text))
    if row is not None:
        policies.check_can_change_letter(row, revision, by)
        if row.version != version:
            target = f"letters/{row.number}"

            def keep() -> None:
                log(lock(revision.public_id), "keep_refused", by=by, at=at, target=target, changes=found)

            raise Conflict(theirs=old, mine=text, version=row.version, keep=keep)
        if not found:
            return Saved(str(row.number), row.version, public_id=row.public_id)
    columns = _columns(text)
    if row is None:
        last = Letter.objects.filter(assessment=revision.assessment).aggregate(last=Max("number"))["last"] or 0
        row = Letter.objects.create(
            assessment=revision.assessment, number=last + 1, entered_by=by, entered_at=at, **columns
        )
    else:
        Letter.objects.filter(pk=row.pk).update(**columns, version=row.version + 1, changed_by=by, changed_at=at)
        row.version += 1
    log(revision, "save_letter", by=by, at=at, target=f"letters/{row.number}", changes=found)
    return Saved(str(row.number), row.version, public_id=row.public_id)


def _columns(text: LetterText) -> dict[str, Any]:
    values = {name: getattr(text, name) for name in ("addressee", "channel", "due_on", "opening", "closing")}
    return values | {"questions": _plain(text.questions)}


def _plain(questions: tuple[Question, ...]) -> list[Any]:
    plain: list[Any] = adapter(tuple[Question, ...]).dump_python(questions, mode="json")
    return list(plain)


def _named(text: LetterText) -> dict[str, Any]:
    values = _columns(text) | {"due_on": text.due_on.isoformat() if text.due_on else None}
    return {f"letter.{name}": value for name, value in values.items() if value not in ("", None, [])}


def _check(text: LetterText) -> None:
    errors: dict[str, list[str]] = {}
    for name, most in (("addressee", 200), ("channel", 200), ("opening", 4000), ("closing", 4000)):
        if len(getattr(text, name)) > most:
            errors[name] = [f"At most {most:,} characters."]
    if len(text.questions) > MOST_QUESTIONS:
        errors["questions"] = [f"At most {MOST_QUESTIONS} questions; make two lists."]
    if errors:
        raise Invalid(errors)


def _letter(revision: Revision, letter_id: UUID) -> Letter:
    row = Letter.objects.select_for_update().filter(assessment=revision.assessment, public_id=letter_id).first()
    if row is None:
        raise NotFound("There is no such request.")
    return row


@action
def move_letter(
    *,
    revision_id: UUID,
    letter_id: UUID,
    step: str,
    on: date,
    answer: str = "",
    closes: Iterable[str] = (),
    version: int,
    by: User,
    at: datetime,
) -> tuple[SentenceKey, ...]:
    """Record that a list of questions was sent, reminded of, answered or closed; return the sentences that changed.

    Sending puts it on sheet F6 with its day, addressee, channel, questions and stages; the answer goes there too, or
    waits beside it while nobody may change the record, until "fill" puts it there. `closes` are ids of gaps that the
    answer closes, where the record can be changed. Raises Invalid, NotFound, NotAllowed and Conflict.
    """
    revision = lock(revision_id)
    row = _letter(revision, letter_id)
    move = policies.check_letter_move(row, revision, step, by)
    if row.version != version:
        raise Conflict(theirs=text_of(row), mine=text_of(row), version=row.version, keep=lambda: None)
    _check_move(row, move, on, answer)
    found: dict[str, Any] = {}
    if move.to_state is not None:
        found = {"state": move.to_state.value, f"{_DAYS[step]}": on}
    changed: tuple[SentenceKey, ...] = ()
    if step == "send":
        found["request_ref"] = _send(revision, row, on, by, at)
        changed = rederive(revision, at=at, changed={"requests"})
    elif step == "answer":
        row.answered_on, row.answer = on, answer.strip()
        found["answer"] = row.answer
        if policies.can_edit(revision, by):
            changed = _put_on_record(revision, row, closes, by, at)
        else:
            said = f"{by.name} recorded an answer to request {row.number} while nobody could change the record."
            tell(revision, NoticeKind.ANSWER_CAME, said, by=by, at=at)
    elif step == "fill":
        changed = _put_on_record(revision, row, closes, by, at)
    Letter.objects.filter(pk=row.pk).update(**found, version=row.version + 1, changed_by=by, changed_at=at)
    new = {f"letter.{name}": value.isoformat() if isinstance(value, date) else value for name, value in found.items()}
    old = {"letter.state": row.state} if found else {}
    changes = events.changes_between(old, new)
    log(revision, f"{step}_letter", by=by, at=at, target=f"letters/{row.number}", changes=changes)
    return changed


def _put_on_record(
    revision: Revision, row: Letter, closes: Iterable[str], by: User, at: datetime
) -> tuple[SentenceKey, ...]:
    """Write an answer on its row of sheet F6, and close the gaps it closes; return the sentences that changed."""
    day = row.answered_on.isoformat() if row.answered_on else ""
    lists = {"requests"} | ({"information_gaps"} if _close_gaps(revision, row, closes, day, by, at) else set())
    _fill(revision, row, by, at, replied_on=day, supplied=row.answer)
    return rederive(revision, at=at, changed=lists)


_DAYS = {"send": "sent_on", "remind": "reminded_on", "answer": "answered_on", "close": "closed_on"}


def _check_move(row: Letter, move: policies.LetterMove, on: date, answer: str) -> None:
    errors: dict[str, list[str]] = {}
    if move.action == "send":
        if not row.addressee.strip():
            errors[""] = ["Name the addressee before it is sent."]
        elif not row.questions:
            errors[""] = ["A request asks something: add at least one question."]
    if move.to_state is not None and row.sent_on is not None and on < row.sent_on:
        errors["on"] = [f"It was sent on {row.sent_on}; this can't be before."]
    if move.needs_answer and not answer.strip():
        errors["answer"] = ["Say what came back; “nothing” is recorded by closing the request."]
    if len(answer) > 4000:
        errors["answer"] = ["An answer has at most 4,000 characters here; enter the document as a source."]
    if errors:
        raise Invalid(errors)


def _send(revision: Revision, row: Letter, on: date, by: User, at: datetime) -> str:
    questions = _questions(row.questions)
    request = DataRequest(
        id="new",
        asked_on=on.isoformat(),
        channel=row.channel,
        addressee=row.addressee,
        items=items_of(questions),
        stages=stages_of(questions),
    )
    saved = save_row(
        revision, DataRequestRecord, ref=None, record=request, version=None, by=by, at=at, action="save_fact"
    )
    return saved.ref


def _fill(revision: Revision, row: Letter, by: User, at: datetime, **values: Any) -> None:
    """Write what came back into the request's row, where nobody withdrew it."""
    rows = DataRequestRecord.objects.current().filter(revision=revision, ref=row.request_ref)
    found = rows.first()
    if found is None:
        return
    old: DataRequest = to_record(found, links_of(revision, "requests", found.ref), presumption_approved_by=())
    save_row(
        revision,
        DataRequestRecord,
        ref=found.ref,
        record=replace(old, **values),
        version=found.version,
        by=by,
        at=at,
        action="save_fact",
    )


def _close_gaps(revision: Revision, row: Letter, refs: Iterable[str], on: str, by: User, at: datetime) -> bool:
    wanted = set(refs)
    gaps = InformationGapRecord.objects.current().filter(revision=revision, ref__in=wanted).order_by("pk")
    closed = False
    for gap in gaps:
        old: InformationGap = to_record(gap)
        if old.closed_on or old.outcome:
            continue
        new = replace(old, closed_on=on, outcome=f"Answered by request {row.request_ref}.")
        save_row(
            revision,
            InformationGapRecord,
            ref=gap.ref,
            record=new,
            version=gap.version,
            by=by,
            at=at,
            action="save_fact",
        )
        closed = True
    return closed


def state_of(row: Letter, today: date) -> str:
    """Return where a list of questions stands, and whether its answer is late, in words."""
    state = LetterState(row.state)
    if state in (LetterState.SENT, LetterState.REMINDED) and row.due_on and row.due_on < today:
        return f"{state.label}, answer late"
    return state.label
