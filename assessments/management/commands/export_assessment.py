"""`manage.py export_assessment ISO3 YEAR [--output FILE] [--with-protected]`: an assessment as an interchange file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import facts
from assessments.core.interchange import write
from assessments.models import Revision


class Command(BaseCommand):
    """Write the newest revision of an assessment in canonical form."""

    help = (
        "Write an assessment's newest revision as an interchange file. Excerpts, recruiters, dockets and the identity "
        "of protected sources are left out unless --with-protected is given: whoever runs this reads the database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("iso3", help="the country's code of three letters")
        parser.add_argument("report_year", type=int, help="the year in which the reporting period ends")
        parser.add_argument("--revision", type=int, help="the number of the revision; without it, the newest")
        parser.add_argument("--output", type=Path, metavar="FILE", help="where to write; without it, standard output")
        parser.add_argument("--with-protected", action="store_true", help="write protected fields too")

    def handle(
        self,
        *args: Any,
        iso3: str,
        report_year: int,
        revision: int | None,
        output: Path | None,
        with_protected: bool,
        **options: Any,
    ) -> None:
        rows = Revision.objects.filter(assessment__country=iso3.upper(), assessment__period__report_year=report_year)
        if revision is not None:
            rows = rows.filter(number=revision)
        row = rows.order_by("-number").first()
        if row is None:
            numbered = "" if revision is None else f", revision {revision}"
            raise CommandError(f"There is no assessment of {iso3.upper()} for {report_year}{numbered}.")
        data = write(facts.file_record(row), with_protected=with_protected)
        if output is None:
            self.stdout.write(data.decode(), ending="")
            return
        try:
            output.write_bytes(data)
        except OSError as exc:
            raise CommandError(f"{output}: the file cannot be written ({exc.strerror}).", returncode=2) from exc
        self.stdout.write(f"{row}: written to {output}.")
