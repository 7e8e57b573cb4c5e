"""What every page has: the person, their ways, and the period, framework version and date they stand under."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from accounts.models import Role, User
from assessments import policies
from assessments.apart.process import Unavailable
from assessments.models import ReportingPeriod, Revision
from assessments.planned import Planned
from assessments.views.addresses import address
from frameworks.models import FrameworkVersion

P = ParamSpec("P")


class UserRequest(HttpRequest):
    """A request of somebody who signed in."""

    user: User
    htmx: HtmxDetails


@dataclass(frozen=True)
class Standing:
    """The reporting period and the framework version a page stands under; shown at the head of every page."""

    period: ReportingPeriod | None
    framework: FrameworkVersion | None


@dataclass(frozen=True)
class Way:
    """One entry of the navigation."""

    title: str
    url: str
    is_here: bool


def standing(revision: Revision | None) -> Standing:
    """Return what a page stands under: that of the revision shown, else the newest period and framework."""
    if revision is not None:
        return Standing(revision.assessment.period, revision.framework)
    return Standing(next(iter(_newest_period()), None), next(iter(_newest_framework()), None))


@Planned
def _newest_period() -> QuerySet[ReportingPeriod]:
    return ReportingPeriod.objects.all()[:1]


@Planned
def _newest_framework() -> QuerySet[FrameworkVersion]:
    return FrameworkVersion.objects.filter(superseded=False).order_by("-in_force_from", "-loaded_at")[:1]


_STAFF = (Role.ANALYST, Role.REVIEWER, Role.COORDINATOR)
_WAYS: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("Work", "assessments:home", ()),
    ("Assessments", "assessments:list", _STAFF),
    ("Sources", "assessments:sources", _STAFF),
    ("Search", "assessments:search", _STAFF),
    ("Inbox", "assessments:inbox", (Role.ANALYST,)),
    ("Report", "assessments:report", (Role.EXPORTER, Role.READER, Role.COORDINATOR)),
    ("People", "assessments:accounts", tuple(policies.GIVABLE)),
    ("Pictures", "assessments:picture-heat", policies.READERS),
    ("Validity", "assessments:picture-validity", (Role.FRAMEWORK_EDITOR,)),
    ("Countries", "frameworks:countries", ()),
    ("Templates", "assessments:templates", (Role.COORDINATOR, Role.EXPORTER)),
    ("House style", "assessments:house-style", (Role.FRAMEWORK_EDITOR,)),
    ("Notices", "assessments:notices", ()),
    ("Framework", "frameworks:current", ()),
    ("Method", "frameworks:method", ()),
)


def ways(request: HttpRequest) -> tuple[Way, ...]:
    """Return the navigation of this person: no way to a page that they may not open."""
    user = request.user
    if not isinstance(user, User):
        return ()
    return _ways(user.roles, request.path if request.path in _addresses() else "")


@cache
def _addresses() -> frozenset[str]:
    return frozenset(address(name) for _, name, _ in _WAYS)


@lru_cache(maxsize=512)
def _ways(held: frozenset[str], here: str) -> tuple[Way, ...]:
    found = [(title, address(name)) for title, name, roles in _WAYS if not roles or not held.isdisjoint(roles)]
    return tuple(Way(title, url, here == url) for title, url in found)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    revision: Revision | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page with its head; `revision` is the one it shows, if any."""
    head = {"standing": standing(revision), "ways": ways(request), "revision": revision}
    return render(request, template, {**head, **(context or {})}, status=status)


def refused(request: HttpRequest, exc: Exception, *, heading: str = "Not allowed", status: int = 403) -> HttpResponse:
    """Answer what is not allowed with a page that says why, and that gives back the text that was typed."""
    context = {"heading": heading, "reason": str(exc), "typed": _typed(request)}
    return page(request, "assessments/refused.html", context, status=status)


def _typed(request: HttpRequest) -> list[str]:
    """Return the texts of a refused form: what has more than one word, as ticks, choices and keys have not."""
    values = [text.strip() for name in request.POST if name not in UNSAID for text in request.POST.getlist(name)]
    return list(dict.fromkeys(text for text in values if len(text.split()) > 1))


UNSAID = frozenset({"csrfmiddlewaretoken", "password"})
"""Fields of a form that are never shown again."""


def guarded(
    view: Callable[Concatenate[UserRequest, P], HttpResponse],
) -> Callable[Concatenate[UserRequest, P], HttpResponse]:
    """Answer a view that raises NotAllowed, or Unavailable, with the reason: as a page or, for a swap, a message."""

    @wraps(view)
    def answer(request: UserRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except policies.NotAllowed as exc:
            return refused(request, exc)
        except Unavailable as exc:
            return refused(request, exc, heading="Not at the moment", status=503)

    return cast("Callable[Concatenate[UserRequest, P], HttpResponse]", answer)


def say(request: HttpRequest, text: str) -> None:
    """Leave a message for the next page."""
    messages.success(request, text)


def warn(request: HttpRequest, text: str) -> None:
    """Leave the reason why something was not done for the next page."""
    messages.error(request, text)
