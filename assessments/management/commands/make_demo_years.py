"""`manage.py make_demo_years`: generated country-years, to see and measure every page at the size of a real office."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import actions, content
from assessments.importers.bulk import Writer
from assessments.importers.generated import records
from assessments.models import Assessment, Revision
from frameworks.models import Country, FrameworkVersion, WordingVersion

LAST, YEARS, COUNTRIES, SEED = 2025, 25, 189, 20260101


@actions.action
def write_year(*, writer: Writer, year: int, found: Any) -> int:
    """Write one year in a transaction of its own."""
    return writer.write(year, found)


class Command(BaseCommand):
    """Fill a demo installation with generated years; what is there already stays as it is."""

    help = (
        "Generate released country-years, marked as demonstrations: the same seed gives the same answers. Safe to run "
        "again. Refuses unless INDICIA_DEMO is true."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--countries", type=int, default=COUNTRIES, help="how many, in the order of their codes")
        parser.add_argument("--years", type=int, default=YEARS, help="how many report years")
        parser.add_argument("--last", type=int, default=LAST, help="the last report year")
        parser.add_argument("--seed", type=int, default=SEED, help="what the answers are drawn from")

    def handle(self, *args: Any, countries: int, years: int, last: int, seed: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Generated years are demonstrations; they are made only where INDICIA_DEMO is true.")
        if countries < 1 or years < 1 or last - years < 2000 or last > 2100:
            raise CommandError("Give at least one country and one year, from 2001 to 2100.")
        framework = FrameworkVersion.objects.filter(superseded=False).order_by("-in_force_from", "-loaded_at").first()
        wording = WordingVersion.objects.order_by("-valid_from_year", "-loaded_at").first()
        chosen = list(Country.objects.order_by("iso3")[:countries])
        if framework is None or wording is None or not chosen:
            raise CommandError("Load framework, wording and reference data first: load_framework, load_reference.")
        started = time.monotonic()
        made = self._write(Writer(framework, wording), chosen, range(last - years + 1, last + 1), seed)
        self.stdout.write(
            f"{made} country-years generated for {len(chosen)} countries in {time.monotonic() - started:.0f} s; "
            "what was there stayed."
        )

    def _write(self, writer: Writer, chosen: list[Country], years: range, seed: int) -> int:
        compiled = content.framework_of(Revision(framework=writer.framework))
        there = set(
            Assessment.objects.filter(period__report_year__in=years).values_list("country", "period__report_year")
        )
        ways = [(country, records(country.iso3, years, compiled, seed)) for country in chosen]
        made = 0
        for year in years:
            found = [(country, next(way)) for country, way in ways]
            new = [(country, record) for country, record in found if (country.iso3, year) not in there]
            made += write_year(writer=writer, year=year, found=new) if new else 0
        return made
