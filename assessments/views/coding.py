"""The second coder's pages: the questions drawn for them, with sources, evidence and facts, and nothing else.

They are built apart from the workbench, so that no rating, text, remark or progress can be in reach of a template.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from assessments import actions, content, facts, policies
from assessments.actions.ratings import rating_of
from assessments.core.protected import PROTECTED
from assessments.core.sheets import InformationGap, SearchNote
from assessments.core.types import Rating
from assessments.core.words import counted
from assessments.enums import Round
from assessments.forms.fact_sheets import SHEETS as FORM_SHEETS
from assessments.forms.fact_sheets import Sheet
from assessments.forms.labels import WORDS
from assessments.forms.rating import RatingForm
from assessments.models import Evidence, EvidenceLink, RatingRecord, Revision, SampledQuestion, SourceUse
from assessments.views.bench import now
from assessments.views.conflict import differences, in_words
from assessments.views.evidence import EvidenceLine, SourceLine, add_errors
from assessments.views.facts import typed_version
from assessments.views.looks import note_views
from assessments.views.offers import cut, source_label
from assessments.views.page import UserRequest, guarded, page, say
from assessments.views.summaries import Row, row
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import IndicatorSpec


@dataclass(frozen=True)
class Asked:
    """One question drawn, or one part of it, with the coder's own answer."""

    indicator: IndicatorSpec
    part: str
    title: str
    url: str
    own: RatingRecord | None

    @property
    def key(self) -> str:
        """The rating's key."""
        return f"{self.indicator.slug}/{self.part}" if self.part else self.indicator.slug


class Desk:
    """One open revision as its second coder sees it."""

    def __init__(self, request: UserRequest, revision: Revision) -> None:
        """Stand for a revision the person codes blind."""
        self.request, self.user, self.revision = request, request.user, revision
        self.assessment = revision.assessment

    @cached_property
    def framework(self) -> CompiledFramework:
        """The framework version the revision is pinned to."""
        return content.framework_of(self.revision)

    @cached_property
    def questions(self) -> tuple[Asked, ...]:
        """The questions drawn, in order, with the coder's own answers and nobody else's; two queries."""
        drawn = set(
            SampledQuestion.objects.filter(assessment=self.assessment).order_by().values_list("indicator", flat=True)
        )
        mine = self.revision.ratings.filter(round=Round.SECOND.value, coder=self.user).select_related("indicator")
        own = {item.key: item for item in mine}
        return tuple(
            self._asked(item, part, own)
            for item in self.framework.indicators
            if item.slug in drawn
            for part in item.parts or ("",)
        )

    def _asked(self, indicator: IndicatorSpec, part: str, own: Mapping[str, RatingRecord]) -> Asked:
        where = [self.assessment.public_id, indicator.code, *([part] if part else [])]
        url = reverse("assessments:coding-part" if part else "assessments:coding-question", args=where)
        title = f"{indicator.title}: {self.framework.term('sector', part).label}" if part else indicator.title
        return Asked(indicator, part, title, url, own.get(f"{indicator.slug}/{part}" if part else indicator.slug))

    @cached_property
    def record(self) -> tuple[list[SourceLine], list[EvidenceLine]]:
        """Sources and evidence as the policy shows them to this person, without what they were used for."""
        uses = list(
            SourceUse.objects.filter(revision=self.revision).select_related("source").order_by("position", "pk")
        )
        items = list(
            Evidence.objects.current()
            .filter(revision=self.revision)
            .select_related("use__source", "revision", "entered_by", "changed_by", "withdrawn_by")
            .order_by("position", "pk")
        )
        views = policies.source_views([use.source for use in uses], self.user)
        fields = policies.evidence_views(items, self.user)
        note_views(self.user, views.values())
        sources = {
            use.pk: SourceLine(use.ref, views[use.source_id], source_label(views[use.source_id])) for use in uses
        }
        lines = [EvidenceLine(item.ref, fields[item.pk], sources[item.use_id], ()) for item in items]
        return list(sources.values()), lines

    def render(self, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """Answer with a page that has nothing of the workbench on it."""
        return page(self.request, template, {"desk": self, **context}, revision=self.revision, status=status)


def open_desk(request: UserRequest, assessment_id: UUID) -> Desk:
    """Return the desk of an assessment the person codes blind. Raises Http404 for everybody else, and NotAllowed."""
    revision = (
        Revision.objects.filter(
            is_open=True, assessment__in=policies.codable_assessments(request.user), assessment__public_id=assessment_id
        )
        .select_related("assessment__country", "assessment__period", "framework", "wording")
        .first()
    )
    if revision is None:
        raise Http404("There is nothing here for you to code.")
    policies.check_can_code(revision, request.user)
    return Desk(request, revision)


@dataclass(frozen=True)
class CodingTask:
    """One assessment on a second coder's list; the count is of their own answers."""

    revision: Revision
    answered: int
    asked: int

    @property
    def url(self) -> str:
        """Where the coding goes on."""
        return reverse("assessments:coding", args=[self.revision.assessment.public_id])


def coding_tasks(user: User) -> list[CodingTask]:
    """Return what a person codes blind, where it is turned on and something was drawn; one query."""
    rows = (
        Revision.objects.filter(
            is_open=True,
            assessment__in=policies.codable_assessments(user),
            assessment__period__blind_coding=True,
            assessment__sampled_questions__isnull=False,
        )
        .exclude(state__in=policies.FROZEN)
        .select_related("assessment__country", "assessment__period")
        .annotate(
            asked=Count("assessment__sampled_questions", distinct=True),
            answered=Count(
                "ratings__indicator", filter=Q(ratings__round=Round.SECOND.value, ratings__coder=user), distinct=True
            ),
        )
        .order_by("assessment__period__due_on", "assessment__country__sort_name")
    )
    return [CodingTask(row, row.answered, row.asked) for row in rows]


@require_GET
@guarded
def coding(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """List the questions drawn, with the coder's own answers."""
    desk = open_desk(request, assessment_id)
    done = sum(item.own is not None for item in desk.questions)
    progress = f"{counted(done, 'answer')} given to {counted(len(desk.questions), 'question')}"
    return desk.render("assessments/coding.html", {"progress": progress})


# --- The record ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FactLine:
    """One fact in full: its line, and every field that says something."""

    line: Row
    fields: tuple[tuple[str, str], ...]


@require_GET
@guarded
def record(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show sources, evidence and facts."""
    desk = open_desk(request, assessment_id)
    case = facts.collect(desk.revision, framework=desk.framework, wording=content.wording_of(desk.revision))
    shows_all = policies.can_see_protected_facts(desk.assessment, desk.user)
    tables: list[tuple[Sheet, Sequence[FactLine]]] = [
        (sheet, [_line(item, desk.framework, shows_all) for item in getattr(case.record, name)])
        for name, sheet in FORM_SHEETS.items()
    ]
    sources, items = desk.record
    shown = {"sources": sources, "items": items, "tables": [(sheet, rows) for sheet, rows in tables if rows]}
    return desk.render("assessments/coding_record.html", shown)


_NOT_SHOWN = frozenset({"id", "note", "evidence", "indicators", "presumption_proposed", "presumption_approved_by"})
"""Fields that are no fact, or would tell an answer: notes for colleagues, questions it was for, who decided what."""


def _line(item: Any, framework: CompiledFramework, shows_all: bool) -> FactLine:
    hidden = _NOT_SHOWN | (frozenset() if shows_all else PROTECTED.get(type(item), frozenset()))
    words = WORDS.get(type(item), {})
    found = []
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if field.name in hidden or value in (None, "", (), False):
            continue
        label = words[field.name].label if field.name in words else field.name.replace("_", " ").capitalize()
        found.append((label, in_words(value)))
    line = row(item, framework)
    if isinstance(item, SearchNote):  # what was looked for and not found would tell a first answer of 0
        line = dataclasses.replace(line, status="")
    if isinstance(item, InformationGap):  # so would the questions something is missing for
        line = dataclasses.replace(line, details="", status="")
    return FactLine(line, tuple(found))


# --- One question --------------------------------------------------------------------------------------------------


def _asked(desk: Desk, code: str, part: str) -> Asked:
    found = next((item for item in desk.questions if item.indicator.code == code and item.part == part), None)
    if found is None:
        raise Http404("This question was not drawn for you.")
    return found


def _form(desk: Desk, asked: Asked, data: Any = None) -> RatingForm:
    items = desk.record[1]
    choices = [
        (
            item.ref,
            cut(f"{item.ref}  {item.speaker}: {item.fields['edited'] or item.fields['pinpoint'] or 'no summary yet'}"),
        )
        for item in items
    ]
    own = asked.own
    return RatingForm(
        indicator=asked.indicator,
        part=asked.part,
        framework=desk.framework,
        evidence=choices,
        data=data,
        value=_rating(desk, asked, own) if own else None,
        version=own.version if own else None,
    )


def _rating(desk: Desk, asked: Asked, own: RatingRecord) -> Rating:
    links = EvidenceLink.objects.of(desk.revision).filter(sheet="ratings", ref=own.link_ref)
    return rating_of(own, asked.indicator.slug, tuple(links.values_list("evidence__ref", flat=True)))


@require_http_methods(["GET", "POST"])
@guarded
def question(request: UserRequest, assessment_id: UUID, code: str, part: str = "") -> HttpResponse:
    """Show one question with its descriptors, or save the coder's own answer."""
    desk = open_desk(request, assessment_id)
    asked = _asked(desk, code, part)
    if request.method != "POST":
        return _show(desk, asked, _form(desk, asked))
    form = _form(desk, asked, request.POST)
    version = typed_version(request, asked.own.version if asked.own else None)
    if not form.is_valid():
        return _show(desk, asked, form, status=422)
    try:
        actions.save_rating(
            revision_id=desk.revision.public_id,
            rating=form.rating,
            version=version,
            round=Round.SECOND,
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(desk, asked, form, status=422)
    except actions.Conflict as exc:
        form.at_version(exc.version)
        return _show(desk, asked, form, status=409, theirs=differences(exc, Rating))
    say(request, f"{code} saved.")
    following = _next(desk, asked)
    return redirect(following.url if following and "next" in request.POST else asked.url)


def _next(desk: Desk, asked: Asked) -> Asked | None:
    place = next(number for number, item in enumerate(desk.questions) if item.key == asked.key)
    return desk.questions[place + 1] if place + 1 < len(desk.questions) else None


def _show(desk: Desk, asked: Asked, form: RatingForm, *, status: int = 200, theirs: Iterable[Any] = ()) -> HttpResponse:
    context = {"asked": asked, "form": form, "next": _next(desk, asked), "theirs": tuple(theirs)}
    return desk.render("assessments/coding_question.html", context, status=status)
