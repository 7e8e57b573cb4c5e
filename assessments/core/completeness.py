"""Which answers do not count yet, and what each one needs, in words (framework.md C.0 "Saving is never refused").

An incomplete answer is stored as it is and treated as not rated by every rule until it is complete.
"""

from collections.abc import Iterator, Mapping

from assessments.core.sheets import DataRequest, PolicyElement
from assessments.core.support import Support
from assessments.core.types import Case, Determination, Incomplete, Rating
from assessments.core.values import Confidence, RatingState
from assessments.core.words import capital, number
from frameworks.spec.base import Direction
from frameworks.spec.compiled import UnknownRecord
from frameworks.spec.measurement import EvidenceRule, IndicatorSpec

SEARCH_NOTE, REQUEST_NOTE = "search-note", "request-note"


def incomplete(case: Case) -> tuple[Incomplete, ...]:
    """Return every answer, determination and presumption that does not count yet, ratings first in framework order."""
    return Completeness(case).incomplete


class Completeness:
    """The answers of one case sorted into those that count and those that do not yet.

    `ratings` and `determinations` hold only what counts; `presumption` is the request the statutory
    presumption rests on, or None; `proposed` are ratings of level 4 or 5 that wait for a determination.
    """

    def __init__(self, case: Case) -> None:
        """Examine every answer once."""
        self.case = case
        self.support = Support(case)
        self.determinations, waiting = _sort_determinations(case)
        self.presumption, requests = _sort_requests(case)
        self._approved = {(item.factor, item.sector) for item in self.determinations}
        self._past = _past_levels(case)
        self._endorsed = _endorsed(case)
        self.ratings: dict[str, Rating] = {}
        self.proposed: dict[str, Rating] = {}
        found: list[Incomplete] = []
        order = {indicator.slug: place for place, indicator in enumerate(case.framework.indicators)}
        for rating in sorted(case.ratings.values(), key=lambda item: (order.get(item.indicator, len(order)), item.key)):
            needs = tuple(self._needs(rating))
            if needs:
                found.append(Incomplete(key=rating.key, needs=needs))
            else:
                self.ratings[rating.key] = rating
        self.incomplete = (*found, *waiting, *requests)

    def determined(self, rating: Rating) -> bool:
        """Say whether an approved determination stands behind a rating of a proof-of-failure factor.

        A determination without a sector covers the whole factor; one with a sector covers its own part.
        """
        return bool(self._approved & {(rating.indicator, None), (rating.indicator, rating.part or None)})

    def _needs(self, rating: Rating) -> Iterator[str]:
        framework = self.case.framework
        try:
            indicator = framework.indicator(rating.indicator)
        except UnknownRecord:
            yield "needs to be moved: this framework version has no such indicator"
            return
        if rating.part not in indicator.parts and (rating.part or (indicator.parts and rating.level is not None)):
            yield (
                "needs a sector: this indicator is rated sector by sector"
                if indicator.parts
                else ("needs to be given for the whole indicator: it has no parts")
            )
        if rating.level is None:
            yield from self._state_needs(rating, indicator)
        elif rating.level > indicator.scale_top:
            yield f"needs a level from 0 to {indicator.scale_top}"
        else:
            yield from self._level_needs(rating, rating.level, indicator)

    def _state_needs(self, rating: Rating, indicator: IndicatorSpec) -> Iterator[str]:
        if rating.state.value not in indicator.states:
            yield f"needs another answer: “{rating.state.label}” cannot be said here"
        elif self.case.framework.state(rating.state.value).needs_reason and not rating.reason.strip():
            yield f"needs a reason for “{rating.state.label}”"

    def _level_needs(self, rating: Rating, level: int, indicator: IndicatorSpec) -> Iterator[str]:
        rule = self.case.framework.evidence_rule(indicator.direction, level)
        if indicator.group in rule.determination_groups and not self.determined(rating):
            self.proposed[rating.key] = rating
            limit = self.case.framework.value("concern-unapproved-determination-limit")
            rule = self.case.framework.evidence_rule(indicator.direction, min(level, limit))
        if rating.confidence is None:
            yield "needs a confidence: high, moderate or low"
        yield from self._rationale_needs(rating, rule)
        yield from self._evidence_needs(rating, rule, indicator)
        if indicator.group not in rule.determination_groups:
            missing = rule.endorsements - len(self._endorsed.get((rating.key, level), set()) - {rating.rated_by})
            if missing > 0:
                yield f"needs the endorsement of {number(missing)} other {'person' if missing == 1 else 'people'}"

    def _rationale_needs(self, rating: Rating, rule: EvidenceRule) -> Iterator[str]:
        if not rating.rationale.strip():
            if rule.rationale:
                yield f"needs a rationale, as every concern level of {rating.level} does"
            elif rating.confidence is Confidence.LOW:
                yield "needs a rationale, since confidence is low"
            elif any(item.set_aside for ref in rating.evidence if (item := self.case.evidence.get(ref))):
                yield "needs a rationale, since some of its evidence is set aside"
        past = self._past.get(rating.key)
        if past is not None and past != rating.level and not rating.reason.strip():
            yield f"needs a reason for the change: the level was {past} in the period before"

    def _evidence_needs(self, rating: Rating, rule: EvidenceRule, indicator: IndicatorSpec) -> Iterator[str]:
        items = self.support.usable(rating.evidence)
        if not self.support.allows(rule, items, notes_on(self.case, rating.indicator)):
            yield f"needs {rule.needs}; {self.support.describe(items)}"
        elif (
            indicator.direction is Direction.CONCERN
            and rule.level > (limit := self.case.framework.value("unclear-link-limit"))
            and not self.support.ties_to_trafficking(items)
        ):
            yield f"needs evidence tied to trafficking: incidents whose link is unclear support level {limit} at most"


def notes_on(case: Case, indicator: str) -> frozenset[str]:
    """Name the notes that serve an indicator; a search note without indicators serves all of them."""
    searched = any(not note.indicators or indicator in note.indicators for note in case.record.search_notes)
    asked = any(request.asked_on for request in case.record.requests)
    return frozenset(kind for kind, there in ((SEARCH_NOTE, searched), (REQUEST_NOTE, asked)) if there)


def _past_levels(case: Case) -> Mapping[str, int]:
    """Return the levels of the period before, by rating key; nothing where that period is not on record."""
    return {
        f"{item.indicator}/{item.part}" if item.part else item.indicator: item.level
        for period in case.record.history
        if period.report_year == case.record.report_year - 1
        for item in period.ratings
        if item.level is not None and item.state is RatingState.RATED
    }


def _endorsed(case: Case) -> Mapping[tuple[str, int], set[str]]:
    people: dict[tuple[str, int], set[str]] = {}
    for item in case.record.endorsements:
        key = f"{item.indicator}/{item.part}" if item.part else item.indicator
        people.setdefault((key, item.level), set()).add(item.endorsed_by)
    return people


def elements_of(case: Case, determination: Determination) -> tuple[PolicyElement, ...]:
    """Return the elements a determination rests on: those it names that are of its factor and sector."""
    return tuple(
        element
        for element in case.record.elements
        if element.id in determination.elements
        and element.factor == determination.factor
        and (determination.sector is None or element.sector in {None, determination.sector})
    )


def _sort_determinations(case: Case) -> tuple[tuple[Determination, ...], tuple[Incomplete, ...]]:
    counting, waiting = [], []
    for item in sorted(case.record.determinations, key=lambda item: item.id):
        needs = tuple(_determination_needs(case, item))
        if needs:
            waiting.append(Incomplete(key=item.id, needs=needs))
        else:
            counting.append(item)
    return tuple(counting), tuple(waiting)


def _determination_needs(case: Case, determination: Determination) -> Iterator[str]:
    approvers = set(determination.approved_by) - {determination.proposed_by}
    missing = case.framework.value("determination-approvers") - len(approvers)
    if determination.factor not in case.framework.proof_of_failure:
        yield "needs one of the factors of sec. 110(b)(3)(B)"
    if missing > 0:
        yield f"needs the approval of {number(missing)} {'more ' if approvers else ''}{_people(missing)}"
    elements = elements_of(case, determination)
    if not elements:
        yield "needs at least one recorded element of the policy or pattern"
    elif not any(ref in case.evidence for element in elements for ref in element.evidence):
        yield "needs evidence on at least one of its elements"


def _people(count: int) -> str:
    return "person other than the proposer" if count == 1 else "people other than the proposer"


def _sort_requests(case: Case) -> tuple[DataRequest | None, tuple[Incomplete, ...]]:
    """Return the request that carries the approved presumption, and what proposed ones still need."""
    carrying, waiting = None, []
    for request in sorted(case.record.requests, key=lambda item: item.id):
        if not request.presumption_proposed:
            continue
        needs = tuple(_presumption_needs(request, case.framework.value("presumption-approvers")))
        if needs:
            waiting.append(Incomplete(key=request.id, needs=needs))
        else:
            carrying = carrying or request
    return carrying, tuple(waiting)


def _presumption_needs(request: DataRequest, approvers: int) -> Iterator[str]:
    if not request.asked_on:
        yield "needs the day of the request"
    if not request.addressee.strip():
        yield "needs the addressee of the request"
    if not (request.items.strip() or request.stages):
        yield "needs what was asked for"
    if not request.capacity.strip():
        yield "needs a note on the government's capacity to obtain the data"
    if request.supplied.strip():
        yield "needs to be withdrawn: data were supplied, and the presumption rests on silence"
    if len(set(request.presumption_approved_by)) < approvers:
        yield "needs a reviewer's approval"


def in_sentence(case: Case, key: str) -> str:
    """Return a rating's key as people read it: "Policy or pattern of forced labor (I12), agriculture"."""
    slug, _, part = key.partition("/")
    indicator = case.framework.indicator(slug)
    name = f"{capital(indicator.title)} ({indicator.code})"
    return f"{name}, {case.framework.term('sector', part).label}" if part else name
