"""The app's own settings, its tables made from the models at once: what is tried here are saves, not migrations."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

MIGRATION_MODULES: dict[str, None] = {name.rpartition(".")[2]: None for name in INSTALLED_APPS}
