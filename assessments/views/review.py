"""Review: open checks and the weakest ground, then the text with its basis, what waits for whom, and the ways on."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from assessments import actions, policies
from assessments.enums import NoticeKind, SnapshotKind
from assessments.forms.small import NoteForm, ReasonForm
from assessments.views.approving import step_lines
from assessments.views.bench import Bench, now, open_bench
from assessments.views.confirm import Question, ask
from assessments.views.draft import _uuid, draft_context
from assessments.views.page import UserRequest, guarded, say
from assessments.views.remarks import talk_of
from assessments.views.weakest import weakest
from frameworks.spec.base import Direction


def reason_against(check: Callable[..., object], *args: Any) -> str:
    """Return why something is not allowed; empty where it is."""
    try:
        check(*args)
    except policies.NotAllowed as exc:
        return str(exc)
    return ""


@require_GET
@guarded
def review(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show what a reviewer needs to decide, and what this person may do now; a refusal is given in words."""
    return show(open_bench(request, assessment_id), _uuid(request.GET.get("sentence", "")))


def show(
    bench: Bench, chosen: UUID | None = None, *, status: int = 200, forms: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Answer with the review page; `forms` takes the place of forms that were refused."""
    revision, user = bench.revision, bench.user
    snapshots = list(
        policies.visible_snapshots(user)
        .filter(revision__assessment=bench.assessment)
        .defer("open_part")
        .select_related("by", "released_by", "revision")
        .order_by("-at", "-pk")
    )
    newest = next(
        (item for item in snapshots if item.kind == SnapshotKind.APPROVED and item.revision_id == revision.pk), None
    )
    context = draft_context(bench, chosen, on="review")
    steps = step_lines(bench, context["case"].record, chosen)
    context |= {
        "talk": talk_of(bench),
        "steps": steps,
        "weakest": weakest(bench, context["case"]),
        "approvals": sorted((row for line in steps for row in line.step.approvals.all()), key=lambda row: row.at),
        "transitions": list(revision.transitions.select_related("by").order_by("-at", "-pk")[:25]),
        "snapshots": snapshots,
        "newest": newest,
        "against": {
            "submit": reason_against(policies.check_can_submit, revision, user),
            "request_changes": reason_against(policies.check_can_request_changes, revision, user),
            "reopen": reason_against(policies.check_can_reopen, revision, user),
            "correct": reason_against(policies.check_can_correct, revision, user),
            "withdraw_correction": reason_against(policies.check_can_withdraw_correction, revision, user),
            "release": reason_against(policies.check_can_release, newest, user) if newest else "no approved text",
        },
        "concern": Direction.CONCERN.value,
        "came": list(policies.waiting_answers(revision)),
        **(forms or {}),
    }
    return bench.render("assessments/review.html", context, here="review", status=status)


# --- Changes of state --------------------------------------------------------------------------------------------


def _move(
    request: UserRequest,
    assessment_id: UUID,
    question: Question,
    check: Callable[..., object],
    act: Callable[..., Any],
    done: str,
) -> HttpResponse:
    """Ask first, with who will be told; then change the state. A refusal is said in words, and the reason stays."""
    bench = open_bench(request, assessment_id)
    check(bench.revision, request.user)
    if request.method != "POST":
        return ask(bench, question)
    form = (question.form or ReasonForm)(request.POST, prefix=question.prefix)
    if not form.is_valid():
        return ask(bench, question, form=form, status=422)
    try:
        act(revision_id=bench.revision.public_id, reason=form.cleaned_data["reason"], by=request.user, at=now())
    except actions.Invalid as exc:
        refusals = [message for messages in exc.errors.values() for message in messages]
        return ask(bench, question, form=form, refusals=refusals, status=422)
    say(request, done)
    return redirect("assessments:review", assessment_id)


SUBMIT = Question(
    "submit",
    "Submit for review",
    "The text and its record go to the reviewers, and nobody changes them until they answer or you take it back.",
    NoteForm,
    NoticeKind.SUBMITTED,
)
CHANGES = Question(
    "changes",
    "Request changes",
    "The text goes back to its analysts with your reason. Approvals stand as long as their content does.",
    ReasonForm,
    NoticeKind.CHANGES_REQUESTED,
)
REOPEN = Question(
    "reopen",
    "Take it back",
    "The last step is taken back, with your reason. Both stay on record.",
    ReasonForm,
    NoticeKind.TAKEN_BACK,
)
CORRECT = Question(
    "correct",
    "Open a correction",
    "A new revision is opened with all that is recorded. The released text stays as it is until the correction is "
    "released and takes its place.",
    ReasonForm,
    None,
)


WITHDRAW = Question(
    "withdraw",
    "Take the correction back",
    "The correction is closed as it stands and kept on record. The released text stays what readers see.",
    ReasonForm,
    NoticeKind.TAKEN_BACK,
)


@require_http_methods(["GET", "POST"])
@guarded
def submit(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Hand the text to the reviewers."""
    check = policies.check_can_submit
    return _move(request, assessment_id, SUBMIT, check, actions.submit, "Submitted for review.")


@require_http_methods(["GET", "POST"])
@guarded
def request_changes(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Hand the text back with a reason."""
    check = policies.check_can_request_changes
    return _move(request, assessment_id, CHANGES, check, actions.request_changes, "Changes requested.")


@require_http_methods(["GET", "POST"])
@guarded
def reopen(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Take the last step back, with a reason."""
    done = "Taken back; the reason is on record."
    return _move(request, assessment_id, REOPEN, policies.check_can_reopen, actions.reopen, done)


@require_http_methods(["GET", "POST"])
@guarded
def correct(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Open a correction of what was released; the release stays as it is until the correction replaces it."""
    return _move(request, assessment_id, CORRECT, policies.check_can_correct, actions.correct, "A correction is open.")


@require_http_methods(["GET", "POST"])
@guarded
def withdraw_correction(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Take an opened correction back, with a reason; the release was never touched."""
    check, done = policies.check_can_withdraw_correction, "The correction is taken back; the reason is on record."
    return _move(request, assessment_id, WITHDRAW, check, actions.withdraw_correction, done)
