"""The rows of many generated country-years: each list of all of them in one statement.

What stands on a page about a record is worked out from its rows, so that a record without them would be told otherwise
there than by what was derived from it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from assessments import events
from assessments.core.sheets import Source as SourceRecord
from assessments.core.types import AssessmentRecord
from assessments.core.values import Protection
from assessments.enums import Subject
from assessments.mapping import to_columns
from assessments.models import (
    SHEETS,
    DecisionRecord,
    DeterminationApproval,
    DeterminationRecord,
    EndorsementRecord,
    Evidence,
    EvidenceLink,
    RatingRecord,
    Revision,
    Source,
    SourceUse,
)

BATCH = 2000
Pair = tuple[Revision, AssessmentRecord]


class BulkRows:
    """Writes all lists of records into revisions that have none yet; needs a transaction."""

    def __init__(self, indicators: Mapping[str, int], rater: str) -> None:
        """Take the keys of the framework's indicators, and who rated."""
        self.indicators, self.rater = indicators, rater
        self._sources: dict[SourceRecord, Source] = {}

    def write(self, pairs: Sequence[Pair], at: datetime) -> None:
        """Write the records, each into its revision, a statement or two a list."""
        evidence = self._evidence(pairs, at)
        for name, model in SHEETS.items():
            rows: Any = model._default_manager
            rows.bulk_create(
                (
                    model(**_fact(revision, item, place, at))
                    for revision, record in pairs
                    for place, item in enumerate(getattr(record, name))
                ),
                batch_size=BATCH,
            )
        RatingRecord.objects.bulk_create(self._ratings(pairs, at), batch_size=BATCH)
        self._determinations(pairs, at)
        EndorsementRecord.objects.bulk_create(self._endorsements(pairs, at), batch_size=BATCH)
        EvidenceLink.objects.bulk_create(_links(pairs, evidence), batch_size=BATCH)
        DecisionRecord.objects.bulk_create(
            (
                DecisionRecord(revision=revision, entered_at=at, **to_columns(record.decision))
                for revision, record in pairs
            ),
            batch_size=BATCH,
        )

    def _evidence(self, pairs: Sequence[Pair], at: datetime) -> dict[tuple[int, str], Evidence]:
        """Write sources in use and evidence; return the items by revision and id."""
        uses = SourceUse.objects.bulk_create(
            [
                SourceUse(revision=revision, source=self._source(source, at), ref=source.id, position=place)
                for revision, record in pairs
                for place, source in enumerate(record.sources)
            ],
            batch_size=BATCH,
        )
        by_ref = {(use.revision_id, use.ref): use for use in uses}
        rows = Evidence.objects.bulk_create(
            [
                Evidence(use=by_ref[revision.pk, item.source], **_fact(revision, item, place, at))
                for revision, record in pairs
                for place, item in enumerate(record.evidence)
            ],
            batch_size=BATCH,
        )
        return {(row.revision_id, row.ref): row for row in rows}

    def _source(self, source: SourceRecord, at: datetime) -> Source:
        """Return the row of the library that all share, made where there is none."""
        found = self._sources.get(source)
        if found is None:
            columns = to_columns(source)
            found = Source.objects.filter(**columns, entered_by=None, withdrawn_at__isnull=True).order_by("pk").first()
            if found is None:
                found = Source.objects.create(**columns, entered_at=at)
                changes = {
                    f"source.{name}": events.Change(None, value, Protection.OPEN)
                    for name, value in columns.items()
                    if value not in (None, "", [], False)
                }
                events.append(
                    kind=Subject.SOURCE,
                    subject_id=found.public_id,
                    action="save_source",
                    by=None,
                    at=at,
                    changes=changes,
                )
            self._sources[source] = found
        return found

    def _ratings(self, pairs: Iterable[Pair], at: datetime) -> Iterator[RatingRecord]:
        for revision, record in pairs:
            for rating in record.ratings:
                yield RatingRecord(
                    revision=revision,
                    indicator_id=self.indicators[rating.indicator],
                    stated_rater=self.rater,
                    rated_at=at,
                    **to_columns(rating),
                )

    def _determinations(self, pairs: Iterable[Pair], at: datetime) -> None:
        given = [
            (revision, place, item) for revision, record in pairs for place, item in enumerate(record.determinations)
        ]
        rows = DeterminationRecord.objects.bulk_create(
            [
                DeterminationRecord(
                    revision=revision,
                    ref=item.id,
                    position=place,
                    proposed_at=at,
                    stated_proposer=item.proposed_by,
                    **to_columns(item),
                )
                for revision, place, item in given
            ],
            batch_size=BATCH,
        )
        DeterminationApproval.objects.bulk_create(
            DeterminationApproval(determination=row, name=name, at=at)
            for row, (_, _, item) in zip(rows, given, strict=True)
            for name in item.approved_by
        )

    def _endorsements(self, pairs: Iterable[Pair], at: datetime) -> Iterator[EndorsementRecord]:
        for revision, record in pairs:
            for item in record.endorsements:
                indicator = self.indicators[item.indicator]
                columns = to_columns(item)
                yield EndorsementRecord(
                    revision=revision, indicator_id=indicator, name=item.endorsed_by, at=at, **columns
                )


def _fact(revision: Revision, item: Any, place: int, at: datetime) -> dict[str, Any]:
    return {"revision": revision, "ref": item.id, "position": place, "entered_at": at, **to_columns(item)}


def _links(pairs: Iterable[Pair], evidence: Mapping[tuple[int, str], Evidence]) -> Iterator[EvidenceLink]:
    for revision, record in pairs:
        named = [("ratings", rating.key, rating.evidence) for rating in record.ratings]
        for name in SHEETS:
            named += [(name, item.id, item.evidence) for item in getattr(record, name) if hasattr(item, "evidence")]
        for sheet, ref, items in named:
            for place, item in enumerate(items):
                yield EvidenceLink(evidence=evidence[revision.pk, item], sheet=sheet, ref=ref, position=place)
