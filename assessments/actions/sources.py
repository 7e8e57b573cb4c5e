"""Sources: shared by assessments, protected by their own level, known in a revision under an id of its own."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Max

from accounts.models import User
from assessments import events, policies
from assessments.actions.derive import rederive
from assessments.actions.door import Conflict, Invalid, NotFound, Saved, action, lock
from assessments.actions.rows import log, named
from assessments.actions.validation import next_ref, plain, validated_source, with_id
from assessments.core import sheets
from assessments.core.protected import PROTECTED
from assessments.core.types import SentenceKey
from assessments.core.values import Protection
from assessments.enums import Subject
from assessments.mapping import column_names, from_columns, to_columns
from assessments.models import Event, Revision, Source, SourceReader, SourceUse
from assessments.policies import EDITABLE, FROZEN

NEW_REF = "new"


@action
def save_source(
    *,
    ref: str | None = None,
    record: sheets.Source,
    version: int | None = None,
    revision_id: UUID | None = None,
    source_id: UUID | None = None,
    by: User,
    at: datetime,
) -> Saved:
    """Create or change a source, and take it into a revision where one is named.

    Without `source_id`, `ref` is the id the source has in the revision; None makes a new source. Returns the id in the
    revision ("" without one) and the source's public id. Raises NotAllowed, Invalid, NotFound and Conflict.
    """
    revision = None if revision_id is None else lock(revision_id)
    if revision is None:
        policies.check_can_add_source(by)
    else:
        policies.check_can_edit(revision, by)
    row = _find(revision, ref, source_id)
    record = validated_source(with_id(record, ref or NEW_REF))
    if row is None:
        row = create_source(record, by, at)
        changed: tuple[SentenceKey, ...] = ()
    else:
        changed = _change(row, record, version, by, at)
    if revision is None:
        return Saved("", row.version, changed, row.public_id)
    use = take_in(revision, row, by, at, ref=ref)
    changed += rederive(revision, at=at, changed={"sources"})
    return Saved(use.ref, row.version, changed, row.public_id)


@action
def use_source(*, revision_id: UUID, source_id: UUID, by: User, at: datetime) -> Saved:
    """Take a source of the library into a revision. It must be one whose identity the person may know."""
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    row = policies.visible_sources(by).filter(public_id=source_id, withdrawn_at__isnull=True).first()
    if row is None:
        raise NotFound("There is no such source.")
    use = take_in(revision, row, by, at)
    return Saved(use.ref, row.version, rederive(revision, at=at, changed={"sources"}), row.public_id)


@action
def name_reader(*, source_id: UUID, user_id: UUID, by: User, at: datetime) -> None:
    """Name a person who may know a confidential source; only somebody who knows it may."""
    row = policies.visible_sources(by).select_for_update().filter(public_id=source_id).first()
    person = User.objects.filter(public_id=user_id, is_active=True).first()
    if row is None or person is None:
        raise NotFound("There is no such source or person.")
    if SourceReader.objects.get_or_create(source=row, user=person, defaults={"named_at": at, "named_by": by})[1]:
        log_source(row, "name_reader", by, at, target=person.name)


VIEWED_AGAIN = timedelta(hours=1)
"""Within this time a second look at a source by one person is not logged again."""


@action
def note_view(*, source_ids: Collection[UUID], by: User, at: datetime) -> int:
    """Log that a person saw protected sources that they may know; return how many were new. Open ones leave none."""
    seen = policies.visible_sources(by).filter(public_id__in=source_ids).exclude(protection=Protection.OPEN.value)
    count = 0
    for row in seen.select_for_update(of=("self",)).order_by("pk"):
        last = Event.objects.filter(
            subject_kind=Subject.SOURCE.value, subject_id=row.public_id, action="view_source", by=by
        ).order_by("-sequence")
        moment = last.values_list("at", flat=True).first()
        if moment is None or at - moment >= VIEWED_AGAIN:
            log_source(row, "view_source", by, at)
            count += 1
    return count


def _find(revision: Revision | None, ref: str | None, source_id: UUID | None) -> Source | None:
    if source_id is not None:
        row = Source.objects.select_for_update().filter(public_id=source_id, withdrawn_at__isnull=True).first()
    elif revision is not None and ref is not None:
        row = Source.objects.select_for_update().filter(uses__revision=revision, uses__ref=ref).first()
    else:
        return None
    if row is None and source_id is not None:
        raise NotFound("There is no such source.")
    return row


def create_source(record: sheets.Source, by: User, at: datetime) -> Source:
    """Add a source to the library."""
    row = Source.objects.create(entered_by=by, entered_at=at, **to_columns(record))
    changes = events.changes_between({}, named(plain(record), "source"), _guards(record))
    log_source(row, "save_source", by, at, changes=changes)
    return row


def source_record(row: Source, ref: str = NEW_REF) -> sheets.Source:
    """Return the source a row holds."""
    return from_columns(sheets.Source, {name: getattr(row, name) for name in column_names(sheets.Source)}, id=ref)


def _change(row: Source, record: sheets.Source, version: int | None, by: User, at: datetime) -> tuple[SentenceKey, ...]:
    """Write a changed source, and redraw the drafts it stands behind."""
    policies.check_can_change_source(row, by)
    old = source_record(row)
    guarded = _guards(record) | _guards(old)
    changes = events.changes_between(named(plain(old), "source"), named(plain(record), "source"), guarded)
    if row.version != version:

        def keep() -> None:
            log_source(Source.objects.select_for_update().get(pk=row.pk), "keep_refused", by, at, changes=changes)

        raise Conflict(theirs=old, mine=record, version=row.version, keep=keep)
    if not changes:
        return ()
    columns = to_columns(record)
    if changes.keys() - {"source.note"}:
        _refuse_while_reviewed(row)
    Source.objects.filter(pk=row.pk).update(**columns, version=row.version + 1, changed_by=by, changed_at=at)
    row.version += 1
    log_source(row, "save_source", by, at, changes=changes)
    return _redraw(row, at)


def _refuse_while_reviewed(row: Source) -> None:
    """A source isn't changed under a text that somebody is reviewing or has approved."""
    reason = why_closed([row]).get(row.pk)
    if reason:
        raise Invalid({"": [reason]})


def why_closed(rows: Collection[Source]) -> dict[int, str]:
    """Return why sources can't be changed, but for their notes, by their keys; those that can are left out. 1 query."""
    resting = (
        Revision.objects.filter(sources__source__in=rows, is_open=True)
        .exclude(state__in={*EDITABLE, *FROZEN})
        .select_related("assessment__country", "assessment__period")
        .annotate(on_source=F("sources__source"))
    )
    names: dict[int, list[str]] = {}
    for revision in resting:
        names.setdefault(revision.on_source, []).append(str(revision))
    return {
        key: f"{'; '.join(found)} rests on this source and is under review or approved; reopen it first."
        for key, found in names.items()
    }


def _redraw(row: Source, at: datetime) -> tuple[SentenceKey, ...]:
    drafts = Revision.objects.filter(sources__source=row, is_open=True, state__in=EDITABLE).order_by("pk")
    changed: list[SentenceKey] = []
    for public_id in drafts.values_list("public_id", flat=True):
        changed += rederive(lock(public_id), at=at)
    return tuple(changed)


def take_in(revision: Revision, row: Source, by: User, at: datetime, *, ref: str | None = None) -> SourceUse:
    """Give a source an id in a revision, if it has none there; redraws nothing."""
    use = SourceUse.objects.filter(revision=revision, source=row).first()
    if use is not None:
        return use
    last = revision.sources.aggregate(last=Max("position"))["last"]
    use = SourceUse.objects.create(
        revision=revision,
        source=row,
        ref=ref or next_ref(revision, "sources"),
        position=0 if last is None else last + 1,
    )
    log(revision, "use_source", by=by, at=at, target=f"sources/{use.ref}")
    return use


def _guards(record: sheets.Source) -> dict[str, Protection]:
    if record.protection is Protection.OPEN:
        return {}
    return {f"source.{name}": record.protection for name in PROTECTED[sheets.Source]}


def log_source(
    row: Source,
    action_name: str,
    by: User,
    at: datetime,
    *,
    target: str = "",
    changes: dict[str, events.Change] | None = None,
) -> None:
    """Append an event about a source; the caller holds its lock."""
    events.append(
        kind=Subject.SOURCE,
        subject_id=row.public_id,
        action=action_name,
        by=by,
        at=at,
        target=target,
        changes=changes,
    )
