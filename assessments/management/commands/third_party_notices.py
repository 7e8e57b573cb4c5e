"""`manage.py third_party_notices [--check]`: write THIRD-PARTY.md from the lock and the vendored licenses."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import third_party


class Command(BaseCommand):
    """Keeps the notices true to what runs."""

    help = "Write THIRD-PARTY.md; with --check, say whether it is current."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to write."""
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *_: Any, check: bool, **options: Any) -> None:
        """Write or check."""
        text = third_party.page()
        if not check:
            third_party.PAGE.write_text(text, encoding="utf-8")
        elif not third_party.PAGE.exists() or third_party.PAGE.read_text(encoding="utf-8") != text:
            raise CommandError("THIRD-PARTY.md is not current; run manage.py third_party_notices.")
        self.stdout.write(f"{text.count(chr(10))} lines.")
