"""The one door to every write that means something, and the answers it gives when it stays shut.

`@action` turns a plain function into a door: called, it opens one durable transaction; its `.inner` is the plain
function, which needs a transaction open already. An importer opens one door and calls the inner functions of others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.models import User
from assessments import policies
from assessments.core.types import SentenceKey
from assessments.models import Revision
from assessments.planned import Planned
from config import turns

P = ParamSpec("P")
R = TypeVar("R", covariant=True)


class NoTransaction(RuntimeError):
    """An inner function was called without a transaction: use the door."""


class Invalid(ValueError):
    """What was given can't be kept; `errors` has the messages by field, "" for those that are about no field."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Keep the messages by field."""
        self.errors = {field: list(messages) for field, messages in errors.items()}
        super().__init__(" ".join(message for messages in self.errors.values() for message in messages))


class NotFound(LookupError):
    """There is no such record here."""


class Conflict(Exception):
    """Somebody else changed it meanwhile: `theirs` is what is stored, at `version`; `mine` was refused and kept.

    Both are records or texts. `keep` writes what was refused into the log, after the refusal undid the rest.
    """

    def __init__(self, *, theirs: Any, mine: Any, version: int, keep: Callable[[], object]) -> None:
        """Hold both sides."""
        self.theirs = theirs
        self.mine = mine
        self.version = version
        self.keep = keep
        super().__init__("Somebody else changed this meanwhile. Both versions are kept; choose one or join them.")


@dataclass(frozen=True)
class Saved:
    """What a save made: the record's ref and new version, and the sentences that it changed."""

    ref: str
    version: int
    changed: tuple[SentenceKey, ...] = ()
    public_id: UUID | None = None
    revision: Revision | None = None  # as it stands after the save, with what was derived (`Drawn`), where it was


class Door(Generic[P, R]):
    """An action: called, it opens one durable transaction around its inner function."""

    def __init__(self, inner: Callable[P, R]) -> None:
        """Wrap a plain function."""
        self._plain = inner
        update_wrapper(self, inner)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the action whole or not at all. A refused text is kept in a transaction of its own."""
        try:
            with turns.in_turn(connection), transaction.atomic(durable=True):
                return self._plain(*args, **kwargs)
        except Conflict as conflict:
            with turns.in_turn(connection), transaction.atomic(durable=True):
                conflict.keep()
            raise

    def inner(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the action inside a transaction that is open already. Raises NoTransaction without one."""
        require_transaction()
        return self._plain(*args, **kwargs)


def action(inner: Callable[P, R]) -> Door[P, R]:
    """Make a plain function an action."""
    return Door(inner)


def require_transaction() -> None:
    """Raise NoTransaction where no transaction is open."""
    if not connection.in_atomic_block:
        raise NoTransaction("Call the action itself, or its inner function within one.")


def lock(revision_id: UUID, *, by: User | None = None, is_drawn: bool = True) -> Revision:
    """Return a revision with its row and its assessment's locked until the transaction ends. Raises NotFound.

    The assessment's lock keeps its events in one order; work on other countries doesn't wait for it. With `by`, who
    that person is to the assessment is read along. What a save left undrawn is derived first, so that no action meets
    a level or a sentence older than the answers beside it; only the saves themselves say `is_drawn=False`.
    """
    require_transaction()
    found = _locked(by is not None, revision=revision_id, **({} if by is None else {"user": by.pk}))
    if not found:
        raise NotFound("There is no such revision.")
    (row,) = found
    if by is not None:
        policies.keep_relation(row, by, row.assessment)
    if is_drawn and row.undrawn:
        from assessments.actions.derive import draw  # it rests on this module

        draw(row)
    return row


@Planned
def _locked(with_relation: bool, *, revision: UUID, user: int | None = None) -> QuerySet[Revision]:
    rows = (
        Revision.objects.select_for_update(of=("self", "assessment"))
        .select_related("assessment__country", "assessment__period", "framework", "wording")
        .filter(public_id=revision)
        .order_by()
    )
    return (policies.with_relation(rows, User(pk=user)) if with_relation else rows)[:1]
