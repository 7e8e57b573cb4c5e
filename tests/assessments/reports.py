"""Several countries in one period, some of them approved: what a report is built of."""

from dataclasses import replace
from uuid import UUID

from assessments import actions, jobs
from assessments.core.document import Audience
from assessments.enums import Part, Shape
from assessments.models import Job
from tests.assessments.factories import CountryFactory
from tests.assessments.office import Office


def another(office: Office, name: str, iso3: str | None = None) -> Office:
    """Open another country's assessment for the same people."""
    given = {"iso3": iso3} if iso3 else {}
    other = replace(office, country=CountryFactory(name=name, sort_name=name, **given))
    other.assessment = actions.open_assessment(
        iso3=other.country.iso3, report_year=2024, by=office.coordinator, at=office.clock()
    )
    other.assign(office.analyst, Part.ANALYST)
    other.assign(office.reviewer, Part.REVIEWER)
    return other


def approved(office: Office, value: int = 3) -> Office:
    """Record a figure, answer all, submit and approve."""
    office.statistic(value, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    office.approve()
    return office


def three(office: Office) -> list[Office]:
    """Make three countries: two approved, one in progress."""
    return [approved(office), approved(another(office, "Freedonia"), 5), another(office, "Ruritania")]


def ask(
    office: Office,
    form: str = "txt",
    audience: Audience = Audience.PUBLIC,
    shape: Shape = Shape.ONE,
    **changes: object,
) -> Job:
    """Ask for a report as the exporter."""
    given = {"report_years": [2024], "by": office.exporter, "at": office.clock()} | changes
    return actions.ask_for_report(form=form, audience=audience, shape=shape, **given)


def worked(office: Office, job: Job) -> Job:
    """Work on a job and return what became of it."""
    jobs.work_on(job.public_id, clock=office.clock)
    return again(job.public_id)


def again(job_id: UUID) -> Job:
    return Job.objects.get(public_id=job_id)
