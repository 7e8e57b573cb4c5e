"""What a save is answered with while its form stays as it is: the server's word, and around it only what changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from assessments.forms.base import PageForm
from assessments.templatetags.indicia import clock
from assessments.views.bench import SAVED, Bench
from assessments.views.conflict import Difference
from assessments.views.page import UserRequest, page


def is_background(request: UserRequest) -> bool:
    """Say whether the page saved by itself: then its form must not be replaced, somebody is typing in it."""
    return bool(request.htmx) and "autosave" in request.POST


def acknowledged(
    bench: Bench,
    *,
    here: str,
    notes: str,
    version: int,
    at: datetime,
    url: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Answer that it is saved; `notes` is the template of what stands about the form, `url` where it is sent now."""
    given = {"version": version, "said": f"Saved {clock(at)}.", "saved": True, "notes": notes, **(context or {})}
    answer = _answer(bench, here, given, 200)
    answer[SAVED] = url
    return answer


def clash(
    bench: Bench, *, here: str, version: int, theirs: Iterable[Difference], who: str, at: datetime | None
) -> HttpResponse:
    """Answer that somebody else saved first: both texts, and the version a save of the chosen one needs."""
    given = {"version": version, "theirs": tuple(theirs), "who": who, "their_moment": at, "can_take": True, "said": ""}
    return _answer(bench, here, given, 409)


def not_yet(bench: Bench, *, here: str, form: PageForm, errors: Iterable[str]) -> HttpResponse:
    """Answer that it can't be saved as it stands; it is said in the status line and above the form."""
    said = " ".join(errors)
    return _answer(bench, here, {"form": form, "said": f"Not saved yet. {said}", "problems": tuple(errors)}, 422)


def _answer(bench: Bench, here: str, given: Mapping[str, Any], status: int) -> HttpResponse:
    answer = page(
        bench.request,
        "assessments/autosaved.html",
        {"bench": bench, "here": here, **given},
        revision=bench.revision,
        status=status,
    )
    answer["HX-Reswap"] = "none"
    return answer
