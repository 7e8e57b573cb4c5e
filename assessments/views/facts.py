"""The fact sheets: tables, forms, the quick entry, and what a figure would say before it is saved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import actions, policies
from assessments.actions.quick import Line
from assessments.core.types import Case
from assessments.forms.fact_sheets import SHEETS as FORM_SHEETS
from assessments.forms.fact_sheets import Sheet
from assessments.forms.quick import QuickForm
from assessments.forms.records import RecordForm
from assessments.forms.small import ReasonForm
from assessments.mapping import to_record
from assessments.models import SHEETS, DataRequestRecord, EvidenceLink, FactRow, SourceUse
from assessments.views import saving
from assessments.views.bench import SAVED, Bench, now, open_bench
from assessments.views.conflict import Difference, differences
from assessments.views.looks import note_views
from assessments.views.offers import offer
from assessments.views.page import UserRequest, guarded, say
from assessments.views.silence import silence_of
from assessments.views.tables import Tables, copied


def case_of(bench: Bench) -> Case:
    """Return the revision as the rules last saw it."""
    return bench.case


@require_GET
@guarded
def fact_sheets(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show every fact sheet as a table, with the quick entry above."""
    bench = open_bench(request, assessment_id)
    return _sheets(bench, _quick_form(bench) if bench.can_edit else None)


def _sheets(bench: Bench, quick: QuickForm | None, *, status: int = 200, saved_at: Any = None) -> HttpResponse:
    given = {"sheets": Tables(bench, bench.request.GET), "quick": quick}
    return bench.render("assessments/facts.html", given, here="facts", status=status, saved_at=saved_at)


@require_POST
@guarded
def move(request: UserRequest, assessment_id: UUID, sheet: str) -> HttpResponse:
    """Put an entry one place up or down on its sheet: "s2:up"."""
    bench = open_bench(request, assessment_id)
    if sheet not in FORM_SHEETS:
        raise Http404("There is no such sheet.")
    ref, _, way = request.POST.get("move", "").partition(":")
    by = {"up": -1, "down": 1}.get(way)
    if by is None:
        raise Http404("There is no such place.")
    try:
        actions.move_fact(
            revision_id=bench.revision.public_id, sheet=sheet, ref=ref, places=by, by=request.user, at=now()
        )
    except actions.NotFound:
        raise Http404("There is no such entry, or it was withdrawn.") from None
    return redirect(bench.url("facts") + f"#row-{ref}")


# --- Quick entry -------------------------------------------------------------------------------------------------


def _quick_form(bench: Bench, data: Any = None) -> QuickForm:
    """Return the line, with the titles of the assessment's sources as far as the person may know them."""
    uses = SourceUse.objects.filter(revision=bench.revision).select_related("source").order_by("position", "pk")
    views = policies.source_views([use.source for use in uses], bench.user)
    note_views(bench.user, views.values())
    return QuickForm(data, framework=bench.framework, titles=[view.title for view in views.values() if view.is_known])


@require_POST
@guarded
def quick(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Make a source, its evidence, a fact and a sentence of one typed line."""
    bench, at = open_bench(request, assessment_id), now()
    form = _quick_form(bench, request.POST)
    if not form.is_valid():
        return _sheets(bench, form, status=422)
    line = validated(form)
    try:
        saved = actions.quick_fact(revision_id=bench.revision.public_id, line=line, by=request.user, at=at)
    except actions.Invalid as exc:
        _add_errors(form, exc)
        return _sheets(bench, form, status=422)
    if not request.htmx:
        say(request, "Saved. Its sentence stands in the draft.")
        return redirect("assessments:facts", assessment_id)
    bench = bench.fresh(saved.changed, saved.revision)
    return _sheets(bench, _quick_form(bench), saved_at=at)


def validated(form: QuickForm) -> Line:
    """Return the line that was typed."""
    return Line(**{name: form.cleaned_data[name] for name in form.fields})


def _add_errors(form: Any, exc: actions.Invalid) -> None:
    for field, messages in exc.errors.items():
        for message in messages:
            form.add_error(field if field in form.fields else None, message)


# --- One fact ----------------------------------------------------------------------------------------------------


@dataclass
class Entry:
    """One record being written: its sheet, its row if it has one, and its form."""

    bench: Bench
    sheet: Sheet
    row: FactRow | None
    record: Any
    form: RecordForm
    version: int | None

    @property
    def url(self) -> str:
        """Where the form is sent."""
        return (
            self.bench.url("fact", self.sheet.name, self.row.ref)
            if self.row
            else self.bench.url("fact-new", self.sheet.name)
        )

    @property
    def needs(self) -> tuple[str, ...]:
        """What the entry still needs to count, in words."""
        return self.bench.needs.get(self.row.ref, ()) if self.row else ()


def entry_of(bench: Bench, name: str, ref: str | None, data: Any = None, initial: Any = None) -> Entry:
    """Return an entry of a sheet with its form; `ref` None is a new one. Raises Http404."""
    sheet = FORM_SHEETS.get(name)
    if sheet is None:
        raise Http404("There is no such sheet.")
    found, record = _read(bench, name, ref) if ref else (None, None)
    form = RecordForm(sheet.record, offer=offer(bench, sheet.record), data=data, value=record, initial=initial)
    return Entry(bench, sheet, found, record, form, found.version if found else None)


def _read(bench: Bench, name: str, ref: str) -> tuple[FactRow, Any]:
    model: Any = SHEETS[name]
    found = (
        model.objects.current()
        .filter(revision=bench.revision, ref=ref)
        .select_related("entered_by", "changed_by")
        .first()
    )
    if found is None:
        raise Http404("There is no such entry, or it was withdrawn.")
    known = next((item for item in getattr(bench.case.record, name) if item.id == ref), None)
    if known is not None:
        return found, known
    # What was held back is on no list of the rules'.
    links = EvidenceLink.objects.of(bench.revision).filter(sheet=name, ref=ref).values_list("evidence__ref", flat=True)
    return found, to_record(found, tuple(links))


@require_http_methods(["GET", "POST"])
@guarded
def fact(request: UserRequest, assessment_id: UUID, sheet: str, ref: str | None = None) -> HttpResponse:
    """Show the form of one fact, or save it; `ref` None makes a new one."""
    refusal = None
    if ref is not None and saving.is_background(request):
        kept = _keep(request, assessment_id, sheet, ref)
        if isinstance(kept, HttpResponse):
            return kept
        refusal = kept
    bench = open_bench(request, assessment_id)
    saving.pin(bench)
    if request.method == "POST":
        entry = entry_of(bench, sheet, ref, request.POST)
        if refusal is not None:
            entry.version = typed_version(request, entry.version)
            return _clash(entry, refusal)
        return _save(entry, request)
    entry = entry_of(bench, sheet, ref, initial=_first_values(request))
    copy = request.GET.get("copy", "") if ref is None else ""
    if copy:
        _, record = _read(bench, sheet, copy)
        entry.form = RecordForm(entry.sheet.record, offer=offer(bench, entry.sheet.record), value=copied(record))
    return _show(entry)


def _keep(request: UserRequest, assessment_id: UUID, sheet: str, ref: str) -> HttpResponse | actions.Conflict | None:
    """Keep a fact by the shortest way to the log; the page asks for what follows from it next, or gets it at once.

    None where it takes the whole way: this process does not know the form, or what was typed cannot be kept as it is.
    """
    pinned, version = saving.pinned(assessment_id), typed_version(request, 0)
    fact = saving.open_fact(assessment_id, sheet, ref, version)
    if pinned is None or fact is None or sheet not in FORM_SHEETS:
        return None
    form = RecordForm(FORM_SHEETS[sheet].record, offer=fact.offer, data=request.POST, value=fact.record)
    if not form.is_valid():
        return None
    at = now()
    try:
        saved = actions.save_fact(
            revision_id=pinned.revision_id,
            sheet=sheet,
            ref=ref,
            record=form.cleaned_record,
            version=version,
            by=request.user,
            at=at,
            is_drawn=not saving.wants_word_only(request),
        )
    except actions.Conflict as exc:
        return exc
    except (policies.NotAllowed, actions.Invalid, actions.NotFound):
        return None
    return _said(request, assessment_id, sheet, saved, at, replace(fact, record=form.cleaned_record))


def _said(
    request: UserRequest, assessment_id: UUID, sheet: str, saved: actions.Saved, at: datetime, fact: saving.OpenFact
) -> HttpResponse:
    """Answer that a fact is kept, with the draft if it is drawn; remember it as it stands for the next save."""
    record = replace(fact.record, id=saved.ref)
    saving.keep_fact_open(assessment_id, sheet, saved.ref, replace(fact, version=saved.version, record=record))
    if saved.revision is None:
        place = f"facts/{sheet}/{saved.ref}"
        return saving.word(request, assessment_id, version=saved.version, at=at, place=place)
    bench = Bench(request, saved.revision)
    notes = fact_notes(bench, sheet, saved.ref)
    url = bench.url("fact", sheet, saved.ref)
    return saving.acknowledged(bench, version=saved.version, at=at, url=url, context=notes)


def fact_notes(bench: Bench, sheet: str, ref: str) -> dict[str, Any]:
    """Return what is said about a stored entry, for a page that shows its form already."""
    record = next((item for item in getattr(bench.case.record, sheet) if item.id == ref), None)
    needs, silence = bench.needs.get(ref, ()), silence_of(bench.case, record)
    return {"here": "facts", "notes": "assessments/fact_notes.html", "needs": needs, "silence": silence}


def _first_values(request: UserRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.GET.items() if name in {"stage", "factor", "kind", "section"}}


def _remember(entry: Entry) -> None:
    """Keep what the form of a stored entry was made from, for its saves."""
    if entry.row is not None:
        fact = saving.OpenFact(entry.row.version, entry.record, entry.form.offer)
        saving.keep_fact_open(entry.bench.assessment.public_id, entry.sheet.name, entry.row.ref, fact)


def _show(entry: Entry, *, status: int = 200, saved_at: Any = None, theirs: Iterable[Difference] = ()) -> HttpResponse:
    _remember(entry)
    context: dict[str, Any] = {
        "entry": entry,
        "form": entry.form,
        "needs": entry.needs,
        "silence": silence_of(entry.bench.case, entry.record),
        "withdraw": ReasonForm(prefix="withdraw"),
        "theirs": tuple(theirs),
    }
    if isinstance(entry.row, DataRequestRecord) and entry.row.presumption_proposed:
        entry.row.revision = entry.bench.revision  # read already, with its country and period
        context["presumption"] = list(entry.row.approvals.select_related("approver"))
        context["can_approve_presumption"] = policies.can_approve_presumption(entry.row, entry.bench.user)
    return entry.bench.render("assessments/fact.html", context, here="facts", status=status, saved_at=saved_at)


def _save(entry: Entry, request: UserRequest) -> HttpResponse:
    bench, at = entry.bench, now()
    entry.version = typed_version(request, entry.version)
    if not entry.form.is_valid():
        return _refuse(entry)
    is_form_open = entry.row is not None and saving.is_background(request)
    try:
        saved = actions.save_fact(
            revision_id=bench.revision.public_id,
            sheet=entry.sheet.name,
            ref=entry.row.ref if entry.row else None,
            record=entry.form.cleaned_record,
            version=entry.version,
            by=request.user,
            at=at,
            is_drawn=not (is_form_open and saving.wants_word_only(request)),
        )
    except actions.Invalid as exc:
        _add_errors(entry.form, exc)
        return _refuse(entry)
    except actions.Conflict as exc:
        return _clash(entry, exc)
    if is_form_open:
        fact = saving.OpenFact(saved.version, entry.form.cleaned_record, entry.form.offer)
        return _said(request, bench.assessment.public_id, entry.sheet.name, saved, at, fact)
    if not request.htmx:
        say(request, f"{saved.ref} saved.")
        return redirect("assessments:fact", bench.assessment.public_id, entry.sheet.name, saved.ref)
    answer = _show(entry_of(bench.fresh(saved.changed, saved.revision), entry.sheet.name, saved.ref), saved_at=at)
    if entry.row is None:
        answer["HX-Push-Url"] = answer[SAVED] = bench.url("fact", entry.sheet.name, saved.ref)
    return answer


def _refuse(entry: Entry) -> HttpResponse:
    if saving.is_background(entry.bench.request):
        return saving.not_yet(entry.bench, here="facts", form=entry.form, errors=entry.form.all_errors())
    return _show(entry, status=422)


def _clash(entry: Entry, exc: actions.Conflict) -> HttpResponse:
    """Answer with both texts; the form goes on at the version that is stored now, with what was typed in it."""
    bench, row = entry.bench, entry.row
    if not bench.request.htmx or row is None:
        entry.version = exc.version
        return _show(entry, status=409, theirs=differences(exc, entry.sheet.record))
    stored = entry_of(bench.fresh(), entry.sheet.name, row.ref)
    changer = stored.row.changed_by if stored.row else None
    return saving.clash(
        bench,
        here="facts",
        version=exc.version,
        theirs=differences(exc, entry.sheet.record, stored.form, entry.form),
        who=changer.name if changer else "",
        at=stored.row.changed_at if stored.row else None,
    )


def typed_version(request: UserRequest, current: int | None) -> int | None:
    """Return the version the form was opened at; what cannot be read counts as an old one."""
    text = request.POST.get("version", "")
    if not text:
        return None if current is None else 0
    return int(text) if text.isdigit() and len(text) < 10 else 0


@require_POST
@guarded
def withdraw(request: UserRequest, assessment_id: UUID, sheet: str, ref: str) -> HttpResponse:
    """Take a fact out with a reason; it stays in the log."""
    bench = open_bench(request, assessment_id)
    form = ReasonForm(request.POST, prefix="withdraw")
    if not form.is_valid():
        return _refuse_withdrawal(bench, sheet, ref, form)
    try:
        actions.withdraw_fact(
            revision_id=bench.revision.public_id,
            sheet=sheet,
            ref=ref,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        _add_errors(form, exc)
        return _refuse_withdrawal(bench, sheet, ref, form)
    say(request, f"{ref} withdrawn. The reason stays on record.")
    return redirect("assessments:facts", assessment_id)


def _refuse_withdrawal(bench: Bench, sheet: str, ref: str, form: ReasonForm) -> HttpResponse:
    entry = entry_of(bench, sheet, ref)
    context = {"entry": entry, "form": entry.form, "withdraw": form}
    return bench.render("assessments/fact.html", context, here="facts", status=422)


@require_POST
@guarded
def let_in(request: UserRequest, assessment_id: UUID, sheet: str, ref: str) -> HttpResponse:
    """Let a fact that came after the cut-off into the text, in this person's name."""
    bench = open_bench(request, assessment_id)
    _read(bench, sheet, ref)
    actions.let_in(revision_id=bench.revision.public_id, sheet=sheet, ref=ref, by=request.user, at=now())
    say(request, f"{ref} is in the text now, in your name.")
    return redirect("assessments:facts", assessment_id)


@require_POST
@guarded
def approve_presumption(request: UserRequest, assessment_id: UUID, ref: str) -> HttpResponse:
    """Put one person's approval behind the statutory presumption a data request proposes."""
    bench = open_bench(request, assessment_id)
    _read(bench, "requests", ref)
    actions.approve_presumption(revision_id=bench.revision.public_id, ref=ref, by=request.user, at=now())
    say(request, "Approved.")
    return redirect("assessments:fact", assessment_id, "requests", ref)
