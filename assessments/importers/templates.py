"""House templates, taken in version by version: judged before any transaction is open, kept as they came."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from assessments import events, policies, storage
from assessments.actions.door import Invalid, NotFound, action
from assessments.enums import Subject
from assessments.exporters.docx_body import legal
from assessments.exporters.house_template import LARGEST_TEMPLATE, Found
from assessments.importers.word import examined
from assessments.models import HouseTemplate

MAX_REASON = 2000
MOST_ERRORS = 50
"""Errors of one template that are told at once."""


def save_template(*, name: str, file_name: str, data: bytes, by: User, at: datetime) -> HouseTemplate:
    """Keep a new version of a template. Raises Unreadable where it can't be opened, Invalid with its errors.

    The same file under the same name is the version that is there already.
    """
    policies.check_can_keep_templates(by)
    found = examined(data)
    if found.errors:
        more = len(found.errors) - MOST_ERRORS
        told = [*found.errors[:MOST_ERRORS], *([f"And {more:,} more."] if more > 0 else [])]
        raise Invalid({"file": told})
    return _keep(name=legal(" ".join(name.split())), file_name=file_name, data=data, found=found, by=by, at=at)


@action
def _keep(*, name: str, file_name: str, data: bytes, found: Found, by: User, at: datetime) -> HouseTemplate:
    policies.check_can_keep_templates(by)
    if not name:
        raise Invalid({"name": ["Give it a name, by which it is chosen for an export."]})
    versions = HouseTemplate.objects.select_for_update().filter(name=name)
    last = versions.aggregate(last=Max("number"))["last"] or 0
    stored = storage.put("files", (data,), limit=LARGEST_TEMPLATE)
    same = versions.filter(digest=stored.digest).first()
    if same is not None:
        return same
    row = HouseTemplate.objects.create(
        name=name,
        number=last + 1,
        file_name=legal(" ".join(file_name.split()))[:200],
        digest=stored.digest,
        size=stored.size,
        found=found.plain(),
        by=by,
        at=at,
    )
    said = {"template.name": row.name, "template.number": row.number, "template.digest": row.digest}
    events.append(
        kind=Subject.TEMPLATE,
        subject_id=row.public_id,
        action="save_template",
        by=by,
        at=at,
        target=str(row),
        changes=events.changes_between({}, said),
    )
    return row


@action
def withdraw_template(*, template_id: UUID, reason: str, by: User, at: datetime) -> HouseTemplate:
    """Offer a version no more, for a reason; its file stays, so that it can be said what a file was made with."""
    policies.check_can_keep_templates(by)
    row = HouseTemplate.objects.select_for_update().filter(public_id=template_id).first()
    if row is None:
        raise NotFound("There is no such template.")
    why = reason.strip()
    if not why or len(why) > MAX_REASON:
        raise Invalid({"reason": [f"Give a reason of at most {MAX_REASON:,} characters; it stays on record."]})
    if row.withdrawn_at is None:
        row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by, at, why
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        events.append(
            kind=Subject.TEMPLATE,
            subject_id=row.public_id,
            action="withdraw_template",
            by=by,
            at=at,
            target=str(row),
            reason=why,
        )
    return row


def content_of(template: HouseTemplate) -> bytes:
    """Return a template's file. Raises storage.Missing."""
    with storage.opened("files", template.digest) as stored:
        return stored.read()
