"""Nobody is kept out by others' attempts, nobody learns whom the office knows, and a link leads to work."""

import re
import threading

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends import locmem
from django.test import Client
from django.urls import reverse

from accounts import known
from accounts.models import Role, User
from tests.accounts.test_sign_in import PASSWORD, set_up_app, sign_in, signed_in
from tests.assessments.factories import AT

pytestmark = pytest.mark.django_db
TOO_MANY = "Too many attempts failed."


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    cache.clear()


@pytest.fixture
def ana() -> User:
    person = User.objects.create_user("ana@example.org", name="Ana Analyst", password=PASSWORD)
    person.grant([Role.ANALYST], at=AT, by=None)
    return person


def settled() -> list[mail.EmailMessage]:
    """Return what was sent, once all that is under way has arrived."""
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join(timeout=10)
    return list(mail.outbox)


def attack(times: int = 6, email: str = "ana@example.org") -> str:
    """Try wrong passwords from another browser, and return its last page."""
    stranger = Client()
    return [sign_in(stranger, email, "not the password") for _ in range(times)][-1]


# --- Locked out --------------------------------------------------------------------------------------------------


def test_strangers_do_not_keep_somebody_out_of_their_own_browser(client: Client, ana: User) -> None:
    sign_in(client)
    client.post(reverse("account_logout"))
    assert TOO_MANY in attack()
    assert TOO_MANY in sign_in(Client()), "where they never signed in they wait"
    assert sign_in(client) == "/"
    assert signed_in(client)


def test_a_known_browser_has_five_attempts_of_its_own(client: Client, ana: User) -> None:
    sign_in(client)
    client.post(reverse("account_logout"))
    pages = [sign_in(client, password="not the password") for _ in range(6)]
    assert TOO_MANY not in pages[4]
    assert TOO_MANY in pages[5]
    assert TOO_MANY in sign_in(client)


def test_a_browser_is_known_for_whom_it_let_in_and_for_nobody_else(client: Client, ana: User) -> None:
    User.objects.create_user("ben@example.org", name="Ben", password=PASSWORD)
    sign_in(client, "ben@example.org")
    client.post(reverse("account_logout"))
    attack()
    assert TOO_MANY in sign_in(client)
    assert str(ana.public_id) not in client.cookies[known.COOKIE].value


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "WyJhIiwgW11d:1abcde:zzzz"])
def test_a_made_up_mark_makes_no_browser_known(client: Client, ana: User, value: str) -> None:
    attack()
    client.cookies[known.COOKIE] = value
    assert TOO_MANY in sign_in(client)


def test_the_mark_goes_over_a_safe_line_only_and_no_script_reads_it(
    client: Client, ana: User, settings: LazySettings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    sign_in(client)
    cookie = client.cookies[known.COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        True,
        "Lax",
        "/sign-in/",
    )


def test_whoever_is_signed_in_still_confirms_their_password(client: Client, ana: User) -> None:
    sign_in(client)
    attack()
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def test_the_port_in_an_address_opens_no_second_count(client: Client, ana: User, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for port in range(8001, 8007):
        client.post(
            reverse("account_login"),
            {"login": "ana@example.org", "password": "not the password"},
            headers={"host": f"testserver:{port}"},
        )
    assert TOO_MANY in sign_in(client)


@pytest.mark.parametrize(("proxies", "counted_together"), [(0, True), (1, False)])
def test_an_address_is_taken_from_a_proxy_only_where_there_is_one(
    client: Client, settings: LazySettings, proxies: int, counted_together: bool
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    pages = []
    for number in range(12):
        answer = client.post(
            reverse("account_login"),
            {"login": f"somebody{number}@example.org", "password": "x"},
            headers={"x-forwarded-for": f"198.51.100.{number}"},
        )
        pages.append(answer.content.decode())
    assert (TOO_MANY in pages[-1]) is counted_together


# --- Forgotten ---------------------------------------------------------------------------------------------------


def test_asking_for_a_link_tells_nobody_whom_the_office_knows(
    client: Client, ana: User, settings: LazySettings
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in ("ana@example.org", "stranger@example.org")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({answer.redirect_chain[-1] for answer in answers}) == 1
    assert len({re.sub(r'(value=|: )"[A-Za-z0-9]{64}"', "", answer.content.decode()) for answer in answers}) == 1
    assert [message.to for message in settled()] == [["ana@example.org"]]


def test_without_a_mail_server_the_page_says_whom_to_ask(client: Client, settings: LazySettings) -> None:
    settings.EMAIL_HOST = ""
    page = client.get(reverse("account_reset_password")).content.decode()
    assert "This installation sends no e-mail." in page
    assert 'name="email"' not in page


def test_a_link_lets_in_past_the_attempts_of_others_and_ends_other_sessions(
    client: Client, ana: User, settings: LazySettings
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    elsewhere = Client()
    sign_in(elsewhere)
    attack()
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    link = re.search(r"http://testserver(/sign-in/password/\S+)", str(settled()[-1].body))
    assert link
    asked = client.get(link[1], follow=True).redirect_chain[-1][0]
    new = "five quite plain words here"
    answer = client.post(asked, {"password1": new, "password2": new})
    assert answer.headers["Location"] == "/"
    assert signed_in(client)
    assert elsewhere.get("/").status_code == 302
    assert sign_in(Client(), password=new) == "/"
    page = Client().get(link[1], follow=True).content.decode()
    assert "This link leads nowhere any more" in page
    assert reverse("account_login") in page


def test_a_link_asks_for_the_second_factor_that_there_is(client: Client, ana: User, settings: LazySettings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    elsewhere = Client()
    sign_in(elsewhere)
    set_up_app(elsewhere)
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    link = re.search(r"http://testserver(/sign-in/password/\S+)", str(settled()[-1].body))
    assert link
    asked = client.get(link[1], follow=True).redirect_chain[-1][0]
    new = "five quite plain words here"
    answer = client.post(asked, {"password1": new, "password2": new})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not signed_in(client)


def test_a_link_does_not_open_a_closed_account(client: Client, ana: User, settings: LazySettings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    link = re.search(r"http://testserver(/sign-in/password/\S+)", str(settled()[-1].body))
    assert link
    User.objects.filter(pk=ana.pk).update(is_active=False)
    shown = client.get(link[1], follow=True)
    new = "five quite plain words here"
    if shown.redirect_chain:
        client.post(shown.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert not signed_in(client)


# --- A mail server that fails ------------------------------------------------------------------------------------


class Refusing(locmem.EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("secret words of a server")


REFUSING = f"{__name__}.Refusing"


def test_a_mail_server_that_is_away_stops_nobody(
    client: Client, ana: User, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.example.org", REFUSING
    assert client.post(reverse("account_reset_password"), {"email": "ana@example.org"}).status_code == 302
    sign_in(client)
    new = "five quite plain words here"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    settled()
    assert sum("could not be sent" in record.getMessage() for record in caplog.records) == 2


# --- The second factor -------------------------------------------------------------------------------------------


def test_whoever_takes_their_second_factor_away_is_led_to_make_one(
    client: Client, ana: User, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_ROLES = ["analyst"]
    sign_in(client)
    set_up_app(client)
    assert client.get("/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/").headers["Location"] == reverse("mfa_index")


def test_the_secret_of_an_app_is_reached_by_keyboard_and_whole(client: Client, ana: User) -> None:
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    field = re.search(r'<input[^>]*id="authenticator_secret"[^>]*>', page)
    assert field
    assert re.search(r'value="[A-Z2-7]{32}"', field[0])
    assert " readonly" in field[0]
    assert " disabled" not in field[0]
