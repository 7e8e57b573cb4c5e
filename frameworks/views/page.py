"""What the reference pages share: the version they show, their head, and a 404 that says what is missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frameworks import loader
from frameworks.models import FrameworkVersion
from frameworks.spec.compiled import CompiledFramework, UnknownRecord

P = ParamSpec("P")


class Missing(LookupError):
    """What was asked for is not on file; the message says so in a sentence."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page that shows one version stands under; it belongs to no reporting period."""

    framework: FrameworkVersion
    period: None = None


def shown(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Serve a page that only reads, and answer 404 with the reason where a record is missing."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Missing, UnknownRecord) as exc:
            return render(request, "frameworks/missing.html", {"reason": str(exc)}, status=404)

    return answer


def version_of(version_id: UUID | None) -> FrameworkVersion:
    """Return a version by its public id; None gives the one in force today, else the newest. Raises Missing."""
    versions = FrameworkVersion.objects.all()
    if version_id is not None:
        found = versions.filter(public_id=version_id).first()
    else:
        in_force = versions.in_force_on(timezone.localdate()).first()
        found = in_force or versions.order_by("superseded", "-in_force_from", "-loaded_at").first()
    if found is None:
        raise Missing("No such version of the framework is loaded." if version_id else "No framework is loaded yet.")
    return found


def framework_page(
    request: HttpRequest,
    template: str,
    version: FrameworkVersion,
    framework: CompiledFramework,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Render a page of one version; `part` in the context names the part of the framework it is."""
    head = {"version": version, "framework": framework, "spec": framework.spec, "standing": Standing(version)}
    return render(request, template, {**head, **context})


def opened(version_id: UUID | None) -> tuple[FrameworkVersion, CompiledFramework]:
    """Return a version with its content. Raises Missing."""
    version = version_of(version_id)
    return version, loader.compiled(version)
