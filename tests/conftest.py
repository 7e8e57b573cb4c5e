"""What every test may use. The environment of the tests is made before this, in tests/plugins/."""

from functools import cache
from pathlib import Path

import hypothesis
import pytest

# The same examples every time, and no deadline: a busy machine must not turn a run red.
hypothesis.settings.register_profile("indicia", deadline=None, derandomize=True)
hypothesis.settings.load_profile("indicia")

# Where a test asks for none of these, pytest-django lets it reach no database.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    """Hash passwords cheaply, as a good hash takes its time on purpose, and parse no text of YAML twice.

    Most tests of the framework's files change one of some fifty; a second to read the others each time adds up.
    """
    from django.conf import settings

    from frameworks import yaml_source

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yaml_source.parsed = cache(yaml_source.parsed)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what reaches no database, so that the run on PostgreSQL can leave it out."""
    for item in items:
        folder = Path(item.path).relative_to(config.rootpath).as_posix()
        if not reaches_a_database(item):
            item.add_marker(pytest.mark.pure)
        if folder.startswith("tests/journeys/"):
            item.add_marker(pytest.mark.journey)
    if not config.pluginmanager.hasplugin("tests.plugins.postgres"):
        elsewhere = [item for item in items if item.get_closest_marker("postgres")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


def reaches_a_database(item: pytest.Item) -> bool:
    """Say whether a test may reach the database of the run, or starts programs on one of the same kind."""
    if any(item.get_closest_marker(name) for name in ("django_db", "own_database", "postgres")):
        return True
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))
