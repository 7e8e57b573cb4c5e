"""`.venv/bin/python -m benchmarks.in_process`: what each page costs this process, beside its bare page.

Times on a shared machine say little; the seconds of processor that one process used say much. Each kind of request is
asked for in turn with its bare page, many times, through the whole app in this process, and the medians compared. The
data is that of the benchmark, made anew, and gone afterwards unless `--keep FOLDER` names a place for it.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks import load
    from benchmarks.served import Answer

KEY = "benchmark-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a line for each kind of request."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.in_process", description=__doc__)
    parser.add_argument("--assessments", type=int, default=190)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--only", default="", help="only kinds whose name has these words in it")
    parser.add_argument("--keep", type=Path, help="a folder whose data is used again, and made where it is empty")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="indicia-benchmark-") as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        os.environ |= {"INDICIA_VAR": str(place), "INDICIA_DEMO": "true", "INDICIA_SECRET_KEY": KEY}
        os.environ |= {"INDICIA_HOSTS": "testserver,127.0.0.1", "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        os.environ |= {"INDICIA_LOG_JSON": "true", "PYTHONWARNINGS": "ignore"}
        import django

        django.setup()
        from benchmarks import world

        if not (place / "db.sqlite3").exists():
            world.make(options.assessments)
        sys.stdout.write(measured(options.rounds, options.only))


FACT = "save of a fact acknowledged"
WHOLE = "save of a fact with refreshed draft"


def _fact() -> "load.Form":
    """Open the form of a figure in the assessment with the longest draft."""
    from benchmarks import load, world

    assessment = world.fullest()
    analyst = assessment.assignments.filter(part="analyst", ended_at=None)[0].user
    row = assessment.revisions.get(is_open=True).statistics.current()[0]
    path = f"/assessments/{assessment.public_id}/facts/statistics/{row.ref}/"
    return load.Form(load.InProcess(analyst), path, typed_in="scope")


def _queries(request: "Callable[[], Answer]") -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        request()
    return len(captured)


def measured(rounds: int, only: str) -> str:
    """Return a line for each kind: milliseconds of processor, those of the bare page, the ratio, and the queries."""
    from benchmarks import load

    (person,) = load.people(1, load.InProcess)
    fact = _fact()
    person.requests |= {FACT: lambda: fact.save(in_background=True), WHOLE: lambda: fact.save(in_background=False)}
    kinds = [*load.kinds(), load.Kind(FACT, load.BARE_SAVE), load.Kind(WHOLE, load.BARE_SAVE)]
    chosen = [kind for kind in kinds if kind.floor and not kind.is_dear and only in kind.name]
    used: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(rounds):
        for kind in chosen:
            for name in (kind.floor or "", kind.name):
                began = time.process_time()
                person.requests[name]()
                used[kind.name, name].append((time.process_time() - began) * 1000)
    lines = []
    for kind in chosen:
        bare = median(used[kind.name, kind.floor or ""])
        own = median(used[kind.name, kind.name])
        lines.append(
            f"{kind.name}: {own:.1f} ms, {own / bare:.1f} times the {bare:.1f} ms of {kind.floor}, "
            f"{_queries(person.requests[kind.name])} queries"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
