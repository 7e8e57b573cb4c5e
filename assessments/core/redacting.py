"""Taking words out of texts and of values made of texts; pure.

What is taken out is whole words, however they are spaced and whichever case they are in: "Ana  Lund" is found by "ana
lund", and "Ana" is not found in "Anatomy". Names from the framework's registry (slugs) are never touched.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

REDACTED = "[redacted]"
"""What stands in place of the words."""
BLACK = "\u2588"
"""What stands in place of each character, where the length of a text must stay."""
SHORTEST = 3
"""Fewer characters than this would be found everywhere."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|[a-z0-9]+")


@dataclass(frozen=True)
class Words:
    """Words to be found and taken out."""

    text: str

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        inner = r"\s+".join(re.escape(word) for word in self.text.split())
        return re.compile(rf"(?<![\w-]){inner}(?![\w-])", re.IGNORECASE)

    def times(self, value: Any) -> int:
        """Count how often they stand in a text, or in the texts of a list or a mapping."""
        if isinstance(value, str):
            return len(self._pattern.findall(value))
        if isinstance(value, dict):
            return sum(self._inside(member) for member in value.values())
        if isinstance(value, list | tuple):
            return sum(self._inside(member) for member in value)
        return 0

    def _inside(self, member: Any) -> int:
        return 0 if _is_slug(member) else self.times(member)

    def blackened(self, text: str) -> str:
        """Return a text with the words blackened, as long as it was: places in it stay where they are."""
        return self._pattern.sub(lambda found: BLACK * len(found[0]), text)

    def out_of(self, value: Any, longest: int | None = None) -> Any:
        """Return the value with the words taken out, no text longer than `longest`."""
        if isinstance(value, str):
            return self._pattern.sub(REDACTED, value)[:longest]
        if isinstance(value, dict):
            return {key: self._member(member) for key, member in value.items()}
        if isinstance(value, list | tuple):
            return [self._member(member) for member in value]
        return value

    def _member(self, member: Any) -> Any:
        return member if _is_slug(member) else self.out_of(member)


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and _SLUG.fullmatch(value) is not None
