"""What stands behind each sentence of a text, as one printable page and as files: for the office and for clearance."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from assessments import content, policies, snapshots
from assessments.apart.process import Unavailable
from assessments.core.document import Audience, Document
from assessments.enums import SnapshotKind
from assessments.exporters import html
from assessments.exporters.defence import defence
from assessments.exporters.registry import ANNEXES, FORMATS, file_name
from assessments.models import Snapshot
from assessments.views.exports import as_file, audience_of, content_for, find_snapshot, note
from assessments.views.page import UserRequest, guarded, page, warn


def _annex(request: UserRequest, found: Snapshot, audience: Audience, only: str = "") -> Document:
    """Return the annex for an audience; excerpts are in it for people who may read the facts. Raises NotAllowed."""
    policies.check_can_export_for(found, Audience.INTERNAL, request.user)
    if audience is Audience.PUBLIC:
        raise Http404("The public reads no annex.")
    reads_facts = policies.can_see(found.revision, request.user)
    excerpts = snapshots.excerpts(found) if reads_facts else {}
    framework = content.framework_of(found.revision)
    try:
        return defence(content_for(request, found), framework, audience, excerpts, only=only)
    except KeyError as exc:
        raise Http404("There is no such sentence in this text.") from exc


@require_GET
@guarded
def annex(request: UserRequest, snapshot_id: UUID) -> HttpResponse:
    """Show what stands behind every sentence."""
    return _show(request, find_snapshot(request, snapshot_id))


@require_GET
@guarded
def sentence(request: UserRequest, snapshot_id: UUID, sentence_id: UUID) -> HttpResponse:
    """Show what stands behind one sentence, on one printable page."""
    return _show(request, find_snapshot(request, snapshot_id), str(sentence_id))


def _show(request: UserRequest, found: Snapshot, only: str = "") -> HttpResponse:
    audience = audience_of(request, Audience.INTERNAL)
    made = _annex(request, found, audience, only)
    context = {
        "snapshot": found,
        "audience": audience,
        "audiences": (Audience.INTERNAL, Audience.CLEARANCE),
        "article": mark_safe(html.article(made)),  # noqa: S308  the exporter escapes all that a person wrote
        "title": made.title,
        "formats": [FORMATS[slug] for slug in ANNEXES],
        "only": only,
    }
    return page(request, "assessments/annex.html", context, revision=found.revision)


@require_GET
@guarded
def download(request: UserRequest, snapshot_id: UUID, ending: str) -> HttpResponse:
    """Give out the annex, of all sentences or of one, as a file."""
    found = find_snapshot(request, snapshot_id)
    audience = audience_of(request, Audience.INTERNAL)
    if ending not in ANNEXES:
        raise Http404("There is no such format.")
    only = request.GET.get("sentence", "")
    made = _annex(request, found, audience, only)
    try:
        data = ANNEXES[ending](made)
    except Unavailable as exc:
        warn(request, str(exc))
        return redirect("assessments:annex", snapshot_id)
    is_draft = found.kind != SnapshotKind.APPROVED
    what = f"{audience.value}-annex"
    name = file_name(snapshots.opened(found), found.open_digest, FORMATS[ending].suffix, is_draft=is_draft, what=what)
    note(request, found, f"{ending} annex", audience, name, data)
    return as_file(data, name, FORMATS[ending].media_type, found)
