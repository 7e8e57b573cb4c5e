"""The log of the office: every act that a person may read of, whatever it was about, narrowed and taken away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from assessments import events, policies
from assessments.actions.setting import period_id
from assessments.enums import Subject
from assessments.exporters.log import log_csv
from assessments.forms.log import OfficeLogForm
from assessments.models import Assessment, Event, HouseTemplate, ReportingPeriod
from assessments.views.looks import note_views
from assessments.views.page import UserRequest, guarded, page
from assessments.views.record import PER_PAGE, acts_of, asked_of, narrowed, people_of, understood
from frameworks.models import FrameworkVersion, WordingVersion

About = Mapping[tuple[str, UUID], tuple[str, str]]
"""What an event is about, by kind and id: its name, and the address of its page ("" where it has none)."""


@require_GET
@guarded
def office_log(request: UserRequest) -> HttpResponse:
    """Show who did what in the office, newest first, as far as this person may read of it."""
    rows, form = _narrowed(request, policies.newest_events(request.user))
    shown = Paginator(rows.select_related("by"), PER_PAGE).get_page(request.GET.get("page"))
    about = names_of(shown, request.user)
    context = {
        "lines": [(event, events.deed(event), *about[event.subject_kind, event.subject_id]) for event in shown],
        "shown": shown,
        "form": form,
        "address": reverse("assessments:office-log"),
        "asked": asked_of(request),
    }
    return page(request, "assessments/office_log.html", context)


@require_GET
@guarded
def office_log_file(request: UserRequest) -> HttpResponse:
    """Give out the narrowed log as CSV, oldest first: digests of values, never the values."""
    rows, _ = _narrowed(request, policies.visible_events(request.user))
    found = list(rows.select_related("by").order_by("at", "pk"))
    names = {key: name for key, (name, _) in names_of(found, request.user).items()}
    answer = HttpResponse(log_csv(found, names), content_type="text/csv")
    answer["Content-Disposition"] = 'attachment; filename="log.csv"'
    return answer


def _narrowed(request: UserRequest, rows: QuerySet[Event]) -> tuple[QuerySet[Event], OfficeLogForm]:
    """Return those of a person's events that they asked for; a field without sense narrows nothing."""
    readable = policies.visible_events(request.user)
    form = OfficeLogForm(request.GET or None, people=people_of(readable), acts=acts_of(readable))
    asked = understood(form)
    if asked.get("about"):
        rows = rows.filter(subject_kind=asked["about"])
    return narrowed(rows, asked), form


def names_of(found: Iterable[Event], user: User) -> About:
    """Name what events are about; one query for each kind. That a protected source was named is logged as a look."""
    ids: defaultdict[str, set[UUID]] = defaultdict(set)
    for event in found:
        ids[event.subject_kind].add(event.subject_id)
    names: defaultdict[tuple[str, UUID], tuple[str, str]] = defaultdict(lambda: ("", ""))
    for kind, wanted in ids.items():
        for key, name, where in _named(Subject(kind), wanted, user):
            names[kind, key] = (name, where)
    return names


def _named(kind: Subject, ids: set[UUID], user: User) -> Iterable[tuple[UUID, str, str]]:
    match kind:
        case Subject.ASSESSMENT:
            rows = Assessment.objects.filter(public_id__in=ids).select_related("country", "period")
            for row in rows:
                where = reverse("assessments:log", args=[row.public_id])
                yield row.public_id, f"{row.country} {row.period.report_year}", where
        case Subject.SOURCE:
            sources = list(policies.visible_sources(user).filter(public_id__in=ids))
            note_views(user, policies.source_views(sources, user).values())
            for source in sources:
                yield source.public_id, source.title, reverse("assessments:library-source", args=[source.public_id])
        case Subject.ACCOUNT:
            for person in User.objects.filter(public_id__in=ids):
                yield person.public_id, person.name, ""
        case Subject.FRAMEWORK:
            for version in (
                *FrameworkVersion.objects.filter(public_id__in=ids),
                *WordingVersion.objects.filter(public_id__in=ids),
            ):
                yield version.public_id, str(version), ""
        case Subject.PERIOD:
            for year in ReportingPeriod.objects.values_list("report_year", flat=True):
                yield period_id(year), str(year), ""
        case Subject.TEMPLATE:
            for template in HouseTemplate.objects.filter(public_id__in=ids):
                yield template.public_id, str(template), ""
