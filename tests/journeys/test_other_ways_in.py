"""Coming in without a password: by a passkey of this device, and through the organization's own identity provider."""

import copy
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from config import provider as office_provider
from tests.journeys.checks import Problems, assert_accessible
from tests.provider import CLIENT, SECRET, Provider, running

PASSWORD = "four plain words here"


@pytest.fixture
def ana(transactional_db: None) -> User:
    return User.objects.create_user("ana@example.org", name="Ana Analyst", password=PASSWORD)


@pytest.fixture
def provider(settings: LazySettings, live_server: LiveServer) -> Iterator[Provider]:
    with running({"sub": "1", "email": "Ana@example.org", "email_verified": True}) as made:
        settings.SOCIALACCOUNT_PROVIDERS = office_provider.apps(
            url=made.origin, client=CLIENT, secret=SECRET, name="the Office"
        )
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"].append(office_provider.origin(made.origin))
        settings.CONTENT_SECURITY_POLICY = policy
        made.return_to = f"{live_server.url}/sign-in/provider/office/callback/"
        yield made


def fill_password(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


def test_a_passkey_is_set_up_and_leads_in_without_a_password(page: Page, ana: User, settings: LazySettings) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the journeys' server speaks plain http on localhost
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": key | {"isUserVerified": True}})

    page.goto("/account/passkeys/new/")
    page.get_by_label("E-mail address").fill("ana@example.org")
    fill_password(page)
    page.wait_for_url("**/account/confirm/**")  # a way in is added only by whoever confirms to be there
    fill_password(page)
    page.get_by_label("Name").fill("Office laptop")
    page.get_by_label("Sign in with it alone").check()
    assert_accessible(page)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery Codes")).to_be_visible()

    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Ana Analyst", exact=True)).to_be_visible()


def test_the_organization_s_provider_leads_in_and_refuses_strangers_in_words(
    page: Page, ana: User, provider: Provider, problems: Problems
) -> None:
    problems.allow(f"request to another origin: {provider.origin}/")
    problems.allow("403")
    page.goto("/sign-in/")
    assert_accessible(page)
    page.get_by_role("button", name="Sign in with the Office").click()
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_text("Ana Analyst", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    provider.person["email"] = "stranger@example.org"
    page.get_by_role("button", name="Sign in with the Office").click()
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_role("heading", name="Not signed in")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Back to the sign-in page").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert provider.refused == []
