"""The app as it is served in earnest: gunicorn with its workers, on a socket of this machine only, and plain clients.

Used by the benchmark and by the fault tests. The server gets a socket that listens already, so no port is guessed.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import User

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30.0
AS_DEPLOYED = {"MALLOC_ARENA_MAX": "2"}
"""What deploy/indicia.service puts into the environment."""
IDLE_SECONDS = 1.0
"""A connection that was idle longer is given up before it is used: the server ends idle ones after two seconds."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]


@dataclass
class Server:
    """A running gunicorn."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path
    seconds_to_start: float = 0.0

    def workers(self) -> list[int]:
        """Return the process ids of the workers that live now."""
        return _children(self.process.pid)

    def memory(self) -> list[tuple[float, float]]:
        """Return for each worker what it holds and what is its own alone, in MB (resident, unshared)."""
        return [_held(pid) for pid in self.workers()]

    def memory_apart(self) -> list[tuple[float, float]]:
        """Return the same for each process that makes or reads files for a worker; it lives while that is asked for."""
        return [_held(pid) for worker in self.workers() for pid in _children(worker)]


def _children(pid: int) -> list[int]:
    """Return the processes that any thread of a process has started and that live."""
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


def _held(pid: int) -> tuple[float, float]:
    """Return what a process holds in memory and what is its own alone, in MB (resident, unshared)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return kilobytes["Rss"] / 1024, (kilobytes["Private_Dirty"] + kilobytes["Private_Clean"]) / 1024


def address_of_database() -> str:
    """Return the DATABASE_URL of the database this process works on."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    given = os.environ["DATABASE_URL"]
    return f"{given.rpartition('/')[0]}/{connection.settings_dict['NAME']}"


@contextmanager
def serving(folder: Path, *, workers: int = 2, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve this process's database with gunicorn until the block ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        # As gunicorn does with a socket of its own: without it every answer waits 40 ms for an acknowledgment.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.listen(128)
        port = listening.getsockname()[1]
        given = os.environ | AS_DEPLOYED | {"DATABASE_URL": address_of_database()} | dict(environment or {})
        command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"]
        command += ["--workers", str(workers), "--bind", f"fd://{listening.fileno()}"]
        log = folder / "gunicorn.log"
        started = time.monotonic()
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env=given, stdout=out, stderr=out, pass_fds=[listening.fileno()]
            )
    server = Server(process, port, log)
    try:
        _await(server)
        server.seconds_to_start = time.monotonic() - started
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(server: Server) -> None:
    end = time.monotonic() + START_SECONDS
    visitor = Visitor(server.port)
    while time.monotonic() < end and server.process.poll() is None:
        try:
            if visitor.get("/health/").status == 200:
                visitor.close()
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"gunicorn did not start:\n{server.log.read_text()}")


@dataclass
class Visitor:
    """One browser's worth of connection: keeps it open, sends the session and the token."""

    port: int
    session: str = ""
    _open: http.client.HTTPConnection | None = field(default=None, repr=False)
    _used_at: float = 0.0
    token: str = "t" * 32

    @classmethod
    def of(cls, port: int, person: User) -> "Visitor":
        """Return a visitor who is signed in as this person."""
        client = Client()
        client.force_login(person)
        return cls(port, client.cookies[settings.SESSION_COOKIE_NAME].value)

    def get(self, path: str) -> Answer:
        """Ask for a page. Raises OSError or HTTPException where the connection broke."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, values: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Answer:
        """Send a form. Raises OSError or HTTPException where the connection broke."""
        body = urlencode(values, doseq=True)
        more = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.token}
        return self._ask("POST", path, body, more | dict(headers or {}))

    def close(self) -> None:
        """Give the connection up."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        if time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()
        if self._open is None:
            self._open = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = f"{settings.CSRF_COOKIE_NAME}={self.token}; {settings.SESSION_COOKIE_NAME}={self.session}"
        try:
            self._open.request(method, path, body, {"Cookie": cookies, **headers})
            answer = self._open.getresponse()
            text = answer.read().decode("utf-8", "replace")
            self._used_at = time.monotonic()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        if answer.getheader("Connection", "").lower() == "close":
            self.close()
        return Answer(answer.status, text, dict(answer.getheaders()))


class InProcess:
    """A visitor who asks the app in this process, for counting queries."""

    def __init__(self, person: User) -> None:
        """Sign in."""
        self.client = Client()
        self.client.force_login(person)

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        answer = self.client.get(path)
        return Answer(answer.status_code, answer.content.decode("utf-8", "replace"), {})

    def post(self, path: str, values: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Answer:
        """Send a form."""
        # As a browser's form is sent; the test client's own way costs the app ten times as much to read.
        body, kind = urlencode(values, doseq=True), "application/x-www-form-urlencoded"
        answer = self.client.post(path, body, content_type=kind, headers=dict(headers or {}))
        return Answer(answer.status_code, answer.content.decode("utf-8", "replace"), {})

    def close(self) -> None:
        """Nothing is open."""
