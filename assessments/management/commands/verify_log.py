"""`manage.py verify_log`: prove that nobody altered, left out or added an event."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments import events
from assessments.models import Event


class Command(BaseCommand):
    """Verify the chain of every subject; names the first broken link of each that has one."""

    help = "Verify the event log. Names the first broken link of every chain that has one."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [str(item) for item in events.verify_all()]
        if broken:
            raise CommandError("\n".join(broken))
        subjects = Event.objects.order_by().values("subject_kind", "subject_id").distinct().count()
        self.stdout.write(f"The log holds: {Event.objects.count()} events on {subjects} subjects.")
