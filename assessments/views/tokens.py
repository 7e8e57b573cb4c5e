"""One's own tokens, by which a program acts as oneself: made, shown once, taken back.

A token outlives the session it is made in, so whoever makes one shows again who they are: with the password, a code or
a passkey, and not only by a browser that somebody left open.
"""

from urllib.parse import urlencode
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Scope
from assessments import actions
from assessments.forms.tokens import TokenForm
from assessments.views.bench import now
from assessments.views.evidence import add_errors
from assessments.views.page import UserRequest, guarded, page, say

_LONGEST = 80  # characters of a field that are carried over


@never_cache
@require_http_methods(["GET", "POST"])
@guarded
def tokens(request: UserRequest) -> HttpResponse:
    """List a person's tokens and make one; its secret stands on the answer and nowhere else.

    Who was not confirmed within minutes is sent to do that first, and comes back to what they had typed.
    """
    form = TokenForm(request.POST if request.method == "POST" else None, initial=_typed(request.GET))
    if request.method == "POST" and not did_recently_reauthenticate(request):
        back = f"{reverse('assessments:tokens')}?{urlencode(_typed(request.POST))}"
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")
    secret, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                _, secret = actions.make_token(
                    name=data["name"], scope=Scope(data["scope"]), days=data["days"], by=request.user, at=now()
                )
            except actions.Invalid as exc:
                add_errors(form, exc)
            else:
                form, status = TokenForm(), 200
    context = {"form": form, "secret": secret, "tokens": request.user.api_tokens.all()[:50], "now": timezone.now()}
    return page(request, "account/tokens.html", context, status=status)


def _typed(given: QueryDict) -> dict[str, str]:
    return {name: str(given[name])[:_LONGEST] for name in TokenForm.base_fields if name in given}


@require_POST
@guarded
def revoke(request: UserRequest, token_id: UUID) -> HttpResponse:
    """Take a token back."""
    try:
        token = actions.revoke_token(token_id=token_id, by=request.user, at=now())
    except actions.NotFound as exc:
        raise Http404(str(exc)) from exc
    say(request, f"The token “{token.name}” holds no more.")
    return redirect("assessments:tokens")
