"""What is not about one assessment: countries with their reference data, the framework, and the method."""

from collections import defaultdict
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.models import Revision
from assessments.views.page import UserRequest, guarded, page
from frameworks import loader
from frameworks.models import Country, FrameworkVersion
from frameworks.spec.base import Direction


@require_GET
@guarded
def country(request: UserRequest, iso3: str) -> HttpResponse:
    """Show what the reference data says about a country, every row with its source and mark."""
    found = get_object_or_404(Country, iso3=iso3.upper())
    assessments = policies.listed_assessments(request.user).filter(country=found).select_related("period", "country")
    context = {
        "country": found,
        "tiers": list(found.tier_records.order_by("-report_year")),
        "treaties": list(found.treaty_statuses.all()),
        "listings": list(found.child_soldier_listings.order_by("-year")),
        "years": list(found.policy_or_pattern_years.order_by("-report_year")),
        "assessments": list(assessments.order_by("-period__report_year")),
        "readable": set(policies.visible_assessments(request.user).filter(country=found).values_list("pk", flat=True)),
    }
    return page(request, "assessments/country.html", context)


def _version(version_id: UUID | None) -> FrameworkVersion:
    rows = FrameworkVersion.objects.order_by("superseded", "-in_force_from", "-loaded_at")
    found = rows.first() if version_id is None else rows.filter(public_id=version_id).first()
    if found is None:
        raise Http404("No such framework version is loaded.")
    return found


@require_GET
@guarded
def framework(request: UserRequest, version_id: UUID | None = None) -> HttpResponse:
    """Show one framework version: questions with descriptors, provisions, vocabularies, recommendations, seed."""
    version = _version(version_id)
    compiled = loader.compiled(version)
    vocabularies: defaultdict[str, list[object]] = defaultdict(list)
    for term in compiled.spec.terms:
        vocabularies[term.vocabulary].append(term)
    context = {
        "version": version,
        "versions": list(FrameworkVersion.objects.order_by("-in_force_from")),
        "framework": compiled,
        "groups": [(group, compiled.indicators_of(group.slug)) for group in compiled.groups],
        "vocabularies": dict(vocabularies),
    }
    return page(request, "assessments/framework.html", context)


@require_GET
@guarded
def method(request: UserRequest) -> HttpResponse:
    """Explain how levels, finding and recommendations are derived, from the framework itself."""
    version = _version(None)
    compiled = loader.compiled(version)
    spec = compiled.spec
    context = {
        "version": version,
        "spec": spec,
        "core_count": len(compiled.core),
        "count": len(compiled.indicators),
        "scales": [
            (direction, [item for item in spec.scale_meanings if item.direction is direction])
            for direction in Direction
        ],
        "rules": [
            (direction, [item for item in spec.evidence_rules if item.direction is direction])
            for direction in Direction
        ],
        "uses": Revision.objects.filter(framework=version).count(),
    }
    return page(request, "assessments/method.html", context)
