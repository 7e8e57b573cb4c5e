"""Runs the tests on a PostgreSQL server of their own: pytest -p tests.plugins.postgres.

pytest-django reads the settings before any conftest.py, so the server is started when this plugin is imported. It
listens on a socket in a folder of its own, never on a port, and is gone with the run. Workers of pytest-xdist find it
in their environment, and pytest-django gives each a database of its own.
"""

import os

from tests.plugins.postgres_server import new_server

if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["DATABASE_URL"] = f"{new_server().address}/postgres"
