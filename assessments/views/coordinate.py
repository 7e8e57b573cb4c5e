"""The coordinator's desk: open a period, open an assessment, assign people."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Role, User
from assessments import actions, policies
from assessments.enums import Part
from assessments.forms.coordinate import AssessmentForm, AssignForm, PeriodForm
from assessments.models import Assessment, ReportingPeriod
from assessments.views.bench import now
from assessments.views.evidence import add_errors
from assessments.views.page import UserRequest, guarded, page, say, warn
from frameworks.models import Country


@require_http_methods(["GET", "POST"])
@guarded
def open_period(request: UserRequest) -> HttpResponse:
    """Open a report year with its dates."""
    policies.check_can_coordinate(request.user)
    form = PeriodForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            period = actions.open_period(**form.cleaned_data, by=request.user, at=now())
        except actions.Invalid as exc:
            add_errors(form, exc)
        else:
            say(request, f"Reporting period {period.title} is open.")
            return redirect("assessments:open-assessment")
    return _form_page(request, "Open a reporting period", "Open the period", form)


@require_http_methods(["GET", "POST"])
@guarded
def open_assessment(request: UserRequest) -> HttpResponse:
    """Open the one assessment of a country in a period; a second one is refused at the field."""
    policies.check_can_coordinate(request.user)
    form = AssessmentForm(
        request.POST if request.method == "POST" else None,
        countries=list(Country.objects.values_list("iso3", "name")),
        periods=[(period.report_year, period.title) for period in ReportingPeriod.objects.all()],
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.open_assessment(
                iso3=data["iso3"], report_year=int(data["report_year"]), by=request.user, at=now()
            )
        except actions.Invalid as exc:
            for name, errors in exc.errors.items():
                for error in errors:
                    form.add_error(name if name in form.fields else "iso3", error)
        else:
            say(request, f"{made} is open. Assign its people.")
            return redirect("assessments:people", made.public_id)
    return _form_page(request, "Open an assessment", "Open the assessment", form)


def _form_page(request: UserRequest, title: str, button: str, form: Any) -> HttpResponse:
    context = {"title": title, "button": button, "form": form}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return page(request, "assessments/form_page.html", context, status=status)


def _assessment(request: UserRequest, assessment_id: UUID) -> Assessment:
    policies.check_can_coordinate(request.user)
    found = (
        policies.visible_assessments(request.user)
        .select_related("country", "period")
        .filter(public_id=assessment_id)
        .first()
    )
    if found is None:
        raise Http404("There is no such assessment.")
    return found


def _assign_form(data: Any = None) -> AssignForm:
    people = (
        User.objects.filter(is_active=True, role_grants__role__in=[Role.ANALYST, Role.REVIEWER])
        .distinct()
        .prefetch_related("role_grants")
        .order_by("name")
    )
    return AssignForm(
        data,
        people=[(str(person.public_id), f"{person.name} ({', '.join(sorted(person.roles))})") for person in people],
    )


@require_http_methods(["GET", "POST"])
@guarded
def people(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show who works on an assessment, and give a person a part in it."""
    assessment = _assessment(request, assessment_id)
    form = _assign_form(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                actions.assign(
                    assessment_id=assessment_id,
                    user_id=UUID(data["person"]),
                    part=Part(data["part"]),
                    by=request.user,
                    at=now(),
                )
            except policies.NotAllowed as exc:
                form.add_error("person", str(exc))
            else:
                say(request, "Assigned.")
                return redirect("assessments:people", assessment_id)
    running = assessment.assignments.filter(ended_at__isnull=True).select_related("user").order_by("part", "user__name")
    context: dict[str, Any] = {
        "assessment": assessment,
        "assignments": [(row, Part(row.part)) for row in running],
        "form": form,
        "revision": assessment.revisions.filter(is_open=True)
        .select_related("assessment__country", "assessment__period", "framework")
        .first(),
    }
    return page(request, "assessments/people.html", context, revision=context["revision"], status=status)


@require_POST
@guarded
def end_assignment(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Take a part back from a person; what they did stays on record."""
    _assessment(request, assessment_id)
    form = _assign_form(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.end_assignment(
                assessment_id=assessment_id,
                user_id=UUID(data["person"]),
                part=Part(data["part"]),
                by=request.user,
                at=now(),
            )
        except actions.NotFound as exc:
            warn(request, str(exc))
        else:
            say(request, "The assignment ended.")
    return redirect("assessments:people", assessment_id)
