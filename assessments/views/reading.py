"""The text of a source: pasted or uploaded once, read in numbered paragraphs, and marked. It follows the source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from assessments import actions, policies, storage
from assessments.core import passages
from assessments.forms.documents import DocumentForm
from assessments.models import Document, Excerpt, Placement, Revision, Source
from assessments.views.bench import now
from assessments.views.evidence import add_errors
from assessments.views.looks import note_views
from assessments.views.offers import source_label
from assessments.views.page import UserRequest, guarded, page, say

PARAGRAPHS = 60
"""Paragraphs on one page of a text."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence, marked or not."""

    start: int
    text: str
    is_marked: bool


@dataclass(frozen=True)
class Line:
    """One sentence as it is read."""

    place: int  # among all sentences of the version, from 0
    paragraph: int
    number: int
    pieces: tuple[Piece, ...]

    @property
    def is_marked(self) -> bool:
        """Say whether all of it is marked."""
        return all(piece.is_marked for piece in self.pieces)


@dataclass
class Card:
    """One excerpt with what became of it, as far as the person may see that."""

    row: Excerpt
    placements: list[Placement] = field(default_factory=list)
    places_elsewhere: int = 0  # in assessments the person may not see

    @property
    def state(self) -> str:
        """What became of it, in a word."""
        if self.row.set_aside:
            return "set aside"
        return "placed" if self.placements or self.places_elsewhere else "waits"

    @property
    def lacks_translation(self) -> bool:
        """Say whether it is in another language and nobody translated it yet."""
        return bool(self.row.language) and not self.row.translation


def known_source(request: UserRequest, source_id: UUID) -> Source:
    """Return a source the person may know, and log the look at a protected one. Raises Http404."""
    row = policies.visible_sources(request.user).filter(public_id=source_id, withdrawn_at__isnull=True).first()
    if row is None:
        raise Http404("There is no such source, or it is not open to you.")
    note_views(request.user, [policies.source_view(row, request.user)])
    return row


def cards(rows: Iterable[Excerpt], user: User) -> list[Card]:
    """Return excerpts with where they went; two queries however many there are."""
    found = {row.pk: Card(row) for row in rows}
    placed = Placement.objects.filter(excerpt__in=found, ended_at__isnull=True).select_related(
        "assessment__country", "assessment__period"
    )
    seen = set(policies.visible_assessments(user).order_by().values_list("pk", flat=True)) if found else set()
    for item in placed if found else ():
        card = found[item.excerpt_id]
        if item.assessment_id in seen:
            card.placements.append(item)
        else:
            card.places_elsewhere += 1
    return list(found.values())


@require_http_methods(["GET", "POST"])
@guarded
def text(request: UserRequest, source_id: UUID, number: int | None = None) -> HttpResponse:
    """Show a version of a source's text with what is marked in it, or keep a new version."""
    source = known_source(request, source_id)
    if request.method != "POST":
        return _show(request, source, number)
    policies.check_can_work_on_source(source, request.user)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, source, None, form=form, status=422)
    try:
        version = actions.add_document(
            source_id=source.public_id,
            text=form.cleaned_data["text"],
            origin=form.origin,
            upload=form.upload,
            by=request.user,
            at=now(),
        )
    except actions.Invalid as exc:
        add_errors(form, exc)
        return _show(request, source, None, form=form, status=422)
    except storage.Full as exc:
        form.add_error("file", str(exc.strerror))
        return _show(request, source, None, form=form, status=507)
    say(request, f"Saved as version {version}." + ("" if form.cleaned_data["text"] else " Paste its text beside it."))
    return redirect(with_country(reverse("assessments:text", args=[source_id]), request))


def with_country(address: str, request: UserRequest, anchor: str = "") -> str:
    """Keep the assessment one came from in the address, so that it stays the first choice."""
    given = _asked_for(request)
    return f"{address}{f'?for={given}' if given else ''}{anchor}"


def _asked_for(request: UserRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("for") or request.POST.get("for") or "")
    except ValueError:
        return None


def open_countries(request: UserRequest) -> list[Revision]:
    """Return the revisions the person may enter evidence into, the one they came from first."""
    first = _asked_for(request)
    found = list(policies.editable_revisions(request.user))
    return sorted(found, key=lambda revision: revision.assessment.public_id != first)


def country_choices(revisions: Iterable[Revision]) -> list[tuple[str, str]]:
    """Return revisions as choices, by the public id of their assessment."""
    return [
        (str(item.assessment.public_id), f"{item.assessment.country} {item.assessment.period.report_year}")
        for item in revisions
    ]


def _show(
    request: UserRequest,
    source: Source,
    number: int | None,
    *,
    form: DocumentForm | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    versions = list(source.documents.select_related("entered_by").defer("text").order_by("-number"))
    document = _version(source, versions, number)
    can_work = policies.can_work_on_source(source, request.user)
    among = passages.sentences(document.text) if document else ()
    last = among[-1].paragraph if among else 0
    asked = request.GET.get("page", "1")
    here = min(max(1, int(asked) if asked.isdigit() and len(asked) < 6 else 1), max(1, -(-last // PARAGRAPHS)))
    shown = [
        (place, one) for place, one in enumerate(among) if (here - 1) * PARAGRAPHS < one.paragraph <= here * PARAGRAPHS
    ]
    marked = list(policies.visible_excerpts(request.user).filter(source=source).select_related("document", "marked_by"))
    on_page = [row for row in marked if document and row.document_id == document.pk and _is_on(row, shown)]
    countries = open_countries(request) if can_work else []
    view = policies.source_view(source, request.user)
    context: dict[str, Any] = {
        "source": source,
        "label": source_label(view),
        "versions": versions,
        "document": document,
        "is_newest": document is None or document.number == versions[0].number,
        "paragraphs": _paragraphs(document.text, shown, on_page) if document else (),
        "cards": cards(on_page, request.user),
        "elsewhere": [row for row in marked if row not in on_page],
        "counts": {"marked": len(marked), "waiting": _waiting(source, request.user)},
        "here": here,
        "pages": range(1, max(1, -(-last // PARAGRAPHS)) + 1),
        "can_work": can_work,
        "form": form or (DocumentForm() if can_work else None),
        "form_is_open": form is not None or not versions,
        "countries": country_choices(countries),
        "problem": problem,
        "came_from": _asked_for(request),
    }
    return page(request, "assessments/text.html", context, status=status)


def _version(source: Source, versions: Sequence[Document], number: int | None) -> Document | None:
    if number is not None and all(item.number != number for item in versions):
        raise Http404("There is no such version of this text.")
    if not versions:
        return None
    chosen: Document = source.documents.get(number=number or versions[0].number)
    return chosen


def _is_on(row: Excerpt, shown: Sequence[tuple[int, passages.Sentence]]) -> bool:
    return bool(shown) and shown[0][1].start <= row.start < shown[-1][1].end


def _waiting(source: Source, user: User) -> int:
    return policies.visible_excerpts(user).waiting().filter(source=source).count()


def _paragraphs(
    text: str, shown: Iterable[tuple[int, passages.Sentence]], marks: Sequence[Excerpt]
) -> list[tuple[int, list[Line]]]:
    found: list[tuple[int, list[Line]]] = []
    for place, one in shown:
        if not found or found[-1][0] != one.paragraph:
            found.append((one.paragraph, []))
        pieces = tuple(_pieces(text, one, marks))
        found[-1][1].append(Line(place, one.paragraph, one.number, pieces))
    return found


def _pieces(text: str, one: passages.Sentence, marks: Sequence[Excerpt]) -> Iterable[Piece]:
    cuts = {one.start, one.end}
    for row in marks:
        cuts |= {cut for cut in (row.start, row.end) if one.start < cut < one.end}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        yield Piece(start, text[start:end], any(row.start <= start and end <= row.end for row in marks))


@require_POST
@guarded
def mark(request: UserRequest, source_id: UUID, number: int) -> HttpResponse:
    """Mark the ticked sentences, or the stretch that was selected, as excerpts."""
    source = known_source(request, source_id)
    try:
        marked = actions.mark_excerpts(
            source_id=source.public_id,
            number=number,
            sentences=[int(item) for item in request.POST.getlist("sentence") if item.isdigit() and len(item) < 8],
            spans=list(_spans(request)),
            by=request.user,
            at=now(),
        )
    except actions.NotFound as exc:
        raise Http404(str(exc)) from exc
    except actions.Invalid as exc:
        return _show(request, source, number, status=422, problem=str(exc))
    say(request, "Marked." if len(marked) == 1 else f"{len(marked)} excerpts marked.")
    address = reverse("assessments:text-version", args=[source_id, number])
    given = _asked_for(request)
    asked = request.POST.get("page", "1")
    query = f"?page={asked if asked.isdigit() else 1}{f'&for={given}' if given else ''}"
    return redirect(f"{address}{query}#excerpt-{marked[0]}")


def _spans(request: UserRequest) -> Iterable[tuple[int, int]]:
    start, end = request.POST.get("start", ""), request.POST.get("end", "")
    if start.isdigit() and end.isdigit() and len(start) < 8 and len(end) < 8:
        yield int(start), int(end)


@require_GET
@guarded
def file(request: UserRequest, source_id: UUID, number: int) -> HttpResponse:
    """Send the file of a version: always to be saved, never shown, whatever is in it."""
    source = known_source(request, source_id)
    document = source.documents.filter(number=number, file_redacted_at__isnull=True).exclude(file_digest="").first()
    if document is None:
        raise Http404("There is no such file.")
    try:
        with storage.opened("files", document.file_digest) as kept:
            content = kept.read()
    except storage.Missing as exc:
        raise Http404("The file is not in the storage any more; restore it from a backup.") from exc
    answer = HttpResponse(content, content_type="application/octet-stream")
    name = quote(document.file_name, safe="")
    answer["Content-Disposition"] = f"attachment; filename=\"document.{document.file_kind}\"; filename*=UTF-8''{name}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


# --- For the pages of one excerpt --------------------------------------------------------------------------------


def known_excerpt(request: UserRequest, excerpt_id: UUID) -> Excerpt:
    """Return an excerpt of a source the person may know, and log the look. Raises Http404."""
    row = (
        policies.visible_excerpts(request.user)
        .select_related("document", "source", "marked_by")
        .filter(public_id=excerpt_id, source__withdrawn_at__isnull=True)
        .first()
    )
    if row is None:
        raise Http404("There is no such excerpt, or it is not open to you.")
    note_views(request.user, [policies.source_view(row.source, request.user)])
    return row


def back_to(request: UserRequest, row: Excerpt, anchor: str | None = None) -> str:
    """Return the address of the page of the text an excerpt stands on."""
    before = passages.sentences(row.document.text[: row.start + 1])
    number = -(-before[-1].paragraph // PARAGRAPHS) if before else 1
    address = reverse("assessments:text-version", args=[row.source.public_id, row.document.number])
    given = _asked_for(request)
    query = f"?page={number}{f'&for={given}' if given else ''}"
    return f"{address}{query}{f'#excerpt-{row.public_id}' if anchor is None else anchor}"
