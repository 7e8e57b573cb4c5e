"""Who is signed in, and who else is on an assessment's pages now; asked by pages that stay open."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from assessments import actions
from assessments.views.bench import now
from assessments.views.page import UserRequest


@login_not_required
@never_cache
@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """Say who is signed in, "" for nobody, and give the token their next save needs. Nothing else is said of them."""
    person = str(request.user.public_id) if isinstance(request.user, User) else ""
    return JsonResponse({"person": person, "token": get_token(request)})


@dataclass(frozen=True)
class Other:
    """Somebody else who has a page of the assessment open."""

    name: str
    where: str
    is_here: bool  # on the very page that asks


_PLACE = re.compile(r"[A-Za-z0-9/-]{0,60}")
_WORDS = {
    "questions": "question",
    "groups": "group",
    "facts": "facts",
    "evidence": "evidence",
    "sources": "sources",
    "decision": "decision",
    "determinations": "determinations",
    "checks": "checks",
    "draft": "draft",
    "review": "review",
    "compare": "comparison",
}


@never_cache
@require_POST
def here(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Note that this person has a page open, or with `gone` that they left it; answer with who else is there."""
    if "gone" in request.POST:
        actions.leave(assessment_id=assessment_id, by=request.user)
        return HttpResponse(status=204)
    place = request.POST.get("place", "").strip("/")
    if not _PLACE.fullmatch(place):
        place = ""
    try:
        found = actions.be_here(assessment_id=assessment_id, place=place, by=request.user, at=now())
    except actions.NotFound:
        raise Http404("There is no such assessment, or it is not open to you.") from None
    others = [Other(item.person.name, where(item.place), bool(place) and item.place == place) for item in found]
    return render(request, "assessments/presence.html", {"others": others})


def where(place: str) -> str:
    """Say a place in words: "question I02", "draft"; "" where there is nothing to say."""
    first, _, rest = place.partition("/")
    words = _WORDS.get(first, "")
    return f"{words} {rest.partition('/')[0]}".strip() if first in ("questions", "groups") else words
