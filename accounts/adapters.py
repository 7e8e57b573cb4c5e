"""What the sign-in library asks of us: nobody makes an account of their own, and secrets are stored encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User


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


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An identity provider lets in those who have an account here, by their verified e-mail address."""

    def is_open_for_signup(self, *_: Any) -> bool:
        """Never: the provider says who somebody is, not that they belong to the office."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the person on the device that holds their second factor, and encrypts what is stored of it.

    The key comes from INDICIA_SECRET_KEY: under another one, people set up their second factor anew.
    """

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret. Raises `InvalidToken` under another key."""
        return self._box().decrypt(encrypted_text.encode()).decode()

    @staticmethod
    def _box() -> Fernet:
        key = hashlib.sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the office's app as passkeys know it: by its host."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Indicia"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Return the person as passkeys know them; the id is public and never a database key."""
        return {"id": str(user.public_id).encode(), "display_name": user.name, "name": user.email}
