"""Accounts are looked after by two roles, and every act on one is an event of its chain."""

import html
import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from assessments import actions, events, policies
from assessments.enums import Subject
from assessments.models import Event
from tests.accounts.test_locking import REFUSING, settled
from tests.assessments.factories import AT
from tests.assessments.office import Office

pytestmark = pytest.mark.django_db


def as_user(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def deeds(person: User) -> list[str]:
    return [event.action for event in Event.objects.about(Subject.ACCOUNT, person.public_id)]


def invite(client: Client, **changes: object) -> object:
    data = {"name": "Nia New", "email": "Nia@Example.org", "roles": ["analyst"]} | changes
    return client.post(reverse("assessments:accounts"), data)


def test_an_invited_person_sets_a_password_once_and_signs_in(office: Office, client: Client) -> None:
    answer = invite(as_user(office.coordinator))
    link = re.search(r'value="http://testserver(/sign-in/password/[^"]+)"', answer.content.decode())
    assert link
    nia = User.objects.get(email="nia@example.org")
    assert nia.roles == {"analyst"}
    assert not nia.has_usable_password()

    form = client.get(link[1], follow=True)
    asked = form.redirect_chain[-1][0]
    client.post(asked, {"password1": "five quite plain words here", "password2": "five quite plain words here"})
    assert client.session["_auth_user_id"] == str(nia.pk), "and is at work at once"
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": "nia@example.org", "password": "five quite plain words here"})
    assert client.session["_auth_user_id"] == str(nia.pk)
    assert "This link leads nowhere any more" in Client().get(link[1], follow=True).content.decode()
    assert deeds(nia) == ["invite"]
    assert list(events.verify_all()) == []


def test_with_a_mail_server_the_link_is_sent_and_not_shown(office: Office, settings: LazySettings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    page = invite(as_user(office.coordinator)).content.decode()
    assert "/sign-in/password/" not in page
    assert [message.to for message in mail.outbox] == [["nia@example.org"]]
    assert "/sign-in/password/" in mail.outbox[0].body


def test_an_invitation_that_could_not_be_sent_is_handed_over(office: Office, settings: LazySettings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.example.org", REFUSING
    page = invite(as_user(office.coordinator)).content.decode()
    assert "/sign-in/password/" in page
    assert "was sent to" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "nia"}, "Write an e-mail address, as in name@example.org."),
        ({"email": "analyst@example.org"}, "has an account already."),
        ({"name": " "}, "Write the person&#x27;s name as colleagues know it."),
        ({"roles": []}, "Give at least one role"),
        ({"roles": ["coordinator"]}, "coordinator is not one of the available choices"),
    ],
)
def test_a_bad_invitation_is_refused_at_its_field(office: Office, changes: dict[str, object], words: str) -> None:
    User.objects.filter(pk=office.analyst.pk).update(email="analyst@example.org")
    before = User.objects.count()
    answer = invite(as_user(office.coordinator), **changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert User.objects.count() == before


def test_whoever_makes_a_link_stands_in_the_log_and_only_they_may(office: Office) -> None:
    address = reverse("assessments:account-link", args=[office.analyst.public_id])
    assert as_user(office.reviewer).post(address).status_code == 403
    assert deeds(office.analyst) == []
    assert "/sign-in/password/" in as_user(office.coordinator).post(address).content.decode()
    event = Event.objects.about(Subject.ACCOUNT, office.analyst.public_id).get()
    assert (event.action, event.by) == ("make_link", office.coordinator)


def test_only_two_roles_look_after_accounts(office: Office) -> None:
    people = {
        "analyst": office.analyst,
        "reviewer": office.reviewer,
        "coordinator": office.coordinator,
        "exporter": office.exporter,
        "reader": office.reader,
        "editor": office.editor,
        "account_admin": office.account_admin,
    }
    seen = {name: as_user(person).get(reverse("assessments:accounts")).status_code for name, person in people.items()}
    assert seen == dict.fromkeys(people, 403) | {"coordinator": 200, "account_admin": 200}


def test_a_coordinator_makes_nobody_their_equal(office: Office) -> None:
    with pytest.raises(policies.NotAllowed, match="Only the administrator of accounts gives the role coordinator"):
        actions.change_roles(
            user_id=office.analyst.public_id, roles=frozenset({Role.COORDINATOR}), by=office.coordinator, at=AT
        )
    with pytest.raises(policies.NotAllowed, match="Only the administrator of accounts changes this account"):
        actions.close_account(user_id=office.editor.public_id, reason="left", by=office.coordinator, at=AT)
    with pytest.raises(policies.NotAllowed, match="Nobody changes their own roles"):
        actions.change_roles(
            user_id=office.account_admin.public_id, roles=frozenset(Role), by=office.account_admin, at=AT
        )
    assert deeds(office.analyst) == []


def test_roles_are_given_and_taken_on_record(office: Office) -> None:
    client = as_user(office.account_admin)
    client.post(
        reverse("assessments:account-roles", args=[office.analyst.public_id]), {"roles": ["reviewer", "exporter"]}
    )
    assert User.objects.get(pk=office.analyst.pk).roles == {"reviewer", "exporter"}
    event = Event.objects.about(Subject.ACCOUNT, office.analyst.public_id).get()
    assert events.deed(event).startswith(f"{office.account_admin.name} changed the roles of")


def test_closing_an_account_ends_its_sessions_and_needs_a_reason(office: Office) -> None:
    theirs, client = as_user(office.analyst), as_user(office.account_admin)
    address = reverse("assessments:account-close", args=[office.analyst.public_id])
    refused = client.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "Say why the account is closed." in refused.content.decode()
    assert theirs.get("/").status_code == 200

    client.post(address, {"reason": "left the office"})
    assert theirs.get("/").status_code == 302
    client.post(reverse("assessments:account-open", args=[office.analyst.public_id]))
    assert User.objects.get(pk=office.analyst.pk).is_active
    assert deeds(office.analyst) == ["close_account", "open_account"]


def test_a_lost_second_factor_is_taken_away_with_a_reason(office: Office) -> None:
    with pytest.raises(actions.Invalid, match="Say how you made sure"):
        actions.remove_second_factor(user_id=office.analyst.public_id, reason="", by=office.account_admin, at=AT)
    actions.remove_second_factor(
        user_id=office.analyst.public_id, reason="called back at the desk", by=office.account_admin, at=AT
    )
    assert deeds(office.analyst) == ["remove_second_factor"]


def test_the_list_asks_the_same_number_of_questions_however_many_people(office: Office) -> None:
    client = as_user(office.coordinator)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("assessments:accounts")).status_code == 200
        counts.append(len(queries))
        for number in range(20):
            User.objects.create_user(f"p{number}-{len(counts)}@example.org", name=f"P {number}").grant(
                [Role.READER], at=AT, by=None
            )
    assert counts[0] == counts[1]


# --- Another address ---------------------------------------------------------------------------------------------


def moved(client: Client, person: User, **changes: str) -> HttpResponse:
    data = {"email": "Nia.New@example.org", "reason": "I know her."} | changes
    return client.post(reverse("assessments:account-address", args=[person.public_id]), data)


def test_an_address_changes_once_and_for_all(office: Office, settings: LazySettings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    person, password = office.analyst, "five quite plain words here"
    old = person.email
    person.set_password(password)
    person.save()
    theirs = Client()
    theirs.post(reverse("account_login"), {"login": old, "password": password})
    assert theirs.get("/").status_code == 200

    assert moved(as_user(office.account_admin), person).status_code == 302
    person.refresh_from_db()
    assert person.email == "nia.new@example.org"
    assert theirs.get("/").status_code == 302, "signed out everywhere"
    for login, leads_in in ((old, False), ("nia.new@example.org", True)):
        client = Client()
        client.post(reverse("account_login"), {"login": login, "password": password})
        assert ("_auth_user_id" in client.session) is leads_in
    assert sorted(message.to[0] for message in settled()) == sorted([old, "nia.new@example.org"])
    assert deeds(person)[-1] == "change_address"
    assert list(events.verify_all()) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "nia"}, "Write an e-mail address, as in name@example.org."),
        ({"email": "reviewer@example.org"}, "has an account already."),
        ({"reason": " "}, "Say how you made sure"),
    ],
)
def test_a_wrong_address_changes_nothing(office: Office, changes: dict[str, str], words: str) -> None:
    User.objects.filter(pk=office.reviewer.pk).update(email="reviewer@example.org")
    old = office.analyst.email
    answer = moved(as_user(office.account_admin), office.analyst, **changes)
    assert answer.status_code == 422
    assert words in html.unescape(answer.content.decode())
    office.analyst.refresh_from_db()
    assert office.analyst.email == old
    assert "change_address" not in deeds(office.analyst)


def test_only_the_administrator_of_accounts_changes_an_address(office: Office) -> None:
    for person in (office.coordinator, office.reviewer, office.analyst):
        assert moved(as_user(person), office.analyst).status_code == 403
    assert moved(as_user(office.account_admin), office.account_admin).status_code == 403, "nor their own"


def test_a_reason_longer_than_the_field_is_cut_and_not_a_failure(office: Office) -> None:
    close = reverse("assessments:account-close", args=[office.analyst.public_id])
    assert as_user(office.account_admin).post(close, {"reason": "x" * 9000}).status_code == 302
    closed = Event.objects.about(Subject.ACCOUNT, office.analyst.public_id).get(action="close_account")
    assert closed.reason == "x" * 2000
