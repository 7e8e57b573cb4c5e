"""Determinations of a policy or pattern: proposed by one person, approved by two others."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from assessments import actions, policies
from assessments.core.types import Determination
from assessments.core.values import PolicyKind
from assessments.forms.records import RecordForm
from assessments.forms.small import ReasonForm
from assessments.models import DeterminationRecord
from assessments.views.bench import Bench, now, open_bench
from assessments.views.evidence import add_errors
from assessments.views.offers import offer
from assessments.views.page import UserRequest, guarded, say, warn


@dataclass(frozen=True)
class Line:
    """One determination with the people behind it."""

    row: DeterminationRecord
    title: str
    kind: str
    proposer: str
    approvers: tuple[str, ...]
    can_approve: bool

    @property
    def still_needed(self) -> int:
        """How many approvers are missing."""
        return max(0, 2 - len(self.approvers))


def _lines(bench: Bench) -> list[Line]:
    rows = (
        bench.revision.determinations.filter(withdrawn_at__isnull=True)
        .select_related("proposed_by", "revision__assessment__country", "revision__assessment__period")
        .prefetch_related("approvals__approver")
    )
    found = []
    for row in rows:
        factor = bench.framework.proof_of_failure[row.factor]
        sector = f", {bench.framework.term('sector', row.sector).label.lower()}" if row.sector else ""
        proposer = row.stated_proposer or (row.proposed_by.name if row.proposed_by else "")
        approvers = tuple(approval.who for approval in row.approvals.all())
        can = len(approvers) < 2 and policies.can_approve_determination(row, bench.user)
        found.append(
            Line(row, f"{factor.noun}{sector} ({factor.cite})", PolicyKind(row.kind).label, proposer, approvers, can)
        )
    return found


def _form(bench: Bench, data: Any = None) -> RecordForm:
    return RecordForm(Determination, offer=offer(bench, Determination), data=data)


def _show(bench: Bench, form: RecordForm, *, status: int = 200) -> HttpResponse:
    context = {"lines": _lines(bench), "form": form}
    return bench.render("assessments/determinations.html", context, here="determinations", status=status)


@require_GET
@guarded
def determinations(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """List determinations with their approvals, and the form to propose one."""
    bench = open_bench(request, assessment_id)
    return _show(bench, _form(bench))


@require_POST
@guarded
def propose(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Propose a determination; until two others approve, its level counts as 3."""
    bench = open_bench(request, assessment_id)
    form = _form(bench, request.POST)
    if not form.is_valid():
        return _show(bench, form, status=422)
    try:
        actions.propose_determination(
            revision_id=bench.revision.public_id, determination=form.cleaned_record, by=request.user, at=now()
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(bench, form, status=422)
    say(request, "Proposed. It counts as level 3 until two other people approve it.")
    return redirect("assessments:determinations", assessment_id)


@require_POST
@guarded
def withdraw(request: UserRequest, assessment_id: UUID, determination_id: UUID) -> HttpResponse:
    """Withdraw a determination with a reason; it stays on record."""
    bench = open_bench(request, assessment_id)
    form = ReasonForm(request.POST)
    try:
        actions.withdraw_determination(
            revision_id=bench.revision.public_id,
            determination_id=determination_id,
            reason=form.data.get("reason", ""),
            by=request.user,
            at=now(),
        )
    except (actions.Invalid, actions.NotFound) as exc:
        warn(request, str(exc))
    else:
        say(request, "Withdrawn. The reason stays on record.")
    return redirect("assessments:determinations", assessment_id)


@require_POST
@guarded
def approve_determination(request: UserRequest, assessment_id: UUID, determination_id: UUID) -> HttpResponse:
    """Put one person's approval behind a determination."""
    bench = open_bench(request, assessment_id)
    if not bench.revision.determinations.filter(public_id=determination_id).exists():
        raise Http404("There is no such determination.")
    try:
        actions.approve_determination(
            revision_id=bench.revision.public_id, determination_id=determination_id, by=request.user, at=now()
        )
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        say(request, "Approved.")
    return redirect("assessments:determinations", assessment_id)
