"""The app's own settings, with the bare pages beside the app's."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floor"
