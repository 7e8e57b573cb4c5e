"""Evidence for a question, found where one answers it: by title or words, newest first, and attached in place."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments import actions, policies
from assessments.models import Evidence, EvidenceLink, Excerpt
from assessments.views.bench import Answer, Bench, now, open_bench
from assessments.views.looks import note_views
from assessments.views.offers import source_label
from assessments.views.page import UserRequest, guarded, say, warn

MOST = 25
"""Rows of one answer to a search."""


@dataclass(frozen=True)
class Found:
    """One thing that can be attached: an item of this assessment, or an excerpt that is none yet."""

    key: str  # "e3", or the public id of an excerpt
    source: str
    where: str
    says: str
    is_item: bool = False
    is_attached: bool = False


@require_http_methods(["GET", "POST"])
@guarded
def attach(request: UserRequest, assessment_id: UUID, code: str, part: str = "") -> HttpResponse:
    """Search evidence and excerpts for a question, or attach one to it."""
    bench = open_bench(request, assessment_id)
    answer = next((item for item in bench.answers if item.indicator.code == code and part in ("", item.part)), None)
    if answer is None:
        raise Http404("There is no such question.")
    if request.method != "POST":
        return _show(bench, answer)
    policies.check_can_edit(bench.revision, request.user)
    try:
        _attach(bench, answer)
    except (actions.NotFound, ValueError):
        warn(request, "Choose something of the list.")
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        say(request, f"Attached to {answer.indicator.code}.")
    if request.htmx:
        done = HttpResponse(status=204)
        done["HX-Redirect"] = answer.url
        return done
    return redirect(f"{answer.url}evidence/")


def _attach(bench: Bench, answer: Answer) -> None:
    given: dict[str, Any] = {"by": bench.user, "at": now()}
    if ref := bench.request.POST.get("item", ""):
        actions.attach_evidence(
            revision_id=bench.revision.public_id,
            ref=ref,
            indicator=answer.indicator.slug,
            part=answer.part,
            **given,
        )
        return
    actions.place_excerpt(
        excerpt_id=UUID(bench.request.POST.get("excerpt", "")),
        assessment_ids=[bench.assessment.public_id],
        placing=actions.Placing(indicators=(answer.indicator.slug,), parts=(answer.key,) if answer.part else ()),
        **given,
    )


def _show(bench: Bench, answer: Answer) -> HttpResponse:
    sought = bench.request.GET.get("q", "").strip()[:100]
    found = [*_items(bench, answer, sought), *_excerpts(bench, sought)]
    context = {"answer": answer, "sought": sought, "found": found[:MOST], "more": len(found) > MOST}
    if bench.request.htmx:
        return render(bench.request, "assessments/attach_list.html", {**context, "bench": bench})
    return bench.render("assessments/attach.html", context, here=answer.indicator.group)


def _items(bench: Bench, answer: Answer, sought: str) -> list[Found]:
    """Return the assessment's items, newest first. Only what the person may know is searched and shown."""
    rows = list(
        Evidence.objects.current()
        .filter(revision=bench.revision)
        .select_related("use__source", "revision", "entered_by", "changed_by", "withdrawn_by")
        .order_by("-entered_at", "-pk")
    )
    views = policies.source_views({row.use.source_id: row.use.source for row in rows}.values(), bench.user)
    fields = policies.evidence_views(rows, bench.user)
    attached = set(
        EvidenceLink.objects.of(bench.revision)
        .filter(sheet="ratings", ref=answer.key)
        .values_list("evidence__ref", flat=True)
    )
    found = []
    for row in rows:
        label = source_label(views[row.use.source_id])
        shown = fields[row.pk]
        says = str(shown["edited"] or shown["excerpt"] or "no summary yet")
        if _holds(sought, label, says, row.pinpoint, row.ref):
            is_attached = row.ref in attached or answer.indicator.slug in row.indicators
            found.append(Found(row.ref, label, row.pinpoint, says, is_item=True, is_attached=is_attached))
    note_views(bench.user, (views[row.use.source_id] for row in rows[:MOST]))
    return found


def _holds(sought: str, *texts: str) -> bool:
    whole = " ".join(texts).casefold()
    return all(word in whole for word in sought.casefold().split())


def _excerpts(bench: Bench, sought: str) -> list[Found]:
    """Return excerpts that are no evidence here yet: of sources in use here, or where one searches, of all known."""
    rows = policies.visible_excerpts(bench.user).exclude(
        placements__assessment=bench.assessment, placements__ended_at__isnull=True
    )
    rows = rows.filter(set_aside="", source__withdrawn_at__isnull=True)
    if not sought:
        rows = rows.filter(source__uses__revision=bench.revision)
    for word in sought.split():
        rows = rows.filter(Q(source__title__icontains=word) | Q(text__icontains=word) | Q(translation__icontains=word))
    kept: list[Excerpt] = list(rows.select_related("source").order_by("-marked_at", "-pk").distinct()[: MOST + 1])
    views = policies.source_views({row.source_id: row.source for row in kept}.values(), bench.user)
    note_views(bench.user, views.values())
    return [
        Found(str(row.public_id), source_label(views[row.source_id]), row.pinpoint, row.translation or row.text)
        for row in kept
    ]
