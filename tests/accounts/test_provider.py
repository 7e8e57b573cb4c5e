"""Signing in through an organization's own identity provider: by the verified address of an account, and not else."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import Role, User
from config import provider as office_provider
from tests.assessments.factories import AT
from tests.provider import CLIENT, SECRET, Provider, running

pytestmark = pytest.mark.django_db
ADDRESS = "/sign-in/provider/office/"
ANA = {"sub": "248289761001", "email": "ana@example.org", "email_verified": True, "name": "A. Analyst"}


@pytest.fixture
def provider(settings: LazySettings) -> Iterator[Provider]:
    with running(dict(ANA)) as made:
        settings.SOCIALACCOUNT_PROVIDERS = office_provider.apps(
            url=made.origin, client=CLIENT, secret=SECRET, name="the Office"
        )
        made.return_to = f"http://testserver{ADDRESS}callback/"
        yield made


@pytest.fixture
def ana() -> User:
    person = User.objects.create_user("ana@example.org", name="Ana Analyst")
    person.grant([Role.ANALYST], at=AT, by=None)
    return person


def to_provider(client: Client) -> str:
    """Press the button and return where the provider sends the person back to."""
    answer = client.post(ADDRESS)
    assert answer.status_code == 302
    with urlopen(answer["Location"]) as page:  # the tests' own provider
        text = page.read().decode()
    return str(text.split('href="')[1].split('"')[0]).replace("&amp;", "&")


def through(client: Client) -> Any:
    return client.get(to_provider(client), follow=True)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_an_account_is_entered_by_its_verified_address(client: Client, ana: User, provider: Provider) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "Sign in with the Office" in page
    answer = through(client)
    assert (answer.status_code, answer.wsgi_request.user) == (200, ana)
    assert provider.refused == []
    assert provider.asked[-2:] == ["POST /token", "GET /userinfo"]
    ana.refresh_from_db()
    assert (ana.name, ana.email) == ("Ana Analyst", "ana@example.org"), "the provider changes nothing of the account"
    client.post("/sign-out/")
    assert who(client) is None
    assert through(client).wsgi_request.user == ana, "a second time"


@pytest.mark.parametrize(
    "said",
    [
        {"email": "stranger@example.org"},
        {"email": "stranger@example.org", "email_verified": False},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email": ""},
        {"email": None},
    ],
)
def test_whom_the_office_does_not_know_is_refused_in_words(
    client: Client, ana: User, provider: Provider, said: dict[str, Any]
) -> None:
    provider.person |= said
    answer = through(client)
    text = answer.content.decode()
    assert answer.status_code in (200, 403)
    assert "has no account here" in text
    assert who(client) is None
    assert User.objects.count() == 1


def test_a_closed_account_stays_closed(client: Client, ana: User, provider: Provider) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)
    answer = through(client)
    assert who(client) is None
    assert "closed" in answer.content.decode()


def test_a_role_that_needs_a_second_factor_needs_it_here_too(
    client: Client, ana: User, provider: Provider, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_ROLES = ["analyst"]
    assert through(client).redirect_chain[-1] == ("/account/second-factor/", 302)


@pytest.mark.parametrize("change", ["state", "code", "no code", "denied"])
def test_an_answer_that_was_not_asked_for_is_refused(
    client: Client, ana: User, provider: Provider, change: str
) -> None:
    given = {name: values[0] for name, values in parse_qs(urlsplit(to_provider(client)).query).items()}
    given |= {"state": {"state": "another"}, "code": {"code": "another"}, "denied": {"error": "access_denied"}}.get(
        change, {}
    )
    if change in ("no code", "denied"):
        del given["code"]
    answer = client.get(f"{ADDRESS}callback/", given, follow=True)
    assert answer.status_code in (200, 401, 403)
    assert who(client) is None
    assert "<h1" in answer.content.decode()


def test_a_code_works_once_and_for_whoever_asked(client: Client, ana: User, provider: Provider) -> None:
    address = to_provider(client)
    elsewhere = Client()
    elsewhere.get(address, follow=True)
    assert who(elsewhere) is None, "another browser did not ask"
    client.get(address, follow=True)
    assert who(client) == str(ana.pk)
    client.post("/sign-out/")
    client.get(address, follow=True)
    assert who(client) is None


def test_a_provider_that_does_not_answer_is_said(client: Client, ana: User, settings: LazySettings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = office_provider.apps(
        url="http://127.0.0.1:9", client=CLIENT, secret=SECRET, name="the Office"
    )
    answer = client.post(ADDRESS, follow=True)
    assert who(client) is None
    assert answer.status_code in (200, 401, 503)
    assert "<h1" in answer.content.decode()
