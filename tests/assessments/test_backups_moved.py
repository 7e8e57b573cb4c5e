"""A backup of one database is restored on the other, there and back, and stays equal by digest."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from assessments import backups, events
from benchmarks.served import ROOT
from tests.assessments.office import Office, make_office, take_case
from tests.assessments.test_backups import digests, emptied, made

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

# An empty SQLite database with the tables of the models, said to have the migrations of the other; that models and
# migrations agree is proved elsewhere, and migrating takes its time there.
ON_SQLITE = """
import sys
from pathlib import Path
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from assessments import backups, events

assert connection.vendor == "sqlite"
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
recorder = MigrationRecorder(connection)
recorder.ensure_schema()
for name in sys.argv[4].split():
    recorder.record_applied(*name.split("."))
with open(sys.argv[1], "rb") as source:
    backups.restore(source, Path(sys.argv[3]))
assert list(events.verify_all()) == []
with open(sys.argv[2], "wb") as target:
    backups.write(target, Path(sys.argv[3]))
"""


@pytest.fixture
def office(db: None) -> Office:
    return take_case(make_office(), "2022-eritrea")


def through_sqlite(backup: bytes, folder: Path) -> bytes:
    """Restore a backup on SQLite, and return the backup made there."""
    given, made_there = folder / "given.zip", folder / "made.zip"
    given.write_bytes(backup)
    with zipfile.ZipFile(given) as archive:
        applied = " ".join(json.loads(archive.read("manifest.json"))["migrations"])
    command = [sys.executable, "-c", ON_SQLITE, str(given), str(made_there), str(folder / "files"), applied]
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'other.sqlite3'}"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return made_there.read_bytes()


def test_there_and_back(office: Office, tmp_path: Path) -> None:
    office.source(title="Šibenik county court’s register: “öffentlich”", protection="confidential")
    files = tmp_path / "own"
    files.mkdir()
    (files / "stored").write_bytes(bytes(range(256)))
    backup = made(files)
    moved = through_sqlite(backup, tmp_path)
    assert digests(moved) == digests(backup)
    assert sum(name.startswith("files/") for name in digests(moved)) == 1

    emptied()
    backups.restore(io.BytesIO(moved), tmp_path / "again")
    assert digests(made(tmp_path / "again")) == digests(backup)
    assert list(events.verify_all()) == []
    before = office.revision.sentences.count()
    office.statistic(3)
    assert office.revision.sentences.count() > before, "work goes on"


def test_many_migrations_and_their_sum_in_one_are_the_same_state(office: Office, tmp_path: Path) -> None:
    """A backup that was made before they were summed up is taken: it names each of the many, as a new one does."""
    with zipfile.ZipFile(io.BytesIO(made(tmp_path))) as archive:
        named = {tuple(name.split(".")) for name in backups.read_manifest(archive)["migrations"]}
    applied = {*MigrationRecorder(connection).applied_migrations()}
    in_one = {*MigrationLoader(connection).replacements}
    assert in_one
    assert in_one <= applied
    assert named == applied - in_one
