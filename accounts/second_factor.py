"""Some roles need a second factor: until they have one, such people reach their own account and nothing else."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from accounts.models import User

HAS_ONE = "has_second_factor"
"""The session's word that this person was seen to have a second factor, so that it isn't asked at every request."""
NEEDED = "Your role needs a second factor. Set up an authenticator app or a passkey to go on."


def is_needed(user: User) -> bool:
    """Say whether one of the person's roles needs a second factor (INDICIA_SECOND_FACTOR_ROLES)."""
    return not user.roles.isdisjoint(settings.SECOND_FACTOR_ROLES)


def lacks_one(user: User) -> bool:
    """Say whether the person needs a second factor and has none: then no token of theirs holds."""
    return bool(settings.SECOND_FACTOR_ROLES) and is_needed(user) and not is_mfa_enabled(user)


class SecondFactorMiddleware(MiddlewareMixin):
    """Leads whoever needs a second factor and has none to the page that makes one."""

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Let the request through, or answer it with the way to the second factor."""
        user = request.user
        if not settings.SECOND_FACTOR_ROLES or not isinstance(user, User):
            return None
        match = request.resolver_match
        if match and match.route.startswith(("account/", "sign-")):
            if request.method == "POST":  # it may take the second factor away: to be looked at anew
                request.session.pop(HAS_ONE, None)
            return None
        if request.session.get(HAS_ONE) or not is_needed(user):
            return None
        if is_mfa_enabled(user):
            request.session[HAS_ONE] = True
            return None
        messages.warning(request, NEEDED)
        return redirect("mfa_index")
