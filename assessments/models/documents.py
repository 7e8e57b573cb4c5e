"""A source's own text and file, what is marked in it, and where that went."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from assessments.core import documents
from assessments.core.protected import PROTECTED_TEXTS
from assessments.enums import TextOrigin
from assessments.models import columns
from assessments.models.assessment import Assessment
from assessments.models.sources import Source


class Document(models.Model):
    """One version of a source's text, with the file it came as, if any. Versions are kept; the newest is read.

    The file is kept by its digest in storage.py; text and file name follow the protection of the source.
    `file_redacted_at`: since then it is not kept any more, as words had to be taken out of all that is.
    """

    PROTECTED: ClassVar[frozenset[str]] = PROTECTED_TEXTS[documents.Document]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True, default="")
    origin = columns.choice(TextOrigin, TextOrigin.NONE)
    file_name = columns.words()
    file_kind = columns.words(10)  # its ending; empty where there is no file
    file_digest = columns.words(64)
    file_size = models.PositiveBigIntegerField(default=0)  # bytes
    file_redacted_at = models.DateTimeField(null=True, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["source", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="document_versions_are_numbered"),
            models.CheckConstraint(condition=columns.known("origin", TextOrigin), name="text_origin_is_known"),
            models.CheckConstraint(
                condition=(Q(file_digest="") & Q(file_kind="")) | (~Q(file_digest="") & ~Q(file_kind="")),
                name="a_file_has_a_kind_and_a_digest",
            ),
            models.CheckConstraint(condition=~Q(text="") | ~Q(file_digest=""), name="document_has_a_text_or_a_file"),
        ]

    def __str__(self) -> str:
        """Name the version; what it is of may be protected."""
        return f"version {self.number}"


class ExcerptQuerySet(models.QuerySet["Excerpt"]):
    """Excerpts by what became of them."""

    def current(self) -> Self:
        """Leave out what was unmarked."""
        return self.filter(withdrawn_at__isnull=True)

    def waiting(self) -> Self:
        """Keep those that are neither evidence of any assessment nor set aside."""
        placed = Placement.objects.filter(excerpt=OuterRef("pk"), ended_at__isnull=True)
        return self.current().filter(~Exists(placed), set_aside="")


class Excerpt(models.Model):
    """A stretch of a document as found. It is placed as evidence, set aside with a reason, or waits in the inbox."""

    PROTECTED: ClassVar[frozenset[str]] = PROTECTED_TEXTS[documents.Excerpt]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="excerpts")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="excerpts")  # that of its document
    number = models.PositiveIntegerField()  # counted within the source
    start = models.PositiveIntegerField()  # offset of its first character in the document's text
    end = models.PositiveIntegerField()
    text = columns.note()
    pinpoint = columns.words()
    language = columns.words(40)
    translation = columns.note()
    translator = columns.words()
    set_aside = columns.note()
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExcerptQuerySet.as_manager()

    class Meta:
        ordering = ["source", "document", "start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="excerpts_are_numbered_within_a_source"),
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="excerpt_has_a_length"),
            models.CheckConstraint(
                condition=Q(set_aside="", set_aside_at__isnull=True)
                | (~Q(set_aside="") & Q(set_aside_at__isnull=False)),
                name="excerpt_is_set_aside_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        """Name the excerpt by its number: its text is protected."""
        return f"excerpt {self.number}"


class Placement(models.Model):
    """An excerpt as evidence of one assessment, under the id it has there, which stays the same through revisions."""

    excerpt = models.ForeignKey(Excerpt, on_delete=models.PROTECT, related_name="placements")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="placements")
    evidence_ref = models.CharField(max_length=40)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # when the item was withdrawn

    class Meta:
        ordering = ["excerpt", "placed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["excerpt", "assessment", "evidence_ref"], name="an_excerpt_is_placed_once_as_an_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_ref} of {self.assessment}"
