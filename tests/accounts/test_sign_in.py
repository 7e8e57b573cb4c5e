"""Signing in: the second factor, the roles that must have one, limits in words, and what is not there at all."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from fido2.utils import websafe_encode

from accounts.models import Role, User
from accounts.published import DEMO_PASSWORD
from tests.assessments.factories import AT

PASSWORD = "four plain words here"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    cache.clear()


@pytest.fixture
def ana() -> User:
    person = User.objects.create_user("ana@example.org", name="Ana Analyst", password=PASSWORD)
    person.grant([Role.ANALYST], at=AT, by=None)
    return person


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Client, email: str = "ana@example.org", password: str = PASSWORD) -> str:
    """Fill in the form and return where it led, or the page that came back."""
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return answer.headers["Location"] if answer.status_code == 302 else answer.content.decode()


def code_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def set_up_app(client: Client) -> str:
    """Confirm the password, set up an authenticator app and return its secret."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'value="([A-Z2-7]{32})"', page)
    assert secret, page
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret[1])})
    assert answer.status_code == 302
    return secret[1]


@pytest.mark.parametrize("typed", ["ana@example.org", "ANA@example.ORG", " ana@example.org "])
def test_a_password_leads_in_whatever_the_case_of_the_address(client: Client, ana: User, typed: str) -> None:
    assert sign_in(client, typed) == "/"
    assert signed_in(client)


def test_a_second_factor_is_asked_for_once_it_is_set_up(client: Client, ana: User) -> None:
    sign_in(client)
    secret = set_up_app(client)
    client.post(reverse("account_logout"))

    assert sign_in(client) == reverse("mfa_authenticate")
    assert not signed_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Incorrect code." in wrong.content.decode()
    assert not signed_in(client)
    cache.clear()  # the same code is not taken twice within its half minute
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert signed_in(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data), "the secret is stored encrypted"


def test_a_recovery_code_leads_in_once(client: Client, ana: User) -> None:
    sign_in(client)
    set_up_app(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for attempt in (True, False):
        client.post(reverse("account_logout"))
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert signed_in(client) is attempt


def test_a_role_that_needs_a_second_factor_reaches_nothing_without(
    client: Client, ana: User, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_ROLES = ["analyst"]
    sign_in(client)
    answer = client.get("/", follow=True)
    assert answer.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "Your role needs a second factor." in answer.content.decode()
    assert client.get("/sources/").headers["Location"] == reverse("mfa_index")
    set_up_app(client)
    assert client.get("/").status_code == 200


def test_other_roles_need_none(client: Client, ana: User, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = ["coordinator"]
    sign_in(client)
    assert client.get("/").status_code == 200


def test_too_many_wrong_passwords_are_refused_in_words(client: Client, ana: User) -> None:
    pages = [sign_in(client, password="not the password") for _ in range(6)]
    assert "Please enter a correct e-mail address and password." in pages[0]
    assert "Too many attempts failed. Wait five minutes, or set a new password." in pages[-1]
    assert "Too many attempts failed." in sign_in(client), "the right password has to wait as well"
    assert not signed_in(client)


def test_a_closed_account_does_not_lead_in(client: Client, ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)
    sign_in(client)
    assert not signed_in(client)


@pytest.mark.parametrize(("demo", "leads_in"), [(True, True), (False, False)])
def test_a_demo_s_published_password_leads_in_nowhere_else(
    client: Client, settings: LazySettings, demo: bool, leads_in: bool
) -> None:
    settings.DEMO = demo
    User.objects.create_user("accounts@example.org", name="Aldo", password=DEMO_PASSWORD)
    sign_in(client, "accounts@example.org", DEMO_PASSWORD)
    assert signed_in(client) is leads_in


def test_nor_does_anybody_set_it(client: Client, ana: User, settings: LazySettings) -> None:
    settings.DEMO = False
    sign_in(client)
    form = {"oldpassword": PASSWORD, "password1": DEMO_PASSWORD, "password2": DEMO_PASSWORD}
    answer = client.post(reverse("account_change_password"), form)
    assert "This password stands in the program for all to read." in answer.content.decode()
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_nobody_makes_an_account_or_changes_an_address_alone(client: Client) -> None:
    for name in ("account_signup", "account_email", "socialaccount_signup", "mfa_signup_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/accounts/signup/").status_code in (302, 404)


def test_every_page_of_an_account_answers(client: Client, ana: User) -> None:
    sign_in(client)
    set_up_app(client)
    names = (
        "account_change_password",
        "usersessions_list",
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
    )
    assert {name: client.get(reverse(name)).status_code for name in names} == dict.fromkeys(names, 200)


def test_other_sessions_are_ended_by_their_owner(client: Client, ana: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    assert elsewhere.get("/").status_code == 200
    client.post(reverse("usersessions_list"))
    assert elsewhere.get("/").status_code == 302
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "no json",
        "[]",
        "7",
        "{}",
        '{"response": 7}',
        '{"response": {}}',
        '{"response": {"userHandle": 7}}',
        '{"response": {"userHandle": "!!"}}',
        '{"response": {"userHandle": "MQ"}}',
    ],
)
def test_what_is_no_passkey_is_refused_in_words(client: Client, ana: User, credential: str) -> None:
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
    assert answer.status_code == 200
    assert '<p class="message' in answer.content.decode()
    assert not signed_in(client)


def test_a_passkey_s_owner_without_its_key_is_refused(client: Client, ana: User) -> None:
    handle = websafe_encode(str(ana.public_id).encode())
    made_up = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"userHandle": handle}}
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(made_up)}, follow=True)
    assert '<p class="message' in answer.content.decode()
    assert not signed_in(client)
