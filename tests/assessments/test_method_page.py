"""The handbook of the method: its tables and examples are those of the rules, and its prose gives their numbers."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessments.management import method_text
from tests.core.factories import framework

PROSE = (
    ("sets it to {}, whatever else is rated", ("concern-gate-level",)),
    ("until then a level 4 or 5 of the state's own conduct counts as {}", ("concern-unapproved-determination-limit",)),
    (
        "counts {} less, but at least {}. A level 5 outside the state's own conduct counts as {}",
        ("concern-low-confidence-discount", "concern-low-confidence-floor", "concern-unattributed-limit"),
    ),
    ("by one person and approved by {} others", ("determination-approvers",)),
    ("need {} endorsement by another person, levels 5 {}", ("endorsements-level-4", "endorsements-level-5")),
    (
        "at most {} where nobody was convicted (I03 is {}) while CL is {} or more",
        (
            "accountability-cap-no-conviction",
            "accountability-cap-no-conviction-trigger",
            "accountability-cap-no-conviction-concern",
        ),
    ),
    (
        "at most {} where no senior official was reached (I07 is {} or less)",
        ("accountability-cap-senior", "accountability-cap-senior-trigger"),
    ),
    ("I01 to I03 are {} where a government gave no data", ("presumption-level",)),
    ("Below {} percent of core questions covered", ("coverage-minimum",)),
)
"""What the prose says, and the parameters its numbers are."""

SMALL = {1: "one", 2: "two"}


def test_what_is_made_is_current_and_what_is_stale_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("method_page", check=True)
    assert capsys.readouterr().out == "docs/method.md is current.\n"
    stale = tmp_path / "method.md"
    text = method_text.PAGE.read_text()
    stale.write_text(text.replace("**Concern level 3", "**Concern level 4"))
    monkeypatch.setattr(method_text, "PAGE", stale)
    with pytest.raises(CommandError, match="stale"):
        call_command("method_page", check=True)
    assert "**Concern level 4" in stale.read_text()
    call_command("method_page")
    assert stale.read_text() == text


@pytest.mark.parametrize(("words", "names"), PROSE)
def test_the_prose_gives_the_numbers_of_the_rules(words: str, names: tuple[str, ...]) -> None:
    text = " ".join(method_text.PAGE.read_text().split())
    values = [framework().value(name) for name in names]
    numbers = iter(f"(?:{value}|{SMALL.get(value, value)})" for value in values)
    assert re.search(re.sub(r"\\{\\}", lambda _: next(numbers), re.escape(words)), text)
    assert next(numbers, None) is None
