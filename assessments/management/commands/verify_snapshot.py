"""`manage.py verify_snapshot FILE...`: prove that a snapshot is what it was, on any machine."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.verification import verify


class Command(BaseCommand):
    """Check the hash of snapshot files and recompute what the rules made of their records; needs no database."""

    help = "Prove snapshot files: hash, levels, findings, sentences. Says identical, or names the first difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a snapshot exported as JSON")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        failed = 0
        for path in files:
            try:
                data = path.read_bytes()
            except OSError as exc:
                raise CommandError(f"{path}: {exc.strerror}.") from exc
            verdict = verify(data)
            failed += not verdict.holds
            self.stdout.write(f"{path}: {verdict.text}")
        if failed:
            raise CommandError(f"{failed} of {len(files)} did not hold.")
