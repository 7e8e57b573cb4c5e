"""The demo: loaded only where it was asked for, the same again when loaded twice, and ready to be signed in to."""

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments.demo_people import PEOPLE
from assessments.models import Assessment, Event


@pytest.mark.django_db
def test_no_demo_where_it_was_not_asked_for(settings: LazySettings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="INDICIA_DEMO"):
        call_command("demo", no_serve=True)
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_demo_loads_once_and_everybody_in_it_gets_to_work(settings: LazySettings, client: Client) -> None:
    settings.DEMO = True
    call_command("demo", no_serve=True, stdout=StringIO())
    loaded = Assessment.objects.count(), Event.objects.count(), User.objects.count()
    assert loaded[0] >= 18
    call_command("demo", no_serve=True, stdout=StringIO())
    assert (Assessment.objects.count(), Event.objects.count(), User.objects.count()) == loaded

    for email, name, roles, password in PEOPLE:
        assert client.login(username=email, password=password), email
        page = client.get(reverse("assessments:home"))
        assert (page.status_code, page.wsgi_request.user.name) == (200, name)
        assert page.wsgi_request.user.roles == set(roles)
        client.logout()
