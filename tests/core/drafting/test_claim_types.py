"""Each claim type of claim-types.md by an example: what is recorded, and the sentences it makes, word for word."""

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assessments.core import interchange
from assessments.core.drafting import draft
from assessments.core.findings import derive
from assessments.core.types import Case
from tests.core.factories import COUNTRY, framework, wording

EXAMPLES = YAML(typ="safe").load(Path(__file__).parents[2] / "data" / "claim_types.yaml")
TYPES, HARD, FIELDS = EXAMPLES["types"], EXAMPLES["hard"], EXAMPLES["fields"]
CLASSES = {"gov": "SC-C", "ngo": "SC-D", "un": "SC-G", "media": "SC-F"}
COMMON = {
    "format": "indicia-assessment",
    "format_version": 1,
    "country": COUNTRY.iso3,
    "report_year": 2024,
    "framework": {"code": "official-complicity", "version": "2026.1"},
    "sources": [{"id": ref, "title": ref, "source_class": letter} for ref, letter in CLASSES.items()],
    "evidence": [{"id": ref, "source": ref, "credibility": "2"} for ref in CLASSES],
}
WANTED = ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9"]
WANTED += ["S1", "Q1", "Q2", "Q3", "Q4", "P1", "P2", "P3", "X1", "X2", "X3", "X4"]


@pytest.mark.parametrize("row", [*TYPES, *HARD, *FIELDS], ids=lambda row: row["claim"])
def test_a_claim_type_makes_its_sentences(row: dict[str, Any]) -> None:
    record = interchange.read(json.dumps(COMMON | row["record"]).encode())
    case = Case(record=record, country=COUNTRY, framework=framework(), wording=wording())
    assert [item.text for item in draft(case, derive(case)).sentences] == row["says"]


def test_every_claim_type_has_an_example() -> None:
    assert list(dict.fromkeys(row["claim"].split(" ")[0] for row in TYPES)) == WANTED
    assert len(HARD) == 16
