"""`manage.py export_assessment ISO3 YEAR [--output FILE] [--with-protected]`: an assessment as an interchange file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments import events, facts, policies
from assessments.core.interchange import write
from assessments.enums import Subject
from assessments.models import Revision


class Command(BaseCommand):
    """Write the newest revision of an assessment in canonical form."""

    help = (
        "Write an assessment's newest revision as an interchange file. Excerpts, recruiters, dockets and the identity "
        "of protected sources are left out, unless --with-protected is given by somebody who may see all of them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("iso3", help="the country's code of three letters")
        parser.add_argument("report_year", type=int, help="the year in which the reporting period ends")
        parser.add_argument("--revision", type=int, help="the number of the revision; without it, the newest")
        parser.add_argument("--output", type=Path, metavar="FILE", help="where to write; without it, standard output")
        parser.add_argument("--with-protected", action="store_true", help="write protected fields too; needs --as")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="the person who takes protected fields away")

    def handle(
        self,
        *args: Any,
        iso3: str,
        report_year: int,
        revision: int | None,
        output: Path | None,
        with_protected: bool,
        email: str | None,
        **options: Any,
    ) -> None:
        rows = Revision.objects.filter(assessment__country=iso3.upper(), assessment__period__report_year=report_year)
        if revision is not None:
            rows = rows.filter(number=revision)
        row = rows.order_by("-is_open", "-number").first()
        if row is None:
            numbered = "" if revision is None else f", revision {revision}"
            raise CommandError(f"There is no assessment of {iso3.upper()} for {report_year}{numbered}.")
        if with_protected:
            _let_go(row, email)
        data = write(facts.file_record(row), with_protected=with_protected)
        if output is None:
            self.stdout.write(data.decode(), ending="")
            return
        try:
            output.write_bytes(data)
        except OSError as exc:
            raise CommandError(f"{output}: the file cannot be written ({exc.strerror}).", returncode=2) from exc
        self.stdout.write(f"{row}: written to {output}.")


def _let_go(revision: Revision, email: str | None) -> None:
    """Note in the log who takes protected fields away. Raises CommandError for somebody who may not see all of them."""
    if email is None:
        raise CommandError("Protected fields leave only with a person who may see them; name one with --as.")
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise CommandError(f"There is no person with the address {email}.")
    known = policies.visible_sources(person).values("pk")
    hidden = revision.sources.exclude(source__in=known).count()
    if hidden or not policies.can_see_protected_facts(revision.assessment, person):
        raise CommandError(f"{person} may not see all protected fields of {revision}.")
    with transaction.atomic():
        Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
        events.append(
            kind=Subject.ASSESSMENT,
            subject_id=revision.assessment.public_id,
            action="export_protected",
            by=person,
            at=timezone.now(),
            target=f"revision {revision.number}",
        )
