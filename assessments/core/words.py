"""Words for explanations that sentences of the narrative have no use for: "no source", "two sources"."""

from assessments.core import grammar


def number(value: int) -> str:
    """Return a whole number as running text has it: "no", "one" to "nine", then figures."""
    return grammar.number(value) if value else "no"


def counted(value: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "one source", "two sources", "no source"."""
    return f"{number(value)} {noun if value in {0, 1} else plural or noun + 's'}"


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
