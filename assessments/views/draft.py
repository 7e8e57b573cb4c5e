"""The draft: each sentence with its basis, what people may do to it, the recommendations and the finding."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import actions, policies
from assessments.core.values import Section
from assessments.forms.small import CommentForm, NewSentenceForm, PlaceForm, ProposalForm, SentenceForm
from assessments.models import DraftSentence
from assessments.views.basis import Notes
from assessments.views.bench import Bench, now, open_bench
from assessments.views.checks import check_lists
from assessments.views.evidence import add_errors
from assessments.views.facts import case_of, typed_version
from assessments.views.offers import evidence_choices
from assessments.views.page import UserRequest, guarded, say, warn
from assessments.views.remarks import proposals_of
from assessments.views.replies import reply_lines


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_GET
@guarded
def draft(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show the whole draft; `?sentence=` opens the basis of one."""
    bench = open_bench(request, assessment_id)
    return show(bench, _uuid(request.GET.get("sentence", "")))


def show(
    bench: Bench,
    chosen: UUID | None,
    *,
    form: SentenceForm | None = None,
    new: NewSentenceForm | None = None,
    theirs: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with the draft page, the basis of the chosen sentence in its margin."""
    context = draft_context(bench, chosen, on="draft")
    sentence = context["sentence"]
    if policies.can_write(bench.revision, bench.user):
        if sentence is not None and form is None:
            form = SentenceForm(initial={"text": sentence.shown, "version": sentence.version})
        context["form"] = form
    if bench.can_edit:
        context |= {"new": new, "place": True}
    context["theirs"] = theirs
    return bench.render("assessments/draft.html", context, here="draft", status=status)


def draft_context(bench: Bench, chosen: UUID | None, *, on: str) -> dict[str, Any]:
    """Load what the draft and the review show: sentences with their notes, checks, recommendations, finding.

    `on` is the name of the page, to which each sentence leads back.
    """
    bench.chosen, bench.text_url = chosen, bench.url(on)
    case = case_of(bench)
    notes = Notes(bench, case)
    number = 0
    for part in bench.draft:
        for sentence in part.sentences:
            number += 1
            sentence.number = number  # type: ignore[attr-defined]
            sentence.note = notes.of(sentence)  # type: ignore[attr-defined]
    proposals = proposals_of(bench)
    further = {item.public_id for item in bench.further}
    waits = {line.row.code for line in proposals if line.is_open and line.anchor and line.anchor.public_id in further}
    picked = next((sentence for sentence in bench.sentences if sentence.public_id == chosen), None)
    return {
        "chosen": chosen,
        "sentence": picked,
        "note": notes.of(picked) if picked else None,
        **check_lists(bench),
        "finding": finding_in_words(bench),
        "case": case,
        "proposals": proposals,
        "waits_further": len(waits),
        "comment_form": CommentForm() if picked else None,
        "proposal_form": ProposalForm(prefix="proposal", initial={"text": picked.shown}) if picked else None,
        "can_comment": policies.can_comment(bench.revision, bench.user),
        "replies": reply_lines(bench),
        "can_propose": policies.can_propose(bench.revision, bench.user),
    }


@require_GET
@guarded
def basis_of(request: UserRequest, assessment_id: UUID, sentence_id: UUID) -> HttpResponse:
    """Answer with what stands behind one sentence, for the margin of the page it was clicked on."""
    bench = open_bench(request, assessment_id)
    sentence = next((item for item in bench.sentences if item.public_id == sentence_id), None)
    if sentence is None:
        raise Http404("There is no such sentence.")
    note = Notes(bench, case_of(bench)).of(sentence)
    given = {"bench": bench, "revision": bench.revision, "sentence": sentence, "note": note}
    return render(request, "assessments/basis.html", given)


def finding_in_words(bench: Bench) -> dict[str, Any]:
    """Return the stored finding with its two scales in the order of the page."""
    if not bench.finding:
        return {}
    pair = [("Concern", bench.finding.get("concern")), ("Accountability", bench.finding.get("accountability"))]
    return {**bench.finding, "both": [{**derived, "title": title} for title, derived in pair if derived]}


# --- What people do to a sentence --------------------------------------------------------------------------------


def _sentence(bench: Bench, sentence_id: UUID) -> DraftSentence:
    found = bench.revision.sentences.filter(public_id=sentence_id).first()
    if found is None:
        raise Http404("There is no such sentence.")
    return found


def _at(bench: Bench, sentence_id: UUID) -> str:
    return f"{bench.url('draft')}?sentence={sentence_id}#s-{sentence_id}"


@require_POST
@guarded
def edit(request: UserRequest, assessment_id: UUID, sentence_id: UUID) -> HttpResponse:
    """Put a person's words in place of a sentence's."""
    bench = open_bench(request, assessment_id)
    sentence = _sentence(bench, sentence_id)
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return show(bench, sentence_id, form=form, status=422)
    try:
        actions.edit_sentence(
            sentence_id=sentence_id,
            text=form.cleaned_data["text"],
            version=typed_version(request, sentence.version),
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return show(bench, sentence_id, form=form, status=422)
    except actions.Conflict as exc:
        mine = SentenceForm(initial={"text": exc.mine, "version": exc.version})
        return show(bench, sentence_id, form=mine, theirs=str(exc.theirs), status=409)
    say(request, "Sentence saved.")
    return redirect(_at(bench, sentence_id))


def _act(
    request: UserRequest, assessment_id: UUID, sentence_id: UUID, act: Callable[..., Any], done: str
) -> HttpResponse:
    bench = open_bench(request, assessment_id)
    sentence = _sentence(bench, sentence_id)
    try:
        act(sentence_id=sentence_id, version=typed_version(request, sentence.version), by=request.user, at=now())
    except actions.Invalid as exc:
        warn(request, str(exc))
    except actions.Conflict as exc:
        warn(request, f"Not done: the sentence was changed meanwhile. It now reads: {exc.theirs}")
    else:
        say(request, done)
    return redirect(_at(bench, sentence_id))


@require_POST
@guarded
def revert(request: UserRequest, assessment_id: UUID, sentence_id: UUID) -> HttpResponse:
    """Go back to the generated words."""
    return _act(request, assessment_id, sentence_id, actions.revert_sentence, "Back to the generated words.")


@require_POST
@guarded
def remove(request: UserRequest, assessment_id: UUID, sentence_id: UUID) -> HttpResponse:
    """Take a sentence out; it stays out until restored."""
    return _act(request, assessment_id, sentence_id, actions.remove_sentence, "Removed. It can be restored below.")


@require_POST
@guarded
def restore(request: UserRequest, assessment_id: UUID, sentence_id: UUID) -> HttpResponse:
    """Put a removed sentence back."""
    return _act(request, assessment_id, sentence_id, actions.restore_sentence, "Restored.")


@require_POST
@guarded
def accept(request: UserRequest, assessment_id: UUID, sentence_id: UUID) -> HttpResponse:
    """Take the suggestion that stands beside an edited sentence."""
    return _act(request, assessment_id, sentence_id, actions.accept_suggestion, "Suggestion taken.")


@require_http_methods(["GET", "POST"])
@guarded
def add(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Write a sentence by hand, on evidence or as one's own judgement; the draft asks for the form when it opens."""
    bench = open_bench(request, assessment_id)
    if request.method != "POST":
        policies.check_can_edit(bench.revision, bench.user)
        new = NewSentenceForm(evidence=evidence_choices(bench))
        if request.htmx:
            return render(request, "assessments/new_sentence.html", {"bench": bench, "new": new})
        return show(bench, None, new=new)
    form = NewSentenceForm(request.POST, evidence=evidence_choices(bench))
    if not form.is_valid():
        return show(bench, None, new=form, status=422)
    data = form.cleaned_data
    try:
        actions.add_sentence(
            revision_id=bench.revision.public_id,
            section=Section(data["section"]),
            text=data["text"],
            evidence=data["evidence"],
            judgement=data["judgement"],
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return show(bench, None, new=form, status=422)
    say(request, "Sentence added.")
    return redirect(f"{reverse('assessments:draft', args=[assessment_id])}#draft-{data['section']}")


@require_POST
@guarded
def word(request: UserRequest, assessment_id: UUID, recommendation_id: UUID) -> HttpResponse:
    """Put a person's words in place of a recommendation's; the rules' own words bring those back."""
    bench = open_bench(request, assessment_id)
    try:
        actions.edit_recommendation(
            revision_id=bench.revision.public_id,
            recommendation_id=recommendation_id,
            text=request.POST.get("text", ""),
            version=typed_version(request, 0),
            by=request.user,
            at=now(),
        )
    except (actions.Invalid, actions.NotFound) as exc:
        warn(request, str(exc))
    except actions.Conflict as exc:
        warn(request, f"Not saved: it was changed meanwhile. It now reads: {exc.theirs} Yours was: {exc.mine}")
    else:
        say(request, "Recommendation saved.")
    return redirect(f"{bench.url('draft')}#recommendations")


@require_POST
@guarded
def place(request: UserRequest, assessment_id: UUID, recommendation_id: UUID) -> HttpResponse:
    """Move a recommendation to another place, with a reason."""
    bench = open_bench(request, assessment_id)
    form = PlaceForm(request.POST)
    if form.is_valid():
        try:
            actions.reorder_recommendation(
                revision_id=bench.revision.public_id,
                recommendation_id=recommendation_id,
                rank=form.cleaned_data["rank"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=now(),
            )
        except (actions.Invalid, actions.NotFound) as exc:
            warn(request, str(exc))
        else:
            say(request, "Moved.")
    else:
        warn(request, "Not moved. " + " ".join(form.errors_in_words()))
    return redirect(f"{bench.url('draft')}#recommendations")
