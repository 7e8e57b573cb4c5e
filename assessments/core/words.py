"""Words for explanations: small numbers, lists and plurals. Sentences of the narrative use `grammar`, not this."""

from collections.abc import Sequence

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def number(value: int) -> str:
    """Return a whole number as running text has it: "no", "one" to "nine", then figures."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else str(value)


def counted(value: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "one source", "two sources", "no source"."""
    return f"{number(value)} {noun if value in {0, 1} else plural or noun + 's'}"


def ordinal(value: int) -> str:
    """Return "first" to "tenth" in words, then "11th", "12th", "21st"."""
    if 0 < value < len(_ORDINALS):
        return _ORDINALS[value]
    if value % 100 in {11, 12, 13}:
        return f"{value}th"
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


def listing(items: Sequence[str], last: str = "and") -> str:
    """Join words with commas and a serial comma before the last: "a, b, and c"; an empty list gives ""."""
    if len(items) < 2:
        return "".join(items)
    if len(items) == 2:
        return f"{items[0]} {last} {items[1]}"
    return f"{', '.join(items[:-1])}, {last} {items[-1]}"


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
