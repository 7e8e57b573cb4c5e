"""Conduct somebody reports, without a proceeding on record: attributed, hedged, with what the authorities did (F2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from assessments.core.drafting.cases import rank_of
from assessments.core.drafting.conduct import details, gravity, is_in_scope, past
from assessments.core.drafting.desk import Desk, once
from assessments.core.drafting.inquiries import is_inquiry, write_immunity
from assessments.core.drafting.people import agencies_of, are_several, officials_phrase
from assessments.core.drafting.periods import when
from assessments.core.drafting.routes import pattern_of, place_of, section_of
from assessments.core.drafting.speakers import Speaker
from assessments.core.drafting.terms import phrases, so_that
from assessments.core.grammar import clean, past_of_gerund
from assessments.core.sheets import Allegation, Conduct, OfficialCase, OfficialGroup
from assessments.core.types import AssessmentRecord
from assessments.core.values import Modality, Response, Section, TraffickingLink

_SENIOR = 1  # place of "senior" among the ranks
_UNANSWERED = frozenset({Response.NONE_REPORTED, Response.NOT_INVESTIGATED})
_MOST = 3
_MOST_CLAUSES = 3
_LONGEST = 45  # words of claims told in one sentence
_LONG = 34  # words of one claim with what it led to
_WORDS_A_GROUP = 5
_AN_ACT = 6  # words of an act of the vocabulary, about
_DESPITE = "despite"
_ATTRIBUTED = "attributed"
_BE = frozenset({"was", "were"})


@dataclass(frozen=True, slots=True)
class Claim:
    """An allegation with what was settled about it before any word was chosen."""

    item: Allegation
    section: Section
    pattern: str
    speaker: Speaker
    place: tuple[object, ...]


def write(desk: Desk, section: Section) -> None:
    """Write the allegations of one section, plain ones first, from grave to light; then cases without a step."""
    claims = []
    for item in _by_section(desk, desk.record).get(section, ()):
        if not is_in_scope(item):
            desk.gap(section, f"allegation {item.id} is recorded as smuggling only and is left out", facts=(item.id,))
            continue
        claims.append(_claim(desk, item, section))
    form = ""
    for passage in _passages(desk, _alike(sorted(claims, key=lambda claim: claim.place))):
        form = _sentence(desk, passage, is_behind_concession=form == _DESPITE)
    for case in _without_step(desk):
        if is_inquiry(case) and section is Section.PROSECUTION:
            gap = f"record a step of {case.id}, so that the inquiry into {clean(case.institution)} can be told"
            desk.gap(section, gap, facts=(case.id,))
        elif not is_inquiry(case) and section_of(desk, case) is section and is_in_scope(case):
            write_immunity(desk, section, case)


def _without_step(desk: Desk) -> list[OfficialCase]:
    """Return the cases whose stage is not on record."""
    return sorted((case for case in desk.record.cases if not case.proceedings), key=lambda case: case.id)


@once
def _by_section(desk: Desk, record: AssessmentRecord) -> Mapping[Section, list[Allegation]]:
    """Return what no case tells, by section: allegations, and cases whose stage is not on record.

    An inquiry into a place cannot be told without a stage.
    """
    known = {case.id for case in record.cases if case.proceedings and is_in_scope(case)}
    cases = [_as_allegation(case) for case in _without_step(desk) if not is_inquiry(case)]
    found: dict[Section, list[Allegation]] = {}
    for item in (*record.allegations, *cases):
        if item.case not in known:
            found.setdefault(section_of(desk, item), []).append(item)
    return found


def _passages(desk: Desk, groups: Iterable[list[Claim]]) -> Iterable[list[list[Claim]]]:
    """Put plain claims of one speaker and verb into one sentence, in their order: "... and that ..."."""
    waiting: list[list[Claim]] = []
    for group in groups:
        if waiting and len(waiting) < _MOST_CLAUSES and _go_on(desk, waiting, group[0]):
            waiting.append(group)
            continue
        if waiting:
            yield waiting
        waiting = [group]
    if waiting:
        yield waiting


def _go_on(desk: Desk, waiting: list[list[Claim]], following: Claim) -> bool:
    """Say whether a claim can share the "observers reported that" of those before it."""
    first = waiting[0][0]
    return (
        bool(first.speaker.name)
        and (first.speaker.name, _verb(desk, first)) == (following.speaker.name, _verb(desk, following))
        and all(_is_plain(desk, claim) for claim in (first, following))
        and sum(_weight(group[0]) for group in waiting) + _weight(following) <= _LONGEST
    )


def _weight(claim: Claim) -> int:
    """Estimate how many words a claim takes; its sentence cannot be written twice to count them."""
    item = claim.item
    text = clean(item.text)
    words = f"{text} {clean(item.setting)} {clean(item.place)} {clean(item.motive)}".split()
    return len(words) + (0 if text else _AN_ACT) + _WORDS_A_GROUP * len(item.officials)


def _is_plain(desk: Desk, claim: Claim) -> bool:
    item = claim.item
    is_long = item.effect or item.effects or item.results
    return not (_response(desk, item) or is_long or item.repeated or item.date) and item.in_period


def _as_allegation(case: OfficialCase) -> Allegation:
    """A case whose stage is not on record is told as what it is said to have been about."""
    conduct = {field.name: getattr(case, field.name) for field in fields(Conduct)}
    return Allegation(
        id=case.id, officials=case.officials, modality=Modality.ALLEGED, evidence=case.evidence, **conduct
    )


def _claim(desk: Desk, item: Allegation, section: Section) -> Claim:
    pattern = pattern_of(desk, item)
    place = (place_of(pattern), gravity(desk, item), rank_of(item.officials), item.id)
    speaker = desk.speaker(item.evidence, on_officials=True)
    return Claim(item=item, section=section, pattern=pattern, speaker=speaker, place=place)


def _alike(claims: list[Claim]) -> Iterable[list[Claim]]:
    """Group allegations that differ in nothing but the officials, or in nothing but the act."""
    groups: list[tuple[object, object, list[Claim]]] = []
    for claim in claims:
        people, act = _likeness(claim)
        for known_people, known_act, members in groups:
            alike = (people == known_people and not _differ(members, "act")) or (
                act == known_act and not _differ(members, "people")
            )
            if alike and len(members) < _MOST and not _is_alone(claim.item) and not _is_alone(members[0].item):
                members.append(claim)
                break
        else:
            groups.append((people, act, [claim]))
    return [members for _, _, members in groups]


def _is_alone(item: Allegation) -> bool:
    return bool(item.effect or item.effects or item.results or item.victims or item.victim_group or not item.officials)


def _likeness(claim: Claim) -> tuple[object, object]:
    """Return what two allegations share where only the act differs, and where only the officials differ."""
    item = claim.item
    rest = (
        *(claim.pattern, claim.speaker.name, claim.speaker.is_credible),
        *(item.modality, item.repeated, item.date, item.in_period, item.capacity, item.deployment),
        *(item.sectors, item.sector_text, item.setting, item.leverage, item.place),
        *(item.response, item.response_text, item.motive, item.motives),
        *(item.crime, item.frequency, item.manners),
    )
    return (*rest, item.officials), (*rest, item.acts, clean(item.text), item.mode)


def _differ(members: list[Claim], what: str) -> bool:
    """Say whether the members of a group differ in their officials ("people") or in their acts ("act")."""
    position = 1 if what == "people" else 0
    return len({_likeness(member)[position] for member in members}) > 1


def _sentence(desk: Desk, groups: list[list[Claim]], *, is_behind_concession: bool) -> str:
    """Write one sentence, what followed in sentences of its own where it would be long, and answer with its form."""
    group, first = [claim for members in groups for claim in members], groups[0][0]
    slots = _slots(desk, groups)
    pattern, form, choice = _shape(desk, first, slots, is_behind_concession=is_behind_concession)
    _missing(desk, group)
    effect, response = _effect(desk, first.item), ""
    is_apart = bool(effect) and form == _ATTRIBUTED and _words(slots) + len(effect.split()) > _LONG
    if effect and not is_apart:
        slots["details"] = _with_effect(desk, first.item, slots["details"], effect)
    if form == _ATTRIBUTED and (is_apart or _words(slots) > _LONGEST):
        response, slots["response"] = slots["response"], ""
    subjects = [claim.item.id for claim in group]
    basis = desk.basis(subjects, [ref for claim in group for ref in claim.item.evidence])

    def say(pattern: str, form: str, slots: Mapping[str, str], choice: str, family: str) -> None:
        section = first.section
        desk.say(pattern, form, slots, section=section, subjects=subjects, basis=basis, choice=choice, family=family)

    say(pattern, form, slots, choice, "allegation")
    if is_apart:
        told = {"source": first.speaker.name, "clause": so_that(desk, first.item.results, before=effect)}
        choice = "what it led to is on record; behind the allegation it would make a long sentence"
        say("NP-64", "effect", told, choice, "allegation-effect")
    if response:
        choice = "what the authorities did is on record; behind the allegation it would make a long sentence"
        say("NP-63", "response", {"response": response}, choice, "allegation-response")
    return form


def _words(slots: Mapping[str, str]) -> int:
    """Count the words of the sentence that slots make, about."""
    return sum(len(text.split()) for name, text in slots.items() if name != "gov")


def _slots(desk: Desk, groups: list[list[Claim]]) -> dict[str, str]:
    """Return who is said to have done what, and what followed; without a voice, "allegedly" goes behind "was"."""
    first = groups[0][0]
    item = first.item
    slots = {
        "when": _when(desk, item),
        "source": first.speaker.name,
        "officials": _officials(desk, groups[0]),
        "act_past": _acts(desk, groups[0]),
        "details": _details(desk, item),
        "response": _response(desk, item),
        "gov": desk.gov,
        "list": desk.wording.word("reports", "repeated" if item.repeated else "once"),
    }
    slots["further"] = _further(desk, groups, f"{slots['act_past']} {slots['details']}")
    be, _, rest = slots["act_past"].partition(" ")
    if not slots["source"] and be in _BE and rest:
        slots |= {"officials": f"{slots['officials']} {be}", "act_past": rest}  # "were allegedly complicit"
    return slots


def _shape(desk: Desk, claim: Claim, slots: dict[str, str], *, is_behind_concession: bool) -> tuple[str, str, str]:
    """Choose pattern and form by who is accused, who says so and what the authorities did, and fill the verb."""
    item, speaker, pattern = claim.item, claim.speaker, claim.pattern
    is_unanswered = item.response in _UNANSWERED
    is_plain = pattern == "NP-31" and bool(speaker.name)
    credibly = desk.style.credible if speaker.is_credible and not item.repeated and speaker.name else ""
    again = "" if item.repeated else desk.again(claim.section, speaker.name)
    form, choice = (
        _ATTRIBUTED if speaker.name else "hedged",
        f"an allegation ({item.modality.label}) without a proceeding",
    )
    if is_unanswered and is_plain and rank_of(item.officials) <= _SENIOR and not item.response_text:
        pattern, again, credibly = "NP-30", "", ""
        form = "not-investigated" if item.response is Response.NOT_INVESTIGATED else "unreported"
        choice = "senior officials, and the record says what was not done"
    elif is_unanswered and is_plain and (speaker.is_credible or item.repeated):
        choice = "credible or repeated, and the record says what was not done"
        if not is_behind_concession:
            pattern, form, again = "NP-17", _DESPITE, ""
    elif is_unanswered and credibly:
        choice = "credible, and the record says what was not done"
    else:
        credibly = ""
        if item.response is Response.DENIED and pattern == "NP-31":
            pattern, choice = "NP-37", "the record says that it was denied without an inquiry"
    slots["verb"] = " ".join(word for word in (again, credibly, _verb(desk, claim)) if word)
    return pattern, form, choice


def _missing(desk: Desk, group: list[Claim]) -> None:
    """Note what the record lacks: whose word it is, and whether it is about trafficking."""
    first = group[0]
    if not first.speaker.name:
        gap = f"name the evidence of {first.item.id}, so that the text can say who reports it"
        desk.gap(first.section, gap, facts=(first.item.id,))
    for claim in group:
        if claim.item.link is TraffickingLink.UNCLEAR:
            gap = f"settle the link of {claim.item.id} to trafficking: it is recorded as unclear"
            desk.gap(claim.section, gap, facts=(claim.item.id,))


def _acts(desk: Desk, group: list[Claim]) -> str:
    is_plural = len(group) > 1 or are_several(group[0].item.officials)
    return desk.join(dict.fromkeys(past(desk, claim.item, is_plural=is_plural) for claim in group))


def _further(desk: Desk, groups: list[list[Claim]], before: str) -> str:
    """Return the claims that go on behind the first one of their speaker: "; that ...; and that ..."."""
    if len(groups) == 1:
        return ""
    told, clauses = _agencies(desk, groups[0]), []
    for group in groups[1:]:
        clauses.append(_clause(desk, group, next(iter(told)) if len(told) == 1 else ""))
        told = _agencies(desk, group) or told
    said = [desk.wording.phrase("that", clause=clause) for clause in clauses[:-1]]
    said.append(desk.wording.phrase("and-that", clause=clauses[-1]))
    if any("," in text for text in (before, *clauses)):
        mark = ", " if len(clauses) == 1 else "; "
    else:
        mark = " " if len(clauses) == 1 else ", "
    return "".join(f"{mark}{text}" for text in said)


def _agencies(desk: Desk, group: list[Claim]) -> set[str]:
    return agencies_of(desk, (each for claim in group for each in claim.item.officials))


def _clause(desk: Desk, group: list[Claim], told: str) -> str:
    parts = (_officials(desk, group, told), _acts(desk, group), _details(desk, group[0].item))
    return " ".join(part for part in parts if part)


def _when(desk: Desk, item: Allegation) -> str:
    if item.date:
        return when(item.date)
    return "" if item.in_period else desk.wording.phrase("before-period", period=desk.style.period)


def _verb(desk: Desk, claim: Claim) -> str:
    verb = claim.speaker.verb(claim.item.modality)
    return desk.wording.phrase("repeatedly", verb=verb) if claim.item.repeated else verb


def _officials(desk: Desk, group: list[Claim], told: str = "") -> str:
    people: dict[OfficialGroup, None] = {}
    for claim in group:
        people.update(dict.fromkeys(claim.item.officials))
    return officials_phrase(desk, people, told=told)


def _details(desk: Desk, item: Allegation) -> str:
    """Return place and people, the motive as the source sees it, and what followed where nothing was hindered."""
    parts = [details(desk, item), clean(item.motive)]
    text = " ".join(part for part in parts if part)
    return text if _effect(desk, item) else so_that(desk, item.results, before=text)


def _effect(desk: Desk, item: Allegation) -> str:
    """Return what a conduct hindered, as a predicate: "impeded law enforcement efforts"; empty where it is not told."""
    effect = desk.join([*phrases(desk, "effect", item.effects), clean(item.effect)])
    if not effect:
        return ""
    word = desk.wording.word
    verb = word("effect", item.effect_strength) if item.effect_strength else word("usual", "effect")
    return desk.wording.phrase("effect", verb=verb, effect=effect)


def _with_effect(desk: Desk, item: Allegation, text: str, effect: str) -> str:
    text = f"{text}, {desk.wording.phrase('which', clause=effect)}"
    return so_that(desk, item.results, before=text)


def _response(desk: Desk, item: Allegation) -> str:
    """Return what the authorities did, where that is itself on record."""
    text = clean(item.response_text)
    if item.response is Response.NOT_RECORDED:
        return desk.wording.phrase("responded-by", response=text) if text else ""
    said = desk.wording.phrase(f"response-{item.response.value}", gov=desk.gov)
    if not text:
        return said
    first, _, _ = text.partition(" ")
    past = past_of_gerund(text)
    is_verb = first.endswith("ing") and not past.startswith(desk.wording.word("be", "many"))
    return desk.wording.phrase("and-then", object=said, clause=past) if is_verb else f"{said}, {text}"
