"""`manage.py restore FILE`: a backup into an empty installation, on either database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import backups


class Command(BaseCommand):
    """Restores all or nothing, and proves it by digest."""

    help = "Fill an empty, migrated installation from a backup; rows are compared by digest afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="a file that manage.py backup wrote")

    def handle(self, *_: Any, **options: Any) -> None:
        """Restore it."""
        try:
            with options["file"].open("rb") as source:
                manifest = backups.restore(source, settings.VAR / "files")
        except (OSError, backups.Unfit) as exc:
            raise CommandError(str(exc)) from exc
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"Restored {rows:,} rows, equal by digest to those of the backup. People sign in again.")
