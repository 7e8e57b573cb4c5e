"""Whether a changed sentence says something else: what is mechanical is reconfirmed in one click, the rest is read.

Mechanical are spelling, punctuation and house style, and what only a neighbouring sentence caused: a pronoun for the
name it stands for, an abbreviation for the name it shortens, "also". Whatever this cannot tell is substantive; nothing
here looks a word up, so that a slip of the pen that makes another word is read by a person.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from assessments.core.grammar.numbers import spelled
from assessments.core.values import Choice


class Change(Choice):
    """What a change of words amounts to."""

    SAME = "same", "unchanged"
    MECHANICAL = "mechanical", "mechanical"
    SUBSTANTIVE = "substantive", "substantive"


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)?|[$€£%+<>=]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_LONG_FORM = re.compile(r"((?:[\w’'&-]+ ){2,8})\(([A-Z][A-Za-z&]{1,9})\)")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an", "against", "de", "la", "&"})
_ENOUGH = 5  # letters: in shorter words a letter more or less makes another word too often

_NUMBERS: Mapping[str, str] = {spelled(value): str(value) for value in range(1, 100) if "-" not in spelled(value)}
_STYLE: Mapping[str, str] = {
    "%": "percent",
    "per cent": "percent",
    "labour": "labor",
    "behaviour": "behavior",
    "defence": "defense",
    "offence": "offense",
    "offences": "offenses",
    "judgement": "judgment",
    "judgements": "judgments",
    "programme": "program",
    "programmes": "programs",
    "centre": "center",
    "centres": "centers",
    "licence": "license",
    "towards": "toward",
    "whilst": "while",
    "amongst": "among",
    "can't": "cannot",
    "didn't": "did not",
    "wasn't": "was not",
    "weren't": "were not",
    "complicity in trafficking": "complicity",
}
"""Spellings and forms that house style writes one way; the text is on trafficking, so that complicity is in it."""

_STANDS_FOR: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        ("the government", "it"),
        ("the government's", "its"),
        ("the government", "authorities"),
        ("the authorities", "they"),
        ("authorities", "they"),
        ("the courts", "they"),
        ("courts", "they"),
        ("observers", "they"),
        ("officials", "they"),
        ("the officials", "they"),
        ("also", ""),
        ("further", ""),
        ("also", "further"),
        ("additionally", ""),
        ("in addition", ""),
    )
)
"""Words and what takes their place, or leaves, because of the sentence before."""

_ANOTHER_WORD: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        ("trial", "trail"),
        ("trials", "trails"),
        ("united", "untied"),
        ("casual", "causal"),
        ("martial", "marital"),
        ("later", "latter"),
        ("planed", "planned"),
        ("barely", "barley"),
        ("angel", "angle"),
        ("sacred", "scared"),
        ("form", "from"),
        ("quiet", "quite"),
        ("diary", "dairy"),
        ("desert", "dessert"),
        ("coral", "corral"),
        ("filing", "filling"),
        ("filed", "filled"),
        ("tiling", "tilling"),
        ("staring", "starring"),
        ("moral", "morral"),
        ("canon", "cannon"),
        ("holy", "holly"),
        ("reserved", "reversed"),
        ("reserve", "reverse"),
        ("conversion", "conservion"),
    )
)
"""Pairs that look like a slip and are two words."""


def classify(old: str, new: str) -> Change:
    """Say whether two wordings of one sentence are the same, differ mechanically, or may say something else."""
    if unicodedata.normalize("NFC", old) == unicodedata.normalize("NFC", new):
        return Change.SAME
    forms = _long_forms(old) | _long_forms(new)
    before, after = _tokens(old, forms), _tokens(new, forms)
    if not before or not after:
        return Change.SUBSTANTIVE
    is_mechanical = all(_is_mechanical(left, right) for left, right in _replaced(before, after))
    return Change.MECHANICAL if is_mechanical else Change.SUBSTANTIVE


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for tag, a, b, c, d in codes:
        if tag != "equal":
            yield list(before[a:b]), list(after[c:d])


def _is_mechanical(left: list[str], right: list[str]) -> bool:
    if frozenset({" ".join(left), " ".join(right)}) in _STANDS_FOR:
        return True
    return len(left) == len(right) and all(_is_slip(one, other) for one, other in zip(left, right, strict=True))


def _is_slip(one: str, other: str) -> bool:
    """Say whether two words are one word, once misspelt: a doubled letter more or less, or two letters swapped."""
    if one == other or _americanized(one) == _americanized(other):
        return True
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < _ENOUGH:
        return False
    if frozenset({one, other}) in _ANOTHER_WORD or one[0] != other[0]:
        return False
    if len(one) == len(other):
        differing = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
        if len(differing) != 2 or differing[1] != differing[0] + 1:
            return False
        first, second = differing
        return one[first] == other[second] and one[second] == other[first]
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[place] == long[place - 1] and long[:place] + long[place + 1 :] == short for place in range(1, len(long))
    )


def _americanized(word: str) -> str:
    word = re.sub(r"(?<=[a-z]{3})is(e|ed|es|ing|ation|ations)$", r"iz\1", word)
    return re.sub(r"(?<=[a-z]{2})our(s|ed|ing|able)?$", r"or\1", word)


def _tokens(text: str, forms: Mapping[str, str]) -> list[str]:
    """Return the words in the form house style gives them, without marks; numbers as figures."""
    text = unicodedata.normalize("NFC", text)
    for name, short in sorted(forms.items(), key=lambda form: -len(form[0])):
        either = rf"{re.escape(name)} \({re.escape(short)}\)|{re.escape(name)}|{re.escape(short)}"
        text = re.sub(rf"\b(?:the )?(?:{either})(?!\w)", short, text, flags=re.IGNORECASE)
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    text = _THOUSANDS.sub("", text).replace("’", "'").casefold()
    for form, kept in _STYLE.items():
        if " " in form or "'" in form:
            text = text.replace(form, kept)
    words = [_STYLE.get(word, word) for word in _TOKEN.findall(text)]
    return _joined([_NUMBERS.get(word, word) for word in words])


def _joined(words: list[str]) -> list[str]:
    """Return the words with "twenty three" as 23."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in _TENS and word in _UNITS:
            found[-1] = str(int(found[-1]) + int(word))
        else:
            found.append(word)
    return found


_TENS = frozenset(str(value) for value in range(20, 100, 10))
_UNITS = frozenset(str(value) for value in range(1, 10))


def _long_forms(text: str) -> dict[str, str]:
    """Return the names that a text shortens, "National Police (NP)", by the whole name."""
    found = {}
    for words, short in _LONG_FORM.findall(text):
        name = words.split()
        for start in range(len(name) - 1):
            letters = "".join(word[0] for word in name[start:] if word.casefold() not in _SMALL)
            if letters.casefold() == short.casefold() and name[start].casefold() not in _SMALL:
                found[" ".join(name[start:])] = short
                break
    return found
