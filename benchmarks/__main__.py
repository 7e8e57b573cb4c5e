"""`.venv/bin/python -m benchmarks`: the app beside bare Django, in one run on one machine.

Served by gunicorn with two workers, on SQLite and on a PostgreSQL of its own, at 19, 190 and 1,900 assessments, with 1,
10 and 50 people at work; `--rules` times the rules alone. Times depend on the machine; ratios and numbers of queries
hardly do. All data is made in a folder that is gone afterwards.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
KEY = "benchmark-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2


def main() -> None:
    """Measure, print, and with --write put it into docs/performance.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer requests of each kind: within ten minutes")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one database instead of both")
    parser.add_argument("--rules", action="store_true", help="only the rules, on one core and without a database")
    parser.add_argument("--write", action="store_true", help="write the result into docs/performance.md")
    options = parser.parse_args()
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="indicia-benchmark-") as folder:
        os.environ |= {"INDICIA_VAR": folder, "INDICIA_DEMO": "true", "INDICIA_SECRET_KEY": KEY}
        os.environ |= {"INDICIA_HOSTS": "testserver,127.0.0.1", "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        if options.rules:
            print(_rules())
            return
        _compile()
        began = time.monotonic()
        chosen = [options.only] if options.only else ["sqlite", "postgresql"]
        results = [_one(name, Path(folder), short=options.short) for name in chosen]
        # Only now: the settings are read once, and each database has its own process.
        from benchmarks import report

        minutes = (time.monotonic() - began) / 60
        text = report.markdown(results, day=date.today(), minutes=minutes, short=options.short)  # noqa: DTZ011
        print(text)
        if options.write:
            report.write(PAGE, text)


def _compile() -> None:
    """Compile the program as docs/running.md says: where bytecode is not written, each start would do it again."""
    program = ("config", "accounts", "frameworks", "assessments", "benchmarks")
    subprocess.run([sys.executable, "-m", "compileall", "-q", *program], cwd=ROOT, check=True)


def _rules() -> str:
    import django

    django.setup()
    from benchmarks import engine

    return engine.table()


def _one(name: str, folder: Path, *, short: bool) -> dict[str, object]:
    """Measure on one database, in a process of its own."""
    place = folder / name
    place.mkdir()
    environment = os.environ | {"INDICIA_VAR": str(place)}
    if name == "postgresql":
        from tests.plugins.postgres_server import new_server

        environment["DATABASE_URL"] = f"{new_server(durable=True).address}/postgres"
    out = place / "found.json"
    command = [sys.executable, "-m", "benchmarks.one_database", str(out), *(["--short"] if short else [])]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    found: dict[str, object] = json.loads(out.read_text())
    return found


if __name__ == "__main__":
    main()
