"""Many generated country-years into frozen, released texts at once: some rows a table in one statement.

Only for records that nobody works on: the wording stands in the snapshots alone, and one event a country-year says
where it comes from. The rules that derive and freeze are those of every other text.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from assessments import content, events, facts, figures, snapshots
from assessments.core import engine
from assessments.core.interchange import canonical
from assessments.core.types import AssessmentRecord, Case
from assessments.core.version import RULES_VERSION
from assessments.enums import RevisionState, SnapshotKind, Subject
from assessments.importers.bulk_rows import BulkRows
from assessments.importers.generated import NOTE, RATER
from assessments.models import (
    Assessment,
    Event,
    Figures,
    ReportingPeriod,
    Result,
    Revision,
    SealedPart,
    Snapshot,
)
from frameworks.models import Country, FrameworkVersion, Indicator, WordingVersion
from frameworks.spec.canonical import canonical_json, digest

MADE_BY = "make_demo_years"
BATCH = 2000


@dataclass(frozen=True)
class Made:
    """One country-year with all that was derived from it, its rows not yet stored."""

    record: AssessmentRecord
    case: Case
    revision: Revision
    result: engine.Result


class Writer:
    """Writes the country-years of one report year; needs a transaction."""

    def __init__(self, framework: FrameworkVersion, wording: WordingVersion) -> None:
        """Take the versions that every record is made by; one query."""
        self.framework, self.wording = framework, wording
        indicators = dict(Indicator.objects.filter(version=framework).values_list("slug", "pk"))
        self.rows = BulkRows(indicators, RATER)

    def write(self, year: int, records: Iterable[tuple[Country, AssessmentRecord]]) -> int:
        """Write the records of one year and return how many; the period is opened where there is none."""
        at = datetime(year, 6, 15, 12, tzinfo=UTC)
        period, _ = ReportingPeriod.objects.get_or_create(
            report_year=year, defaults={"opened_on": date(year - 1, 10, 1), "due_on": date(year, 6, 1)}
        )
        made = [self._derived(period, country, record, at) for country, record in records]
        Assessment.objects.bulk_create([item.revision.assessment for item in made], batch_size=BATCH)
        Revision.objects.bulk_create([item.revision for item in made], batch_size=BATCH)
        self.rows.write([(item.revision, item.case.record) for item in made], at)
        Result.objects.bulk_create([_result(item, at) for item in made], batch_size=BATCH)
        heads = [_event(item, at) for item in made]
        Event.objects.bulk_create(heads, batch_size=BATCH)
        frozen = [_frozen(item, head, at) for item, head in zip(made, heads, strict=True)]
        Snapshot.objects.bulk_create([snapshot for snapshot, _ in frozen], batch_size=BATCH)
        SealedPart.objects.bulk_create(
            [SealedPart(snapshot=snapshot, body=SEALED) for snapshot, _ in frozen], batch_size=BATCH
        )
        _keep_figures(made, frozen)
        return len(made)

    def _derived(self, period: ReportingPeriod, country: Country, record: AssessmentRecord, at: datetime) -> Made:
        assessment = Assessment(country=country, period=period, is_demonstration=True, opened_at=at)
        revision = Revision(
            assessment=assessment,
            number=1,
            framework=self.framework,
            wording=self.wording,
            state=RevisionState.RELEASED.value,
            note=NOTE,
            opened_at=at,
            changed_at=at,
        )
        case = Case(
            record=canonical(record),
            country=facts.country_forms(country),
            framework=content.framework_of(revision),
            wording=content.wording_of(revision),
        )
        result = engine.run(case)
        revision.input_digest = content.input_digest(case)
        revision.content_hash = content.content_hash(case.record, _versions(case), _lines(result), _points(result))
        return Made(record, case, revision, result)


SEALED = canonical_json({"protected": {}, "tier": {}, "sentences": [], "replies": [], "accepted_checks": []}).decode()


def _versions(case: Case) -> dict[str, int]:
    return {item.id: 1 for item in case.record.evidence}


def _lines(result: engine.Result) -> list[content.Line]:
    return [content.Line(item.key.section.value, item.text, item.basis) for item in result.draft.sentences]


def _points(result: engine.Result) -> list[content.Point]:
    return [content.Point(item.id, item.text, item.rank, item.is_top) for item in result.draft.recommendations]


def _result(item: Made, at: datetime) -> Result:
    finding = item.result.finding
    return Result(
        revision=item.revision,
        input_digest=item.revision.input_digest,
        rules_version=RULES_VERSION,
        concern_level=finding.concern.level,
        accountability_level=finding.accountability.level,
        category=finding.category,
        title=finding.title,
        core_answered=finding.core_answered,
        core_expected=finding.core_expected,
        coverage=finding.coverage,
        words=sum(len(line.text.split()) for line in _lines(item.result)),
        finding=content.plain(finding),
        derived_at=at,
    )


def _event(item: Made, at: datetime) -> Event:
    event = Event(
        subject_kind=Subject.ASSESSMENT.value,
        subject_id=item.revision.assessment.public_id,
        sequence=1,
        at=at,
        action="generate",
        reason=NOTE,
    )
    event.hash = events.expected_hash(event)
    return event


def _frozen(item: Made, head: Event, at: datetime) -> tuple[Snapshot, dict[str, Any]]:
    result = item.result
    values = snapshots.open_values(
        item.revision,
        item.case,
        item.case.record,
        kind=SnapshotKind.APPROVED,
        by=MADE_BY,
        at=at,
        parts={
            "evidence_versions": _versions(item.case),
            "derived": snapshots.derived_of(result),
            "sentences": [_sentence(sentence, place) for place, sentence in enumerate(result.draft.sentences)],
            "recommendations": [_recommendation(point) for point in result.draft.recommendations],
            "approvals": [],
            "accepted_checks": [],
            "tier_withheld": False,
            "protected": {},
            "log": {"sequence": head.sequence, "hash": head.hash},
        },
    )
    body = canonical_json(values)
    snapshot = Snapshot(
        revision=item.revision,
        kind=SnapshotKind.APPROVED.value,
        open_part=body.decode(),
        open_digest=digest(body),
        rules_version=RULES_VERSION,
        at=at,
        released_at=at,
        words=snapshots.words_of(values),
    )
    return snapshot, values


def _sentence(sentence: Any, place: int) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "position": place,
        "section": sentence.key.section,
        "family": sentence.key.family,
        "subjects": sentence.key.subjects,
        "pattern": sentence.pattern,
        "state": "generated",
        "text": sentence.text,
        "generated_text": sentence.text,
        "basis": content.plain(sentence.basis),
        "judgement": False,
        "author": "",
    }


def _recommendation(point: Any) -> dict[str, Any]:
    return {
        "code": point.id,
        "merged": list(point.merged),
        "text": point.text,
        "generated_text": point.text,
        "rank": point.rank,
        "position": point.rank,
        "is_top": point.is_top,
        "reason": point.reason,
        "trigger": list(point.trigger),
        "basis": content.plain(point.basis),
        "addressees": list(point.addressees),
        "provisions": list(point.provisions),
        "for_others": point.for_others,
    }


def _keep_figures(made: Sequence[Made], frozen: Sequence[tuple[Snapshot, dict[str, Any]]]) -> None:
    rows = []
    for item, (snapshot, values) in zip(made, frozen, strict=True):
        keys = figures.keys(item.revision)
        columns = figures.columns(
            item.case.framework,
            figures.plain_ratings(item.case.record),
            content.plain(item.result.finding),
            values["recommendations"],
        )
        rows += [Figures(**keys, **columns), Figures(**keys, **columns, snapshot=snapshot, is_released=True)]
    Figures.objects.bulk_create(rows, batch_size=BATCH)
