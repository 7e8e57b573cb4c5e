"""The direction of imports, as the style guide draws it: every layer may use the ones below it, never one above.

core <- models <- mapping, facts, events, policies, snapshots
     <- actions <- forms, exporters, importers <- views, api, commands
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("accounts", "assessments", "config", "frameworks", "tests")
# A module is matched by its longest entry. A layer may import itself and all with a smaller number.
LAYERS = {
    "assessments.core": 0,
    "assessments.apart": 2,
    "assessments.apart.main": 6,
    "assessments.apart.work": 6,
    "assessments.enums": 1,
    "assessments.models": 2,
    "assessments.planned": 2,
    "assessments.migrations": 2,
    "assessments.backups": 3,
    "assessments.content": 3,
    "assessments.covering": 3,
    "assessments.events": 3,
    "assessments.extraction": 3,
    "assessments.facts": 3,
    "assessments.figures": 3,
    "assessments.frozen_rows": 3,
    "assessments.kept_files": 3,
    "assessments.mapping": 3,
    "assessments.pdf_reading": 3,
    "assessments.policies": 3,
    "assessments.records": 3,
    "assessments.redaction": 3,
    "assessments.reports": 3,
    "assessments.snapshots": 3,
    "assessments.storage": 3,
    "assessments.stored_draft": 3,
    "assessments.stencil": 3,
    "assessments.actions": 4,
    "assessments.exporters": 5,
    "assessments.forms": 5,
    "assessments.importers": 5,
    "assessments.api": 6,
    "assessments.jobs": 6,
    "assessments.management": 6,
    "assessments.templatetags": 6,
    "assessments.urls": 6,
    "assessments.verification": 3,
    "assessments.views": 6,
    "assessments.workbook": 5,
    "assessments.word_source": 3,
    "assessments.words_within": 3,
    "assessments.zipped": 3,
}
PURE = {"frameworks.spec": ("frameworks.spec",), "assessments.core": ("assessments.core", "frameworks.spec")}
PURE_LIBRARIES = {"jinja2", "markupsafe", "pydantic", "pydantic_core"}


def modules() -> Iterator[tuple[str, Path]]:
    for app in ("accounts", "assessments", "config", "frameworks"):
        for path in sorted((ROOT / app).rglob("*.py")):
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield dotted.removesuffix(".__init__"), path


MODULES = dict(modules())


def imports(path: Path, module: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of each import; `from a import b` counts as a.b where that is a module."""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield node.lineno, inner if inner in MODULES else base


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def layer(module: str) -> int | None:
    """Return the layer of a module of assessments; None where it is free, as the app's own settings are."""
    found = [(len(name), number) for name, number in LAYERS.items() if is_in(module, name)]
    return max(found)[1] if found else None


def wrong(module: str, imported: str) -> str | None:
    """Return why this import must not be; None where it may."""
    if imported == "__future__":
        return None
    top = imported.split(".")[0]
    for pure, allowed in PURE.items():
        if is_in(module, pure):
            library = top in sys.stdlib_module_names or top in PURE_LIBRARIES
            if not library and not any(is_in(imported, name) for name in allowed):
                return f"{pure} is pure: only itself, {', '.join(allowed)}, the standard library, Jinja2 and pydantic"
            return None
    if top == "tests":
        return "what runs does not import tests"
    if top == "assessments" and not is_in(module, "assessments") and module != "config.urls":
        return f"{module.split('.')[0]} imports nothing from assessments"
    if top in ("frameworks", "assessments") and is_in(module, "accounts"):
        return "accounts knows people and roles, nothing else"
    mine, theirs = layer(module), layer(imported)
    if mine is not None and theirs is not None and theirs > mine:
        return f"it stands above: layer {theirs} seen from layer {mine} (see LAYERS)"
    return None


def test_every_import_points_down() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {module} imports {imported}: {reason}"
        for module, path in MODULES.items()
        for line, imported in imports(path, module)
        if (reason := wrong(module, imported))
    ]
    assert not found, "\n".join(["Imports in the wrong direction:", *found])


def test_every_module_of_assessments_has_a_layer() -> None:
    free = {"assessments", "assessments.apps", "assessments.demo_people"}
    missing = [module for module in MODULES if is_in(module, "assessments") and layer(module) is None]
    assert set(missing) <= free, "Give these a layer in tests/test_imports.py (LAYERS)"


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("assessments.core.levels", "django.db.models"),
        ("assessments.core.levels", "assessments.models"),
        ("assessments.core.levels", "frameworks.models"),
        ("frameworks.spec.models", "ruamel.yaml"),
        ("frameworks.loader", "assessments.core"),
        ("assessments.models.ratings", "assessments.actions"),
        ("assessments.policies", "assessments.actions"),
        ("assessments.exporters.word", "assessments.views.pages"),
        ("accounts.models", "assessments.models"),
        ("assessments.views", "tests.factories"),
    ],
)
def test_an_import_upwards_is_found(module: str, imported: str) -> None:
    assert wrong(module, imported)


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("assessments.core.levels", "statistics"),
        ("assessments.core.drafting", "frameworks.spec.patterns"),
        ("assessments.facts", "assessments.models.ratings"),
        ("assessments.views.pages", "assessments.actions"),
        ("assessments.models", "frameworks.models"),
        ("assessments.actions", "accounts.models"),
        ("config.urls", "assessments.urls"),
    ],
)
def test_an_import_downwards_is_not(module: str, imported: str) -> None:
    assert wrong(module, imported) is None
