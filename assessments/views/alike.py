"""Sources that may be the one somebody is entering: offered among those the person may know, and never in the way."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.core.likeness import Known, alike
from assessments.models import SourceUse
from assessments.views.bench import Bench, open_bench
from assessments.views.looks import note_views
from assessments.views.offers import source_label
from assessments.views.page import UserRequest, guarded


@dataclass(frozen=True)
class Likely:
    """A source of the library that may be the same."""

    source_id: UUID
    label: str
    url: str
    ref: str  # its id in this assessment; empty where it isn't used here yet


def likely(bench: Bench, title: str, url: str) -> list[Likely]:
    """Return up to five sources that may be the same, of those the person may know; no other is read."""
    if not title.strip() and not url.strip():
        return []
    rows = policies.visible_sources(bench.user).filter(withdrawn_at__isnull=True)
    columns = rows.order_by("pk").values_list("pk", "title", "url")
    known = [(pk, Known(title=name, url=address)) for pk, name, address in columns]
    found = alike(Known(title=title, url=url), known)
    if not found:
        return []
    sources = {row.pk: row for row in rows.filter(pk__in=found)}
    views = policies.source_views(sources.values(), bench.user)
    note_views(bench.user, views.values())
    refs = dict(SourceUse.objects.filter(revision=bench.revision, source__in=found).values_list("source_id", "ref"))
    return [Likely(sources[pk].public_id, source_label(views[pk]), sources[pk].url, refs.get(pk, "")) for pk in found]


@require_GET
@guarded
def offer(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Answer, while somebody types, with the sources that may be the same."""
    bench = open_bench(request, assessment_id)
    title, url = request.GET.get("title", "")[:200], request.GET.get("url", "")[:500]
    return render(request, "assessments/alike.html", {"bench": bench, "likely": likely(bench, title, url)})
