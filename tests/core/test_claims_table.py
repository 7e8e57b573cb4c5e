"""The published table and the example drafts are those the program makes now."""

from pathlib import Path

import pytest

from assessments.management.commands.draft_examples import example
from tests.core.claims_table import POSITIONS, rank_of, table

ROOT = Path(__file__).parents[2]
DEMO = sorted((ROOT / "fixtures" / "demo").glob("*.json"))


def test_the_table_of_claims_is_current() -> None:
    published = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    assert published == table(), "run: python3 manage.py claims_table > docs/claims.md"


@pytest.mark.parametrize("file", DEMO, ids=lambda file: file.stem)
def test_the_example_drafts_are_current(file: Path) -> None:
    published = (ROOT / "docs" / "examples" / f"{file.stem}.md").read_text(encoding="utf-8")
    assert published == example(file.read_bytes()), "run: python3 manage.py draft_examples"


@pytest.mark.parametrize("name", POSITIONS)
def test_a_complicity_item_stands_where_such_cases_have_it_or_the_table_says_why(name: str) -> None:
    row = POSITIONS[name]
    place = rank_of(name, row["ours"])
    assert place
    assert place <= 3
    assert [place] == row["published"] or row.get("why")


@pytest.mark.parametrize("name", ["2021-drc", "2022-eritrea", "2022-turkmenistan"])
def test_the_practice_ends_first_and_prosecution_comes_second(name: str) -> None:
    assert rank_of(name, ["P1", "P2", "P3", "P4"]) == 1
    assert rank_of(name, ["R1"]) == 2


def test_there_is_an_example_for_each_demo_file_and_no_other() -> None:
    examples = {path.stem for path in (ROOT / "docs" / "examples").glob("*.md")} - {"README"}
    assert examples == {path.stem for path in DEMO}
