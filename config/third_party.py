"""Whose work Indicia stands on: the packages of the lock and the files vendored under static/, with their licenses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "THIRD-PARTY.md"
# What their own metadata says in many words or not at all, as their license files say it.
SAID_OTHERWISE = {
    "cffi": "MIT-0",
    "fido2": "BSD-2-Clause",
    "fonttools": "MIT",
    "pyphen": "LGPL-2.1-or-later OR MPL-1.1 (two of the three it offers)",
    "psycopg2-binary": "LGPL-3.0-or-later with exceptions",
    "qrcode": "BSD-3-Clause",
    "tinyhtml5": "MIT",
}
_FORBIDDEN = re.compile(r"(?<!L)(?<!Lesser )(AGPL|\bGPL|Affero|GNU General Public)", re.IGNORECASE)


@dataclass(frozen=True)
class Notice:
    """One work of somebody else."""

    name: str
    version: str
    license: str
    home: str = ""

    @property
    def is_forbidden(self) -> bool:
        """Say whether its license would bind Indicia's own (GPL, AGPL); none such may run in it."""
        return bool(_FORBIDDEN.search(self.license))


def locked(lock: Path = ROOT / "config" / "locks" / "run.txt") -> Iterator[tuple[str, str, str]]:
    """Yield name, exact version and marker of every package that runs."""
    for line in lock.read_text().splitlines():
        found = re.match(r"([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; ([^\\]+))?", line)
        if found:
            yield found[1], found[2], (found[3] or "").strip()


def packages() -> list[Notice]:
    """Return a notice for each package of the lock; one for another system has no license read here."""
    notices = []
    for name, version, marker in locked():
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            notices.append(Notice(name, version, f"not needed on this system ({marker})" if marker else "unknown"))
            continue
        notices.append(Notice(name, version, SAID_OTHERWISE.get(name) or _license(about), _home(about)))
    return notices


def _license(about: metadata.PackageMetadata) -> str:
    if expression := _first(about, "License-Expression"):
        return expression
    classes = [text for text in about.get_all("Classifier") or [] if text.startswith("License ::")]
    if named := [text.rpartition(" :: ")[2] for text in classes if text.count("::") > 1]:
        return ", ".join(sorted(set(named)))
    text = _first(about, "License").strip()
    return text.splitlines()[0][:60] if text else "unknown"


def _home(about: metadata.PackageMetadata) -> str:
    links = dict(text.split(", ", 1) for text in about.get_all("Project-URL") or [] if ", " in text)
    named = {name.lower(): link for name, link in links.items()}
    found = [named[name] for name in ("homepage", "home", "source", "repository", "source code") if name in named]
    return _first(about, "Home-page") or (found[0] if found else "")


def _first(about: metadata.PackageMetadata, name: str) -> str:
    return str((about.get_all(name) or [""])[0])


def vendored() -> list[Notice]:
    """Return a notice for each folder under static/vendor/: its VERSION, and the first words of its LICENSE."""
    notices = []
    for folder in sorted((ROOT / "static" / "vendor").iterdir()):
        head = " ".join((folder / "LICENSE").read_text(encoding="utf-8")[:1500].split())
        known = (
            "OFL-1.1" if "SIL Open Font" in head else "MIT" if "MIT" in head or "Permission is hereby" in head else ""
        )
        version = " ".join((folder / "VERSION").read_text(encoding="utf-8").split())
        notices.append(Notice(folder.name, version, known or "see its LICENSE"))
    return notices


def page() -> str:
    """Return THIRD-PARTY.md."""
    lines = [
        "# Third-party notices",
        "",
        "Indicia is licensed under Apache-2.0 (`LICENSE`). It runs on the work of others, listed here with what their",
        "own metadata says of their licenses; the texts come with each package, and beside each vendored file.",
        "Libraries under the LGPL are used as they are. Nothing under GPL or AGPL alone runs in it. Tools that only",
        "test it are not listed.",
        "",
        "Written by `.venv/bin/python manage.py third_party_notices`; a test holds it to the lock.",
        "",
        "## Packages",
        "",
        "| package | version | license | home |",
        "| --- | --- | --- | --- |",
        *(f"| {item.name} | {item.version} | {item.license} | {item.home} |" for item in packages()),
        "",
        "## Files served from `static/vendor/`",
        "",
        "| folder | what | license |",
        "| --- | --- | --- |",
        *(f"| {item.name} | {item.version} | {item.license} |" for item in vendored()),
        "",
    ]
    return "\n".join(lines)
