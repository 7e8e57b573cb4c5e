"""What a fact would say before it is saved; for a figure, what the doubtful kinds of number would say beside it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from assessments.core import engine, sheets
from assessments.core.types import Case
from assessments.core.values import Count, CountKind
from assessments.views.bench import Bench, open_bench
from assessments.views.facts import Entry, entry_of
from assessments.views.page import UserRequest, guarded
from assessments.views.silence import silence_of
from assessments.views.summaries import count_in_words


@dataclass(frozen=True)
class Saying:
    """The sentences one choice would make."""

    choice: str
    text: str
    is_chosen: bool


DOUBTFUL = (CountKind.REPORTED_ZERO, CountKind.NOT_REPORTED, CountKind.UNKNOWN)
"""The three an analyst must tell apart before choosing (design.md, the doubtful number)."""


@require_POST
@guarded
def preview(request: UserRequest, assessment_id: UUID, sheet: str, ref: str | None = None) -> HttpResponse:
    """Answer with the sentences the typed fact would make; for a figure, with those of the doubtful kinds beside it."""
    bench = open_bench(request, assessment_id)
    entry = entry_of(bench, sheet, ref, request.POST)
    context: dict[str, Any] = {"problems": [], "sayings": ()}
    if entry.form.is_valid():
        context["sayings"] = _sayings(bench, entry)
        record = replace(entry.form.cleaned_record, id=entry.row.ref if entry.row else "preview")
        context |= {"silence": silence_of(bench.case, record), "bench": bench}
    else:
        context["problems"] = entry.form.all_errors()
    return render(request, "assessments/preview.html", context)


def _sayings(bench: Bench, entry: Entry) -> tuple[Saying, ...]:
    case = bench.case
    record = replace(entry.form.cleaned_record, id=entry.row.ref if entry.row else "preview")
    if not isinstance(record, sheets.Statistic):
        return (Saying("This entry", says(case, entry.sheet.name, record), is_chosen=True),)
    variants = [(record.count, True)] + [
        (Count(kind=kind), False) for kind in DOUBTFUL if kind is not record.count.kind
    ]
    return tuple(
        Saying(count_in_words(count), says(case, entry.sheet.name, replace(record, count=count)), chosen)
        for count, chosen in variants
    )


def says(case: Case, name: str, record: Any) -> str:
    """Return what the draft would say of one record, unsaved; empty where it makes no sentence."""
    others = tuple(item for item in getattr(case.record, name) if item.id != record.id)
    changed: dict[str, Any] = {name: (*others, record)}
    unsaved = Case(
        record=replace(case.record, **changed), country=case.country, framework=case.framework, wording=case.wording
    )
    drafted = engine.run(unsaved).draft
    return " ".join(sentence.text for sentence in drafted.sentences if record.id in sentence.key.subjects)
