"""What an assessment holds now, as a workbook takes it away: as much of it as the person may know."""

from collections import defaultdict
from typing import Any

from accounts.models import User
from assessments import content, facts, policies
from assessments.actions.sources import why_closed
from assessments.core.protected import PROTECTED
from assessments.core.sheets import Source
from assessments.enums import Round
from assessments.mapping import column_names, from_columns, to_record
from assessments.models import SHEETS, Evidence, RatingRecord, Revision, SourceUse
from assessments.workbook.columns import all_sheets
from assessments.workbook.writing import Content, Taken
from frameworks.models import Country

UNKNOWN = "A protected source is changed only by people who may know it."


def stored(revision: Revision, user: User) -> Content:
    """Return the content of a revision's workbook for a person; a fixed number of queries.

    Protected fields are left out where they may not know them, and then a workbook cannot change them either.
    """
    framework = content.framework_of(revision)
    countries = dict(Country.objects.values_list("iso3", "name"))
    records: dict[str, list[Taken]] = {"sources": _sources(revision, user), "evidence": _evidence(revision, user)}
    links: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for sheet, ref, evidence in facts.links(revision):
        links[sheet, ref].append(evidence)
    sees_facts = policies.can_see_protected_facts(revision.assessment, user)
    for name, model in SHEETS.items():
        hidden = frozenset() if sees_facts else PROTECTED.get(model.record, frozenset())
        rows: Any = model.objects
        records[name] = [
            Taken(row.ref, to_record(row, tuple(links[name, row.ref])), row.version, hidden)
            for row in rows.current().filter(revision=revision).order_by("position", "pk")
        ]
    return Content(
        assessment_id=str(revision.assessment.public_id),
        revision_id=str(revision.public_id),
        title=f"{revision.assessment.country} {revision.assessment.period.title}, revision {revision.number}",
        framework=framework,
        sheets=all_sheets(framework, countries),
        records=records,
        answers=_answers(revision),
    )


def _sources(revision: Revision, user: User) -> list[Taken]:
    uses = list(SourceUse.objects.filter(revision=revision).select_related("source").order_by("position", "pk"))
    views = policies.source_views([use.source for use in uses], user)
    closed = why_closed([use.source for use in uses])
    names = column_names(Source)
    return [
        Taken(
            use.ref,
            from_columns(Source, {name: getattr(use.source, name) for name in names}, id=use.ref),
            use.source.version,
            views[use.source_id].withheld,
            closed.get(use.source_id, "") if views[use.source_id].is_known else UNKNOWN,
            frozenset({"note"}) if views[use.source_id].is_known else frozenset(),
        )
        for use in uses
    ]


def _evidence(revision: Revision, user: User) -> list[Taken]:
    rows = list(
        Evidence.objects.current().filter(revision=revision).select_related("use__source").order_by("position", "pk")
    )
    views = policies.source_views({row.use.source_id: row.use.source for row in rows}.values(), user)
    return [
        Taken(
            row.ref,
            to_record(row, (), source=row.use.ref),
            row.version,
            frozenset() if views[row.use.source_id].is_known else PROTECTED[Evidence.record],
        )
        for row in rows
    ]


def _answers(revision: Revision) -> list[tuple[str, str, str, Any, int | None]]:
    """Return every question and part with its main answer; a reconciled one is a reviewer's and not for a workbook."""
    case = facts.collect(revision, framework=content.framework_of(revision), wording=content.wording_of(revision))
    rows = RatingRecord.objects.filter(revision=revision, round=Round.MAIN.value).values_list(
        "indicator__slug", "part", "version"
    )
    versions = {(slug, part): version for slug, part, version in rows}
    reconciled = set(
        RatingRecord.objects.filter(revision=revision, round=Round.RECONCILED.value).values_list(
            "indicator__slug", "part"
        )
    )
    return [
        (
            item.code,
            part,
            item.title,
            case.ratings.get(f"{item.slug}/{part}" if part else item.slug),
            versions.get((item.slug, part)),
        )
        for item in case.framework.indicators
        for part in item.parts or ("",)
        if (item.slug, part) not in reconciled
    ]
