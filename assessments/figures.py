"""Figures of a revision as it stands and of a snapshot as it was frozen: written where results and snapshots are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessments import content
from assessments.core import figures
from assessments.core.types import AssessmentRecord, Finding
from assessments.models import DraftRecommendation, Figures, Revision, Snapshot
from frameworks.spec.compiled import CompiledFramework

CODES = ("code", "merged", "rank", "is_top", "for_others")


def columns(
    framework: CompiledFramework,
    ratings: Iterable[Mapping[str, Any]],
    finding: Mapping[str, Any],
    points: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the columns of a row, from the plain form of ratings, finding and recommendations."""
    encoded = figures.encode([item.slug for item in framework.indicators], ratings)
    return {
        **figures.scales(finding),
        "category": finding["category"],
        "title": finding["title"],
        "resting_on": finding["resting_on"],
        "coverage": int(finding["coverage"]),
        "core_answered": int(finding["core_answered"]),
        "core_expected": int(finding["core_expected"]),
        "levels": encoded.levels,
        "confidences": encoded.confidences,
        "parts": dict(encoded.parts),
        "recommendations": figures.recommended(points),
    }


def keep_working(
    revision: Revision, record: AssessmentRecord, finding: Finding, points: Sequence[DraftRecommendation]
) -> None:
    """Keep the figures of a revision as it stands, beside its results; one query where there are some already."""
    values = columns(
        content.framework_of(revision),
        plain_ratings(record),
        content.plain(finding),
        [{name: getattr(row, name) for name in CODES} for row in points],
    )
    if not Figures.objects.filter(revision=revision, snapshot__isnull=True).update(**values):
        Figures.objects.create(**keys(revision), **values)


def keep_frozen(snapshot: Snapshot, values: Mapping[str, Any]) -> None:
    """Keep the figures of an approved snapshot, from its open part alone: what it withholds stays withheld."""
    revision = snapshot.revision
    Figures.objects.create(
        **keys(revision), snapshot=snapshot, **frozen_columns(content.framework_of(revision), values)
    )


def frozen_columns(framework: CompiledFramework, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a snapshot's row."""
    record = values["record"]
    made = columns(framework, record.get("ratings", ()), values["derived"]["finding"], values["recommendations"])
    return made | {"tier": record.get("decision", {}).get("tier") or ""}


def keys(revision: Revision) -> dict[str, Any]:
    """Return what a row says of where it belongs."""
    return {
        "revision": revision,
        "assessment_id": revision.assessment_id,
        "country_id": revision.assessment.country_id,
        "report_year": revision.assessment.period.report_year,
        "framework_id": revision.framework_id,
        "is_demonstration": revision.assessment.is_demonstration,
    }


def plain_ratings(record: AssessmentRecord) -> list[dict[str, Any]]:
    """Return the effective ratings in their plain form."""
    return [
        {
            "indicator": item.indicator,
            "part": item.part,
            "state": item.state.value,
            "level": item.level,
            "confidence": item.confidence.value if item.confidence else "",
        }
        for item in record.ratings
    ]


def open_to_readers(snapshot: Snapshot) -> None:
    """Show a snapshot's figures to readers in place of those it supersedes."""
    earlier = Figures.objects.filter(snapshot__superseded_by=snapshot, is_released=True)
    earlier.update(is_released=False)
    Figures.objects.filter(snapshot=snapshot).update(is_released=True)
