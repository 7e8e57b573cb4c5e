"""Twenty people save at once through a real server, and nothing acknowledged is lost: benchmarks/saves.py, small."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.own_database
def test_what_was_acknowledged_is_in_the_log() -> None:
    """On the kind of database that the run is on; a server and a database of its own."""
    kind = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    command = [sys.executable, "-m", "benchmarks.saves", "--saves", "120", "--workers", "2", "--seconds", "15"]
    command += ["--postgres"] if kind == "postgresql" else []
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("INDICIA_", "DATABASE_URL"))}
    done = subprocess.run(command, cwd=Path(settings.BASE_DIR), env=clean, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = re.search(
        r"(\d+) saves acknowledged, (\d+) conflicts .*, 0 failed, (\d+) saves in the log, 0 lost;", done.stdout
    )
    assert counts is not None, done.stdout
    assert int(counts[1]) >= 20  # all 120 on a machine that does nothing else
    assert counts[1] == counts[3]
    assert int(counts[2]) > 0 or int(counts[1]) < 120  # people met in one answer
    assert "Every acknowledged save is in the log" in done.stdout
