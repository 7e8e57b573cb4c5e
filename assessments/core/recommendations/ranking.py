"""The order of the recommendations (seed-map.md section 2 "Order in an output"), with the reason for each place.

Stop items for approved determinations first, then accountability as one line, then the others by size of gap.
The list is headed "Complicity and corruption items, in order".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assessments.core import grammar
from assessments.core.answers import Answers, answers_of
from assessments.core.names import names
from assessments.core.recommendations.texts import accountability_text, institutional_text, standing_text, stop_text
from assessments.core.recommendations.triggers import SILENT, Applicable, Reason, applicable, basis_of
from assessments.core.types import Case, Finding, RankedRecommendation
from frameworks.spec.conditions import Value, evaluate

HEADING = "Complicity and corruption items, in order"
STOP, ACCOUNTABILITY, INSTITUTIONAL = 1, 2, 3
R1, T1 = "R1", "T1"
OTHERS = "-others"
"""Ends the id of the line for addressees other than the government assessed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its words, before it has a rank."""

    item: Applicable
    code: str
    merged: tuple[str, ...]
    text: str
    place: int  # 1 stop items, 2 accountability first, 3 by size of gap
    gap: float
    is_specific: bool
    facts: tuple[str, ...]
    why: str
    obstructs: bool

    @property
    def may_be_top(self) -> bool:
        """Say whether the item may stand among the top recommendations."""
        return self.is_specific or not self.item.spec.needs_object


def rank(case: Case, finding: Finding) -> tuple[RankedRecommendation, ...]:
    """Return the recommendations in order: top ones, further ones, then lines for other addressees.

    Top ones are at most as many as the framework's parameter says; an institutional item is among them only
    with a recorded fact that fills a specific object. Every item has its trigger in words and a basis.
    """
    answers = answers_of(case)
    given = names(case, finding)
    found = applicable(answers, finding, given)
    placed = list(_stop_items(answers, found))
    placed.extend(_accountability(answers, finding, found, given, follows=bool(placed)))
    placed.extend(_institutional(answers, found))
    order = {spec.code: place for place, spec in enumerate(case.framework.recommendations)}
    placed.sort(key=lambda one: (one.place, -one.gap, not one.obstructs, order[one.code]))
    top = [one for one in placed if one.may_be_top][: case.framework.value("top-list-length")]
    further = [one for one in placed if one not in top]
    ranked = [_ranked(case, one, place, is_top=True) for place, one in enumerate(top, start=1)]
    ranked.extend(_ranked(case, one, place, is_top=False) for place, one in enumerate(further, start=len(top) + 1))
    ranked.extend(_for_others(case, top, start=len(ranked) + 1))
    return tuple(ranked)


def _stop_items(answers: Answers, found: Iterable[Applicable]) -> Iterable[Placed]:
    for item in found:
        if item.spec.precedence != STOP:
            continue
        text, facts = stop_text(answers, item)
        yield _placed(
            answers,
            item,
            text=text,
            place=STOP,
            gap=0.0,
            facts=facts,
            is_specific=True,
            why=f"Stands first, since the practice has to end before anything else: {item.reasons[0].text}",
        )


def _accountability(
    answers: Answers, finding: Finding, found: Iterable[Applicable], given: Mapping[str, Value], *, follows: bool
) -> Iterable[Placed]:
    """Yield T1 and R1, as one line where both apply; `follows` says that stop items stand before it."""
    both = {item.spec.code: item for item in found if item.spec.precedence == ACCOUNTABILITY}
    if not both:
        return
    lead = both.get(R1) or both[T1]
    reasons = tuple(dict.fromkeys(reason for item in both.values() for reason in item.reasons))
    lead = replace(lead, reasons=reasons)
    merged = tuple(code for code in both if code != lead.spec.code)
    if lead.spec.code == R1:
        text, facts = accountability_text(answers, finding, lead)
    else:
        text, facts = standing_text(answers, finding, lead), ()
    first = _goes_first(answers, finding, both.values(), reasons, given)
    strongest = max(reasons, key=lambda reason: reason.gap)
    where = "Comes right after the end of the practice" if follows else "Goes before every other step"
    why = (
        f"{where}, since complicity is on record: {strongest.text}"
        if first
        else f"Offered by the size of its gap, since {_why_not_first(finding)}: {strongest.text}"
    )
    yield _placed(
        answers,
        lead,
        text=text,
        place=ACCOUNTABILITY if first else INSTITUTIONAL,
        gap=0.0 if first else lead.gap,
        facts=facts,
        is_specific=first or bool(facts),
        why=why,
        merged=merged,
    )


def _why_not_first(finding: Finding) -> str:
    if finding.concern.level is None:
        return "no complicity is on record, only that nothing was reported"
    return "concern is low and accountability shows no gap"


def _goes_first(
    answers: Answers,
    finding: Finding,
    items: Iterable[Applicable],
    reasons: Iterable[Reason],
    given: Mapping[str, Value],
) -> bool:
    """Say whether accountability goes first: not where concern is rated low and I01 to I07 show no gap.

    A gap is a level the trigger names, or a statistic that says nothing was done or reported. Where no concern
    level can be said, recorded facts are enough, if one of them speaks of complicity: figures that say nothing
    alone offer the item, and put it nowhere first (seed-map.md 2, limits).
    """
    framework, level = answers.case.framework, finding.concern.level
    if level is None:
        figures = {item.id for item in answers.case.record.statistics}
        return any(not reason.facts or set(reason.facts) - figures for reason in reasons)
    if level >= framework.value("accountability-first-concern"):
        return True
    accountability = {f"level.{slug}" for slug in framework.set("accountability-level")}
    met = {comparison.name for item in items for comparison in evaluate(item.spec.trigger, given).reasons}
    silent = {item.id for item in answers.case.record.official_statistics if item.count.kind in SILENT}
    return bool(met & accountability) or any(silent.intersection(reason.facts) for reason in reasons)


def _institutional(answers: Answers, found: Iterable[Applicable]) -> Iterable[Placed]:
    scale = answers.case.framework.value("gap-scale")
    for item in found:
        if item.spec.precedence != INSTITUTIONAL:
            continue
        text, named = institutional_text(answers, item)
        widest = max(item.reasons, key=lambda reason: reason.gap)
        why = f"Placed by its gap of {item.gap:g} on a scale of {scale}: {widest.text}"
        if not named:
            why += f" Stands under further recommendations, since no recorded fact names {_objects(item)}."
        yield _placed(
            answers,
            item,
            text=text,
            place=INSTITUTIONAL,
            gap=item.gap,
            facts=named.facts if named else (),
            is_specific=named is not None,
            why=why,
        )


def _objects(item: Applicable) -> str:
    kinds = [kind.replace("-", " ") for kind in item.spec.objects]
    return f"a specific {grammar.join(kinds, 'or') or 'object'}"


def _placed(
    answers: Answers,
    item: Applicable,
    *,
    text: str,
    place: int,
    gap: float,
    facts: tuple[str, ...],
    is_specific: bool,
    why: str,
    merged: tuple[str, ...] = (),
) -> Placed:
    obstruction = set(answers.case.framework.set("obstruction"))
    return Placed(
        item=item,
        code=item.spec.code,
        merged=merged,
        text=text,
        place=place,
        gap=gap,
        is_specific=is_specific,
        facts=facts,
        why=why,
        obstructs=bool(obstruction.intersection(item.indicators)),
    )


def _ranked(case: Case, placed: Placed, place: int, *, is_top: bool) -> RankedRecommendation:
    spec = placed.item.spec
    reason = placed.why
    if placed.may_be_top and not is_top:
        reason += " Stands under further recommendations, since the top list is full."
    years = _years(case, (placed.code, *placed.merged))
    if years > 1:
        reason += f" Recommended for the {grammar.ordinal(years)} year."
    return RankedRecommendation(
        id=placed.code,
        merged=placed.merged,
        text=placed.text,
        rank=place,
        is_top=is_top,
        reason=reason,
        trigger=tuple(one.text for one in placed.item.reasons),
        basis=basis_of(placed.item.reasons, placed.facts),
        addressees=spec.government_addressees or spec.addressees,
        provisions=spec.provisions,
    )


def _years(case: Case, codes: tuple[str, ...]) -> int:
    """Count the periods in a row, this one included, in which an item was recommended, as far as history says."""
    past = {period.report_year: period.recommendations for period in case.record.history}
    years, year = 1, case.record.report_year - 1
    while set(codes) & set(past.get(year, ())):
        years, year = years + 1, year - 1
    return years


def _for_others(case: Case, top: Iterable[Placed], *, start: int) -> Iterable[RankedRecommendation]:
    """Yield the top items once more for addressees other than the government assessed, to be printed apart."""
    phrases = {term.slug: term.phrase for term in case.framework.terms("addressee")}
    place = start
    for placed in top:
        spec = placed.item.spec
        others = tuple(slug for slug in spec.addressees if slug not in spec.government_addressees)
        if not others:
            continue
        named = grammar.join([phrases.get(slug, slug) for slug in others])
        step = spec.text[:1].lower() + spec.text[1:]
        text = case.wording.pattern("NP-55").write("others", {"addressee": named, "measure": step})
        yield RankedRecommendation(
            id=f"{spec.code}{OTHERS}",
            text=grammar.finish_sentence(text),
            rank=place,
            is_top=False,
            reason=f"Printed apart: its addressees are not the government assessed. {placed.why}",
            trigger=tuple(one.text for one in placed.item.reasons),
            basis=basis_of(placed.item.reasons, placed.facts),
            addressees=others,
            provisions=spec.provisions,
            for_others=True,
        )
        place += 1
