"""What every spec model shares: frozen, closed to unknown keys, strict about kinds of value."""

import difflib
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class SpecModel(BaseModel):
    """A frozen part of a framework document; an unknown key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Mark(StrEnum):
    """How well a stated fact is supported; shown wherever the fact is shown."""

    VERIFIED = "verified"  # read in a source text
    UNVERIFIED = "unverified"  # from general knowledge: check before relying on it
    PROPOSAL = "proposal"  # the office's own method, not law and not practice


class Direction(StrEnum):
    """Which end of a scale is worse."""

    CONCERN = "concern"  # higher is worse
    RESPONSE = "response"  # higher is better

    @property
    def in_words(self) -> str:
        """Say the direction as it is printed on screens and exports."""
        return "higher is worse" if self is Direction.CONCERN else "higher is better"


class Origin(StrEnum):
    """Why a record is in the framework."""

    SEED = "seed"  # stated by the seed document; a seed row points at it
    STATUTE = "statute"  # added because the law needs it
    PRACTICE = "practice"  # from reporting practice
    METHOD = "method"  # from the method itself (treaty provisions and classes an indicator rests on)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_nfc)]
"""A text that is never empty, in Unicode normal form C."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A name that never changes: lower case letters, digits and single hyphens."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?` for the nearest known word, or an empty string when none is near."""
    near = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
