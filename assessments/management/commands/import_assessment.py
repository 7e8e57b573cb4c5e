"""`manage.py import_assessment FILE... [--dry-run] [--strict] [--as EMAIL]`: interchange files into the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.core.interchange import InvalidFile
from assessments.importers.interchange import File, import_files
from assessments.models import Revision
from assessments.policies import NotAllowed


class Command(BaseCommand):
    """Import all files or none."""

    help = (
        "Import interchange files as new assessments: all of them or none. Approvals and endorsements in a "
        "file are claims; they come in as proposed. Ends with 0 if all came in, 1 if a file is not valid, 2 if one "
        "can't be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="interchange files")
        parser.add_argument("--dry-run", action="store_true", help="do everything and write nothing")
        parser.add_argument("--strict", action="store_true", help="refuse warnings, and files not in canonical form")
        parser.add_argument(
            "--as", dest="email", metavar="EMAIL", help="the coordinator who imports; without it, the command itself"
        )

    def handle(
        self, *args: Any, files: list[str], dry_run: bool, strict: bool, email: str | None, **options: Any
    ) -> None:
        by = None if email is None else _person(email)
        given = [_file(name) for name in files]
        try:
            with transaction.atomic():
                revisions = import_files.inner(files=given, by=by, at=timezone.now(), strict=strict)
                names = [_named(revision) for revision in revisions]
                transaction.set_rollback(dry_run)
        except InvalidFile as exc:
            raise CommandError(f"Nothing was imported.\n{exc}", returncode=1) from exc
        except NotAllowed as exc:
            raise CommandError(f"Nothing was imported. {exc}", returncode=1) from exc
        for name in names:
            self.stdout.write(f"{name}: {'valid, not imported' if dry_run else 'imported'}.")


def _named(revision: Revision) -> str:
    result = revision.result
    return (
        f"{revision.assessment} ({revision.sentences.count()} sentences, {result.core_answered} of "
        f"{result.core_expected} core indicators answered)"
    )


def _person(email: str) -> User:
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist as exc:
        raise CommandError(f"There is no person with the address {email}.", returncode=1) from exc


def _file(name: str) -> File:
    try:
        return File(name, Path(name).read_bytes())
    except OSError as exc:
        raise CommandError(f"{name}: the file cannot be read ({exc.strerror}).", returncode=2) from exc
