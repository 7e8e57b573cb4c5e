"""`manage.py claims_table`: the table of docs/claims.md. For a checkout, since it reads the tests' claims."""

from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Print which claim of the trial cases is carried by what."""

    help = "Print docs/claims.md: which claim of the trial cases each sentence carries. Needs a checkout, no database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = import_module("tests.core.claims_table")
        except ModuleNotFoundError as exc:
            raise CommandError("The claims are part of a checkout with its tests.", returncode=2) from exc
        self.stdout.write(made.table(), ending="")
