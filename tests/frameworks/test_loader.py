"""Errors in framework files: all at once, each with its place, nothing written."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from frameworks import loader
from frameworks.models import FrameworkVersion
from tests.frameworks.conftest import replace


def errors(folder: Path) -> list[str]:
    """Return what reading a folder complains about."""
    with pytest.raises(loader.InvalidFramework) as caught:
        loader.read(folder)
    return [str(problem) for problem in caught.value.problems]


G1 = "indicators/g1-accountability.yaml"


def test_an_unknown_key_has_one_error_with_place_and_suggestion(folder: Path) -> None:
    line = replace(folder / G1, "    question: >-", "    qestion: >-")
    assert errors(folder) == [f'{G1}:{line}:5: officials-investigated: unknown key "qestion"; did you mean "question"?']


def test_an_unknown_reference_has_its_place(folder: Path) -> None:
    line = replace(folder / "recommendations.yaml", "uncac-19, uncac-25, untoc-8", "uncac-19, uncac-255, untoc-8")
    [error] = errors(folder)
    assert error.startswith(f"recommendations.yaml:{line}:")
    record = "investigate-and-prosecute-complicit-officials"
    assert error.endswith(f'{record}: unknown provision "uncac-255"; did you mean "uncac-25"?')


def test_an_unknown_name_in_a_condition(folder: Path) -> None:
    line = replace(folder / "recommendations.yaml", "{name: credible_allegations,", "{name: credible_alegations,")
    [error] = errors(folder)
    assert error.startswith(f"recommendations.yaml:{line}:")
    assert error.endswith('unknown name "credible_alegations"; did you mean "credible_allegations"?')


def test_a_condition_of_an_unknown_kind(folder: Path) -> None:
    line = replace(folder / "recommendations.yaml", "        - all:\n", "        - al:\n")
    [error] = errors(folder)
    assert error.startswith(f"recommendations.yaml:{line}:")
    assert error.endswith('unknown condition "al"; did you mean "all"?')


def test_a_value_that_does_not_fit_its_name(folder: Path) -> None:
    replace(folder / "recommendations.yaml", "{name: presumption_approved, op: \"==\", value: true}",
            "{name: presumption_approved, op: \"==\", value: 1}")  # fmt: skip
    [error] = errors(folder)
    assert "presumption_approved is a yes or no; it cannot be compared by == with 1" in error


def test_a_duplicate_key_has_its_line(folder: Path) -> None:
    line = replace(folder / "states.yaml", "    label: Not assessed\n", "    label: Not assessed\n    label: Nobody\n")
    [error] = errors(folder)
    assert error.startswith(f"states.yaml:{line + 1}:5: ")
    assert 'duplicate key "label"' in error


def test_a_value_of_the_wrong_kind(folder: Path) -> None:
    line = replace(folder / G1, "    scale_top: 5\n", '    scale_top: "5"\n')
    [error] = errors(folder)
    assert error.startswith(f"{G1}:{line}:5: officials-investigated: ")
    assert "should be a valid integer, not '5'" in error


def test_a_level_that_is_missing(folder: Path) -> None:
    replace(folder / G1, "      1: Only denials", "      6: Only denials")
    assert any("officials-investigated must describe levels 0 to 5 in order, not 0, 6, 2, 3, 4, 5" in e or
               "less than or equal to 5" in e for e in errors(folder))  # fmt: skip


def test_a_missing_file_and_a_stray_one(folder: Path) -> None:
    (folder / "states.yaml").rename(folder / "sates.yaml")
    assert errors(folder) == [
        'sates.yaml: a framework has no such file; did you mean "states.yaml"?',
        "states.yaml: the file is missing",
    ]


def test_a_file_that_is_not_yaml(folder: Path) -> None:
    (folder / "rules.yaml").write_text("parameters: [", encoding="utf-8")
    [error] = errors(folder)
    assert error.startswith("rules.yaml:")


def test_two_records_of_one_name(folder: Path) -> None:
    replace(
        folder / "registry/act.yaml", "  - slug: assist-unlicensed-recruiter", "  - slug: assist-unscrupulous-recruiter"
    )
    found = errors(folder)
    assert any('"act:assist-unscrupulous-recruiter" occurs 2 times in terms' in error for error in found)
    assert any('unknown act "assist-unlicensed-recruiter"' in error for error in found)


def test_an_act_without_the_words_of_a_sentence(folder: Path) -> None:
    replace(folder / "registry/act.yaml", "    gerund: accepting bribes\n", "")
    [error] = errors(folder)
    assert "accept-bribe: act accept-bribe lacks gerund" in error


def test_an_unknown_choice(folder: Path) -> None:
    line = replace(folder / "provisions.yaml", "obligations: [statute]", "obligations: [statut]")
    [error] = errors(folder)
    assert error.startswith(f"provisions.yaml:{line}:")
    assert error.endswith('did you mean "statute"?')


def test_errors_of_several_files_come_together(folder: Path) -> None:
    replace(folder / "states.yaml", "    meaning: nobody looked\n", "")
    replace(folder / G1, "    core: true\n", "    core: sometimes\n")
    assert [error.split(":")[0] for error in errors(folder)] == [G1, "states.yaml"]


def test_norway_stays_a_text(folder: Path) -> None:
    replace(folder / "registry/mechanism.yaml", "    phrase: threats\n", "    phrase: NO\n")
    spec = loader.read(folder)
    assert [term.phrase for term in spec.terms if term.record == "mechanism:threats"] == ["NO"]


def write_lineage(folder: Path, entries: list[str]) -> None:
    """Write a lineage for a version that follows 2026.1."""
    replace(folder / "framework.yaml", 'version: "2026.1"', 'version: "2026.2"\nprevious_version: "2026.1"')
    (folder / "lineage.yaml").write_text(
        "lineage:\n" + "".join(f"  - {entry}\n" for entry in entries), encoding="utf-8"
    )


def test_a_new_version_says_where_each_indicator_comes_from(folder: Path) -> None:
    slugs = [indicator.slug for indicator in loader.read(folder).indicators]
    same = [f"{{indicator: {slug}, previous: [{slug}], change: same, comparable: true}}" for slug in slugs]
    write_lineage(folder, [*same, "{previous: [gone], change: dropped, comparable: false}"])
    spec = loader.read(folder)
    assert (spec.previous_version, len(spec.lineage)) == ("2026.1", 45)
    write = folder / "lineage.yaml"
    write.write_text("\n".join(["lineage:", *(f"  - {entry}" for entry in same[1:])]), encoding="utf-8")
    [error] = errors(folder)
    assert "officials-investigated: the lineage does not say where it comes from in 2026.1" in error


def test_a_lineage_with_an_unknown_indicator(folder: Path) -> None:
    (folder / "lineage.yaml").write_text(
        "lineage:\n"
        "  - {indicator: officials-investigatd, previous: [a], change: split, comparable: false}\n"
        "  - {indicator: officials-prosecuted, change: same, comparable: true}\n",
        encoding="utf-8",
    )
    assert errors(folder) == [
        'lineage.yaml:2:6: unknown indicator "officials-investigatd"; did you mean "officials-investigated"?',
        "lineage.yaml:3:5: a new indicator has none before it; every other one has",
    ]


@pytest.mark.django_db
def test_the_command_writes_nothing_when_a_file_has_an_error(folder: Path) -> None:
    replace(folder / "states.yaml", "    meaning: nobody looked\n", "")
    with pytest.raises(
        CommandError, match=r'(?s)states.yaml:\d+:\d+: not-assessed: lacks "meaning".*Nothing was loaded.'
    ):
        call_command("load_framework", folder)
    assert not FrameworkVersion.objects.exists()


@pytest.mark.django_db
def test_the_command_can_only_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_framework", folder, "--check")
    assert capsys.readouterr().out == (
        "official-complicity 2026.1: 44 indicators with 248 descriptors, 16 recommendations, valid.\n"
    )
    assert not FrameworkVersion.objects.exists()


def test_a_folder_without_a_version(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"there is no framework.yaml and no wording.yaml here or below"):
        call_command("load_framework", tmp_path)
