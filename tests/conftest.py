"""What every test may use. The environment of the tests is made before this, in tests/plugins/."""

from pathlib import Path

import hypothesis
import pytest

# The same examples every time, and no deadline: a busy machine must not turn a run red.
hypothesis.settings.register_profile("indicia", deadline=None, derandomize=True)
hypothesis.settings.load_profile("indicia")

# What touches no database.
PURE = (
    "tests/config/",
    "tests/core/",
    "tests/frameworks/spec/",
    "tests/test_deploy.py",
    "tests/test_imports.py",
    "tests/test_site.py",
    "tests/test_vendor.py",
)


def pytest_configure(config: pytest.Config) -> None:
    """Hash passwords cheaply: a good hash takes its time on purpose."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs no database, so that the run on PostgreSQL can leave it out."""
    for item in items:
        folder = Path(item.path).relative_to(config.rootpath).as_posix()
        if folder.startswith(PURE):
            item.add_marker(pytest.mark.pure)
        if folder.startswith("tests/journeys/"):
            item.add_marker(pytest.mark.journey)
    if not config.pluginmanager.hasplugin("tests.plugins.postgres"):
        elsewhere = [item for item in items if item.get_closest_marker("postgres")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
