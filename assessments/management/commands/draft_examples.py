"""`manage.py draft_examples`: draw the example drafts of docs/examples/ again from the demo files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from assessments.core import engine
from assessments.core.document import UNREVIEWED, from_result
from assessments.exporters import markdown
from assessments.importers.unstored import case_of, stated_approvals
from assessments.management.commands.draft import STATED


def example(data: bytes) -> str:
    """Return the draft of one interchange file as Markdown, the way `manage.py draft --format md` prints it."""
    case = case_of(data).case
    result = engine.run(case)
    status = f"{UNREVIEWED} {STATED}" if stated_approvals(case.record) else UNREVIEWED
    return markdown.render(from_result(case, result, status=status))


class Command(BaseCommand):
    """Write docs/examples/NAME.md for each fixtures/demo/NAME.json. Needs no database."""

    help = "Draw the example drafts in docs/examples/ again from the demo files. Needs no database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        for file in sorted((root / "fixtures" / "demo").glob("*.json")):
            (root / "docs" / "examples" / f"{file.stem}.md").write_text(example(file.read_bytes()), encoding="utf-8")
            self.stdout.write(file.stem)
