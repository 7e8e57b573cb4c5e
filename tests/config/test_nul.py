"""A character that no database keeps is refused before a page sees it, on both databases alike."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from tests.assessments.factories import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return user(Role.ANALYST, name="Ana")


@pytest.fixture
def client(ana: User) -> Client:
    made = Client(raise_request_exception=False)
    made.force_login(ana)
    return made


@pytest.mark.parametrize(
    "address",
    ["/sources/?q=%00", "/search/?q=a%00b", "/search/?a%00b=c", "/sign-in/provider/a%00b/", "/sign-in/?next=%00"],
)
def test_in_an_address_it_is_refused_in_words(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Nothing was saved." in answer.content.decode()


@pytest.mark.parametrize("data", [{"name": "a\0b"}, {"a\0b": "c"}])
def test_in_a_form_it_is_refused_in_words(client: Client, data: dict[str, str]) -> None:
    answer = client.post(reverse("assessments:tokens"), data)
    assert answer.status_code == 400
    assert "Nothing was saved." in answer.content.decode()


def test_whatever_else_is_typed_gets_through(client: Client) -> None:
    assert client.get("/search/", {"q": "\u200b \u0007 0 %"}).status_code == 200
