"""The parts of one framework version: indicators, law, provisions, registry, recommendations, seed map."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from frameworks.models import FrameworkVersion
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import IndicatorSpec, RecommendationSpec
from frameworks.views.links import Link, Links
from frameworks.views.page import framework_page, opened, shown
from frameworks.views.words import (
    KINDS,
    MARK_MEANINGS,
    OBLIGATIONS,
    ORIGIN_MEANINGS,
    PRECEDENCE,
    SHEETS,
    VOCABULARIES,
)


@shown
def front(request: HttpRequest, version_id: UUID | None = None) -> HttpResponse:
    """Show what a version is and all its indicators; without an id, the version in force today."""
    version, framework = opened(version_id)
    context = {
        "part": "indicators",
        "versions": list(FrameworkVersion.objects.filter(code=version.code).order_by("-in_force_from", "-version")),
        "groups": [(group, framework.indicators_of(group.slug)) for group in framework.groups],
        "marks": MARK_MEANINGS,
    }
    return framework_page(request, "frameworks/front.html", version, framework, context)


@shown
def indicator(request: HttpRequest, version_id: UUID, slug: str) -> HttpResponse:
    """Show one indicator: its question, descriptors with the least evidence of each, and what hangs on it."""
    version, framework = opened(version_id)
    found, links = framework.indicator(slug), Links(version, framework)
    here = framework.indicators.index(found)
    context = {
        "part": "indicators",
        "indicator": found,
        "group": framework.group(found.group),
        "rungs": _rungs(framework, found),
        "basis": [links.basis(name) for name in found.provisions],
        "sheets": [SHEETS[name] for name in found.fact_sheets],
        "sectors": [links.term("sector", name) for name in found.parts],
        "states": [framework.state(name) for name in found.states],
        "feeds": [links.recommendation(code) for code in found.feeds],
        "elements": [element for element in framework.spec.elements if slug in element.indicators],
        "seed_rows": _seed_rows(framework, links, f"indicator:{slug}"),
        "before": links.indicator(framework.indicators[here - 1].slug) if here else None,
        "after": links.indicator(framework.indicators[here + 1].slug) if found != framework.indicators[-1] else None,
        "marks": MARK_MEANINGS,
    }
    return framework_page(request, "frameworks/indicator.html", version, framework, context)


def _rungs(framework: CompiledFramework, found: IndicatorSpec) -> list[dict[str, Any]]:
    limit = framework.value("concern-unapproved-determination-limit")
    rungs = []
    for level in found.levels:
        rule = framework.evidence_rule(found.direction, level.value)
        determined = found.group in rule.determination_groups
        rungs.append({"level": level, "rule": rule, "counts_as": limit if determined else None})
    return rungs


def _seed_rows(framework: CompiledFramework, links: Links, record: str) -> list[Link]:
    return [links.seed(row.code) for row in framework.seed_rows if record in row.records]


@shown
def law(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show the minimum standards, the indicia, the elements of 108(b)(7), and what section 110 adds."""
    version, framework = opened(version_id)
    links, spec = Links(version, framework), framework.spec
    context = {
        "part": "law",
        "indicia": [(indicium, links.indicators(indicium.indicators)) for indicium in spec.indicia],
        "elements": [(element, links.indicators(element.indicators)) for element in spec.elements],
        "proof_of_failure": [(factor, links.indicator(factor.slug)) for factor in spec.proof_of_failure],
        "marks": MARK_MEANINGS,
    }
    return framework_page(request, "frameworks/law.html", version, framework, context)


@shown
def provisions(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show every provision by instrument, with how strongly it binds and how well that is checked."""
    version, framework = opened(version_id)
    links = Links(version, framework)
    instruments = [
        (
            framework.term("instrument", slug),
            [(provision, links.indicators(provision.indicators)) for provision in members],
        )
        for slug, members in groupby(framework.provisions, key=lambda provision: provision.instrument)
    ]
    context = {
        "part": "provisions",
        "instruments": instruments,
        "obligations": OBLIGATIONS,
        "origins": ORIGIN_MEANINGS,
        "marks": MARK_MEANINGS,
    }
    return framework_page(request, "frameworks/provisions.html", version, framework, context)


@shown
def registry(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show every vocabulary with its terms and why each is there."""
    version, framework = opened(version_id)
    links = Links(version, framework)
    terms: defaultdict[str, list[Any]] = defaultdict(list)
    for term in framework.spec.terms:
        terms[term.vocabulary].append((term, links.indicators(term.indicators)))
    names = [*(name for name in VOCABULARIES if name in terms), *(name for name in terms if name not in VOCABULARIES)]
    context = {
        "part": "registry",
        "vocabularies": [(name, VOCABULARIES.get(name, name.capitalize()), terms[name]) for name in names],
        "origins": ORIGIN_MEANINGS,
        "marks": MARK_MEANINGS,
    }
    return framework_page(request, "frameworks/registry.html", version, framework, context)


@shown
def recommendations(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show every recommendation with its trigger in words, and the order in which a list puts them."""
    version, framework = opened(version_id)
    links = Links(version, framework)
    context = {
        "part": "recommendations",
        "items": [_recommendation(framework, links, item) for item in framework.recommendations],
        "top": framework.value("top-list-length"),
        "scale": framework.value("gap-scale"),
    }
    return framework_page(request, "frameworks/recommendations.html", version, framework, context)


def _recommendation(framework: CompiledFramework, links: Links, item: RecommendationSpec) -> Mapping[str, Any]:
    return {
        "item": item,
        "kind": KINDS[item.kind.value],
        "place": PRECEDENCE[item.precedence],
        "addressees": [framework.term("addressee", slug).label for slug in item.addressees],
        "provisions": [links.provision(slug) for slug in item.provisions],
        "instruments": [links.term("instrument", slug) for slug in item.instruments],
        "answers": links.indicators(item.answers),
        "factors": links.indicators(item.factors),
        "acts": [links.term("act", slug) for slug in item.acts],
        "merges_with": links.recommendation(item.merges_with) if item.merges_with else None,
        "seed_rows": [links.seed(code) for code in item.seed_rows],
        "sources": [links.term("source", slug) for slug in item.sources],
    }


@shown
def seed(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show the map of the seed document: every statement and the records that carry it, each a link."""
    version, framework = opened(version_id)
    links = Links(version, framework)
    context = {
        "part": "seed",
        "rows": [(row, [(name, links.record(name)) for name in row.records]) for row in framework.seed_rows],
    }
    return framework_page(request, "frameworks/seed.html", version, framework, context)
