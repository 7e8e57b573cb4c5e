"""How far two coders agree, question by question, for coordinators and for the framework's editor."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.models import User
from assessments import policies
from assessments.core.agreement import Agreement, Metric, alpha, linear, quadratic, weighted_kappa
from assessments.enums import Round
from assessments.models import RatingRecord, ReportingPeriod, Revision
from assessments.views.page import UserRequest, guarded, page
from frameworks import loader
from frameworks.models import FrameworkVersion
from frameworks.spec.compiled import CompiledFramework

TARGET = "double-rating-kappa-target"
"""The framework's parameter: the weighted kappa to reach, in hundredths."""

THIN = 10
"""Fewer units than this are called too few to judge by; a judgement of ours, for the eye alone."""


@dataclass(frozen=True)
class Pair:
    """Both answers to one question of one country, each a level or a state."""

    slug: str
    first: tuple[str, int | None]
    second: tuple[str, int | None]


@dataclass(frozen=True)
class Line:
    """The agreement on one question, or on all of them."""

    code: str
    title: str
    linear: Agreement
    quadratic: Agreement
    ordinal: Agreement
    nominal: Agreement
    answers: int
    same: int
    with_states: int  # answers of which one at least is a state and no level
    is_below: bool

    @property
    def is_thin(self) -> bool:
        """Say whether so few units stand behind it that one more answer could turn it."""
        return self.linear.units < THIN


@require_GET
@guarded
def agreement(request: UserRequest) -> HttpResponse:
    """Show the agreement of one period or of all, under one framework version."""
    policies.check_can_see_agreement(request.user)
    years = list(ReportingPeriod.objects.values_list("report_year", flat=True))
    year = next((item for item in years if str(item) == request.GET.get("year")), None)
    versions = list(
        FrameworkVersion.objects.filter(revisions__ratings__round=Round.SECOND.value)
        .distinct()
        .order_by("-in_force_from")
    )
    version = next((item for item in versions if str(item.public_id) == request.GET.get("version")), None)
    version = version or (versions[0] if versions else None)
    context: dict[str, Any] = {"years": years, "year": year, "versions": versions, "version": version}
    if version is not None:
        context |= agreement_of(request.user, version, year)
    return page(request, "assessments/agreement.html", context)


def agreement_of(user: User, version: FrameworkVersion, year: int | None = None) -> dict[str, Any]:
    """Return the agreement under a framework version, of one period or of all; two queries."""
    return _lines(loader.compiled(version), _pairs(user, version, year))


def _pairs(user: User, version: FrameworkVersion, year: int | None) -> list[Pair]:
    """Return first and second answers of the open revisions, but for what this person codes blind; two queries.

    The first answer is the first coder's own, never the one a reviewer made of both.
    """
    known = policies.assessments_not_coded_by(user)
    open_ = Revision.objects.filter(assessment__in=known, is_open=True).order_by()
    wanted = set(open_.values_list("assessment", "number"))
    coded = RatingRecord.objects.filter(round=Round.SECOND.value).order_by().values("revision")
    rows = RatingRecord.objects.filter(
        revision__in=coded,
        revision__framework=version,
        revision__assessment__in=known,
        round__in=[Round.MAIN.value, Round.SECOND.value],
    )
    if year is not None:
        rows = rows.filter(revision__assessment__period__report_year=year)
    names = ("revision__assessment", "revision__number", "indicator__slug", "part", "round", "state", "level")
    firsts: dict[tuple[int, str, str], tuple[str, int | None]] = {}
    seconds: defaultdict[tuple[int, str, str], list[tuple[str, int | None]]] = defaultdict(list)
    for assessment, number, slug, part, round_, state, level in rows.order_by("pk").values_list(*names):
        if (assessment, number) not in wanted:
            continue
        if round_ == Round.MAIN:
            firsts[assessment, slug, part] = (state, level)
        else:
            seconds[assessment, slug, part].append((state, level))
    return [
        Pair(key[1], firsts[key], answer) for key, answers in seconds.items() if key in firsts for answer in answers
    ]


def _lines(framework: CompiledFramework, pairs: Sequence[Pair]) -> dict[str, Any]:
    target = framework.value(TARGET) / 100
    by_slug: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_slug[pair.slug].append(pair)
    lines = [
        _line(item.code, item.title, by_slug[item.slug], target)
        for item in framework.indicators
        if item.slug in by_slug
    ]
    return {
        "target": target,
        "lines": lines,
        "below": [line for line in lines if line.is_below],
        "undefined": [line for line in lines if line.linear.coefficient is None],
        "total": _line("", "All questions together", pairs, target) if pairs else None,
    }


def _line(code: str, title: str, pairs: Iterable[Pair], target: float) -> Line:
    found = list(pairs)
    both = [
        (pair.first[1], pair.second[1]) for pair in found if pair.first[1] is not None and pair.second[1] is not None
    ]
    kappa = weighted_kappa(both, linear)
    return Line(
        code,
        title,
        kappa,
        weighted_kappa(both, quadratic),
        alpha(both),
        alpha(((pair.first, pair.second) for pair in found), Metric.NOMINAL),
        len(found),
        sum(pair.first == pair.second for pair in found),
        len(found) - len(both),
        kappa.coefficient is not None and kappa.coefficient < target,
    )
