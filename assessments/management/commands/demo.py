"""`manage.py demo`: an installation of made-up people and real public cases, ready to look at."""

import os
import socket
import subprocess  # nosec B404  it starts our own program
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, CommandParser, call_command
from django.core.management.base import BaseCommand

from accounts.models import Role
from assessments.demo_people import PEOPLE

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 50
GRACE = 5.0  # seconds for the worker to end


class Command(BaseCommand):
    """Make the database of the demo, fill it, and serve it on this machine only."""

    help = "Make a demo installation and serve it on this machine. Safe to run again: what is there stays."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, help=f"the port to serve on; else the first free one from {FIRST_PORT}")
        parser.add_argument("--no-serve", action="store_true", help="stop when everything is loaded")

    def handle(self, *args: Any, port: int | None, no_serve: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo has people with published passwords; it needs INDICIA_DEMO=true.")
        self._load()
        if no_serve:
            return
        port = port or _free_port()
        self._announce(port)
        with Path(os.devnull).open("w") as nowhere, _worker():  # runserver's greeting would name the address twice
            call_command("runserver", f"{HOST}:{port}", use_reloader=False, skip_checks=True, stdout=nowhere)

    def _load(self) -> None:
        self._say("Making the tables ...")
        call_command("migrate", verbosity=0)
        self._say("Loading the framework, countries and public cases; the first time this takes a minute or more ...")
        call_command("load_framework")
        call_command("load_reference")
        call_command("load_demo")

    def _say(self, text: str) -> None:
        """Say at once what takes its time, so that nobody thinks it hangs."""
        self.stdout.write(text)
        self.stdout.flush()

    def _announce(self, port: int) -> None:
        width = max(len(email) for email, *_ in PEOPLE)
        self.stdout.write(f"\nIndicia is at http://{HOST}:{port}/ (Ctrl-C ends it). Sign in as:\n")
        for email, name, roles, password in PEOPLE:
            self.stdout.write(f"  {email:{width}}  {password}  {name}: {', '.join(Role(role).label for role in roles)}")
        self.stdout.write("")
        self.stdout.flush()


@contextmanager
def _worker() -> Iterator[None]:
    """Have the background worked on beside the server; it ends with it, however that ends."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--with-parent", "-v", "0"]
    quiet = os.environ | {"PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(command, env=quiet, start_new_session=True) as worker:  # noqa: S603  our own program
        try:
            yield
        finally:
            worker.terminate()
            try:
                worker.wait(GRACE)
            except subprocess.TimeoutExpired:  # what it was at is taken up again by the next one
                worker.kill()


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CommandError(f"No port from {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} is free; name one with --port.")
