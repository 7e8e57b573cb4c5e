"""Pictures: the numbers of the data release, the rights of texts, the same queries for many as for few."""

import csv
import importlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from assessments import actions, content, events, snapshots
from assessments.core.document import Audience
from assessments.exporters.data import FINDINGS, LEVELS, rows
from assessments.models import Figures, Result, Snapshot
from frameworks import reference_data
from frameworks.models import Country
from tests.assessments import factories
from tests.assessments.office import Office, take_case
from tests.frameworks.conftest import REFERENCE
from tests.image import remembered

PAGES = ("heat", "side", "levels", "changes", "consistency", "map", "trends", "validity")
FILES = ("heat-csv", "heat-svg", "side-csv", "levels-csv", "levels-svg", "changes-csv", "consistency-csv")
FILES += ("map-csv", "map-svg", "trends-csv", "trends-svg", "validity-csv")


def make_years(countries: int, years: int, **more: Any) -> str:
    out = io.StringIO()
    call_command("make_demo_years", countries=countries, years=years, stdout=out, **more)
    return out.getvalue()


@remembered()
def stored() -> None:
    """Store what the program comes with."""
    factories.framework()
    factories.wording()
    reference_data.store(reference_data.read(REFERENCE))


@remembered()
def three_years() -> None:
    """Make three years of six countries."""
    stored()
    make_years(6, 3)


@pytest.fixture
def reference(db: None, settings: LazySettings) -> None:
    """Framework, wording and reference data, in a demonstration."""
    settings.DEMO = True
    stored()


@pytest.fixture
def years(db: None, settings: LazySettings) -> None:
    """Three years of six countries, in a demonstration."""
    settings.DEMO = True
    three_years()


@pytest.fixture
def client() -> Client:
    """Somebody who sees everything: a coordinator."""
    found = Client()
    found.force_login(factories.user(Role.COORDINATOR, Role.REVIEWER, Role.FRAMEWORK_EDITOR))
    return found


def publish(office: Office) -> None:
    """Release the office's text."""
    office.answer_all()
    office.submit()
    office.approve()
    office.release()


def url(name: str, *args: object) -> str:
    return reverse(f"assessments:picture-{name}", args=args)


def table_of(client: Client, name: str, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{url(name)}?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def released() -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield the rows of the data release of every released text: of findings and of levels."""
    for snapshot in Snapshot.objects.filter(released_at__isnull=False, superseded_by=None).select_related("revision"):
        values, framework = snapshots.opened(snapshot), content.framework_of(snapshot.revision)
        finding, levels = (
            [
                dict(zip((column.name for column in table.columns), row, strict=True))
                for row in rows(table, values, framework, Audience.PUBLIC)
            ]
            for table in (FINDINGS, LEVELS)
        )
        yield finding[0], levels


class Cells(HTMLParser):
    """The rows of the heat map, as a browser reads them: ends of cells are left out there."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.in_table = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_table = self.in_table or (tag == "table" and dict(attrs).get("class") == "heat")
        if self.in_table and tag == "tr":
            self.rows.append([])
        elif self.in_table and tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.in_table and self.rows:
            self.rows[-1][-1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self.in_table = self.in_table and tag != "table"


def heat_of(client: Client, query: str = "") -> dict[str, dict[str, str]]:
    parser = Cells()
    parser.feed(client.get(f"{url('heat')}?{query}").content.decode())
    head, *body = parser.rows
    return {row[0]: dict(zip((cell.rstrip("▲▼") for cell in head), row, strict=True)) for row in body}


# --- Generated years ---------------------------------------------------------------------------------------------


def test_generated_years_are_the_same_for_a_seed_marked_and_made_once(reference: None) -> None:
    assert make_years(3, 2).startswith("6 country-years")
    first = list(
        Figures.objects.order_by("country_id", "report_year", "pk").values_list("country", "report_year", "levels")
    )
    assert make_years(3, 2).startswith("0 country-years")
    assert all(row.assessment.is_demonstration and row.is_demonstration for row in Figures.objects.all())
    assert set(Figures.objects.values_list("revision__note", flat=True)) == {
        "Generated by make_demo_years to measure the program at size. No assessment by anybody."
    }
    make_years(4, 2, seed=7)
    again = list(
        Figures.objects.filter(country__in=[row[0] for row in first]).order_by("country_id", "report_year", "pk")
    )
    assert [(row.country_id, row.report_year, row.levels) for row in again] == first
    assert len({row[2] for row in first}) == 6  # no two alike; working and frozen figures are


def test_generated_texts_verify_and_the_log_holds(years: None) -> None:
    assert list(events.verify_all()) == []
    for snapshot in Snapshot.objects.select_related("revision__framework", "revision__wording"):
        values = snapshots.opened(snapshot)
        assert snapshot.open_digest == content.digest(snapshot.open_part.encode())
        assert values["assessment"]["demonstration"] is True
        assert len(values["record"]["ratings"]) == 49  # 44 indicators, one of them in six parts


def test_generated_years_are_refused_outside_a_demo(reference: None, settings: LazySettings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="demonstrations"):
        make_years(1, 1)
    assert not Figures.objects.exists()


# --- The same numbers as the data release ------------------------------------------------------------------------


def test_the_heat_map_has_the_numbers_of_the_data_release(years: None, client: Client) -> None:
    signs = {"insufficient-information": "?", "not-assessed": "n", "no-request-made": "q", "no-known-cases": "k",
             "not-applicable": "–", "unanswered": "·"}  # fmt: skip
    for year in (2023, 2024, 2025):
        shown = heat_of(client, f"year={year}")
        known = [(finding, levels) for finding, levels in released() if finding["report_year"] == year]
        assert set(shown) == {finding["country_name"] for finding, _ in known}
        for finding, levels in known:
            row = shown[finding["country_name"]]
            assert row["CL"] == ("·" if finding["concern_level"] is None else str(finding["concern_level"]))
            assert row["AL"] == (
                "·" if finding["accountability_level"] is None else str(finding["accountability_level"])
            )
            for item in levels:
                if not item["part"]:
                    told = signs[item["state"]] if item["level"] is None else str(item["level"])
                    assert row[item["indicator_code"]] == told
            parts = [item["level"] for item in levels if item["part"] and item["level"] is not None]
            if parts:
                assert row["I12"] == str(max(parts))


def test_files_of_the_heat_map_have_them_too(years: None, client: Client) -> None:
    found = {(row["country"], row["indicator"]): row for row in table_of(client, "heat-csv", "year=2025")}
    for finding, levels in released():
        for item in levels:
            if finding["report_year"] == 2025 and not item["part"]:
                row = found[item["country"], item["indicator"]]
                assert (row["state"], row["level"]) == (
                    item["state"],
                    "" if item["level"] is None else str(item["level"]),
                )
                assert row["confidence"] == item["confidence"]
    drawn = ElementTree.fromstring(client.get(f"{url('heat-svg')}?year=2025").content)
    cells = sum(e.get("d", "").count("z") for e in drawn.iter() if e.tag.endswith("path"))
    assert cells == 6 * (44 + 2)


def test_map_trend_distribution_and_country_have_them(years: None, client: Client) -> None:
    known = {(f["country"], f["report_year"]): (f, levels) for f, levels in released()}
    page = client.get(f"{url('map')}?year=2025").content.decode()
    for (iso3, year), (finding, _) in known.items():
        if year == 2025:
            told = "no level" if finding["concern_level"] is None else finding["concern_level"]
            assert f'aria-label="{finding["country_name"]}: {told}"' in page
            assert f'href="{url("country", iso3)}"' in page
    for measure in ("concern", "accountability"):
        for row in table_of(client, "trends-csv", f"show={measure}"):
            counts = Counter(
                f[f"{measure}_level"] for f, _ in known.values() if str(f["report_year"]) == row["report_year"]
            )
            assert [int(row[f"level_{n}"]) for n in range(6)] == [counts[n] for n in range(6)]
            assert int(row["countries"]) == sum(counts.values())
    for row in table_of(client, "levels-csv", "year=2024"):
        levels = Counter(
            item["level"]
            for (_, year), (_, items) in known.items()
            for item in items
            if year == 2024 and item["indicator"] == row["indicator"] and not item["part"]
        )
        if row["indicator_code"] != "I12":
            assert [int(row[f"level_{n}"]) for n in range(6)] == [levels[n] for n in range(6)]
    iso3 = Country.objects.order_by("iso3")[0].iso3
    answer = client.get(url("country-standing", iso3)).content.decode()
    for (country, year), (finding, _) in known.items():
        if country == iso3 and finding["concern_level"] is not None:
            level = finding["accountability_level"]
            words = "no accountability level" if level is None else f"accountability {level}"
            assert f"<title>{year}: concern {finding['concern_level']}, {words}</title>" in answer


def test_a_trend_of_one_question_counts_what_the_release_says(years: None, client: Client) -> None:
    known = list(released())
    for row in table_of(client, "trends-csv", "show=officials-prosecuted&by=bureau"):
        bureau = dict(Country.objects.values_list("iso3", "bureau"))
        from frameworks.views.words import BUREAUS

        counts = Counter(
            item["level"]
            for finding, items in known
            for item in items
            if item["indicator"] == "officials-prosecuted"
            and str(finding["report_year"]) == row["report_year"]
            and BUREAUS[bureau[finding["country"]]] == row["split"]
        )
        assert [int(row[f"level_{n}"]) for n in range(6)] == [counts[n] for n in range(6)]


# --- Rights ------------------------------------------------------------------------------------------------------


def test_readers_see_released_values_only(office: Office) -> None:
    iso3 = office.assessment.country_id
    reader = Client()
    reader.force_login(office.reader)
    assert table_of(reader, "heat-csv") == []
    office.answer_all()
    office.submit()
    office.approve()
    assert table_of(reader, "heat-csv") == []  # approved is not released
    assert Figures.objects.filter(snapshot__isnull=False, is_released=False).count() == 1
    office.release()
    assert {row["country"] for row in table_of(reader, "heat-csv")} == {iso3}
    assert reader.get(f"{url('heat')}?values=working").status_code == 403
    assert reader.get(f"{url('map')}?show=progress").status_code == 403


def test_a_correction_takes_the_place_of_what_it_corrects(office: Office) -> None:
    publish(office)
    actions.correct(revision_id=office.revision_id, reason="A slip.", by=office.analyst, at=office.clock())
    assert Figures.objects.get(is_released=True).revision.number == 1
    office.rate("officials-prosecuted", None, version=1, reason="Another reason.")
    office.submit()
    office.approve()
    office.release()
    (shown,) = Figures.objects.filter(is_released=True)
    assert shown.revision.number == 2
    assert Figures.objects.filter(snapshot__isnull=False).count() == 2


def test_working_values_are_those_of_ones_own_countries(office: Office) -> None:
    for person, seen in ((office.analyst, True), (office.other_analyst, False), (office.coordinator, True)):
        client = Client()
        client.force_login(person)
        found = table_of(client, "heat-csv", "values=working")
        assert any(row["country"] == office.assessment.country_id for row in found) is seen


def test_a_second_coder_sees_no_level_of_what_they_code(office: Office) -> None:
    from assessments.enums import Part

    publish(office)
    coder = Client()
    coder.force_login(office.other_analyst)
    assert table_of(coder, "heat-csv")
    office.turn_on(blind_coding=True)
    office.assign(office.other_analyst, Part.SECOND_CODER)
    assert table_of(coder, "heat-csv") == []
    assert all(row[f"level_{n}"] == "0" for row in table_of(coder, "levels-csv") for n in range(6))
    assert table_of(coder, "trends-csv") == []


def test_maps_can_be_kept_from_the_public(years: None, settings: LazySettings) -> None:
    settings.PUBLIC_MAPS = False
    reader, staff = Client(), Client()
    reader.force_login(factories.user(Role.READER))
    staff.force_login(factories.user(Role.ANALYST))
    for name in ("map", "map-svg", "map-csv"):
        assert reader.get(url(name)).status_code == 403
        assert staff.get(url(name)).status_code == 200
    assert url("map") not in reader.get(url("heat")).content.decode()


# --- Form --------------------------------------------------------------------------------------------------------


def queries(client: Client, address: str) -> int:
    """Return how many queries a page takes once what a process keeps is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_picture_takes_as_many_queries_for_many_as_for_few(reference: None, client: Client) -> None:
    addresses = {name: url(name) + ("?c=ABW&c=AFG" if name == "side" else "") for name in PAGES}
    make_years(2, 2)
    few = {name: queries(client, address) for name, address in addresses.items()}
    make_years(9, 2)
    assert {name: queries(client, address) for name, address in addresses.items()} == few
    assert max(few.values()) <= 11


def test_a_country_takes_as_many_queries_for_many_years_as_for_one(reference: None, client: Client) -> None:
    make_years(2, 2)
    few = queries(client, url("country", "AFG"))
    make_years(2, 6)
    assert queries(client, url("country", "AFG")) == few <= 14


@pytest.mark.parametrize("name", [*PAGES, *FILES])
def test_nothing_is_styled_in_place_or_comes_from_elsewhere(years: None, client: Client, name: str) -> None:
    answer = client.get(url(name) + "?c=ABW&c=AFG")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert not re.search(r"<[^>]*\sstyle=", text)
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) <= {"http://www.w3.org/2000/svg"}
    if "csv" in name or "svg" in name:
        assert answer["Content-Disposition"].startswith("attachment")


def test_every_map_prints_the_notice_on_boundaries(years: None, client: Client) -> None:
    for name in ("map", "map-svg", "map-csv"):
        assert "Boundaries are not necessarily authoritative" in client.get(url(name)).content.decode()


def test_sorting_puts_the_highest_first_and_those_without_a_level_last(years: None, client: Client) -> None:
    found = [row["CL"] for row in heat_of(client, "year=2025&sort=concern&down=1").values()]
    told = [int(level) for level in found if level.isdigit()]
    assert told == sorted(told, reverse=True)
    assert found[len(told) :] == ["·"] * (len(found) - len(told))


def test_filters_keep_what_they_name(years: None, client: Client) -> None:
    every = heat_of(client, "year=2025")
    names = set(Country.objects.filter(bureau="AF").values_list("name", flat=True))
    assert set(heat_of(client, "year=2025&bureau=AF")) == set(every) & names
    assert len(next(iter(heat_of(client, "year=2025&group=accountability").values()))) == 4 + 9
    assert heat_of(client, "year=2025&bureau=ZZ&sort=nothing&year=<b>").keys() == every.keys()


def test_the_memory_of_a_recommendation_counts_its_years(years: None, client: Client) -> None:
    iso3 = Country.objects.order_by("iso3")[0].iso3
    made = {
        row.report_year: {code for item in row.recommendations for code in (item["code"], *item["merged"])}
        for row in Figures.objects.filter(country=iso3, is_released=True)
    }
    page = client.get(url("country", iso3))
    shown = {item.code: (item.first, item.times) for item in page.context["memory"]}
    for code, (first, times) in shown.items():
        with_it = [year for year in made if code in made[year]]
        assert first == min(with_it)
        assert all(code in made[2025 - n] for n in range(times))
        assert 2025 - times not in made or code not in made[2025 - times]


def test_validity_counts_every_country_year_once(years: None, client: Client) -> None:
    page = client.get(url("validity"))
    assert "Never used for rating" in page.content.decode()
    assert page.context["compared"] == 18
    assert sum(map(sum, page.context["crosses"][0][2])) <= page.context["with_tier"] <= 18


def test_figures_of_older_installations_are_filled_in(office: Office) -> None:
    publish(office)
    take_case(office, "2021-philippines")
    order = ("revision", "snapshot")
    before = list(Figures.objects.order_by(*order).values())
    Figures.objects.all().delete()
    importlib.import_module("assessments.migrations.0011_figures_of_texts").fill(apps, None)
    after = list(Figures.objects.order_by(*order).values())
    unnumbered = [[{k: v for k, v in row.items() if k != "id"} for row in found] for found in (before, after)]
    assert unnumbered[0] == unnumbered[1]
    assert Result.objects.count() == Figures.objects.filter(snapshot=None).count()


def test_somebody_without_a_role_sees_no_picture(years: None) -> None:
    nobody = Client()
    nobody.force_login(User.objects.create_user("nobody@example.org", name="No Role"))
    for name in (*PAGES, *FILES):
        assert nobody.get(url(name)).status_code == 403
