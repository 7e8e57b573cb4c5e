"""`manage.py preview_wording PATH`: what a wording that is not loaded yet would change, assessment by assessment."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import actions, policies
from assessments.core.redline import marked
from assessments.core.restyle import Effect, Restyled
from assessments.core.words import capital, counted
from assessments.models import Revision
from frameworks import wording_loader
from frameworks.spec.wording import CompiledWording


class Command(BaseCommand):
    """Print which sentences of unreleased assessments a wording's folder would change; nothing is written."""

    help = (
        "Read a wording's folder and print, for every unreleased assessment, which sentences it would change: "
        "[-taken out-] and {+put in+}. Loads nothing and changes nothing. Ends with 1 where it cannot word a draft."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder of one wording version, as load_framework takes it")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            spec = wording_loader.read(Path(path))
        except wording_loader.InvalidWording as exc:
            raise CommandError(f"{path}:\n{exc}") from exc
        wording, first = CompiledWording(spec), wording_loader.first_report_year(spec)
        rows = list(policies.unreleased_revisions())
        changed = problems = 0
        for row in rows:
            if row.assessment.period.report_year < first:
                self.stdout.write(f"{_name(row)}: stays as it is; {spec.label} words report years from {first}.")
                continue
            restyled = actions.preview_wording(row, wording)
            self._print(row, restyled)
            changed += bool(restyled.rewordings)
            problems += bool(restyled.problem)
        total = counted(len(rows), "unreleased assessment")
        self.stdout.write(f"{capital(total)}; {changed} would change. Nothing was written.")
        if problems:
            raise CommandError(f"{spec.label} cannot word {counted(problems, 'draft')}.")

    def _print(self, row: Revision, restyled: Restyled) -> None:
        if restyled.problem:
            self.stdout.write(f"{_name(row)}: cannot be worded. {restyled.problem}")
            return
        count = counted(len(restyled.rewordings), "change")
        self.stdout.write(f"{_name(row)}: {count}, {restyled.unchanged} unchanged.")
        for item in restyled.rewordings:
            effect = "" if item.effect is Effect.REWORDED else f" ({item.effect.label})"
            self.stdout.write(f"  {item.name}{effect}: {marked(item.pieces)}")


def _name(row: Revision) -> str:
    return f"{row.assessment.country} {row.assessment.period.report_year}"
