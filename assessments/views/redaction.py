"""Taking words out of everything an assessment keeps: proposed by one person, decided by another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from assessments import actions, policies
from assessments.enums import RedactionState
from assessments.forms.redaction import RedactionForm
from assessments.models import Redaction
from assessments.views.bench import Bench, now, open_bench
from assessments.views.evidence import add_errors
from assessments.views.page import UserRequest, guarded, say, warn


@dataclass(frozen=True)
class RedactionLine:
    """One redaction as this person sees it: the words only where they decide about it or proposed it."""

    row: Redaction
    can_decide: bool
    can_withdraw: bool

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        return RedactionState(self.row.state).label

    @property
    def words(self) -> str:
        """The words, for those who must know them."""
        return self.row.words if self.can_decide or self.can_withdraw else ""

    @property
    def goes(self) -> list[dict[str, Any]]:
        """Places the words are taken out of."""
        return [place for place in self.row.places if not place["stays"]]

    @property
    def stays(self) -> list[dict[str, Any]]:
        """Places that a published hash covers."""
        return [place for place in self.row.places if place["stays"]]


@require_http_methods(["GET", "POST"])
@guarded
def redactions(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show what was taken out, by whom and why, and the form to propose more."""
    bench = open_bench(request, assessment_id)
    policies.check_can_see_redactions(bench.revision, bench.user)
    if request.method != "POST":
        return _show(bench)
    policies.check_can_propose_redaction(bench.revision, bench.user)
    form = RedactionForm(request.POST)
    if not form.is_valid():
        return _show(bench, form=form, status=422)
    data = form.cleaned_data
    try:
        actions.propose_redaction(
            revision_id=bench.revision.public_id, words=data["words"], reason=data["reason"], by=bench.user, at=now()
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(bench, form=form, status=422)
    say(request, "Proposed. Nothing is taken out until a reviewer or a coordinator decides.")
    return redirect("assessments:redactions", assessment_id)


def _show(bench: Bench, *, form: RedactionForm | None = None, status: int = 200) -> HttpResponse:
    try:
        policies.check_can_propose_redaction(bench.revision, bench.user)
    except policies.NotAllowed as exc:
        why_not = str(exc)
    else:
        why_not, form = "", form or RedactionForm()
    rows = bench.assessment.redactions.select_related("proposed_by", "decided_by").order_by("-proposed_at", "-pk")
    context = {"lines": [_line(bench, row) for row in rows], "form": form, "why_not": why_not}
    return bench.render("assessments/redactions.html", context, here="log", status=status)


def _line(bench: Bench, row: Redaction) -> RedactionLine:
    waits = row.state == RedactionState.PROPOSED
    return RedactionLine(
        row,
        can_decide=waits and policies.can_decide_redaction(row, bench.revision, bench.user),
        can_withdraw=waits and policies.can_withdraw_redaction(row, bench.user),
    )


def _decided(
    request: UserRequest, assessment_id: UUID, act: Callable[..., Redaction], said: str, **given: Any
) -> HttpResponse:
    bench = open_bench(request, assessment_id)
    policies.check_can_see_redactions(bench.revision, bench.user)
    try:
        act(revision_id=bench.revision.public_id, by=request.user, at=now(), **given)
    except actions.NotFound as exc:
        raise Http404(str(exc)) from exc
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        say(request, said)
    return redirect("assessments:redactions", assessment_id)


@require_POST
@guarded
def take_out(request: UserRequest, assessment_id: UUID, redaction_id: UUID) -> HttpResponse:
    """Take the words out, as the second person."""
    said = "Taken out. The log still verifies; what was published is named below."
    return _decided(request, assessment_id, actions.redact, said, redaction_id=redaction_id)


@require_POST
@guarded
def decline(request: UserRequest, assessment_id: UUID, redaction_id: UUID) -> HttpResponse:
    """Leave the words where they are."""
    reason = request.POST.get("reason", "")
    said = "Declined; the words stay."
    return _decided(request, assessment_id, actions.decline_redaction, said, redaction_id=redaction_id, reason=reason)


@require_POST
@guarded
def withdraw(request: UserRequest, assessment_id: UUID, redaction_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    said = "Taken back; nothing was taken out."
    return _decided(request, assessment_id, actions.withdraw_redaction, said, redaction_id=redaction_id)
