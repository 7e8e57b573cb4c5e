"""Lists of questions to a government or a post: where they stand, and what may be done with them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from assessments.enums import LetterState, Part, RevisionState
from assessments.models import DataRequestRecord, Letter, Revision
from assessments.policies.content import check_can_edit
from assessments.policies.moves import FROZEN
from assessments.policies.people import name_of, relation, require
from assessments.policies.visible import visible_assessments

L = LetterState
S = RevisionState


@dataclass(frozen=True)
class LetterMove:
    """One permitted step of a list of questions, and what is recorded with it.

    `to_state` None leaves it where it stands. `changes_record` marks a step that writes on sheet F6 in any case, and so
    needs a form that is open; the others say what became of a list that went out, and are open until the release.
    """

    action: str
    from_states: tuple[LetterState, ...]
    to_state: LetterState | None
    in_words: str
    needs_answer: bool = False
    changes_record: bool = False


LETTER_MOVES: tuple[LetterMove, ...] = (
    LetterMove("send", (L.DRAFT,), L.SENT, "Record as sent", changes_record=True),
    LetterMove("remind", (L.SENT, L.REMINDED), L.REMINDED, "Record a reminder"),
    LetterMove("answer", (L.SENT, L.REMINDED), L.ANSWERED, "Record the answer", needs_answer=True),
    LetterMove("close", (L.DRAFT, L.SENT, L.REMINDED, L.ANSWERED), L.CLOSED, "Close"),
    LetterMove("fill", (L.ANSWERED, L.CLOSED), None, "Put the answer on sheet F6", changes_record=True),
)


def letter_moves(letter: Letter) -> tuple[LetterMove, ...]:
    """Return the steps that are open to a list of questions where it stands; "fill" where its answer waits, too."""
    return tuple(move for move in LETTER_MOVES if letter.state in move.from_states)


def waiting_answers(revision: Revision) -> QuerySet[Letter]:
    """Answers that came while nobody could change the record: kept with their list, not on its row of sheet F6 yet.

    One query. Once the row has a day or words of an answer, or is withdrawn, nothing waits.
    """
    empty = DataRequestRecord.objects.current().filter(revision=revision, replied_on__isnull=True, supplied="")
    return Letter.objects.filter(
        assessment=revision.assessment_id, answered_on__isnull=False, request_ref__in=empty.values("ref")
    ).order_by("number")


def visible_letters(user: User) -> QuerySet[Letter]:
    """Lists of questions of the assessments whose working content a person may read."""
    return Letter.objects.filter(assessment__in=visible_assessments(user))


def check_can_change_letter(letter: Letter, revision: Revision, user: User) -> None:
    """Let the analysts write a list of questions until it is sent."""
    check_can_edit(revision, user)
    require(
        letter.state == L.DRAFT,
        f"Request {letter.number} is {L(letter.state).label}: its words stay as they went out. Begin another one.",
    )


def check_can_record_letter(revision: Revision, user: User) -> None:
    """Let the analysts record what became of a list that went out until the text is released.

    What comes back while the text is with the reviewers is kept beside the record, which stays as it was submitted.
    """
    name = name_of(revision)
    require(relation(revision.assessment, user).has(Part.ANALYST), f"Only an analyst assigned to {name} may change it.")
    require(revision.is_open, f"Revision {revision.number} of {name} is closed; a newer one is open.")
    require(
        revision.state not in FROZEN,
        f"{name} is {S(revision.state).label}; open a correction to record what came back.",
    )


def check_letter_move(letter: Letter, revision: Revision, action: str, user: User) -> LetterMove:
    """Let the analysts record what became of a list of questions; return the step."""
    move = next((move for move in letter_moves(letter) if move.action == action), None)
    if move is None or move.changes_record or letter.sent_on is None:
        check_can_edit(revision, user)
    else:
        check_can_record_letter(revision, user)
    require(move is not None, f"Request {letter.number} is {L(letter.state).label}; this step is not open to it now.")
    assert move is not None  # noqa: S101  require raised otherwise
    if move.action == "fill":
        require(
            waiting_answers(revision).filter(pk=letter.pk).exists(),
            f"No answer of request {letter.number} waits for sheet F6.",
        )
    return move
