"""What a save is answered with while its form stays as it is: the server's word, and around it only what changed."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from assessments.forms.base import PageForm
from assessments.forms.records import Offer
from assessments.templatetags.indicia import clock
from assessments.views.bench import SAVED, Bench
from assessments.views.conflict import Difference
from assessments.views.page import UserRequest, page
from frameworks.spec.compiled import CompiledFramework


def is_background(request: UserRequest) -> bool:
    """Say whether the page saved by itself: then its form must not be replaced, somebody is typing in it."""
    return bool(request.htmx) and "autosave" in request.POST


REFRESH = "Indicia-Refresh"
"""The header of the server's word; its value is the address that gives the draft drawn anew."""


@dataclass(frozen=True)
class Pinned:
    """The open revision of an assessment and its framework, which it keeps for life."""

    revision_id: UUID
    framework: CompiledFramework


_PINNED: OrderedDict[UUID, Pinned] = OrderedDict()
_MOST = 2000
"""More assessments than an office has open; one takes some hundred bytes."""


def pinned(assessment_id: UUID) -> Pinned | None:
    """Return the revision this process last saw open; None where it saw none. The save asks whether it is still."""
    return _PINNED.get(assessment_id)


def pin(bench: Bench) -> None:
    """Remember a page's revision for the saves that follow from it."""
    _PINNED[bench.assessment.public_id] = Pinned(bench.revision.public_id, bench.framework)
    _PINNED.move_to_end(bench.assessment.public_id)
    while len(_PINNED) > _MOST:
        _PINNED.popitem(last=False)


@dataclass(frozen=True)
class OpenFact:
    """A fact whose form this process showed or saved last: what it held at a version, and what its form may name."""

    version: int
    record: Any
    offer: Offer


_FACTS: OrderedDict[tuple[UUID, str, str], OpenFact] = OrderedDict()
_MOST_FACTS = 256
"""More forms of facts than an office has open; what a form may name are ids only, a few kB."""


def open_fact(assessment_id: UUID, sheet: str, ref: str, version: int | None) -> OpenFact | None:
    """Return a fact as this process knows it at this version; None where it does not."""
    found = _FACTS.get((assessment_id, sheet, ref))
    return found if found is not None and found.version == version else None


def keep_fact_open(assessment_id: UUID, sheet: str, ref: str, fact: OpenFact) -> None:
    """Remember a fact for the saves of its form; no label is kept, only what can be chosen."""
    bare = {name: [(key, key) for key, _ in choices] for name, choices in fact.offer.refs.items()}
    key = assessment_id, sheet, ref
    _FACTS[key] = replace(fact, offer=replace(fact.offer, refs=bare))
    _FACTS.move_to_end(key)
    while len(_FACTS) > _MOST_FACTS:
        _FACTS.popitem(last=False)


def wants_word_only(request: UserRequest) -> bool:
    """Say whether the page wants the server's word first, and the draft after it in a request of its own."""
    return request.method == "POST" and bool(request.htmx) and request.POST.get("autosave") == "first"


def word(request: UserRequest, assessment_id: UUID, *, version: int, at: datetime, place: str) -> HttpResponse:
    """Answer that it is saved, and nothing else; the page then asks for the draft at the address named."""
    given = {"version": version, "said": f"Saved {clock(at)}."}
    answer = HttpResponse(render_to_string("assessments/word.html", given))
    answer[SAVED] = request.path
    answer[REFRESH] = f"{reverse('assessments:refresh', args=[assessment_id])}?at={place}"
    answer["HX-Reswap"] = "none"
    return answer


def acknowledged(bench: Bench, *, version: int, at: datetime, url: str, context: Mapping[str, Any]) -> HttpResponse:
    """Answer that it is saved, with what follows from it: `notes` in the context is the template of what stands about
    the form, `here` the section of the place; `url` is where the form is sent from now on."""
    given = {"bench": bench, "revision": bench.revision, "version": version, "said": f"Saved {clock(at)}.", **context}
    answer = HttpResponse(render_to_string("assessments/saved.html", given))
    answer[SAVED] = url
    answer["HX-Reswap"] = "none"
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
