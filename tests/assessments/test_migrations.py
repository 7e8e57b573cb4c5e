"""What sixteen migrations made, one makes, and a database that stopped anywhere among them goes on as it began."""

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APP = "assessments"


@pytest.fixture(autouse=True)
def _with_migrations(settings: LazySettings) -> None:
    settings.MIGRATION_MODULES = {}  # a run without migrations hides them


def in_one() -> Migration:
    ((_, found),) = [one for one in MigrationLoader(None).replacements.items() if one[0][0] == APP]
    return found


def named(migration: Migration) -> tuple[str, str]:
    return migration.app_label, migration.name


def test_one_by_one_and_in_one_come_to_the_same_tables() -> None:
    one = in_one()
    apart = MigrationLoader(None, replace_migrations=False)
    before, after = apart.project_state(one.replaces[-1]), apart.project_state(named(one))
    there = {key for key in before.models if key[0] == APP}
    assert there == {key for key in after.models if key[0] == APP}
    found = MigrationAutodetector(before, after).changes(apart.graph)
    assert {app: [change.describe() for one in made for change in one.operations] for app, made in found.items()} == {}


@pytest.mark.parametrize("done", [0, 1, 9, 15, 16])
def test_a_database_goes_on_from_where_it_stands(done: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one = in_one()
    apart = MigrationLoader(None, replace_migrations=False)
    applied = {
        key: apart.disk_migrations[key] for name in one.replaces[:done] for key in apart.graph.forwards_plan(name)
    }
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: applied)
    executor = MigrationExecutor(connection)
    plan = [named(step) for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(APP))]
    ours = [key for key in plan if key[0] == APP]
    to_do = [*one.replaces[done:]] if done else [named(one)]
    since = sorted(key for key in apart.disk_migrations if key[0] == APP and key not in {named(one), *one.replaces})
    assert ours == [*to_do, *since]
