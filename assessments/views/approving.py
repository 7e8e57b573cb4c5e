"""Approving: the whole text by its hash, sentences that changed since, mechanical changes at once, and by override."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from assessments import actions, content, covering, frozen_rows, policies
from assessments.core.redline import Piece, redline
from assessments.core.types import AssessmentRecord
from assessments.core.words import counted
from assessments.enums import NoticeKind
from assessments.forms.small import ReasonForm
from assessments.models import Approval, ApprovedItem, ReviewStep
from assessments.views.bench import Bench, now, open_bench
from assessments.views.confirm import Question, ask
from assessments.views.page import UserRequest, guarded, say, warn


@dataclass(frozen=True)
class WaitingLine:
    """One sentence or recommendation that waits, with what changed; `is_mine` where this person wrote it."""

    item: covering.Waiting
    pieces: tuple[Piece, ...]
    is_mine: bool

    @property
    def what(self) -> str:
        """Say in a word what became of it."""
        if self.item.now is None:
            return "taken out"
        return "changed" if self.item.old else "new"


@dataclass(frozen=True)
class StepLine:
    """One step of review as one person sees it: what stands, what waits, for whom, and what this person may do."""

    step: ReviewStep
    standing: Approval | None
    lapsed: Approval | None  # approved, and changed since
    why: str  # why this person can't approve the whole text; "" where they can
    can_take: bool  # whether they are of the step at all, now
    can_override: bool
    can_take_back: bool
    waits_for: tuple[User, ...]
    is_reached: bool
    to_read: tuple[WaitingLine, ...]
    mechanical: tuple[WaitingLine, ...]
    is_order_only: bool
    told: str  # who will be told if what is approved here leaves nothing waiting
    overrides: tuple[str, ...]  # what of the text stands here by an override alone, in words
    chosen: "ChosenItem | None"  # the sentence in the margin as it stands here


@dataclass(frozen=True)
class ChosenItem:
    """The sentence whose basis is shown, at one step: who approved it as it reads now, or what approves it."""

    ref: str
    digest: str
    approved: ApprovedItem | None
    can_approve: bool
    is_mine: bool


def step_lines(bench: Bench, record: AssessmentRecord, chosen: UUID | None = None) -> list[StepLine]:
    """Return the steps in order, with what each says of the chosen sentence; about a dozen queries for each."""
    revision = bench.revision
    steps = list(revision.steps.prefetch_related("approvals__by").order_by("position"))
    reached = policies.reached_step(revision)
    is_asked = any(step.approvals.all() for step in steps) or reached is not None
    items = covering.items_of(revision, record) if is_asked else []
    wrote = policies.ItemAuthors(revision) if reached is not None else None
    for step in steps:
        for approval in step.approvals.all():
            approval.step = step
    under = frozen_rows.overrides(revision, record)
    picked = next((item for item in items if item.ref == str(chosen)), None) if chosen else None
    return [_line(bench, step, items, wrote, reached, under, picked) for step in steps]


def _line(
    bench: Bench,
    step: ReviewStep,
    items: Sequence[content.Item],
    wrote: policies.ItemAuthors | None,
    reached: ReviewStep | None,
    under: Mapping[str, Sequence[Mapping[str, Any]]],
    picked: content.Item | None,
) -> StepLine:
    revision, user = bench.revision, bench.user
    step.revision = revision  # read already, with its country and period
    held = [row for row in step.approvals.all() if row.withdrawn_at is None]
    standing = next((row for row in held if row.content_hash == revision.content_hash), None)
    why, can_take = "", policies.can_take_step(step, user)
    try:
        policies.check_can_approve(step, user)
    except policies.NotAllowed as exc:
        why = str(exc)
    pending = covering.pending(step, items, revision.content_hash) if reached is not None else None
    can_act = can_take and standing is None
    # On a first reading the whole text waits; who may not approve all of it finds what they may.
    is_listed = pending is not None and not pending.is_approved and (not pending.is_new or bool(why and can_act))

    def lines(found: Iterable[covering.Waiting]) -> tuple[WaitingLine, ...]:
        return tuple(WaitingLine(item, redline(item.old, item.text), is_mine(item.ref, item.basis)) for item in found)

    def is_mine(ref: str, basis: Mapping[str, Any]) -> bool:
        return wrote is not None and user.pk in wrote.of(ref, basis)

    is_reached = reached is not None and reached.pk == step.pk
    asked = policies.audience(revision, NoticeKind.SUBMITTED, by=_NOBODY, step=step) if reached and not standing else ()
    told = actions.in_words(_told(bench, step)) if can_act and reached is not None else ""
    return StepLine(
        step,
        standing,
        None if standing else next(iter(held), None),
        why if standing is None else "",
        can_take and standing is None,
        standing is None and not (can_take and not why) and policies.can_override(step, user),
        bool(held) and policies.can_take_back_approval(step, user),
        tuple(asked),
        is_reached,
        lines(pending.to_read) if pending and is_listed else (),
        lines(pending.mechanical) if pending and is_listed else (),
        bool(pending and is_listed and pending.is_order_only),
        told,
        tuple(_in_words(item) for item in under.get(step.title, ()) if held and not held[0].override_reason),
        _chosen(step, picked, can_act, is_mine) if reached is not None and picked is not None else None,
    )


def _in_words(under: Mapping[str, Any]) -> str:
    return f"{counted(under['items'], 'part', 'parts')} of the text by override of {under['by']}: {under['reason']}"


def _chosen(
    step: ReviewStep, item: content.Item, can_act: bool, is_mine: Callable[[str, Mapping[str, Any]], bool]
) -> ChosenItem:
    row = (
        ApprovedItem.objects.filter(step=step, ref=item.ref, digest=item.digest, withdrawn_at__isnull=True)
        .select_related("by")
        .first()
    )
    mine = is_mine(item.ref, item.basis)
    return ChosenItem(item.ref, item.digest, row, can_act and row is None and not mine, mine)


def _told(bench: Bench, step: ReviewStep) -> Sequence[User]:
    """Return who hears of it when the step is done."""
    following = _following(step)
    kind = NoticeKind.APPROVED if following is None else NoticeKind.SUBMITTED
    return policies.audience(bench.revision, kind, by=bench.user, step=following)


_NOBODY = User()


# --- What is done ------------------------------------------------------------------------------------------------


def _find(request: UserRequest, assessment_id: UUID, step_id: UUID) -> tuple[Bench, ReviewStep]:
    bench = open_bench(request, assessment_id)
    step = bench.revision.steps.filter(public_id=step_id).first()
    if step is None:
        raise Http404("There is no such step.")
    step.revision = bench.revision
    return bench, step


def _following(step: ReviewStep) -> ReviewStep | None:
    return step.revision.steps.filter(position__gt=step.position).order_by("position").first()


def _question(step: ReviewStep, prefix: str, title: str, what: str, form: Any) -> Question:
    return Question(prefix, title, what, form, NoticeKind.APPROVED if step.is_last else NoticeKind.SUBMITTED)


@require_http_methods(["GET", "POST"])
@guarded
def approve(request: UserRequest, assessment_id: UUID, step_id: UUID) -> HttpResponse:
    """Approve a step; the last one freezes the text."""
    bench, step = _find(request, assessment_id, step_id)
    if request.method != "POST":
        policies.check_can_approve(step, request.user)
        what = "You approve the text as you read it, by its hash. " + (
            "This is the last step: the text is frozen." if step.is_last else "The next step begins."
        )
        question = _question(step, "approve", f"Approve: {step.title}", what, None)
        read = request.GET.get("hash") or bench.revision.content_hash
        return ask(bench, question, hidden={"content_hash": read}, step=_following(step))
    try:
        actions.approve(step_id=step_id, by=request.user, at=now(), content_hash=request.POST.get("content_hash", ""))
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        say(request, f"{bench.assessment.country}: {step.title} approved.")
    return redirect("assessments:review", assessment_id)


@require_POST
@guarded
def approve_items(request: UserRequest, assessment_id: UUID, step_id: UUID) -> HttpResponse:
    """Approve the sentences that were ticked, each by the digest that was read."""
    bench, step = _find(request, assessment_id, step_id)
    read = dict(each.split("=", 1) for each in request.POST.getlist("item") if "=" in each)
    back = bench.url("review") + "#decide"
    if request.POST.get("back") == "sentence" and len(read) == 1:
        (ref,) = read
        back = f"{bench.url('review')}?sentence={ref}#s-{ref}"
    if not read:
        warn(request, "Nothing was chosen.")
        return redirect(back)
    try:
        approval = actions.approve_items(step_id=step_id, read=read, by=request.user, at=now())
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        done = f"{step.title} approved." if approval else "Approved; the rest still waits."
        say(request, f"{bench.assessment.country}: {done}")
    return redirect(back)


@require_POST
@guarded
def reconfirm(request: UserRequest, assessment_id: UUID, step_id: UUID) -> HttpResponse:
    """Reconfirm all mechanical changes of the country."""
    bench, step = _find(request, assessment_id, step_id)
    try:
        approval = actions.reconfirm(
            step_id=step_id, content_hash=request.POST.get("content_hash", ""), by=request.user, at=now()
        )
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        done = f"{step.title} approved." if approval else "Reconfirmed; the sentences to read still wait."
        say(request, f"{bench.assessment.country}: {done}")
    return redirect(bench.url("review") + "#decide")


@require_http_methods(["GET", "POST"])
@guarded
def override(request: UserRequest, assessment_id: UUID, step_id: UUID) -> HttpResponse:
    """Approve in place of the people of the step, with a reason that stands in every export."""
    bench, step = _find(request, assessment_id, step_id)
    policies.check_can_override(step, request.user)
    what = (
        "You approve this step in place of its people. Your name and your reason stand at the head of every export "
        "and in the snapshot."
    )
    question = _question(step, "override", f"Override: {step.title}", what, ReasonForm)
    read = request.POST.get("content_hash") or request.GET.get("hash") or bench.revision.content_hash
    form = ReasonForm(request.POST, prefix="override") if request.method == "POST" else None
    if form is None or not form.is_valid():
        status = 200 if form is None else 422
        return ask(bench, question, form=form, hidden={"content_hash": read}, step=_following(step), status=status)
    try:
        actions.override_approval(
            step_id=step_id, reason=form.cleaned_data["reason"], content_hash=read, by=request.user, at=now()
        )
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        say(request, f"{bench.assessment.country}: {step.title} approved by override.")
    return redirect("assessments:review", assessment_id)


TAKE_BACK = Question(
    "takeback",
    "Take the approval back",
    "What was approved at this step asks for approval again. Both stay on record.",
    ReasonForm,
    NoticeKind.TAKEN_BACK,
)


@require_http_methods(["GET", "POST"])
@guarded
def take_back(request: UserRequest, assessment_id: UUID, step_id: UUID) -> HttpResponse:
    """Take the approval of a step back, with a reason."""
    bench, step = _find(request, assessment_id, step_id)
    policies.check_can_take_back_approval(step, request.user)
    form = ReasonForm(request.POST, prefix=TAKE_BACK.prefix) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return ask(bench, TAKE_BACK, form=form, status=200 if form is None else 422)
    actions.take_back_approval(step_id=step_id, reason=form.cleaned_data["reason"], by=request.user, at=now())
    say(request, f"The approval of “{step.title}” is taken back.")
    return redirect("assessments:review", assessment_id)
