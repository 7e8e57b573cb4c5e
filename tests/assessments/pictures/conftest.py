"""What the tests of pictures begin with."""

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import Role
from tests.assessments import factories
from tests.assessments.picturing import stored, three_years


@pytest.fixture
def reference(db: None, settings: LazySettings) -> None:
    """Framework, wording and reference data, in a demonstration."""
    settings.DEMO = True
    stored()


@pytest.fixture
def years(db: None, settings: LazySettings) -> None:
    """Three years of six countries, in a demonstration."""
    settings.DEMO = True
    three_years()


@pytest.fixture
def client() -> Client:
    """Somebody who sees everything: a coordinator."""
    found = Client()
    found.force_login(factories.user(Role.COORDINATOR, Role.REVIEWER, Role.FRAMEWORK_EDITOR))
    return found
