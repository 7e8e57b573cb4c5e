"""What officials did, in the gerund ("taking bribes") or the past ("took bribes"), with place, people and means."""

from collections.abc import Iterable

from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import counted, people_count, states_figure
from assessments.core.grammar import clean, past_of_gerund
from assessments.core.sheets import Conduct
from assessments.core.values import Capacity, CountKind, Deployment, TraffickingLink

_LAST = 999


def gravity(desk: Desk, conduct: Conduct) -> int:
    """Return the gravest act's place in the framework's order (1 is the gravest); last where no act is named."""
    values = [desk.framework.term("act", act).gravity for act in conduct.acts if _known(desk, "act", act)]
    return min((value for value in values if value), default=_LAST)


def _known(desk: Desk, vocabulary: str, slug: str) -> bool:
    return any(term.slug == slug for term in desk.framework.terms(vocabulary))


def act_indicators(desk: Desk, conduct: Conduct) -> frozenset[str]:
    """Return the concern indicators that the acts of a conduct bear on."""
    return frozenset(
        indicator
        for act in conduct.acts
        if _known(desk, "act", act)
        for indicator in desk.framework.term("act", act).indicators
    )


def gerund(desk: Desk, conduct: Conduct) -> str:
    """Return the conduct as a gerund phrase; the analyst's own words win over those of the act. Empty if not known."""
    text = clean(conduct.text)
    if text:
        return text
    acts = [desk.framework.term("act", act).gerund for act in conduct.acts if _known(desk, "act", act)]
    if acts:
        return desk.join(acts)
    return f"having {_mode(desk, conduct)}" if _mode(desk, conduct) else ""


def past(desk: Desk, conduct: Conduct) -> str:
    """Return the conduct as a past-tense clause without its subject."""
    text = clean(conduct.text)
    if text:
        return past_of_gerund(text)
    acts = [desk.framework.term("act", act).past for act in conduct.acts if _known(desk, "act", act)]
    return desk.join(acts) or _mode(desk, conduct) or "were complicit in trafficking"


def _mode(desk: Desk, conduct: Conduct) -> str:
    if conduct.mode and _known(desk, "mode", conduct.mode):
        phrase = desk.framework.term("mode", conduct.mode).phrase
        return f"{phrase} trafficking" if phrase else ""
    return ""


def details(desk: Desk, conduct: Conduct) -> str:
    """Return sector, setting, place, people affected, leverage and capacity as phrases, in this order."""
    text = clean(conduct.text)
    parts = [
        *_sectors(desk, conduct),
        clean(conduct.setting),
        clean(conduct.place),
        _victims(desk, conduct),
        _leverage(desk, conduct),
        desk.wording.word("deployment", conduct.deployment) if conduct.deployment is not Deployment.NONE else "",
        desk.wording.word("capacity", conduct.capacity) if conduct.capacity is Capacity.PRIVATE else "",
    ]
    return " ".join(_new(parts, text))


def _new(parts: Iterable[str], text: str) -> list[str]:
    """Leave out phrases that the conduct's own words hold already."""
    low = f" {text.casefold()} "
    return [part for part in parts if part and f" {part.casefold()} " not in low]


def _sectors(desk: Desk, conduct: Conduct) -> list[str]:
    own = clean(conduct.sector_text)
    known = [slug for slug in conduct.sectors if slug != "other-sector" and _known(desk, "sector", slug)]
    phrases = [desk.framework.term("sector", slug).phrase for slug in known]
    if own and own.casefold() not in clean(conduct.text).casefold():
        starts_with_preposition = own.split(" ", 1)[0].casefold() in {"in", "at", "on", "under", "within", "around"}
        phrases = [own if starts_with_preposition else f"in {own}"]  # the closer word replaces the general one
    elif own:
        phrases = []
    return [desk.join(phrases)] if phrases else []


def _victims(desk: Desk, conduct: Conduct) -> str:
    text, group = clean(conduct.text), clean(conduct.victim_group)
    count = conduct.victims
    if count is None or count.kind is CountKind.UNKNOWN:
        return desk.wording.phrase("involving", involving=group) if group and group.casefold() not in text.casefold() else ""
    if states_figure(text, count) and (not group or group.casefold() in text.casefold()):
        return ""
    people = people_count(count, group) if group else counted(count, "victim", "victims")
    return desk.wording.phrase("involving", involving=people)


def _leverage(desk: Desk, conduct: Conduct) -> str:
    phrases = [
        desk.framework.term("leverage", slug).phrase for slug in conduct.leverage if _known(desk, "leverage", slug)
    ]
    return desk.wording.phrase("leverage", list=desk.join(phrases, "or")) if phrases else ""


def is_in_scope(conduct: Conduct) -> bool:
    """Say whether a conduct may be told at all: smuggling alone is not trafficking."""
    return conduct.link is not TraffickingLink.SMUGGLING
