"""What the benchmark measures on: the demo's data, and as many assessments beside it as are asked for."""

from datetime import UTC, date, datetime

from django.core.management import call_command

from accounts.models import Role, User
from assessments import actions
from assessments.models import Assessment, ReportingPeriod
from frameworks.models import Country

ASSESSMENTS = 190  # about as many as a Report has narratives
AT = datetime(2026, 1, 5, 12, tzinfo=UTC)


def make(assessments: int = ASSESSMENTS) -> None:
    """Migrate, load what the demo loads, and open assessments until there are so many."""
    call_command("demo", no_serve=True, verbosity=0)
    grow(assessments)


def grow(assessments: int) -> None:
    """Open assessments for the countries that have none, the latest period first, then in periods after it."""
    coordinator = User.objects.get(role_grants__role=Role.COORDINATOR)
    period = ReportingPeriod.objects.latest("report_year")
    missing = assessments - Assessment.objects.count()
    while missing > 0:
        free = Country.objects.exclude(assessments__period=period).order_by("iso3")
        for country in free[:missing]:
            actions.open_assessment(iso3=country.iso3, report_year=period.report_year, by=coordinator, at=AT)
            missing -= 1
        if missing > 0:
            period = _next_period(period, coordinator)


def _next_period(period: ReportingPeriod, coordinator: User) -> ReportingPeriod:
    year = period.report_year + 1
    opened_on, due_on = date(year - 1, 10, 1), date(year, 6, 1)
    actions.open_period(report_year=year, opened_on=opened_on, due_on=due_on, by=coordinator, at=AT)
    return ReportingPeriod.objects.get(report_year=year)


def fullest() -> Assessment:
    """Return the assessment with the longest draft, still open to its analyst."""
    found = Assessment.objects.filter(assignments__part="analyst", revisions__state="in-progress")
    return max(found.distinct(), key=lambda one: one.revisions.get(is_open=True).sentences.count())
