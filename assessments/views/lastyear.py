"""Last year at hand: what was answered, why, on which facts, and what was printed; and the answers that stay so.

Levels come from the history that this revision itself holds. Reasons, facts and evidence come from last year's own
record, and only for who may read it. Nothing is carried forward by itself: an answer is confirmed by a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from assessments import actions, policies, records
from assessments.core.types import PastRating, Rating
from assessments.core.values import Confidence, RatingState
from assessments.forms.confirm import UnchangedForm
from assessments.models import Revision
from assessments.views.bench import Answer, Bench, now, open_bench
from assessments.views.offers import evidence_choices
from assessments.views.page import UserRequest, guarded, say
from assessments.views.summaries import Row, row
from frameworks.spec.base import Direction
from frameworks.spec.compiled import UnknownRecord
from frameworks.spec.measurement import GroupSpec

SHEET_CODES = {
    "f1": ("statistics", "cases"),
    "f2": ("allegations",),
    "f3": ("elements",),
    "f4": ("measures",),
    "f5": ("commitments",),
    "f6": ("requests",),
}
"""The lists of a record by the code under which the framework names its fact sheets."""


@dataclass(frozen=True)
class Before:
    """Last year's answer to one question."""

    answer: Answer
    year: int
    state: RatingState
    level: int | None
    descriptor: str
    full: Rating | None  # with its reasons, where the person may read last year's record

    @property
    def words(self) -> str:
        """The answer in words: "level 2" or the state."""
        return f"level {self.level}" if self.level is not None else self.state.label.split(":")[0]

    @property
    def is_waiting(self) -> bool:
        """Say whether nobody has answered the question this year."""
        return not self.answer.is_answered

    @property
    def is_changed(self) -> bool:
        """Say whether this year's answer is another one."""
        now_ = (self.answer.state, self.answer.level)
        return self.answer.is_answered and now_ != (self.state.value, self.level)

    @property
    def _confidence(self) -> Confidence | None:
        if self.full is not None and self.full.confidence is not None:
            return self.full.confidence
        return None if self.level is None else Confidence.LOW

    @property
    def confirmed(self) -> Rating:
        """Last year's answer as this year's: a suggestion until a person confirms it. Its evidence is this year's."""
        why = f" In {self.year}: {self.full.rationale}" if self.full and self.full.rationale else ""
        return Rating(
            indicator=self.answer.indicator.slug,
            part=self.answer.part,
            state=self.state,
            level=self.level,
            confidence=self._confidence,
            rationale=f"Confirmed unchanged since {self.year}.{why}"[:2000],
            reason=(self.full.reason if self.full and self.level is None else "")[:2000],
        )


class LastYear:
    """What is known of the period before."""

    def __init__(self, bench: Bench) -> None:
        """Read nothing yet."""
        self.bench = bench
        self.year = bench.case.record.report_year - 1

    @cached_property
    def answers(self) -> Mapping[str, PastRating]:
        """Last year's effective answers by key, as this revision's history holds them; no query."""
        periods = [period for period in self.bench.case.record.history if period.report_year == self.year]
        found = [item for period in periods for item in period.ratings]
        return {f"{item.indicator}/{item.part}" if item.part else item.indicator: item for item in found}

    @cached_property
    def revision(self) -> Revision | None:
        """Last year's newest revision, if this person may read it; one query."""
        assessment = self.bench.assessment
        rows = policies.visible_revisions(self.bench.user).filter(
            assessment__country=assessment.country_id, assessment__period__report_year=self.year
        )
        return rows.order_by("-is_open", "-number").first()

    @cached_property
    def ratings(self) -> Mapping[str, Rating]:
        """Last year's answers with their reasons; none where the person may not read them."""
        return records.case_of(self.revision).ratings if self.revision else {}

    def of(self, answer: Answer, *, with_reasons: bool = False) -> Before | None:
        """Return last year's answer to a question; None where there was none."""
        past = self.answers.get(answer.key)
        if past is None:
            return None
        descriptor = ""
        if past.level is not None:
            try:
                descriptor = answer.indicator.descriptor(past.level)
            except (UnknownRecord, LookupError):
                descriptor = ""  # the scale was another
        full = self.ratings.get(answer.key) if with_reasons else None
        return Before(answer, self.year, past.state, past.level, descriptor, full)

    def facts(self, answer: Answer) -> list[Row]:
        """Return last year's facts on the sheets that the question is answered from."""
        if self.revision is None:
            return []
        case = records.case_of(self.revision)
        names = [name for code in answer.indicator.fact_sheets for name in SHEET_CODES.get(code[:2], ())]
        return [row(item, case.framework) for name in dict.fromkeys(names) for item in getattr(case.record, name)]

    def sentences(self, answer: Answer) -> list[str]:
        """Return what last year's text said on the ground of the answer; else nothing."""
        if self.revision is None:
            return []
        rows = self.revision.sentences.in_order()
        return [item.shown for item in rows if item.shown and answer.key in item.basis.get("ratings", ())]


def _answer(bench: Bench, code: str, part: str) -> Answer:
    found = next((item for item in bench.answers if item.indicator.code == code and item.part == part), None)
    if found is None:
        raise Http404("There is no such question.")
    return found


@require_GET
@guarded
def last_year(request: UserRequest, assessment_id: UUID, code: str, part: str = "") -> HttpResponse:
    """Show last year's answer to a question with its reasons, facts and sentences; a part of a page where asked so."""
    bench = open_bench(request, assessment_id)
    answer, past = _answer(bench, code, part), LastYear(bench)
    before = past.of(answer, with_reasons=True)
    given: dict[str, Any] = {"before": before, "year": past.year, "answer": answer, "revision_then": past.revision}
    given |= {"facts": past.facts(answer) if before else (), "texts": past.sentences(answer) if before else ()}
    if request.htmx:
        return render(request, "assessments/last_year.html", given)
    return bench.render("assessments/last_year_page.html", given, here=answer.indicator.group)


def is_institutional(bench: Bench, group: GroupSpec) -> bool:
    """Say whether a group is of laws, bodies and commitments: what a state does, and for the greater part not core.

    Only its answers may be confirmed together; each of the others is looked at on its own page.
    """
    mine = bench.framework.indicators_of(group.slug)
    return group.direction is Direction.RESPONSE and 2 * sum(item.core for item in mine) < len(mine)


# --- Confirming what did not change --------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@guarded
def unchanged(request: UserRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """List a group's answers of last year, and record by one click those that a person confirms as unchanged."""
    bench = open_bench(request, assessment_id)
    group = next((item for item in bench.framework.groups if item.code.lower() == code), None)
    if group is None or not is_institutional(bench, group):
        raise Http404("There is no such group.")
    if request.method == "POST":
        policies.check_can_edit(bench.revision, bench.user)
    past = LastYear(bench)
    mine = [answer for answer in bench.answers if answer.indicator.group == group.slug]
    found = [before for answer in mine if (before := past.of(answer, with_reasons=True))]
    waiting = [before for before in found if before.is_waiting]
    offered = [(before.answer.key, f"{before.answer.indicator.code} {before.answer.title}") for before in waiting]
    data = request.POST if request.method == "POST" else None
    form = UnchangedForm(data, offered=offered, evidence=evidence_choices(bench))
    given: dict[str, Any] = {
        "group": group,
        "answered": [one for one in found if not one.is_waiting],
        "waiting": waiting,
        "form": form,
        "year": past.year,
    }
    given["without"] = [answer for answer in mine if answer.key not in past.answers]
    if data is None or not form.is_valid():
        status = 200 if data is None else 422
        return bench.render("assessments/unchanged.html", given, here=group.slug, status=status)
    chosen = [before for before in waiting if before.answer.key in form.cleaned_data["chosen"]]
    try:
        _confirm(bench, chosen, form.cleaned_data["evidence"])
    except actions.Conflict:
        form.add_error(None, "Somebody answered one of these meanwhile; look again. Nothing was confirmed.")
        given["bench"] = bench
        return bench.render("assessments/unchanged.html", given, here=group.slug, status=409)
    say(request, f"{len(chosen)} of {group.code} confirmed as unchanged.")
    return redirect("assessments:group", assessment_id, code)


def _confirm(bench: Bench, chosen: Iterable[Before], evidence: tuple[str, ...] = ()) -> None:
    actions.confirm_unchanged(
        revision_id=bench.revision.public_id,
        ratings=tuple(before.confirmed for before in chosen),
        evidence=tuple(evidence),
        by=bench.user,
        at=now(),
    )


@require_http_methods(["POST"])
@guarded
def confirm(request: UserRequest, assessment_id: UUID, code: str, part: str = "") -> HttpResponse:
    """Confirm one answer of last year as this year's."""
    bench = open_bench(request, assessment_id)
    answer = _answer(bench, code, part)
    before = LastYear(bench).of(answer, with_reasons=True)
    if before is None:
        raise Http404("There is no answer of last year.")
    policies.check_can_edit(bench.revision, bench.user)
    try:
        _confirm(bench, [before])
    except actions.Conflict:
        say(request, f"{code} was answered meanwhile; nothing was confirmed.")
    else:
        say(request, f"{code} confirmed: {before.words}, as in {before.year}.")
    return redirect(answer.url)
