"""`.venv/bin/python -m benchmarks.saves`: many people save at once through a real server, and nothing may be lost.

Twenty clients, each signed in as somebody else, save answers at random in a few assessments, by way of gunicorn's
workers on this machine's own address. Afterwards the log is read: every save that was acknowledged must stand in it
with its very words, the chains must verify, every row must hold what the log says last, and nothing may be undrawn.
With `--postgres` on a PostgreSQL server of its own, otherwise on SQLite; both in a folder that is gone afterwards.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass

DEFAULT = {"sqlite": 2_000, "postgresql": 10_000}
"""How many saves are tried where no number is given."""


@dataclass(frozen=True)
class Outcome:
    """What came of a run. `problems` is empty where nothing was lost."""

    database: str
    acknowledged: int
    conflicts: int  # came too late, were answered with both texts, and were sent again
    failed: int  # answers of 500 and above, and broken connections
    logged: int  # saves that the log has
    lost: int  # acknowledged saves that the log does not have, or not with their very words
    seconds: float
    slowest: float  # milliseconds
    median: float
    problems: tuple[str, ...]

    def __str__(self) -> str:
        rate = self.acknowledged / self.seconds if self.seconds else 0
        head = (
            f"{self.database}: {self.acknowledged} saves acknowledged, {self.conflicts} conflicts (came too late, were "
            f"shown both texts and sent again), {self.failed} failed, {self.logged} saves in the log, {self.lost} "
            f"lost; {self.seconds:.0f} s, {rate:.0f} a second, median {self.median:.0f} ms, "
            f"slowest {self.slowest:.0f} ms."
        )
        found = self.problems or ("Every acknowledged save is in the log; every chain verifies; nothing is undrawn.",)
        return "\n".join([head, *found])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and say what came of it; returns 1 where anything was lost or failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.saves", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--saves", type=int, help="how many to try; 2,000 on SQLite and 10,000 on PostgreSQL")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--workers", type=int, default=3, help="processes of the server")
    parser.add_argument("--seconds", type=float, default=1200, help="stop after as many, whatever is done by then")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="indicia-saves-") as folder:
        _settle_environment(folder, postgres=options.postgres)
        import django

        django.setup()
        from benchmarks import crowd

        outcome = crowd.run(
            saves=options.saves,
            clients=options.clients,
            workers=options.workers,
            seconds=options.seconds,
        )
    sys.stdout.write(f"{outcome}\n")
    return 1 if outcome.problems or outcome.failed else 0


def _settle_environment(folder: str, *, postgres: bool) -> None:
    os.environ |= {
        "INDICIA_VAR": folder,
        "INDICIA_DEMO": "true",
        "INDICIA_HOSTS": "127.0.0.1,testserver",
        "INDICIA_LOG_JSON": "true",
        "DJANGO_SETTINGS_MODULE": "benchmarks.saving_settings",
        "PYTHONWARNINGS": "ignore",
    }
    os.environ.pop("DATABASE_URL", None)
    if postgres:
        import tests.plugins.postgres  # noqa: F401  starts a server and names it in the environment


if __name__ == "__main__":
    started = time.monotonic()
    code = main()
    sys.stdout.write(f"In all {time.monotonic() - started:.0f} s.\n")
    sys.exit(code)
