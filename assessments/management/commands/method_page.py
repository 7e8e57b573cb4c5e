"""`manage.py method_page [--check]`: the made part of docs/method.md."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.management import method_text


class Command(BaseCommand):
    """Write the tables and the worked example of the method handbook, or say that they are stale."""

    help = "Write the made part of docs/method.md from the framework and the rules. Needs a checkout, no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether only to look."""
        parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where it is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write it where it differs."""
        made = method_text.page()
        if made == method_text.PAGE.read_text(encoding="utf-8"):
            self.stdout.write("docs/method.md is current.")
        elif check:
            raise CommandError("docs/method.md is stale: run manage.py method_page.")
        else:
            method_text.PAGE.write_text(made, encoding="utf-8")
            self.stdout.write("docs/method.md is written.")
