"""`manage.py load_framework [PATH] [--check]`: measurement and wording versions from files into rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments import actions
from frameworks import loader, wording_loader
from frameworks.models import FrameworkVersion, WordingVersion
from frameworks.spec.measurement import FrameworkSpec
from frameworks.yaml_source import InvalidFiles

DEFAULT_PATH = Path(settings.BASE_DIR) / "fixtures" / "frameworks"
WORDING_HEADER = "wording.yaml"


@dataclass(frozen=True, slots=True)
class Read:
    """A version that was read and found valid, and how to store it."""

    label: str
    contents: str
    store: Callable[[datetime], FrameworkVersion | WordingVersion]


class Command(BaseCommand):
    """Load every version found under a path: measurement first, then wordings; all of them or none."""

    help = "Load framework and wording versions from files. Nothing is written if one of them has an error."

    def add_arguments(self, parser: CommandParser) -> None:
        what = "a version's folder or a folder of versions; without it, all that come with the program"
        parser.add_argument("path", nargs="?", type=Path, default=DEFAULT_PATH, help=what)
        parser.add_argument("--check", action="store_true", help="read and check only; write nothing")

    def handle(self, *args: Any, path: Path, check: bool, **options: Any) -> None:
        versions = self._read_all(Path(path))
        if not check:
            self._store_all(versions)
        for version in versions:
            self.stdout.write(f"{version.label}: {version.contents}, {'valid' if check else 'loaded'}.")

    def _read_all(self, path: Path) -> list[Read]:
        folders = find_versions(path)
        if not folders:
            raise CommandError(f"{path}: there is no {loader.HEADER} and no {WORDING_HEADER} here or below.")
        versions, errors = [], []
        for header in folders:
            try:
                versions.append(_read(header))
            except InvalidFiles as exc:
                errors.append(f"{header.parent}:\n{exc}")
        if errors:
            raise CommandError("\n".join(errors) + "\nNothing was loaded.")
        return versions

    def _store_all(self, versions: list[Read]) -> None:
        try:
            actions.load_versions(stores=[version.store for version in versions], by=None, at=timezone.now())
        except loader.VersionInUse as exc:
            raise CommandError(f"{exc} Nothing was loaded.") from exc


def find_versions(path: Path) -> list[Path]:
    """Return the header files at or below a path, measurement before wording."""
    headers = [file for name in (loader.HEADER, WORDING_HEADER) for file in sorted(path.rglob(name))]
    return sorted(headers, key=lambda file: (file.name == WORDING_HEADER, file))


def _read(header: Path) -> Read:
    if header.name == WORDING_HEADER:
        wording = wording_loader.read(header.parent)
        contents = f"{len(wording.patterns)} sentence patterns"
        return Read(wording.label, contents, lambda at: wording_loader.store(wording, by=None, at=at))
    spec = loader.read(header.parent)
    return Read(spec.label, _contents(spec), lambda at: loader.store(spec, by=None, at=at))


def _contents(spec: FrameworkSpec) -> str:
    levels = sum(len(indicator.levels) for indicator in spec.indicators)
    return f"{len(spec.indicators)} indicators with {levels} descriptors, {len(spec.recommendations)} recommendations"
