"""Government policy or pattern: the statutory noun only for approved determinations, the facts beside it (F3)."""

from collections.abc import Iterable
from dataclasses import replace

from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import joined_by_commas, people_count, states_figure
from assessments.core.drafting.speakers import Speaker
from assessments.core.grammar import clean, count_words
from assessments.core.sheets import PolicyElement
from assessments.core.terms import element_slots, form, known, legal_limit, state_conduct
from assessments.core.types import Determination
from assessments.core.values import CountKind, Modality, Section

_CHILD_SOLDIERS = "pof-child-soldiers"
_FORCED_LABOR = "pof-forced-labor"
_PLACED = " in "
_MOST = 3
_PAIR = 2


def factor_phrase(desk: Desk, factor: str, sector: str | None) -> str:
    """Return a factor as a noun phrase: "forced labor in the agricultural sector"."""
    known = desk.framework.proof_of_failure.get(factor)
    noun = known.noun if known else factor.replace("-", " ")
    term = desk.term("sector", sector) if sector else None
    if term is None:
        return noun
    return f"{_head(noun)} {term.phrase}"


def _head(noun: str) -> str:
    """Return what a factor is without its place: "forced labor"."""
    return noun.split(_PLACED)[0]


def approved(desk: Desk) -> list[Determination]:
    """Return the approved determinations, in the order of the statute."""
    factors = list(desk.framework.proof_of_failure)
    items = [item for item in desk.record.determinations if item.is_approved]
    return sorted(items, key=lambda item: (_place(factors, item.factor), item.sector or "", item.id))


def _place(factors: list[str], factor: str) -> int:
    return factors.index(factor) if factor in factors else len(factors)


def write_determinations(desk: Desk) -> None:
    """Write NP-06 or NP-07 for approved determinations, those of one factor and kind together."""
    groups: dict[tuple[str, str], list[Determination]] = {}
    for item in approved(desk):
        groups.setdefault((item.factor, item.kind), []).append(item)
    decided = desk.record.decision.secretary_decided_on is not None
    for (factor, kind), members in groups.items():
        phrases = list(dict.fromkeys(factor_phrase(desk, factor, item.sector) for item in members))
        head = _head(phrases[0])
        places = [phrase.removeprefix(head).strip() for phrase in phrases]
        elements = [ref for item in members for ref in item.elements]
        evidence = [ref for element in desk.record.elements if element.id in elements for ref in element.evidence]
        desk.say(
            "NP-06" if desk.is_recognized else "NP-07",
            "decided" if decided else "office",
            {
                "period": desk.style.period,
                "kind": desk.wording.word("kind", kind),
                "factor": f"{head} {desk.join(places)}".strip(),
                "authority": desk.gov,
            },
            section=Section.TIER,
            subjects=[item.id for item in members],
            basis=desk.basis(
                elements,
                evidence,
                decisions=[*(item.id for item in members), "secretary" if decided else "secretary-pending"],
            ),
            choice="determination approved by two people"
            + ("; the Secretary's decision is on record" if decided else "; the Secretary's decision is not on record"),
        )
    for item in sorted(desk.record.determinations, key=lambda each: each.id):
        if not item.is_approved:
            phrase = factor_phrase(desk, item.factor, item.sector)
            desk.gap(
                Section.TIER,
                f"two people must approve the determination on {phrase} before it can be told",
                facts=(item.id,),
            )


def write_elements(desk: Desk, section: Section) -> None:
    """Write the conduct of the state, as facts with their source, in the order of the statute.

    It is told beside its determination, or with child soldiers, in the tier paragraph; else in prosecution.
    """
    factors = list(desk.framework.proof_of_failure)
    rests = {ref for item in approved(desk) for ref in item.elements}
    rests |= {item.id for item in desk.record.elements if item.factor == _CHILD_SOLDIERS}
    items = [item for item in desk.record.elements if (item.id in rests) is (section is Section.TIER)]
    items.sort(key=lambda each: (_place(factors, each.factor), each.id))
    for members in _alike(desk, items):
        if _is_use(desk, members[0]):
            _uses(desk, section, members)
        else:
            _element(desk, section, members)
    for item in items:
        if item.trend:
            _trend(desk, section, item)
        if _remedies(desk, item):
            _remedy(desk, section, item)


def _alike(desk: Desk, items: Iterable[PolicyElement]) -> Iterable[list[PolicyElement]]:
    """Put into one sentence what the same organ did to the same people in several places, and what forces did alike."""
    groups: dict[object, list[PolicyElement]] = {}
    for item in items:
        key: object = item.id
        if clean(item.benefit):
            pass  # the sentence on what the state gained stands right behind it
        elif _is_use(desk, item):
            speaker = desk.speaker(item.evidence)
            key = (speaker.name, speaker.attributes_facts)
        elif clean(item.places):
            key = (_without_place(item), desk.speaker(item.evidence).name)
        groups.setdefault(key, []).append(item)
    for members in groups.values():
        by_means = [item for item in members if item.means]
        whole = len(members) <= _MOST and (_is_use(desk, members[0]) or len(by_means) <= 1)
        yield from [members] if whole else [[item] for item in members]


def _without_place(item: PolicyElement) -> PolicyElement:
    """Return an element without what may differ in one sentence: place, means, sector, evidence and what it led to."""
    return replace(
        item, id="", places="", means=(), sector=None, evidence=(), note="", remedies=(), remedial="", trend=None
    )


def _is_use(desk: Desk, item: PolicyElement) -> bool:
    """Say whether an element is a force's use of children, without closer words on what it did."""
    return item.factor == _CHILD_SOLDIERS and bool(clean(item.force)) and not conduct_of(desk, item)


def _uses(desk: Desk, section: Section, members: list[PolicyElement]) -> None:
    """Write which forces recruited or used children, those of one source together."""
    speaker = desk.speaker(members[0].evidence)
    told = _uses_told(desk, members)
    slots = {"list": told} | _voice(desk, section, speaker)
    _say(desk, section, members, "NP-08", "use", slots)


def _uses_told(desk: Desk, members: list[PolicyElement]) -> str:
    """Return which forces used how many children: the verb once where nothing but force, number and roles differs."""
    details = [_details(desk, [item]) for item in members]
    nouns = {clean(item.scale_noun) for item in members}
    is_alike = len(members) > 1 and len(nouns) == 1 and len(set(details)) == 1
    if not is_alike or (details[0] and not details[0].startswith(",")):
        return _uses_apart(desk, members, details)
    counts = [count_words(item.scale) if item.scale else "" for item in members]
    forces = [_force(desk, item, clean(item.force), is_listed=True) for item in members]
    phrase, roles = desk.wording.phrase, [clean(item.roles) for item in members]
    if not any(counts) and len(set(roles)) == 1:
        return phrase(
            "force-used",
            force=desk.join(forces),
            count=_children(desk, members[0]),
            roles=roles[0],
            details=details[0],
        )
    if not all(counts) or members[0].scale is None or members[0].scale.value == 1:
        return _uses_apart(desk, members, details)
    first = phrase("force-used", force=forces[0], count=_children(desk, members[0]), roles=roles[0])
    others = [
        phrase("force-gapped", force=force, count=count, roles=role)
        for force, count, role in zip(forces[1:], counts[1:], roles[1:], strict=True)
    ]
    name = "force-pair" if len(others) == 1 else "force-list"
    told = phrase(
        name, object=first, list=others[0] if len(others) == 1 else "; ".join(others[:-1]), further=others[-1]
    )
    return f"{told}{details[0]}"


def _uses_apart(desk: Desk, members: list[PolicyElement], details: list[str]) -> str:
    clauses = [
        desk.wording.phrase(
            "force-used",
            force=_force(desk, item, clean(item.force)),
            count=_children(desk, item),
            roles=clean(item.roles),
            details=detail,
        )
        for item, detail in zip(members, details, strict=True)
    ]
    return desk.join(clauses) if len(clauses) > _PAIR else joined_by_commas(desk, clauses)


def _element(desk: Desk, section: Section, members: list[PolicyElement]) -> None:
    item = members[0]
    force, conduct = clean(item.force), conduct_of(desk, item)
    if not conduct:
        desk.gap(section, f"choose what was done, or say in words what the conduct of {item.id} was", facts=(item.id,))
        return
    is_army = item.factor == _CHILD_SOLDIERS
    voice = _voice(desk, section, desk.speaker(item.evidence))
    is_named = bool(clean(item.organ)) or bool(voice) or bool(clean(item.conduct))
    organ = desk.subject(item.organ, item.organ_abbreviation) if is_named else desk.government(section, conduct)
    subject = _force(desk, item, force) if is_army and force and not clean(item.organ) else organ
    law = _law(desk, item)
    leads = bool(law) and not voice and _details(desk, members, with_law=False) != ""
    slots = {"organ": subject, "conduct": conduct, "details": _details(desk, members, with_law=not leads)}
    slots |= voice | ({"opening": law} if leads else {})
    _say(desk, section, members, "NP-08" if is_army else "NP-59", "conduct", slots)


def _voice(desk: Desk, section: Section, speaker: Speaker) -> dict[str, str]:
    return desk.voice(section, speaker if speaker.attributes_facts else None, Modality.REPORTED)


def _say(
    desk: Desk, section: Section, members: list[PolicyElement], pattern: str, form: str, slots: dict[str, str]
) -> None:
    desk.say(
        pattern,
        form,
        slots,
        section=section,
        subjects=[item.id for item in members],
        basis=desk.basis([item.id for item in members], [ref for item in members for ref in item.evidence]),
        choice="an element of state conduct on record",
        family="policy-element",
    )
    for item in members:
        if clean(item.benefit):
            desk.say(
                "NP-59",
                "benefit",
                {"benefit": clean(item.benefit)},
                section=section,
                subjects=[item.id],
                basis=desk.basis([item.id], item.evidence),
                choice="the state's gain is on record",
                family="policy-benefit",
            )


def conduct_of(desk: Desk, item: PolicyElement) -> str:
    """Return what the state did as a predicate: closer words, else those of the vocabulary, else the factor's own."""
    if clean(item.conduct):
        return clean(item.conduct)
    act = state_conduct(desk.framework, item, "base" if item.continues else "past")
    if not act:
        return _compelled(desk, item)
    return desk.wording.phrase("continued-to", act=act) if item.continues else act


def _remedies(desk: Desk, item: PolicyElement) -> str:
    """Return the remedial steps as a predicate; closer words go first. The scale counts people affected, not these."""
    slots = element_slots(desk.framework, item) | {"count": ""}
    found = [form(term.past).write(slots) for term in known(desk.framework, "remedy", item.remedies)]
    return clean(item.remedial) or desk.join(found)


def _trend(desk: Desk, section: Section, item: PolicyElement) -> None:
    if item.trend is None:
        return
    desk.say(
        "NP-59",
        "trend",
        {
            "direction": desk.wording.word("trend-practice", item.trend),
            "comparison": desk.style.comparison,
            "prev": desk.style.previous_period,
        },
        section=section,
        subjects=[item.id],
        basis=desk.basis([item.id], item.evidence),
        choice="how the practice moved is on record",
        family="policy-trend",
    )


def _compelled(desk: Desk, item: PolicyElement) -> str:
    """Return what forced labor is by its factor, where people are on record and no closer words: nothing else.

    The sector is told where no place says more nearly what the work was; the determination names it in any case.
    """
    groups = clean(item.groups)
    if item.factor != _FORCED_LABOR or not groups:
        return ""
    term = desk.term("sector", item.sector) if item.sector and not clean(item.places) else None
    return desk.wording.phrase("compelled", group=groups, sector=term.phrase if term else "")


def _remedy(desk: Desk, section: Section, item: PolicyElement) -> None:
    organ = desk.agency(item.organ, item.organ_abbreviation) if clean(item.organ) else desk.authorities
    desk.say(
        "NP-59",
        "remedy",
        {"organ": organ, "remedy": _remedies(desk, item)},
        section=section,
        subjects=[item.id],
        basis=desk.basis([item.id], item.evidence),
        choice="a remedial step is on record",
        family="remedial-step",
    )


def _force(desk: Desk, item: PolicyElement, force: str, *, is_listed: bool = False) -> str:
    name = "force-supported" if is_listed else "force-allied"
    return desk.wording.phrase(name, force=force, gov=desk.gov) if item.force_allied else force


def _children(desk: Desk, item: PolicyElement) -> str:
    noun = clean(item.scale_noun) or desk.wording.word("people", "children")
    if item.scale is None or item.scale.kind is CountKind.UNKNOWN:
        return noun
    return people_count(desk, item.scale, noun)


def _law(desk: Desk, item: PolicyElement) -> str:
    """Return the legal basis as a phrase; it opens a sentence that says more, since behind it would be of its end."""
    law = clean(item.legal_basis)
    return desk.wording.phrase("under-law", basis=law) if law else ""


def _details(desk: Desk, members: list[PolicyElement], *, with_law: bool = True) -> str:
    """Return places, period, means, roles and legal basis, then, set off by commas, purpose, people and verifier."""
    item = members[0]
    said, phrase = conduct_of(desk, item), desk.wording.phrase
    conduct = f" {said.casefold()} "
    limit, means = legal_limit(item), _means(desk, item) if len(members) == 1 else ""
    parts = [
        _places(desk, members),
        clean(item.period),
        phrase("legal-limit", count=limit) if limit and limit not in conduct else "",
        phrase("through", list=means) if means else "",
        phrase("in-roles", roles=clean(item.roles)) if clean(item.roles) and said else "",
        _law(desk, item) if with_law else "",
        phrase("despite-ban") if item.banned_nationally else "",
    ]
    text = " ".join(part for part in parts if part)
    if clean(item.purpose):
        text += phrase("presented-as", gov=desk.gov, purpose=clean(item.purpose))
    text += _affected(
        desk, item, conduct, is_use=bool(clean(item.force)) and not said and item.factor == _CHILD_SOLDIERS
    )
    if clean(item.verified_by):
        text += phrase("verified-by", verified=clean(item.verified_by))
    return text.strip()


def _means(desk: Desk, item: PolicyElement) -> str:
    return desk.join(clean(each) for each in item.means)


def _places(desk: Desk, members: list[PolicyElement]) -> str:
    """Return where it happened; in the one place for which means are on record, through these."""
    if len(members) == 1:
        return clean(members[0].places)
    plain = desk.join(clean(item.places) for item in members if not item.means)
    means = next((item for item in members if item.means), None)
    if means is None:
        return plain
    return desk.wording.phrase("places-by-means", place=plain, list=_means(desk, means), object=clean(means.places))


def _affected(desk: Desk, item: PolicyElement, conduct: str, *, is_use: bool) -> str:
    """Return how many people it concerned and who they were, unless the conduct's own words say so."""
    groups, scale, phrase = clean(item.groups), "", desk.wording.phrase
    is_told = item.scale is not None and states_figure(conduct, item.scale)
    if item.scale and item.scale.kind is not CountKind.UNKNOWN and not is_use and not is_told:
        noun = clean(item.scale_noun) or desk.wording.word("people", "people")
        scale = phrase("affecting", scale=people_count(desk, item.scale, noun), basis=clean(item.scale_basis))
    if not groups or groups.casefold() in conduct:
        return scale
    return phrase("among-them", scale=scale, group=groups) if scale else phrase("affecting", scale=groups)
