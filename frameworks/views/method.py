"""The method in full, from the framework itself: a page to read and a handbook to print."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from frameworks.spec.base import Direction
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import FindingCategorySpec
from frameworks.views.links import Links
from frameworks.views.page import framework_page, opened, shown
from frameworks.views.words import MARK_MEANINGS, SHEETS


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
    }
    return framework_page(request, "frameworks/method.html", version, framework, context)


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
