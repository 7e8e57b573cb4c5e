"""Where the framework version changed between two years, every picture over the years says so."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from frameworks import loader
from frameworks.models import FrameworkVersion
from tests.assessments import factories
from tests.assessments.picturing import make_years, one_table, stored, table_of, url
from tests.assessments.versions import newer

COUNTRIES = 3
SAID = "From 2025 on: framework 2027.1, before it 2026.1."


@pytest.fixture
def client(db: None, settings: LazySettings) -> Client:
    """A coordinator who looks at two years under one version and a third under the next."""
    settings.DEMO = True
    stored()
    make_years(COUNTRIES, 2, last=2024)
    loader.store(newer(factories._framework_spec()), by=None, at=factories.AT)
    make_years(COUNTRIES, 1, last=2025)
    found = Client()
    found.force_login(factories.user(Role.COORDINATOR, Role.REVIEWER))
    return found


def said(client: Client, query: str = "") -> str:
    return " ".join(client.get(f"{url('trends')}?{query}").content.decode().split())


def test_a_trend_marks_the_break_on_its_page_and_in_its_table(client: Client) -> None:
    page = said(client)
    assert f"{SAID} Levels before and after compare only where the versions' lineage says so." in page.replace(
        "&#x27;", "'"
    )
    drawn = page[page.index('<svg class="picture') : page.index("</svg>")]
    assert drawn.count('class="dash"') == 1
    rows = one_table(client, url("trends"), "All countries: countries by level")
    assert [row[0] for row in rows[1:]] == ["2023", "2024", "2025 break"]
    assert [row[-1] for row in rows[1:]] == [str(COUNTRIES)] * 3


def test_a_trend_of_one_indicator_says_whether_its_levels_compare(client: Client) -> None:
    first, second = factories._framework_spec().indicators[:2]  # the newer version words the first anew
    changed, same = said(client, f"show={first.slug}"), said(client, f"show={second.slug}")
    assert f"{SAID} The indicator is reworded there: its levels may not be compared across the break." in changed
    assert f"{SAID} The indicator is the same there: its levels may be compared across the break." in same


def test_the_files_of_a_trend_mark_the_break(client: Client) -> None:
    lines = table_of(client, "trends-csv")
    assert [(row["report_year"], row["framework_versions"], row["break"]) for row in lines] == [
        ("2023", "2026.1", "false"),
        ("2024", "2026.1", "false"),
        ("2025", "2027.1", "true"),
    ]
    picture = client.get(url("trends-svg")).content.decode()
    ElementTree.fromstring(picture)
    assert SAID in picture
    assert picture.count('stroke-dasharray="4 3"') == 1


def test_no_break_where_one_version_was_used_throughout(db: None, settings: LazySettings) -> None:
    settings.DEMO = True
    stored()
    make_years(COUNTRIES, 2)
    reader = Client()
    reader.force_login(factories.user(Role.READER))
    assert "One framework version throughout (official-complicity 2026.1): no break." in said(reader)
    assert {row["break"] for row in table_of(reader, "trends-csv")} == {"false"}


def test_other_pages_name_the_break_too(client: Client) -> None:
    changes = client.get(f"{url('changes')}?year=2025").content.decode()
    assert "measured by different framework versions" in changes
    assert "measured by different" not in client.get(f"{url('changes')}?year=2024").content.decode()
    country = " ".join(client.get(url("country", "AFG")).content.decode().split())
    assert "The framework version changed in 2025." in country
    assert re.search(r"framework official-complicity 2027\.1, official-complicity 2026\.1", country)


def test_the_method_page_of_the_newer_version_names_what_changed(client: Client) -> None:
    newest = FrameworkVersion.objects.get(version="2027.1")
    page = client.get(reverse("frameworks:version-method", args=[newest.public_id])).content.decode()
    assert "Level 0 worded anew" in page
    rows = one_table(client, reverse("frameworks:version-method", args=[newest.public_id]), "Changes against")
    assert [rows[1][0], rows[1][2], rows[1][3]] == ["Indicator", "Reworded", "no"]
