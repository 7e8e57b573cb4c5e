"""What the tests of rows and actions share."""

import pytest

from tests.assessments.office import Office, make_office


@pytest.fixture
def office(db: None) -> Office:
    """A small office with one assessment in progress."""
    return make_office()
