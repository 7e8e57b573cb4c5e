"""Snapshots: what was approved, as a page and as files; and their release."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Role
from assessments import actions, content, policies, snapshots, storage
from assessments.apart.process import Unavailable
from assessments.core.document import Audience
from assessments.enums import NoticeKind, SnapshotKind
from assessments.exporters.citations import cited
from assessments.exporters.document import overrides, overrides_in_public
from assessments.exporters.registry import FORMATS, Content, file_name
from assessments.importers.templates import content_of as template_content
from assessments.models import HouseTemplate, Snapshot
from assessments.views import frozen
from assessments.views.bench import now, open_bench
from assessments.views.confirm import Question, ask
from assessments.views.page import UserRequest, guarded, page, say, warn


def find_snapshot(request: UserRequest, snapshot_id: UUID) -> Snapshot:
    """Return a snapshot that is open to the person. Raises Http404 for any other: they learn nothing."""
    found = policies.open_snapshot(request.user, snapshot_id)
    if found is None:
        raise Http404("There is no such text, or it is not open to you.")
    return found


def content_for(request: UserRequest, found: Snapshot) -> dict[str, Any]:
    """Return what this person reads of a snapshot: with an unreleased tier only where the policy lets them see it."""
    if policies.can_see_tier(found.revision, request.user):
        return snapshots.with_tier(found)
    return snapshots.opened(found)


@require_GET
@guarded
def snapshot(request: UserRequest, snapshot_id: UUID) -> HttpResponse:
    """Show a snapshot as it is read: title, notices, text by section, recommendations, levels, hash."""
    found = find_snapshot(request, snapshot_id)
    values = content_for(request, found)
    audiences = policies.audiences(found, request.user)
    has_annex = Audience.INTERNAL in audiences
    has_names = audiences != (Audience.PUBLIC,)  # who approved it is the office's own, here as in its files
    left_out = cited(values, Audience.INTERNAL) if has_annex else None
    context = {
        "has_annex": has_annex,
        "withheld": left_out.withheld if left_out else (),
        "warnings": left_out.warnings if left_out else (),
        "snapshot": found,
        "content": values,
        "sections": frozen.sections(found, values["sentences"], has_annex=has_annex),
        "files": frozen.files(found, audiences),
        "recommendations": [item for item in values["recommendations"] if item["is_top"] and not item["for_others"]],
        "others": [item for item in values["recommendations"] if item["for_others"]],
        "finding": values["derived"]["finding"],
        "is_working": found.kind == SnapshotKind.WORKING,
        "can_release": policies.can_release(found, request.user),
        "overrides": list((overrides if has_names else overrides_in_public)(values)),
        "has_names": has_names,
        "corrects": _corrected(request, found) if values["assessment"]["corrects"] else None,
        "accepted": snapshots.accepted_checks(found) if policies.can_see(found.revision, request.user) else [],
    }
    return page(request, "assessments/snapshot.html", context, revision=found.revision)


def _corrected(request: UserRequest, found: Snapshot) -> Snapshot | None:
    """Return the released text that this one corrects, where it has taken its place and the person may see it."""
    rows = policies.visible_snapshots(request.user).filter(superseded_by=found, released_at__isnull=False)
    return rows.defer("open_part").order_by("-released_at", "-pk").first()


@require_GET
@guarded
def download(request: UserRequest, snapshot_id: UUID, ending: str) -> HttpResponse:
    """Give out a snapshot as a file for an audience, the public where none is named.

    Its name has no protected word and says which text it is.
    """
    found = find_snapshot(request, snapshot_id)
    policies.check_can_export(found, request.user)
    audience = audience_of(request)
    policies.check_can_export_for(found, audience, request.user)
    if ending not in FORMATS or audience not in FORMATS[ending].audiences:
        raise Http404("There is no such format.")
    chosen, values = FORMATS[ending], content_for(request, found)
    template = _template(request) if ending == "docx" else None
    try:
        data = chosen.write(Content(values, content.framework_of(found.revision), audience, template=template))
    except Unavailable as exc:
        warn(request, str(exc))
        return redirect("assessments:snapshot", snapshot_id)
    draft = found.kind != SnapshotKind.APPROVED
    what = "" if audience is Audience.PUBLIC else audience.value
    name = file_name(values, found.open_digest, chosen.suffix, is_draft=draft, what=what)
    if audience is not Audience.PUBLIC or request.user.has_role(Role.EXPORTER, Role.COORDINATOR):
        note(request, found, chosen.slug, audience, name, data)
    return as_file(data, name, chosen.media_type, found)


def _template(request: UserRequest) -> bytes | None:
    """Return the house template the address names; None where it names none. Raises Http404 for one there is not."""
    name = request.GET.get("template", "")
    if not name:
        return None
    policies.check_can_use_templates(request.user)
    try:
        row = HouseTemplate.objects.offered().filter(public_id=UUID(name)).first()
        if row is not None:
            return template_content(row)
    except (ValueError, storage.Missing) as exc:
        raise Http404("There is no such template.") from exc
    raise Http404("There is no such template.")


def note(request: UserRequest, found: Snapshot, form: str, audience: Audience, name: str, data: bytes) -> None:
    """Keep on record that a text left as a file."""
    actions.note_download(
        snapshot_id=found.public_id,
        form=form,
        audience=audience,
        file_name=name,
        file_digest=hashlib.sha256(data).hexdigest(),
        by=request.user,
        at=now(),
    )


def as_file(data: bytes, name: str, media_type: str, found: Snapshot) -> HttpResponse:
    """Answer with a file to be saved; the hash of its text goes with it."""
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-SHA256"] = found.open_digest
    return answer


def audience_of(request: UserRequest, usual: Audience = Audience.PUBLIC) -> Audience:
    """Return the audience the address names. Raises Http404 for one there is not."""
    try:
        return Audience(request.GET.get("audience", usual.value))
    except ValueError as exc:
        raise Http404("There is no such audience.") from exc


RELEASE = Question(
    "release",
    "Release to readers",
    "Readers may see the text from now on. A release is never taken back; a correction replaces it.",
    None,
    NoticeKind.RELEASED,
)


@require_http_methods(["GET", "POST"])
@guarded
def release(request: UserRequest, snapshot_id: UUID) -> HttpResponse:
    """Open an approved text to readers."""
    found = find_snapshot(request, snapshot_id)
    if request.method != "POST":
        policies.check_can_release(found, request.user)
        return ask(open_bench(request, found.revision.assessment.public_id), RELEASE)
    actions.release(snapshot_id=snapshot_id, by=request.user, at=now())
    say(request, f"{found.revision.assessment} is released.")
    return redirect("assessments:snapshot", snapshot_id)


@require_POST
@guarded
def working_copy(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Freeze the text as it stands, marked as a draft wherever it is printed."""
    bench = open_bench(request, assessment_id)
    made = actions.make_working_snapshot(revision_id=bench.revision.public_id, by=request.user, at=now())
    say(request, "A working copy is made; it is marked as a draft on every page.")
    return redirect("assessments:snapshot", made.public_id)
