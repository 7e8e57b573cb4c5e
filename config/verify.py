"""`python3 manage.py verify`: every check that a change must pass, each named with its time.

Runs in the environment with the tools, but outside Django: a broken setting is a failed step, not a failed start.
The last line, "N passed, N failed", is the sum over the test runs; a failed check without tests counts as one.
"""

import argparse
import itertools
import os
import secrets
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from config.bootstrap import ROOT

# In one process for each of the two cores that a plain machine has; the one that is done first takes over tests of the
# other, so that neither waits for the longest. The slowest are named, so that this stays a habit.
PYTEST = ("-m", "pytest", "-q", "-n2", "--dist=worksteal", "--no-header", "--durations=12", "--durations-min=4")
# On SQLite the tables are made from the models, which takes seconds instead of a minute. The migrations themselves
# are proved by a step of their own, and by the run on PostgreSQL.
FAST = (*PYTEST, "--nomigrations")


@dataclass(frozen=True)
class Step:
    """One check: a module of the environment's Python with its arguments."""

    name: str
    arguments: tuple[str, ...]  # a run of tests brings its own processes; every other check is one process
    is_quick: bool = True
    counts_tests: bool = False
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Outcome:
    """What a step came to."""

    step: Step
    seconds: float
    passed: int
    failed: int


DEPLOYED = {
    "INDICIA_DEMO": "false",
    "INDICIA_HOSTS": "indicia.example.org",
    "INDICIA_SECRET_KEY": secrets.token_urlsafe(50),
}

# Checks that stand side by side and are no run of tests go two at a time, so the longest comes first.
STEPS = (
    # All that `demo` does before it serves, on a database of its own: the migrations on SQLite are a part of it.
    Step(
        "demo from nothing",
        ("-m", "django", "demo", "--no-serve"),
        environment={
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "INDICIA_DEMO": "true",
            "DATABASE_URL": "sqlite://",
        },
    ),
    Step("ruff format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    Step("ruff check", ("-m", "ruff", "check", "--quiet", ".")),
    Step("mypy --strict", ("-m", "mypy", "--no-error-summary")),
    Step("migrations complete", ("manage.py", "makemigrations", "--check", "--dry-run"), environment=DEPLOYED),
    Step("check --deploy", ("manage.py", "check", "--deploy", "--fail-level", "WARNING"), environment=DEPLOYED),
    Step("djlint", ("-m", "djlint", "--lint", "--quiet", "templates"), is_quick=False),
    Step("bandit", ("-m", "bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", "."), is_quick=False),
    Step("tests on SQLite", (*FAST, "-m", "not journey"), counts_tests=True),
    Step(
        "tests on PostgreSQL",
        (*PYTEST, "-p", "tests.plugins.postgres", "-m", "not journey and not pure"),
        is_quick=False,
        counts_tests=True,
    ),
    Step("journeys in a browser", (*FAST, "tests/journeys"), is_quick=False, counts_tests=True),
)


def arguments() -> argparse.ArgumentParser:
    """Return what verify may be told."""
    parser = argparse.ArgumentParser(prog="manage.py verify", description="Run every check that a change must pass.")
    parser.add_argument("--quick", action="store_true", help="lint, types and the tests on SQLite, without a browser")
    parser.add_argument("--no-system", action="store_true", help="never install system packages, only name them")
    return parser


def main(argv: Sequence[str], steps: Sequence[Step] = STEPS) -> int:
    """Run the steps and return the exit code: 0 only if every one passed."""
    options = arguments().parse_args(argv)
    started = time.monotonic()
    wanted = [step for step in steps if step.is_quick or not options.quick]
    outcomes = []
    for counts_tests, group in itertools.groupby(wanted, key=lambda step: step.counts_tests):
        run = _run_in_turn if counts_tests else _run_side_by_side
        outcomes += run(list(group))
    print()
    for outcome in outcomes:
        verdict = "FAILED" if outcome.failed else "ok"
        print(f"{verdict:>6}  {outcome.seconds:6.1f} s  {outcome.step.name}")
    print(f"{'all':>6}  {time.monotonic() - started:6.1f} s")
    failed = sum(outcome.failed for outcome in outcomes)
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def _run_in_turn(steps: list[Step]) -> list[Outcome]:
    return [_run(step) for step in steps]


def _run_side_by_side(steps: list[Step]) -> list[Outcome]:
    """Run checks two at a time. What each prints is shown in one piece, in the order of the steps."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = []
        for step, (outcome, said) in zip(steps, pool.map(_run_quietly, steps), strict=True):
            print(f"\n== {step.name}\n{said}", end="", flush=True)
            outcomes.append(outcome)
    return outcomes


def _run_quietly(step: Step) -> tuple[Outcome, str]:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, *step.arguments],
        cwd=ROOT,
        env=_environment(step),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Outcome(step, time.monotonic() - started, 0, int(done.returncode != 0)), done.stdout


def _environment(step: Step) -> dict[str, str]:
    """Return the environment of a step: the caller's, and its own.

    Python keeps what it compiled: the steps start some hundred processes, each of which would compile all anew.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | step.environment


def _run(step: Step) -> Outcome:
    """Run tests and count them."""
    print(f"\n== {step.name}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="indicia-verify-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, *step.arguments, f"--junitxml={report}"]
        code = subprocess.run(command, cwd=ROOT, env=_environment(step), check=False).returncode
        passed, failed = _count(report)
    return Outcome(step, time.monotonic() - started, passed, failed or int(code != 0))


def _count(report: Path) -> tuple[int, int]:
    """Return the tests that passed and those that did not. A skipped test did not run, so it did not pass.

    The report is our own pytest's, so it is no stranger's XML.
    """
    if not report.exists():
        return 0, 0
    passed = failed = 0
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  # nosec B314
        bad = sum(int(suite.get(kind, "0")) for kind in ("failures", "errors", "skipped"))
        failed += bad
        passed += int(suite.get("tests", "0")) - bad
    return passed, failed
