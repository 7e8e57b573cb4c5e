"""Every statement of the seed document resolves to a record of the app."""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import FrameworkSpec, SeedRowSpec
from tests.frameworks.conftest import FOLDER, ROOT

ROWS = range(1, 222)


@cache
def _tests_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _find(record: str, framework: CompiledFramework) -> object:
    """Return what a record's name stands for; raises LookupError where there is nothing."""
    kind, slug = record.split(":")
    finders: dict[str, Callable[[str], object]] = {
        "indicator": framework.indicator,
        "provision": framework.provision,
        "rec": framework.recommendation,
        "rule": lambda name: _rule(name, framework),
    }
    finder = finders.get(kind)
    return finder(slug) if finder else framework.term(kind, slug)


def _rule(slug: str, framework: CompiledFramework) -> str:
    [rule] = [rule for rule in framework.spec.rules if rule.slug == slug]
    file, test = rule.test.split("::", 1)
    if not (ROOT / file).is_file() or test.split("::")[-1] not in _tests_of(file):
        raise LookupError(f"{rule.test} does not exist")
    return rule.test


def test_there_are_221_rows_in_order(spec: FrameworkSpec) -> None:
    assert [row.number for row in spec.seed_rows] == list(ROWS)
    assert {row.paragraph for row in spec.seed_rows} == {
        *(f"P{number}" for number in (*range(11), 12)),
        *(f"B{number}" for number in range(1, 12)),
    }


@pytest.mark.parametrize("number", ROWS)
def test_every_record_of_a_row_exists(number: int, framework: CompiledFramework) -> None:
    row = framework.seed_rows[number - 1]
    assert row.records
    for record in row.records:
        assert _find(record, framework), f"{row.code}: {record}"


def test_every_rule_names_a_test_that_exists(framework: CompiledFramework) -> None:
    assert len(framework.spec.rules) == 25
    assert [_rule(rule.slug, framework) for rule in framework.spec.rules]


def test_every_record_from_the_seed_is_pointed_at(spec: FrameworkSpec) -> None:
    pointed = {record for row in spec.seed_rows for record in row.records}
    from_seed = {term.record for term in spec.terms if term.origin == "seed"}
    from_seed |= {f"provision:{provision.slug}" for provision in spec.provisions if provision.origin == "seed"}
    from_seed |= {f"rule:{rule.slug}" for rule in spec.rules}
    assert from_seed - pointed == set()


def test_rows_of_a_recommendation_lead_to_it(spec: FrameworkSpec) -> None:
    rows: dict[str, SeedRowSpec] = {row.code: row for row in spec.seed_rows}
    for recommendation in spec.recommendations:
        for code in recommendation.seed_rows:
            assert f"rec:{recommendation.code}" in rows[code].records


def test_bullets_are_the_eleven_recommendations(spec: FrameworkSpec) -> None:
    for number in range(1, 12):
        rows = [row for row in spec.seed_rows if row.paragraph == f"B{number}"]
        assert {row.records[0] for row in rows} == {f"rec:R{number}"}


def test_files_name_no_machine() -> None:
    for file in sorted(FOLDER.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        assert not any(path in text for path in ("/tmp/", "/home/", "/root/")), Path(file).name
