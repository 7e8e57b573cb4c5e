"""`manage.py draft FILE [--format txt|md|json]`: the narrative of an interchange file, without a database."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.core import engine
from assessments.core.document import UNREVIEWED, from_result
from assessments.core.interchange import InvalidFile
from assessments.exporters import markdown, text
from assessments.exporters.explained import explained
from assessments.importers.unstored import case_of, stated_approvals

STATED = "Approvals and endorsements are as stated in the file; nobody here has checked them."


class Command(BaseCommand):
    """Draft an interchange file; nothing is stored and no database is needed."""

    help = (
        "Print the draft of an interchange file. Needs no database. Approvals in the file are honored and marked as "
        "stated in the file. Ends with 0 if it was drafted, 1 if the file is not valid, 2 if it cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="an interchange file; - reads standard input")
        parser.add_argument("--format", choices=["txt", "md", "json"], default="txt", help="default: txt")

    def handle(self, *args: Any, file: str, format: str, **options: Any) -> None:  # noqa: A002
        data = _bytes(file)
        try:
            read = case_of(data)
        except InvalidFile as exc:
            count = len(exc.problems)
            what = "One thing is" if count == 1 else f"{count} things are"
            raise CommandError(f"{file}: {what} wrong with the file.\n{exc}", returncode=1) from exc
        for warning in read.warnings:
            self.stderr.write(f"{file}: {warning}")
        result = engine.run(read.case)
        stated = stated_approvals(read.case.record)
        if format == "json":
            self.stdout.write(explained(read.case, result, stated=stated).decode(), ending="")
            return
        document = from_result(read.case, result, status=f"{UNREVIEWED} {STATED}" if stated else UNREVIEWED)
        render = markdown.render if format == "md" else text.render
        self.stdout.write(render(document), ending="")


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as exc:
        raise CommandError(f"{file}: the file cannot be read ({exc.strerror}).", returncode=2) from exc
