"""Spacing and punctuation: what makes any filled pattern a clean sentence."""

import re
import unicodedata
from functools import lru_cache

from assessments.core.grammar.numbers import spelled

_PAIRS = {")": "(", "]": "["}
_SPACES = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?)\]])")
_AFTER_OPENING = re.compile(r"([(\[])\s+")
_REPEATED = re.compile(r"([,;:])(?:\s*[,;:])+")
_STOPS = re.compile(r"\.{2,}")
_MARK_BEFORE_STOP = re.compile(r"[,;:]+(?=\.)")
_FLAW = re.compile(r"[,.;:!?)\]([](?:(?<=\s[^(\[])|(?<=[(\[])\s|(?<=[,;:])[,;:.]|(?<=\.)\.)")
"""Anything around a mark that `_tidy` would change; it begins at marks, so that the search can skip all words."""
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_END = " .,;:!?…-–—"
_NUMBER_FIRST = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?![\d.,]*\d)(?! (?:percent|million|billion))")
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_PLAIN = re.compile(r"(?:[\w’“”$-]+(?:, | ))*[\w’“”$-]*\w|")
"""Words in a row with single spaces and commas: nothing to clean."""


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Return recorded words as they can stand inside a sentence: one line, no final stop, no braces, even brackets."""
    if _PLAIN.fullmatch(text):
        return text
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp", "Zs"} else char for char in text)
    text = text.replace("{", "").replace("}", "").replace("…", " ")
    text = _EMPTY_BRACKETS.sub("", _even_brackets(text))
    return _tidy(text).strip(_END)


def finish_sentence(text: str) -> str:
    """Return a sentence: single spaces, a capital, curly quotes, brackets in pairs and exactly one final stop."""
    if "(" in text or "[" in text:
        text = _EMPTY_BRACKETS.sub("", text)
    text = _tidy(text).strip().rstrip(_END).lstrip(_END)
    if text[:1].isdigit() and not _YEAR.match(text) and (match := _NUMBER_FIRST.match(text)):
        text = spelled(int(match[1].replace(",", ""))) + text[match.end() :]
    return f"{_capital(curly(text))}."


def _tidy(text: str) -> str:
    if text.isprintable() and "  " not in text and not _FLAW.search(text):  # no space but the plain one is printable
        return text
    text = _SPACES.sub(" ", text)
    text = _BEFORE_MARK.sub(r"\1", text)
    text = _AFTER_OPENING.sub(r"\1", text)
    text = _REPEATED.sub(r"\1", text)
    text = _STOPS.sub(".", text)
    return _MARK_BEFORE_STOP.sub("", text)


def _even_brackets(text: str) -> str:
    """Drop brackets that have no partner."""
    drop: set[int] = set()
    opened: list[int] = []
    for index, char in enumerate(text):
        if char in "([":
            opened.append(index)
        elif char in ")]":
            if opened and text[opened[-1]] == _PAIRS[char]:
                opened.pop()
            else:
                drop.add(index)
    drop.update(opened)
    return "".join(char for index, char in enumerate(text) if index not in drop) if drop else text


def curly(text: str) -> str:
    """Return the text with typographic quotes and apostrophes."""
    if "'" not in text and '"' not in text:
        return text
    text = re.sub(r"(^|[\s(\[—–-])'", r"\1‘", text).replace("'", "’")
    return re.sub(r'(^|[\s(\[—–-])"', r"\1“", text).replace('"', "”")


def _capital(text: str) -> str:
    """Put the first letter in upper case, behind any opening quote or bracket."""
    for index, char in enumerate(text):
        if char.isalpha():
            upper = char.upper()
            return text[:index] + (upper if len(upper) == 1 else char) + text[index + 1 :]
        if char.isdigit():
            return text
    return text
