"""Who is signed in, asked by a page that stays open."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.models import User


@login_not_required
@never_cache
@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """Say who is signed in, "" for nobody, and give the token their next save needs. Nothing else is said of them."""
    person = str(request.user.public_id) if isinstance(request.user, User) else ""
    return JsonResponse({"person": person, "token": get_token(request)})
