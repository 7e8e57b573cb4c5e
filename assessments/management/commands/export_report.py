"""`manage.py export_report --period 2024 --format docx --audience public --out DIR`: the whole report as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments import events, jobs, policies, reports
from assessments.actions.setting import period_id
from assessments.apart.process import Unavailable
from assessments.core.document import Audience
from assessments.core.words import counted
from assessments.enums import Shape, Subject
from assessments.exporters import report
from assessments.exporters.registry import FORMATS
from assessments.models import HouseTemplate, ReportingPeriod

NOTHING_READY, NOT_WRITTEN, SOME_MISSING = 1, 2, 3


class Command(BaseCommand):
    """Writes all that is approved in a period into one file, without the queue."""

    help = (
        "Write the texts approved for a period into one file. Ends with 0 where every country is in it, 3 where some "
        "are missing (they are named; --ready-only makes that a success), 1 where nothing is ready or the request "
        "makes no sense, 2 where the file can't be written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--period",
            type=int,
            action="append",
            required=True,
            metavar="YEAR",
            help="the report year; may be given more than once",
        )
        parser.add_argument("--format", required=True, choices=list(FORMATS), dest="form")
        parser.add_argument("--audience", default=Audience.PUBLIC.value, choices=[one.value for one in Audience])
        parser.add_argument("--zip", action="store_true", help="a zip with a file for each country")
        parser.add_argument(
            "--template", metavar="NAME", help="Word only: a template of the office by its name, in its newest version"
        )
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="the person whose rights apply, put on record")
        parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")
        parser.add_argument("--ready-only", action="store_true", help="end with 0 although countries are missing")

    def handle(
        self,
        *args: Any,
        period: list[int],
        form: str,
        audience: str,
        out: Path,
        email: str | None,
        dry_run: bool,
        ready_only: bool,
        **options: Any,
    ) -> None:
        person = _person(email)
        shape = Shape.ZIP if options["zip"] else Shape.ONE
        spec = self._spec(period, form, Audience(audience), shape, person, _template(options["template"]))
        key = reports.key_of(spec)
        name = report.name_of(spec, key)
        self._list(spec)
        if dry_run:
            self.stdout.write(f"Would write {out / name}.")
        else:
            self._write(spec, out, name)
            if person is not None:
                _note(spec, person)
        if spec["missing"] and not ready_only:
            raise CommandError(
                f"{counted(len(spec['missing']), 'country is', 'countries are')} missing.", returncode=SOME_MISSING
            )

    def _spec(
        self,
        years: list[int],
        form: str,
        audience: Audience,
        shape: Shape,
        person: User | None,
        template: HouseTemplate | None,
    ) -> reports.Spec:
        known = set(ReportingPeriod.objects.filter(report_year__in=years).values_list("report_year", flat=True))
        if unknown := sorted(set(years) - known):
            raise CommandError(f"The report year {unknown[0]} is not open.")
        try:
            report.check(form, audience, shape, in_template=template is not None)
            if person is not None:
                policies.check_can_build(audience, person)
                if template is not None:
                    policies.check_can_use_templates(person)
        except (report.Unfit, policies.NotAllowed) as exc:
            raise CommandError(str(exc)) from exc
        spec = reports.spec_of(
            report_years=years, form=form, audience=audience, shape=shape, user=person, template=template
        )
        if not spec["entries"]:
            raise CommandError("Nothing is ready: no text of this period is approved.", returncode=NOTHING_READY)
        return spec

    def _list(self, spec: reports.Spec) -> None:
        for entry in spec["entries"]:
            self.stdout.write(f"  {entry['iso3']} {entry['report_year']}  {entry['digest'][:12]}  {entry['name']}")
        for item in spec["missing"]:
            self.stdout.write(f"  missing: {item['name']} {item['report_year']} ({item['state']})")

    def _write(self, spec: reports.Spec, out: Path, name: str) -> None:
        total = len(spec["entries"])

        def say(number: int, country: str) -> None:
            self.stderr.write(f"{number + 1} of {total}: {country}")

        half = out / f".{name}.part"
        try:
            out.mkdir(parents=True, exist_ok=True)
            with half.open("w+b") as file:
                template = jobs.template_of(spec)
                report.write(spec, jobs.contents(spec, say, template), file, template=template)
            half.replace(out / name)
        except OSError as exc:
            raise CommandError(f"{out / name}: the file can't be written ({exc}).", returncode=NOT_WRITTEN) from exc
        except (report.Unfit, Unavailable) as exc:
            raise CommandError(str(exc), returncode=NOT_WRITTEN) from exc
        finally:
            if half.is_file():
                half.unlink()
        size = (out / name).stat().st_size
        self.stdout.write(f"{out / name}: {counted(total, 'country', 'countries')}, {size:,} bytes.")


def _person(email: str | None) -> User | None:
    if email is None:
        return None
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"There is no person with the address {email}.")
    return person


def _template(name: str | None) -> HouseTemplate | None:
    if name is None:
        return None
    row = HouseTemplate.objects.offered().filter(name=name).first()  # the newest comes first
    if row is None:
        offered = ", ".join(HouseTemplate.objects.offered().values_list("name", flat=True).distinct()) or "none"
        raise CommandError(f"There is no template {name!r} on offer; there are: {offered}.")
    return row


def _note(spec: reports.Spec, person: User) -> None:
    with transaction.atomic():
        for row in ReportingPeriod.objects.select_for_update().filter(report_year__in=spec["report_years"]):
            events.append(
                kind=Subject.PERIOD,
                subject_id=period_id(row.report_year),
                action="ask_for_report",
                by=person,
                at=timezone.now(),
                target=f"{spec['format']}, {spec['audience']}",
            )
