"""`manage.py send_digest`: one message a day to everybody who asked for it; run it from the office's scheduler."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.actions import send_digests


class Command(BaseCommand):
    """Send what waits, once; what was sent is not sent again."""

    help = "Send each person who chose the digest one message with what they have not read."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_digests(at=timezone.now())} sent.")
