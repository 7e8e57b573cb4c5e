"""Numbers in running text: one to nine in words, 10 and above in figures, in words where a sentence starts."""

from assessments.core.values import Count, CountKind

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred"))
_COUNT_WORDS = {
    CountKind.AT_LEAST: "at least",
    CountKind.UP_TO: "up to",
    CountKind.ABOUT: "approximately",
    CountKind.SOME: "some",
    CountKind.SEVERAL: "several",
    CountKind.REPORTED_ZERO: "none",
}


def spelled(value: int) -> str:
    """Return a whole number of zero or more in words: 23 is "twenty-three"."""
    if value < 20:
        return _UNITS[value]
    if value < 100:
        tens, units = divmod(value, 10)
        return _TENS[tens] + (f"-{_UNITS[units]}" if units else "")
    size, name = next((size, name) for size, name in _SCALES if value >= size)
    whole, rest = divmod(value, size)
    return f"{spelled(whole)} {name}" + (f" {spelled(rest)}" if rest else "")


def figures(value: int) -> str:
    """Return a number in figures with thousands separated: 12,000."""
    return f"{value:,}"


def number(value: int) -> str:
    """Return a number as it stands inside a sentence: one to nine in words, others in figures."""
    return _UNITS[value] if 1 <= value <= 9 else figures(value)


def number_range(low: int, high: int) -> str:
    """Return a range as it stands inside a sentence: "three to five", "four to 10"."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def ordinal(value: int) -> str:
    """Return an ordinal in words: 3 is "third", 21 is "twenty-first"."""
    text = spelled(value)
    start, mark, last = text.rpartition("-") if "-" in text.rsplit(" ", 1)[-1] else text.rpartition(" ")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return f"{start}{mark}{last}"


def count_words(count: Count) -> str:
    """Return a count without its noun: "at least three", "some"; empty where nothing can be said of it."""
    word = _COUNT_WORDS.get(count.kind, "")
    if count.value is None:
        return word
    return f"{word} {number(count.value)}".lstrip()
