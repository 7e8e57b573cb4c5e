"""Browsers in which a person signed in before: wrong passwords typed elsewhere do not keep them out of these.

Failed attempts close an account's sign-in for some minutes. Were they all counted together, a stranger who knows an
address could keep its owner out for ever by five attempts every five minutes. So a browser that once proved who it is
carries a signed mark, and its attempts are counted apart. The mark opens nothing: it is neither password nor factor.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User

COOKIE = "known"
DAYS = 180
MOST = 5
"""Of how many people one browser keeps the mark: the last ones."""
_SALT = "accounts.known"


def mark_of(request: HttpRequest, person: User) -> str:
    """Return what tells this browser apart where the person signed in in it before; "" elsewhere."""
    nonce, marks = _read(request)
    expected = _mark(nonce, person)
    return nonce if any(constant_time_compare(expected, mark) for mark in marks) else ""


def remember(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """Let the browser carry the mark from now on."""
    nonce, marks = _read(request)
    nonce = nonce or secrets.token_urlsafe(16)
    mine = _mark(nonce, person)
    marks = [mine, *(mark for mark in marks if mark != mine)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps([nonce, marks], salt=_SALT),
        max_age=DAYS * 24 * 3600,
        path="/sign-in/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(nonce: str, person: User) -> str:
    """Name a person in a browser so that nobody reads from the mark who it is."""
    return salted_hmac(_SALT, f"{nonce}:{person.public_id}", algorithm="sha256").hexdigest()[:32]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        nonce, marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=DAYS * 24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(nonce), [str(mark) for mark in marks]
