"""How the reference pages print marks and origins. None of these runs a query."""

import re

from django import template

from frameworks.spec.base import Mark, Origin
from frameworks.views.words import MARKS, ORIGINS

register = template.Library()

_SLOT = re.compile(r"\{([a-z_-]+)\}")


@register.inclusion_tag("frameworks/fact_mark.html")
def fact_mark(mark: Mark) -> dict[str, str]:
    """Print the letter of a framework fact's mark, with its words for those who hear the page."""
    letter, words = MARKS[mark.value]
    return {"letter": letter, "words": words}


@register.filter
def origin_words(origin: Origin) -> str:
    """Say why a record is in the framework."""
    return ORIGINS[origin]


@register.filter
def slots(text: str) -> str:
    """Show the slots of a wording as a reader fills them: "{sector}" becomes "[sector]"."""
    return _SLOT.sub(lambda slot: f"[{slot[1].replace('-', ' ').replace('_', ' ')}]", text)


@register.filter
def spoken(slug: str) -> str:
    """Print a slug as words: "no-conviction" becomes "No conviction"."""
    words = slug.replace("-", " ")
    return words[:1].upper() + words[1:]
