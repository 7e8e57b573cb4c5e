"""`check --deploy` refuses secrets that could be guessed or looked up."""

from contextlib import nullcontext

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from config import provider
from config.checks import easy_secrets, is_easy, refuse_easy_secrets

GOOD = "kT7-wq2LmZ_x9RvB4nYs"


@pytest.mark.parametrize(
    ("secret", "easy"),
    [
        ("", True),
        ("short1Aa", True),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", True),
        ("Password-of-the-office-2026", True),
        ("indicia-indicia-database", True),
        (GOOD, False),
    ],
)
def test_what_is_easy(secret: str, easy: bool) -> None:
    assert is_easy(secret) is easy


def test_a_good_installation_has_none(settings: LazySettings) -> None:
    settings.SECRET_KEY = GOOD * 3
    assert easy_secrets() == []


def test_each_easy_secret_is_named(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SECRET_KEY = "demo-only-" + GOOD * 3
    engine = "django.db.backends.postgresql"
    monkeypatch.setitem(settings.DATABASES, "default", {"ENGINE": engine, "HOST": "database", "PASSWORD": "indicia"})
    settings.SOCIALACCOUNT_PROVIDERS = provider.apps(
        url="https://id.example.org", client="c", secret="s", name="Office"
    )
    settings.EMAIL_HOST, settings.EMAIL_HOST_PASSWORD, settings.EMAIL_USE_TLS = "mail.example.org", "mail", False
    assert [found.id for found in easy_secrets()] == [f"indicia.E00{number}" for number in (1, 2, 3, 4, 5)]
    assert all("example" not in found.msg and "indicia-" not in found.msg for found in easy_secrets())


def test_a_socket_needs_no_password(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SECRET_KEY = GOOD * 3
    engine = "django.db.backends.postgresql"
    monkeypatch.setitem(settings.DATABASES, "default", {"ENGINE": engine, "HOST": "/run/postgresql"})
    assert easy_secrets() == []


@pytest.mark.parametrize(("hosts", "refused"), [(["indicia.example.org"], True), (["127.0.0.1", "localhost"], False)])
def test_a_server_for_others_does_not_start_with_a_published_key(
    settings: LazySettings, hosts: list[str], refused: bool
) -> None:
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = "demo-only-" + GOOD * 3, hosts
    with pytest.raises(ImproperlyConfigured, match="stands in this program") if refused else nullcontext():
        refuse_easy_secrets()
    settings.SECRET_KEY = GOOD * 3
    refuse_easy_secrets()
