"""Work that is done once for each value in hand: records never change, so what follows from one stays."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

R = TypeVar("R")

MOST = 4_000
"""Entries kept for one piece of work: those of some twenty full records, about 1 kB each with what was made of it."""


def once_each(work: Callable[[Any], R]) -> Callable[[Any], R]:
    """Keep what the work gave for each frozen value, by the value itself and not by what it equals.

    Telling one in hand from another costs nothing, comparing two field by field would cost as much as the work. The
    value is kept too, so that its place in memory is never another's.
    """
    known: OrderedDict[int, tuple[Any, R]] = OrderedDict()

    @wraps(work)
    def given(value: Any) -> R:
        found = known.get(id(value))
        if found is not None and found[0] is value:
            return found[1]
        made = work(value)
        known[id(value)] = (value, made)
        if len(known) > MOST:
            known.popitem(last=False)
        return made

    return given
