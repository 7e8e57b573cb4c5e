"""One record into the rows of a new revision: a query or two for each list, and one event for all of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import User
from assessments import events
from assessments.content import plain
from assessments.core import sheets
from assessments.core.protected import PROTECTED
from assessments.core.types import AssessmentRecord, HumanSentence, Rating
from assessments.core.values import Protection
from assessments.enums import SentenceState, Subject
from assessments.mapping import to_columns
from assessments.models import (
    SHEETS,
    DecisionRecord,
    DeterminationApproval,
    DeterminationRecord,
    DraftSentence,
    EndorsementRecord,
    Evidence,
    EvidenceLink,
    PastPeriodRecord,
    PresumptionApproval,
    RatingRecord,
    Revision,
    Source,
    SourceUse,
)
from frameworks.models import Indicator


@dataclass
class RowWriter:
    """Writes the lists of one record into a revision that has none of them yet; needs a transaction.

    Names of people in the record are claims, unless it is `trusted`: then they are matched to accounts by name or
    address, and what they approved counts. Every reference in the record must lead somewhere (`check_inside`).
    """

    record: AssessmentRecord
    revision: Revision
    by: User | None
    at: datetime
    trusted: bool
    links: list[tuple[str, str, Sequence[str]]] = field(default_factory=list)

    def write(self) -> None:
        """Write everything, then the event."""
        self.accounts = self._accounts() if self.trusted else {}
        uses = self._sources()
        rows = self._evidence(uses)
        for name in SHEETS:
            self._sheet(name)
        self._requests_approved()
        indicators = dict(Indicator.objects.filter(version=self.revision.framework).values_list("slug", "pk"))
        self._ratings(indicators)
        self._determinations()
        self._endorsements(indicators)
        self._links(rows)
        self._decision_and_history()
        self._sentences()
        self._log()

    def _accounts(self) -> dict[str, User]:
        """Return people by every name a trusted file may call them: name, address, and what stands before the @."""
        found: dict[str, User] = {}
        for person in User.objects.order_by("pk"):
            for name in (person.name, person.email, person.email.partition("@")[0]):
                found.setdefault(name, person)
        return found

    def _person(self, name: str) -> User | None:
        return self.accounts.get(name) if self.trusted and name else self.by

    # Sources and evidence

    def _sources(self) -> dict[str, SourceUse]:
        columns = [to_columns(source) for source in self.record.sources]
        known = self._known_sources()
        taken: set[int] = set()
        rows: list[Source] = []
        for values in columns:
            row = next((old for old in known if old.pk not in taken and _same(old, values)), None)
            if row is None:
                row = Source.objects.create(**values, entered_by=self.by, entered_at=self.at)
                self._log_source(row, values)
            taken.add(row.pk)
            rows.append(row)
        uses = SourceUse.objects.bulk_create(
            SourceUse(revision=self.revision, source=row, ref=source.id, position=position)
            for position, (row, source) in enumerate(zip(rows, self.record.sources, strict=True))
        )
        return {use.ref: use for use in uses}

    def _known_sources(self) -> list[Source]:
        """Return open sources of the same titles: the same document is one source, whoever reads it."""
        titles = {source.title for source in self.record.sources}
        rows = Source.objects.filter(title__in=titles, protection=Protection.OPEN.value, withdrawn_at__isnull=True)
        return list(rows.order_by("pk"))

    def _log_source(self, row: Source, values: dict[str, Any]) -> None:
        is_open = row.protection == Protection.OPEN
        changes = {
            f"source.{name}": events.Change(
                None,
                value,
                Protection.OPEN if is_open or name not in Source.PROTECTED else Protection(row.protection),
            )
            for name, value in values.items()
            if value not in (None, "", [], False)
        }
        events.append(
            kind=Subject.SOURCE,
            subject_id=row.public_id,
            action="save_source",
            by=self.by,
            at=self.at,
            changes=changes,
        )

    def _evidence(self, uses: dict[str, SourceUse]) -> dict[str, Evidence]:
        rows = Evidence.objects.bulk_create(
            Evidence(use=uses[item.source], **self._row(item, position))
            for position, item in enumerate(self.record.evidence)
        )
        return {row.ref: row for row in rows}

    def _row(self, item: Any, position: int) -> dict[str, Any]:
        return {
            "revision": self.revision,
            "ref": item.id,
            "position": position,
            "entered_by": self.by,
            "entered_at": self.at,
            **to_columns(item),
        }

    # Sheets

    def _sheet(self, name: str) -> None:
        model: Any = SHEETS[name]
        items = getattr(self.record, name)
        rows = [model(**self._row(item, position)) for position, item in enumerate(items)]
        if name == "requests" and not self.trusted:
            for row, item in zip(rows, items, strict=True):
                row.claimed_approvers = list(item.presumption_approved_by)
        model.objects.bulk_create(rows)
        self.links += [(name, item.id, item.evidence) for item in items if hasattr(item, "evidence")]

    def _requests_approved(self) -> None:
        if self.trusted:
            pks = dict(self.revision.requests.values_list("ref", "pk"))
            for item in self.record.requests:
                self._approvals(PresumptionApproval, item.presumption_approved_by, request_id=pks[item.id])

    def _approvals(self, model: Any, names: Iterable[str], **owner: int) -> None:
        for name in names:
            model.objects.create(**owner, approver=self.accounts.get(name), name=name, at=self.at)

    # Ratings and what stands behind them

    def _ratings(self, indicators: dict[str, int]) -> None:
        RatingRecord.objects.bulk_create(self._rating(rating, indicators) for rating in self.record.ratings)
        self.links += [("ratings", rating.key, rating.evidence) for rating in self.record.ratings]

    def _rating(self, rating: Rating, indicators: dict[str, int]) -> RatingRecord:
        person = self._person(rating.rated_by)
        return RatingRecord(
            revision=self.revision,
            indicator_id=indicators[rating.indicator],
            coder=person,
            rated_by=person,
            stated_rater=rating.rated_by,
            rated_at=self.at,
            **to_columns(rating),
        )

    def _determinations(self) -> None:
        for position, item in enumerate(self.record.determinations):
            row = DeterminationRecord.objects.create(
                revision=self.revision,
                ref=item.id,
                position=position,
                proposed_by=self._person(item.proposed_by),
                proposed_at=self.at,
                stated_proposer=item.proposed_by,
                claimed_approvers=[] if self.trusted else list(item.approved_by),
                **to_columns(item),
            )
            if self.trusted:
                self._approvals(DeterminationApproval, item.approved_by, determination_id=row.pk)

    def _endorsements(self, indicators: dict[str, int]) -> None:
        EndorsementRecord.objects.bulk_create(
            EndorsementRecord(
                revision=self.revision,
                indicator_id=indicators[item.indicator],
                endorser=self.accounts.get(item.endorsed_by),
                name=item.endorsed_by,
                is_claim=not self.trusted,
                at=self.at,
                **to_columns(item),
            )
            for item in self.record.endorsements
        )

    def _links(self, evidence: dict[str, Evidence]) -> None:
        EvidenceLink.objects.bulk_create(
            EvidenceLink(evidence=evidence[name], sheet=sheet, ref=ref, position=position)
            for sheet, ref, names in self.links
            for position, name in enumerate(names)
        )

    # The rest

    def _decision_and_history(self) -> None:
        entered = {"revision": self.revision, "entered_by": self.by, "entered_at": self.at}
        DecisionRecord.objects.create(**entered, **to_columns(self.record.decision))
        PastPeriodRecord.objects.bulk_create(
            PastPeriodRecord(**entered, **to_columns(period)) for period in self.record.history
        )

    def _sentences(self) -> None:
        DraftSentence.objects.bulk_create(
            DraftSentence(
                revision=self.revision,
                position=position,
                section=item.section.value,
                family=item.family,
                subjects=list(item.subjects),
                text=item.text,
                state=_state(item).value,
                basis={"evidence": list(item.evidence)},
                stated_evidence=[] if item.family is None else list(item.evidence),
                judgement=item.judgement,
                author=self._person(item.author),
                stated_author=item.author,
                changed_at=self.at,
            )
            for position, item in enumerate(self.record.sentences)
        )

    def _log(self) -> None:
        changes: dict[str, events.Change] = {}
        for name in ("evidence", *SHEETS, "ratings", "determinations", "endorsements", "history", "sentences"):
            for place, item in enumerate(getattr(self.record, name), start=1):
                called = getattr(item, "id", "") or getattr(item, "key", "") or place
                changes[f"{name}/{called}"] = events.Change(None, plain(item), self._guard(item))
        tier = Protection.OPEN if self.record.decision.tier_released else Protection.RESTRICTED
        changes["decision"] = events.Change(None, plain(self.record.decision), tier)
        events.append(
            kind=Subject.ASSESSMENT,
            subject_id=self.revision.assessment.public_id,
            action="import_assessment",
            by=self.by,
            at=self.at,
            changes=changes,
        )

    def _guard(self, item: Any) -> Protection:
        """Return who may see an entry in the log: it is guarded as a whole where it holds a protected field."""
        if isinstance(item, sheets.Evidence):
            sources = {source.id: source.protection for source in self.record.sources}
            return max(Protection.RESTRICTED, sources[item.source], key=list(Protection).index)
        hidden = PROTECTED.get(type(item), frozenset())
        is_guarded = any(getattr(item, part.name) for part in fields(item) if part.name in hidden)
        return Protection.RESTRICTED if is_guarded else Protection.OPEN


def _state(item: HumanSentence) -> SentenceState:
    if item.family is None:
        return SentenceState.HANDWRITTEN
    return SentenceState.REMOVED if item.text is None else SentenceState.EDITED


def _same(row: models.Model, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())
