"""A PostgreSQL server of the tests' own: on a socket in a folder of its own, never on a port, gone with the run."""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from config import system

HOW = "install it with: apt-get install postgresql"
ALWAYS = ("listen_addresses=", "max_connections=40")
FAST = (*ALWAYS, "fsync=off", "synchronous_commit=off", "full_page_writes=off")


def _program(name: str) -> str:
    found = system.program(name)
    if found is None:
        raise pytest.UsageError(f"The tests on PostgreSQL need its server, and {name} was not found; {HOW}")
    return str(found)


def _owner() -> dict[str, Any]:
    """Return who runs the server: PostgreSQL refuses root, so for root it is the user its package makes."""
    if os.geteuid() != 0:
        return {}
    try:
        person = pwd.getpwnam("postgres")
    except KeyError as exc:
        raise pytest.UsageError(f"PostgreSQL refuses to run as root, and there is no user postgres; {HOW}") from exc
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": ()}


@dataclass
class Postgres:
    """A server of our own, reached by a socket in its folder."""

    folder: Path
    is_durable: bool = False  # writes to the disk before it answers, as in earnest; tests need not wait for that
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """What DATABASE_URL says of it, without the name of a database."""
        return f"postgres://indicia@{quote(str(self.folder), safe='')}"

    def make(self) -> None:
        """Make its files. Raises UsageError where that fails."""
        if owner := _owner():
            os.chown(self.folder, owner["user"], owner["group"])
        command = [_program("initdb"), "-D", self.folder / "data", "-U", "indicia", "-A", "trust", "-E", "UTF8"]
        command += ["--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, **_owner())
        if made.returncode:
            raise pytest.UsageError(f"PostgreSQL could not make its files: {made.stderr.strip()}")

    def start(self) -> None:
        """Start it and wait until it answers. Raises UsageError where it doesn't."""
        settings = [word for setting in (ALWAYS if self.is_durable else FAST) for word in ("-c", setting)]
        command = [_program("postgres"), "-D", self.folder / "data", "-k", self.folder, *settings]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **_owner())
        isready = [_program("pg_isready"), "-h", self.folder, "-q"]
        for _ in range(200):
            if subprocess.run(isready).returncode == 0:
                return
            time.sleep(0.05)
        raise pytest.UsageError(f"PostgreSQL did not start: {(self.folder / 'log').read_text().strip()}")

    def stop(self) -> None:
        """Drop the connections and end; whatever was not committed is gone."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process = None


def new_server(*, durable: bool = False) -> Postgres:
    """Make and start a server that is gone with this process."""
    # Not TMPDIR: the path of a socket has some 100 characters, and the server's user must get there.
    server = Postgres(Path(tempfile.mkdtemp(prefix="indicia-pg-", dir="/tmp")), durable)
    atexit.register(shutil.rmtree, server.folder, ignore_errors=True)
    atexit.register(server.stop)
    server.make()
    server.start()
    return server
