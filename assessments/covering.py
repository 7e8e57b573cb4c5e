"""What of a text is approved at a step, sentence by sentence, and what asks for approval again.

An approval covers exactly the content it was given for. A step stands approved while it holds an approval of the whole
text by its hash; after a change only what changed is asked for: read where it may say something else, reconfirmed
together where it is mechanical.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from assessments import content, stored_draft
from assessments.core.mechanical import Change, classify
from assessments.core.types import AssessmentRecord, Basis
from assessments.enums import ApprovalWay, SentenceState
from assessments.models import Approval, ApprovedItem, ReviewStep, Revision


@dataclass(frozen=True)
class Waiting:
    """One sentence or recommendation that waits for approval. `now` None: it is gone, and that waits."""

    ref: str
    old: str  # as it was approved last; empty where it is new
    now: content.Item | None
    basis: Mapping[str, object]

    @property
    def text(self) -> str:
        """The words as they are now; empty where it is gone."""
        return self.now.text if self.now else ""

    @property
    def digest(self) -> str:
        """What an approval of it must name."""
        return self.now.digest if self.now else ""


@dataclass(frozen=True)
class Pending:
    """All that waits at one step. `is_new`: nothing was approved here yet, so that the whole text is read."""

    step: ReviewStep
    is_new: bool
    to_read: tuple[Waiting, ...] = ()
    mechanical: tuple[Waiting, ...] = ()
    is_approved: bool = False

    @property
    def is_order_only(self) -> bool:
        """Say whether only the order of sentences or recommendations waits."""
        return not (self.is_approved or self.is_new or self.to_read or self.mechanical)


def items_of(revision: Revision, record: AssessmentRecord) -> list[content.Item]:
    """Return the text as it is approved; three queries."""
    known = content.ground(record, content.evidence_versions(revision))
    basis = content.adapter(Basis)
    found = [
        content.item_of_line(
            str(row.public_id),
            content.Line(row.section, row.shown, basis.validate_python(row.basis)),
            known,
            row.predecessors,
        )
        for row in stored_draft.sentences(revision)
        if row.state != SentenceState.REMOVED and row.shown
    ]
    for row in stored_draft.recommendations(revision):
        point = content.Point(row.code, row.shown, row.rank, row.is_top)
        found.append(content.item_of_point(point, basis.validate_python(row.basis), known))
    return found


def pending(step: ReviewStep, items: Sequence[content.Item], content_hash: str) -> Pending:
    """Return what waits at a step for the approval of this content; two queries."""
    approved = list(ApprovedItem.objects.filter(step=step, withdrawn_at__isnull=True).order_by("pk"))
    if Approval.objects.filter(step=step, withdrawn_at__isnull=True, content_hash=content_hash).exists():
        return Pending(step, is_new=False, is_approved=True)
    covered = {(row.ref, row.digest) for row in approved}
    to_read: list[Waiting] = []
    mechanical: list[Waiting] = []
    for item in items:
        if (item.ref, item.digest) in covered:
            continue
        before = _before(item, approved)
        alike = next((row for row in before if _is_mechanical(row, item)), None)
        row = alike or (before[-1] if before else None)
        waiting = Waiting(item.ref, row.text if row else "", item, item.basis)
        (mechanical if alike else to_read).append(waiting)
    to_read += _gone(items, approved, covered)
    return Pending(step, not approved, tuple(to_read), tuple(mechanical))


def _before(item: content.Item, approved: Iterable[ApprovedItem]) -> list[ApprovedItem]:
    """Return the item as it was ever approved, under its own id or that of one it took over from, oldest first."""
    names = {item.ref, *item.predecessors}
    return [row for row in approved if row.ref in names and row.digest]


def _is_mechanical(row: ApprovedItem, item: content.Item) -> bool:
    return row.evidence == item.evidence and classify(row.text, item.text) is not Change.SUBSTANTIVE


def _gone(
    items: Sequence[content.Item], approved: Iterable[ApprovedItem], covered: set[tuple[str, str]]
) -> list[Waiting]:
    here = {ref for item in items for ref in (item.ref, *item.predecessors)}
    last = {row.ref: row for row in approved if row.digest}
    return [
        Waiting(ref, row.text, None, row.basis)
        for ref, row in last.items()
        if ref not in here and (ref, "") not in covered
    ]


def by_override(step: ReviewStep, items: Iterable[content.Item]) -> list[ApprovedItem]:
    """Return, for every item that stands at a step by a coordinator's override alone, the override; one query.

    An override outlives the approval it was given with: whoever later approves only what changed has not read the
    rest. What was changed mechanically on top of it rests on it still; what anybody read at any time does not.
    """
    given = list(ApprovedItem.objects.filter(step=step, withdrawn_at__isnull=True).select_related("by").order_by("pk"))
    if not any(row.way == ApprovalWay.OVERRIDE for row in given):
        return []
    found = [_resting_on(item, given) for item in items]
    return [row for row in found if row is not None]


def _resting_on(item: content.Item, given: Iterable[ApprovedItem]) -> ApprovedItem | None:
    before = _before(item, given)
    covering = next((row for row in before if (row.ref, row.digest) == (item.ref, item.digest)), None)
    if covering is None or covering.way == ApprovalWay.READ:
        return None
    if covering.way == ApprovalWay.OVERRIDE:
        return covering
    alike = [row for row in before if row.way != ApprovalWay.MECHANICAL and _is_mechanical(row, item)]
    is_read = any(row.way == ApprovalWay.READ for row in alike)
    return None if is_read else next((row for row in alike if row.way == ApprovalWay.OVERRIDE), None)


def read_whole(step: ReviewStep, items: Sequence[content.Item], *, at: datetime) -> None:
    """Give up the overrides under what somebody now reads as a whole; their rows stay, withdrawn."""
    overridden = [row.pk for row in by_override(step, items)]
    ApprovedItem.objects.filter(pk__in=overridden).update(withdrawn_at=at)


def approve_items(step: ReviewStep, found: Iterable[Waiting], *, way: ApprovalWay, by: User, at: datetime) -> None:
    """Write that these were approved as they are; equal content that was approved before stays as it was."""
    ApprovedItem.objects.bulk_create(
        [
            ApprovedItem(
                step=step,
                ref=item.ref,
                digest=item.digest,
                evidence=item.now.evidence if item.now else "",
                text=item.text,
                basis=item.basis,
                way=way.value,
                by=by,
                at=at,
            )
            for item in found
        ],
        ignore_conflicts=True,
    )
