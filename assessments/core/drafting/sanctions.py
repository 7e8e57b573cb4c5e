"""What courts and authorities imposed, as verb phrases: "sentenced the officer to 30 months’ imprisonment"."""

from collections.abc import Iterable

from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import are_several, short_phrase
from assessments.core.grammar import clean, count_words, money, number_range, possessive
from assessments.core.sheets import OfficialGroup, Sanction
from assessments.core.values import SanctionKind

_TERMS = frozenset({SanctionKind.PRISON, SanctionKind.LIFE, SanctionKind.SUSPENDED})


def term(desk: Desk, sanction: Sanction) -> str:
    """Return a sentence's length: "three to five years’ imprisonment", "life imprisonment"."""
    phrase = desk.wording.phrase
    if sanction.kind is SanctionKind.LIFE:
        return phrase("life")
    low = sanction.minimum or sanction.maximum
    high = sanction.maximum or sanction.minimum
    name = "imprisonment" if sanction.kind is SanctionKind.PRISON else "suspended"
    severe = desk.term("severity", sanction.severity) if sanction.severity else None
    if severe and not (low and high):
        return severe.phrase
    if not low or not high:
        return phrase(f"{name}-unknown")
    unit = sanction.unit.removesuffix("s") if high == 1 else sanction.unit
    return phrase(name, count=f"{number_range(low, high)} {possessive(unit)}")


def imposed(
    desk: Desk, sanctions: Iterable[Sanction], groups: tuple[OfficialGroup, ...], *, first: str = "", whom: str = ""
) -> list[str]:
    """Return what was imposed as verb phrases in a fixed order.

    `first` names the officials in the first of them, `whom` in all where a pronoun could mean others.
    """
    items = sorted(sanctions, key=_place)
    whom = whom or _pronoun(groups)
    phrases = []
    terms = [_share(desk, sanction, term(desk, sanction)) for sanction in items if sanction.kind in _TERMS]
    if terms:
        phrases.append(desk.wording.phrase("sentenced", object=first or whom, sanction=desk.join(terms)))
    for sanction in items:
        if sanction.kind not in _TERMS:
            phrases.append(_other(desk, sanction, whom if phrases else first or whom))
    return list(dict.fromkeys(phrases))


def _place(sanction: Sanction) -> tuple[int, str, float, float]:
    kinds = list(SanctionKind)
    return (
        kinds.index(sanction.kind),
        sanction.unit,
        -(sanction.maximum or sanction.minimum or 0),
        -(sanction.amount or 0),
    )


def _pronoun(groups: tuple[OfficialGroup, ...]) -> str:
    return "them" if are_several(groups) else short_phrase(groups)


def _share(desk: Desk, sanction: Sanction, phrase: str) -> str:
    """Add for how many of the officials, where not for all."""
    words = count_words(sanction.persons) if sanction.persons else ""
    return desk.wording.phrase("sanction-share", sanction=phrase, count=words) if words else phrase


def _other(desk: Desk, sanction: Sanction, whom: str) -> str:
    phrase, word = desk.wording.phrase, desk.wording.word
    words = count_words(sanction.persons) if sanction.persons else ""
    if words:
        whom = phrase("of-them", count=words)
    amount = money(sanction.amount, clean(sanction.currency), sanction.usd)
    match sanction.kind:
        case SanctionKind.FINE:
            return phrase("fined", object=whom, amount=amount)
        case SanctionKind.COMPENSATION:
            return phrase("compensation", object=whom, amount=amount)
        case SanctionKind.CONFISCATION:
            return phrase("confiscation", amount=amount)
        case SanctionKind.DISMISSAL:
            return phrase("from-office", object=whom)
        case SanctionKind.SUSPENSION:
            return phrase("from-duty", object=whom)
        case SanctionKind.SEAT_LOST:
            return phrase("seat-lost", object=whom)
        case _:
            return phrase("measure-against", verb=word("sanction-verb", sanction.kind), object=whom)


def served(desk: Desk, sanctions: Iterable[Sanction], groups: tuple[OfficialGroup, ...]) -> list[str]:
    """Return whether terms were served, as clauses, where that is on record."""
    subject = short_phrase(groups)
    said = []
    for sanction in sanctions:
        if sanction.served is None or sanction.kind not in _TERMS:
            continue
        words = count_words(sanction.persons) if sanction.persons else ""
        who = (
            desk.wording.phrase("part-of", count=words, officials=subject) if words and are_several(groups) else subject
        )
        said.append(desk.wording.phrase("served" if sanction.served else "not-served", subject=who))
    return list(dict.fromkeys(said))
