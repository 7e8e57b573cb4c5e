"""The method in full, from the framework itself: a page to read and a handbook to print."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from frameworks import loader
from frameworks.models import FrameworkVersion
from frameworks.spec.base import Direction
from frameworks.spec.changes import changes
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import FindingCategorySpec
from frameworks.views.links import Links
from frameworks.views.page import framework_page, opened, shown
from frameworks.views.words import MARK_MEANINGS, SHEETS


@dataclass(frozen=True, slots=True)
class Section:
    """A section that another app writes: what it is about, its template, and what that needs."""

    name: str
    template: str
    values: dict[str, Any]


ADDED: list[Callable[[HttpRequest, FrameworkVersion], Section]] = []
"""What other apps add to the page. This app knows nothing of them; they put themselves here when they start."""


@shown
def method(request: HttpRequest, version_id: UUID | None = None) -> HttpResponse:
    """Explain how answers become levels, a finding and recommendations; without an id, of the version in force."""
    version, framework = opened(version_id)
    links, spec = Links(version, framework), framework.spec
    context = {
        "part": "method",
        "groups": [(group, framework.indicators_of(group.slug)) for group in framework.groups],
        "sheets": SHEETS.values(),
        "scales": [(way, [m for m in spec.scale_meanings if m.direction is way]) for way in Direction],
        "rules": [(way, [rule for rule in spec.evidence_rules if rule.direction is way]) for way in Direction],
        "classes": framework.terms("source-class"),
        "values": {parameter.slug.replace("-", "_"): parameter.value for parameter in spec.parameters},
        "sets": {members.slug.replace("-", "_"): links.indicators(members.members) for members in spec.indicator_sets},
        "categories": [(category, _bounds(category)) for category in framework.finding_categories],
        "factors": [(factor, links.indicator(factor.slug)) for factor in spec.proof_of_failure],
        "shorter": _shorter(framework, links),
        "marks": MARK_MEANINGS,
        "previous": (previous := _previous(version)),
        "changes": changes(loader.compiled(previous).spec, spec) if previous else (),
        "added": {section.name: section for section in (add(request, version) for add in ADDED)},
    }
    return framework_page(request, "frameworks/method.html", version, framework, context)


def _previous(version: FrameworkVersion) -> FrameworkVersion | None:
    """Return the version before this one, if it is loaded; one query."""
    earlier = FrameworkVersion.objects.filter(code=version.code, in_force_from__lt=version.in_force_from)
    return earlier.order_by("-in_force_from", "-loaded_at").first()


def _bounds(category: FindingCategorySpec) -> str:
    """Say which levels lead to a category; empty where levels do not."""
    parts = [
        f"{name} {bounds[0]}" if bounds[0] == bounds[1] else f"{name} {bounds[0]} to {bounds[1]}"
        for name, bounds in (("concern", category.concern), ("accountability", category.accountability))
        if bounds is not None
    ]
    return ", ".join(parts)


def _shorter(framework: CompiledFramework, links: Links) -> list[Any]:
    """Return the indicators whose scale ends below 5."""
    return [(links.indicator(item.slug), item.scale_top) for item in framework.indicators if item.scale_top < 5]
