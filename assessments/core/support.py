"""What the evidence of a record can carry: independence, kinds of record, spread over agencies, places and periods.

The minimum evidence for each level is data (`EvidenceRule`); this module only measures a set of items against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from assessments.core import grammar
from assessments.core.sheets import Allegation, Evidence, OfficialCase, PolicyElement
from assessments.core.types import AssessmentRecord, Case
from assessments.core.values import Credibility, MeasureKind, PeriodRelation, SourceClass, Stage, TraffickingLink
from assessments.core.words import counted, number
from frameworks.spec.measurement import EvidenceOption, EvidenceRule

Incident = OfficialCase | Allegation

COURT_STAGES = frozenset(
    {Stage.INDICTMENT, Stage.CHARGE, Stage.TRIAL, Stage.CONVICTION, Stage.SENTENCE}
    | {Stage.ACQUITTAL, Stage.COURT_DISMISSAL, Stage.REVERSAL, Stage.APPEAL}
)
UNKNOWN_RANK = "unknown"


def reporting_year(date: str) -> int:
    """Return the report year a date falls in: April 1 to March 31, named by the year of its end.

    A bare year is taken as the report year of the same number, the nearest reading of an imprecise date.
    """
    year, month = int(date[:4]), int(date[5:7]) if len(date) >= 7 else 1
    return year + 1 if month >= 4 else year


class Reach:
    """What one evidence item is about, gathered from every fact that cites it."""

    __slots__ = ("agencies", "by_government", "in_court", "links", "periods", "places", "published", "ranks")

    def __init__(self) -> None:
        """Start with nothing."""
        self.agencies: set[str] = set()
        self.places: set[str] = set()
        self.periods: set[int] = set()
        self.ranks: set[str] = set()
        self.links: set[TraffickingLink] = set()
        self.by_government = False
        self.in_court = False
        self.published = False


_NOTHING = Reach()


class Support:
    """The evidence of one case with what each item is about. Built once per case, read by rules only."""

    def __init__(self, case: Case) -> None:
        """Walk through the facts once and note what each evidence item is about."""
        self.case = case
        self._credible = case.framework.value("credible-grade-limit")
        self._reach: defaultdict[str, Reach] = defaultdict(Reach)
        record = case.record
        self.incidents = tuple((incident, tuple(evidence_of(incident))) for incident in incidents_of(record))
        for incident, refs in self.incidents:
            self._add_incident(incident, refs)
        for element in record.elements:
            self._add_element(element)
        for statistic in record.official_statistics:
            self._add(statistic.evidence, statistic.agency, statistic.jurisdiction, statistic.period)
            if statistic.count.value is not None:
                for ref in statistic.evidence:
                    self._reach[ref].published = True
        for measure in record.measures:
            self._add(measure.evidence, measure.body, measure.coverage, measure.date)
            if measure.kind is MeasureKind.PUBLICATION:
                for ref in measure.evidence:
                    self._reach[ref].published = True

    def _add(self, refs: Iterable[str], agency: str, place: str, date: str | None) -> None:
        for ref in refs:
            reach = self._reach[ref]
            if agency:
                reach.agencies.add(agency.casefold())
            if place:
                reach.places.add(place.casefold())
            if date:
                reach.periods.add(reporting_year(date))

    def _add_incident(self, incident: Incident, refs: Sequence[str]) -> None:
        period = self._period_of(incident)
        in_court = isinstance(incident, OfficialCase) and any(
            step.stage in COURT_STAGES for step in incident.proceedings
        )
        for group in incident.officials or (None,):
            self._add(refs, group.agency if group else "", incident.place, None)
            for ref in refs:
                reach = self._reach[ref]
                if group and group.rank != UNKNOWN_RANK:
                    reach.ranks.add(group.rank)
        for ref in refs:
            reach = self._reach[ref]
            reach.links.add(incident.link)
            reach.in_court |= in_court
            reach.by_government |= incident.attribution_level == "government"
            if period is not None:
                reach.periods.add(period)

    def _period_of(self, incident: Incident) -> int | None:
        if isinstance(incident, Allegation):
            if incident.date:
                return reporting_year(incident.date)
            return self.case.record.report_year if incident.in_period else None
        if incident.opened:
            return reporting_year(incident.opened)
        return self.case.record.report_year if incident.relation is PeriodRelation.CURRENT else None

    def _add_element(self, element: PolicyElement) -> None:
        self._add(element.evidence, element.organ, element.places, None)
        for ref in element.evidence:
            self._reach[ref].by_government = True

    def about(self, ref: str) -> Reach:
        """Return what an evidence item is about; nothing where no fact cites it."""
        return self._reach.get(ref, _NOTHING)

    def usable(self, refs: Iterable[str]) -> list[Evidence]:
        """Return the items that may support an answer: known, not set aside, not about smuggling alone."""
        items = (self.case.evidence.get(ref) for ref in dict.fromkeys(refs))
        return [
            item
            for item in items
            if item is not None and not item.set_aside and self.about(item.id).links != {TraffickingLink.SMUGGLING}
        ]

    def ties_to_trafficking(self, items: Iterable[Evidence]) -> bool:
        """Say whether at least one item is about more than incidents whose link to trafficking is unclear."""
        return any(not (links := self.about(item.id).links) or TraffickingLink.TRAFFICKING in links for item in items)

    def source_class(self, item: Evidence) -> SourceClass:
        """Return who speaks: the class on the item, else that of its source (the weakest class if that is missing)."""
        if item.source_class is not None:
            return item.source_class
        source = self.case.sources.get(item.source)
        return source.source_class if source is not None else SourceClass.F

    def origin(self, item: Evidence) -> str:
        """Return the key under which items of one origin count once."""
        return item.origin or item.source

    def kinds(self, item: Evidence) -> Iterator[str]:
        """Yield the kinds of record an item is, as the framework's evidence rules name them."""
        source_class, about = self.source_class(item), self.about(item.id)
        if item.official_record:
            yield "official-record"
            if about.in_court:
                yield "judicial-record"
            if about.by_government:
                yield "attributable-document"
        if about.published and source_class is SourceClass.C:
            yield "published-data"
        if source_class is SourceClass.G:
            yield "multilateral-record"
        if source_class is SourceClass.E and item.credibility is Credibility.CONFIRMED:
            yield "corroborated-account"
        if source_class is not SourceClass.C:
            yield "independent-confirmation"
        if about.by_government:
            yield "consistent-conduct"

    def is_credible(self, item: Evidence) -> bool:
        """Say whether an item is judged credible, by the framework's limit on its grade."""
        return int(item.credibility) <= self._credible

    def meets(self, option: EvidenceOption, items: Sequence[Evidence], notes: frozenset[str] = frozenset()) -> bool:
        """Say whether items, with the notes beside them, satisfy every field of one option of an evidence rule."""
        if option.credible:
            items = [item for item in items if self.is_credible(item)]
        if option.classes:
            items = [item for item in items if self.source_class(item).lower() in option.classes]
        if len(items) < option.items or (option.independent and self.origins(items) < option.independent):
            return False
        if option.source_classes and len({self.source_class(item) for item in items}) < option.source_classes:
            return False
        if option.spread and self.spread(items) < option.spread:
            return False
        if option.records:
            kinds = notes.union(kind for item in items for kind in self.kinds(item))
            if not all(kinds.intersection(wanted) for wanted in option.records):
                return False
        return not option.all_ranks or self.covers_all_ranks(items)

    def allows(self, rule: EvidenceRule, items: Sequence[Evidence], notes: frozenset[str] = frozenset()) -> bool:
        """Say whether a set of items, or the notes that show where somebody looked, are enough for a level."""
        return any(self.meets(option, items, notes) for option in rule.any_of)

    def origins(self, items: Iterable[Evidence]) -> int:
        """Count the independent origins of a set of items."""
        return len({self.origin(item) for item in items})

    def spread(self, items: Iterable[Evidence]) -> int:
        """Count agencies, places or reporting periods covered, whichever is most."""
        agencies: set[str] = set()
        places: set[str] = set()
        periods: set[int] = set()
        for item in items:
            about = self.about(item.id)
            agencies |= about.agencies
            places |= about.places
            periods |= about.periods or ({reporting_year(item.dated)} if item.dated else set())
        return max(len(agencies), len(places), len(periods))

    def covers_all_ranks(self, items: Iterable[Evidence]) -> bool:
        """Say whether the items are about every rank on record, and about two ranks or more."""
        on_record = {group.rank for incident in incidents_of(self.case.record) for group in incident.officials} - {
            UNKNOWN_RANK
        }
        covered = {rank for item in items for rank in self.about(item.id).ranks}
        return len(covered) >= 2 and on_record <= covered

    def describe(self, items: Sequence[Evidence]) -> str:
        """Say in words what there is: "has one source of class civil society"."""
        if not items:
            return "has no evidence"
        classes = list(dict.fromkeys(sorted((self.source_class(item) for item in items), key=lambda kind: kind.value)))
        of_class = f"of {'class' if len(classes) == 1 else 'classes'} {grammar.join([kind.label for kind in classes])}"
        origins = self.origins(items)
        if origins == len(items):
            text = f"has {counted(len(items), 'source')} {of_class}"
        else:
            text = f"has {counted(len(items), 'item')} from {counted(origins, 'origin')}, {of_class}"
        unjudged = sum(not self.is_credible(item) for item in items)
        if unjudged:
            text += f"; {number(unjudged)} of them not judged credible" if len(items) > 1 else ", not judged credible"
        return text


def incidents_of(record: AssessmentRecord) -> tuple[Incident, ...]:
    """Return every case, then every allegation on record."""
    return (*record.cases, *record.allegations)


def evidence_of(incident: Incident) -> Iterator[str]:
    """Yield the evidence of an incident and of its proceedings, once each."""
    refs = dict.fromkeys(incident.evidence)
    if isinstance(incident, OfficialCase):
        refs |= dict.fromkeys(ref for step in incident.proceedings for ref in step.evidence)
    yield from refs


def involves_official(incident: Incident) -> bool:
    """Say whether an official took part in an incident that is tied, or may be tied, to trafficking.

    Officials must be on record, or the conduct must be put to a unit, an agency or the government.
    """
    if incident.link is TraffickingLink.SMUGGLING:
        return False
    return bool(incident.officials) or incident.attribution_level != "individual"
