"""Each pattern of the style is there, with its conditions and prohibitions, and makes its sentence."""

from pathlib import Path
from typing import Any

import pytest

from assessments.core.values import Section, Stage
from tests.core.factories import wording
from tests.core.patterns import PATTERNS, Example, drafted, examples, table

STYLE = tuple(f"NP-{number:02}" for number in range(1, 56))
"""The patterns of narrative-style.md."""
INTERNAL = "NP-40"
EXAMPLES = list(examples())
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row["id"])
def test_an_invented_record_makes_the_sentence(row: dict[str, Any]) -> None:
    draft = drafted(row["record"])
    assert row["says"] in [item.text for item in (*draft.sentences, *draft.recommendations)]


@pytest.mark.parametrize("pattern", STYLE)
def test_each_pattern_of_the_style_has_conditions_and_a_sentence(pattern: str) -> None:
    spec = wording().pattern(pattern).spec
    assert spec.use_when
    assert spec.never or pattern == "NP-39"
    assert spec.section == "recommendations" or spec.section in {section.value for section in Section}
    shown = [example.text for example in EXAMPLES if example.pattern.id == pattern]
    assert all(shown) or pattern == INTERNAL


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.pattern.id}-{each.form}")
def test_no_form_is_there_that_no_record_can_make(example: Example) -> None:
    assert bool(example.text) is (example.pattern.id != INTERNAL)


def test_the_presumption_is_a_working_note_and_never_a_sentence() -> None:
    request = {"id": "r", "asked_on": "2023-05", "stages": ["trial"], "presumption_proposed": True, "evidence": ["gov"]}
    approved = request | {"presumption_approved_by": ["two", "three"]}
    for row in (request, approved):
        draft = drafted({"requests": [row]})
        told = " ".join(item.text for item in (*draft.sentences, *draft.recommendations)).casefold()
        assert draft.sentences
        assert INTERNAL not in {item.pattern for item in draft.sentences}
        assert "presum" not in told
        assert [gap.text for gap in draft.gaps] == [
            (
                "Working note: after the request of May 2023, no data came; the presumption of sec. 108(b)(7) concerns "
                "prosecutions"
            )
        ]
    assert [pattern.id for pattern in wording().patterns if pattern.spec.internal] == [INTERNAL]


def test_a_pattern_words_its_report_years_only() -> None:
    rows = next(row for row in PATTERNS if row["id"] == "NP-06")["record"]
    told = {item.pattern for item in drafted(rows).sentences}
    early = drafted(rows | {"report_year": 2018})
    assert "NP-06" in told
    assert "NP-06" not in {item.pattern for item in early.sentences}
    assert [gap.text for gap in early.gaps] == ["NP-06 does not word report year 2018"]


def test_a_hedge_stands_wherever_a_stage_asks_for_one() -> None:
    hedges = {hedge.stage: hedge for hedge in wording().spec.hedges}
    assert set(hedges) == {stage.value for stage in Stage}
    judged = {"conviction", "sentence"}
    outcome = {"acquittal", "court-dismissal", "shelving", "reversal"}
    for stage, hedge in hedges.items():
        said = f"{hedge.act} {hedge.link} {hedge.officials}"
        if stage in judged:
            assert "alleg" not in said
        else:
            assert ("accused" if stage in outcome else "alleg") in said
            assert hedge.forbidden


def test_the_table_of_patterns_is_current() -> None:
    published = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
    assert published == table(), "run: python3 manage.py patterns_table > docs/patterns.md"
