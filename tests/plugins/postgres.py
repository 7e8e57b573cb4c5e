"""Runs the tests on a PostgreSQL server of their own: pytest -p tests.plugins.postgres.

pytest-django reads the settings before any conftest.py, so the server is started when this plugin is imported. It
listens on a socket in a folder of its own, never on a port, and is gone with the run. Workers of pytest-xdist find it
in their environment, and pytest-django gives each a database of its own: a copy of one that went through all
migrations while the tests were collected.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.plugins.postgres_server import new_server
from tests.plugins.postgres_template import FOLDER, TEMPLATE

_PATIENCE = 600  # seconds; a busy machine takes its time

if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["DATABASE_URL"] = f"{new_server().address}/postgres"


def pytest_configure(config: pytest.Config) -> None:
    """Begin to migrate, once for all workers, and have their databases copied from what comes of it."""
    from django.db import connections

    if config.getvalue("nomigrations"):
        return
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = TEMPLATE
    if "PYTEST_XDIST_WORKER" in os.environ or config.option.collectonly:
        return
    folder = tempfile.TemporaryDirectory(prefix="indicia-migrated-")
    config.add_cleanup(folder.cleanup)
    os.environ[FOLDER] = folder.name
    with (Path(folder.name) / "said").open("wb") as said:
        migrating = subprocess.Popen(
            [sys.executable, "-m", "tests.plugins.postgres_template"], stdout=said, stderr=said
        )
    config.add_cleanup(migrating.wait)
    config.add_cleanup(migrating.terminate)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> None:
    """Wait for the migrated database before the first test that needs a copy of it. Fails with what went wrong."""
    if fixturedef.argname != "django_db_setup" or FOLDER not in os.environ:
        return
    code = Path(os.environ[FOLDER]) / "code"
    end = time.monotonic() + _PATIENCE
    while not code.exists() and time.monotonic() < end:
        time.sleep(0.1)
    if not code.exists() or code.read_text() != "0":
        pytest.fail(f"The migrations failed:\n{(code.parent / 'said').read_text()}", pytrace=False)
