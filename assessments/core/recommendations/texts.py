"""The words of a recommendation: opening by gap and trend, slots from facts, specific objects (NP-49 to NP-55)."""

import re
from collections.abc import Callable, Iterable

from assessments.core import grammar
from assessments.core.answers import Answers
from assessments.core.recommendations.objects import MOST_NAMED, OTHER_SECTOR, Specific, officials, relevant, specific
from assessments.core.recommendations.triggers import Applicable
from assessments.core.sheets import PolicyElement
from assessments.core.terms import state_conduct
from assessments.core.types import Finding
from assessments.core.values import Section, TrendDirection
from frameworks.spec.base import Direction
from frameworks.spec.wording import CompiledWording

DUE_PROCESS = ("interference-with-prosecution", "politically-motivated-charges")
MEASURE = "measure"
FACTOR, SECTOR, FORCE, PLACE = "factor", "sector", "force", "place-type"
ITEM = "item"
"""Table of words of the items; under the name of a slot, what a stop item says where no element fills it."""


def accountability_text(answers: Answers, finding: Finding, item: Applicable) -> tuple[str, tuple[str, ...]]:
    """Return the line of T1 and R1 with the facts that fill it."""
    wording = answers.case.wording
    named = officials(answers.case, relevant(answers, item))
    form = opening(answers, accountability_gap(answers, finding))
    slots = {
        "degree": _degree(answers, form),
        "crimes": wording.word(ITEM, "crimes"),
        "officials": _complicit(wording, named.text if named else ""),
    }
    text = wording.pattern("NP-49").write("merged", slots)
    threshold = answers.case.framework.value("opening-due-process-level")
    if any((answers.levels[slug] or 0) >= threshold for slug in DUE_PROCESS):
        text = wording.pattern("NP-51").write("due-process", {MEASURE: _lower(text)})
    return grammar.finish_sentence(text), named.facts if named else ()


def _complicit(wording: CompiledWording, named: str) -> str:
    """Return whose crimes are meant: "complicit officials such as mayors", "complicit local officials"."""
    officials = wording.word("people", "officials")
    if not named:
        return wording.phrase("item-officials")
    if re.search(rf"\b{re.escape(officials)}\b", named) and not named.startswith("the "):
        return wording.phrase("item-officials-only", list=named)
    return wording.phrase("item-officials-such", list=named)


def standing_text(answers: Answers, finding: Finding, item: Applicable) -> str:
    """Return T1 on its own: the framework's text with the opening that fits."""
    degree = _degree(answers, opening(answers, accountability_gap(answers, finding)))
    openings = sorted(item.spec.openings, key=len, reverse=True)
    own = next((words for words in openings if item.spec.text.startswith(words)), "")
    return grammar.finish_sentence(f"{degree} {_lower(item.spec.text.removeprefix(own).strip())}")


def institutional_text(answers: Answers, item: Applicable) -> tuple[str, Specific | None]:
    """Return R2 to R11 with the words that tie it to this country, if any.

    Where nothing exists yet (a response indicator at 0) the item is a plain imperative. Where a measure has several
    parts, the words that say where go before it: behind it they would seem to be of its last part alone.
    """
    found = specific(answers, item)
    measure, wording = item.spec.text.rstrip("."), answers.case.wording
    is_new = _starts_from_nothing(answers, item)
    goes_first = found is not None and found.is_where and not is_new and _has_parts(measure)
    if found and not goes_first:
        measure = wording.pattern("NP-55").write("specific", {MEASURE: measure, "details": found.text})
    if is_new:
        return grammar.finish_sentence(wording.pattern("NP-55").write("plain", {MEASURE: measure})), found
    slots = {MEASURE: _lower(measure)} | ({"details": found.text} if found and goes_first else {})
    return grammar.finish_sentence(wording.pattern("NP-50").write(opening(answers, item.gap), slots)), found


def _has_parts(measure: str) -> bool:
    """Say whether a measure is a list of several, or goes on behind a comma."""
    return "," in measure or ";" in measure


def stop_text(answers: Answers, item: Applicable) -> tuple[str, tuple[str, ...]]:
    """Return P1 to P4 with sector, force, place or factor filled from determinations and their elements."""
    elements = tuple(
        element
        for element in sorted(answers.case.record.elements, key=lambda one: one.id)
        if element.factor in item.spec.factors
    )
    text, wording = item.spec.text, answers.case.wording
    for slot in item.spec.slots:
        text = text.replace("{" + slot + "}", _slot(answers, item, slot, elements))
    means = dict.fromkeys(grammar.clean(words) for one in elements for words in one.means)
    named = [words for words in means if words.lower() not in text.lower()]
    conduct = [words for one in elements if FACTOR in item.spec.slots and (words := _stopped(answers, one))]
    laws = dict.fromkeys(grammar.clean(one.legal_basis) for one in elements if one.legal_basis)
    write, parts = _parts_writer(wording), [text.rstrip(".")]
    if conduct:
        parts.append(write("NP-52", "conduct", "conduct", grammar.join(conduct[:MOST_NAMED])))
    elif named:
        parts.append(write("NP-52", "means", "means", grammar.join(named[:MOST_NAMED])))
    if SECTOR in item.spec.slots:
        parts.append(write("NP-53", "access", "place", wording.word(ITEM, "work-sites")))
    if laws:
        form = "law-concerned" if SECTOR in item.spec.slots else "law"
        parts.append(write("NP-54", form, "provision", grammar.join(list(laws)[:MOST_NAMED])))
    return grammar.finish_sentence("; ".join(parts)), tuple(element.id for element in elements)


def _parts_writer(wording: CompiledWording) -> Callable[[str, str, str, str], str]:
    """Return what writes a further part of a stop item, with a small letter."""
    return lambda pattern, form, slot, words: _lower(wording.pattern(pattern).write(form, {slot: words}))


def _stopped(answers: Answers, element: PolicyElement) -> str:
    """Return the conduct that has to end, with its means; empty where it is an omission or its verb is not known."""
    conduct = grammar.clean(element.conduct)
    gerund = None if conduct.startswith("did not ") else grammar.gerund_of_past(conduct)
    gerund = gerund or ("" if conduct else state_conduct(answers.case.framework, element, "gerund"))
    if not gerund:
        return ""
    means = grammar.join([grammar.clean(words) for words in element.means])
    return f"{gerund} through {means}" if means else gerund


def _slot(answers: Answers, item: Applicable, slot: str, elements: Iterable[PolicyElement]) -> str:
    framework, word = answers.case.framework, answers.case.wording.word
    if slot == FACTOR:
        nouns = [framework.proof_of_failure[slug].noun for slug in item.indicators if slug in item.spec.factors]
        return grammar.join(nouns)
    if slot == SECTOR:
        labels = {term.slug: term.label.lower() for term in framework.terms("sector") if term.slug != OTHER_SECTOR}
        decided = [one.sector for one in answers.determinations if one.factor in item.spec.factors]
        slugs = dict.fromkeys((*decided, *(one.sector for one in elements)))
        named = [labels[slug] for slug in slugs if slug in labels]
        if named and OTHER_SECTOR in slugs:
            named.append(word(ITEM, "other-sectors"))
        return grammar.join(named) or word(ITEM, SECTOR)
    field = {FORCE: "force", PLACE: "places"}.get(slot, "")
    words = dict.fromkeys(grammar.clean(value) for one in elements if field and (value := getattr(one, field)))
    widest = [one for one in words if not any(_is_part(one, other) for other in words)]
    return grammar.join(widest[:MOST_NAMED]) or (word(ITEM, slot) if field else "")


def _is_part(one: str, other: str) -> bool:
    """Say whether one name is a part of another: "army officers" of "the army"."""
    return one != other and one.removeprefix("the ").startswith(f"{other.removeprefix('the ')} ")


def opening(answers: Answers, gap: float | None) -> str:
    """Choose the form of NP-50: a wide gap asks for a significant increase, a rising trend to continue.

    `gap` None means that nothing is rated; a determination always asks for a significant increase.
    """
    if answers.determinations or (gap is not None and gap >= answers.case.framework.value("opening-significant-gap")):
        return "significantly"
    return "continue" if _trend(answers) is TrendDirection.ROSE else "increase"


def accountability_gap(answers: Answers, finding: Finding) -> float | None:
    """Return how far accountability is from its top; None where it is not rated."""
    if finding.accountability.level is None:
        return None
    return float(answers.case.framework.value("gap-scale") - finding.accountability.level)


def _trend(answers: Answers) -> TrendDirection | None:
    """Return the trend of law enforcement, else the overall one."""
    trends = {trend.section: trend.direction for trend in answers.case.record.decision.trends}
    return trends.get(Section.PROSECUTION, trends.get(None))


def _degree(answers: Answers, form: str) -> str:
    """Return the words of an opening without what follows them."""
    marker = "\N{OBJECT REPLACEMENT CHARACTER}"
    return answers.case.wording.pattern("NP-50").write(form, {MEASURE: marker}).removesuffix(marker).strip()


def _starts_from_nothing(answers: Answers, item: Applicable) -> bool:
    framework = answers.case.framework
    responses = [slug for slug in item.indicators if framework.indicator(slug).direction is Direction.RESPONSE]
    return any(answers.levels[slug] == 0 for slug in responses)


def _lower(text: str) -> str:
    """Return a text that goes on inside a sentence; an abbreviation at its start keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
