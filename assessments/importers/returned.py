"""Word files that came back, taken over: other words as proposals, remarks as remarks, the rest listed.

Who changed what is recorded as named in the file; who brought the file stands behind it. A file is read before any
transaction is open, and taken over whole or not at all; the same change is taken over once, however often it comes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from assessments import events, kept_files, policies, snapshots, storage, stored_draft
from assessments.actions.anchoring import anchored
from assessments.actions.door import NotFound, action, lock
from assessments.actions.rows import log
from assessments.actions.telling import tell
from assessments.core.document import (
    Audience,
    Document,
    Heading,
    Note,
    Notice,
    NumberedList,
    Paragraph,
    Table,
    Title,
)
from assessments.core.filetext import FileText
from assessments.core.redline import Kind
from assessments.core.returned import Expected, Reading, Returned, read_back
from assessments.core.typography import folded
from assessments.core.words import counted
from assessments.enums import NoticeKind
from assessments.exporters.document import document_of
from assessments.exporters.docx_body import POINT_MARK, bookmark_of, legal, mark_name
from assessments.importers import word
from assessments.importers.package import LARGEST_FILE, Unreadable
from assessments.importers.taking_over import Aims, Hands
from assessments.models import (
    ReturnedFile,
    ReturnedItem,
    Revision,
    Snapshot,
)
from frameworks.spec.canonical import canonical_json, digest

LONGEST = 400_000
"""Characters of text in a file of one country; a narrative has about ten thousand."""
MOST_ITEMS = 1000
"""Changes and remarks that are taken over from one file."""
MOST_TEXTS = 20
"""Frozen texts, the newest first, among which the one a file was made from is looked for."""


@dataclass(frozen=True)
class Said:
    """One thing a file says, with its digest, and whether it was taken over before."""

    item: Returned
    digest: str
    is_repeat: bool


# --- Reading -----------------------------------------------------------------------------------------------------


def expected_of(values: Mapping[str, Any]) -> list[Expected]:
    """Return what the files of a frozen text were made of: its sentences, then its recommendations."""
    found = [Expected(id=item["id"], text=item["text"], mark=bookmark_of(item["id"])) for item in values["sentences"]]
    return found + [
        Expected(id="", text=item["text"], mark=mark_name(f"{POINT_MARK}{item['code']}"), code=item["code"])
        for item in values["recommendations"]
    ]


def known_of(values: Mapping[str, Any]) -> frozenset[str]:
    """Return every other text that the files of a frozen text have, folded: titles, notices, notes, tables."""
    return frozenset(
        folded(text) for audience in Audience for text in _texts(document_of(values, audience)) if text.strip()
    )


def _texts(document: Document) -> Iterable[str]:
    for block in document.blocks:
        match block:
            case Title(text=text) | Notice(text=text) | Heading(text=text) | Note(text=text):
                yield text
            case Paragraph(lines=lines):
                yield from (line.note for line in lines)
            case NumberedList(heading=heading, items=items):
                yield heading
                yield from (item.text for item in items)
            case Table(caption=caption, columns=columns, rows=rows):
                yield caption
                yield from (cell for row in (columns, *rows) for cell in row)


def read_file(data: bytes, values: Mapping[str, Any]) -> Reading:
    """Return what a file says about a frozen text. Raises Unreadable where it is none of it, or says too much."""
    return _reading(word.read(data, longest=LONGEST), values)


def _reading(text: FileText, values: Mapping[str, Any]) -> Reading:
    reading = read_back(text, expected_of(values), known_of(values))
    if not reading.found:
        raise Unreadable("None of the sentences of this text stands in the file; it was made from another text.")
    if len(reading.items) > MOST_ITEMS:
        raise Unreadable(
            f"The file has {len(reading.items):,} changes and remarks; at most {MOST_ITEMS:,} are taken over at once."
        )
    return reading


def values_for(snapshot: Snapshot, user: User) -> Mapping[str, Any]:
    """Return a frozen text as a person reads it, with an unreleased tier only where they may see that."""
    if policies.can_see_tier(snapshot.revision, user):
        return snapshots.with_tier(snapshot)
    return snapshots.opened(snapshot)


def made_from(text: FileText, candidates: Sequence[Snapshot], user: User) -> Snapshot | None:
    """Return the text a file was most likely made from: the one with most of its sentences in it, the newest of equals.

    None where no sentence of any stands in the file.
    """
    before = folded("".join(run.text for run in text.runs if run.fate is not Kind.INSERTED))
    marks = {mark for run in text.runs for mark in run.marks}
    best: tuple[int, Snapshot | None] = (0, None)
    for snapshot in candidates[:MOST_TEXTS]:
        expected = expected_of(values_for(snapshot, user))
        score = sum(2 * (folded(item.text) in before) + (item.mark in marks) for item in expected if item.id)
        if score > best[0]:
            best = score, snapshot
    return best[1]


def said_by(file: ReturnedFile, user: User) -> tuple[Reading, list[Said]]:
    """Return what a kept file says, each with whether it was taken over before. Raises Unreadable, storage.Missing."""
    if file.redacted_at is not None:
        raise Unreadable(REMOVED)
    with storage.opened("files", file.digest) as stored:
        reading = read_file(stored.read(), values_for(file.snapshot, user))
    taken = set(ReturnedItem.objects.filter(file__assessment=file.assessment_id).values_list("digest", flat=True))
    found: dict[str, Said] = {}
    for item in reading.items:
        key = digest_of(item)
        found.setdefault(key, Said(item, key, key in taken))
    return reading, list(found.values())


def digest_of(item: Returned) -> str:
    """Return the digest of all that an item says: equal for the same change in whatever file it comes."""
    place = item.id or item.code or folded(item.where)
    said = [item.kind.value, place, folded(item.text), folded(item.quote), item.author, item.at]
    return digest(canonical_json(said))


# --- Keeping and taking over -------------------------------------------------------------------------------------


def receive(
    *, revision: Revision, name: str, data: bytes, snapshot: Snapshot | None, by: User, at: datetime
) -> ReturnedFile:
    """Keep a file that came back, once it was read: whole or not at all. The same file twice is kept once.

    `snapshot` is the text it was made from; None finds it. Raises Unreadable and NotAllowed.
    """
    policies.check_can_propose(revision, by)
    if kept_files.was_removed(storage.digest_of(data)):
        raise Unreadable(kept_files.REMOVED_BEFORE)
    text = word.read(data, longest=LONGEST)
    candidates = list(
        policies.visible_snapshots(by)
        .filter(revision__assessment=revision.assessment)
        .select_related("revision__assessment", "sealed_part")
    )
    chosen = next((row for row in candidates if snapshot and row.pk == snapshot.pk), None)
    if chosen is None:
        chosen = made_from(text, candidates, by)
    if chosen is None:
        raise Unreadable(
            "None of the sentences of this country's texts stands in the file. Files are made from a frozen text; "
            "choose the one this was made from, or make a working copy first."
        )
    _reading(text, values_for(chosen, by))
    return _keep(revision_id=revision.public_id, snapshot_id=chosen.public_id, name=name, data=data, by=by, at=at)


@action
def _keep(*, revision_id: UUID, snapshot_id: UUID, name: str, data: bytes, by: User, at: datetime) -> ReturnedFile:
    revision = lock(revision_id)
    policies.check_can_propose(revision, by)
    snapshot = policies.visible_snapshots(by).get(public_id=snapshot_id)
    stored = storage.put("files", (data,), limit=LARGEST_FILE)
    row, made = ReturnedFile.objects.get_or_create(
        snapshot=snapshot,
        digest=stored.digest,
        defaults={
            "assessment": revision.assessment,
            "name": legal(" ".join(name.split()))[:200],
            "size": stored.size,
            "by": by,
            "at": at,
        },
    )
    if made:
        said = {"file.name": row.name, "file.digest": row.digest}
        changes = events.changes_between({}, said)
        log(revision, "receive_returned", by=by, at=at, target=str(row.public_id), changes=changes)
    return row


def take_over(*, file: ReturnedFile, by: User, at: datetime) -> list[ReturnedItem]:
    """Take over all that a kept file says and that was not taken over before; return what was."""
    _, said = said_by(file, by)
    return _take(file_id=file.public_id, said=[one for one in said if not one.is_repeat], by=by, at=at)


@action
def _take(*, file_id: UUID, said: Sequence[Said], by: User, at: datetime) -> list[ReturnedItem]:
    file = ReturnedFile.objects.select_related("assessment", "snapshot").filter(public_id=file_id).first()
    open_ = Revision.objects.filter(assessment__returned_files=file, is_open=True).first() if file else None
    if file is None or open_ is None:
        raise NotFound("There is no such file.")
    revision = lock(open_.public_id)
    policies.check_can_propose(revision, by)
    taken = set(ReturnedItem.objects.filter(file__assessment=file.assessment_id).values_list("digest", flat=True))
    rows = stored_draft.sentences(revision)
    points = {point.code: point for point in stored_draft.recommendations(revision)}
    hands = Hands(revision, Aims({str(row.public_id): row for row in rows}, anchored(rows), points), by, at)
    items: list[ReturnedItem] = []
    for one in said:
        if one.digest not in taken:
            taken.add(one.digest)
            items.append(
                hands.take(file, one.item, one.digest, file.items.count() if not items else items[-1].position + 1)
            )
    if file.taken_at is None:
        file.taken_by, file.taken_at = by, at
        file.save(update_fields=["taken_by", "taken_at"])
    counts = {"items": len(items), "proposals": hands.proposals, "remarks": hands.comments}
    log(
        revision,
        "take_returned",
        by=by,
        at=at,
        target=str(file.public_id),
        changes=events.changes_between({}, {f"file.{name}": count for name, count in counts.items()}),
    )
    if items:
        told = f"{by.name} took over {counted(len(items), 'change')} from a returned file."
        tell(revision, NoticeKind.PROPOSED, told, by=by, at=at, place="#words")
    return items


REMOVED = (
    "The file is not kept any more: words had to be taken out of all that is, and they stood in it. What was taken "
    "over of it stands below; its hash stays on record."
)


@action
def settle(*, item_id: UUID, by: User, at: datetime) -> ReturnedItem:
    """Mark a listed change as dealt with; it stays on record."""
    row = ReturnedItem.objects.select_related("file").filter(public_id=item_id).first()
    open_ = Revision.objects.filter(assessment=row.file.assessment_id, is_open=True).first() if row else None
    if row is None or open_ is None:
        raise NotFound("There is no such change.")
    revision = lock(open_.public_id)
    policies.check_can_comment(revision, by)
    if row.settled_at is None:
        row.settled_by, row.settled_at = by, at
        row.save(update_fields=["settled_by", "settled_at"])
        log(revision, "settle_returned", by=by, at=at, target=str(row.public_id))
    return row
