"""The coordinator's desk of a period: who is how far, who will be late, and people and countries in bulk."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Role, User
from assessments import actions, policies
from assessments.core.words import counted
from assessments.enums import Part
from assessments.exporters.progress import progress_csv
from assessments.forms.desk import AssignManyForm, NarrowForm, OpenManyForm
from assessments.models import ReportingPeriod
from assessments.views.bench import now
from assessments.views.desk_rows import (
    SORTS,
    Asked,
    DeskRow,
    by_state,
    countries_without,
    desk_rows,
    narrowed,
    sums,
)
from assessments.views.page import UserRequest, guarded, page, say
from frameworks.views.words import BUREAUS


def _period(request: UserRequest, report_year: int) -> ReportingPeriod:
    policies.check_can_coordinate(request.user)
    row = ReportingPeriod.objects.filter(report_year=report_year).first()
    if row is None:
        raise Http404("There is no such reporting period.")
    return row


def _assignable() -> list[tuple[str, str]]:
    people = (
        User.objects.filter(is_active=True, role_grants__role__in=[Role.ANALYST, Role.REVIEWER])
        .distinct()
        .prefetch_related("role_grants")
        .order_by("name")
    )
    return [(str(person.public_id), f"{person.name} ({', '.join(sorted(person.roles))})") for person in people]


def _asked(request: UserRequest, people: Sequence[tuple[str, str]]) -> tuple[Asked, NarrowForm]:
    """Read what the table is narrowed to; a value without sense narrows nothing."""
    form = NarrowForm(
        request.GET or None,
        bureaus=list(BUREAUS.items()),
        people=people,
        sorts=[(key, title) for key, (title, _) in SORTS.items()],
    )
    if not form.is_bound or not form.is_valid():
        return Asked(), form
    return Asked(**form.cleaned_data), form


@require_GET
@guarded
def desk(request: UserRequest, report_year: int) -> HttpResponse:
    """Show the period's countries with their forecast, the sums, and the form to assign people in bulk."""
    return _show(request, _period(request, report_year))


def _show(
    request: UserRequest, period: ReportingPeriod, *, assign: AssignManyForm | None = None, status: int = 200
) -> HttpResponse:
    every = desk_rows(request.user, period)
    people = _assignable()
    asked, form = _asked(request, people)
    rows = narrowed(every, asked)
    context: dict[str, Any] = {
        "period": period,
        "rows": rows,
        "every": every,
        "late": [row for row in every if row.is_late],
        "form": form,
        "narrowed": request.GET.urlencode(),
        "assign": assign or AssignManyForm(countries=_choices(every), people=people),
        "chosen": set(assign.data.getlist("countries")) if assign is not None else set(),  # type: ignore[attr-defined]
        "sums": (
            ("Bureau", sums(every, lambda row: [row.bureau_name])),
            ("Analyst", sums(every, lambda row: row.analysts or ("nobody assigned",))),
            ("State", by_state(every)),
        ),
    }
    return page(request, "assessments/desk.html", context, status=status)


def _choices(rows: Sequence[DeskRow]) -> list[tuple[str, str]]:
    return [(str(row.assessment_id), row.country) for row in rows]


@require_GET
@guarded
def desk_file(request: UserRequest, report_year: int) -> HttpResponse:
    """Give out the narrowed table as CSV."""
    period = _period(request, report_year)
    asked, _ = _asked(request, _assignable())
    rows = narrowed(desk_rows(request.user, period), asked)
    data = progress_csv(
        (
            report_year,
            row.country,
            row.iso3,
            row.bureau,
            row.state.label,
            row.answered,
            row.expected,
            row.evidence_missing,
            row.checks_open,
            "; ".join(row.analysts),
            "; ".join(row.reviewers),
            row.forecast.ready_on,
            row.forecast.late_by,
            row.forecast.basis,
        )
        for row in rows
    )
    answer = HttpResponse(data, content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="{report_year}-progress.csv"'
    return answer


@require_POST
@guarded
def assign_many(request: UserRequest, report_year: int) -> HttpResponse:
    """Show what a bulk assignment changes, and do it once that was confirmed; a refusal is by country and of all."""
    period = _period(request, report_year)
    form = AssignManyForm(request.POST, countries=_choices(desk_rows(request.user, period)), people=_assignable())
    if not form.is_valid():
        return _show(request, period, assign=form, status=422)
    data = form.cleaned_data
    person = User.objects.get(public_id=data["person"])
    part, instead = Part(data["part"]), data["instead"]
    chosen = [UUID(key) for key in data["countries"]]
    rows = list(
        policies.visible_assessments(request.user)
        .filter(public_id__in=chosen)
        .select_related("country", "period")
        .order_by("country__sort_name")
    )
    changes, refused = actions.planned_changes(rows, person, part, instead=instead)
    for country, why in refused.items():
        form.add_error("countries", f"{country}: {why}")
    if refused:
        return _show(request, period, assign=form, status=422)
    if "confirmed" not in request.POST:
        context = {"period": period, "changes": changes, "form": form, "data": data, "person": person, "part": part}
        return page(request, "assessments/assign_many.html", context)
    done = actions.assign_many(
        assessment_ids=chosen, user_id=person.public_id, part=part, instead=instead, by=request.user, at=now()
    )
    say(request, f"{counted(len(done), 'assignment').capitalize()} changed." if done else "Nothing was to be changed.")
    return redirect("assessments:desk", report_year)


@require_http_methods(["GET", "POST"])
@guarded
def open_many(request: UserRequest, report_year: int) -> HttpResponse:
    """Open the assessments of many countries in a period at once."""
    period = _period(request, report_year)
    offered = countries_without(period)
    form = OpenManyForm(request.POST if request.method == "POST" else None, countries=offered)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.open_many(
                    countries=form.cleaned_data["countries"], report_year=report_year, by=request.user, at=now()
                )
            except actions.Invalid as exc:
                form.add_error("countries", str(exc))
            else:
                say(request, f"{counted(len(made), 'assessment').capitalize()} opened. Assign their people here.")
                return redirect(f"{reverse('assessments:desk', args=[report_year])}?unassigned=on")
    context = {"period": period, "form": form, "offered": offered}
    return page(request, "assessments/open_many.html", context, status=status)
