"""Sources of an assessment and of the library, with the protection of each honored."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Role, User
from assessments import actions, policies
from assessments.core import sheets
from assessments.core.values import Protection
from assessments.enums import Subject
from assessments.events import deed
from assessments.forms.records import NEW, RecordForm
from assessments.mapping import column_names, from_columns
from assessments.models import Source, SourceUse
from assessments.views.alike import likely
from assessments.views.bench import Bench, now, open_bench
from assessments.views.conflict import differences
from assessments.views.evidence import SourceLine, add_errors, lines
from assessments.views.facts import typed_version
from assessments.views.looks import note_views
from assessments.views.offers import offer, source_label
from assessments.views.page import UserRequest, guarded, page, say, warn


@require_POST
@guarded
def use_source(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Take a source of the library into the assessment."""
    bench = open_bench(request, assessment_id)
    try:
        chosen = UUID(request.POST.get("source", ""))
        saved = actions.use_source(revision_id=bench.revision.public_id, source_id=chosen, by=request.user, at=now())
    except (ValueError, actions.NotFound):
        warn(request, "Choose a source of the library.")
    else:
        say(request, f"{saved.ref} is in use here now.")
    return redirect("assessments:evidence", assessment_id)


@require_http_methods(["GET", "POST"])
@guarded
def source(request: UserRequest, assessment_id: UUID, ref: str | None = None) -> HttpResponse:
    """Show or save one source of the assessment; `ref` None makes a new one."""
    bench = open_bench(request, assessment_id)
    use = _use(bench, ref)
    if use is not None:
        view = policies.source_view(use.source, bench.user)
        if not view.is_known:
            line = next(line for line in lines(bench)[0] if line.ref == use.ref)
            return bench.render("assessments/source_withheld.html", {"line": line}, here="evidence")
        note_views(bench.user, [view])
    value = record_of(use.source, use.ref) if use else None
    form = RecordForm(
        sheets.Source,
        offer=offer(bench, sheets.Source),
        data=request.POST if request.method == "POST" else None,
        value=value,
    )
    context: dict[str, Any] = {"use": use, "form": form, "version": use.source.version if use else None, "theirs": ()}
    if request.method != "POST":
        return bench.render("assessments/source_form.html", context, here="evidence")
    context["version"] = typed_version(request, use.source.version if use else None)
    if not form.is_valid():
        return bench.render("assessments/source_form.html", context, here="evidence", status=422)
    alike = [] if use else likely(bench, form.cleaned_record.title, form.cleaned_record.url)
    if "look" in request.POST and bench.can_edit:
        context["likely"], context["looked"] = alike, True
        return bench.render("assessments/source_form.html", context, here="evidence")
    try:
        saved = save_source(bench, ref, form.cleaned_record, context["version"])
    except actions.Invalid as exc:
        add_errors(form, exc)
        return bench.render("assessments/source_form.html", context, here="evidence", status=422)
    except actions.Conflict as exc:
        context |= {"version": exc.version, "theirs": differences(exc, sheets.Source)}
        return bench.render("assessments/source_form.html", context, here="evidence", status=409)
    maybe = f" It may be the same as “{alike[0].label}” of the library." if alike else ""
    say(request, f"{saved.ref} saved. Add what it shows as evidence.{maybe}")
    return redirect("assessments:evidence", assessment_id)


def save_source(bench: Bench, ref: str | None, record: sheets.Source, version: int | None) -> actions.Saved:
    """Save a source and use it in this assessment."""
    return actions.save_source(
        revision_id=bench.revision.public_id, ref=ref, record=record, version=version, by=bench.user, at=now()
    )


def _use(bench: Bench, ref: str | None) -> SourceUse | None:
    if ref is None:
        return None
    use = SourceUse.objects.filter(revision=bench.revision, ref=ref).select_related("source").first()
    if use is None:
        raise Http404("There is no such source in this assessment.")
    return use


def record_of(row: Source, ref: str = NEW) -> sheets.Source:
    """Return the record of a source."""
    return from_columns(sheets.Source, {name: getattr(row, name) for name in column_names(sheets.Source)}, id=ref)


@require_GET
@guarded
def library(request: UserRequest) -> HttpResponse:
    """List the sources whose identity the person may know, with a search over what they may see."""
    sought = request.GET.get("q", "").strip()[:100]
    rows = policies.visible_sources(request.user).filter(withdrawn_at__isnull=True).order_by("title", "pk")
    if sought:
        rows = rows.filter(title__icontains=sought) | rows.filter(publisher__icontains=sought)
    found = list(rows[:201])
    views = policies.source_views(found, request.user)
    shown = [SourceLine("", views[row.pk], source_label(views[row.pk])) for row in found[:200]]
    note_views(request.user, (line.view for line in shown))
    return page(request, "assessments/sources.html", {"sources": shown, "sought": sought, "more": len(found) > 200})


def _people(row: Source) -> list[User]:
    known = row.readers.values("user")
    staff = User.objects.filter(is_active=True, role_grants__role__in=[Role.ANALYST, Role.REVIEWER, Role.COORDINATOR])
    return list(staff.exclude(pk__in=known).exclude(entered_sources=row).distinct().order_by("name"))


@require_POST
@guarded
def name_reader(request: UserRequest, source_id: UUID) -> HttpResponse:
    """Name a person who may know a confidential source; only somebody who knows it may."""
    if not policies.visible_sources(request.user).filter(public_id=source_id).exists():
        raise Http404("There is no such source, or it is not open to you.")
    try:
        person = UUID(request.POST.get("person", ""))
        actions.name_reader(source_id=source_id, user_id=person, by=request.user, at=now())
    except (ValueError, actions.NotFound):
        warn(request, "Choose a person.")
    else:
        say(request, "Named. That person may know the source now.")
    return redirect("assessments:library-source", source_id)


@require_GET
@guarded
def library_source(request: UserRequest, source_id: UUID) -> HttpResponse:
    """Show one source as the person may see it, with the assessments that use it and its log."""
    row = policies.visible_sources(request.user).filter(public_id=source_id).first()
    if row is None:
        raise Http404("There is no such source, or it is not open to you.")
    view = policies.source_view(row, request.user)
    note_views(request.user, [view])
    uses = row.uses.filter(revision__in=policies.visible_revisions(request.user)).select_related(
        "revision__assessment__country", "revision__assessment__period"
    )
    events = policies.visible_events(request.user).filter(subject_kind=Subject.SOURCE.value, subject_id=row.public_id)
    is_confidential = row.protection == Protection.CONFIDENTIAL
    context = {
        "readers": list(row.readers.select_related("user")) if is_confidential else None,
        "people": _people(row) if is_confidential else (),
        "line": SourceLine("", view, source_label(view)),
        "uses": list(uses),
        "events": [
            {"at": event.at, "text": deed(event)} for event in events.select_related("by").order_by("-sequence")[:50]
        ],
    }
    return page(request, "assessments/source.html", context)
