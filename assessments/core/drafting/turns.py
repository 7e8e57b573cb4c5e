"""What the sentence before was, so that the next one of its section does not open alike.

Only small words depend on a neighbor: "also", "further", "authorities" for "the government". A change of no more than
these is mechanical (`core.mechanical`), so that an approved text is reconfirmed at a click where its neighbor changes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assessments.core.values import Section


@dataclass(frozen=True, slots=True)
class Turn:
    """A sentence as the next one sees it."""

    section: Section | None = None
    speaker: str = ""  # who is said to say it
    again: str = ""  # how that speaker went on: "also"
    run: int = 0  # how many sentences up to this one open with that speaker
    opening: str = ""  # date or origin it opens with
    text: str = ""


LONGEST_RUN = 2
"""Sentences that open with one speaker before the next one opens with a small word instead."""


def opens_with(text: str, speaker: str) -> bool:
    """Say whether a sentence opens with who says it."""
    return bool(speaker) and text.startswith(f"{speaker[:1].upper()}{speaker[1:]} ")


def turned(slots: Mapping[str, str], name: str, small: tuple[str, ...], addition: str) -> dict[str, str]:
    """Return the slots of a sentence that opens with "in addition", its speaker in slot `name`, in place of "also"."""
    found = dict(slots)
    found[name] = f"{addition}, {slots[name]}"
    found.pop("again", None)
    first, _, rest = slots.get("verb", "").partition(" ")
    if first in small and rest:
        found["verb"] = rest
    return found


def shortened(slots: Mapping[str, str], before: str, whole: str, short: str) -> dict[str, str]:
    """Return the slots with "complicity" alone, where the sentence before has just said "complicity in trafficking".

    Not where either says it of a case or a place: behind its words only a stop, or that no figures were given, may
    stand. The short words stand by themselves too, so that nothing is lost where a person takes that sentence out.
    """
    if not re.search(rf"{re.escape(whole)}(?=[.;]| but )", before):
        return dict(slots)
    bare = re.compile(rf"{re.escape(whole)}(?=$|,)")
    return {name: bare.sub(short, text) if name in _SCOPED else text for name, text in slots.items()}


_SCOPED = frozenset({"details", "statistics"})
