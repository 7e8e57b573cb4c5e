"""`manage.py check_migrations`: whether the new migrations may run while the last release still answers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.loader import MigrationLoader

from config import migration_rule

OURS = ("accounts", "frameworks", "assessments")


class Command(BaseCommand):
    """Holds migrations since the last release to config/migration_rule.py."""

    help = "Refuse migrations that the program of the last release could not work beside. Touches no database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether this is a release."""
        parser.add_argument("--release", action="store_true", help="take all there are as released, for the next time")

    def handle(self, *_: Any, release: bool, **options: Any) -> None:
        """Check, or note the release."""
        found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
        ours = {f"{app}.{name}": found[app, name] for app, name in sorted(found) if app in OURS}
        if release:
            migration_rule.RELEASED.write_text("".join(f"{key}\n" for key in ours))
            self.stdout.write(f"{len(ours)} migrations are those of the release.")
            return
        before = migration_rule.released()
        new = {key: migration for key, migration in ours.items() if before and key not in before}
        gone = sorted(before - set(ours))
        problems = [f"{key}: it was released and is no longer there." for key in gone]
        problems += [problem for migration in new.values() for problem in migration_rule.problems(migration)]
        if problems:
            raise CommandError("\n".join([*problems, "docs/upgrading.md says how it is done in two releases."]))
        what = f"{len(new)} since the last release" if before else "no release yet, so there is no older program"
        self.stdout.write(f"{len(ours)} migrations, {what}.")
