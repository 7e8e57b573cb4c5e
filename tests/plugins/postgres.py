"""Runs the tests on a PostgreSQL server of their own: pytest -p tests.plugins.postgres.

pytest-django reads the settings before any conftest.py, so the server is started when this plugin is imported. It
listens on a socket in a folder of its own, never on a port, and is gone with the run. Workers of pytest-xdist find it
in their environment, and pytest-django gives each a database of its own.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from config import system

HOW = "install it with: apt-get install postgresql"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=40")


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


def _start() -> None:
    # Not TMPDIR: the path of a socket has some 100 characters, and the server's user must get there.
    folder = Path(tempfile.mkdtemp(prefix="indicia-pg-", dir="/tmp"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    initdb, postgres, isready = _program("initdb"), _program("postgres"), _program("pg_isready")
    owner = _owner()
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    data = folder / "data"
    make = [initdb, "-D", data, "-U", "indicia", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(make, capture_output=True, text=True, cwd=folder, **owner)
    if made.returncode:
        raise pytest.UsageError(f"PostgreSQL could not make its files: {made.stderr.strip()}")
    with (folder / "log").open("w") as log:
        settings = [word for setting in FAST for word in ("-c", setting)]
        server = subprocess.Popen(
            [postgres, "-D", data, "-k", folder, *settings], stdout=log, stderr=log, cwd=folder, **owner
        )
    atexit.register(_stop, server)
    for _ in range(200):
        if subprocess.run([isready, "-h", folder, "-q"]).returncode == 0:
            break
        time.sleep(0.05)
    else:
        raise pytest.UsageError(f"PostgreSQL did not start: {(folder / 'log').read_text().strip()}")
    os.environ["DATABASE_URL"] = f"postgres://indicia@{quote(str(folder), safe='')}/postgres"


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(2)  # SIGINT: drop the connections and end
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()


if "PYTEST_XDIST_WORKER" not in os.environ:
    _start()
