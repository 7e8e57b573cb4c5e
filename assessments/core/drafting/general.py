"""General figures: on all accused persons, rates, cohorts, and figures that only part of the country reports (F1a).

They stand apart from the accountability statement, so that no reader takes them for figures on officials.
Source: claim-types.md N6, N7, X4.
"""

from collections.abc import Mapping

from assessments.core.drafting.conduct import is_in_scope
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import counted, known_one, officials_phrase
from assessments.core.drafting.periods import before, opening
from assessments.core.drafting.routes import ABROAD
from assessments.core.drafting.states import evidence_of
from assessments.core.drafting.steps import moves
from assessments.core.drafting.streaks import closing_words, opening_words, streak_of
from assessments.core.drafting.terms import crime, phrases, scoped
from assessments.core.grammar import clean, count_words, plural
from assessments.core.sheets import OfficialCase, Statistic
from assessments.core.terms import ANY_CRIME, percent
from assessments.core.values import (
    NUMBERED,
    CountKind,
    Defendants,
    Modality,
    SanctionKind,
    Section,
    Stage,
    Unit,
)

_STAGES = tuple(Stage)
_SAID = NUMBERED | {CountKind.REPORTED_ZERO, CountKind.TOOK_PLACE, CountKind.NOT_REPORTED}
_EXACT = frozenset({CountKind.EXACT, CountKind.REPORTED_ZERO})
_SILENT = frozenset({CountKind.REPORTED_ZERO, CountKind.NOT_REPORTED})
_JUDGED = frozenset({Stage.CONVICTION, Stage.SENTENCE})
_LONGEST_COHORT = 4  # years named one by one


def is_general(statistic: Statistic) -> bool:
    """Say whether a figure needs a sentence of its own kind, apart from the accountability statement."""
    narrowed = (statistic.crime, statistic.sanction, statistic.notability, statistic.reported_by, statistic.change)
    return not statistic.is_on_accountability or any(each is not None for each in narrowed)


def write(desk: Desk, section: Section, about: Defendants) -> None:
    """Write the general figures on officials or on all accused persons, stage by stage."""
    items = [item for item in desk.record.statistics if is_general(item) and item.about is about]
    items.sort(key=lambda each: (_STAGES.index(each.stage), each.id))
    for item in items:
        if item.count.kind in _SAID:
            _figure(desk, section, item)


def _figure(desk: Desk, section: Section, item: Statistic) -> None:
    speaker = desk.speaker(item.evidence)
    is_attributed = not item.stated_by_government and speaker.attributes_facts
    streak = streak_of(desk, item)
    is_silent = item.count.kind in _SILENT
    start = opening_words(desk, streak, is_silent=is_silent) if streak else ""
    end = (
        closing_words(
            desk,
            streak,
            is_silent=is_silent,
            was_silent_word="silent" if item.count.kind is CountKind.NOT_REPORTED else "zero",
            noun=desk.wording.stage(item.stage).nouns,
        )
        if streak
        else ""
    )
    inside = _inside(desk, item)
    is_plain = is_attributed or not item.stated_by_government
    told = _said(desk, item, is_plain=is_plain)
    if not told:
        desk.gap(section, f"record the rate of {item.id}, or how it moved", facts=(item.id,))
        return
    is_rate = item.unit is Unit.PERCENT and is_plain and item.count.kind is not CountKind.NOT_REPORTED
    is_reporting = not is_plain and item.reported_by is None and item.count.kind is not CountKind.NOT_REPORTED
    slots = {
        "again": desk.again(section, desk.gov) if is_reporting else "",
        "opening": ", ".join(part for part in (start, opening(desk, item)) if part),
        "subject": _rate(desk, item) if is_rate else _subject(desk, item),
        "statistics": told,
        "details": _details(desk, item, inside),
        "comparison": _comparison(desk, item),
        "streak": end,
        **desk.voice(section, speaker if is_attributed else None, Modality.REPORTED),
    }
    if is_attributed:
        slots["opening"] = slots["opening"][:1].upper() + slots["opening"][1:]
    desk.say(
        "NP-61",
        "attributed" if is_attributed else "reported",
        slots,
        section=section,
        subjects=[item.id],
        basis=desk.basis([item.id, *(case.id for case in inside)], [*item.evidence, *evidence_of(desk, inside)]),
        choice=f"a general figure: {item.count.kind.label}",
        speaker=desk.gov if is_reporting else "",
    )


def _inside(desk: Desk, item: Statistic) -> list[OfficialCase]:
    """Return the cases against officials that a figure on all accused persons holds."""
    if item.about is not Defendants.EVERYONE or item.count.kind not in NUMBERED:
        return []
    return sorted((case for case in desk.record.cases if case.counted_in == item.id), key=lambda case: case.id)


def told_sanctions(desk: Desk) -> Mapping[str, SanctionKind]:
    """Return, by case, the sanction that a figure on all accused persons tells of it: "12, including a mayor"."""
    figures = {item.id: item for item in desk.record.statistics if item.about is Defendants.EVERYONE and item.sanction}
    return {
        case.id: sanction
        for case in desk.record.cases
        if (item := figures.get(case.counted_in or "")) is not None
        and (sanction := item.sanction) is not None
        and item.count.kind in NUMBERED
        and item.unit is Unit.PERSONS
        and _is_judged_at_once(case)
    }


def _is_judged_at_once(case: OfficialCase) -> bool:
    """Say whether a case is one judgment told among the cases, so that its conviction stands without the sentence."""
    found = moves(case)
    is_told = is_in_scope(case) and case.deployment not in ABROAD
    return is_told and len(found) == 1 and found[0].stages[0] is Stage.CONVICTION


def _subject(desk: Desk, item: Statistic) -> str:
    if item.reported_by is None or not count_words(item.reported_by):
        is_of_one_trial = item.stage in _JUDGED and item.of_total is not None and not item.stated_by_government
        if is_of_one_trial:
            return desk.wording.stage(item.stage).body
        return desk.gov if item.stated_by_government else desk.authorities
    kind, word = item.reported_by_unit, desk.wording.word
    noun = counted(desk, item.reported_by, word("jurisdiction", kind), word("jurisdictions", kind))
    return desk.wording.phrase("only", count=noun)


def _said(desk: Desk, item: Statistic, *, is_plain: bool) -> str:
    """Return verb and object: "reported prosecuting 12 suspects", "did not report the rate of appeal"."""
    is_part, phrase = item.reported_by is not None, desk.wording.phrase
    if item.unit is Unit.PERCENT:
        level, rate = _level(desk, item) if item.count.kind is not CountKind.NOT_REPORTED else "", _rate(desk, item)
        if item.count.kind is CountKind.NOT_REPORTED:
            return phrase("did-not-report", object=rate)
        if is_plain or not level:
            return level if is_plain else phrase("reported-without-figure", object=rate)
        return phrase("reported-that", clause=f"{rate} {level}")
    match item.count.kind:
        case CountKind.NOT_REPORTED:
            return phrase("did-not-report", object=f"{_verb(desk, item, 'gerund')} {_many(desk, item)}")
        case CountKind.REPORTED_ZERO:
            told = phrase("did-not-any", verb=_verb(desk, item, "base"), object=_many(desk, item))
            pronoun = desk.wording.word("pronoun", "many" if is_part else "one")
            return told if is_plain else phrase("reported-that", clause=f"{pronoun} {told}")
        case CountKind.TOOK_PLACE:
            return _uncounted(desk, item, is_plain=is_plain, is_part=is_part)
    told = f"{_verb(desk, item, 'past' if is_plain else 'gerund')} {_counted(desk, item)}"
    return told if is_plain else phrase("reported", clause=told)


def _uncounted(desk: Desk, item: Statistic, *, is_plain: bool, is_part: bool) -> str:
    """Return action without a number; "fewer" or "more" only where the source says so."""
    word, phrase = desk.wording.word, desk.wording.phrase
    if item.change:
        noun = f"{word('change-more', item.change)} {_many(desk, item)} {word('change-than', item.change)}"
        told = f"{_verb(desk, item, 'past' if is_plain else 'gerund')} {noun} {before(desk, item)}"
        return told if is_plain else phrase("reported", clause=told)
    told = f"{_verb(desk, item, 'past' if is_plain else 'gerund')} {_many(desk, item)}"
    if is_plain:
        return told
    return phrase("reported" if is_part else "reported-uncounted", clause=told)


def _rate(desk: Desk, item: Statistic) -> str:
    """Return a rate as a noun phrase: "the acquittal rate in trafficking cases"."""
    nouns = desk.wording.stage(item.stage).nouns
    return desk.wording.phrase(
        "rate-of",
        topic=desk.wording.spec.words["rate"].get(item.stage.value)
        or desk.wording.phrase("rate-of-stage", stages=nouns),
        officials=_officials(desk, item) if item.about is Defendants.OFFICIALS else "",
        crime=crime(desk, item.crime),
    )


def _level(desk: Desk, item: Statistic) -> str:
    """Return how a rate stood or moved, as a predicate; empty where the record does not say."""
    word = desk.wording.word
    if item.count.kind is CountKind.TOOK_PLACE:
        return word("change", item.change) if item.change else ""
    number = word("people", "zero") if item.count.kind is CountKind.REPORTED_ZERO else percent(item.count)
    return f"{word('change-rate', item.change) if item.change else word('be', 'one')} {number}"


def _verb(desk: Desk, item: Statistic, tense: str) -> str:
    if item.finished:
        verb = desk.wording.word("finish", tense)
        return desk.wording.phrase("proceedings-against", verb=verb) if item.unit is Unit.PERSONS else verb
    if item.unit is Unit.INVESTIGATIONS and item.stage is Stage.INVESTIGATION:
        return desk.wording.word("open", tense)
    spec = desk.wording.stage(item.stage)
    person = {"past": spec.past, "gerund": spec.gerund, "base": spec.base}
    other = {"past": spec.cases_past, "gerund": spec.cases_gerund, "base": spec.cases_base}
    return (person if item.unit is Unit.PERSONS else other)[tense]


def _many(desk: Desk, item: Statistic) -> str:
    return _noun(desk, item, is_plural=True)


def _counted(desk: Desk, item: Statistic) -> str:
    if item.of_total and item.of_total.value:
        noun = clean(item.of_total_noun) or _many(desk, item)
        total = counted(desk, item.of_total, noun, noun)
        return desk.wording.phrase("of-whole", count=count_words(item.count), total=total)
    return counted(desk, item.count, _noun(desk, item, is_plural=False), _noun(desk, item, is_plural=True))


def _noun(desk: Desk, item: Statistic, *, is_plural: bool) -> str:
    """Return what is counted: "suspects", "bonded labor cases", "cases of national note involving officials"."""
    word, number = desk.wording.word, "many" if is_plural else "one"
    named = crime(desk, item.crime) if item.crime or item.about is Defendants.EVERYONE else ""
    if item.unit is Unit.PERSONS:
        if item.about is Defendants.OFFICIALS:
            return word("people", "officials" if is_plural else "official")
        noun = word("defendant", item.stage)
        noun = plural(noun) if is_plural else noun
        return noun if item.stage in _JUDGED else f"{named} {noun}"
    noun = word("case" if item.unit is Unit.CASES else "investigation", number)
    noun = " ".join(part for part in (named, noun, *phrases(desk, "notability", _one(item.notability))) if part)
    if item.about is Defendants.EVERYONE:
        return noun
    name = "cases-involving" if item.unit is Unit.CASES else "investigations-of"
    return desk.wording.phrase(name, case=noun, officials=_officials(desk, item))


def _one(slug: str | None) -> tuple[str, ...]:
    return (slug,) if slug else ()


def _officials(desk: Desk, item: Statistic) -> str:
    is_denied = item.count.kind in _SILENT or item.unit is Unit.PERCENT
    if item.unit is Unit.INVESTIGATIONS or is_denied:
        return desk.wording.word("people", "officials")
    return desk.wording.hedge(item.stage).officials


def _details(desk: Desk, item: Statistic, inside: list[OfficialCase]) -> str:
    """Return sanction, ground, law, years begun, agency, place and scope, and the officials among those counted."""
    parts = [
        desk.wording.phrase("to-sanction", sanction=desk.wording.word("sanction-noun", item.sanction))
        if item.sanction
        else "",
        _ground(desk, item),
        _cohort(desk, item),
        desk.wording.word("statute", item.statute),
        f"{desk.style.from_agency} {desk.agency(clean(item.agency))}" if clean(item.agency) else "",
        clean(item.jurisdiction),
    ]
    text = scoped(" ".join(part for part in parts if part), clean(item.scope))
    if inside:
        told = {subject for sentence in desk.sentences for subject in sentence.key.subjects}
        people = [
            known_one(desk, case.officials) if case.id in told else officials_phrase(desk, case.officials)
            for case in inside
        ]
        who = desk.join(dict.fromkeys(people))
        text = f"{text}, {desk.wording.phrase('including', list=who)}"
    return text.lstrip(" ,") if not text.startswith(",") else text


def _ground(desk: Desk, item: Statistic) -> str:
    """Return why people were pursued, hedged by stage; cases and rates name the crime themselves."""
    if item.unit is not Unit.PERSONS or item.of_total is not None:
        return ""
    if item.about is Defendants.EVERYONE:
        is_named = item.crime and item.stage in _JUDGED
        return desk.wording.phrase("for-crime", crime=crime(desk, item.crime)) if is_named else ""
    is_denied = item.count.kind in _SILENT and item.stage is not Stage.ACQUITTAL
    link, named = desk.wording.hedge(Stage.CONVICTION if is_denied else item.stage).link, crime(desk, item.crime)
    phrase = desk.wording.phrase
    return link.replace(phrase("complicity-in", crime=ANY_CRIME), phrase("complicity-in", crime=named))


def _cohort(desk: Desk, item: Statistic) -> str:
    first = item.cohort_from or item.cohort_to
    last = item.cohort_to or item.cohort_from
    if first is None or last is None:
        return ""
    if last - first < _LONGEST_COHORT:
        years = desk.join([str(year) for year in range(first, last + 1)], "or" if item.count.kind in _SILENT else "and")
        return desk.wording.phrase("cohort", period=years)
    return desk.wording.phrase("cohort-between", date=str(first), period=str(last))


def _comparison(desk: Desk, item: Statistic) -> str:
    """Return the period before where both sides are exact, else the direction a source gives beside a number."""
    prev, word = before(desk, item), desk.wording.word
    is_same_basis = item.previous_basis in {None, item.period_basis} and item.previous_stage is None
    is_comparable = item.count.kind in _EXACT and item.previous is not None and item.previous.kind in _EXACT
    is_told = item.previous is not None and item.count.kind is not CountKind.NOT_REPORTED
    if is_told and is_same_basis and is_comparable and item.previous is not None:
        count = count_words(item.previous) or desk.wording.word("people", "none")
        if item.unit is Unit.PERCENT and item.previous.value:
            count = percent(item.previous)
        detail = word("earlier", item.previous_detail) if item.previous_detail else ""
        count = desk.wording.phrase("compared-noted", count=count, clause=detail) if detail else count
        return desk.wording.phrase("compared", comparison=desk.style.comparison, count=count, prev=prev)
    if item.change and item.count.kind in NUMBERED and item.unit is not Unit.PERCENT:
        return f"{word('change-more', item.change)} {word('change-than', item.change)} {prev}"
    return ""
