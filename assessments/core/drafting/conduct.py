"""What officials did, in the gerund ("taking bribes") or the past ("took bribes"), with place, people and means."""

import re
from collections.abc import Iterable

from assessments.core.drafting.desk import Desk, once
from assessments.core.drafting.people import counted, people_count, states_figure
from assessments.core.drafting.terms import adverbs, crime, manner_phrases, phrases
from assessments.core.grammar import clean, gerund_of_past, past_of_gerund
from assessments.core.sheets import Conduct
from assessments.core.values import Capacity, CountKind, Deployment, TraffickingLink

_LAST = 999
_TRAFFICKING = re.compile(r"\btrafficking\b")
_WORD = re.compile(r"[^\W\d_]+")
_PREPOSITIONS = frozenset({"in", "at", "on", "under", "within", "around", "along", "near", "across", "for"})
_GENERAL = frozenset({"being complicit in trafficking", "complicity in trafficking", "being complicit"})
_COUNTING = frozenset({"some", "several", "many", "few", "two", "three", "the", "these", "all", "most", "other"})


@once
def gravity(desk: Desk, conduct: Conduct) -> int:
    """Return the gravest act's place in the framework's order (1 is the gravest); last where no act is named."""
    return min((term.gravity for term in desk.terms("act", conduct.acts) if term.gravity), default=_LAST)


@once
def act_indicators(desk: Desk, conduct: Conduct) -> frozenset[str]:
    """Return the concern indicators that the acts of a conduct bear on."""
    return frozenset(indicator for term in desk.terms("act", conduct.acts) for indicator in term.indicators)


@once
def gerund(desk: Desk, conduct: Conduct) -> str:
    """Return the conduct as a gerund phrase; the analyst's own words win over those of the act. Empty if not known."""
    text = _with_count(desk, conduct, clean(conduct.text))
    if text:
        return "" if text.casefold() in _GENERAL else _how_often(desk, conduct, text)
    acts = [_of_crime(desk, conduct, term.gerund) for term in desk.terms("act", conduct.acts)]
    if acts:
        return _how_often(desk, conduct, _with_count(desk, conduct, desk.join(acts)))
    return gerund_of_past(_mode(desk, conduct)) or ""


def _how_often(desk: Desk, conduct: Conduct, text: str) -> str:
    """Put the adverbs on record before a verb phrase, unless the words hold them already."""
    if not (conduct.frequency or conduct.manners):
        return text
    adverb = adverbs(desk, conduct.frequency, conduct.manners)
    return f"{adverb} {text}" if adverb and adverb not in text.casefold() else text


def _of_crime(desk: Desk, conduct: Conduct, act: str) -> str:
    """Name the kind of trafficking where an act of the vocabulary speaks of trafficking."""
    return _TRAFFICKING.sub(crime(desk, conduct.crime), act, count=1) if conduct.crime else act


def past(desk: Desk, conduct: Conduct, *, is_plural: bool = True) -> str:
    """Return the conduct as a past-tense clause without its subject, which is one official or several."""
    text = _with_count(desk, conduct, clean(conduct.text))
    if text:
        return _how_often(desk, conduct, past_of_gerund(text, is_plural=is_plural))
    acts = [_of_crime(desk, conduct, term.past) for term in desk.terms("act", conduct.acts)]
    were = desk.wording.word("be", "many" if is_plural else "one")
    mode = _mode(desk, conduct)
    plural_be, _, rest = mode.partition(" ")
    if plural_be == desk.wording.word("be", "many"):
        mode = f"{were} {rest}"
    said = _with_count(desk, conduct, desk.join(acts))
    return _how_often(desk, conduct, said) if acts else mode or desk.wording.phrase("were-complicit", verb=were)


def _mode(desk: Desk, conduct: Conduct) -> str:
    term = desk.term("mode", conduct.mode) if conduct.mode else None
    return desk.wording.phrase("mode", verb=term.phrase) if term and term.phrase else ""


@once
def details(desk: Desk, conduct: Conduct) -> str:
    """Return sector, setting, place, people affected, leverage and capacity as phrases, in this order."""
    text = clean(conduct.text)
    parts = [
        _crime_cases(desk, conduct),
        *_sectors(desk, conduct),
        clean(conduct.setting),
        clean(conduct.place),
        _victims(desk, conduct),
        _leverage(desk, conduct),
        _deployment(desk, conduct),
        desk.wording.word("capacity", conduct.capacity) if conduct.capacity is Capacity.PRIVATE else "",
        _manner(desk, conduct),
        desk.join(phrases(desk, "motive", conduct.motives)),
    ]
    joined = " ".join(_new(parts, text))
    return f", {joined}" if joined and "," in text and not joined.startswith(",") else joined


def _manner(desk: Desk, conduct: Conduct) -> str:
    """Return how it was done; behind several acts set off by a comma, since it is of all of them."""
    if not conduct.manners:
        return ""
    said = desk.join(manner_phrases(desk, conduct.manners), "or")
    return f", {said}" if said and not clean(conduct.text) and len(conduct.acts) > 1 else said


def _crime_cases(desk: Desk, conduct: Conduct) -> str:
    """Name the kind of trafficking where neither the words nor the acts of the record do."""
    if not conduct.crime:
        return ""
    named, text = crime(desk, conduct.crime), clean(conduct.text)
    acts = () if text else desk.terms("act", conduct.acts)
    if named in text or any(_TRAFFICKING.search(term.past) for term in acts):
        return ""
    return desk.wording.phrase("in-cases-of", crime=named)


def _deployment(desk: Desk, conduct: Conduct) -> str:
    """Return where the official served, unless the conduct says that it was abroad."""
    if conduct.deployment is Deployment.NONE:
        return ""
    said = gerund(desk, conduct).casefold()
    if any(word in said for word in ("abroad", "posted", "deployed")):
        return ""
    return desk.wording.word("deployment", conduct.deployment)


def _new(parts: Iterable[str], text: str) -> list[str]:
    """Leave out phrases that the conduct's own words hold already."""
    low = f" {text.casefold()} "
    return [part for part in parts if part and f" {part.casefold()} " not in low]


def _sectors(desk: Desk, conduct: Conduct) -> list[str]:
    """Return the sector, unless the conduct's own words name it."""
    if not (conduct.sectors or conduct.sector_text):
        return []
    text, own = clean(conduct.text), clean(conduct.sector_text)
    known = [term for term in desk.terms("sector", conduct.sectors) if term.slug != "other-sector"]
    if own:
        if _repeats(own, text):
            return []
        has_own = own.split(" ", 1)[0].casefold() in _PREPOSITIONS
        return [own if has_own else desk.wording.phrase("in-sector", sector=own)]
    phrases = [term.phrase for term in known if not _repeats(term.label, text)]
    return [desk.join(phrases)] if phrases else []


def _repeats(phrase: str, text: str) -> bool:
    """Say whether half of a phrase's words stand in a text already, in whatever form."""
    words = [word for word in _WORD.findall(phrase.casefold()) if len(word) > 2]
    others = [word for word in _WORD.findall(text.casefold()) if len(word) > 2]
    same = sum(any(word.startswith(other) or other.startswith(word) for other in others) for word in words)
    return bool(words) and same * 2 >= len(words)


def _victims(desk: Desk, conduct: Conduct) -> str:
    """Return how many people were affected, unless the conduct's own words say so."""
    if conduct.victims is None and not conduct.victim_group:
        return ""
    words = clean(conduct.text) or desk.join(term.gerund for term in desk.terms("act", conduct.acts))
    text, group = words.casefold(), clean(conduct.victim_group)
    count = conduct.victims
    if count is None or count.kind is CountKind.UNKNOWN:
        is_new = group and group.casefold() not in text
        return desk.wording.phrase("involving", involving=group) if is_new else ""
    if _takes_count(conduct, words) or (states_figure(text, count) and (not group or group.casefold() in text)):
        return ""
    word = desk.wording.word
    victims = counted(desk, count, word("people", "victim"), word("people", "victims"))
    people = people_count(desk, count, group) if group else victims
    return desk.wording.phrase("involving", involving=people)


def _takes_count(conduct: Conduct, text: str) -> bool:
    """Say whether the number of people can stand before their group in the words of the conduct."""
    group, count = clean(conduct.victim_group), conduct.victims
    if not group or count is None or count.kind is CountKind.UNKNOWN or states_figure(text, count):
        return False
    found = re.findall(rf"(\w+ )?\b{re.escape(group)}\b", text)
    return len(found) == 1 and found[0].strip() not in _COUNTING


def _with_count(desk: Desk, conduct: Conduct, text: str) -> str:
    """Return words on the conduct with the number of people in them: "helping to traffic 44 women"."""
    if conduct.victims is None or not _takes_count(conduct, text):
        return text
    group = clean(conduct.victim_group)
    people = people_count(desk, conduct.victims, group)
    return re.sub(rf"\b{re.escape(group)}\b", lambda _: people, text, count=1)


def _leverage(desk: Desk, conduct: Conduct) -> str:
    if not conduct.leverage:
        return ""
    text = clean(conduct.text).casefold()
    if "in exchange for" in text or "in return for" in text:
        return ""
    phrases = [term.phrase for term in desk.terms("leverage", conduct.leverage) if term.phrase not in text]
    return desk.wording.phrase("leverage", list=desk.join(phrases, "or")) if phrases else ""


def is_in_scope(conduct: Conduct) -> bool:
    """Say whether a conduct may be told at all: smuggling alone is not trafficking."""
    return conduct.link is not TraffickingLink.SMUGGLING
