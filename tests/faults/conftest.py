"""What the tests of faults share."""

import pytest


@pytest.fixture
def faults(request: pytest.FixtureRequest) -> int:
    """How often the server is hurt in one test."""
    return int(request.config.getoption("--faults"))
