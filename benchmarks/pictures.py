"""`.venv/bin/python -m benchmarks.pictures [--years 25]`: the pictures at the size of a Report, beside a bare page.

189 countries, 44 indicators, as many years as are asked for, on SQLite in a folder that is gone afterwards, through
Django's own test client. A round makes every request once, so that a busy machine slows all of them alike; times are
of this process's own work (CPU), which other programs do not change. The ratio is of medians. Then a browser sorts and
filters the heat map (`browser.py`).
"""

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from statistics import median
from typing import Any

BARE = "bare: 190 rows"
SOME = 5
"""Rounds in which pages are read anew, too."""
PAGES = {
    BARE: "/floor/rows/190/",
    "heat map": "/pictures/compare/",
    "heat map, sorted by an indicator": "/pictures/compare/?sort=I07&down=1",
    "side by side": "/pictures/side-by-side/?c=AFG&c=FRA&c=NGA",
    "distribution": "/pictures/levels/",
    "changes since last year": "/pictures/changes/",
    "consistency review": "/pictures/consistency/",
    "map": "/pictures/map/",
    "map of tiers": "/pictures/map/?show=tier",
    "trends": "/pictures/trends/",
    "trends of an indicator by bureau": "/pictures/trends/?show=pof-forced-labor&by=bureau",
    "one country": "/pictures/countries/AFG/",
    "validity": "/pictures/validity/",
}


def main() -> None:
    """Make the data, measure, print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures", description=__doc__)
    parser.add_argument("--years", type=int, default=25, help="years of 189 countries")
    parser.add_argument("--rounds", type=int, default=20, help="how often to make each request")
    parser.add_argument("--tries", type=int, default=5, help="how often a browser sorts and filters; 0: no browser")
    options = parser.parse_args()
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="indicia-pictures-") as folder:
        os.environ |= {"INDICIA_VAR": folder, "INDICIA_DEMO": "true", "INDICIA_HOSTS": "testserver,127.0.0.1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        import django

        django.setup()
        print(run(options.years, options.rounds, options.tries))


def run(years: int, rounds: int, tries: int) -> str:
    """Return the table, with a line on how it came about."""
    from django.core.management import call_command
    from django.utils import timezone

    from assessments.management.commands.load_demo import load_people
    from assessments.models import Figures

    started = time.monotonic()
    for command in ("migrate", "load_framework", "load_reference"):
        call_command(command, verbosity=0, stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    load_people(timezone.now())
    call_command("make_demo_years", years=years, stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    took = time.monotonic() - started
    made = Figures.objects.filter(is_released=True).count()
    python = ".".join(map(str, sys.version_info[:3]))
    head = f"{made} country-years of 44 indicators, made in {took:.0f} s; Python {python}."
    parts = [table(rounds), head]
    if tries:
        from benchmarks import browser

        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
        parts.append(browser.table(coordinator(), tries))
    return "\n\n".join(parts)


def coordinator() -> Any:
    """Return somebody who may see every picture."""
    from accounts.models import Role, User

    return User.objects.filter(role_grants__role=Role.COORDINATOR).earliest("pk")


def table(rounds: int) -> str:
    """Measure, and return the results as Markdown."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from assessments.views.pictures import seen

    client = Client()
    client.force_login(coordinator())
    requests: dict[str, Callable[[], bytes]] = {name: _request(client, url) for name, url in PAGES.items()}
    sizes = {name: len(request()) for name, request in requests.items()}
    queries = {}
    for name, request in requests.items():
        with CaptureQueriesContext(connection) as captured:
            request()
        queries[name] = len(captured)
    gc.collect()
    gc.freeze()  # as config.wsgi does for a server
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    anew: dict[str, list[float]] = {name: [] for name in PAGES}
    for turn in range(rounds):
        for name, request in requests.items():
            times[name].append(_cpu(request))
        for name, request in requests.items() if turn < SOME else ():
            seen.forget()
            anew[name].append(_cpu(request))
        for request in requests.values() if turn < SOME else ():
            request()  # known again before the next round
    floor = median(times[BARE])
    lines = ["| page | median ms | times the floor | read anew, ms | queries | kB |", "| --- " + "| --: " * 5 + "|"]
    for name, found in times.items():
        middle, first = median(found), median(anew[name])
        told = f"{middle:.1f} | {middle / floor:.1f} | {first:.1f} | {queries[name]} | {sizes[name] / 1000:.0f}"
        lines.append(f"| {name} | {told} |")
    return "\n".join(lines)


def _cpu(request: Callable[[], bytes]) -> float:
    """Return the milliseconds of processor that a request takes."""
    began = time.process_time()
    request()
    return (time.process_time() - began) * 1000


def _request(client: object, url: str) -> Callable[[], bytes]:
    """Return a request for this page; anything but 200 ends the benchmark."""

    def request() -> bytes:
        response = client.get(url)  # type: ignore[attr-defined]
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
        content: bytes = response.content
        return content

    return request


if __name__ == "__main__":
    main()
