"""`manage.py backup FILE`: the whole installation in one file, of one moment, while people work on."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import backups


class Command(BaseCommand):
    """Writes a backup beside a temporary name first, so that a broken one never bears the name asked for."""

    help = "Write every row and stored file to one zip file, with the digest of each."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="where to write; must not exist yet")

    def handle(self, *_: Any, **options: Any) -> None:
        """Write it."""
        target: Path = options["file"]
        if target.exists():
            raise CommandError(f"{target} exists; a backup never overwrites.")
        half = target.with_name(target.name + ".part")
        try:
            with half.open("wb") as out:
                manifest = backups.write(out, settings.VAR / "files")
            half.rename(target)
        except OSError as exc:
            half.unlink(missing_ok=True)
            raise CommandError(f"The backup could not be written: {exc}.") from exc
        rows, files = sum(manifest["rows"].values()), len(manifest["digests"]) - len(manifest["rows"])
        self.stdout.write(f"{target}: {rows:,} rows of {len(manifest['rows'])} tables, {files:,} stored files.")
        self.stdout.write("It holds protected sources in the clear: keep it as safe as the database itself.")
