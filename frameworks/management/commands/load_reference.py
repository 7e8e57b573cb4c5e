"""`manage.py load_reference [PATH]`: countries, treaty status, tiers and lists from CSV files into rows."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import ProtectedError

from frameworks import reference_data

DEFAULT_PATH = Path(settings.BASE_DIR) / "fixtures" / "reference"


class Command(BaseCommand):
    """Load the reference data: all of it or nothing; again and again without harm."""

    help = "Load countries, treaty status, tiers and lists. Nothing is written if one row has an error."

    def add_arguments(self, parser: CommandParser) -> None:
        what = "the folder of the files; without it, those that come with the program"
        parser.add_argument("path", nargs="?", type=Path, default=DEFAULT_PATH, help=what)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            counts = reference_data.store(reference_data.read(Path(path)))
        except reference_data.InvalidReference as exc:
            raise CommandError(f"{path}:\n{exc}\nNothing was loaded.") from exc
        except ProtectedError as exc:
            raise CommandError(
                f"{path}: a country that is in use is missing from the files. Nothing was loaded."
            ) from exc
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counts.items()) + ".")
