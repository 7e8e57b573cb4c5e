"""Reference data: counts, codes, names, marks, and errors with row and column."""

from pathlib import Path

import pycountry
import pytest
from django.core.management import CommandError, call_command

from frameworks import reference_data
from frameworks.models import ChildSoldierListing, Country, PolicyOrPatternYear, TierRecord, TreatyStatus
from tests.frameworks.conftest import replace, store_reference

COUNTS = {Country: 189, TreatyStatus: 816, TierRecord: 3996, ChildSoldierListing: 161, PolicyOrPatternYear: 71}


@pytest.fixture
def loaded(db: None) -> None:
    """The reference data that comes with the program."""
    store_reference()


def counts() -> dict[type, int]:
    """Count the rows of each table."""
    return {model: model._base_manager.count() for model in COUNTS}


def test_counts(loaded: None) -> None:
    assert counts() == COUNTS


def test_loading_again_changes_nothing(loaded: None) -> None:
    before = list(TierRecord.objects.values_list("pk", "tier", "note"))
    call_command("load_reference", verbosity=0)
    assert counts() == COUNTS
    assert list(TierRecord.objects.values_list("pk", "tier", "note")) == before


def test_codes_are_iso_but_for_kosovo(loaded: None) -> None:
    codes = {c.alpha_3: (c.alpha_2, c.numeric) for c in pycountry.countries}
    wrong = {
        row.iso3: (row.iso2, row.iso_numeric)
        for row in Country.objects.all()
        if codes.get(row.iso3) != (row.iso2, row.iso_numeric)
    }
    assert wrong == {"XKX": ("XK", "")}
    others = set(TreatyStatus.objects.filter(country=None).values_list("iso3", flat=True))
    assert others <= codes.keys()
    assert len(others) == 15


@pytest.mark.parametrize(
    ("iso3", "in_text", "at_start", "government", "adjective"),
    [
        ("PHL", "the Philippines", "The Philippines", "the Government of the Philippines", "Philippine"),
        ("GMB", "the Gambia", "The Gambia", "the Government of the Gambia", "Gambian"),
        ("BHS", "the Bahamas", "The Bahamas", "the Government of the Bahamas", "Bahamian"),
        ("TWN", "Taiwan", "Taiwan", "the Taiwan authorities", "Taiwan"),
        ("NGA", "Nigeria", "Nigeria", "the Government of Nigeria", "Nigerian"),
    ],
)
def test_names(loaded: None, iso3: str, in_text: str, at_start: str, government: str, adjective: str) -> None:
    row = Country.objects.get(pk=iso3)
    assert (row.name_in_text, row.text_at_start, row.government_phrase, row.adjective) == (
        in_text,
        at_start,
        government,
        adjective,
    )


def test_countries_sort_by_their_name_in_text(loaded: None) -> None:
    names = list(Country.objects.values_list("sort_name", flat=True))
    assert "Gambia" in names
    assert "Philippines" in names
    assert "Turkiye" in names
    assert not any(name.startswith(("the ", "The ")) for name in names)


def test_marks(loaded: None) -> None:
    assert TierRecord.objects.get(country="PHL", report_year=2023).mark == "verified"
    assert {row.mark for row in TierRecord.objects.filter(basis="derived")} == {"derived"}
    assert {row.mark for row in TierRecord.objects.filter(basis="conflict")} == {"conflict"}
    assert PolicyOrPatternYear.objects.get(country="AFG", report_year=2022).mark == "unverified"
    assert {row.mark for row in TreatyStatus.objects.filter(status_verified="totals")} == {"derived"}
    assert Country.objects.get(pk="PHL").bureau_mark == "unverified"
    assert Country.objects.get(pk="KOR").adjective_mark == "unverified"


def test_errors_name_row_and_column(reference: Path, db: None) -> None:
    replace(reference / "tiers.csv", "USA,2011,", "USX,2011,")
    replace(reference / "csp_list.csv", "AFG,2019,yes", "AFG,2019,maybe")
    (reference / "policy_or_pattern.csv").unlink()
    with pytest.raises(CommandError) as caught:
        call_command("load_reference", reference)
    message = str(caught.value)
    assert "tiers.csv, row " in message
    assert 'column iso3: unknown country "USX"; did you mean "USA"?' in message
    assert "csp_list.csv, row 2, column verified: " in message
    assert "policy_or_pattern.csv: the file is missing" in message
    assert message.endswith("Nothing was loaded.")
    assert counts() == dict.fromkeys(COUNTS, 0)


def test_a_column_that_is_misspelled(reference: Path) -> None:
    replace(reference / "countries.csv", "adjective,", "adjectiv,")
    with pytest.raises(reference_data.InvalidReference) as caught:
        reference_data.read(reference)
    assert [str(problem) for problem in caught.value.problems] == [
        "countries.csv, row 1, column adjective: the column is missing",
        'countries.csv, row 1, column adjectiv: unknown column; did you mean "adjective"?',
    ]


def test_a_row_that_stands_twice(reference: Path) -> None:
    file = reference / "csp_list.csv"
    file.write_text(file.read_text(encoding="utf-8") + "AFG,2019,yes,again,\n", encoding="utf-8")
    with pytest.raises(reference_data.InvalidReference, match="row 163, column iso3: AFG 2019 stands in row 2 already"):
        reference_data.read(reference)


def test_a_changed_row_is_changed_and_a_missing_one_goes(loaded: None, reference: Path) -> None:
    replace(reference / "csp_list.csv", "AFG,2019,yes,state-405c-2020,\n", "")
    replace(reference / "countries.csv", "the Government of Angola", "the Republic of Angola")
    reference_data.store(reference_data.read(reference))
    assert ChildSoldierListing.objects.count() == 160
    assert Country.objects.get(pk="AGO").government_phrase == "the Republic of Angola"
