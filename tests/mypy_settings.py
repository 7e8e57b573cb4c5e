"""The settings as mypy's Django plugin reads them. Not the tests' plugin: mypy ends without cleaning up after it."""

import os

os.environ["INDICIA_DEMO"] = "true"

from config.settings import *  # noqa: F403
