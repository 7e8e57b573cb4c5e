"""A wording has all the drafting asks for, or it is refused when it is read, with its place."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from frameworks.spec.needed import PATTERNS, PHRASES, WORDS
from frameworks.wording_loader import InvalidWording, read
from tests.core.factories import ROOT

CORE = Path(__file__).parents[2] / "assessments" / "core"
FOLDER = ROOT / "us-narrative-wording" / "2026.1"


def calls(method: str) -> Iterator[ast.Call]:
    """Yield the calls in the core of a wording's look-up, whatever name the look-up has there."""
    for path in sorted([*CORE.glob("drafting/*.py"), *CORE.glob("recommendations/*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == method:
                yield node


def named(node: ast.expr) -> set[str]:
    """Return the texts an argument can be; a name put together from parts gives nothing."""
    match node:
        case ast.Constant(value=str() as text):
            return {text}
        case ast.IfExp(body=body, orelse=other):
            return named(body) | named(other)
    return set()


def test_the_drafting_asks_for_nothing_that_is_not_listed() -> None:
    assert {name for call in calls("phrase") for name in named(call.args[0])} - set(PHRASES) == set()
    assert {name for call in calls("word") for name in named(call.args[0])} - set(WORDS) == set()
    told = [call for call in calls("say") if len(call.args) > 1]
    assert {name for call in told for name in named(call.args[0])} - set(PATTERNS) == set()
    for call in told:
        forms = named(call.args[1])
        assert [name for name in named(call.args[0]) if forms and not forms & set(PATTERNS[name])] == []


def texts() -> tuple[set[str], set[str]]:
    """Return the texts in the modules that write, and how names that are put together begin or end."""
    whole, parts = set(), set()
    for path in [*CORE.glob("drafting/*.py"), *CORE.glob("recommendations/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts |= {part.value for part in node.values if isinstance(part, ast.Constant) and "-" in part.value}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    return whole, parts


def test_nothing_is_listed_that_nobody_asks_for() -> None:
    whole, parts = texts()
    asked = {name for name in PHRASES if name in whole or any(name.startswith(p) or name.endswith(p) for p in parts)}
    assert set(PHRASES) - asked == set()
    assert set(WORDS) - whole == set()


def test_a_phrase_is_given_what_it_may_ask_for() -> None:
    lacking = [
        (name, slot)
        for call in calls("phrase")
        for name in named(call.args[0])
        for slot in PHRASES[name].split()
        if slot not in {keyword.arg for keyword in call.keywords}
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("words.yaml", "  so-that:", "  so-then:", 'lacks the phrase "so-that"'),
        ("words.yaml", "  grade:\n", "  grades:\n", 'lacks the table of words "grade"'),
        ("words.yaml", "    significant: a significant concern\n", "", 'the table grade lacks "significant"'),
        ("stages.yaml", "{stage: arrest,", "{stage: arrested,", 'of stage "arrest"'),
        ("patterns/prosecution.yaml", "      progress: ", "      progres: ", 'NP-29 lacks the form "progress"'),
        ("patterns/prosecution.yaml", "  - id: NP-62\n", "  - id: NP-72\n", 'lacks the pattern "NP-62"'),
        (
            "patterns/prosecution.yaml",
            '"{{ gov }} reported no progress in {{ case }}"',
            '"{{ gov }} reported no progress in {{ case }} {{ place }}"',
            'the slot "place" may be empty here: write it inside {% if place %}',
        ),
    ],
)
def test_a_wording_that_lacks_something_is_refused_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = tmp_path / "wording"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidWording) as caught:
        read(folder)
    problems = [problem for problem in caught.value.problems if said in problem.message]
    assert [problem.file for problem in problems][:1] == [file]
    assert problems[0].line > 0
