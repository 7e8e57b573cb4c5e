"""`manage.py audit_dependencies`: ask an advisory service, where the network reaches one, about what runs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import audit


class Command(BaseCommand):
    """Strict: what could not be asked about counts as a failure, never as safe."""

    help = (
        "Ask an advisory service (pip-audit's) about every locked package. Fails for a known weakness, and where not "
        "every package could be asked about. Needs the tools of `verify` and a network that reaches the service."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which lock."""
        parser.add_argument("--tools", action="store_true", help="the packages of the tools as well")

    def handle(self, *_: Any, tools: bool, **options: Any) -> None:
        """Ask, and say what was found."""
        weaknesses, count = [], 0
        for name in ("run", "tools") if tools else ("run",):
            lock = audit.LOCKS / f"{name}.txt"
            try:
                weaknesses += audit.ask(lock)
            except audit.NotAudited as exc:
                raise CommandError(f"{lock.name}: {exc}") from exc
            count += sum("==" in line for line in lock.read_text().splitlines())
        if weaknesses:
            raise CommandError("\n".join(["Known weaknesses:", *map(str, weaknesses)]))
        self.stdout.write(f"{count} packages asked about, no known weakness.")
