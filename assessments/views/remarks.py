"""Remarks in threads, hung on sentences or words of them, and words proposed for sentences and recommendations."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from assessments import actions, policies
from assessments.actions.anchoring import anchored
from assessments.core import anchoring
from assessments.core.redline import Piece, redline
from assessments.enums import ProposalState
from assessments.forms.small import CommentForm, ProposalForm, ReasonForm
from assessments.models import Comment, DraftRecommendation, DraftSentence, WordingProposal
from assessments.planned import Planned
from assessments.views.bench import Bench, now, open_bench
from assessments.views.facts import typed_version
from assessments.views.page import UserRequest, guarded, say, warn


@dataclass(frozen=True)
class Talk:
    """The remarks of a page: those that hang on the text, and those whose words are gone."""

    hanging: tuple[Comment, ...]
    orphans: tuple[Comment, ...]


@dataclass(frozen=True)
class ProposedLine:
    """One proposal with what it would change, and why this person can't answer it ("" where they can)."""

    row: WordingProposal
    pieces: tuple[Piece, ...]
    anchor: DraftSentence | DraftRecommendation | None
    why: str
    can_withdraw: bool

    @property
    def state(self) -> ProposalState:
        """What became of it."""
        return ProposalState(self.row.state)

    @property
    def is_open(self) -> bool:
        """Say whether it waits for an answer."""
        return self.state is ProposalState.OPEN


def talk_of(bench: Bench) -> Talk:
    """Return the remarks with their answers, oldest first; each knows the sentence it hangs on, none is left out.

    Those of earlier revisions that nobody settled come along. Two queries.
    """
    sentences = anchored(bench.sentences)
    rows = {str(sentence.public_id): sentence for sentence in bench.sentences}
    found = _threads(assessment=bench.assessment.pk)
    hanging: list[Comment] = []
    orphans: list[Comment] = []
    for row in found:
        is_old = row.revision_id != bench.revision.pk
        if is_old and row.resolved_at is not None:
            continue
        row.is_old = is_old  # type: ignore[attr-defined]
        row.anchor = None  # type: ignore[attr-defined]
        if row.sentence is None:
            hanging.append(row)
            continue
        where = anchoring.anchor(str(row.sentence), row.quote, sentences, on_words=row.is_on_words).sentence
        shown = next((item for item in sentences if item.public_id == where and item.text), None)
        row.anchor = rows[shown.public_id] if shown else None  # type: ignore[attr-defined]
        (hanging if shown else orphans).append(row)
    return Talk(tuple(hanging), tuple(orphans))


@Planned
def _threads(*, assessment: int) -> "QuerySet[Comment]":
    return (
        Comment.objects.filter(revision__assessment=assessment, parent__isnull=True)
        .select_related("by", "resolved_by", "revision")
        .prefetch_related("replies__by")
        .order_by("at", "pk")
    )


@Planned
def _proposals(*, revision: int) -> "QuerySet[WordingProposal]":
    rows = WordingProposal.objects.filter(revision=revision)
    return rows.select_related("by", "answered_by").order_by("at", "pk")


def proposals_of(bench: Bench) -> list[ProposedLine]:
    """Return the proposals, open ones first; each against the words that stand there now."""
    sentences = anchored(bench.sentences)
    rows = {str(sentence.public_id): sentence for sentence in bench.sentences}
    points = {point.code: point for point in bench.recommendations}
    found = []
    for row in _proposals(revision=bench.revision.pk):
        row.revision = bench.revision
        anchor: DraftSentence | DraftRecommendation | None = points.get(row.code)
        if row.sentence is not None:
            where = anchoring.anchor(str(row.sentence), row.quote, sentences, on_words=False).sentence
            anchor = rows.get(where or "")
        is_open = row.state == ProposalState.OPEN
        before = anchor.shown if is_open and anchor else row.quote
        found.append(
            ProposedLine(
                row,
                redline(before, row.text),
                anchor,
                _why(row, bench) if is_open else "",
                is_open and policies.can_withdraw_proposal(row, bench.user),
            )
        )
    return sorted(found, key=lambda line: line.row.state != ProposalState.OPEN)


def _why(row: WordingProposal, bench: Bench) -> str:
    try:
        policies.check_can_answer_proposal(row, bench.user)
    except policies.NotAllowed as exc:
        return str(exc)
    return ""


# --- Remarks -----------------------------------------------------------------------------------------------------


def _at(bench: Bench, sentence_id: Any, place: str = "#remarks") -> str:
    return bench.url("review") + (f"?sentence={sentence_id}#s-{sentence_id}" if sentence_id else place)


@require_POST
@guarded
def comment(request: UserRequest, assessment_id: UUID, sentence_id: UUID | None = None) -> HttpResponse:
    """Remark on a sentence, on words of it, or on the whole text."""
    from assessments.views.review import show

    bench = open_bench(request, assessment_id)
    form = CommentForm(request.POST)
    where = _heir(bench, sentence_id) if sentence_id else None
    if form.is_valid():
        try:
            actions.comment(
                revision_id=bench.revision.public_id,
                sentence_id=where or sentence_id,
                quote=form.cleaned_data["quote"] if sentence_id else "",
                text=form.cleaned_data["text"],
                by=request.user,
                at=now(),
            )
        except actions.NotFound:
            form.add_error(None, GONE)
        except actions.Invalid as exc:
            for name, messages in exc.errors.items():
                form.add_error(name if name in form.fields else None, " ".join(messages))
        else:
            say(request, "Remark added.")
            return redirect(_at(bench, where))
    forms = {"comment_form": form} if where else {"whole_form": form}
    return show(bench, where, status=422, forms=forms)


GONE = (
    "This sentence is no longer in the text. Your remark stands below; add it to the whole text or copy it elsewhere."
)


def _heir(bench: Bench, sentence_id: UUID) -> UUID | None:
    """Return the sentence, or the one that took its place while the remark was typed; None where it is simply gone."""
    found = anchoring.heirs(str(sentence_id), anchored(bench.sentences))
    return UUID(found[0].public_id) if found else None


@require_POST
@guarded
def reply(request: UserRequest, assessment_id: UUID, comment_id: UUID) -> HttpResponse:
    """Answer a remark."""
    bench = open_bench(request, assessment_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        warn(request, "An answer says something.")
        return redirect(_at(bench, None))
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
    return redirect(_at(bench, None))


def _remark(bench: Bench, comment_id: UUID) -> None:
    """Raise Http404 for a remark that is not of this assessment; one on an earlier revision is settled here too."""
    if not Comment.objects.filter(revision__assessment=bench.assessment, public_id=comment_id).exists():
        raise Http404("There is no such remark.")


@require_POST
@guarded
def resolve(request: UserRequest, assessment_id: UUID, comment_id: UUID) -> HttpResponse:
    """Mark a remark as settled."""
    bench = open_bench(request, assessment_id)
    _remark(bench, comment_id)
    actions.resolve_comment(comment_id=comment_id, by=request.user, at=now())
    say(request, "Remark settled.")
    return redirect(_at(bench, None))


@require_POST
@guarded
def reopen_remark(request: UserRequest, assessment_id: UUID, comment_id: UUID) -> HttpResponse:
    """Open a settled remark again."""
    bench = open_bench(request, assessment_id)
    _remark(bench, comment_id)
    actions.reopen_comment(comment_id=comment_id, by=request.user, at=now())
    say(request, "The remark is open again.")
    return redirect(_at(bench, None))


# --- Proposed words ----------------------------------------------------------------------------------------------


@require_POST
@guarded
def propose(request: UserRequest, assessment_id: UUID, sentence_id: UUID) -> HttpResponse:
    """Propose words for a sentence."""
    from assessments.views.review import show

    bench = open_bench(request, assessment_id)
    form = ProposalForm(request.POST, prefix="proposal")
    if _proposed(request, bench, form, sentence_id=sentence_id):
        return redirect(_at(bench, sentence_id))
    return show(bench, sentence_id, status=422, forms={"proposal_form": form})


@require_POST
@guarded
def propose_point(request: UserRequest, assessment_id: UUID, recommendation_id: UUID) -> HttpResponse:
    """Propose words for a recommendation."""
    from assessments.views.review import show

    bench = open_bench(request, assessment_id)
    point = next((item for item in bench.recommendations if item.public_id == recommendation_id), None)
    if point is None:
        raise Http404("There is no such recommendation.")
    form = ProposalForm(request.POST, prefix=f"proposal-{point.code}")
    if _proposed(request, bench, form, recommendation_id=recommendation_id):
        return redirect(_at(bench, None, f"#point-{point.code}"))
    return show(bench, status=422, forms={"point_form": form, "point_id": recommendation_id})


def _proposed(request: UserRequest, bench: Bench, form: ProposalForm, **what_for: UUID) -> bool:
    """Propose what a form holds; False where the form says why not."""
    if not form.is_valid():
        return False
    try:
        actions.propose_wording(
            revision_id=bench.revision.public_id,
            text=form.cleaned_data["text"],
            note=form.cleaned_data["note"],
            by=request.user,
            at=now(),
            **what_for,
        )
    except actions.NotFound as exc:
        raise Http404(str(exc)) from exc
    except actions.Invalid as exc:
        form.add_error("text", str(exc))
        return False
    say(request, "Proposed. It changes nothing until somebody takes it.")
    return True


def _proposal(bench: Bench, proposal_id: UUID) -> WordingProposal:
    row = bench.revision.proposals.filter(public_id=proposal_id).first()
    if row is None:
        raise Http404("There is no such proposal.")
    return row


def _back(request: UserRequest, bench: Bench, row: WordingProposal) -> HttpResponse:
    name = "draft" if request.POST.get("back") == "draft" else "review"
    return redirect(f"{bench.url(name)}{actions.place_of(row)}")


@require_POST
@guarded
def accept_wording(request: UserRequest, assessment_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Take proposed words: from now on they are this person's."""
    bench = open_bench(request, assessment_id)
    row = _proposal(bench, proposal_id)
    try:
        actions.accept_wording(proposal_id=proposal_id, version=typed_version(request, None), by=request.user, at=now())
    except (actions.NotFound, actions.Invalid) as exc:
        warn(request, str(exc))
    except actions.Conflict as exc:
        warn(request, f"Not taken: it was changed meanwhile. It now reads: {exc.theirs}")
    else:
        say(request, "Taken. The words are yours now.")
    return _back(request, bench, row)


@require_POST
@guarded
def decline_wording(request: UserRequest, assessment_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Decline proposed words with a reason."""
    bench = open_bench(request, assessment_id)
    row = _proposal(bench, proposal_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        warn(request, "Not declined: say why; the person who proposed it reads this.")
        return _back(request, bench, row)
    actions.decline_wording(proposal_id=proposal_id, reason=form.cleaned_data["reason"], by=request.user, at=now())
    say(request, "Declined.")
    return _back(request, bench, row)


@require_POST
@guarded
def withdraw_wording(request: UserRequest, assessment_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    bench = open_bench(request, assessment_id)
    row = _proposal(bench, proposal_id)
    actions.withdraw_wording(proposal_id=proposal_id, by=request.user, at=now())
    say(request, "Taken back.")
    return _back(request, bench, row)
