"""The page that asks before something changes hands: what will happen, who will be told, and the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from assessments import actions, policies
from assessments.enums import NoticeKind
from assessments.forms.base import PageForm
from assessments.models import ReviewStep
from assessments.views.bench import Bench


@dataclass(frozen=True)
class Question:
    """What is asked before an act. `kind` is what people are told of it; None where nobody is."""

    prefix: str
    title: str
    what: str
    form: type[PageForm] | None
    kind: NoticeKind | None


def ask(
    bench: Bench,
    question: Question,
    *,
    form: PageForm | None = None,
    refusals: Sequence[str] = (),
    hidden: Mapping[str, str] | None = None,
    step: ReviewStep | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the question; its form is sent to the same address. Works without a script."""
    told = ""
    if question.kind is not None:
        told = actions.in_words(policies.audience(bench.revision, question.kind, by=bench.user, step=step))
    if form is None and question.form is not None:
        form = question.form(prefix=question.prefix)
    context: dict[str, Any] = {
        "question": question,
        "form": form,
        "told": told,
        "refusals": refusals,
        "hidden": dict(hidden or {}),
    }
    return bench.render("assessments/confirm.html", context, here="review", status=status)
