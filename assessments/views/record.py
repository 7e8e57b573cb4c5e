"""The pages around the record: where to begin, and the log."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
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
from assessments.forms.fields import Choices
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
        "asked": asked_of(request),
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


def asked_of(request: UserRequest) -> str:
    """Return what was asked for, as the end of an address, without the page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _narrowed(bench: Bench) -> tuple[QuerySet[Event], LogForm]:
    """Return the events this person may read, as far as they asked for them; a field without sense narrows nothing."""
    rows: QuerySet[Event] = policies.visible_events(bench.user).filter(
        subject_kind=Subject.ASSESSMENT.value, subject_id=bench.assessment.public_id
    )
    named = sorted({name for found in rows.values_list("fields", flat=True) for name in found})
    form = LogForm(
        bench.request.GET or None,
        people=people_of(rows),
        acts=acts_of(rows),
        named=named,
    )
    asked = understood(form)
    rows = narrowed(rows, asked)
    if asked.get("field"):
        # A list in a column is searched the same way on both databases only by its members, in the program.
        found = [pk for pk, fields in rows.values_list("pk", "fields") if asked["field"] in fields]
        rows = rows.filter(pk__in=found)
    return rows, form


def understood(form: LogForm) -> Mapping[str, Any]:
    """Return what was asked for and makes sense; what makes none is said beside its field and narrows nothing."""
    form.is_valid()
    return form.cleaned_data if form.is_bound else {}


def people_of(rows: QuerySet[Event]) -> Choices:
    """Return who did something of this, for a form."""
    found = rows.filter(by__isnull=False).order_by("by__name").values_list("by__public_id", "by__name").distinct()
    return [(str(key), name) for key, name in found]


def acts_of(rows: QuerySet[Event]) -> Choices:
    """Return what was done of this, for a form."""
    acts = rows.order_by("action").values_list("action", flat=True).distinct()
    return [(name, events.VERBS.get(name, name.replace("_", " ")).rstrip(":,")) for name in acts]


def narrowed(rows: QuerySet[Event], asked: Mapping[str, Any]) -> QuerySet[Event]:
    """Return the events of a person, an action and days, as far as they were asked for."""
    if asked.get("person"):
        rows = rows.filter(by__public_id=asked["person"])
    if asked.get("act"):
        rows = rows.filter(action=asked["act"])
    if asked.get("since"):
        rows = rows.filter(at__gte=_midnight(asked["since"]))
    if asked.get("until"):
        rows = rows.filter(at__lt=_midnight(asked["until"]) + timedelta(days=1))
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.OFFICE_ZONE))
