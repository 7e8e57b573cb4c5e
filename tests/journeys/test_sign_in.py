"""Coming in: whoever has no account sees nothing, and whoever has one gets to work with the keyboard alone."""

import re

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.journeys.checks import PHONE, Problems, assert_accessible, assert_fits, screenshot

PASSWORD = "four plain words here"


@pytest.fixture
def ana(transactional_db: None) -> User:
    return User.objects.create_user("ana@example.org", name="Ana Analyst", password=PASSWORD)


def test_a_wrong_password_is_said_and_a_right_one_leads_in(page: Page, ana: User) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next=/$"))
    assert_accessible(page)

    page.get_by_label("E-mail address").fill("Ana@Example.org")
    page.get_by_label("Password").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Please enter a correct e-mail address and password.")).to_be_visible()
    assert_accessible(page)

    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ana Analyst", exact=True)).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_way_in_fits_a_phone(page: Page, ana: User) -> None:
    page.goto("/sign-in/")
    screenshot(page, "sign-in")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert_fits(page)


def test_a_page_that_does_not_exist_says_so(page: Page, problems: Problems) -> None:
    problems.allow("404")
    page.goto("/no/such/page/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)


def test_a_passkey_is_added_and_leads_in_by_itself(page: Page, ana: User, settings: LazySettings) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = kind | {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ana Analyst", exact=True)).to_be_visible()
    page.goto("/account/passkeys/new/")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_text("10 out of 10 recovery codes")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Sign out").click()

    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Ana Analyst", exact=True)).to_be_visible()


def test_going_back_after_signing_out_shows_nothing(page: Page, ana: User) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ana Analyst", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Ana Analyst", exact=True)).not_to_be_attached()
