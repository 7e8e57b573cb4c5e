"""`manage.py renew_secrets`: what is stored encrypted, encrypted anew with today's secret key."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments import actions


class Command(BaseCommand):
    """The middle step of changing INDICIA_SECRET_KEY; docs/trouble.md has all of them."""

    help = (
        "Encrypt the second factors of all people with INDICIA_SECRET_KEY, reading those that INDICIA_OLD_SECRET_KEYS "
        "encrypted. Afterwards the old keys can go."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew them, all or none, and say what could not be read."""
        done, lost = actions.renew_secrets()
        self.stdout.write(f"{done} encrypted with the key of today.")
        if lost:
            self.stdout.write(f"{lost} cannot be read with any key given: their people set up a second factor anew.")
