"""The texts of sources, and what is marked in them. Every event is the source's own, and guarded as the source is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from assessments import events, kept_files, policies, storage
from assessments.actions.door import Conflict, Invalid, NotFound, action
from assessments.actions.sources import log_source
from assessments.core import documents, passages
from assessments.core.protected import PROTECTED_TEXTS
from assessments.core.values import Protection
from assessments.enums import TextOrigin
from assessments.extraction import LARGEST, Kind
from assessments.models import Document, Excerpt, Source

EXCERPTS_AT_ONCE = 50


@dataclass(frozen=True)
class Upload:
    """A file somebody gave: its name, its kind as its content shows, and its content."""

    name: str
    kind: Kind
    content: bytes


def guard_of(source: Source) -> Protection:
    """Return how texts of a source are kept in the log: never open, for an excerpt may hold names."""
    guard = Protection(source.protection)
    return Protection.RESTRICTED if guard is Protection.OPEN else guard


def changes(source: Source, name: str, old: dict[str, Any], new: dict[str, Any]) -> dict[str, events.Change]:
    """Return what differs, under names for the log, with the source's protection on what is protected."""
    kind = documents.Document if name == "document" else documents.Excerpt
    guards = {f"{name}.{field}": guard_of(source) for field in PROTECTED_TEXTS[kind]}
    before = {f"{name}.{field}": value for field, value in old.items()}
    after = {f"{name}.{field}": value for field, value in new.items()}
    return events.changes_between(before, after, guards)


def locked_source(source_id: UUID, by: User) -> Source:
    """Return a source that the person may know, locked until the transaction ends. Raises NotFound and NotAllowed."""
    row = policies.visible_sources(by).select_for_update(of=("self",)).filter(public_id=source_id).first()
    if row is None:
        raise NotFound("There is no such source.")
    policies.check_can_work_on_source(row, by)
    return row


@action
def add_document(
    *, source_id: UUID, text: str, origin: TextOrigin, upload: Upload | None, by: User, at: datetime
) -> int:
    """Keep a text, a file or both as the newest version of what a source says; return the version's number.

    What is the newest already makes no second version. Raises Invalid, NotFound, NotAllowed and storage.Full; then
    nothing is kept.
    """
    source = locked_source(source_id, by)
    text = passages.tidy(text)
    if not text and upload is None:
        raise Invalid({"text": ["Paste the text, or choose a file."]})
    if len(text) > passages.LONGEST_TEXT:
        most = f"A text has at most {passages.LONGEST_TEXT:,} characters; this one has {len(text):,}."
        raise Invalid({"text": [most]})
    newest = source.documents.order_by("-number").first()
    digest = "" if upload is None else storage.digest_of(upload.content)
    if newest is not None and (newest.text, newest.file_digest) == (text, digest):
        return newest.number
    if digest and kept_files.was_removed(digest):
        raise Invalid({"file": [kept_files.REMOVED_BEFORE]})
    row = Document.objects.create(
        source=source,
        number=1 if newest is None else newest.number + 1,
        text=text,
        origin=(origin if text else TextOrigin.NONE).value,
        file_name="" if upload is None else upload.name[:200],
        file_kind="" if upload is None else upload.kind.ending,
        file_digest=digest,
        file_size=0 if upload is None else len(upload.content),
        entered_by=by,
        entered_at=at,
    )
    new: dict[str, Any] = {"number": row.number, "origin": row.origin, "characters": len(text)}
    if upload is not None:
        new |= {"file_name": row.file_name, "file_kind": row.file_kind, "file_size": row.file_size, "sha256": digest}
    found = changes(source, "document", {}, new)
    log_source(source, "add_document", by, at, target=f"version {row.number}", changes=found)
    if upload is not None:  # last, so that a full disk takes back all of the above
        storage.put("files", [upload.content], limit=LARGEST)
    return row.number


@action
def mark_excerpts(
    *,
    source_id: UUID,
    number: int,
    sentences: Sequence[int] = (),
    spans: Sequence[tuple[int, int]] = (),
    by: User,
    at: datetime,
) -> tuple[UUID, ...]:
    """Mark sentences of a version, by their place in it from 0, or stretches by their offsets; return the new excerpts.

    Sentences that follow each other become one excerpt; what is marked already isn't marked twice. Raises Invalid.
    """
    source = locked_source(source_id, by)
    document = source.documents.filter(number=number).first()
    if document is None:
        raise NotFound("There is no such version of this text.")
    among = passages.sentences(document.text)
    found = [*passages.runs(sentences, among)]
    found += [run for start, end in spans if (run := passages.stretch(document.text, start, end, among))]
    if not found:
        raise Invalid({"sentences": ["Choose at least one sentence, or select some words."]})
    if len(found) > EXCERPTS_AT_ONCE:
        raise Invalid({"sentences": [f"At most {EXCERPTS_AT_ONCE} excerpts are marked at once."]})
    if too_long := next((run for run in found if run.end - run.start > passages.LONGEST_EXCERPT), None):
        most = (
            f"An excerpt has at most {passages.LONGEST_EXCERPT:,} characters; the one in {too_long.pinpoint} has "
            f"{too_long.end - too_long.start:,}. Mark it in parts."
        )
        raise Invalid({"sentences": [most]})
    there = {
        (start, end): public_id
        for start, end, public_id in document.excerpts.current().values_list("start", "end", "public_id")
    }
    last = source.excerpts.aggregate(last=Max("number"))["last"] or 0
    marked: list[UUID] = []
    for run in found:
        if (run.start, run.end) in there:
            marked.append(there[run.start, run.end])
            continue
        last += 1
        marked.append(_mark(source, document, run, last, by, at))
    return tuple(dict.fromkeys(marked))


def _mark(source: Source, document: Document, run: passages.Run, number: int, by: User, at: datetime) -> UUID:
    row = Excerpt.objects.create(
        source=source,
        document=document,
        number=number,
        start=run.start,
        end=run.end,
        text=document.text[run.start : run.end],
        pinpoint=run.pinpoint,
        language="" if source.language.strip().casefold() in ENGLISH else source.language,
        marked_by=by,
        marked_at=at,
    )
    new = {"text": row.text, "pinpoint": row.pinpoint, "language": row.language, "version_of_text": document.number}
    log_source(source, "mark_excerpt", by, at, target=f"excerpt {number}", changes=changes(source, "excerpt", {}, new))
    return row.public_id


ENGLISH = frozenset({"", "english", "en", "eng", "american english", "british english"})
"""What a source's language may be called where its excerpts need no translation."""


def locked_excerpt(excerpt_id: UUID, by: User) -> Excerpt:
    """Return an excerpt that the person may know, its source locked. Raises NotFound and NotAllowed."""
    source_id = policies.visible_excerpts(by).filter(public_id=excerpt_id).values_list("source__public_id", flat=True)
    found = source_id.first()
    if found is None:
        raise NotFound("There is no such excerpt.")
    source = locked_source(found, by)
    row = Excerpt.objects.current().select_related("document").filter(public_id=excerpt_id).first()
    if row is None:
        raise NotFound("There is no such excerpt.")
    row.source = source
    return row


@action
def translate_excerpt(
    *,
    excerpt_id: UUID,
    language: str,
    translation: str,
    translator: str,
    pinpoint: str,
    version: int,
    by: User,
    at: datetime,
) -> int:
    """Keep the language of an excerpt, its translation and who made it, and where it stands; return its new version.

    The excerpt as found never changes. Raises Invalid where a translation names no translator, and Conflict.
    """
    row = locked_excerpt(excerpt_id, by)
    new = {
        "language": language.strip(),
        "translation": passages.tidy(translation),
        "translator": translator.strip(),
        "pinpoint": pinpoint.strip(),
    }
    errors: dict[str, list[str]] = {}
    if new["translation"] and not new["translator"]:
        errors["translator"] = ["Say who translated it: a person's role, an office, or the machine used."]
    if len(new["translation"]) > passages.LONGEST_EXCERPT:
        errors["translation"] = [f"A translation has at most {passages.LONGEST_EXCERPT:,} characters."]
    for name, most in (("language", 40), ("translator", 200), ("pinpoint", 200)):
        if len(new[name]) > most:
            errors[name] = [f"At most {most} characters."]
    if errors:
        raise Invalid(errors)
    old = {name: getattr(row, name) for name in new}
    found = changes(row.source, "excerpt", old, new)
    if row.version != version:

        def keep() -> None:
            log_source(Source.objects.select_for_update().get(pk=row.source_id), "keep_refused", by, at, changes=found)

        raise Conflict(
            theirs=documents.Excerpt(text=row.text, **old),
            mine=documents.Excerpt(text=row.text, **new),
            version=row.version,
            keep=keep,
        )
    if found:
        Excerpt.objects.filter(pk=row.pk).update(**new, version=row.version + 1)
        log_source(row.source, "translate_excerpt", by, at, target=f"excerpt {row.number}", changes=found)
        row.version += 1
    return row.version


@action
def unmark_excerpt(*, excerpt_id: UUID, by: User, at: datetime) -> None:
    """Take a mark away that was set by mistake. Raises Invalid where it is evidence already: withdraw that first."""
    row = locked_excerpt(excerpt_id, by)
    if row.placements.filter(ended_at__isnull=True).exists():
        raise Invalid({"": ["This excerpt is evidence of an assessment. Withdraw the evidence there first."]})
    Excerpt.objects.filter(pk=row.pk).update(withdrawn_at=at, withdrawn_by=by)
    log_source(row.source, "unmark_excerpt", by, at, target=f"excerpt {row.number}")


@action
def set_aside_excerpt(*, excerpt_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Keep an excerpt as looked at and not used, with the reason. "" takes that back."""
    row = locked_excerpt(excerpt_id, by)
    reason = reason.strip()
    if len(reason) > passages.LONGEST_EXCERPT:
        raise Invalid({"reason": [f"A reason has at most {passages.LONGEST_EXCERPT:,} characters."]})
    write_set_aside(row, reason, by, at)


def write_set_aside(row: Excerpt, reason: str, by: User, at: datetime) -> None:
    """Write the reason why an excerpt is not used; needs its source's lock."""
    found = changes(row.source, "excerpt", {"set_aside": row.set_aside}, {"set_aside": reason})
    if not found:
        return
    given = {"set_aside_at": at, "set_aside_by": by} if reason else {"set_aside_at": None, "set_aside_by": None}
    Excerpt.objects.filter(pk=row.pk).update(set_aside=reason, version=row.version + 1, **given)
    verb = "set_aside_excerpt" if reason else "take_up_excerpt"
    log_source(row.source, verb, by, at, target=f"excerpt {row.number}", changes=found)
