"""One excerpt on its way into the record: attached to assessments and questions, made a fact, translated, set aside."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import actions, policies
from assessments.actions.quick import Line
from assessments.core.documents import Excerpt as ExcerptRecord
from assessments.core.values import SourceClass
from assessments.forms.documents import AsideForm, PlaceForm, TranslationForm
from assessments.forms.quick import QuickForm
from assessments.forms.ticks import questions_by_group
from assessments.models import Excerpt, Revision
from assessments.views.bench import Bench, now, open_bench
from assessments.views.conflict import differences
from assessments.views.evidence import add_errors
from assessments.views.offers import source_label
from assessments.views.page import UserRequest, guarded, page, say, warn
from assessments.views.reading import back_to, cards, country_choices, known_excerpt, open_countries
from frameworks import loader


@require_http_methods(["GET", "POST"])
@guarded
def excerpt(request: UserRequest, excerpt_id: UUID) -> HttpResponse:
    """Show one excerpt with all that can become of it, or save its place, language and translation."""
    row = known_excerpt(request, excerpt_id)
    if request.method != "POST":
        return _show(request, row)
    if (refused := _translated(request, row)) is not None:
        return refused
    typed = _typed_beside(request, row)
    if request.POST.get("then") == "fact":  # the way to the fact, unless something typed here would be lost on it
        if typed:
            warn(request, f"{_named(typed)} Attach it, set it aside or take the words out; then make the fact.")
            return _show(request, row)
        asked = urlencode({"assessment": request.POST.get("assessment", "")})
        return redirect(f"{reverse('assessments:excerpt-fact', args=[excerpt_id])}?{asked}")
    say(request, "Saved. Evidence made of it from now on has the translation; items already made keep their own.")
    return _show(request, row) if typed else redirect(reverse("assessments:excerpt", args=[excerpt_id]))


def _typed_beside(request: UserRequest, row: Excerpt) -> dict[str, Any]:
    """Return the forms below the text into which something was typed, so that a button of one loses nothing of another.

    Empty where the page was only asked for.
    """
    if request.method != "POST":
        return {}
    open_ = open_countries(request)
    place, aside = _place_form(row, open_, request.POST), AsideForm(request.POST, assessments=country_choices(open_))
    found: dict[str, Any] = {}
    if "place-credibility" in request.POST and place.has_changed():
        found["place"] = place
    if request.POST.get("aside-reason", "").strip():
        found["aside"] = aside
    return found


_PLACES = {"place": "Attach as evidence", "aside": "Set aside"}


def _named(typed: Mapping[str, Any]) -> str:
    """Say what is kept on the page, typed and not used."""
    names = " and ".join(f"“{title}”" for name, title in _PLACES.items() if name in typed)
    return f"What you typed under {names} is kept below; it is not on record."


def _done(request: UserRequest, row: Excerpt, said: str, *, used: str) -> HttpResponse:
    """Say what was done and lead back to the text; stay where something was typed into a form that was not `used`."""
    typed = {name: form for name, form in _typed_beside(request, row).items() if name != used}
    say(request, f"{said} {_named(typed)}" if typed else said)
    if not typed:
        return redirect(back_to(request, row))
    row.refresh_from_db()
    return _show(request, row, fresh=used)


def _translated(request: UserRequest, row: Excerpt, **others: Any) -> HttpResponse | None:
    """Save the place, language and translation that came with any form of the page; return the page where refused.

    `others` are the page's other forms, so that nothing typed into them is lost then.
    """
    form = TranslationForm(row, request.POST)
    if f"{form.prefix}-version" not in request.POST or (others and not set(form.changed_data) - {"version"}):
        return None
    if not form.is_valid():
        return _show(request, row, translation=form, status=422, **others)
    values = form.cleaned_data
    try:
        actions.translate_excerpt(
            excerpt_id=row.public_id,
            language=values["language"],
            translation=values["translation"],
            translator=values["translator"],
            pinpoint=values["pinpoint"],
            version=values["version"] or 0,
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(request, row, translation=form, status=422, **others)
    except actions.Conflict as exc:
        form.data = {**request.POST.dict(), f"{form.prefix}-version": str(exc.version)}
        return _show(request, row, translation=form, status=409, theirs=differences(exc, ExcerptRecord), **others)
    row.refresh_from_db(fields=["language", "translation", "translator", "pinpoint", "version"])
    return None


def _show(
    request: UserRequest,
    row: Excerpt,
    *,
    translation: TranslationForm | None = None,
    place: PlaceForm | None = None,
    aside: AsideForm | None = None,
    fresh: str = "",
    status: int = 200,
    theirs: Any = (),
) -> HttpResponse:
    """Show the page with what was typed into any of its forms; `fresh` names the one whose button did its work."""
    typed = {name: form for name, form in _typed_beside(request, row).items() if name != fresh}
    can_work = policies.can_work_on_source(row.source, request.user)
    revisions = open_countries(request) if can_work else []
    (card,) = cards([row], request.user)
    countries = country_choices(revisions)
    asked = request.GET.get("for", "") or request.POST.get("for", "")
    context = {
        "card": card,
        "row": row,
        "label": source_label(policies.source_view(row.source, request.user)),
        "can_work": can_work,
        "countries": countries,
        "came_from": asked if countries and asked == countries[0][0] else "",
        "back": back_to(request, row),
        "translation": translation or TranslationForm(row),
        "place": place or typed.get("place") or _place_form(row, revisions),
        "aside": aside or typed.get("aside") or AsideForm(assessments=countries),
        "theirs": theirs,
    }
    return page(request, "assessments/excerpt.html", context, status=status)


def _place_form(row: Excerpt, revisions: list[Revision], data: Any = None) -> PlaceForm:
    used = {use.revision_id for use in row.source.uses.filter(revision__in=revisions)}
    first = [item for item in revisions if item.pk in used] or revisions[:1]
    chosen = [str(item.assessment.public_id) for item in (first if len(first) == 1 else revisions[:1])]
    return PlaceForm(
        data,
        assessments=country_choices(revisions),
        attributions=row.source.attributions,
        indicators=questions_by_group(loader.compiled(revisions[0].framework), with_parts=True) if revisions else (),
        initial={"assessments": chosen},
    )


@require_POST
@guarded
def place(request: UserRequest, excerpt_id: UUID) -> HttpResponse:
    """Make an excerpt evidence of the chosen assessments, for the chosen questions."""
    row = known_excerpt(request, excerpt_id)
    policies.check_can_work_on_source(row.source, request.user)
    form = _place_form(row, open_countries(request), request.POST)
    if (refused := _translated(request, row, place=form)) is not None:
        return refused
    if not form.is_valid():
        return _show(request, row, place=form, status=422)
    values = form.cleaned_data
    placing = actions.Placing(
        edited=values["edited"],
        attribution=values["attribution"],
        credibility=values["credibility"],
        official_record=values["official_record"],
        indicators=tuple(dict.fromkeys(key.partition("/")[0] for key in values["indicators"])),
        parts=tuple(key for key in values["indicators"] if "/" in key),
    )
    try:
        made = actions.place_excerpt(
            excerpt_id=row.public_id,
            assessment_ids=[UUID(item) for item in values["assessments"]],
            placing=placing,
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(request, row, place=form, status=422)
    except actions.NotFound as exc:
        form.add_error("assessments", str(exc))
        return _show(request, row, place=form, status=422)
    questions = len(values["indicators"])
    about = f", for {questions} question{'' if questions == 1 else 's'}" if questions else ""
    said = f"Evidence of {len(made)} assessment{'' if len(made) == 1 else 's'}{about}."
    return _done(request, row, said, used="place")


@require_POST
@guarded
def set_aside(request: UserRequest, excerpt_id: UUID) -> HttpResponse:
    """Keep an excerpt as looked at and not used, with its reason; with "back", take it up again."""
    row = known_excerpt(request, excerpt_id)
    if "back" in request.POST:
        if (refused := _translated(request, row, aside=None)) is not None:
            return refused
        actions.set_aside_excerpt(excerpt_id=excerpt_id, reason="", by=request.user, at=now())
        return _done(request, row, "Taken up again.", used="aside")
    policies.check_can_work_on_source(row.source, request.user)
    form = AsideForm(request.POST, assessments=country_choices(open_countries(request)))
    if (refused := _translated(request, row, aside=form)) is not None:
        return refused
    if not form.is_valid():
        return _show(request, row, aside=form, status=422)
    reason, chosen = form.cleaned_data["reason"], form.cleaned_data.get("assessments", ())
    if chosen:
        actions.place_excerpt(
            excerpt_id=row.public_id,
            assessment_ids=[UUID(item) for item in chosen],
            placing=actions.Placing(set_aside=reason),
            by=request.user,
            at=now(),
        )
    else:
        actions.set_aside_excerpt(excerpt_id=row.public_id, reason=reason, by=request.user, at=now())
    return _done(request, row, "Set aside. The reason stays on record.", used="aside")


@require_POST
@guarded
def unmark(request: UserRequest, excerpt_id: UUID) -> HttpResponse:
    """Take a mark away that was set by mistake."""
    row = known_excerpt(request, excerpt_id)
    if typed := _typed_beside(request, row):
        warn(request, f"{_named(typed)} Take the words out; then unmark the excerpt.")
        return _show(request, row)
    try:
        actions.unmark_excerpt(excerpt_id=excerpt_id, by=request.user, at=now())
    except actions.Invalid as exc:
        warn(request, str(exc))
    else:
        say(request, "The mark is gone.")
    return redirect(back_to(request, row, anchor=""))


# --- A fact at once ------------------------------------------------------------------------------------------------


@require_GET
@guarded
def choose_fact(request: UserRequest, excerpt_id: UUID) -> HttpResponse:
    """Lead to the quick entry of the chosen country, with the excerpt as evidence."""
    row = known_excerpt(request, excerpt_id)
    policies.check_can_work_on_source(row.source, request.user)
    open_ = open_countries(request)
    asked = request.GET.get("assessment", "")
    chosen = next((item for item in open_ if str(item.assessment.public_id) == asked), None)
    if chosen is None:
        warn(request, "Choose one of your countries that is open to changes.")
        return redirect(back_to(request, row))
    return redirect("assessments:fact-from-excerpt", chosen.assessment.public_id, excerpt_id)


class ExcerptFactForm(QuickForm):
    """The quick entry without its source, which is the excerpt's."""

    def __init__(self, data: Any = None, *, bench: Bench, row: Excerpt) -> None:
        """Offer the attributions the source permits."""
        super().__init__(data, framework=bench.framework)
        del self.fields["source_title"], self.fields["source_class"]
        permitted = row.source.attributions
        field = self.fields["attribution"]
        field.initial = permitted[0] if permitted else ""
        field.widget.attrs["list"] = "permitted"
        self.permitted = tuple(permitted)


@require_http_methods(["GET", "POST"])
@guarded
def fact(request: UserRequest, assessment_id: UUID, excerpt_id: UUID) -> HttpResponse:
    """Record the fact an excerpt states in one line, the excerpt in sight and its sentence in the draft beside it."""
    bench = open_bench(request, assessment_id)
    row = known_excerpt(request, excerpt_id)
    form = ExcerptFactForm(request.POST if request.method == "POST" else None, bench=bench, row=row)
    if request.method != "POST":
        return _show_fact(bench, row, form)
    policies.check_can_edit(bench.revision, request.user)
    if not form.is_valid():
        return _show_fact(bench, row, form, status=422)
    at = now()
    line = Line(
        **{name: form.cleaned_data[name] for name in form.fields},
        source_title=row.source.title,
        source_class=SourceClass(row.source.source_class),
    )
    try:
        saved = actions.fact_from_excerpt(
            excerpt_id=row.public_id, assessment_id=bench.assessment.public_id, line=line, by=request.user, at=at
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show_fact(bench, row, form, status=422)
    except actions.NotFound as exc:
        raise Http404(str(exc)) from exc
    if not request.htmx:
        say(request, f"{saved.ref} saved. Its sentence stands in the draft.")
        return redirect("assessments:fact-from-excerpt", assessment_id, excerpt_id)
    bench = bench.fresh(saved.changed)
    return _show_fact(bench, row, ExcerptFactForm(bench=bench, row=row), saved_at=at)


def _show_fact(
    bench: Bench, row: Excerpt, form: ExcerptFactForm, *, status: int = 200, saved_at: Any = None
) -> HttpResponse:
    (card,) = cards([row], bench.user)
    context = {
        "row": row,
        "quick": form,
        "label": source_label(policies.source_view(row.source, bench.user)),
        "items": [item.evidence_ref for item in card.placements if item.assessment_id == bench.assessment.pk],
        "back": back_to(bench.request, row),
    }
    return bench.render("assessments/excerpt_fact.html", context, here="facts", status=status, saved_at=saved_at)
