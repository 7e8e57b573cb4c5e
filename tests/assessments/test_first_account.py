"""The first account: made by a command where nobody could invite, on record, and by a link that works once."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import security
from accounts.models import Role, User
from assessments import events
from assessments.enums import Subject
from assessments.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "four plain words here"


def link_for(email: str, capsys: pytest.CaptureFixture[str], name: str = "Ada Admin") -> str:
    call_command("first_account", email, name)
    return capsys.readouterr().out.split("\n")[1].strip()


def deeds(person: User) -> list[tuple[str, object]]:
    found = Event.objects.about(Subject.ACCOUNT, person.public_id).order_by("sequence")
    return [(event.action, event.by) for event in found]


def test_it_leads_in_once_and_may_invite(
    client: Client, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ALLOWED_HOSTS, settings.HTTPS = [".example.org", "testserver"], True
    link = link_for("Ada@Example.org", capsys)
    assert re.fullmatch(r"https://testserver/sign-in/password/\w+-[\w-]+/", link)
    person = User.objects.get()
    assert (person.email, person.name) == ("ada@example.org", "Ada Admin")
    assert person.roles == {Role.ACCOUNT_ADMIN, Role.COORDINATOR}
    assert not person.has_usable_password()
    page = client.get(link.removeprefix("https://testserver"), follow=True)
    form = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(page.request["PATH_INFO"], form)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    again = Client().get(link.removeprefix("https://testserver"), follow=True)
    assert "password1" not in again.content.decode()
    assert client.login(username="ada@example.org", password=PASSWORD)
    assert client.get(reverse("assessments:accounts")).status_code == 200
    assert deeds(person) == [("invite", None)]
    assert events.verify(Subject.ACCOUNT, person.public_id) is None


def test_the_same_address_gets_a_new_link_and_another_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    link_for("ada@example.org", capsys)
    assert "/sign-in/password/" in link_for("ADA@example.org", capsys)
    assert deeds(User.objects.get()) == [("invite", None), ("make_link", None)]
    with pytest.raises(CommandError, match="There is an administrator of accounts already"):
        call_command("first_account", "eve@example.org", "Eve")
    assert User.objects.count() == 1


def test_the_only_administrator_who_lost_the_second_factor_is_let_in_by_the_server(
    capsys: pytest.CaptureFixture[str],
) -> None:
    link_for("ada@example.org", capsys)
    ada = User.objects.get()
    TOTP.activate(ada, "JBSWY3DPEHPK3PXP")
    link_for("ada@example.org", capsys)
    assert security.count_second_factors(ada) == 1
    call_command("first_account", "ada@example.org", "Ada Admin", lost_second_factor="She stood before me.")
    assert "/sign-in/password/" in capsys.readouterr().out
    assert security.count_second_factors(ada) == 0
    assert deeds(ada)[-2:] == [("make_link", None), ("remove_second_factor", None)]
    assert Event.objects.about(Subject.ACCOUNT, ada.public_id).latest("sequence").reason == "She stood before me."
    assert events.verify(Subject.ACCOUNT, ada.public_id) is None


@pytest.mark.parametrize(
    ("email", "name", "words"),
    [("ada", "Ada", "Write an e-mail address"), ("ada@example.org", " ", "Write the person's name")],
)
def test_what_makes_no_account_is_said(email: str, name: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("first_account", email, name)
    assert not User.objects.exists()


def test_without_a_name_of_its_own_the_command_says_what_goes_before_the_link(
    settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ALLOWED_HOSTS = [".example.org"]
    call_command("first_account", "ada@example.org", "Ada Admin")
    assert "Put the address people reach Indicia by before it." in capsys.readouterr().out
