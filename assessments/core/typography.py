"""Typography of published text: curly quotes, and spaces that keep figures and citations on one line.

The words stay what was approved; `folded` undoes all that this adds, so that texts are compared by their words.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from assessments.core.grammar.text import curly

NO_BREAK = "\u00a0"

_UNITS = "percent|million|billion|trillion|thousand|years?|months?|weeks?|days?|hours?|minutes?|kilometers?|miles?"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_KEPT = re.compile(
    rf"(?:(?<=\d) (?=(?:{_UNITS})\b)"  # 15 percent, $2 million, 10 years
    rf"|(?<=\bsec\.) (?=\d)|(?<=\bsecs\.) (?=\d)|(?<=§) (?=\d)|(?<=\bart\.) (?=\d)|(?<=\bpara\.) (?=\d)"
    r"|(?<=\bSection) (?=\d)|(?<=\bArticle) (?=\d)|(?<=\bArticles) (?=\d)|(?<=\bNo\.) (?=\d)|(?<=\bTier) (?=\d)"
    r"|(?<=\bp\.) (?=\d)|(?<=\bpp\.) (?=\d)|(?<=\blevel) (?=\d)"
    r"|(?<=\d) (?=U\.S\.C\.)|(?<=U\.S\.C\.) (?=\d)|(?<=\d) (?=Stat\.)|(?<=Stat\.) (?=\d)"
    r"|(?<=Pub\.) (?=L\.)|(?<=L\.) (?=\d)"
    rf"|(?<=\d) (?=(?:{_MONTHS})\b))"
)
_DAY = re.compile(rf"\b({_MONTHS}) (?=\d)")
_SPACES = re.compile("[\u00a0\u202f\u2007\u2009\\s]+")
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "‑": "-", "­": None, "…": "..."})


@lru_cache(maxsize=4096)
def typeset(text: str) -> str:
    """Return a text as it is printed: curly quotes, and no line break within a citation or a figure with its unit."""
    text = curly(text)
    return _DAY.sub(rf"\1{NO_BREAK}", _KEPT.sub(NO_BREAK, text))


def folded(text: str) -> str:
    """Return a text by its words alone: straight quotes and single plain spaces; equal for texts that read alike."""
    return _SPACES.sub(" ", text.translate(_STRAIGHT)).strip()


def folding(letters: Iterable[tuple[str, int]]) -> tuple[str, list[int]]:
    """Return a text folded, given letter by letter with its places, and the place of each letter that is left."""
    words: list[str] = []
    places: list[int] = []
    for letter, place in letters:
        plain = _SPACES.sub(" ", letter.translate(_STRAIGHT))
        for each in plain:
            if each == " " and (not words or words[-1] == " "):
                continue
            words.append(each)
            places.append(place)
    return "".join(words), places
