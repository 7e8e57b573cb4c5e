"""Specific objects of a recommendation: the agency, sector, place, case, law or instrument a recorded fact names.

Without such a fact an institutional item stays under "further", lest every country gets the same text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assessments.core import grammar
from assessments.core.agencies import adds_nothing
from assessments.core.answers import Answers
from assessments.core.findings import POLITICAL
from assessments.core.recommendations.triggers import Applicable
from assessments.core.sheets import Measure, OfficialCase, OfficialGroup
from assessments.core.support import Incident, involves_official
from assessments.core.types import Case
from assessments.core.values import ONE, CaseStatus, CommitmentStatus, MeasureStage, Stage, TraffickingLink
from frameworks.spec.compiled import CompiledFramework

MOST_NAMED = 3
"""Officials, agencies or sectors named in one item; more would make a list of its own."""
RANKS = ("highest", "senior", "mid", "junior", "unknown")
OPEN = frozenset({CaseStatus.PENDING, CaseStatus.NO_PROGRESS, CaseStatus.NOT_REPORTED})
NOT_NAMED = frozenset({"authority-collective", "foreign-public-official"})
VAGUE = frozenset({"officials", "government officials", "public officials", "state officials", "government employees"})
PREPOSITIONS = ("in ", "at ", "on ", "under ", "along ", "near ", "during ")
OTHER_SECTOR = "other-sector"
ONE_OF_A_KIND = re.compile(r"(head|director|chief|chair|commander|minister) of ")
"""Offices that exist once: their holder is not named in the plural."""


@dataclass(frozen=True, slots=True)
class Specific:
    """Words that tie an item to this country, and the facts they come from.

    `is_where`: they say where ("particularly in the police"), and so can stand before the measure.
    """

    text: str
    facts: tuple[str, ...]
    is_where: bool = False


def relevant(answers: Answers, item: Applicable) -> tuple[Incident, ...]:
    """Return the incidents that bear on a recommendation, gravest rank first, then by id.

    By act, by countries where the item is about the cross-border side, by the concern indicators that set it
    off, or by evidence shared with their ratings.
    """
    framework, spec = answers.case.framework, item.spec
    concern = {one.slug for one in answers.concern_indicators} & set(item.indicators)
    acts = {*spec.acts, *_acts_on(framework, frozenset(concern))}
    cited = {ref for slug in concern for rating in answers.of(slug) for ref in rating.evidence}

    def bears(incident: Incident, refs: Iterable[str]) -> bool:
        if incident.link is TraffickingLink.SMUGGLING or POLITICAL in incident.acts:
            return False
        if spec.any_official_act and involves_official(incident):
            return True
        if spec.any_transnational_act and incident.countries:
            return True
        return not (acts.isdisjoint(incident.acts) and cited.isdisjoint(refs))

    found = [incident for incident, refs in answers.support.incidents if bears(incident, refs)]
    return tuple(sorted(found, key=lambda incident: (_rank(incident), incident.id)))


@lru_cache(maxsize=512)
def _acts_on(framework: CompiledFramework, concern: frozenset[str]) -> frozenset[str]:
    """Return the acts that bear on some concern indicators."""
    return frozenset(term.slug for term in framework.terms("act") if not concern.isdisjoint(term.indicators))


def _rank(incident: Incident) -> int:
    ranks = [RANKS.index(group.rank) for group in incident.officials if group.rank in RANKS]
    return min(ranks, default=len(RANKS))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of officials: plural of the role, and the agency where it says more than the role."""

    role: str
    agency: str = ""


def officials(case: Case, incidents: Iterable[Incident]) -> Specific | None:
    """Name the kinds of officials concerned, as plurals: "village mayors and police officers"."""
    named: dict[Kind, list[str]] = {}
    for incident in incidents:
        for group in incident.officials:
            if kind := kind_of(group):
                named.setdefault(kind, []).append(incident.id)
    bare = {kind.role for kind in named if adds_nothing(case.wording.style, kind.agency, kind.role)}
    chosen = [kind for kind in named if not kind.agency or kind.role not in bare][:MOST_NAMED]
    if not chosen:
        return None
    facts = dict.fromkeys(ref for kind in chosen for ref in named[kind])
    return Specific(text=kinds_phrase(case, chosen), facts=tuple(facts))


def kinds_phrase(case: Case, kinds: Sequence[Kind]) -> str:
    """Return kinds as one phrase in which no agency and no noun stands twice in a row."""
    style, parts = case.wording.style, _side_by_side(kinds)
    phrases = []
    for position, members in enumerate(parts):
        role = grammar.shared_noun([kind.role for kind in members], _join) if len(members) > 1 else members[0].role
        agency = members[0].agency
        is_told_later = position + 1 < len(parts) and parts[position + 1][0].agency == agency
        if agency and not is_told_later and not adds_nothing(style, agency, role):
            link = style.of_agency if grammar.is_office(role.removeprefix("the ")) else style.from_agency
            role = f"{role} {link} {grammar.definite(agency)}"
        phrases.append(role)
    return _join(phrases)


def _join(items: Sequence[str]) -> str:
    return grammar.join(items)


def _side_by_side(kinds: Sequence[Kind]) -> list[list[Kind]]:
    """Put kinds together that share agency and noun: "municipal and provincial officials"."""
    found: list[list[Kind]] = []
    for kind in kinds:
        before = found[-1] if found else []
        roles = [each.role for each in (*before, kind)]
        if before and before[0].agency == kind.agency and grammar.shared_noun(roles, _join):
            before.append(kind)
        else:
            found.append([kind])
    return found


@lru_cache(maxsize=512)
def kind_of(group: OfficialGroup) -> Kind | None:
    """Return a group as a kind of officials: "police officers", "officers" of the "National Police".

    None for an authority as such, for another country's officials, and for a role that says no more than "officials".
    """
    role = grammar.clean(group.plural or grammar.plural(group.role)).partition(",")[0].partition(" such as ")[0]
    if group.count == ONE and ONE_OF_A_KIND.match(group.role):
        role = f"the {grammar.clean(group.role)}"
    if not role or group.category in NOT_NAMED or role.lower() in VAGUE:
        return None
    agency = grammar.clean(group.agency)
    words = {word.lower().rstrip("s") for word in role.split()}
    is_named = agency and not any(word.lower().rstrip("s") in words for word in agency.split() if len(word) > 3)
    return Kind(role=role, agency=agency if is_named else "")


def _agencies(answers: Answers, item: Applicable) -> Iterator[Specific]:
    named: dict[str, list[str]] = {}
    for incident in relevant(answers, item):
        for agency in dict.fromkeys(group.agency for group in incident.officials if group.agency):
            named.setdefault(_agency_words(agency), []).append(incident.id)
    chosen = list(named)[:MOST_NAMED]
    if chosen:
        facts = tuple(dict.fromkeys(ref for words in chosen for ref in named[words]))
        where = answers.case.wording.phrase("item-agencies", list=grammar.join(chosen))
        yield Specific(text=where, facts=facts, is_where=True)


@lru_cache(maxsize=512)
def _agency_words(agency: str) -> str:
    return grammar.definite(grammar.clean(agency))


def _sectors(answers: Answers, item: Applicable) -> Iterator[Specific]:
    named: dict[str, list[str]] = {}
    for incident in relevant(answers, item):
        phrases = sector_phrases(answers.case, incident.sectors, incident.sector_text)
        for phrase in phrases:
            named.setdefault(phrase, []).append(incident.id)
    for element in sorted(answers.case.record.elements, key=lambda one: one.id):
        if element.factor in item.indicators and element.sector:
            for phrase in sector_phrases(answers.case, (element.sector,), ""):
                named.setdefault(phrase, []).append(element.id)
    chosen = list(named)[:MOST_NAMED]
    if chosen:
        facts = tuple(dict.fromkeys(ref for words in chosen for ref in named[words]))
        where = answers.case.wording.phrase("item-places", list=grammar.join(chosen))
        yield Specific(text=where, facts=facts, is_where=True)


def sector_phrases(case: Case, sectors: Iterable[str], text: str) -> list[str]:
    """Return sectors as they stand in a sentence; the record's closer word goes before the vocabulary's."""
    if text:
        words = grammar.clean(text)
        return [words if words.startswith(PREPOSITIONS) else f"in {words}"]
    known = {term.slug: term for term in case.framework.terms("sector")}
    return [known[slug].phrase for slug in sectors if slug in known and slug != OTHER_SECTOR]


def _places(answers: Answers, item: Applicable) -> Iterator[Specific]:
    for incident in relevant(answers, item):
        if incident.place:
            where = answers.case.wording.phrase("item-places", list=grammar.clean(incident.place))
            yield Specific(text=where, facts=(incident.id,), is_where=True)


def _measures(answers: Answers, item: Applicable) -> Iterator[Specific]:
    for measure in sorted(answers.case.record.measures, key=lambda one: one.id):
        if measure.indicator in item.spec.answers and (words := _carry_on(answers.case, measure)):
            yield Specific(text=words, facts=(measure.id,))


def _carry_on(case: Case, measure: Measure) -> str:
    """Say how an item goes on from a recorded measure; empty where it cannot be said from the record."""
    text, phrase = grammar.clean(measure.text), case.wording.phrase
    if not text:
        return ""
    body = grammar.clean(measure.body) or case.wording.style.government
    participle = grammar.participle_of_past(text)
    match measure.stage:
        case MeasureStage.DRAFT | MeasureStage.ANNOUNCED:
            return phrase("item-carry-through", clause=f"{body} {text}")
        case MeasureStage.ADOPTED | MeasureStage.IN_FORCE if participle:
            return phrase("item-go-on", subject=body, clause=participle)
        case MeasureStage.ADOPTED | MeasureStage.IN_FORCE:
            return phrase("item-build-on", clause=f"{body} {text}")
    return ""


def _instruments(answers: Answers, item: Applicable) -> Iterator[Specific]:
    names = {term.slug: term.meaning for term in answers.case.framework.terms("instrument")}
    missing = {CommitmentStatus.NONE, CommitmentStatus.SIGNATORY}
    for one in sorted(answers.case.record.commitments, key=lambda one: one.id):
        if one.status in missing and one.instrument in names and item.spec.needs_object:
            title = names[one.instrument].split(",")[0]
            words = answers.case.wording.phrase("item-join", list=grammar.definite(title))
            yield Specific(text=words, facts=(one.id,))


def _reviews(answers: Answers, item: Applicable) -> Iterator[Specific]:
    if "review-mechanism-follow-up" not in item.spec.answers:
        return
    for one in sorted(answers.case.record.commitments, key=lambda one: one.id):
        if one.recommendation:
            words = answers.case.wording.phrase("item-review", clause=grammar.clean(one.recommendation))
            yield Specific(text=words, facts=(one.id,))


def _cases(answers: Answers, item: Applicable) -> Iterator[Specific]:
    named = officials(answers.case, (incident for incident in relevant(answers, item) if _is_open(incident)))
    if named:
        yield Specific(text=answers.case.wording.phrase("item-cases", officials=named.text), facts=named.facts)


def _is_open(incident: Incident) -> bool:
    """Say whether a case waits for its next step; an appeal is a step somebody else takes."""
    if not isinstance(incident, OfficialCase) or not incident.proceedings:
        return False
    last = incident.proceedings[-1]
    return last.status in OPEN and last.stage is not Stage.APPEAL


_FINDERS: Mapping[str, Callable[[Answers, Applicable], Iterator[Specific]]] = {
    "agency": _agencies,
    "sector": _sectors,
    "commodity": _sectors,
    "program": _sectors,
    "corridor": _places,
    "place": _places,
    "case": _cases,
    "law": _measures,
    "measure": _measures,
    "plan": _measures,
    "channel": _measures,
    "instrument": _instruments,
    "provision": _instruments,
    "review-recommendation": _reviews,
}
"""How each kind of object the framework names is found among the facts; a kind not named here is never filled."""


def specific(answers: Answers, item: Applicable) -> Specific | None:
    """Return the words that tie an item to this country: the first kind of its objects a fact can fill, or None."""
    finders = dict.fromkeys(_FINDERS[kind] for kind in item.spec.objects if kind in _FINDERS)
    return next((found for finder in finders for found in finder(answers, item)), None)
