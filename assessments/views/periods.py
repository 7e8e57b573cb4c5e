"""The coordinator's page of a period: dates, what is turned on, and the steps of review."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Role, User
from assessments import actions, policies
from assessments.core.forecast import statutory_date, worked_back
from assessments.enums import Circle
from assessments.forms.periods import BudgetForm, PeriodSettingsForm, StepForm
from assessments.models import ReportingPeriod
from assessments.models.steps import RIGHTS
from assessments.views.bench import now
from assessments.views.evidence import add_errors
from assessments.views.page import UserRequest, guarded, page, say

DEFAULT = actions.Step("Review")
CIRCLES = ("sees", "comments", "edits", "approves")


@require_GET
@guarded
def listing(request: UserRequest) -> HttpResponse:
    """List the reporting periods."""
    policies.check_can_coordinate(request.user)
    return page(request, "assessments/periods.html", {"periods": list(ReportingPeriod.objects.all())})


@require_http_methods(["GET", "POST"])
@guarded
def period(request: UserRequest, report_year: int) -> HttpResponse:
    """Show and save what a coordinator orders for one period; what was typed stays where it is refused."""
    policies.check_can_coordinate(request.user)
    row = ReportingPeriod.objects.filter(report_year=report_year).first()
    if row is None:
        raise Http404("There is no such reporting period.")
    data = request.POST if request.method == "POST" else None
    initial = {name: getattr(row, name) for name in ("opened_on", "due_on", "cut_off", "mentions_and_digest")}
    found = list(row.steps.order_by("position").values(*RIGHTS)) or [asdict(DEFAULT)]
    if is_worked_back := "worked-back" in request.GET:
        initial["due_on"], dues = worked_back(report_year, len(found))
        found = [{**values, "due_on": due} for values, due in zip(found, dues, strict=True)]
    settings = PeriodSettingsForm(data, initial=initial)
    steps = _step_forms(found, data)
    is_valid = data is not None and all([settings.is_valid(), *[form.is_valid() for form in steps]])
    if is_valid and _save(request, row, settings, steps):
        say(request, f"Reporting period {row.title} saved.")
        return redirect("assessments:period", report_year)
    status = 200 if data is None else 422
    context = {
        "period": row,
        "form": settings,
        "steps": steps,
        "statutory": statutory_date(report_year),
        "is_worked_back": is_worked_back,
    }
    return page(request, "assessments/period.html", context, status=status)


@require_http_methods(["GET", "POST"])
@guarded
def budgets(request: UserRequest, report_year: int) -> HttpResponse:
    """Set how many words each section of a narrative may have."""
    policies.check_can_coordinate(request.user)
    row = ReportingPeriod.objects.filter(report_year=report_year).first()
    if row is None:
        raise Http404("There is no such reporting period.")
    form = BudgetForm(request.POST if request.method == "POST" else None, budgets=row.word_budgets)
    if form.is_bound and form.is_valid():
        actions.set_budgets(report_year=report_year, budgets=form.cleaned_data, by=request.user, at=now())
        say(request, "Word budgets saved; each draft shows its words against them.")
        return redirect("assessments:period", report_year)
    context = {"title": f"Word budgets, {row.title}", "form": form, "button": "Save the budgets"}
    return page(request, "assessments/form_page.html", context, status=422 if form.is_bound else 200)


def _step_forms(found: Sequence[Mapping[str, Any]], data: Mapping[str, Any] | None) -> list[StepForm]:
    """Return a form for every step there is, and one for another."""
    people = [
        (str(person.public_id), person.name)
        for person in User.objects.filter(
            is_active=True, role_grants__role__in=[Role.REVIEWER, Role.ANALYST, Role.COORDINATOR]
        )
        .distinct()
        .order_by("name")
    ]
    initial = [{**values, "place": place} for place, values in enumerate(found, start=1)]
    initial.append({**asdict(DEFAULT), "title": "", "place": len(found) + 1})
    return [StepForm(data, people=people, prefix=f"step-{n}", initial=each) for n, each in enumerate(initial, start=1)]


def _save(request: UserRequest, row: ReportingPeriod, settings: PeriodSettingsForm, forms: list[StepForm]) -> bool:
    """Save both; say beside the fields what was refused. The steps are refused before anything else is saved."""
    kept = sorted((form for form in forms if form.cleaned_data["title"].strip()), key=lambda f: f.cleaned_data["place"])
    steps = [_step(form.cleaned_data) for form in kept]
    try:
        # The one step there always is needs no row.
        wanted = [] if steps == [DEFAULT] else steps
        actions.order_steps(report_year=row.report_year, steps=wanted, by=request.user, at=now())
        actions.change_period(report_year=row.report_year, **settings.cleaned_data, by=request.user, at=now())
    except actions.Invalid as exc:
        for name, messages in exc.errors.items():
            field, _, place = name.rpartition("-")
            if field:
                for message in messages:
                    kept[int(place) - 1].add_error(field, message)
            else:
                add_errors(settings, actions.Invalid({name: messages}))
        return False
    return True


def _step(values: Mapping[str, Any]) -> actions.Step:
    return actions.Step(
        title=" ".join(values["title"].split()),
        due_on=values["due_on"],
        named=tuple(values["named"]),
        **{name: Circle(values[name]) for name in CIRCLES},
    )
