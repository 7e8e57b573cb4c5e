"""Second coding from outside: the coordinator's draw and its coders, and the reviewer's answer made of two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Role, User
from assessments import actions, policies
from assessments.enums import Part, Round, Taken
from assessments.forms.fields import Choices
from assessments.forms.second import CoderForm, DrawForm, OptionsForm, ReconcileForm
from assessments.models import (
    Assessment,
    Assignment,
    EvidenceLink,
    RatingRecord,
    Reconciliation,
    ReportingPeriod,
    SampledQuestion,
)
from assessments.views.bench import Answer, Bench, now, open_bench
from assessments.views.evidence import add_errors
from assessments.views.page import UserRequest, guarded, page, say, warn
from frameworks.models import Indicator

DIFFERENCE = "double-rating-difference"
"""The framework's parameter: from how many levels of difference on a reviewer decides."""

# --- The period --------------------------------------------------------------------------------------------------


def _period(request: UserRequest, report_year: int) -> ReportingPeriod:
    policies.check_can_coordinate(request.user)
    found = ReportingPeriod.objects.filter(report_year=report_year).first()
    if found is None:
        raise Http404("There is no such period.")
    return found


@require_http_methods(["GET", "POST"])
@guarded
def options(request: UserRequest, report_year: int) -> HttpResponse:
    """Show what is turned on for a period, and turn it on or off."""
    period = _period(request, report_year)
    initial = {"blind_coding": period.blind_coding, "right_of_reply": period.right_of_reply}
    form = OptionsForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_options(report_year=report_year, **form.cleaned_data, by=request.user, at=now())
        except actions.Invalid as exc:
            add_errors(form, exc)
            status = 422
        else:
            say(request, "Saved.")
            return redirect("assessments:period-options", report_year)
    return page(request, "assessments/period_options.html", {"period": period, "form": form}, status=status)


@dataclass
class Coded:
    """One assessment that questions were drawn from."""

    assessment: Assessment
    coders: list[User]
    asked: int
    answered: int
    form: CoderForm | None = None
    codes: list[str] = field(default_factory=list)


@require_http_methods(["GET", "POST"])
@guarded
def sample(request: UserRequest, report_year: int) -> HttpResponse:
    """Show what was drawn in a period and who codes it; draw from what was not drawn from yet."""
    period = _period(request, report_year)
    form = DrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.draw_sample(report_year=report_year, seed=form.cleaned_data["seed"], by=request.user, at=now())
        except actions.Invalid as exc:
            add_errors(form, exc)
        else:
            say(request, "Drawn. Assign the second coders.")
            return redirect("assessments:sample", report_year)
    return _sample_page(request, period, form, status=422 if form.is_bound else 200)


def _sample_page(
    request: UserRequest,
    period: ReportingPeriod,
    form: DrawForm,
    *,
    refused: Mapping[UUID, CoderForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    coded = _coded(period)
    people = _people() if coded else []
    for item in coded:
        item.form = (refused or {}).get(item.assessment.public_id) or CoderForm(
            people=people, prefix=str(item.assessment.country_id)
        )
    samples = list(
        period.samples.select_related("drawn_by").annotate(size=Count("questions")).order_by("drawn_at", "pk")
    )
    undrawn = Assessment.objects.filter(period=period, revisions__is_open=True, sampled_questions__isnull=True)
    context = {"period": period, "form": form, "samples": samples, "coded": coded, "undrawn": undrawn.count()}
    return page(request, "assessments/sample.html", context, status=status)


def _coded(period: ReportingPeriod) -> list[Coded]:
    """Return the assessments drawn from, in printing order, with coders and progress; five queries."""
    slugs: dict[int, list[str]] = {}
    drawn = SampledQuestion.objects.filter(assessment__period=period).order_by("indicator")
    for assessment_id, slug in drawn.values_list("assessment_id", "indicator"):
        slugs.setdefault(assessment_id, []).append(slug)
    codes = dict(Indicator.objects.order_by("version__in_force_from").values_list("slug", "code"))
    coders: dict[int, list[User]] = {}
    running = Assignment.objects.filter(
        assessment__in=slugs, part=Part.SECOND_CODER.value, ended_at__isnull=True
    ).select_related("user")
    for row in running.order_by("user__name"):
        coders.setdefault(row.assessment_id, []).append(row.user)
    rows = (
        Assessment.objects.filter(pk__in=slugs)
        .select_related("country", "period")
        .annotate(
            answered=Count(
                "revisions__ratings__indicator__slug",
                filter=Q(revisions__is_open=True, revisions__ratings__round=Round.SECOND.value),
                distinct=True,
            )
        )
        .order_by("country__sort_name")
    )
    return [
        Coded(
            row,
            coders.get(row.pk, []),
            len(slugs[row.pk]),
            row.answered,  # type: ignore[attr-defined]  # annotated
            codes=sorted(codes.get(slug, slug) for slug in slugs[row.pk]),
        )
        for row in rows
    ]


def _people() -> Choices:
    people = User.objects.filter(is_active=True, role_grants__role__in=[Role.ANALYST, Role.REVIEWER]).distinct()
    return [(str(person.public_id), person.name) for person in people.order_by("name")]


@require_POST
@guarded
def assign_coder(request: UserRequest, report_year: int, assessment_id: UUID) -> HttpResponse:
    """Give a person the blind part in one assessment; who sees its first answers is refused."""
    period = _period(request, report_year)
    assessment = Assessment.objects.filter(period=period, public_id=assessment_id).first()
    if assessment is None:
        raise Http404("There is no such assessment.")
    form = CoderForm(request.POST, people=_people(), prefix=str(assessment.country_id))
    if form.is_valid():
        try:
            actions.assign(
                assessment_id=assessment_id,
                user_id=UUID(form.cleaned_data["person"]),
                part=Part.SECOND_CODER,
                by=request.user,
                at=now(),
            )
        except policies.NotAllowed as exc:
            form.add_error("person", str(exc))
        else:
            say(request, "Assigned.")
            return redirect("assessments:sample", report_year)
    return _sample_page(request, period, DrawForm(), refused={assessment_id: form}, status=422)


# --- One answer of two -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """One coder's answer as it is shown."""

    row: RatingRecord
    descriptor: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class TwoAnswers:
    """One question with the first answer, a second one, and what was made of them."""

    answer: Answer
    main: Given | None
    second: Given
    agreed: Given | None
    history: tuple[Reconciliation, ...]
    difference: int | None  # levels between the two; None where one of them has none
    is_grave: bool
    form: ReconcileForm

    @property
    def code(self) -> str:
        """The question's code."""
        return self.answer.indicator.code

    @property
    def is_same(self) -> bool:
        """Say whether both gave the same level or the same state."""
        return self.main is not None and (self.main.row.state, self.main.row.level) == (
            self.second.row.state,
            self.second.row.level,
        )


@require_GET
@guarded
def reconciling(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show both answers to every question that was coded twice, those that differ most first."""
    bench = open_bench(request, assessment_id)
    policies.check_can_see_second_ratings(bench.revision, bench.user)
    return _show(bench)


def _show(bench: Bench, *, refused: Mapping[UUID, ReconcileForm] | None = None, status: int = 200) -> HttpResponse:
    pairs = _pairs(bench, refused or {})
    drawn = SampledQuestion.objects.filter(assessment=bench.assessment).count()
    try:
        policies.check_can_reconcile(bench.revision, bench.user)
    except policies.NotAllowed as exc:
        why_not = str(exc)
    else:
        why_not = ""
    context = {"pairs": pairs, "drawn": drawn, "why_not": why_not}
    return bench.render("assessments/reconcile.html", context, here="second", status=status)


def _pairs(bench: Bench, refused: Mapping[UUID, ReconcileForm]) -> list[TwoAnswers]:
    """Return the answers in pairs; three queries however many there are."""
    rows = list(bench.revision.ratings.select_related("indicator", "rated_by", "coder"))
    links: dict[str, list[str]] = {}
    found = EvidenceLink.objects.of(bench.revision).filter(sheet="ratings")
    for ref, evidence in found.values_list("ref", "evidence__ref"):
        links.setdefault(ref, []).append(evidence)
    decided: dict[int, list[Reconciliation]] = {}
    for item in Reconciliation.objects.of(bench.revision).select_related("by"):
        decided.setdefault(item.second_id, []).append(item)
    answers = {answer.key: answer for answer in bench.answers}
    by_round = {(row.key, row.round): row for row in rows if row.round != Round.SECOND}
    seconds = [row for row in rows if row.round == Round.SECOND and row.key in answers]
    grave = bench.framework.value(DIFFERENCE)
    pairs = []
    for row in seconds:
        answer = answers[row.key]
        main, agreed = by_round.get((row.key, Round.MAIN)), by_round.get((row.key, Round.RECONCILED))
        both = [given(item, bench, links) for item in (main, row, agreed) if item is not None]
        shown = {item.row.pk: item for item in both}
        apart = None
        if main is not None and main.level is not None and row.level is not None:
            apart = abs(main.level - row.level)
        named = dict.fromkeys(ref for item in both if item.row != agreed for ref in item.evidence)
        form = refused.get(row.public_id) or ReconcileForm(
            indicator=answer.indicator,
            part=answer.part,
            framework=bench.framework,
            evidence=tuple(named),
            version=agreed.version if agreed else None,
            prefix=row.public_id.hex[:8],
        )
        history = tuple(decided.get(row.pk, ()))
        pairs.append(
            TwoAnswers(
                answer,
                shown[main.pk] if main else None,
                shown[row.pk],
                shown[agreed.pk] if agreed else None,
                history,
                apart,
                apart is not None and apart >= grave,
                form,
            )
        )
    return sorted(pairs, key=lambda pair: (pair.agreed is not None, pair.is_same, -(pair.difference or 0), pair.code))


def given(row: RatingRecord, bench: Bench, links: Mapping[str, list[str]]) -> Given:
    """Return one answer with the descriptor it met and the evidence it names."""
    indicator = bench.framework.indicator(row.indicator.slug)
    descriptor = "" if row.level is None else indicator.descriptor(row.level)
    return Given(row, descriptor, tuple(links.get(row.link_ref, ())))


@require_POST
@guarded
def reconcile(request: UserRequest, assessment_id: UUID, rating_id: UUID) -> HttpResponse:
    """Make one answer of two; `rating_id` is the second coder's."""
    bench = open_bench(request, assessment_id)
    policies.check_can_see_second_ratings(bench.revision, bench.user)
    pair = next((item for item in _pairs(bench, {}) if item.second.row.public_id == rating_id), None)
    if pair is None:
        raise Http404("There is no such answer.")
    form = ReconcileForm(
        request.POST,
        indicator=pair.answer.indicator,
        part=pair.answer.part,
        framework=bench.framework,
        evidence=pair.form.evidence,
        version=pair.agreed.row.version if pair.agreed else None,
        prefix=pair.form.prefix or "",
    )
    if not form.is_valid():
        return _show(bench, refused={rating_id: form}, status=422)
    try:
        actions.reconcile(
            revision_id=bench.revision.public_id,
            indicator=pair.answer.indicator.slug,
            part=pair.answer.part,
            second_id=rating_id,
            taken=Taken(form.cleaned_data["taken"]),
            reason=form.cleaned_data["reason"],
            own=form.own,
            version=form.cleaned_data["version"],
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(bench, refused={rating_id: form}, status=422)
    except actions.Conflict:
        warn(request, "Not saved: somebody else decided this question meanwhile. Their decision is shown.")
        return redirect("assessments:reconciling", assessment_id)
    say(request, f"{pair.code} is decided; both answers are kept.")
    return redirect("assessments:reconciling", assessment_id)
