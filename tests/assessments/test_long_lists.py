"""Lists of 19, 190 and 1,900 assessments: the same number of queries, and every row on the page."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.enums import Part
from assessments.models import Assessment, Assignment, ReportingPeriod, Result, Revision
from frameworks.models import Country
from tests.assessments.factories import AT, CountryFactory
from tests.assessments.office import Office

PERIODS = tuple(range(2015, 2025))


def fill(office: Office, count: int) -> None:
    """Open assessments until there are so many, ten years of as many countries as it takes."""
    missing = count - Assessment.objects.count()
    known = {period.report_year: period for period in ReportingPeriod.objects.all()}
    new = [year for year in PERIODS if year not in known]
    ReportingPeriod.objects.bulk_create(
        ReportingPeriod(report_year=year, opened_on=dt.date(year - 1, 10, 1), due_on=dt.date(year, 6, 1))
        for year in new
    )
    periods = list(ReportingPeriod.objects.filter(report_year__in=PERIODS))
    first = Country.objects.count()
    codes = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(first, first + -(-missing // len(periods)))]
    countries = Country.objects.bulk_create(
        CountryFactory.build(iso3=f"Q{code}", iso2=code.lower(), name=f"Land {code}") for code in codes
    )
    pairs = [(country, period) for country in countries for period in periods][:missing]
    made = Assessment.objects.bulk_create(
        Assessment(country=country, period=period, opened_at=AT) for country, period in pairs
    )
    pinned = office.revision
    revisions = Revision.objects.bulk_create(
        Revision(assessment=one, number=1, framework=pinned.framework, wording=pinned.wording, opened_at=AT)
        for one in made
    )
    Result.objects.bulk_create(
        Result(revision=one, input_digest="0" * 64, category="not-determined", core_expected=25, derived_at=AT)
        for one in revisions
    )
    Assignment.objects.bulk_create(
        Assignment(assessment=one, user=person, part=part.value, assigned_at=AT)
        for one in made
        for person, part in ((office.analyst, Part.ANALYST), (office.reviewer, Part.REVIEWER))
    )


@pytest.mark.parametrize(("who", "url"), [("coordinator", "/assessments/"), ("analyst", "/")])
def test_a_list_takes_as_many_queries_for_1900_as_for_19(office: Office, who: str, url: str) -> None:
    client = Client()
    client.force_login(getattr(office, who))
    counts = []
    for count in (19, 190, 1900):
        fill(office, count)
        client.get(url)
        with CaptureQueriesContext(connection) as taken:
            answer = client.get(url)
        assert answer.status_code == 200
        assert answer.content.decode().count("Land ") >= count - 20
        counts.append(len(taken))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 12
