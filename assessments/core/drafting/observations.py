"""What a statement says: its observations as predicates of one subject, or closer words where the record has them."""

import re
from dataclasses import dataclass

from assessments.core.drafting.desk import Desk, once
from assessments.core.drafting.terms import adverbs, amount, crime, frequency, manner_phrases, phrases, so_that
from assessments.core.grammar import clean, definite
from assessments.core.sheets import Statement
from assessments.core.terms import form, objects
from assessments.core.values import Section, StatementKind

_PREPOSITION = re.compile(r" (?:of|in|at|by|among|within|on|for|to|with) ")
_ONE = "in one "
_OF_SOMEBODY = frozenset({StatementKind.EFFORT, StatementKind.SHORTFALL})


@dataclass(frozen=True, slots=True)
class Said:
    """A subject and what is said of it. `predicate` is empty where the record says nothing."""

    subject: str  # empty: the government, or a predicate that is a whole clause
    predicate: str
    is_whole: bool = False  # the predicate holds its own subject
    opening: str = ""  # the one place it is about, which goes first: "in one bilateral agreement"

    def clause(self, government: str) -> str:
        """Return subject and predicate; `government` is who acts where no other subject is on record."""
        if not self.predicate or self.is_whole:
            return self.predicate
        told = f"{self.subject or government} {self.predicate}"
        return f"{self.opening}, {told}" if self.opening else told


@once
def said(desk: Desk, item: Statement) -> Said:
    """Return what a statement says; closer words on record go before the observations of the vocabulary."""
    text, subject = clean(item.text), definite(clean(item.subject))
    if text:
        is_whole = item.kind not in _OF_SOMEBODY
        return Said(subject="" if is_whole else subject, predicate=text, is_whole=is_whole)
    found = desk.terms("observation", item.observations)
    if not found:
        return Said(subject="", predicate="")
    slots = _slots(desk, item)
    own = [form(term.past) for term in found]
    predicates = [each.write(slots) for each in own]
    takes_adverb = any("frequency" in each.optional for each in own)
    if slots.get("frequency") and not takes_adverb:
        predicates[0] = f"{slots['frequency']} {predicates[0]}"
    own_adverbs = adverbs(desk, None, item.manners)
    predicates[0] = f"{own_adverbs} {predicates[0]}".lstrip()
    usual = next((form(term.subject).write(slots) for term in found if term.subject), "")
    opening = _opening(desk, item)
    predicate = _with_reach(desk, item, desk.join(predicates), told=opening)
    return Said(subject=subject or usual, predicate=predicate, opening=opening)


def _opening(desk: Desk, item: Statement) -> str:
    """Return the one place a statement of the body is about; behind a long predicate it would belong to its end."""
    reach = (*phrases(desk, "extent", item.extents), clean(item.scope))
    is_first = item.section is not Section.TIER and not (item.date or item.results)
    return next((phrase for phrase in reach if phrase.startswith(_ONE)), "") if is_first else ""


def _slots(desk: Desk, item: Statement) -> dict[str, str]:
    """Return what an observation’s form may name."""
    return {
        "crime": crime(desk, item.crime),
        "other_crime": crime(desk, item.other_crime) if item.other_crime else "",
        "frequency": frequency(desk, item.frequency),
        "group": clean(item.groups),
        "object": objects(item.objects),
        "quality": " ".join(phrases(desk, "quality", item.qualities)),
        "sector": desk.join(phrases(desk, "sector", item.sectors)),
        "count": amount(desk, item.scale, item.magnitude, is_share=item.is_share),
    }


def _with_reach(desk: Desk, item: Statement, predicate: str, *, told: str) -> str:
    """Add manner, extent, level, scope and what followed."""
    manners = manner_phrases(desk, item.manners)
    if manners and item.manner_frequency:
        how_often = frequency(desk, item.manner_frequency)
        predicate = (
            f"{predicate}, {desk.wording.phrase('at-times', frequency=how_often, list=desk.join(manners, 'or'))}"
        )
    elif manners:
        predicate = f"{predicate} {desk.join(manners)}"
    for phrase in (*phrases(desk, "extent", item.extents), *phrases(desk, "level", item.levels), clean(item.scope)):
        if phrase and phrase != told:
            predicate = f"{predicate}{',' if phrase.startswith('including ') else ''} {phrase}"
    return so_that(desk, item.results, before=predicate)


@once
def topic_of(desk: Desk, item: Statement) -> tuple[str, bool]:
    """Return what a concern or an effect is about, and whether it is a plural."""
    found = desk.terms("topic", item.topics)
    if found:
        slots = {"crime": crime(desk, item.crime)}
        said = desk.join([form(term.phrase).write(slots) for term in found])
        return said, len(found) > 1 or found[0].many
    topic = clean(item.topic) or desk.wording.word("people", "complicity")
    return topic, " and " in _PREPOSITION.split(topic, maxsplit=1)[0]
