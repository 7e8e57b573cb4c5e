"""Ways of one text into Word: a house template, a copy to paste, tracked changes, a narrative that others write."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from assessments import policies
from assessments.core.document import Audience, Document, Heading, NumberedList, Paragraph
from assessments.core.typography import typeset
from assessments.enums import SnapshotKind
from assessments.exporters.document import document_of, overrides_in_public
from assessments.exporters.docx_fill import POINTS, texts
from assessments.exporters.registry import file_name
from assessments.exporters.word import CONTENT_TYPE
from assessments.forms.word import NarrativeForm
from assessments.importers.package import Unreadable
from assessments.importers.word import filled
from assessments.models import HouseTemplate, Snapshot
from assessments.templatetags.indicia import moment
from assessments.views.exports import as_file, content_for, find_snapshot, note
from assessments.views.page import UserRequest, guarded, page


def _public(request: UserRequest, found: Snapshot) -> tuple[Mapping[str, Any], Document]:
    policies.check_can_export(found, request.user)
    policies.check_can_export_for(found, Audience.PUBLIC, request.user)
    values = content_for(request, found)
    return values, document_of(values, Audience.PUBLIC)


def _show(request: UserRequest, found: Snapshot, form: NarrativeForm, status: int = 200) -> HttpResponse:
    values, document = _public(request, found)
    may_use = policies.can_use_templates(request.user)
    rows = list(HouseTemplate.objects.offered()) if may_use else []
    newest = {row.name: row for row in reversed(rows)}
    others = [row for row in rows if newest[row.name] is not row]
    country = found.revision.assessment.country_id
    context = {
        "snapshot": found,
        "templates": [*newest.values(), *others],
        "may_use": may_use,
        "may_keep": policies.can_keep_templates(request.user),
        "audiences": policies.audiences(found, request.user),
        "earlier": _earlier(request, found),
        "form": form,
        "tags": [f"{country}:{name}" for name in texts(document)],
        "points": POINTS,
        "overrides": list(overrides_in_public(values)),
    }
    return page(request, "assessments/into_word.html", context, revision=found.revision, status=status)


def _earlier(request: UserRequest, found: Snapshot) -> list[tuple[str, str]]:
    """Return other texts a person may see this one against, last year's release first, with the redline's address."""
    assessment = found.revision.assessment
    before = Q(
        revision__assessment__country=assessment.country_id,
        revision__assessment__period__report_year__lt=assessment.period.report_year,
        released_at__isnull=False,
        superseded_by__isnull=True,
    )
    rows = policies.visible_snapshots(request.user).defer("open_part").select_related("revision__assessment__period")
    last = list(rows.filter(before).order_by("-revision__assessment__period__report_year", "-at")[:1])
    mine = list(rows.filter(revision__assessment=assessment).exclude(pk=found.pk).order_by("-at")[:10])
    where = reverse("assessments:redline", args=[assessment.public_id])
    return [
        (_named(row), f"{where}?{urlencode({'old': str(row.public_id), 'new': str(found.public_id)})}")
        for row in (*last, *mine)
    ]


def _named(row: Snapshot) -> str:
    year = row.revision.assessment.period.report_year
    if row.released_at:
        return f"the text released for report year {year}"
    kind = "approved text" if row.kind == SnapshotKind.APPROVED else "working copy"
    return f"the {kind} of {moment(row.at)}"


@require_GET
@guarded
def word(request: UserRequest, snapshot_id: UUID) -> HttpResponse:
    """Show the ways into Word."""
    return _show(request, find_snapshot(request, snapshot_id), NarrativeForm())


@require_GET
@guarded
def copy(request: UserRequest, snapshot_id: UUID) -> HttpResponse:
    """Show the text alone, in plain headings, paragraphs and lists, to be copied and pasted."""
    found = find_snapshot(request, snapshot_id)
    values, document = _public(request, found)
    blocks: list[dict[str, Any]] = []
    for block in document.blocks:
        match block:
            case Heading(text=text, section=section) if section:
                blocks.append({"heading": typeset(text)})
            case Paragraph():
                blocks.append({"text": typeset(block.text)})
            case NumberedList(heading=heading, items=items):
                blocks += [{"heading": typeset(heading)}, {"points": [typeset(item.text) for item in items]}]
    context = {
        "snapshot": found,
        "title": typeset(document.title),
        "blocks": blocks,
        "is_draft": document.is_draft,
        "overrides": list(overrides_in_public(values)),
    }
    return page(request, "assessments/copy.html", context, revision=found.revision)


@require_POST
@guarded
def fill(request: UserRequest, snapshot_id: UUID) -> HttpResponse:
    """Give back a narrative with this country's tagged controls filled, every other part as it was; it is not kept."""
    found = find_snapshot(request, snapshot_id)
    values, document = _public(request, found)
    form = NarrativeForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            data = filled(form.cleaned_data["file"].read(), document, found.revision.assessment.country_id)
        except Unreadable as exc:
            form.add_error("file", str(exc))
        else:
            is_draft = found.kind != SnapshotKind.APPROVED
            name = file_name(values, found.open_digest, "docx", is_draft=is_draft, what="filled")
            note(request, found, "docx", Audience.PUBLIC, name, data)
            return as_file(data, name, CONTENT_TYPE, found)
    return _show(request, found, form, status=422)
