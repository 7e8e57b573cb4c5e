"""Search over what a person may see: countries, sentences, reasons, facts, evidence and sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from assessments import policies
from assessments.core.protected import PROTECTED
from assessments.enums import Round, SentenceState
from assessments.forms.fact_sheets import SHEETS as SHEET_WORDS
from assessments.models import SHEETS, DraftSentence, Evidence, FactRow, RatingRecord, Revision
from assessments.views.looks import note_views
from assessments.views.page import UserRequest, guarded, page

SHORTEST, LONGEST = 2, 100
MOST = 20
"""Hits shown of each kind; the page says how many more there are."""
AROUND = 70
"""Characters shown before and after what was found."""


@dataclass(frozen=True)
class Hit:
    """One place in which the words stand: where, with the text around them."""

    where: str
    url: str
    before: str = ""
    found: str = ""
    after: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind; `total` counts all of them, shown or not."""

    title: str
    hits: tuple[Hit, ...]
    total: int


@require_GET
@guarded
def search(request: UserRequest) -> HttpResponse:
    """Find words in what the person may see, by kind; nothing is fetched that they may not."""
    sought = " ".join(request.GET.get("q", "").split())[:LONGEST]
    too_short = bool(sought) and len(sought) < SHORTEST
    groups = [] if too_short or not sought else [group for group in _groups(request.user, sought) if group.total]
    context = {"sought": sought, "groups": groups, "too_short": too_short, "most": MOST}
    return page(request, "assessments/search.html", context)


def _groups(user: User, sought: str) -> Iterable[Group]:
    revisions = policies.visible_revisions(user).filter(is_open=True)
    mine = revisions.order_by().values("pk")
    yield _countries(revisions, sought)
    yield _sentences(mine, sought)
    yield _reasons(mine, sought)
    for name, model in SHEETS.items():
        yield _facts(name, model, mine, sought)
    yield _evidence(user, mine, sought)
    yield _sources(user, sought)


def _group(title: str, rows: QuerySet[Any], make: Any) -> Group:
    found = list(rows[: MOST + 1])
    total = len(found) if len(found) <= MOST else rows.count()
    return Group(title, tuple(make(row) for row in found[:MOST]), total)


def _name(revision: Revision) -> str:
    return f"{revision.assessment.country} {revision.assessment.period.report_year}"


_WITH = ("revision__assessment__country", "revision__assessment__period")
_ORDER = ("revision__assessment__country__sort_name", "-revision__assessment__period__report_year", "pk")


def _countries(revisions: QuerySet[Revision], sought: str) -> Group:
    rows = revisions.filter(assessment__country__name__icontains=sought).order_by(
        "assessment__country__sort_name", "-assessment__period__report_year"
    )
    return _group(
        "Assessments",
        rows,
        lambda row: Hit(_name(row), reverse("assessments:assessment", args=[row.assessment.public_id])),
    )


def _sentences(mine: QuerySet[Any], sought: str) -> Group:
    edited = Q(text__icontains=sought)
    generated = Q(generated_text__icontains=sought, state=SentenceState.GENERATED.value)
    rows = DraftSentence.objects.filter(edited | generated, revision__in=mine).exclude(
        state=SentenceState.REMOVED.value
    )

    def hit(row: DraftSentence) -> Hit:
        where = reverse("assessments:draft", args=[row.revision.assessment.public_id])
        return _hit(_name(row.revision), f"{where}?sentence={row.public_id}#s-{row.public_id}", row.shown, sought)

    return _group("Sentences of drafts", rows.select_related(*_WITH).order_by(*_ORDER), hit)


def _reasons(mine: QuerySet[Any], sought: str) -> Group:
    """Search the reasons of answers; those of a second coder are nobody's to find."""
    rows = RatingRecord.objects.filter(
        rationale__icontains=sought, revision__in=mine, round__in=[Round.MAIN.value, Round.RECONCILED.value]
    )

    def hit(row: RatingRecord) -> Hit:
        parts = [row.revision.assessment.public_id, row.indicator.code, *([row.part] if row.part else [])]
        url = reverse("assessments:question-part" if row.part else "assessments:question", args=parts)
        return _hit(f"{_name(row.revision)}, {row.indicator.code}", url, row.rationale, sought)

    return _group("Reasons of answers", rows.select_related("indicator", *_WITH).order_by(*_ORDER), hit)


@cache
def _columns(model: type[FactRow]) -> tuple[str, ...]:
    """Return the columns of a sheet that hold what somebody wrote, without protected ones."""
    hidden = PROTECTED.get(model.record, frozenset()) | {"ref", "withdrawn_reason"}
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.null
        and field.name not in hidden
    )


def _in_columns(names: Iterable[str], sought: str) -> Q:
    found = Q(pk__in=[])
    for name in names:
        found |= Q(**{f"{name}__icontains": sought})
    return found


def _facts(name: str, model: type[FactRow], mine: QuerySet[Any], sought: str) -> Group:
    columns = _columns(model)
    current: QuerySet[Any] = model.objects.current()
    rows = current.filter(_in_columns(columns, sought), revision__in=mine)

    def hit(row: Any) -> Hit:
        text = next((text for column in columns if _at(text := getattr(row, column), sought) >= 0), "")
        url = reverse("assessments:fact", args=[row.revision.assessment.public_id, name, row.ref])
        return _hit(f"{_name(row.revision)}, {row.ref}", url, text, sought)

    return _group(SHEET_WORDS[name].title, rows.select_related(*_WITH).order_by(*_ORDER), hit)


def _evidence(user: User, mine: QuerySet[Any], sought: str) -> Group:
    """Search excerpts where their source may be known, and what is open of the others."""
    known = policies.visible_sources(user).order_by().values("pk")
    hidden = sorted(PROTECTED[Evidence.record])
    columns = [name for name in _columns(Evidence) if name not in hidden]
    readable = _in_columns(hidden, sought) & Q(use__source__in=known)
    rows = Evidence.objects.current().filter(_in_columns(columns, sought) | readable, revision__in=mine)

    def hit(row: Evidence) -> Hit:
        texts = [getattr(row, name) for name in columns]
        if row.use.source_id in seen:
            texts += [getattr(row, name) for name in hidden]
        text = next((text for text in texts if _at(text, sought) >= 0), "")
        url = reverse("assessments:evidence-item", args=[row.revision.assessment.public_id, row.ref])
        return _hit(f"{_name(row.revision)}, {row.ref}", url, text, sought)

    found = rows.select_related("use__source", *_WITH).order_by(*_ORDER)
    sources = {row.use.source_id: row.use.source for row in found[:MOST]}
    views = policies.source_views(sources.values(), user)
    seen = {pk for pk, view in views.items() if view.is_known}
    note_views(user, views.values())
    return _group("Evidence", found, hit)


def _sources(user: User, sought: str) -> Group:
    rows = policies.visible_sources(user).filter(withdrawn_at__isnull=True)
    rows = rows.filter(Q(title__icontains=sought) | Q(publisher__icontains=sought)).order_by("title", "pk")
    note_views(user, policies.source_views(rows[:MOST], user).values())
    return _group(
        "Sources",
        rows,
        lambda row: _hit(
            "Library",
            reverse("assessments:library-source", args=[row.public_id]),
            row.title if _at(row.title, sought) >= 0 else row.publisher,
            sought,
        ),
    )


def _at(text: str, sought: str) -> int:
    return text.casefold().find(sought.casefold())


def _hit(where: str, url: str, text: str, sought: str) -> Hit:
    """Return a hit with the text around the words; the text alone where its case moves them."""
    at = _at(text, sought)
    if at < 0 or len(text.casefold()) != len(text):
        return Hit(where, url, text[: 2 * AROUND])
    end = at + len(sought)
    before, after = text[max(0, at - AROUND) : at], text[end : end + AROUND]
    return Hit(
        where,
        url,
        ("…" if at > AROUND else "") + before,
        text[at:end],
        after + ("…" if len(text) > end + AROUND else ""),
    )
