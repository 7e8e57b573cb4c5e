"""A backup is one moment of everything, comes back equal by digest, and refuses what it cannot do whole."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from assessments import backups, events
from assessments.enums import Subject
from assessments.models import Event
from tests.assessments.office import Office

FILE = b"\x00\x01 a stored file"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "cd").write_bytes(FILE)
    return folder


def made(files: Path) -> bytes:
    target = io.BytesIO()
    backups.write(target, files)
    return target.getvalue()


def emptied() -> None:
    """Take every row away, as in an installation that was just migrated."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for model in backups.tables():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def digests(backup: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(backup)) as archive:
        return dict(json.loads(archive.read("manifest.json"))["digests"])


def changed(backup: bytes, name: str, text: bytes | None) -> bytes:
    """Return the backup with one entry replaced, or left out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(backup)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        if text is not None:
            new.writestr(name, text)
    return target.getvalue()


def test_everything_comes_back_and_work_goes_on(office: Office, files: Path, tmp_path: Path) -> None:
    office.statistic(3)
    office.rate("officials-prosecuted", 2)
    backup, sentences = made(files), office.revision.sentences.count()
    emptied()
    elsewhere = tmp_path / "elsewhere"
    backups.restore(io.BytesIO(backup), elsewhere)

    assert digests(made(elsewhere)) == digests(backup)
    assert (elsewhere / "ab" / "cd").read_bytes() == FILE
    assert office.revision.sentences.count() == sentences > 0
    assert list(events.verify_all()) == []
    before = Event.objects.about(Subject.ASSESSMENT, office.assessment.public_id).count()
    office.source(title="Written after the restore")
    office.evidence()
    assert Event.objects.about(Subject.ASSESSMENT, office.assessment.public_id).count() > before
    assert list(events.verify_all()) == []


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_of_one_moment(files: Path) -> None:
    with backups.one_moment(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("repeatable read",)
    assert digests(made(files)) == digests(made(files))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("rows/accounts.user.jsonl", b"{}\n", "rows/accounts.user.jsonl in the backup is not what was written"),
        ("rows/accounts.user.jsonl", None, "rows/accounts.user.jsonl is missing from the backup"),
        ("manifest.json", None, "it has no readable manifest"),
        ("manifest.json", b"not json", "it has no readable manifest"),
        ("manifest.json", b"[]", "it has no readable manifest"),
        ("manifest.json", b'{"format": "other"}', "This backup has the format 'other'"),
        ("manifest.json", b'{"format": "indicia-backup-1"}', "it has no migrations, rows, and digests as it writes"),
        (
            "manifest.json",
            b'{"format": "indicia-backup-1", "migrations": [], "rows": [], "digests": {}}',
            "it has no rows as it writes",
        ),
        (
            "manifest.json",
            b'{"format": "indicia-backup-1", "migrations": [], "rows": {}, "digests": {"rows/a.jsonl": 1}}',
            "rows/a.jsonl has no digest",
        ),
        (
            "manifest.json",
            b'{"format": "indicia-backup-1", "migrations": [], "rows": {"a": "x"}, "digests": {}}',
            "it does not count the rows of a",
        ),
        (
            "manifest.json",
            b'{"format": "indicia-backup-1", "migrations": [], "rows": {}, "digests": {"files/../../x": "0"}}',
            "leads out of its folder",
        ),
        (
            "manifest.json",
            b'{"format": "indicia-backup-1", "migrations": [], "rows": {}, "digests": {}}',
            "files that its manifest does not name",
        ),
        ("../out", b"x", "files that its manifest does not name: ../out"),
    ],
)
def test_a_changed_backup_is_refused_whole(
    office: Office, files: Path, tmp_path: Path, name: str, text: bytes | None, sentence: str
) -> None:
    backup = changed(made(files), name, text)
    emptied()
    with pytest.raises(backups.Unfit, match=sentence):
        backups.restore(io.BytesIO(backup), tmp_path / "elsewhere")
    assert not any(model._base_manager.exists() for model in backups.tables())
    assert not (tmp_path / "elsewhere").exists()


def by_hand(backup: bytes, name: str, text: bytes | None) -> bytes:
    """Return the backup with one entry replaced or left out, and a manifest that agrees with it."""
    with zipfile.ZipFile(io.BytesIO(backup)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["digests"].pop(name)
    if text is not None:
        manifest["digests"][name] = hashlib.sha256(text).hexdigest()
    return changed(changed(backup, name, text), "manifest.json", json.dumps(manifest).encode())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "The backup lacks rows that this program has: rows/accounts.user.jsonl"),
        (b"{}\n", "The rows of accounts.User in the backup are not rows that Indicia wrote"),
        (b"no json\n", "The rows of accounts.User in the backup are not rows that Indicia wrote"),
        (b'{"model": "accounts.user", "pk": 1, "fields": {"x": 1}}\n', "are not rows that Indicia wrote"),
        (b'{"model": "accounts.other", "pk": 1, "fields": {}}\n', "are not rows that Indicia wrote"),
        (b"[1]\n", "are not rows that Indicia wrote"),
    ],
)
def test_a_backup_made_by_hand_is_refused_whole(
    office: Office, files: Path, tmp_path: Path, text: bytes | None, sentence: str
) -> None:
    backup = by_hand(made(files), "rows/accounts.user.jsonl", text)
    emptied()
    with pytest.raises(backups.Unfit, match=sentence), transaction.atomic():
        backups.restore(io.BytesIO(backup), tmp_path / "elsewhere")
    assert not any(model._base_manager.exists() for model in backups.tables())
    assert not (tmp_path / "elsewhere").exists()


def test_an_installation_in_use_is_never_filled(office: Office, files: Path, tmp_path: Path) -> None:
    with pytest.raises(backups.Unfit, match="A backup is restored into an empty installation"):
        backups.restore(io.BytesIO(made(files)), tmp_path / "elsewhere")


def test_the_commands_say_what_they_did(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.VAR = tmp_path / "var"  # where no other test keeps files
    target = tmp_path / "backup.zip"
    call_command("backup", target)
    assert "stored files." in capsys.readouterr().out
    with pytest.raises(CommandError, match="a backup never overwrites"):
        call_command("backup", target)
    with pytest.raises(CommandError, match="could not be written"):
        call_command("backup", tmp_path / "no" / "folder" / "backup.zip")
    emptied()
    call_command("restore", target)
    assert "equal by digest" in capsys.readouterr().out
    (tmp_path / "text").write_text("no zip")
    with pytest.raises(CommandError, match="it is not a zip file"):
        call_command("restore", tmp_path / "text")
    assert office.revision.public_id
