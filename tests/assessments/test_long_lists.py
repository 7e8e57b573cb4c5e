"""Lists of 19, 190 and 1,900 assessments: the same number of queries, and every row that the page counts."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.core.grammar import number
from assessments.enums import Part
from assessments.models import Assessment, Assignment, ReportingPeriod, Result, Revision
from frameworks.models import Country
from tests.assessments.factories import AT, CountryFactory
from tests.assessments.office import Office

PERIODS = tuple(range(2015, 2025))
NUMBERS = {number(value): value for value in range(1000)}


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


def in_years(page: str) -> dict[str, int]:
    """Return how many assessments the page says each report year has."""
    found = re.findall(r'<a href="\?year=(\d{4})"[^>]*>.*?([\w,]+) assessments?</span>', page)
    return {year: NUMBERS[number] for year, number in found}


@pytest.mark.parametrize(("who", "url"), [("coordinator", "/assessments/"), ("coordinator", "/"), ("analyst", "/")])
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
        page = answer.content.decode()
        if who == "analyst":  # what waits for one person is shown whole
            assert page.count("Land ") >= count - 20
        else:  # the office's list is one year's, and says how many every year has
            assert sum(in_years(page).values()) == Assessment.objects.count() >= count
        counts.append(len(taken))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 12


def test_the_list_shows_the_year_asked_for_and_all_it_counts(office: Office) -> None:
    fill(office, 190)
    client = Client()
    client.force_login(office.coordinator)
    years = in_years(client.get("/assessments/").content.decode())
    assert set(map(str, PERIODS)) <= set(years)
    newest = max(years)
    for url, year in (("/assessments/", newest), ("/assessments/?year=2017", "2017"), ("/?year=2017", "2017")):
        page = client.get(url).content.decode()
        rows = re.findall(
            r'<td><a href="/assessments/[0-9a-f-]{36}/">[^<]+</a> <span class="quiet">(\d{4})</span>', page
        )
        assert rows == [year] * years[year]
        assert f"{years[year]} assessments are open for report year {year} (" in page
    for nonsense in ("1999", "²", "all", "9" * 400):
        page = client.get("/assessments/", {"year": nonsense}).content.decode()
        assert f"{years[newest]} assessments are open for report year {newest} (" in page


def test_what_people_typed_is_escaped_in_the_rows(office: Office) -> None:
    Country.objects.filter(pk=office.revision.assessment.country_id).update(name="<b>{url}</b> & Co")
    office.analyst.name = "Ann <script>"
    office.analyst.save(update_fields=["name"])
    client = Client()
    client.force_login(office.coordinator)
    for url in ("/assessments/", "/"):
        page = client.get(url).content.decode()
        assert "&lt;b&gt;{url}&lt;/b&gt; &amp; Co</a>" in page
        assert "Ann &lt;script&gt;" in page
