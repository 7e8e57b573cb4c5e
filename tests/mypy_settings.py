"""The settings as mypy's Django plugin reads them: the ones the tests run with."""

import tests.plugins.settings  # noqa: F401
from config.settings import *  # noqa: F403
