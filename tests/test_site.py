"""The documentation: a page for every role with pictures that there are, built whole, asking nothing of others."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Role

ROOT = Path(settings.BASE_DIR)
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: a link that leads nowhere ends the build."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_role_has_its_page() -> None:
    names = {Role.ACCOUNT_ADMIN: "accounts"}
    expected = {names.get(role, role.value.replace("_", "-")) for role in Role}
    assert {path.stem for path in PAGES} == expected | {"everybody", "first-ten-minutes", "second-coder"}


def test_every_picture_is_used_and_every_one_used_is_there() -> None:
    pages = [*PAGES, ROOT / "docs" / "index.md"]
    used = {
        name
        for path in pages
        for name in re.findall(r"!\[[^\]]{20,}\]\((?:guide/)?img/([\w-]+\.png)\)", path.read_text())
    }
    assert used == {path.name for path in (GUIDE / "img").iterdir()}
    taken = (ROOT / "tests" / "journeys" / "checks.py").read_text()
    assert {name for name in used if f'"{name.removesuffix(".png")}"' not in taken} == set()


def test_of_every_picture_stands_what_its_screen_said() -> None:
    known = json.loads((ROOT / "tests" / "data" / "guide_pictures.json").read_text())
    assert {f"{name}.png" for name in known} == {path.name for path in (GUIDE / "img").iterdir()}
    assert all(known.values())


def test_the_site_asks_nothing_of_anybody_else(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40
    loaded = {
        address
        for path in pages
        for address in re.findall(r'<(?:img|script|link|iframe)[^>]+(?:src|href)="([^"]+)"', path.read_text())
    }
    assert {address for address in loaded if re.match(r"(https?:)?//", address)} == set()
    styles = "".join(path.read_text() for path in site.rglob("*.css"))
    faces = re.findall(r'url\("\.\./([^"]+)"\)', styles)
    assert faces
    assert all((site / face).is_file() for face in faces)
    assert "http" not in styles


def test_every_page_has_one_heading_and_is_in_the_list(site: Path) -> None:
    for path in sorted((site / "guide").glob("*.html")):
        text = path.read_text()
        assert len(re.findall(r"<h1[ >]", text)) == 1, path
        assert text.count('aria-current="page"') == 1, path


def test_wide_tables_and_code_are_scrolled_by_keyboard_and_columns_have_names(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        text = path.read_text()
        assert len(re.findall("<table>", text)) == len(re.findall('<div class="wide" tabindex="0"', text)), path
        assert "<pre>" not in text, path
        assert not re.search(r"<th[^>]*></th>", text), path
        labels = re.findall(r'role="region" aria-label="([^"]+)"', text)
        assert len(labels) == len(set(labels)), path


def test_every_heading_of_a_guide_is_in_the_list_of_subjects(site: Path) -> None:
    listed = (site / "find.html").read_text()
    for path in sorted((site / "guide").glob("*.html")):
        for name in re.findall(r'<h[12] id="([^"]+)"', path.read_text()):
            assert f"guide/{path.name}" in listed
            assert re.search(rf'href="guide/{path.name}(?:#{re.escape(name)})?"', listed), name


def test_a_page_leads_to_the_next(site: Path) -> None:
    text = (site / "guide" / "analyst.html").read_text()
    assert re.search(r'rel="prev">For everybody</a>', text)
    assert re.search(r'rel="next">Second coder</a>', text)
    assert 'href="#the-draft"' in text
