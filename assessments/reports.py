"""What is ready for a file of many countries, and what such a file is: plain values that a job can keep.

Every attempt at a job works from this alone, so that it makes the same file however often it is begun.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from accounts.models import Role, User
from assessments import policies
from assessments.core.document import Audience
from assessments.core.version import PROGRAM, PROGRAM_VERSION, RULES_VERSION
from assessments.enums import RevisionState, Shape, SnapshotKind
from assessments.models import HouseTemplate, Revision, Snapshot
from frameworks.spec.canonical import canonical_json, digest

Spec = dict[str, Any]
"""`report_years`, `format`, `audience`, `shape`, `entries` (in printing order) and `missing`; JSON values only.

`template` is there where a file is made in a template of the office: its id, its version in words and its digest.
"""


def spec_of(
    *,
    report_years: Collection[int],
    form: str,
    audience: Audience,
    shape: Shape,
    user: User | None,
    template: HouseTemplate | None = None,
) -> Spec:
    """Return what a file of these periods holds for a person now. Three queries, however many countries there are.

    `user` None: for whoever runs commands on the server, who can read the database anyway.
    """
    years = sorted(set(report_years))
    entries = _ready(years, user)
    spec: Spec = {
        "report_years": years,
        "format": form,
        "audience": audience.value,
        "shape": shape.value,
        "entries": entries,
        "missing": _missing(years, {entry["assessment"] for entry in entries}, user),
    }
    if template is not None:
        spec["template"] = {"id": str(template.public_id), "name": str(template), "digest": template.digest}
    return spec


def key_of(spec: Mapping[str, Any]) -> str:
    """Return the digest of all that a file depends on: texts and template by hash, what it is, and the program."""
    parts = {**spec, "program": [PROGRAM, PROGRAM_VERSION, RULES_VERSION]}
    return digest(canonical_json(parts))


def _ready(years: Collection[int], user: User | None) -> list[dict[str, Any]]:
    """Return the newest text of each country, in printing order."""
    rows = _all_approved(years) if user is None else policies.reportable_snapshots(years, user)
    newest: dict[object, tuple[Any, ...]] = {}
    for row in rows.order_by("at", "pk").values_list(
        "revision__assessment__public_id",
        "public_id",
        "open_digest",
        "revision__assessment__country__iso3",
        "revision__assessment__country__name",
        "revision__assessment__country__sort_name",
        "revision__assessment__period__report_year",
    ):
        newest[row[0]] = row
    ordered = sorted(newest.values(), key=lambda row: (row[6], row[5]))
    return [
        {
            "assessment": str(assessment),
            "snapshot": str(snapshot),
            "digest": found,
            "iso3": iso3,
            "name": name,
            "report_year": year,
        }
        for assessment, snapshot, found, iso3, name, _, year in ordered
    ]


def _all_approved(years: Collection[int]) -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(
        kind=SnapshotKind.APPROVED.value,
        superseded_by__isnull=True,
        revision__assessment__period__report_year__in=years,
    )


def _missing(years: Collection[int], ready: Collection[str], user: User | None) -> list[dict[str, Any]]:
    """Return the countries that are not ready, each with its state in words; for those who may know of them."""
    if user is not None and not user.has_role(Role.EXPORTER, Role.COORDINATOR):
        return []
    rows = Revision.objects.filter(is_open=True, assessment__period__report_year__in=years).order_by(
        "assessment__period__report_year", "assessment__country__sort_name"
    )
    if user is not None:
        rows = rows.filter(assessment__in=policies.assessments_not_coded_by(user).order_by())
    return [
        {"name": name, "report_year": year, "state": RevisionState(state).label}
        for assessment, name, year, state in rows.values_list(
            "assessment__public_id", "assessment__country__name", "assessment__period__report_year", "state"
        )
        if str(assessment) not in ready
    ]
