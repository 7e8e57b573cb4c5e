"""The data release: the same rows in CSV and workbook, stable names, a descriptor that fits, and no formula."""

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from assessments import actions, content, snapshots
from assessments.core.document import Audience
from assessments.exporters import csv_zip, xlsx
from assessments.exporters.archive import Archive, UnsafeName, safe_name
from assessments.exporters.cells import cell
from assessments.exporters.data import BIBLIOGRAPHY, CODEBOOK, FINDINGS, LEVELS, TABLES, UNANSWERED, rows
from assessments.exporters.defence import defence
from frameworks.spec.compiled import CompiledFramework
from tests.assessments.office import Office, take_case


@pytest.fixture
def country(office: Office) -> csv_zip.Country:
    """A working snapshot of a real case, with its framework."""
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    return snapshots.opened(made), content.framework_of(office.revision)


def test_names_of_columns_never_change() -> None:
    promised = {
        LEVELS: "country country_name report_year period_start period_end indicator indicator_code part state level "
        "scale_top direction confidence previous_level framework framework_version status demonstration snapshot",
        FINDINGS: "country country_name report_year finding finding_title concern_level concern_low concern_high "
        "accountability_level accountability_low accountability_high coverage resting_on framework framework_version "
        "status demonstration snapshot",
        BIBLIOGRAPHY: "country country_name report_year source name source_class reliability identity url",
        CODEBOOK: "framework framework_version kind indicator indicator_code title question group core direction "
        "value meaning",
    }
    for table, names in promised.items():
        assert " ".join(column.name for column in table.columns) == names


def test_every_indicator_has_its_row_with_what_was_recorded(country: csv_zip.Country) -> None:
    values, framework = country
    names = [column.name for column in LEVELS.columns]
    found = [dict(zip(names, row, strict=True)) for row in rows(LEVELS, values, framework, Audience.PUBLIC)]
    assert {row["indicator"] for row in found} == {item.slug for item in framework.indicators}
    given_answers = {(item["indicator"], item.get("part", "")): item for item in values["record"]["ratings"]}
    for row in found:
        rating = given_answers.pop((row["indicator"], row["part"]), None)
        told = (row["state"], row["level"], row["confidence"])
        if rating is None:
            assert told == (UNANSWERED, None, "")
        else:
            assert told == (rating["state"], rating.get("level"), rating.get("confidence", ""))
        assert row["direction"] in ("higher is worse", "higher is better")
    assert not given_answers  # no answer is lost


def test_csv_and_workbook_say_the_same_and_the_descriptor_fits(country: csv_zip.Country) -> None:
    for audience in (Audience.PUBLIC, Audience.INTERNAL):
        packed = csv_zip.export(*country, audience)
        assert packed == csv_zip.export(*country, audience)
        book = load_workbook(io.BytesIO(xlsx.export(*country, audience)))
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            described = json.loads(archive.read(csv_zip.DESCRIPTOR))
            for resource in described["resources"]:
                data = archive.read(resource["path"])
                assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
                assert resource["bytes"] == len(data)
                table = list(csv.reader(io.StringIO(data.decode(), newline="")))
                assert [field["name"] for field in resource["schema"]["fields"]] == table[0]
                sheet = [[_text(value) for value in row] for row in book[resource["name"]].iter_rows(values_only=True)]
                assert sheet == table
                assert len(table) > 1
        assert [item["name"] for item in described["resources"]] == [table.name for table in (*TABLES, CODEBOOK)]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


@given(st.sampled_from("=+-@\t\r\n"), st.text(max_size=20))
def test_no_text_is_run_as_a_formula(sign: str, rest: str) -> None:
    assert cell(sign + rest) == f"'{sign}{rest}"


def test_a_workbook_keeps_a_formula_as_text(country: csv_zip.Country) -> None:
    values, framework = country
    evil = values | {"country": values["country"] | {"name": "=1+1"}}
    book = load_workbook(io.BytesIO(xlsx.export(evil, framework, Audience.PUBLIC)))
    assert {(row[1].value, row[1].data_type) for row in book["levels"].iter_rows(min_row=2)} == {("=1+1", "s")}


@pytest.mark.parametrize(
    "name", ["../a.txt", "/a.txt", "a/b.txt", "a\\b.txt", "..", ".hidden", "con.txt", "", "a" * 200, "A.txt", "a\0.txt"]
)
def test_no_entry_leads_out_of_its_folder(name: str) -> None:
    with pytest.raises(UnsafeName):
        safe_name(name)


def test_no_entry_stands_twice() -> None:
    archive = Archive(io.BytesIO())
    archive.add("a.txt", b"")
    with pytest.raises(UnsafeName, match="twice"):
        archive.add("a.txt", b"")
    archive.close()


def test_the_annex_leads_from_each_sentence_to_what_it_rests_on(country: csv_zip.Country) -> None:
    values, framework = country
    for audience in Audience:
        annex = defence(values, framework, audience, {"V1": "As found."})
        assert [line.text for line in annex.lines] == [item["text"] for item in values["sentences"]]
        told = " ".join(str(block) for block in annex.blocks)
        assert ("As found." in told) == (audience is Audience.INTERNAL)
        assert audience is Audience.INTERNAL or "Ann Analyst" not in told


# --- Years side by side ------------------------------------------------------------------------------------------


@pytest.fixture
def years(country: csv_zip.Country) -> list[csv_zip.Country]:
    """The country in two years: the second under a framework with a question less and one reworded."""
    values, framework = country
    first, *_, last = framework.spec.indicators
    reworded = first.model_copy(update={"title": f"{first.title}, reworded"})
    kept = tuple(reworded if item is first else item for item in framework.spec.indicators if item is not last)
    newer = CompiledFramework(framework.spec.model_copy(update={"version": "2027.1", "indicators": kept}))
    later = {
        **values,
        "assessment": values["assessment"] | {"report_year": 2023},
        "framework": values["framework"] | {"version": "2027.1"},
        "record": values["record"]
        | {"ratings": [item for item in values["record"]["ratings"] if item["indicator"] != last.slug]},
    }
    return [country, (later, newer)]


def test_all_years_have_one_set_of_columns_whatever_their_framework(years: list[csv_zip.Country]) -> None:
    out, book = io.BytesIO(), io.BytesIO()
    csv_zip.write(iter(years), Audience.PUBLIC, out)
    xlsx.write(iter(years), Audience.PUBLIC, book)
    workbook = load_workbook(io.BytesIO(book.getvalue()))
    singles = [csv_tables(csv_zip.export(*year, Audience.PUBLIC)) for year in years]
    tables = csv_tables(out.getvalue())
    with zipfile.ZipFile(out) as archive:
        described = {one["name"]: one for one in json.loads(archive.read(csv_zip.DESCRIPTOR))["resources"]}
    assert set(tables) == {table.name for table in (*TABLES, CODEBOOK)} == set(described)
    for table in TABLES:
        found = tables[table.name]
        assert described[table.name]["rows"] == len(found) - 1
        names = [column.name for column in table.columns]
        assert found[0] == names == [field["name"] for field in described[table.name]["schema"]["fields"]]
        assert found == [[_text(cell) for cell in row] for row in workbook[table.name].iter_rows(values_only=True)]
        parts = [row for single in singles for row in single[table.name][1:]]
        assert sorted(found[1:]) == sorted(parts)
    assert {row[1] for row in tables["codebook"][1:]} == {"2026.1", "2027.1"}
    levels = [dict(zip(tables["levels"][0], row, strict=True)) for row in tables["levels"][1:]]
    for version, (_, framework) in zip(("2026.1", "2027.1"), years, strict=True):
        own = {row["indicator"] for row in levels if row["framework_version"] == version}
        assert own == {item.slug for item in framework.indicators}
    assert {row["report_year"] for row in levels} == {str(years[0][0]["assessment"]["report_year"]), "2023"}
    assert len(tables["findings"]) == 1 + 2


def csv_tables(data: bytes) -> dict[str, list[list[str]]]:
    """Return the tables of a data release by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        described = json.loads(archive.read(csv_zip.DESCRIPTOR))["resources"]
        return {
            one["name"]: list(csv.reader(io.StringIO(archive.read(one["path"]).decode(), newline="")))
            for one in described
        }
