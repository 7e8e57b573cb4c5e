"""`manage.py compare_published FILE --period YEAR`: the final report against what was released."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.importers.package import Unreadable
from assessments.importers.published import against_released, lines
from assessments.models import Snapshot


class Command(BaseCommand):
    """Say "identical" for each country, or every sentence that differs. Ends with 1 where anything does."""

    help = "Compare a published report (.docx or text, one country or many) with the texts that were released."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the report as it was published")
        parser.add_argument(
            "--period", type=int, metavar="YEAR", help="the report year; without it, the newest released"
        )

    def handle(self, *args: Any, file: Path, period: int | None, **options: Any) -> None:
        try:
            data = file.read_bytes()
        except OSError as exc:
            raise CommandError(f"{file}: {exc.strerror}.", returncode=2) from exc
        years = Snapshot.objects.filter(released_at__isnull=False).order_by(
            "-revision__assessment__period__report_year"
        )
        year = period or years.values_list("revision__assessment__period__report_year", flat=True).first()
        if year is None:
            raise CommandError("No text is released yet; there is nothing to compare with.", returncode=2)
        try:
            report = against_released(data, year, None)
        except Unreadable as exc:
            raise CommandError(f"{file}: {exc}", returncode=2) from exc
        for line in lines(report):
            self.stdout.write(line)
        if not report.is_identical:
            differing = sum(not one.is_identical for one in report.compared) + len(report.missing)
            raise CommandError(f"{differing} of {len(report.compared) + len(report.missing)} countries differ.")
