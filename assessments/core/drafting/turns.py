"""What the sentence before was, so that the next one of its section does not open alike.

Only small words depend on a neighbor: "also", "further", "authorities" for "the government". A change of no more than
these is mechanical (`core.mechanical`), so that an approved text is reconfirmed at a click where its neighbor changes.
"""

from dataclasses import dataclass

from assessments.core.values import Section


@dataclass(frozen=True, slots=True)
class Turn:
    """A sentence as the next one sees it."""

    section: Section | None = None
    speaker: str = ""  # who is said to say it
    again: str = ""  # how that speaker went on: "also"
    opening: str = ""  # date or origin it opens with
    text: str = ""
