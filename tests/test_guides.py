"""The guides say what the screen says: every label quoted exists, and whatever a role may do is found in its guide."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.test import RequestFactory

from accounts.models import Role, User
from assessments.views.page import ways as menu
from tests import guides
from tests.matrix.test_urls import LINES

ROOT = Path(settings.BASE_DIR)
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(path.stem for path in GUIDE.glob("*.md"))
ALLOWED = frozenset({"200", "302", "409", "422"})
ANYTHING = "\0"
LETTERS = 7  # as many of its own must a text with gaps have to be held against a label


@cache
def read(name: str) -> str:
    """Return a guide's text, each paragraph on one line."""
    return " ".join((GUIDE / f"{name}.md").read_text().split())


def quoted(name: str) -> list[str]:
    """Return what a guide quotes from the screen: all that is bold."""
    return re.findall(r"\*\*(.+?)\*\*", read(name))


@cache
def texts_on_screen() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the texts of templates, forms and views: whole ones, and those with gaps that a value fills."""
    found = {" ".join(text.split()) for text in (*_of_templates(), *_of_code())}
    gaps = [text for text in found if ANYTHING in text and sum(letter.isalpha() for letter in text) >= LETTERS]
    begun = {text.split(ANYTHING)[0].rstrip(" :") for text in gaps}  # as “To be read”, where the screen counts them
    whole = frozenset(begun | {text for text in found if ANYTHING not in text})
    return whole, tuple(re.compile(r"\s*.*".join(map(re.escape, text.split(ANYTHING)))) for text in gaps)


@cache
def short_gaps() -> frozenset[str]:
    """Return the texts of one word and a gap, too few letters to be held against a label by themselves."""
    return frozenset(text for text in map(str.strip, _of_templates()) if text.endswith(f" {ANYTHING}"))


def _of_templates() -> Iterator[str]:
    for folder in (ROOT / "templates", Path(allauth.__file__).parent / "templates"):
        for path in folder.rglob("*.html"):
            text = re.sub(r"\{#.*?#\}", "", path.read_text())
            text = re.sub(r"\{%\s*(?:trans|translate|blocktrans)\s+\"([^\"]+)\".*?%\}", r"\1", text)
            yield from re.split(r"<[^<>]*>|\{%.*?%\}", re.sub(r"\{\{.*?\}\}", ANYTHING, text))


def _of_code() -> Iterator[str]:
    for app in ("accounts", "assessments", "frameworks"):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                for text in re.findall(r'"([^"\n\\]{2,120})"', path.read_text()):
                    yield re.sub(r"\{[^{}]*\}", ANYTHING, text)


def is_on_screen(label: str) -> bool:
    """Say whether the app has this text somewhere."""
    whole, gaps = texts_on_screen()
    first, _, rest = label.partition(" ")
    if f"{first} {ANYTHING}" in short_gaps() and rest in whole:  # “Add {{ what }}”
        return True
    return label in whole or f"{label}:" in whole or any(pattern.fullmatch(label) for pattern in gaps)


@pytest.mark.parametrize("name", PAGES)
def test_what_a_guide_quotes_is_on_the_screen(name: str) -> None:
    assert [label for label in quoted(name) if not is_on_screen(label)] == []


def test_a_label_that_nobody_wrote_is_not_on_the_screen() -> None:
    assert is_on_screen("Release to readers")
    assert is_on_screen("Continue at the first fact")
    assert not is_on_screen("Release to the readers")
    assert not is_on_screen("Hand it over")


def address(name: str) -> str:
    """Return an address by its full name."""
    return name if ":" in name or name.startswith(("account_", "mfa_", "usersessions_")) else f"assessments:{name}"


def ways() -> dict[str, str]:
    """Return by address what leads there."""
    found = {address(name): label for label, names in guides.FOUND.items() for name in names.split()}
    pictures = {line.address for line in LINES if line.address.startswith("assessments:picture-")}
    files = {name: label for label, ends in guides.FILES.items() for name in pictures if name.endswith(ends)}
    return files | found


def test_no_address_is_found_in_two_ways() -> None:
    names = [address(name) for names in guides.FOUND.values() for name in names.split()]
    assert len(names) == len(set(names))
    assert set(names) - {line.address for line in LINES} == set()
    assert set(guides.UNSAID) - {line.address for line in LINES} == set()


@pytest.mark.parametrize("who", guides.GUIDES)
def test_what_a_role_may_do_is_in_its_guide(who: str) -> None:
    found, missing = ways(), set()
    for line in LINES:
        if line.answers.get(who) not in ALLOWED or line.address in guides.UNSAID or line.address.startswith("api:"):
            continue
        if line.address in guides.NO_WAY.get(who, ()):
            continue
        pages = guides.GUIDES[who][: guides.OWN] if line.method == "POST" else guides.GUIDES[who]
        label = guides.OTHERWISE.get((who, line.address)) or found.get(line.address)
        if label is None:
            missing.add(f"{line.address}: name in tests/guides.py what leads there")
        elif not any(f"*{label}" in read(page) for page in pages):
            missing.add(f"{line.address}: “{label}” is not in {', '.join(pages)}")
    assert sorted(missing) == []


def test_a_second_coder_finds_their_pages() -> None:
    found = ways()
    theirs = {line.address for line in LINES if "coding" in line.address and line.answers.get("seco") in ALLOWED}
    assert theirs
    assert {found[name] for name in theirs} <= set(quoted("second-coder"))


@pytest.mark.parametrize("role", Role)
def test_every_entry_of_a_menu_is_in_the_guide_of_its_role(role: Role) -> None:
    name = {Role.ACCOUNT_ADMIN: "accounts"}.get(role, role.value.replace("_", "-"))
    request = RequestFactory().get("/")
    request.user = User(name="Ada", email="ada@example.org")
    request.user.roles = frozenset({role.value})
    entries = {way.title for way in menu(request)}
    assert "Work" in entries
    assert entries - {*quoted(name), *quoted("everybody")} == set()
