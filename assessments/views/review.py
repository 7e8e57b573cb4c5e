"""Review: the text with its basis, open checks first, remarks, and the ways to approval and release."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from assessments import actions, policies
from assessments.enums import SnapshotKind
from assessments.forms.small import CommentForm, NoteForm, ReasonForm
from assessments.models import Approval
from assessments.views.bench import Bench, now, open_bench
from assessments.views.draft import _uuid, draft_context
from assessments.views.page import UserRequest, guarded, say, warn
from frameworks.spec.base import Direction


def _reason_against(check: Callable[..., object], *args: Any) -> str:
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
    return _show(open_bench(request, assessment_id), _uuid(request.GET.get("sentence", "")))


def _show(
    bench: Bench, chosen: UUID | None = None, *, status: int = 200, forms: Mapping[str, Any] | None = None
) -> HttpResponse:
    revision, user = bench.revision, bench.user
    steps = list(revision.steps.prefetch_related("approvals__by").order_by("position"))
    approvable = [(step, _reason_against(policies.check_can_approve, _with(step, revision), user)) for step in steps]
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
    context = draft_context(bench, chosen) | {
        "steps": approvable,
        "approvals": list(Approval.objects.filter(step__revision=revision).select_related("by", "step").order_by("at")),
        "transitions": list(revision.transitions.select_related("by").order_by("-at", "-pk")[:25]),
        "snapshots": snapshots,
        "newest": newest,
        "against": {
            "submit": _reason_against(policies.check_can_submit, revision, user),
            "request_changes": _reason_against(policies.check_can_request_changes, revision, user),
            "reopen": _reason_against(policies.check_can_reopen, revision, user),
            "correct": _reason_against(policies.check_can_correct, revision, user),
            "release": _reason_against(policies.check_can_release, newest, user) if newest else "no approved text",
        },
        "submit_form": NoteForm(prefix="submit"),
        "changes_form": ReasonForm(prefix="changes"),
        "reopen_form": ReasonForm(prefix="reopen"),
        "correct_form": ReasonForm(prefix="correct"),
        "is_reviewer_here": not _reason_against(policies.check_can_request_changes, revision, user)
        or any(not why for _, why in approvable),
        "concern": Direction.CONCERN.value,
        "refusals": (),
        **(forms or {}),
    }
    return bench.render("assessments/review.html", context, here="review", status=status)


def _with(step: Any, revision: Any) -> Any:
    step.revision = revision  # read already, with its country and period
    return step


def _move(
    request: UserRequest,
    assessment_id: UUID,
    prefix: str,
    act: Callable[..., Any],
    done: str,
    *,
    optional: bool = False,
) -> HttpResponse:
    """Change the state of the revision with a reason; what is refused is said in words, and the reason stays typed."""
    bench = open_bench(request, assessment_id)
    form = (NoteForm if optional else ReasonForm)(request.POST, prefix=prefix)
    if not form.is_valid():
        return _show(bench, status=422, forms={f"{prefix}_form": form})
    try:
        act(revision_id=bench.revision.public_id, reason=form.cleaned_data["reason"], by=request.user, at=now())
    except actions.Invalid as exc:
        refusals = [message for messages in exc.errors.values() for message in messages]
        return _show(bench, status=422, forms={"refusals": refusals, f"{prefix}_form": form})
    say(request, done)
    return redirect("assessments:review", assessment_id)


@require_POST
@guarded
def submit(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Hand the text to the reviewers."""
    return _move(request, assessment_id, "submit", actions.submit, "Submitted for review.", optional=True)


@require_POST
@guarded
def request_changes(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Hand the text back with a reason."""
    return _move(request, assessment_id, "changes", actions.request_changes, "Changes requested.")


@require_POST
@guarded
def reopen(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Take the last step back, with a reason."""
    return _move(request, assessment_id, "reopen", actions.reopen, "Taken back; the reason is on record.")


@require_POST
@guarded
def correct(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Open a correction of what was released; the release stays as it is until the correction replaces it."""
    return _move(request, assessment_id, "correct", actions.correct, "A correction is open.")


@require_POST
@guarded
def approve(request: UserRequest, assessment_id: UUID, step_id: UUID) -> HttpResponse:
    """Approve a step; the last one freezes the text."""
    bench = open_bench(request, assessment_id)
    step = bench.revision.steps.filter(public_id=step_id).first()
    if step is None:
        raise Http404("There is no such step.")
    try:
        actions.approve(step_id=step_id, by=request.user, at=now(), content_hash=request.POST.get("content_hash", ""))
    except policies.NotAllowed as exc:
        warn(request, str(exc))
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        say(request, f"{bench.assessment.country}: {step.title} approved.")
    return redirect("assessments:review", assessment_id)


# --- Remarks -----------------------------------------------------------------------------------------------------


@require_POST
@guarded
def comment(request: UserRequest, assessment_id: UUID, sentence_id: UUID | None = None) -> HttpResponse:
    """Remark on a sentence, by the words it has now, or on the whole text."""
    bench = open_bench(request, assessment_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show(bench, sentence_id, status=422, forms={"comment_form": form})
    sentence = bench.revision.sentences.filter(public_id=sentence_id).first() if sentence_id else None
    actions.comment(
        revision_id=bench.revision.public_id,
        sentence_id=sentence.public_id if sentence else None,
        quote=sentence.shown if sentence else "",
        text=form.cleaned_data["text"],
        by=request.user,
        at=now(),
    )
    say(request, "Remark added.")
    where = f"?sentence={sentence_id}#s-{sentence_id}" if sentence_id else "#remarks"
    return redirect(bench.url("review") + where)


@require_POST
@guarded
def reply(request: UserRequest, assessment_id: UUID, comment_id: UUID) -> HttpResponse:
    """Answer a remark."""
    bench = open_bench(request, assessment_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        warn(request, "An answer says something.")
        return redirect(bench.url("review") + "#remarks")
    try:
        actions.comment(
            revision_id=bench.revision.public_id,
            parent_id=comment_id,
            text=form.cleaned_data["text"],
            by=request.user,
            at=now(),
        )
    except actions.NotFound as exc:
        raise Http404(str(exc)) from exc
    say(request, "Answered.")
    return redirect(bench.url("review") + "#remarks")


@require_POST
@guarded
def resolve(request: UserRequest, assessment_id: UUID, comment_id: UUID) -> HttpResponse:
    """Mark a remark as settled."""
    bench = open_bench(request, assessment_id)
    if not bench.revision.comments.filter(public_id=comment_id).exists():
        raise Http404("There is no such remark.")
    actions.resolve_comment(comment_id=comment_id, by=request.user, at=now())
    say(request, "Remark settled.")
    return redirect(bench.url("review") + "#remarks")
