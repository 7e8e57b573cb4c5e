"""`python -m benchmarks.one_database`: everything measured on one database, as JSON; `benchmarks` calls it for each.

In a process of its own, because the settings are read once.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

SIZES = (19, 190, 1900)
USERS = (1, 10, 50)


def main() -> None:
    """Grow the data step by step and measure at each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    import django

    django.setup()
    options.out.write_text(json.dumps(measured(short=options.short), indent=1))


def measured(*, short: bool) -> dict[str, Any]:
    """Return what was found: at each size the queries, and for each number of people times, saves and memory."""
    from django.db import connection

    from benchmarks import load, served, world

    found: dict[str, Any] = {"database": _name(connection), "sizes": [], "starts": []}
    world.make(SIZES[0])
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            began = time.monotonic()
            world.grow(size)
            _say(f"{found['database']}: {size} assessments, made in {time.monotonic() - began:.0f} s")
            at_size: dict[str, Any] = {"assessments": _count(), "queries": load.queries(), "phases": []}
            with served.serving(Path(folder)) as server:
                found["starts"].append(server.seconds_to_start)
                for users in USERS:
                    times = load.phase(server.port, users, **_effort(users, short=short))
                    at_size["phases"].append(_phase(times))
                    _say(f"  {users} at once: {times.a_second[load.SAVE]:.0f} saves/s, {len(times.failures)} failures")
                at_size["memory"], at_size["apart"] = server.memory(), server.memory_apart()
            found["sizes"].append(at_size)
    found["start"] = median(found["starts"])
    return found


def _effort(users: int, *, short: bool) -> dict[str, Any]:
    """Return how long and how often: every request is made some hundred times by all people together."""
    rounds = {1: 20, 10: 4, 50: 2} if short else {1: 100, 10: 20, 50: 6}
    return {"seconds": 12.0 if short else 60.0, "rounds": rounds[users], "dear": users == 1 or not short}


def _phase(times: Any) -> dict[str, Any]:
    from benchmarks import load

    shown = [kind for kind in load.kinds() if times.milliseconds[kind.name]]
    rows = {
        kind.name: {
            "p50": times.percentile(kind.name, 0.5),
            "p95": times.percentile(kind.name, 0.95),
            "count": len(times.milliseconds[kind.name]),
            "floor": kind.floor,
            "ratio": times.ratio(kind),
        }
        for kind in shown
    }
    return {
        "users": times.users,
        "rows": rows,
        "saves_a_second": times.a_second[load.SAVE],
        "bare_saves_a_second": times.a_second[load.BARE_SAVE],
        "failures": sorted(set(times.failures))[:5],
        "failed": len(times.failures),
    }


def _count() -> int:
    from assessments.models import Assessment

    return Assessment.objects.count()


def _name(connection: Any) -> str:
    if connection.vendor == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
