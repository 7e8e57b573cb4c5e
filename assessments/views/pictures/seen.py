"""The figures that one request may show; what is released is read once by a process, then known.

A row of released figures never changes: a release adds one, a correction puts a later one in the place of an earlier.
So how many there are and the sum of their keys tell one state from every other, the newest text's digest one database
from another, and the digest of the reference data which tiers and names stand beside them. Whoever codes some of them
blind has a state of their own. Working values are read anew each time.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from django.db.models import Count, Max, QuerySet, Subquery, Sum

from accounts.models import User
from assessments import policies
from assessments.models import Figures, Snapshot
from assessments.views.page import UserRequest
from assessments.views.pictures import rows
from assessments.views.pictures.rows import Row, Versions
from assessments.views.work import settled
from frameworks.models import StoredReference

T = TypeVar("T")
Mark = tuple[object, ...]

_KNOWN: OrderedDict[tuple[object, ...], object] = OrderedDict()
_MOST = 128
"""Pieces of work kept by a process: most take some 50 kB, the rows of a year or all disagreements some 300 kB."""


class Seen:
    """The figures a person may see of one kind, and what was read of them."""

    def __init__(self, figures: QuerySet[Figures], mark: Mark | None = None, *, is_released: bool = False) -> None:
        """Take the figures as a policy narrowed them; with a mark, what follows from them is kept under it."""
        self.figures = figures
        self.is_released = is_released
        self._mark = mark

    def once(self, name: tuple[object, ...], work: Callable[[], T]) -> T:
        """Return what the work gives, done once in this process for what is released; never change what it returns."""
        if self._mark is None:
            return work()
        key = (*self._mark, *name)
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
            return _KNOWN[key]  # type: ignore[return-value]
        made = work()
        _KNOWN[key] = made
        if len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)
        return made

    @cached_property
    def years(self) -> list[int]:
        """The years there are figures of, newest first."""
        return self.once(("years",), lambda: rows.years_of(self.figures))

    def rows(self, year: int) -> Sequence[Row]:
        """Return one year's rows in the order of the countries' names, with their recorded tiers."""
        return self.once(("rows", year), lambda: rows.rows_of(self.figures, year))

    def versions(self, of: Iterable[int]) -> Versions:
        """Return framework versions by their keys."""
        wanted = frozenset(of)
        return self.once(("versions", wanted), lambda: Versions(wanted))


def forget() -> None:
    """Drop what is known, as a process that has just started; what was kept is read anew."""
    _KNOWN.clear()


def released(user: User) -> Seen:
    """Return what is released to this person; two queries."""
    coded = policies.coded_by(user)
    return _marked(policies.released_figures(user, coded), coded)


def judged(user: User) -> Seen:
    """Return what is released to the method's owner; two queries."""
    coded = policies.coded_by(user)
    return _marked(policies.judged_figures(user, coded), coded)


def working(user: User) -> tuple[str, Seen]:
    """Return that values as they stand are shown, and those this person may read. Raises NotAllowed.

    What a save left undrawn is derived first, as wherever a revision is read.
    """
    policies.check_can_see_working_pictures(user)
    undrawn = policies.visible_revisions(user).filter(is_open=True).exclude(undrawn="")
    settled(undrawn.order_by().values_list("public_id", flat=True))
    return rows.WORKING, Seen(policies.working_figures(user))


def asked(request: UserRequest) -> tuple[str, Seen]:
    """Return which values a request asks for, and the figures with them. Raises NotAllowed."""
    if request.GET.get("values") == rows.WORKING:
        return working(request.user)
    policies.check_can_see_pictures(request.user)
    return rows.RELEASED, released(request.user)


def _marked(figures: QuerySet[Figures], coded: tuple[int, ...]) -> Seen:
    newest = Snapshot.objects.filter(figures__is_released=True).order_by("-figures__pk").values("open_digest")[:1]
    reference = StoredReference.objects.values("digest")[:1]
    states = (
        figures.order_by()
        .values("is_released")
        .annotate(Count("pk"), Sum("pk"), Max("pk"), newest=Subquery(newest), reference=Subquery(reference))
        .values_list("pk__count", "pk__sum", "pk__max", "newest", "reference")
    )
    state = next(iter(states), None)  # None: nothing is released
    mark = (coded, *state) if state and state[-1] else None
    return Seen(figures, mark, is_released=True)
