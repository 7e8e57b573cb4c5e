"""Open checks, what was accepted and why, and the ways to accept one or to open it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from assessments import actions, policies, stored_draft
from assessments.core.types import Severity
from assessments.forms.small import ReasonForm
from assessments.models import CheckAcceptance
from assessments.stencil import Stencil
from assessments.templatetags.indicia import moment
from assessments.views.addresses import address_with_holes
from assessments.views.bench import Bench, now, open_bench
from assessments.views.page import UserRequest, guarded, say, warn
from assessments.views.record import fact_places

PAGES = ("checks", "draft", "review")
"""The pages that list checks; an answer leads back to the one it was given on."""


@dataclass(frozen=True)
class ListedCheck:
    """One stored check with the ways to what it is about, and the answer somebody gave it.

    `acceptance` holds; `earlier` was of the same matter and has lapsed. `form` is a refused answer, to be mended.
    """

    assessment: UUID
    key: str
    severity: Severity
    text: str
    ways: tuple[tuple[str, str], ...]
    acceptance: CheckAcceptance | None = None
    earlier: CheckAcceptance | None = None
    form: ReasonForm | None = None
    can_answer: bool = False  # whether this person may accept a check here

    @property
    def is_blocking(self) -> bool:
        """Say whether it must be settled and cannot be accepted."""
        return self.severity is Severity.BLOCK

    def printed(self, token: str, here: str) -> SafeString:
        """The open check as markup, with the token of the page's forms and the name of the page."""
        has_form = self.can_answer and not self.is_blocking
        kind = _row(self.severity, bool(self.ways), bool(self.earlier), has_form, self.form is not None)
        held = {"name": self.key[:12], "text": self.text, "ways": self._links()}
        if self.earlier is not None:
            held |= {
                "earlier_by": self.earlier.by.name,
                "earlier_at": moment(self.earlier.at),
                "earlier_reason": self.earlier.reason,
            }
        if has_form:
            held |= {"assessment": str(self.assessment), "key": self.key, "token": token, "here": here}
            held |= {"typed": "", "problem": ""}
        if has_form and self.form is not None:
            held |= {"typed": self.form["reason"].value() or "", "problem": " ".join(self.form.errors_in_words())}
        return kind.fill(held)

    def _links(self) -> SafeString:
        links = (_way().fill({"name": name, "url": url}) for name, url in self.ways)
        return mark_safe(", ".join(links))  # noqa: S308  each was escaped by its stencil


@cache
def _way() -> Stencil:
    return Stencil("assessments/check_way.html", ("name", "url"))


@cache
def _row(severity: Severity, *has: bool) -> Stencil:
    """Return the stencil of all checks of a kind."""
    kind = dict(zip(("has_ways", "has_earlier", "has_form", "is_refused"), has, strict=True))
    accept = address_with_holes("assessments:accept-check", "assessment", "key")
    names = ("name", "text", "ways", "earlier_by", "earlier_at", "earlier_reason", "token", "here", "typed", "problem")
    return Stencil("assessments/check.html", names, {**kind, "severity": severity, "url": accept})


def check_lists(bench: Bench, refused: Mapping[str, ReasonForm] | None = None) -> dict[str, Any]:
    """Return what the list of checks shows, gravest first: open and accepted ones; one query."""
    can_answer = bool(bench.stated_checks) and policies.can_answer_checks(bench.revision, bench.user)
    listed = _listed(bench, refused or {}, can_answer=can_answer)
    return {
        "checks": [check for check in listed if check.acceptance is None],
        "accepted": [check for check in listed if check.acceptance is not None],
        "can_answer_checks": can_answer,
    }


def _listed(bench: Bench, refused: Mapping[str, ReasonForm], *, can_answer: bool) -> list[ListedCheck]:
    refs = {subject for check in bench.stated_checks for subject in check.get("subjects", ())}
    places = fact_places(bench, refs)
    by_slug = {answer.indicator.slug: answer for answer in reversed(bench.answers)}
    answers = by_slug | {answer.key: answer for answer in bench.answers}
    rows = stored_draft.acceptances(bench.revision)
    by_id = {str(row.public_id): row for row in rows}
    by_matter = {row.matter: row for row in rows}
    found = []
    for check in bench.stated_checks:
        ways = tuple(
            (subject, places[subject]) if subject in places else (answers[subject].indicator.code, answers[subject].url)
            for subject in check.get("subjects", ())
            if subject in places or subject in answers
        )
        acceptance = by_id.get(check.get("accepted") or "")
        found.append(
            ListedCheck(
                assessment=bench.assessment.public_id,
                key=check.get("key", ""),
                severity=Severity(check["severity"]),
                text=check["text"],
                ways=ways,
                acceptance=acceptance,
                earlier=None if acceptance else by_matter.get(_matter(check)),
                form=refused.get(check.get("key", "")),
                can_answer=can_answer,
            )
        )
    return found


def _matter(check: Mapping[str, Any]) -> tuple[object, ...]:
    return CheckAcceptance(slug=check["check"], subjects=check["subjects"], sentence=check["sentence"]).matter


@require_GET
@guarded
def checks(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show what a reviewer would ask, gravest first, and what was accepted."""
    return _show(open_bench(request, assessment_id))


def _show(bench: Bench, refused: Mapping[str, ReasonForm] | None = None, *, status: int = 200) -> HttpResponse:
    return bench.render("assessments/checks.html", check_lists(bench, refused), here="checks", status=status)


@require_POST
@guarded
def accept(request: UserRequest, assessment_id: UUID, key: str) -> HttpResponse:
    """Let a check stand, for a reason; a refused answer is shown with what was typed."""
    bench = open_bench(request, assessment_id)
    form = ReasonForm(request.POST)
    try:
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            actions.accept_check(
                revision_id=bench.revision.public_id, check_key=key, reason=reason, by=request.user, at=now()
            )
            say(request, "Accepted; the reason is on record.")
            return _back(request, bench)
    except actions.NotFound as exc:
        warn(request, str(exc))
        return _back(request, bench)
    except actions.Invalid as exc:
        for name, errors in exc.errors.items():
            form.add_error(name if name in form.fields else None, errors)
    return _show(bench, {key: form}, status=422)


@require_POST
@guarded
def reopen(request: UserRequest, assessment_id: UUID, key: str) -> HttpResponse:
    """Take an acceptance back: the check is open again."""
    bench = open_bench(request, assessment_id)
    try:
        actions.reopen_check(revision_id=bench.revision.public_id, check_key=key, by=request.user, at=now())
    except actions.NotFound as exc:
        warn(request, str(exc))
    else:
        say(request, "The check is open again.")
    return _back(request, bench)


def _back(request: UserRequest, bench: Bench) -> HttpResponse:
    """Go back to the list of checks on the page the answer came from."""
    page = request.POST.get("back", "")
    return redirect(bench.url("checks") if page not in PAGES[1:] else f"{bench.url(page)}#checks-title")
