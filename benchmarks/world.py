"""What the benchmark measures on: the demo's data, and an assessment for every country of its latest period."""

from datetime import UTC, datetime

from django.core.management import call_command

from accounts.models import Role, User
from assessments import actions
from assessments.models import Assessment, ReportingPeriod
from frameworks.models import Country

ASSESSMENTS = 190  # about as many as a Report has narratives
AT = datetime(2026, 1, 5, 12, tzinfo=UTC)


def make() -> None:
    """Migrate, load what the demo loads, and open assessments until there are enough for a full list."""
    call_command("demo", no_serve=True, verbosity=0)
    coordinator = User.objects.get(role_grants__role=Role.COORDINATOR)
    period = ReportingPeriod.objects.latest("report_year")
    missing = ASSESSMENTS - Assessment.objects.count()
    countries = Country.objects.exclude(assessments__period=period).order_by("iso3")[: max(0, missing)]
    for country in countries:
        actions.open_assessment(iso3=country.iso3, report_year=period.report_year, by=coordinator, at=AT)


def fullest() -> Assessment:
    """Return the assessment with the longest draft, still open to its analyst."""
    found = Assessment.objects.filter(assignments__part="analyst", revisions__state="in-progress")
    return max(found.distinct(), key=lambda one: one.revisions.get(is_open=True).sentences.count())
