"""The report as it was published against what was released; the file is read and not kept."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from assessments import policies
from assessments.core.comparison import Aligned
from assessments.core.published import Compared, Report
from assessments.forms.word import PublishedForm
from assessments.importers import published as importer
from assessments.importers.package import Unreadable
from assessments.models import ReportingPeriod
from assessments.views.page import UserRequest, guarded, page


@dataclass(frozen=True)
class Told:
    """One country: the verdict in words, and each differing sentence with what became of it."""

    country: Compared
    verdict: str
    rows: tuple[tuple[str, Aligned], ...]


@require_http_methods(["GET", "POST"])
@guarded
def published(request: UserRequest) -> HttpResponse:
    """Ask for a report, and say of each country whether it is identical, or every sentence that differs."""
    policies.check_can_use_templates(request.user)
    years = tuple(ReportingPeriod.objects.order_by("-report_year").values_list("report_year", flat=True))
    if request.method != "POST":
        return _show(request, PublishedForm(years=years))
    form = PublishedForm(request.POST, request.FILES, years=years)
    if not form.is_valid():
        return _show(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        report = importer.against_released(file.read(), form.cleaned_data["report_year"], request.user)
    except Unreadable as exc:
        form.add_error("file", str(exc))
        return _show(request, form, status=422)
    return _show(request, form, report)


def _show(request: UserRequest, form: PublishedForm, report: Report | None = None, status: int = 200) -> HttpResponse:
    left = importer.MOST_ROWS
    told = []
    for one in report.compared if report else ():
        rows = one.rows[:left]
        left -= len(rows)
        told.append(Told(one, importer.verdict(one), tuple((importer.kind(row), row) for row in rows)))
    context = {
        "form": form,
        "report": report,
        "identical": [one for one in told if one.country.is_identical],
        "differing": [one for one in told if not one.country.is_identical],
        "left_out": max(0, sum(len(one.country.rows) for one in told) - importer.MOST_ROWS),
    }
    return page(request, "assessments/published.html", context, status=status)
