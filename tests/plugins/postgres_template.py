"""Takes an empty database through all migrations, for the tests' databases to be copied from: run by postgres.py."""

import os
import traceback
from pathlib import Path

TEMPLATE = "indicia_migrated"
FOLDER = "TESTS_MIGRATED"  # in the environment: the folder in which this process says what came of it


def main() -> int:
    """Make the database and migrate it. Leaves the exit code in a file, as those who wait are not its parents."""
    code = 1
    try:
        migrate()
        code = 0
    except Exception:  # noqa: BLE001  # printed, and the run of the tests ends with it
        traceback.print_exc()
    waiting = Path(os.environ[FOLDER]) / "waiting"
    waiting.write_text(str(code))
    waiting.rename(waiting.with_name("code"))
    return code


def migrate() -> None:
    """Do what `manage.py migrate` does on a new installation, and close the connection, which would hold up a copy."""
    import django
    from django.core.management import call_command
    from django.db import connection, connections

    django.setup()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(TEMPLATE)}")
    connection.close()
    connection.settings_dict["NAME"] = TEMPLATE
    call_command("migrate", interactive=False, verbosity=0)
    connections.close_all()


if __name__ == "__main__":
    raise SystemExit(main())
