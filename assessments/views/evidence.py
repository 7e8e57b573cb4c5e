"""Sources and evidence, with the protection of each source honored: what may be known comes from the policy alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import actions, facts, policies
from assessments.core import sheets
from assessments.core.values import Credibility, Protection, Reliability, SourceClass
from assessments.forms.records import RecordForm
from assessments.forms.small import ReasonForm
from assessments.mapping import to_record
from assessments.models import Evidence, Excerpt, Placement, SourceUse
from assessments.planned import Planned
from assessments.views.bench import Bench, now, open_bench
from assessments.views.conflict import differences
from assessments.views.facts import typed_version
from assessments.views.looks import note_views
from assessments.views.offers import offer, source_label
from assessments.views.page import UserRequest, guarded, say


@dataclass(frozen=True)
class SourceLine:
    """One source as this person may see it."""

    ref: str
    view: policies.SourceView
    label: str
    items: int = 0

    @property
    def kind(self) -> SourceClass:
        """The class, which is never withheld."""
        return SourceClass(self.view.source.source_class)

    @property
    def protection(self) -> Protection:
        """Who may know the source."""
        return Protection(self.view.source.protection)

    @property
    def reliability(self) -> Reliability:
        """How far it can be relied on."""
        return Reliability(self.view.source.reliability)


@dataclass(frozen=True)
class EvidenceLine:
    """One item as this person may see it."""

    ref: str
    fields: Mapping[str, Any]
    source: SourceLine
    used_by: tuple[str, ...]

    @property
    def speaker(self) -> str:
        """Who speaks, under the permitted attribution."""
        kind = self.fields["source_class"] or self.source.kind
        return str(self.fields["attribution"] or SourceClass(kind).label)

    @property
    def credibility(self) -> Credibility:
        """How far the item can be believed."""
        return Credibility(self.fields["credibility"])


def lines(bench: Bench, *, with_uses: bool = True) -> tuple[list[SourceLine], list[EvidenceLine]]:
    """Return the sources and items of evidence of a revision as its person may see them.

    Without `with_uses` the items do not say what they stand behind, and the database is asked once less.
    """
    uses = _uses(revision=bench.revision.pk)
    items = _items(revision=bench.revision.pk)
    by_key = {use.pk: use for use in uses}
    for item in items:
        item.use = by_key[item.use_id]
    views = policies.source_views([use.source for use in uses], bench.user)
    fields = policies.evidence_views(items, bench.user)
    note_views(bench.user, views.values())
    used: dict[str, list[str]] = {}
    codes = {answer.key: answer.indicator.code for answer in bench.answers}
    for sheet, ref, evidence in facts.links(bench.revision) if with_uses else ():
        used.setdefault(evidence, []).append(codes.get(ref.split("#")[0], ref) if sheet == "ratings" else ref)
    counts: dict[int, int] = {}
    for item in items:
        counts[item.use_id] = counts.get(item.use_id, 0) + 1
    sources = {
        use.pk: SourceLine(use.ref, views[use.source_id], source_label(views[use.source_id]), counts.get(use.pk, 0))
        for use in uses
    }
    found = [
        EvidenceLine(item.ref, fields[item.pk], sources[item.use_id], tuple(used.get(item.ref, ()))) for item in items
    ]
    return list(sources.values()), found


@Planned
def _uses(*, revision: int) -> "QuerySet[SourceUse]":
    return SourceUse.objects.filter(revision=revision).select_related("source").order_by("position", "pk")


@Planned
def _items(*, revision: int) -> "QuerySet[Evidence]":
    return Evidence.objects.current().filter(revision=revision).order_by("position", "pk")


@require_GET
@guarded
def evidence(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """List sources and evidence of the assessment."""
    bench = open_bench(request, assessment_id)
    sources, items = lines(bench)
    context = {"sources": sources, "items": items, "library": _unused(bench) if bench.can_edit else ()}
    return bench.render("assessments/evidence.html", context, here="evidence")


def _unused(bench: Bench) -> list[tuple[UUID, str]]:
    """Return the sources of the library that the person may know and the assessment does not use yet."""
    rows = policies.visible_sources(bench.user).filter(withdrawn_at__isnull=True).exclude(uses__revision=bench.revision)
    found = list(rows.order_by("title", "pk")[:200])
    note_views(bench.user, policies.source_views(found, bench.user).values())
    return [(row.public_id, row.title) for row in found]


# --- One item ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@guarded
def item(request: UserRequest, assessment_id: UUID, ref: str | None = None) -> HttpResponse:
    """Show or save one item of evidence; `ref` None makes a new one."""
    bench = open_bench(request, assessment_id)
    row = _item_row(bench, ref)
    if row is not None:
        view = policies.source_view(row.use.source, bench.user)
        if not view.is_known:
            return _only_shown(bench, row)
        note_views(bench.user, [view])
    form = RecordForm(
        sheets.Evidence,
        offer=offer(bench, sheets.Evidence),
        data=request.POST if request.method == "POST" else None,
        value=to_record(row) if row else None,
        initial={"source": request.GET["source"]} if "source" in request.GET else None,
    )
    if request.method != "POST":
        return _show_item(bench, row, form, row.version if row else None)
    version = typed_version(request, row.version if row else None)
    if not form.is_valid():
        return _show_item(bench, row, form, version, status=422)
    at = now()
    try:
        saved = actions.save_evidence(
            revision_id=bench.revision.public_id,
            ref=ref,
            record=form.cleaned_record,
            version=version,
            by=request.user,
            at=at,
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show_item(bench, row, form, version, status=422)
    except actions.Conflict as exc:
        return _show_item(bench, row, form, exc.version, status=409, theirs=differences(exc, sheets.Evidence))
    if not request.htmx:
        say(request, f"{saved.ref} saved.")
        return redirect("assessments:evidence-item", assessment_id, saved.ref)
    bench = bench.fresh(saved.changed)
    row = _item_row(bench, saved.ref)
    assert row is not None  # noqa: S101  it was just saved
    form = RecordForm(sheets.Evidence, offer=offer(bench, sheets.Evidence), value=to_record(row))
    answer = _show_item(bench, row, form, row.version, saved_at=at)
    if ref is None:
        answer["HX-Push-Url"] = bench.url("evidence-item", saved.ref)
    return answer


def _item_row(bench: Bench, ref: str | None) -> Evidence | None:
    if ref is None:
        return None
    rows = (
        Evidence.objects.current().filter(revision=bench.revision, ref=ref).select_related("use__source", "entered_by")
    )
    row: Evidence | None = rows.first()
    if row is None:
        raise Http404("There is no such item, or it was withdrawn.")
    return row


def _show_item(
    bench: Bench,
    row: Evidence | None,
    form: RecordForm,
    version: int | None,
    *,
    status: int = 200,
    saved_at: Any = None,
    theirs: Any = (),
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "version": version,
        "theirs": theirs,
        "withdraw": ReasonForm(prefix="withdraw"),
        "found": _excerpt_of(bench, row),
    }
    return bench.render("assessments/evidence_item.html", context, here="evidence", status=status, saved_at=saved_at)


def _excerpt_of(bench: Bench, row: Evidence | None) -> Excerpt | None:
    """Return the excerpt an item was made of, as found in the text of its source; None where it was typed."""
    if row is None:
        return None
    placed = Placement.objects.filter(assessment=bench.assessment, evidence_ref=row.ref, ended_at__isnull=True)
    found: Excerpt | None = policies.visible_excerpts(bench.user).filter(placements__in=placed).first()
    return found


def _only_shown(bench: Bench, row: Evidence) -> HttpResponse:
    """Show an item whose source this person may not know: what the policy leaves, and no form that could alter it."""
    line = next(line for line in lines(bench)[1] if line.ref == row.ref)
    return bench.render("assessments/evidence_withheld.html", {"line": line}, here="evidence")


@require_POST
@guarded
def withdraw_item(request: UserRequest, assessment_id: UUID, ref: str) -> HttpResponse:
    """Take an item out with a reason."""
    bench = open_bench(request, assessment_id)
    form = ReasonForm(request.POST, prefix="withdraw")
    row = _item_row(bench, ref)
    assert row is not None  # noqa: S101  _item_row raised otherwise
    if form.is_valid():
        try:
            actions.withdraw_evidence(
                revision_id=bench.revision.public_id,
                ref=ref,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=now(),
            )
        except actions.Invalid as exc:
            add_errors(form, exc)
        else:
            say(request, f"{ref} withdrawn. What rested on it no longer names it.")
            return redirect("assessments:evidence", assessment_id)
    shown = RecordForm(sheets.Evidence, offer=offer(bench, sheets.Evidence), value=to_record(row))
    context = {"row": row, "form": shown, "version": row.version, "withdraw": form}
    return bench.render("assessments/evidence_item.html", context, here="evidence", status=422)


def add_errors(form: Any, exc: actions.Invalid) -> None:
    """Set what an action refused beside the fields it is about."""
    for field, messages in exc.errors.items():
        for message in messages:
            form.add_error(field if field in form.fields else None, message)
