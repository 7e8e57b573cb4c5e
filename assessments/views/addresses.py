"""Addresses of pages, put together once for a process: a page leads to some sixty others, most of them each time."""

from collections.abc import Hashable
from functools import lru_cache
from uuid import UUID

from django.urls import reverse

from assessments.stencil import hole


@lru_cache(maxsize=8192)  # all pages of a hundred assessments; some 2 MB
def address(name: str, *args: Hashable) -> str:
    """Return the address of a page by its name; as `reverse`, and as quickly as looking it up."""
    return reverse(name, args=args)


def address_with_holes(name: str, *holes: str) -> str:
    """Return the address of a page for a stencil, with a hole for each id or code in it, in their order."""
    stand_ins = {name: str(UUID(int=number)) for number, name in enumerate(holes)}
    found = reverse(name, args=list(stand_ins.values()))
    for each, stand_in in stand_ins.items():
        found = found.replace(stand_in, hole(each))
    return found
