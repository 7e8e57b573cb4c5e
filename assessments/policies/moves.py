"""The way of a revision to the public, as a table (decisions.md 15)."""

from dataclasses import dataclass

from accounts.models import Role, User
from assessments.core.grammar.lists import join
from assessments.enums import Circle, Part, RevisionState
from assessments.models import Revision
from assessments.policies.people import NotAllowed, Relation, name_of, people, relation, require
from assessments.policies.steps import CIRCLES

S = RevisionState

EDITABLE = frozenset({S.IN_PROGRESS.value, S.CHANGES_REQUESTED.value})
"""States in which the analysts may change content."""

FROZEN = frozenset({S.RELEASED.value, S.SUPERSEDED.value})
"""States in which nothing of a revision changes any more."""


@dataclass(frozen=True)
class Move:
    """One permitted change of state. `who` lists the parts of an assignment or the role it takes, any one of them."""

    action: str
    from_state: RevisionState
    to_state: RevisionState
    who: tuple[Part | Role, ...]
    in_words: str
    needs_reason: bool = False
    by_step: bool = False  # the step of review says who; `who` is what it says unless a coordinator ordered otherwise


TRANSITIONS: tuple[Move, ...] = (
    Move("submit", S.IN_PROGRESS, S.SUBMITTED, (Part.ANALYST,), "submit"),
    Move("submit", S.CHANGES_REQUESTED, S.SUBMITTED, (Part.ANALYST,), "submit"),
    Move("reopen", S.SUBMITTED, S.IN_PROGRESS, (Part.ANALYST, Role.COORDINATOR), "take back", needs_reason=True),
    Move(
        "request_changes",
        S.SUBMITTED,
        S.CHANGES_REQUESTED,
        (Part.REVIEWER,),
        "request changes to",
        needs_reason=True,
        by_step=True,
    ),
    Move(
        "reopen",
        S.CHANGES_REQUESTED,
        S.SUBMITTED,
        (Part.REVIEWER, Role.COORDINATOR),
        "take back the request for changes to",
        needs_reason=True,
    ),
    Move("approve", S.SUBMITTED, S.APPROVED, (Part.REVIEWER,), "approve", by_step=True),
    Move("reopen", S.APPROVED, S.CHANGES_REQUESTED, (Part.REVIEWER, Role.COORDINATOR), "reopen", needs_reason=True),
    Move("apply_wording", S.APPROVED, S.SUBMITTED, (Role.FRAMEWORK_EDITOR,), "apply a wording to"),
    Move("release", S.APPROVED, S.RELEASED, (Role.COORDINATOR,), "release"),
    Move("supersede", S.RELEASED, S.SUPERSEDED, (Role.COORDINATOR,), "supersede"),
)
"""Every change of state there is. Until release each can be taken back, on record; a release is only superseded.

`supersede` happens by the release of a correction. An approval that equal content keeps may approve on submission.
`apply_wording` moves only what reads differently afterwards: approved words are approved again.
"""


def moves(action: str, state: str) -> Move | None:
    """Return the change of state an action makes from here; None where it can't be done from here."""
    return next((move for move in TRANSITIONS if move.action == action and move.from_state == state), None)


def check_move(
    action: str,
    revision: Revision,
    user: User,
    *,
    reason: str | None = None,
    who: tuple[Part | Role, ...] | None = None,
) -> Move:
    """Return the change of state an action makes. Raises NotAllowed; `reason` None leaves the need for one open.

    `who` takes the place of the table's people where a step of review says who.
    """
    require(revision.is_open, f"Revision {revision.number} of {name_of(revision)} is closed; another one is open.")
    move = moves(action, revision.state)
    if move is None:
        ways = [item for item in TRANSITIONS if item.action == action]
        states = join([item.from_state.label for item in ways], "or")
        now = S(revision.state).label
        raise NotAllowed(f"{name_of(revision)} is {now}; only what is {states} can be {_DONE[action]}.")
    mine, who = relation(revision.assessment, user), move.who if who is None else who
    require(
        mine.has(*who) and _is_seen(revision, mine),
        f"Only {people(who)} may {move.in_words} {name_of(revision)}.",
    )
    if move.needs_reason and reason is not None:
        require(bool(reason.strip()), f"To {move.in_words} {name_of(revision)}, give a reason.")
    return move


def _is_seen(revision: Revision, mine: Relation) -> bool:
    """Say whether the person may see the text now: a step can shut its analysts out."""
    return mine.has(*CIRCLES[Circle(revision.seen_by)], Role.COORDINATOR)


_DONE = {
    "submit": "submitted",
    "reopen": "taken back or reopened",
    "request_changes": "sent back for changes",
    "approve": "approved",
    "apply_wording": "worded anew after approval",
    "release": "released",
    "supersede": "superseded",
}
