"""`manage.py interchange_schema [--check]`: the JSON Schema of the interchange file, as published in docs/."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.core.interchange import schema

PUBLISHED = Path(settings.BASE_DIR) / "docs" / "interchange.schema.json"


class Command(BaseCommand):
    """Write the schema into docs/, or say whether it is current."""

    help = "Write docs/interchange.schema.json from the records. With --check, only say whether it is current."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if the file is not current")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        current = published()
        is_current = PUBLISHED.is_file() and PUBLISHED.read_text(encoding="utf-8") == current
        if check and not is_current:
            raise CommandError(f"{PUBLISHED.name} is not current; write it with: manage.py interchange_schema")
        if not check and not is_current:
            PUBLISHED.write_text(current, encoding="utf-8")
        self.stdout.write(f"{PUBLISHED.name} is current.")


def published() -> str:
    """Return the schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
