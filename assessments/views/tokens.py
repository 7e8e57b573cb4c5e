"""One's own tokens, by which a program acts as oneself: made, shown once, taken back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Scope
from assessments import actions
from assessments.forms.tokens import TokenForm
from assessments.views.bench import now
from assessments.views.evidence import add_errors
from assessments.views.page import UserRequest, guarded, page, say


@never_cache
@require_http_methods(["GET", "POST"])
@guarded
def tokens(request: UserRequest) -> HttpResponse:
    """List a person's tokens and make one; its secret stands on the answer and nowhere else."""
    form = TokenForm(request.POST if request.method == "POST" else None)
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
