"""The rows of the coordinator's desk: how far each country of a period is, and when it will be ready."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Min
from django.utils import timezone

from accounts.models import User
from assessments import policies
from assessments.core.forecast import Forecast, Progress, forecast, pace_of
from assessments.core.words import counted
from assessments.enums import Part, RevisionState
from assessments.models import Assignment, RatingRecord, ReportingPeriod, Revision, Transition
from assessments.templatetags.indicia import day
from assessments.views.work import settled
from frameworks.views.words import BUREAUS

S = RevisionState
APPROVED = frozenset({S.APPROVED.value, S.RELEASED.value, S.SUPERSEDED.value})


@dataclass(frozen=True)
class DeskRow:
    """One country of a period as a coordinator sees it; stored values only, nothing is derived here."""

    assessment_id: UUID
    country: str
    iso3: str
    bureau: str  # its three letters; "" where it is not known
    state: RevisionState
    answered: int
    expected: int
    checks_open: int
    evidence_missing: int
    analysts: tuple[str, ...]
    reviewers: tuple[str, ...]
    people_ids: frozenset[str]
    forecast: Forecast
    place: int  # in printing order

    @property
    def bureau_name(self) -> str:
        """The bureau in words."""
        return BUREAUS.get(self.bureau, "no bureau on record")

    @property
    def core(self) -> str:
        """Core questions answered of those asked."""
        return f"{self.answered} of {self.expected}" if self.expected else "none yet"

    @property
    def is_late(self) -> bool:
        """Say whether it is forecast to miss the due date."""
        return self.forecast.late_by is not None and self.forecast.late_by > 0

    @property
    def ready(self) -> str:
        """Say when it will be ready and how that stands to the due date."""
        if self.forecast.ready_on is None or self.forecast.late_by is None:
            return "approved" if self.state.value in APPROVED else "cannot be said yet"
        late = self.forecast.late_by
        return f"{day(self.forecast.ready_on)}, " + (f"{counted(late, 'day')} late" if late > 0 else "in time")


@dataclass(frozen=True)
class Asked:
    """What the table is narrowed to; empty values narrow nothing."""

    words: str = ""
    bureau: str = ""
    state: str = ""
    person: str = ""
    late: bool = False
    unassigned: bool = False
    sort: str = "ready"


SORTS: Mapping[str, tuple[str, Callable[[DeskRow], Any]]] = {
    "ready": ("latest forecast first", lambda row: (row.forecast.late_by is None, -(row.forecast.late_by or 0))),
    "country": ("country", lambda row: row.place),
    "core": ("fewest core answers first", lambda row: row.answered),
    "state": ("state", lambda row: list(S).index(row.state)),
    "bureau": ("bureau", lambda row: row.bureau_name),
}


def desk_rows(user: User, period: ReportingPeriod) -> list[DeskRow]:
    """Return every country of a period a coordinator may see, in printing order; five queries for any number."""
    revisions = policies.visible_revisions(user).filter(is_open=True, assessment__period=period)
    asked = revisions.order_by("assessment__country__sort_name").values(
        "pk",
        "public_id",
        "undrawn",
        "assessment_id",
        "assessment__public_id",
        "assessment__country__name",
        "assessment__country__iso3",
        "assessment__country__bureau",
        "state",
        "result__core_answered",
        "result__core_expected",
        "result__checks_open",
        "result__evidence_missing",
    )
    rows = list(asked)
    if settled(row["public_id"] for row in rows if row["undrawn"]):
        rows = list(asked.all())
    begun = _begun(revisions)
    submitted = _submitted(revisions)
    people = _people(period)
    today = timezone.localdate()
    progress = {
        row["pk"]: Progress(
            answered=row["result__core_answered"] or 0,
            expected=row["result__core_expected"] or 0,
            began_on=begun.get(row["pk"]),
            submitted_on=submitted.get(row["pk"]) if row["state"] == S.SUBMITTED else None,
            is_done=row["state"] in APPROVED,
        )
        for row in rows
    }
    pace = pace_of(progress.values(), _review_days(period), today)
    due_on = period.due_on
    return [
        _row(row, place, people, forecast(progress[row["pk"]], pace, today=today, due_on=due_on))
        for place, row in enumerate(rows)
    ]


def _row(
    row: Mapping[str, Any],
    place: int,
    people: Mapping[tuple[int, str], list[tuple[str, str]]],
    foreseen: Forecast,
) -> DeskRow:
    analysts = people.get((row["assessment_id"], Part.ANALYST.value), [])
    reviewers = people.get((row["assessment_id"], Part.REVIEWER.value), [])
    return DeskRow(
        assessment_id=row["assessment__public_id"],
        country=row["assessment__country__name"],
        iso3=row["assessment__country__iso3"],
        bureau=row["assessment__country__bureau"],
        state=S(row["state"]),
        answered=row["result__core_answered"] or 0,
        expected=row["result__core_expected"] or 0,
        checks_open=row["result__checks_open"] or 0,
        evidence_missing=row["result__evidence_missing"] or 0,
        analysts=tuple(name for _, name in analysts),
        reviewers=tuple(name for _, name in reviewers),
        people_ids=frozenset(key for key, _ in (*analysts, *reviewers)),
        forecast=foreseen,
        place=place,
    )


def _begun(revisions: Any) -> Mapping[int, date]:
    """Return the day of the first answer by revision."""
    rows = RatingRecord.objects.filter(revision__in=revisions.order_by().values("pk")).order_by()
    found = rows.values_list("revision").annotate(Min("rated_at"))
    return {pk: timezone.localtime(at).date() for pk, at in found}


def _submitted(revisions: Any) -> Mapping[int, date]:
    rows = Transition.objects.filter(
        revision__in=revisions.order_by().values("pk"), to_state=S.SUBMITTED.value
    ).order_by()
    return {pk: timezone.localtime(at).date() for pk, at in rows.values_list("revision").annotate(Max("at"))}


def _people(period: ReportingPeriod) -> Mapping[tuple[int, str], list[tuple[str, str]]]:
    rows = Assignment.objects.filter(assessment__period=period, ended_at__isnull=True).order_by("user__name")
    found: defaultdict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    for assessment_id, part, key, name in rows.values_list("assessment_id", "part", "user__public_id", "user__name"):
        found[assessment_id, part].append((str(key), name))
    return found


def _review_days(period: ReportingPeriod) -> list[int]:
    """Return how many days each finished review of the period took, from its last submission to the approval."""
    rows = Transition.objects.filter(
        revision__assessment__period=period, to_state__in=[S.SUBMITTED.value, S.APPROVED.value]
    ).order_by("revision", "at", "pk")
    days, began = [], {}
    for revision_id, state, at in rows.values_list("revision_id", "to_state", "at"):
        if state == S.SUBMITTED:
            began[revision_id] = at
        elif revision_id in began:
            days.append((at - began.pop(revision_id)).days)
    return days


def narrowed(rows: Iterable[DeskRow], asked: Asked) -> list[DeskRow]:
    """Return the rows that were asked for, in the order asked for."""
    words = asked.words.casefold().strip()
    found = [
        row
        for row in rows
        if (not words or words in row.country.casefold())
        and (not asked.bureau or row.bureau == asked.bureau)
        and (not asked.state or row.state == asked.state)
        and (not asked.person or asked.person in row.people_ids)
        and (not asked.late or row.is_late)
        and (not asked.unassigned or not (row.analysts and row.reviewers))
    ]
    return sorted(found, key=SORTS[asked.sort if asked.sort in SORTS else "ready"][1])


@dataclass(frozen=True)
class Sum:
    """How far a group of countries is: by bureau, by analyst, or by state."""

    title: str
    countries: int
    answered: int
    expected: int
    approved: int
    late: int


def sums(rows: Sequence[DeskRow], group: Callable[[DeskRow], Iterable[str]]) -> list[Sum]:
    """Return the sums by group, in the order of their titles; a country with two analysts counts with both."""
    found: defaultdict[str, list[DeskRow]] = defaultdict(list)
    for row in rows:
        for title in group(row):
            found[title].append(row)
    return [
        Sum(
            title,
            len(members),
            sum(row.answered for row in members),
            sum(row.expected for row in members),
            sum(row.state.value in APPROVED for row in members),
            sum(row.is_late for row in members),
        )
        for title, members in sorted(found.items())
    ]


def by_state(rows: Sequence[DeskRow]) -> list[Sum]:
    """Return the sums by state, in the order of the states."""
    found = {item.title: item for item in sums(rows, lambda row: [row.state.label])}
    return [found[state.label] for state in S if state.label in found]


def countries_without(period: ReportingPeriod) -> list[tuple[str, str]]:
    """Return code and name of the countries that have no assessment in a period, in printing order."""
    from frameworks.models import Country

    taken = Revision.objects.filter(assessment__period=period).values("assessment__country")
    return list(Country.objects.exclude(pk__in=taken).order_by("sort_name").values_list("iso3", "name"))
