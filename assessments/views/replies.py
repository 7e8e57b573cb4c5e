"""The assessed government's replies, beside the text they are about; only where the step is turned on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from assessments import actions, policies
from assessments.enums import ReplyAbout, Stance
from assessments.forms.fields import Choices
from assessments.forms.replies import ReplyForm
from assessments.forms.small import ReasonForm
from assessments.models import DraftSentence, EvidenceLink, Reply
from assessments.views.bench import Bench, now, open_bench
from assessments.views.evidence import add_errors
from assessments.views.offers import cut, evidence_choices
from assessments.views.page import UserRequest, guarded, say, warn


@dataclass(frozen=True)
class ReplyLine:
    """One reply with the words it is about, and the sentence that stands for them now."""

    row: Reply
    about: str
    evidence: tuple[str, ...]
    sentence: DraftSentence | None
    has_changed: bool

    @property
    def stance(self) -> str:
        """What the government says to it."""
        return Stance(self.row.stance).label


def reply_lines(bench: Bench) -> list[ReplyLine]:
    """Return the standing replies, oldest first, none while the step is off; two queries."""
    if not bench.shows_replies:
        return []
    rows = list(bench.revision.replies.standing().select_related("entered_by"))
    links: dict[str, list[str]] = {}
    found = EvidenceLink.objects.of(bench.revision).filter(sheet=Reply.sheet)
    for ref, evidence in found.values_list("ref", "evidence__ref"):
        links.setdefault(ref, []).append(evidence)
    anchors = _anchors(bench.sentences)
    codes = {item.code: item for item in bench.recommendations}
    lines = []
    for row in rows:
        sentence = anchors.get(row.target) if row.about == ReplyAbout.SENTENCE else None
        now_said = sentence.shown if sentence else None
        if row.about == ReplyAbout.RECOMMENDATION and row.target in codes:
            now_said = codes[row.target].shown
        elif row.about == ReplyAbout.FINDING:
            now_said = bench.result.title if bench.result else None
        about = {"recommendation": f"recommendation {row.target}", "finding": "the finding"}.get(
            row.about, "a sentence"
        )
        lines.append(ReplyLine(row, about, tuple(links.get(row.ref, ())), sentence, now_said != row.quote))
    return lines


def _anchors(sentences: Iterable[DraftSentence]) -> Mapping[str, DraftSentence]:
    """Return the sentence that stands for each id now: itself, or the one that took over from it."""
    found: dict[str, DraftSentence] = {}
    rows = list(sentences)
    for row in rows:
        found |= {before: row for before in row.predecessors if before not in found}
    return found | {str(row.public_id): row for row in rows}


def _targets(bench: Bench) -> Choices:
    offered: list[tuple[str, str]] = []
    if bench.result and bench.result.title:
        offered.append(("finding:", cut(f"The finding: {bench.result.title}")))
    for part in bench.draft:
        offered += [(f"sentence:{row.public_id}", cut(f"{part.section.label}: {row.shown}")) for row in part.sentences]
    offered += [(f"recommendation:{row.code}", cut(f"{row.code}: {row.shown}")) for row in bench.recommendations]
    return offered


@require_http_methods(["GET", "POST"])
@guarded
def replies(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show the replies, and for an analyst the form to enter one; `?about=` chooses what it is about."""
    bench = open_bench(request, assessment_id)
    policies.check_can_see_replies(bench.revision, bench.user)
    if request.method != "POST":
        return _show(bench, initial={"target": request.GET.get("about", "")})
    policies.check_can_reply(bench.revision, bench.user)
    form = ReplyForm(request.POST, targets=_targets(bench), evidence=evidence_choices(bench))
    if not form.is_valid():
        return _show(bench, form=form, status=422)
    data = form.cleaned_data
    about, _, target = data["target"].partition(":")
    try:
        row = actions.record_reply(
            revision_id=bench.revision.public_id,
            about=ReplyAbout(about),
            target=target,
            stance=Stance(data["stance"]),
            text=data["text"],
            received_on=data["received_on"],
            evidence=data["evidence"],
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(bench, form=form, status=422)
    say(request, f"Reply {row.ref} is on record beside the text.")
    return redirect("assessments:replies", assessment_id)


def _show(
    bench: Bench, *, form: ReplyForm | None = None, initial: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    try:
        policies.check_can_reply(bench.revision, bench.user)
    except policies.NotAllowed as exc:
        why_not = str(exc)
    else:
        why_not = ""
        form = form or ReplyForm(targets=_targets(bench), evidence=evidence_choices(bench), initial=initial)
    context = {"replies": reply_lines(bench), "form": form, "why_not": why_not, "withdraw": ReasonForm()}
    return bench.render("assessments/replies.html", context, here="replies", status=status)


@require_POST
@guarded
def withdraw(request: UserRequest, assessment_id: UUID, ref: str) -> HttpResponse:
    """Take out a reply that was entered in error, with a reason."""
    bench = open_bench(request, assessment_id)
    policies.check_can_reply(bench.revision, bench.user)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        warn(request, "Not withdrawn. " + " ".join(form.errors_in_words()))
        return redirect("assessments:replies", assessment_id)
    try:
        actions.withdraw_reply(
            revision_id=bench.revision.public_id,
            ref=ref,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=now(),
        )
    except actions.NotFound as exc:
        raise Http404(str(exc)) from exc
    say(request, f"Reply {ref} withdrawn; it stays on record.")
    return redirect("assessments:replies", assessment_id)
