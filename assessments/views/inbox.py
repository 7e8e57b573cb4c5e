"""The inbox: sources of a person's own work in which marked excerpts still wait for a place."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.models import Excerpt, Source, SourceUse
from assessments.views.looks import note_views
from assessments.views.offers import source_label
from assessments.views.page import UserRequest, guarded, page

MOST = 200
"""Sources on one page, those marked last first."""


@dataclass(frozen=True)
class Waiting:
    """One source with what waits in it."""

    source: Source
    label: str
    waiting: int
    marked: int
    untranslated: int
    countries: tuple[tuple[UUID, str], ...]  # the person's own assessments that use it


@require_GET
@guarded
def inbox(request: UserRequest) -> HttpResponse:
    """List the sources with excerpts that are neither evidence nor set aside; as many queries for many as for one."""
    own = policies.own_sources(request.user).order_by().values("pk")
    waiting = dict(
        Excerpt.objects.waiting()
        .filter(source__in=own)
        .order_by()
        .values("source")
        .annotate(count=Count("pk"))
        .values_list("source", "count")
    )
    of_all = {
        row["source"]: row
        for row in Excerpt.objects.current()
        .filter(source__in=waiting)
        .order_by()
        .values("source")
        .annotate(
            count=Count("pk"),
            last=Max("marked_at"),
            untranslated=Count("pk", filter=~Q(language="") & Q(translation="")),
        )
    }
    first = sorted(waiting, key=lambda pk: of_all[pk]["last"], reverse=True)
    rows = Source.objects.in_bulk(first[:MOST])
    views = policies.source_views(rows.values(), request.user)
    note_views(request.user, views.values())
    countries = _countries(request, list(rows))
    lines = [
        Waiting(
            rows[pk],
            source_label(views[pk]),
            waiting[pk],
            of_all[pk]["count"],
            of_all[pk]["untranslated"],
            tuple(countries[pk]),
        )
        for pk in first[:MOST]
    ]
    unread = list(
        policies.own_sources(request.user)
        .filter(documents__isnull=False)
        .exclude(pk__in=Excerpt.objects.current().order_by().values("source"))
        .distinct()
        .order_by("-entered_at", "pk")[:MOST]
    )
    unread_views = policies.source_views(unread, request.user)
    note_views(request.user, unread_views.values())
    context = {
        "lines": lines,
        "total": sum(waiting.values()),
        "sources": len(waiting),
        "unread": [(row, source_label(unread_views[row.pk])) for row in unread],
    }
    return page(request, "assessments/inbox.html", context)


def _countries(request: UserRequest, sources: list[int]) -> defaultdict[int, list[tuple[UUID, str]]]:
    """Return the person's own assessments that use each source; nothing of assessments they may not see."""
    found: defaultdict[int, list[tuple[UUID, str]]] = defaultdict(list)
    uses = SourceUse.objects.filter(
        source__in=sources,
        revision__is_open=True,
        revision__assessment__in=policies.visible_assessments(request.user).order_by().values("pk"),
    ).select_related("revision__assessment__country", "revision__assessment__period")
    for use in uses.order_by("revision__assessment__country__name", "pk"):
        assessment = use.revision.assessment
        name = f"{assessment.country} {assessment.period.report_year}"
        found[use.source_id].append((assessment.public_id, name))
    return found
