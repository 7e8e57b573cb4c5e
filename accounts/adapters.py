"""What the sign-in library asks of us: nobody makes an account of their own, and secrets are stored encrypted."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as around
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import known
from accounts.models import User
from accounts.posting import in_background

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

    from accounts.asking import AskingSession


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        "email_password_mismatch": "Please enter a correct e-mail address and password.",
        "too_many_login_attempts": "Too many attempts failed. Wait five minutes, or set a new password.",
    }

    def is_open_for_signup(self, _: HttpRequest) -> bool:
        """Never: people are invited by the coordinator or the administrator of accounts."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt, and refuse it in words where too many failed.

        By account, whatever port or name the request was sent to; apart in a browser in which the person signed in
        before, and in one in which they are signed in. Raises ValidationError.
        """
        login = self._get_login_attempts_cache_key(request, **credentials)
        person = User.objects.filter(email=login).first()
        mark = "" if person is None else known.mark_of(request, person)
        if person is not None and request.user == person:
            mark = mark or str(request.session.session_key)
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_known" if mark else "login_failed",
            key=f"{login}:{mark}" if mark else login,
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, _: HttpRequest, **credentials: Any) -> str:
        return str(credentials.get("email") or "").strip().lower()

    def reauthenticate(self, user: User, password: str) -> bool:
        """Say whether this is the person's password; it is counted like an attempt to sign in."""
        found = self.authenticate(around.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def set_password(self, user: User, password: str) -> None:
        """Set a password; whoever could do so is let in at once, however many attempts failed before."""
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(around.request, email=user.email)

    def post_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse:
        """Answer a sign-in, and let the browser be known from now on."""
        response: HttpResponse = super().post_login(request, user, **given)
        known.remember(request, response, user)
        return response

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Write the message now, and send it while the person goes on."""
        request = around.request
        said = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        in_background(self.render_mail(template_prefix, email, said))


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An identity provider lets in those who have an account here, by the address it verified, asked anew each time.

    Nothing is kept of the provider's own account, and one's password here stays as it is.
    """

    def is_open_for_signup(self, *_: Any) -> bool:
        """Never: the provider says who somebody is, not that they belong to the office."""
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """Return whose account it is; None where there is none. Only the value true says that an address is verified.

        The second part is empty, so that the library neither links the accounts nor takes the password away.
        """
        addresses = [found.email.strip().lower() for found in sociallogin.email_addresses if found.verified is True]
        person = User.objects.filter(email__in=addresses).first()
        return (person, "") if person else None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse in words whoever has no account here."""
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(refused(request, "unknown", 403))

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        """Say that the provider did not say who it is; whether somebody cancelled or something failed is not known."""
        raise ImmediateHttpResponse(refused(request, "failed", 403))

    def get_requests_session(self) -> "AskingSession":
        """Return what the provider is asked with: one that says so where the provider does not answer."""
        from accounts.asking import AskingSession  # here: few offices have a provider, and what asks it is large

        return AskingSession(self.request)


def refused(request: HttpRequest | None, why: str, status: int) -> HttpResponse:
    """Say to a person why the provider did not let them in: `unknown`, `failed` or `away`."""
    return render(request, "account/provider_refused.html", {"why": why}, status=status)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the person on the device that holds their second factor, and encrypts what is stored of it.

    The key comes from INDICIA_SECRET_KEY; what INDICIA_OLD_SECRET_KEYS encrypted is read as well. Under other keys no
    code is right, and people set up their second factor anew.
    """

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret; one that no key opens is replaced by another, which nobody has."""
        from cryptography.fernet import InvalidToken

        try:
            return self._box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def renewed(self, encrypted_text: str) -> str | None:
        """Return a stored secret as today's key encrypts it; None where no key opens it."""
        from cryptography.fernet import InvalidToken

        try:
            return self._box().rotate(encrypted_text.encode()).decode()
        except InvalidToken:
            return None

    @staticmethod
    def _box() -> "MultiFernet":
        from cryptography.fernet import Fernet, MultiFernet  # here: few workers are given a second factor in a day

        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        digests = (hashlib.sha256(b"second factor" + key.encode()).digest() for key in keys)
        return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the office's app as passkeys know it: by its host."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Indicia"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Return the person as passkeys know them; the id is public and never a database key."""
        return {"id": str(user.public_id).encode(), "display_name": user.name, "name": user.email}
