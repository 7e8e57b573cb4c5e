"""`.venv/bin/python -m benchmarks`: how much dearer the app's pages are than bare Django's, in one run on one machine.

In this process and through Django's own test client, on a SQLite database in a folder that is gone afterwards. Times
depend on the machine; ratios and numbers of queries hardly do.
"""

import argparse
import gc
import os
import sys
import tempfile
import time


def main() -> None:
    """Make the world, measure for at most the seconds given, print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30, help="how long to measure at most")
    parser.add_argument("--rounds", type=int, default=100, help="how often to make each request at most")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="indicia-benchmark-") as folder:
        os.environ |= {"INDICIA_VAR": folder, "INDICIA_DEMO": "true", "INDICIA_HOSTS": "testserver"}
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        print(run(options.rounds, options.seconds))


def run(rounds: int, seconds: float) -> str:
    """Return the table, with a line on how it came about."""
    from django.test.utils import override_settings

    from benchmarks import engine, measure, pages, world

    started = time.monotonic()
    world.make()
    made = time.monotonic() - started
    with override_settings(ROOT_URLCONF="benchmarks.floor"):
        targets = pages.targets(world.fullest())
        gc.collect()
        gc.freeze()  # as config.wsgi does for a server
        counted = measure.measure(targets, rounds=rounds, seconds=seconds)
    python = ".".join(map(str, sys.version_info[:3]))
    made_in = f"{counted} rounds, Python {python}; data made in {made:.0f} s."
    return f"{engine.table()}\n\n{measure.table(targets)}\n\n{made_in}"


if __name__ == "__main__":
    main()
