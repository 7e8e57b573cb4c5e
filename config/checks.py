"""Secrets that somebody could guess: `check --deploy` names them, and no server for others starts with them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

SHORTEST = 16
PUBLISHED = ("demo-only-", "check-only-", "tests-only-", "benchmark-only-", "only-to-gather-")
"""How the keys begin that stand in this program for all to read."""
COMMON = ("password", "passwort", "secret", "changeme", "indicia", "postgres", "admin", "letmein", "12345678")


THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})


def refuse_easy_secrets() -> None:
    """Raise ImproperlyConfigured where a server is to answer to others than this machine with a secret that is easy."""
    problems = [] if THIS_MACHINE.issuperset(settings.ALLOWED_HOSTS) else list(_problems())
    if problems:
        raise ImproperlyConfigured(" ".join(str(found.msg) for found in problems))


@register(Tags.security, deploy=True)
def easy_secrets(**_: Any) -> list[CheckMessage]:
    """Refuse a published key, and passwords of the database, the provider or the mail server that are easy."""
    return list(_problems())


def _problems() -> Iterator[CheckMessage]:
    if settings.SECRET_KEY.startswith(PUBLISHED):
        yield Error("INDICIA_SECRET_KEY is one that stands in this program for all to read.", id="indicia.E001")
    database = settings.DATABASES["default"]
    by_network = database["ENGINE"].endswith("postgresql") and not str(database.get("HOST") or "/").startswith("/")
    if by_network and is_easy(str(database.get("PASSWORD") or "")):
        yield Error(f"The password in DATABASE_URL is easy: {_WHAT}", id="indicia.E002")
    for app in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", ()):
        if is_easy(str(app["secret"])):
            yield Error(f"INDICIA_OIDC_SECRET is easy: {_WHAT}", id="indicia.E003")
    if settings.EMAIL_HOST and settings.EMAIL_HOST_PASSWORD:
        if is_easy(settings.EMAIL_HOST_PASSWORD):
            yield Error(f"INDICIA_MAIL_PASSWORD is easy: {_WHAT}", id="indicia.E004")
        if not settings.EMAIL_USE_TLS:
            yield Error("INDICIA_MAIL_PASSWORD would cross the network in the clear.", id="indicia.E005")


_WHAT = f"give it at least {SHORTEST} characters, at least 8 of them different, and no common word at its beginning."


def is_easy(secret: str) -> bool:
    """Say whether a secret is short, repeats itself, or begins with a word everybody tries."""
    return len(secret) < SHORTEST or len(set(secret)) < 8 or secret.lower().startswith(COMMON)
