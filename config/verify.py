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
from typing import IO

from config.bootstrap import ROOT

# The slowest tests are named, so that this stays a habit.
PYTEST = ("-m", "pytest", "-q", "--no-header", "--durations=12", "--durations-min=4")
# In one process for each of the two cores that a plain machine has; the one that is done first takes over tests of the
# other, so that neither waits for the longest.
SHARED = ("-n2", "--dist=worksteal")
# On SQLite the tables are made from the models, which takes no migration. The migrations themselves are proved by a
# step of their own, and by the run on PostgreSQL.
FAST = (*PYTEST, "--nomigrations")


@dataclass(frozen=True)
class Step:
    """One check: a module of the environment's Python with its arguments."""

    name: str
    arguments: tuple[str, ...]  # a run of tests brings its own processes; every other check is one process
    is_quick: bool = True
    counts_tests: bool = False
    waits: bool = False  # for a browser more than it computes: goes beside the other tests from their beginning on
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Outcome:
    """What a step came to."""

    step: Step
    seconds: float
    cpu: float  # seconds that it and all that it started computed, on all cores together
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
    Step("tests on SQLite", (*FAST, *SHARED, "-m", "not journey"), counts_tests=True),
    Step(
        "tests on PostgreSQL",
        (*PYTEST, *SHARED, "-p", "tests.plugins.postgres", "-m", "not journey and not pure"),
        is_quick=False,
        counts_tests=True,
    ),
    Step("journeys in a browser", (*FAST, "tests/journeys"), is_quick=False, counts_tests=True, waits=True),
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
        run = _run_tests if counts_tests else _run_side_by_side
        outcomes += run(list(group))
    print()
    for outcome in outcomes:
        verdict = "FAILED" if outcome.failed else "ok"
        print(f"{verdict:>6}  {outcome.seconds:6.1f} s  {outcome.cpu:6.1f} s of CPU  {outcome.step.name}")
    print(f"{'all':>6}  {time.monotonic() - started:6.1f} s  {sum(outcome.cpu for outcome in outcomes):6.1f} s of CPU")
    failed = sum(outcome.failed for outcome in outcomes)
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def _run_tests(steps: list[Step]) -> list[Outcome]:
    """Run tests in turn, beside them those that wait; what these print is shown in one piece at the end."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        beside = {step.name: pool.submit(_run_quietly, step) for step in steps if step.waits}
        outcomes = {step.name: _run(step) for step in steps if not step.waits}
        for name, future in beside.items():
            outcomes[name], said = future.result()
            print(f"\n== {name}\n{said}", end="", flush=True)
    return [outcomes[step.name] for step in steps]


def _run_side_by_side(steps: list[Step]) -> list[Outcome]:
    """Run checks two at a time. What each prints is shown in one piece, in the order of the steps."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = []
        for step, (outcome, said) in zip(steps, pool.map(_run_quietly, steps), strict=True):
            print(f"\n== {step.name}\n{said}", end="", flush=True)
            outcomes.append(outcome)
    return outcomes


def _run_quietly(step: Step) -> tuple[Outcome, str]:
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        outcome = _outcome(step, said)
        said.seek(0)
        return outcome, said.read()


def _environment(step: Step) -> dict[str, str]:
    """Return the environment of a step: the caller's, and its own.

    Python keeps what it compiled: the steps start some hundred processes, each of which would compile all anew.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | step.environment


def _run(step: Step) -> Outcome:
    print(f"\n== {step.name}", flush=True)
    return _outcome(step, None)


def _outcome(step: Step, said: IO[str] | None) -> Outcome:
    """Run a step and count its tests. What it prints goes to a file, or to where verify prints."""
    started = time.monotonic()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="indicia-verify-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, *step.arguments, *([f"--junitxml={report}"] if step.counts_tests else [])]
        errors = None if said is None else subprocess.STDOUT
        code, cpu = _run_and_count_cpu(
            subprocess.Popen(command, cwd=ROOT, env=_environment(step), stdout=said, stderr=errors)
        )
        if step.counts_tests:
            passed, failed = _count(report)
    return Outcome(step, time.monotonic() - started, cpu, passed, failed or int(code != 0))


def _run_and_count_cpu(process: "subprocess.Popen[bytes]") -> tuple[int, float]:
    """Wait for a process; return its exit code, and the seconds of CPU of it and of all that it waited for."""
    with process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime


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
