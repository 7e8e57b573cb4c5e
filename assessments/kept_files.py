"""Words in files that people uploaded: found in whatever part of a Word file they stand, and the file taken away.

A file is kept under the hash of its content, so words cannot be taken out of it and the hash kept. It is removed from
the store instead; its row stays with name, hash and the moment, so that the log still says what was there. Every row
that refers to the same content loses it at once.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from assessments import storage
from assessments.apart import process
from assessments.core.redacting import Words
from assessments.models import Assessment, Document, HouseTemplate, ReturnedFile

REMOVED_BEFORE = (
    "This very file was removed before, because words in it had to be taken out of all that is kept. "
    "Take them out of the file, and bring it again."
)


@dataclass(frozen=True)
class KeptFile:
    """One file that an assessment's rows refer to; `text` is what was read of it when it came, empty for nothing."""

    name: str
    digest: str
    text: str = ""


def of(assessment: Assessment) -> Iterator[KeptFile]:
    """Yield the files of an assessment that are kept: those that came back, and those its sources came as."""
    for file in ReturnedFile.objects.filter(assessment=assessment, redacted_at__isnull=True).order_by("pk"):
        yield KeptFile(f"the Word file of {file.at:%Y-%m-%d} that came back", file.digest)
    sources = Document.objects.filter(source__uses__revision__assessment=assessment, file_redacted_at__isnull=True)
    for row in sources.exclude(file_digest="").order_by("pk").distinct():
        yield KeptFile(f"the file that {row} of a source came as", row.file_digest, row.text)


def times(file: KeptFile, words: Words) -> int:
    """Count how often words stand in a file: in its text as it was read, or in any part of it. Raises Unavailable."""
    return max(words.times(file.text), _times_within(file.digest, words))


def unread(file: KeptFile) -> bool:
    """Say whether nothing tells what stands in a file: no text was read of it, and it is no Word file."""
    return not file.text and storage.is_kept("files", file.digest) and not _is_package(file.digest)


def is_shared(digest: str) -> bool:
    """Say whether a template of the office is the same file; then it stays."""
    return HouseTemplate.objects.filter(digest=digest).exists()


def was_removed(digest: str) -> bool:
    """Say whether a file of this content was removed because of words in it."""
    came_back = ReturnedFile.objects.filter(digest=digest, redacted_at__isnull=False)
    return came_back.exists() or Document.objects.filter(file_digest=digest, file_redacted_at__isnull=False).exists()


def take_away(digests: Collection[str], *, at: datetime) -> None:
    """Remove files once the transaction holds, and note on every row that refers to one when it was."""
    ReturnedFile.objects.filter(digest__in=digests, redacted_at__isnull=True).update(redacted_at=at)
    Document.objects.filter(file_digest__in=digests, file_redacted_at__isnull=True).update(file_redacted_at=at)
    for digest in digests:
        transaction.on_commit(partial(storage.remove, "files", digest))


def _content(digest: str) -> bytes:
    try:
        with storage.opened("files", digest) as stored:
            return stored.read()
    except storage.Missing:
        return b""


def _is_package(digest: str) -> bool:
    return _content(digest)[:2] == b"PK"


def _times_within(digest: str, words: Words) -> int:
    """Ask the process that reads files from outside. Raises Unavailable: then nobody knows, and nothing may be said."""
    data = _content(digest)
    return int(process.read("read-words", data, text=words.text)) if data else 0
