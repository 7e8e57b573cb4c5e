"""The documents say what there is: settings, commands with their options, modules, decisions, links, words."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import BaseCommand, get_commands, load_command_class

from tests.test_imports import LAYERS

ROOT = Path(settings.BASE_DIR)
IN_ROOT = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "THIRD-PARTY.md")
PAGES = [*(ROOT / name for name in IN_ROOT), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "deploy" / "README.md"]
WRITTEN = [path for path in PAGES if "examples" not in path.parts]
TODAY = [path for path in WRITTEN if "\nStatus: superseded" not in path.read_text()]  # the others name what was then
OF_ITS_OWN = {"verify": {"--quick", "--no-system"}}  # words that manage.py knows before there is Django
MADE = {"var", "made", "files", "lineage.yaml"}  # by a run, or by whoever writes a version


def settings_read() -> set[str]:
    """Return the names that the settings ask the environment for."""
    code = (ROOT / "config" / "settings.py").read_text()
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code))


def settings_told() -> set[str]:
    """Return the names in README's table; `_PORT` behind `INDICIA_MAIL_HOST` is INDICIA_MAIL_PORT."""
    table = (ROOT / "README.md").read_text().split("\n## Settings\n")[1].split("\n## ")[0]
    found: set[str] = set()
    for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE):
        names = re.findall(r"`([A-Z_]+)`", row)
        stem = names[0].rsplit("_", 1)[0]
        found |= {stem + name if name.startswith("_") else name for name in names}
    return found


def test_every_setting_is_told_and_every_one_told_is_read() -> None:
    assert settings_told() == settings_read()


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_settings_named_in_a_page_exist(path: Path) -> None:
    named = set(re.findall(r"INDICIA_[A-Z_]*[A-Z]", path.read_text()))
    assert named - settings_read() == set()


@cache
def options(name: str) -> frozenset[str]:
    """Return the options of a command of Django or ours."""
    if name in OF_ITS_OWN:
        return frozenset(OF_ITS_OWN[name])
    app = get_commands()[name]
    command = app if isinstance(app, BaseCommand) else load_command_class(app, name)
    parser = command.create_parser("manage.py", name)
    return frozenset(option for action in parser._actions for option in action.option_strings)


def commands_in(text: str) -> list[tuple[str, set[str]]]:
    """Return the words given to manage.py, with their options."""
    joined = text.replace("\\\n", " ")
    spans = [*re.findall(r"`([^`]*manage\.py [^`]+)`", joined), *re.findall(r"^    (.*manage\.py .+)$", joined, re.M)]
    found = []
    for span in spans:
        calls = re.findall(r"manage\.py ([a-z_]+)([^|&;>#]*)", span)
        found += [(name, set(re.findall(r"(?<=\s)(--[a-z-]+)", rest))) for name, rest in calls]
    return found


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_commands_named_in_a_page_exist_with_their_options(path: Path) -> None:
    known = {*get_commands(), *OF_ITS_OWN}
    for name, given in commands_in(path.read_text()):
        assert name in known, name
        assert given - options(name) == set(), name


def test_commands_are_found_in_text() -> None:
    text = "Run `manage.py backup FILE --why`.\n\n    python3 manage.py load_framework PATH --check\n"
    assert commands_in(text) == [("backup", {"--why"}), ("load_framework", {"--check"})]


def test_every_command_of_ours_is_told_somewhere() -> None:
    told = {name for path in WRITTEN for name, _ in commands_in(path.read_text())}
    ours = {name for name, app in get_commands().items() if app in {"assessments", "frameworks", "accounts"}}
    assert ours - told == set()


@cache
def names_of_files() -> frozenset[str]:
    """Return the name of every file that somebody wrote."""
    folders = (
        ROOT / name for name in ("accounts", "assessments", "config", "deploy", "docs", "fixtures", "frameworks")
    )
    return frozenset(path.name for folder in (*folders, ROOT / "tests") for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", TODAY, ids=lambda path: path.name)
def test_files_named_in_a_page_exist(path: Path) -> None:
    """A name in code marks with a slash or an ending is a file of the project: from its root, or of the code's."""
    named = set(re.findall(r"`([a-z][\w-]*(?:[./][\w-]+)*/?)`", path.read_text()))
    files = {name for name in named if re.search(r"/|\.(?:py|md|yaml|txt|css|html|toml)$", name)}
    folders = (
        ROOT,
        ROOT / "assessments",
        ROOT / "docs",
        ROOT / "frameworks",
        ROOT / "deploy",
        ROOT / "tests",
        *(ROOT / "fixtures" / "frameworks").glob("*/*"),
        path.parent,
    )
    missing = {
        name
        for name in files
        if name.split("/")[0] not in MADE
        and not any((folder / name).exists() for folder in folders)
        and not ("/" not in name and name in names_of_files())
    }
    assert missing == set()


@pytest.mark.parametrize("path", [ROOT / name for name in IN_ROOT], ids=lambda path: path.name)
def test_links_of_the_root_lead_somewhere(path: Path) -> None:
    """Those within the site are held by its strict build."""
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
        assert (ROOT / target).exists(), target


def test_every_decision_is_in_the_index_by_its_title() -> None:
    folder = ROOT / "docs" / "adr"
    index = dict(re.findall(r"^\| \[\d+\]\((.+?)\) \| (.+?) \|$", (folder / "README.md").read_text(), re.M))
    pages = sorted(path.name for path in folder.glob("0*.md"))
    assert sorted(index) == pages
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    for name in pages:
        text = (folder / name).read_text()
        assert re.search(r"^# .+", text, re.M), name
        assert {"Context", "Decision", "Consequences"} <= set(
            re.findall(r"(Status|Context|Decision|Consequences)", text)
        ), name


def test_functions_named_in_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    code = {path: path.read_text() for app in ("assessments", "frameworks") for path in (ROOT / app).rglob("*.py")}
    for module, name in re.findall(r"`(?:core\.)?(\w+)\.(\w+)(?:\(\w*\))?`", text):
        if name in {"py", "md", "json", "spec", "core"}:
            continue
        where = [body for path, body in code.items() if module in {path.stem, path.parent.name}]
        assert any(re.search(rf"\b(?:def|class) {name}\b", body) for body in where), f"{module}.{name}"


def test_the_layers_of_the_architecture_are_those_that_are_held() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    rows = re.findall(r"^\| (\d)[^|]* \| ([a-z_., ]+) \|$", text, re.M)
    told = {f"assessments.{name}": int(number) for number, names in rows for name in names.split(", ")}
    assert told == LAYERS


def test_the_glossary_is_in_order_and_gives_one_meaning_each() -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", (ROOT / "docs" / "glossary.md").read_text(), re.M)
    words = [row for row in rows if row not in {"Word", "---"}]
    assert words == sorted(words, key=str.lower)
    each = [word for row in words for word in row.split(", ")]
    assert len(each) == len(set(each)) > 60
