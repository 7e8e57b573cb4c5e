"""Lists of questions to a government or a post: where they stand, and what may be done with them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from assessments.enums import LetterState
from assessments.models import Letter, Revision
from assessments.policies.content import check_can_edit
from assessments.policies.people import require
from assessments.policies.visible import visible_assessments

L = LetterState


@dataclass(frozen=True)
class LetterMove:
    """One permitted step of a list of questions, and what is recorded with it."""

    action: str
    from_states: tuple[LetterState, ...]
    to_state: LetterState
    in_words: str
    needs_day: bool = True
    needs_answer: bool = False


LETTER_MOVES: tuple[LetterMove, ...] = (
    LetterMove("send", (L.DRAFT,), L.SENT, "Record as sent"),
    LetterMove("remind", (L.SENT, L.REMINDED), L.REMINDED, "Record a reminder"),
    LetterMove("answer", (L.SENT, L.REMINDED), L.ANSWERED, "Record the answer", needs_answer=True),
    LetterMove("close", (L.DRAFT, L.SENT, L.REMINDED, L.ANSWERED), L.CLOSED, "Close"),
)


def letter_moves(letter: Letter) -> tuple[LetterMove, ...]:
    """Return the steps that are open to a list of questions where it stands."""
    return tuple(move for move in LETTER_MOVES if letter.state in move.from_states)


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


def check_letter_move(letter: Letter, revision: Revision, action: str, user: User) -> LetterMove:
    """Let the analysts record what became of a list of questions; return the step."""
    check_can_edit(revision, user)
    move = next((move for move in letter_moves(letter) if move.action == action), None)
    require(move is not None, f"Request {letter.number} is {L(letter.state).label}; this step is not open to it now.")
    assert move is not None  # noqa: S101  require raised otherwise
    return move
