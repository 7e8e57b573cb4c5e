"""The way in for somebody who was invited: a link by which they set their first password."""

import logging
import smtplib

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.posting import in_background

log = logging.getLogger(__name__)


def link(request: HttpRequest, person: User) -> str:
    """Return the address at which this person, and nobody else, sets a password.

    It works once and for PASSWORD_RESET_TIMEOUT seconds.
    """
    return request.build_absolute_uri(path(person))


def path(person: User) -> str:
    """Return that address without the host, for whoever has no request: a command."""
    token = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])


def can_send() -> bool:
    """Say whether this installation sends e-mail at all."""
    return bool(settings.EMAIL_HOST)


def send(request: HttpRequest, person: User) -> bool:
    """Send the link by e-mail; False where none is sent, or the server took it not, so that it must be handed over."""
    if not can_send():
        return False
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    text = (
        f"Dear {person.name},\n\nyou have an account in Indicia. Set your password within {days} days:\n\n"
        f"{link(request, person)}\n\nIf you did not expect this, tell your coordinator.\n"
    )
    try:
        send_mail("Indicia: your account", text, settings.DEFAULT_FROM_EMAIL, [person.email])
    except (OSError, smtplib.SMTPException):
        log.exception("An invitation could not be sent.")
        return False
    return True


def tell_moved(person: User, old: str) -> None:
    """Tell both addresses that an account goes by the new one; whoever did not want that reads it at the old one."""
    if not can_send():
        return
    text = (
        f"Dear {person.name},\n\nfrom now on you sign in to Indicia by {person.email}, no longer by {old}. Your "
        "password is the same.\n\nIf you did not ask for this, tell the administrator of accounts at once.\n"
    )
    for address in (old, person.email):
        in_background(EmailMessage("Indicia: your address", text, settings.DEFAULT_FROM_EMAIL, [address]))
