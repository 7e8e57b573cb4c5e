"""`manage.py first_account EMAIL NAME`: the account from which all others are invited, and the link to its password."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import invitations
from assessments import actions


class Command(BaseCommand):
    """Makes the first administrator of accounts, without a password, and prints a link that works once."""

    help = (
        "Make the first account, of an administrator of accounts who is also coordinator, and print the link by which "
        "its password is set: once, within three days. Run again with the same address for a new link; with "
        "--lost-second-factor it also takes away what the person lost."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who it is."""
        parser.add_argument("email", help="the e-mail address they sign in with")
        parser.add_argument("name", help="their name as colleagues know it, in quotes")
        lost = "take away their second factor and end their sessions; say how you made sure that they ask"
        parser.add_argument("--lost-second-factor", metavar="REASON", default="", help=lost)

    def handle(self, *_: Any, **options: Any) -> None:
        """Make it, or only a new link."""
        try:
            person = actions.make_first_account(
                email=options["email"], name=options["name"], lost=options["lost_second_factor"], at=timezone.now()
            )
        except actions.Invalid as exc:
            raise CommandError(str(exc)) from exc
        hosts = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
        scheme = "https" if settings.HTTPS else "http"
        origin = f"{scheme}://{hosts[0]}" if hosts else ""
        self.stdout.write(f"{person.name} sets a password at this address, once and within three days:\n")
        self.stdout.write(f"  {origin}{invitations.path(person)}")
        if not origin:
            self.stdout.write("Put the address people reach Indicia by before it.")
