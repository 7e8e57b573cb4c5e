"""What a migration may do while the program of the last release still answers requests beside it.

Hosts are renewed one after another, so for some minutes old programs work on the new tables. What the old program reads
must still be there, and what it writes must still be taken. Anything else is done in two releases: first the program
stops using it, then the table loses it. A migration of the second kind says so in `two_step`, a sentence on its class
that names since which release nothing uses what it takes away.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation

RELEASED = Path(__file__).resolve().parent / "released-migrations.txt"
"""The migrations of the last release, one "app.name" a line; what is not in it is held to the rule."""

TAKES_AWAY = {
    operations.RemoveField: "removes a column that the last release still reads",
    operations.RenameField: "renames a column that the last release still reads",
    operations.DeleteModel: "removes a table that the last release still reads",
    operations.RenameModel: "renames a table that the last release still reads",
    operations.AlterModelTable: "renames a table that the last release still reads",
}


def released() -> frozenset[str]:
    """Return the migrations of the last release; empty before the first one, when there is no older program."""
    if not RELEASED.exists():
        return frozenset()
    return frozenset(line for line in RELEASED.read_text().split() if line)


def problems(migration: Migration) -> Iterator[str]:
    """Yield in words what this migration must not do in one step."""
    if getattr(migration, "two_step", ""):
        return
    made = {
        operation.name.lower() for operation in migration.operations if isinstance(operation, operations.CreateModel)
    }
    for operation in migration.operations:
        why = _why(operation, made)
        if why:
            yield f"{migration.app_label}.{migration.name}: {operation.describe()}: it {why}."


def _why(operation: Operation, made: set[str]) -> str:
    """Return why an operation breaks the last release; "" where it doesn't. `made` are tables of this migration."""
    if getattr(operation, "model_name_lower", getattr(operation, "name_lower", "")) in made:
        return ""
    for kind, why in TAKES_AWAY.items():
        if isinstance(operation, kind):
            return why
    if isinstance(operation, operations.AddField) and not _fills_itself(operation.field):
        return "adds a column that the last release would leave empty: give it db_default, or let it be null"
    if isinstance(operation, operations.AlterField) and not operation.field.null and not _fills_itself(operation.field):
        return "may refuse what the last release writes: give it db_default, or say in two_step why it does not"
    if isinstance(operation, operations.RunSQL | operations.RunPython) and not operation.reversible:
        return "cannot be taken back"
    return ""


def _fills_itself(field: "models.Field[object, object]") -> bool:
    return field.null or field.many_to_many or field.has_db_default() or isinstance(field, models.AutoField)
