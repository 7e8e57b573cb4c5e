"""`manage.py rederive [--check]`: derive again all that is stored as derived, or prove that it is current."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments import actions, content, facts
from assessments.core.merge import Cause
from assessments.core.version import RULES_VERSION
from assessments.models import Result, Revision
from assessments.policies import FROZEN


class Command(BaseCommand):
    """Bring the results of open revisions up to date; released ones keep theirs."""

    help = "Derive the results of all open, unreleased revisions again; --check proves them current and writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say which are not current")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        revisions = Revision.objects.filter(is_open=True).exclude(state__in=FROZEN)
        rows = list(revisions.select_related("assessment__country", "assessment__period", "framework", "wording"))
        stale = [row for row in rows if not self._is_current(row)]
        if check and stale:
            raise CommandError("\n".join(["Not current:", *(str(row) for row in stale)]))
        if not check:
            for row in stale:
                rederive_one(revision_id=row.public_id, at=timezone.now())
        self.stdout.write(
            f"{len(rows)} revisions; {len(stale)} derived again." if not check else f"{len(rows)} current."
        )

    def _is_current(self, row: Revision) -> bool:
        case = facts.collect(row, framework=content.framework_of(row), wording=content.wording_of(row))
        result = Result.objects.filter(revision=row).values_list("input_digest", "rules_version").first()
        return result == (content.input_digest(case), RULES_VERSION)


@actions.action
def rederive_one(*, revision_id: Any, at: Any) -> None:
    """Derive one revision again, in a transaction of its own."""
    actions.rederive(actions.lock(revision_id), at=at, cause=Cause.RULES)
