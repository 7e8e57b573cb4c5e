"""Noun phrases: plural, article, possessive, and the short noun of a second mention."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "chief of staff": "chiefs of staff",
    "attorney general": "attorneys general",
}
_SAME = ("police", "personnel", "staff", "military", "media", "people", "series", "crew", "gendarmerie")
_AFTER = re.compile(r" (?:of|in|at|for|from|on|with|to|near|under|who|and)\b")
_VOWEL_SOUND = re.compile(r"(?:[aeiou]|hour|honest|heir|honor|(?-i:[fhlmnrsx](?=[A-Z])))", re.IGNORECASE)
_CONSONANT_SOUND = re.compile(r"(?:uni(?!n|m)|us[aei]|eu|one\b|once\b|ut[ei]l|ubiq)", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-Z]{2,}\b|[A-Z]\b")
_DETERMINED = re.compile(
    r"(?:the|a|an|its|his|her|their|this|that|some|several|many|all|both|each|no|other|various|certain|one|two|three"
    r"|four|five|six|seven|eight|nine|\d+|at least|up to)\b",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(?:(?:former|acting|deputy|vice|assistant)[ -])*(?:head|chief|director|commander|governor|president|minister|"
    r"mayor|chair|chairperson|leader|speaker|secretary|manager) of\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_BARE = ("local government", "state government", "law enforcement", "civil society", "courts", "interpol")


def _split(phrase: str) -> tuple[str, str]:
    """Return the head of a noun phrase and what follows it: ("head", " of unit")."""
    match = _AFTER.search(phrase)
    return (phrase[: match.start()], phrase[match.start() :]) if match else (phrase, "")


@lru_cache(maxsize=4096)
def plural(phrase: str) -> str:
    """Return the plural of a noun phrase, at its head: "police officers", "heads of unit", "deputies"."""
    if phrase.lower() in _IRREGULAR:
        return _IRREGULAR[phrase.lower()]
    head, rest = _split(phrase)
    start, space, noun = head.rpartition(" ")
    return f"{start}{space}{_plural_word(noun)}{rest}"


def _plural_word(noun: str) -> str:
    lower = noun.lower()
    if not noun or lower in _SAME:
        return noun
    for single, several in _IRREGULAR.items():
        if " " not in single and lower.endswith(single) and lower != "human":
            return noun[: -len(single)] + several
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def article(phrase: str) -> str:
    """Return a noun phrase with "a" or "an"; a phrase that has a determiner keeps it, a single office gets "the"."""
    if not phrase or _DETERMINED.match(phrase):
        return phrase
    if _TITLES.match(phrase):
        return f"the {phrase}"
    return f"{'an' if _sounds_like_vowel(phrase) else 'a'} {phrase}"


def _sounds_like_vowel(phrase: str) -> bool:
    if _ABBREVIATION.match(phrase):
        return phrase[0] in "AEFHILMNORSX"
    return bool(_VOWEL_SOUND.match(phrase)) and not _CONSONANT_SOUND.match(phrase)


def is_office(phrase: str) -> bool:
    """Say whether a role is an office that exists once in its body: "head of the consular department"."""
    return bool(_TITLES.match(phrase))


def shared_noun(plurals: Sequence[str], join: Callable[[Sequence[str]], str]) -> str:
    """Return plurals that share their noun as one phrase, or nothing where they do not.

    "municipal officials" and "provincial officials" give "municipal and provincial officials", "members of the army"
    and "members of the militia" give "members of the army and of the militia". `join` makes the list.
    """
    parts = [_split(phrase) for phrase in plurals]
    heads, tails = [head for head, _ in parts], [tail for _, tail in parts]
    if all(tail.startswith(" of ") for tail in tails) and len(set(heads)) == 1:
        return f"{heads[0]} {join([tail.strip() for tail in tails])}"
    starts = [head.rpartition(" ")[0] for head in heads]
    nouns = {head.rpartition(" ")[2] for head in heads}
    is_plain = not any(tails) and len(nouns) == 1 and all(_ADJECTIVE.fullmatch(start) for start in starts)
    return f"{join(starts)} {nouns.pop()}" if is_plain else ""


@lru_cache(maxsize=4096)
def definite(phrase: str) -> str:
    """Return the name of a body with "the" where it has no determiner and is no bare plural: "the National Police"."""
    if not phrase or _DETERMINED.match(phrase) or phrase.lower().startswith(_BARE):
        return phrase
    head, _rest = _split(phrase)
    is_bare_plural = head[:1].islower() and head.endswith("s") and not head.endswith(("ss", "us"))
    return phrase if is_bare_plural or re.match(r"\w+['’]s\b|\w+s['’] ", phrase) else f"the {phrase}"


def possessive(phrase: str) -> str:
    """Return the possessive: "officers’", "government’s"."""
    return f"{phrase}’" if phrase.endswith(("s", "S")) else f"{phrase}’s"


@lru_cache(maxsize=4096)
def head_noun(role: str) -> str:
    """Return the noun a second mention can use: "police officer" gives "officer", "head of unit" "official"."""
    head, rest = _split(role)
    noun = head.rpartition(" ")[2].rpartition("-")[2]
    vague = rest.startswith((" of", " in", " for")) or noun.lower() in ("head", "chief", "member", "staff", "employee")
    return "official" if vague or not noun.isalpha() or not noun.islower() else noun
