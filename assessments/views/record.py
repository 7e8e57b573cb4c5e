"""The pages around the record: where to begin, and the log."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments import events, policies
from assessments.enums import Subject
from assessments.exporters.log import log_csv
from assessments.forms.log import LogForm
from assessments.models import SHEETS, Event
from assessments.views.bench import Bench, open_bench
from assessments.views.page import UserRequest, guarded
from assessments.views.work import go_on

PER_PAGE = 25


@require_GET
@guarded
def assessment(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Go to where the work goes on: an analyst to the exact question or the facts, anybody else to the draft."""
    bench = open_bench(request, assessment_id)
    return redirect(go_on(bench).url)


def fact_places(bench: Bench, refs: set[str]) -> dict[str, str]:
    """Return the addresses of facts by their ids; no query."""
    return {
        item.id: bench.url("fact", name, item.id)
        for name in SHEETS
        for item in getattr(bench.case.record, name)
        if item.id in refs
    }


@require_GET
@guarded
def log(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show who did what, newest first, as sentences, narrowed by person, action, date and field."""
    bench = open_bench(request, assessment_id)
    rows, form = _narrowed(bench)
    shown = Paginator(rows.select_related("by").order_by("-sequence"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": [(event.sequence, event.at, events.deed(event), event.hash) for event in shown],
        "shown": shown,
        "form": form,
        "address": reverse("assessments:log", args=[assessment_id]),
        "asked": _asked(request),
    }
    return bench.render("assessments/log.html", context, here="log")


@require_GET
@guarded
def log_file(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Give out the narrowed log as CSV, oldest first: digests of values, never the values."""
    bench = open_bench(request, assessment_id)
    rows, _ = _narrowed(bench)
    answer = HttpResponse(log_csv(rows.select_related("by").order_by("sequence")), content_type="text/csv")
    assessment = bench.assessment
    name = f"{assessment.period.report_year}-{assessment.country_id.lower()}-log.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked(request: UserRequest) -> str:
    """Return what was asked for, as the end of an address, without the page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _narrowed(bench: Bench) -> tuple[QuerySet[Event], LogForm]:
    """Return the events this person may read, as far as they asked for them; a field without sense narrows nothing."""
    rows: QuerySet[Event] = policies.visible_events(bench.user).filter(
        subject_kind=Subject.ASSESSMENT.value, subject_id=bench.assessment.public_id
    )
    people = rows.filter(by__isnull=False).order_by("by__name").values_list("by__public_id", "by__name").distinct()
    acts = rows.order_by("action").values_list("action", flat=True).distinct()
    named = sorted({name for found in rows.values_list("fields", flat=True) for name in found})
    form = LogForm(
        bench.request.GET or None,
        people=[(str(key), name) for key, name in people],
        acts=[(name, events.VERBS.get(name, name.replace("_", " ")).rstrip(":")) for name in acts],
        named=named,
    )
    if not form.is_bound or not form.is_valid():
        return rows, form
    asked = form.cleaned_data
    if asked["person"]:
        rows = rows.filter(by__public_id=asked["person"])
    if asked["act"]:
        rows = rows.filter(action=asked["act"])
    if asked["since"]:
        rows = rows.filter(at__gte=_midnight(asked["since"]))
    if asked["until"]:
        rows = rows.filter(at__lt=_midnight(asked["until"]) + timedelta(days=1))
    if asked["field"]:
        # A list in a column is searched the same way on both databases only by its members, in the program.
        found = [pk for pk, fields in rows.values_list("pk", "fields") if asked["field"] in fields]
        rows = rows.filter(pk__in=found)
    return rows, form


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.OFFICE_ZONE))
