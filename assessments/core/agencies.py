"""When a body's name adds nothing to its people: "police" behind "police officer", the army behind soldiers."""

import re

from frameworks.spec.wording import StyleSpec

_WORD = re.compile(r"[a-z]+")
_SMALL = frozenset({"of", "the", "and", "in", "for", "at", "a", "an"})


def adds_nothing(style: StyleSpec, agency: str, role: str) -> bool:
    """Say whether an agency is a general word, stands in the role already, or is where such people always serve."""
    name, people = agency.casefold().removeprefix("the "), role.casefold()
    if name in style.general_agencies:
        return True
    if any(word in people and name in bodies for word, bodies in style.implied_agencies.items()):
        return True
    words = set(_WORD.findall(name)) - _SMALL - set(style.agency_words)
    return not words or words <= set(_WORD.findall(people))
