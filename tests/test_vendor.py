"""Vendored files: each folder says what it is and under which licence, and none asks another origin for anything."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDERS = sorted(path for path in (Path(settings.BASE_DIR) / "static" / "vendor").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_vendored_folder_says_what_it_is(folder: Path) -> None:
    assert (folder / "LICENSE").read_text().strip()
    assert re.match(r"\S+ \d+\.\d+(\.\d+)? \(npm\), \S+", (folder / "VERSION").read_text())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_vendored_file_asks_for_nothing_elsewhere(folder: Path) -> None:
    texts = [path.read_text() for path in sorted(folder.glob("*.css")) + sorted(folder.glob("*.js"))]
    assert [found for text in texts for found in re.findall(r"sourceMappingURL|url\([\"']?https?:", text)] == []
