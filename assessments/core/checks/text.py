"""Reading words: numbers in a sentence, and words as plain comparison sees them."""

import re
from collections.abc import Iterator
from functools import cache

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_NUMBERS = {word: value for value, word in enumerate(f"{_UNITS} eighteen nineteen".split())}
_TENS = {
    word: value * 10
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"})
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+")


def numbers_in(text: str) -> Iterator[float]:
    """Yield the numbers a text states, in figures or in words up to 99; "one" and ordinals are passed over."""
    tens = 0
    for match in _WORD.finditer(text):
        word = match[0].lower()
        unit = _NUMBERS.get(word)
        if tens and word in _ORDINALS:
            tens = 0
            continue
        if tens and not (unit and unit < 10):
            yield float(tens)
            tens = 0
        if word[0].isdigit():
            yield float(word.replace(",", ""))
        elif word in _TENS:
            tens = _TENS[word]
        elif unit is not None and (tens or word != "one"):
            yield float(tens + unit)
            tens = 0
    if tens:
        yield float(tens)


def has_word(text: str, stems: tuple[str, ...]) -> bool:
    """Say whether a text holds a word that begins with one of the stems."""
    return bool(_stems(stems).search(text))


@cache
def _stems(stems: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})", re.IGNORECASE)
