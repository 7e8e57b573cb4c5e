"""The framework that comes with the program, and copies of it to break."""

import shutil
from pathlib import Path

import pytest
from django.utils import timezone

from frameworks import loader, reference_data
from frameworks.models import FrameworkVersion
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import FrameworkSpec
from tests.image import remembered

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "frameworks" / "official-complicity" / "2026.1"
WORDING = ROOT / "fixtures" / "frameworks" / "us-narrative-wording" / "2026.1"
REFERENCE = ROOT / "fixtures" / "reference"


@pytest.fixture(scope="session")
def spec() -> FrameworkSpec:
    """The framework as its files state it."""
    return loader.read(FOLDER)


@pytest.fixture(scope="session")
def framework(spec: FrameworkSpec) -> CompiledFramework:
    """The framework with its lookups."""
    return CompiledFramework(spec)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the framework's files that a test may change."""
    copy = tmp_path / "framework"
    shutil.copytree(FOLDER, copy)
    return copy


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    """A copy of the reference data that a test may change."""
    copy = tmp_path / "reference"
    shutil.copytree(REFERENCE, copy)
    return copy


def replace(file: Path, old: str, new: str) -> int:
    """Replace the first occurrence of a text in a file; return the line it stands on, counted from 1."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@remembered(anywhere=True)
def store_reference() -> None:
    """Store the reference data that comes with the program."""
    reference_data.store(reference_data.read(REFERENCE))


@remembered(anywhere=True)
def store_framework() -> FrameworkVersion:
    """Store the framework that comes with the program."""
    return loader.store(loader.read(FOLDER), by=None, at=timezone.now())
