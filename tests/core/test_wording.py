"""The wording files hold every pattern and word the drafting needs, and refuse what an editor may not write."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from assessments.core.values import (
    CommitmentStatus,
    ConcernGrade,
    EffectStrength,
    Immunity,
    MeasureKind,
    MeasureStage,
    Modality,
    PolicyKind,
    Response,
    SourceClass,
    Stage,
    StatuteType,
    Tier,
    TrendDirection,
    Unit,
)
from frameworks.spec.patterns import SLOTS, CompiledForm, InvalidForm, MissingSlot, parse
from frameworks.wording_loader import InvalidWording, read
from tests.core.factories import ROOT, wording

DRAFTING = Path(__file__).parents[2] / "assessments" / "core" / "drafting"
FOLDER = ROOT / "us-narrative-wording" / "2026.1"


def test_all_patterns_of_the_style_are_there() -> None:
    assert {f"NP-{number:02}" for number in range(1, 56)} <= {pattern.id for pattern in wording().patterns}
    assert [pattern.id for pattern in wording().patterns if pattern.spec.internal] == ["NP-40"]


def test_every_choice_of_the_record_has_its_words() -> None:
    words = wording()
    assert [words.attribution(each).plural for each in SourceClass]
    assert all(set(words.attribution(each).verbs) == {mode.value for mode in Modality} for each in SourceClass)
    assert [words.hedge(each).act and words.stage(each).past for each in Stage]
    assert [words.strength(level).concern for level in range(6)]
    tables = {
        "statute": StatuteType,
        "offense": StatuteType,
        "unit": Unit,
        "units": Unit,
        "grade": ConcernGrade,
        "grade-level": ConcernGrade,
        "effect": EffectStrength,
        "effect-level": EffectStrength,
        "tier": Tier,
        "kind": PolicyKind,
        "measure": MeasureKind,
        "measure-stage": MeasureStage,
        "commitment": CommitmentStatus,
        "charge": Stage,
    }
    for table, choices in tables.items():
        assert {each.value for each in choices} <= set(words.spec.words[table]), table
    assert {f"response-{each.value}" for each in Response} - {"response-not-recorded"} <= set(words.spec.phrases)
    assert {f"immunity-{each.value}" for each in Immunity} <= set(words.spec.phrases)
    assert {each.value for each in TrendDirection} - {"not-stated"} <= set(words.spec.words["trend"])


def test_a_hedge_never_allows_a_forbidden_word() -> None:
    for hedge in wording().spec.hedges:
        said = f"{hedge.act} {hedge.link} {hedge.officials}"
        assert [word for word in hedge.forbidden if re.search(rf"\b{word}\b", said)] == []


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("{{ goverment }} rose", 'unknown slot "goverment"'),
        ("{% for x in list %}{{ gov }}{% endfor %}", "not a loop"),
        ("{{ gov.upper() }}", "not a"),
        ("{{ gov['x'] }}", "not an item in brackets"),
        ("{{ gov | upper }}", 'unknown filter "upper"'),
        ("{{ gov ", "cannot be read"),
        ("{% set gov = 1 %}", "not an assignment"),
    ],
)
def test_a_form_is_refused_with_its_reason(form: str, message: str) -> None:
    with pytest.raises(InvalidForm, match=re.escape(message)):
        parse(form)


def test_a_missing_slot_is_never_written_over() -> None:
    form = CompiledForm("{{ gov }} rose{% if reason %} for {{ reason }}{% endif %}")
    assert (form.required, form.optional) == ({"gov"}, {"reason"})
    assert form.write({"gov": "x"}) == "x rose"
    with pytest.raises(MissingSlot, match="gov"):
        form.write({"reason": "y"})


MODULES = sorted(path.stem for path in DRAFTING.glob("*.py"))
"""No module of the drafting holds words of sentences; an editor changes those in the wording's files."""
READ = frozenset({"did not ", "had not ", "failed to ", "refused to ", "has not ", "the "})
READ |= {" and ", "including ", "particularly ", "especially ", "notably ", "in particular ", " in "}
READ |= {"in exchange for", "in return for", "engaging in ", "taking part in ", "committing ", " crimes"}
READ |= {"in one ", "being complicit", "being complicit in trafficking", "complicity in trafficking"}
READ |= {r" (?:of|in|at|by|among|within|on|for|to|with) ", r"(\w+ )?\b", "(?=[.;]| but )"}
"""What they look for in recorded words, or cut off there."""


@pytest.mark.parametrize("module", MODULES)
def test_words_of_sentences_stand_in_the_wording(module: str) -> None:
    tree = ast.parse((DRAFTING / f"{module}.py").read_text(encoding="utf-8"))
    explaining = {id(node) for node in ast.walk(tree) for part in _explanations(node) for node in ast.walk(part)}
    words = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining
    ]
    assert [word for word in words if " " in word.strip() and word not in READ] == []
    assert [word for word in words if word != word.strip() and word.strip(" ,;()") and word not in READ] == []


def _explanations(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a node that explain: docstrings, why a pattern was chosen, gaps of the working view."""
    match node:
        case ast.Expr(value=ast.Constant() as text):
            return [text]
        case ast.keyword(arg="choice", value=value):
            return [value]
        case ast.Call(func=ast.Attribute(attr="gap")):
            return list(node.args)
        case ast.Assign(targets=[*names], value=value):
            return [part for name, part in _assigned(names, value) if name in {"choice", "gap"}]
        case ast.AugAssign(target=target, value=value):
            return [part for name, part in _assigned([target], value) if name == "choice"]
        case ast.FunctionDef(name=name) if name.endswith("_choice"):
            return [node]
        case _:
            return []


def _assigned(targets: list[ast.expr], value: ast.expr) -> list[tuple[str, ast.AST]]:
    """Return the names a statement gives a value, each with its own part of it."""
    found: list[tuple[str, ast.AST]] = []
    for target in targets:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            found += [
                (name.id, part)
                for name, part in zip(target.elts, value.elts, strict=True)
                if isinstance(name, ast.Name)
            ]
        elif isinstance(target, ast.Name):
            found.append((target.id, value))
    return found


def test_every_slot_has_a_meaning() -> None:
    assert [name for name, meaning in SLOTS.items() if len(meaning) < 5] == []


def test_errors_name_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "wording"
    shutil.copytree(FOLDER, folder)
    file = folder / "patterns" / "tier.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{{ gov_full }} meets", "{{ gov_ful }} meets"), encoding="utf-8")
    with pytest.raises(InvalidWording) as caught:
        read(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line > 0) == ("patterns/tier.yaml", True)
    assert 'unknown slot "gov_ful"; did you mean "gov_full"?' in str(problem)


def test_a_missing_file_and_a_stray_key_are_errors(tmp_path: Path) -> None:
    folder = tmp_path / "wording"
    shutil.copytree(FOLDER, folder)
    (folder / "strength.yaml").unlink()
    header = folder / "wording.yaml"
    header.write_text(header.read_text(encoding="utf-8") + "notes: x\n", encoding="utf-8")
    with pytest.raises(InvalidWording) as caught:
        read(folder)
    said = str(caught.value)
    assert "strength.yaml: the file is missing" in said
    assert 'unknown key "notes"; did you mean "note"?' in said
