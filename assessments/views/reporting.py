"""The report in printing order: what is ready, what changed since it left, what is missing, what left last."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max

from accounts.models import Role, User
from assessments import policies
from assessments.enums import RevisionState, SnapshotKind
from assessments.models import Assessment, GivenOut, ReportingPeriod, Revision, Snapshot
from assessments.views.work import OURS

MAKERS = (Role.EXPORTER, Role.COORDINATOR)


@dataclass(frozen=True)
class Entry:
    """One country of the report as an exporter or a reader finds it.

    `state`: missing, approved or released. `stands` says where the work on it is, in words, while it goes on.
    `given`: the last file it left in; None where it never left, or for people who make no files.
    """

    assessment: Assessment
    snapshot: Snapshot | None
    state: str
    stands: str = ""
    given: GivenOut | None = None
    formats: tuple[str, ...] = ("docx", "pdf", "txt", "json")

    @property
    def is_changed(self) -> bool:
        """Say whether the text that left last is not the one that is approved now."""
        return bool(self.snapshot and self.given and self.given.snapshot_id != self.snapshot.pk)


@dataclass(frozen=True)
class Totals:
    """How many countries of the report stand how, and how many words it has."""

    ready: int
    changed: int
    missing: int
    words: int


def years_of(user: User) -> list[int]:
    """Return the report years a person may look at, newest first."""
    if user.has_role(*MAKERS):
        return list(ReportingPeriod.objects.order_by("-report_year").values_list("report_year", flat=True))
    rows = policies.visible_snapshots(user).filter(kind=SnapshotKind.APPROVED.value)
    years = rows.order_by().values_list("revision__assessment__period__report_year", flat=True).distinct()
    return sorted(years, reverse=True)


def first_years(user: User) -> list[int]:
    """Return what is shown where no year was chosen: the newest to who makes the report, all to who reads it."""
    years = years_of(user)
    return years[:1] if user.has_role(*MAKERS) else years


def report(user: User, years: Collection[int]) -> list[Entry]:
    """Return the report of these years in printing order: approved and released texts, and, for makers, the rest."""
    found = policies.visible_snapshots(user).filter(
        kind=SnapshotKind.APPROVED.value,
        superseded_by__isnull=True,
        revision__assessment__period__report_year__in=years,
    )
    newest = {
        row.revision.assessment_id: row
        for row in found.select_related("revision__assessment__country", "revision__assessment__period")
        .defer("open_part")
        .order_by("at", "pk")
    }
    if not user.has_role(*MAKERS):
        return [Entry(row.revision.assessment, row, "released") for row in _in_order(newest.values())]
    states = dict(Revision.objects.filter(is_open=True).values_list("assessment_id", "state"))
    given = _last_given(newest)
    listed = policies.assessments_not_coded_by(user).filter(period__report_year__in=years)
    return [
        _entry(row, newest.get(row.pk), states.get(row.pk, ""), given.get(row.pk))
        for row in listed.select_related("country", "period").order_by("-period__report_year", "country__sort_name")
    ]


def totals(entries: Iterable[Entry]) -> Totals:
    """Count what is ready, changed since it left, and missing; and the words of what is ready."""
    listed = list(entries)
    ready = [entry.snapshot for entry in listed if entry.snapshot]
    return Totals(
        ready=len(ready),
        changed=sum(entry.is_changed for entry in listed),
        missing=len(listed) - len(ready),
        words=sum(snapshot.words for snapshot in ready),
    )


def _in_order(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    return sorted(
        snapshots,
        key=lambda s: (-s.revision.assessment.period.report_year, s.revision.assessment.country.sort_name),
    )


def _last_given(assessments: Collection[int]) -> dict[int, GivenOut]:
    """Return the last file each country left in; two queries."""
    last = (
        GivenOut.objects.filter(snapshot__revision__assessment__in=assessments)
        .exclude(format__endswith="annex")
        .order_by()
        .values("snapshot__revision__assessment")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    rows = (
        GivenOut.objects.filter(pk__in=list(last))
        .select_related("snapshot__revision", "by")
        .defer("snapshot__open_part")
    )
    return {row.snapshot.revision.assessment_id: row for row in rows}


def _entry(assessment: Assessment, snapshot: Snapshot | None, state: str, given: GivenOut | None) -> Entry:
    moved = state in (*OURS, RevisionState.SUBMITTED.value)
    stands = RevisionState(state).label if state and (moved or snapshot is None) else ""
    if snapshot is None:
        return Entry(assessment, None, "missing", stands)
    return Entry(assessment, snapshot, "released" if snapshot.released_at else "approved", stands, given)
