"""A migration that the last release could not work beside is refused, unless it says since when nothing uses it."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import migrations, models
from django.db.migrations import Migration
from django.db.migrations.operations.base import Operation

from config import migration_rule

FIT = [
    migrations.CreateModel("Note", fields=[("id", models.BigAutoField(primary_key=True))]),
    migrations.AddField("case", "note", models.TextField(null=True)),
    migrations.AddField("case", "note", models.TextField(db_default="")),
    migrations.AddField("case", "notes", models.ManyToManyField("assessments.Note")),
    migrations.AlterField("case", "note", models.TextField(null=True)),
    migrations.AddIndex("case", models.Index(fields=["note"], name="by_note")),
    migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
]
UNFIT = [
    (migrations.RemoveField("case", "note"), "removes a column"),
    (migrations.RenameField("case", "note", "remark"), "renames a column"),
    (migrations.DeleteModel("Case"), "removes a table"),
    (migrations.RenameModel("Case", "Matter"), "renames a table"),
    (migrations.AddField("case", "note", models.TextField(default="")), "would leave empty"),
    (migrations.AlterField("case", "note", models.TextField()), "may refuse what the last release writes"),
    (migrations.RunSQL("DELETE FROM assessments_case"), "cannot be taken back"),
]


@pytest.fixture(autouse=True)
def _with_migrations(settings: LazySettings) -> None:
    settings.MIGRATION_MODULES = {}  # a run without migrations hides them


def made(*operations: Operation, two_step: str = "") -> Migration:
    migration = Migration("0099_made_up", "assessments")
    migration.operations = list(operations)
    migration.two_step = two_step  # type: ignore[attr-defined]
    return migration


@pytest.mark.parametrize("operation", FIT, ids=lambda operation: operation.describe())
def test_what_the_last_release_does_not_notice_is_fit(operation: Operation) -> None:
    assert list(migration_rule.problems(made(operation))) == []


@pytest.mark.parametrize(("operation", "why"), UNFIT, ids=lambda value: value if isinstance(value, str) else "")
def test_what_it_still_needs_is_not_taken_away(operation: Operation, why: str) -> None:
    (problem,) = migration_rule.problems(made(operation))
    assert problem.startswith("assessments.0099_made_up: ")
    assert why in problem
    assert list(migration_rule.problems(made(operation, two_step="Nothing uses it since 1.2."))) == []


def test_a_table_of_the_same_migration_is_nobody_s_yet() -> None:
    table = migrations.CreateModel("Case", fields=[("id", models.BigAutoField(primary_key=True))])
    assert list(migration_rule.problems(made(table, migrations.AddField("case", "note", models.TextField())))) == []


def test_the_migrations_there_are_are_fit(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_migrations")
    assert " migrations, " in capsys.readouterr().out


def test_a_release_is_noted_and_its_migrations_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "released.txt"
    monkeypatch.setattr(migration_rule, "RELEASED", file)
    call_command("check_migrations", release=True)
    call_command("check_migrations")
    assert "0 since the last release" in capsys.readouterr().out
    file.write_text(file.read_text() + "assessments.0098_gone\n")
    with pytest.raises(CommandError, match=r"assessments\.0098_gone: it was released and is no longer there"):
        call_command("check_migrations")
