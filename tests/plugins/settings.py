"""Gives the tests an environment of their own, before Django reads its settings (loaded with -p, see pyproject.toml).

The caller's INDICIA_ variables and DATABASE_URL do not get through; all files go to a folder that is gone afterwards.
"""

import atexit
import os
import shutil
import tempfile

import pytest

_MARK = "INDICIA_VAR"

if "PYTEST_XDIST_WORKER" not in os.environ:
    for name in [name for name in os.environ if name.startswith("INDICIA_") or name == "DATABASE_URL"]:
        del os.environ[name]
    os.environ[_MARK] = tempfile.mkdtemp(prefix="indicia-tests-")
    atexit.register(shutil.rmtree, os.environ[_MARK], ignore_errors=True)
    os.environ |= {
        "INDICIA_COLLECTED_STATIC": "false",
        "INDICIA_HOSTS": "testserver,localhost,127.0.0.1",
        "INDICIA_HTTPS": "false",
        "INDICIA_SECOND_FACTOR_ROLES": "",
        "INDICIA_SECRET_KEY": "tests-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    }


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests of faults be made longer by hand, and the pictures of the guide be taken."""
    parser.addoption(
        "--pictures", action="store_true", help="take the pictures of docs/guide/ anew, in tests/journeys/"
    )
    parser.addoption(
        "--screenshots",
        action="store_true",
        help="keep every page a journey holds, in var/screenshots/, to be looked at",
    )
    parser.addoption("--faults", type=int, default=8, help="how often tests/faults/ hurt the server")


def pytest_configure(config: pytest.Config) -> None:
    """Tell the journeys, wherever they run."""
    if config.getoption("--pictures"):
        os.environ["JOURNEYS_TAKE_PICTURES"] = "1"
    if config.getoption("--screenshots"):
        os.environ["JOURNEYS_KEEP_SCREENSHOTS"] = "1"
