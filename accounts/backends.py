"""Who is signed in, read with their roles in one query, since nearly every page asks for both."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from accounts import published
from accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]  # the library gives no types
    """The library's way in, by e-mail address and password."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """Return whose address and password these are; None for nobody, and for a demo's people outside the demo."""
        if published.is_refused(str(credentials.get("password") or "")):
            return None
        found: User | None = super().authenticate(request, **credentials)
        return found

    def get_user(self, user_id: Any) -> User | None:
        """Return the person of a session, with their roles; None where the account is closed or gone."""
        user = User.objects.with_roles(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
