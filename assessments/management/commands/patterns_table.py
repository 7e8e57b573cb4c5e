"""`manage.py patterns_table`: the table of docs/patterns.md. For a checkout, since it reads the tests' examples."""

from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Print each sentence pattern with a sentence that shows it."""

    help = "Print docs/patterns.md: sentence patterns, conditions, examples. Needs a checkout, no database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = import_module("tests.core.patterns")
        except ModuleNotFoundError as exc:
            raise CommandError("The examples are part of a checkout with its tests.", returncode=2) from exc
        self.stdout.write(made.table(), ending="")
