"""Word files that people bring: house templates to export with, and files that came back with changes in them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.core.returned import Kinds
from assessments.models import columns
from assessments.models.assessment import Assessment
from assessments.models.review import Comment, WordingProposal
from assessments.models.snapshots import Snapshot


class HouseTemplateQuerySet(models.QuerySet["HouseTemplate"]):
    """Templates, withdrawn ones included."""

    def offered(self) -> Self:
        """Keep what an export may be made with: every version that nobody withdrew."""
        return self.filter(withdrawn_at__isnull=True)


class HouseTemplate(models.Model):
    """One version of an office's own Word template. The file is kept by the hash of its content and never altered.

    `found` is what the check at the upload named: its styles, placeholders and page sizes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    file_name = columns.words(200)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    found = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = columns.words(2000)

    objects = HouseTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="versions_of_a_template_are_numbered"),
            models.UniqueConstraint(fields=["name", "digest"], name="a_version_of_a_template_is_new"),
            models.CheckConstraint(condition=~Q(name=""), name="a_template_has_a_name"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="a_template_is_withdrawn_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"


class ReturnedFile(models.Model):
    """A Word file that came back for a text, kept as it came. `taken_at` None: nobody took over what it says yet.

    `redacted_at`: since then the file is not kept any more, as words had to be taken out of all that is; None: it is.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="returned_files")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="returned_files")
    name = columns.words(200)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "digest"], name="a_returned_file_is_kept_once"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="a_returned_file_is_taken_over_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReturnedItem(models.Model):
    """One thing that a returned file says, as it was taken over; none is ever dropped.

    Words for a sentence or a recommendation became a proposal, what is said of a sentence a remark; what fits none has
    neither and stays listed until somebody marks it as dealt with. `stated_author` and `stated_at` are as named in the
    file. `digest` is that of all it says, so that the same is not taken over twice.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(ReturnedFile, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    kind = columns.choice(Kinds)
    sentence = models.UUIDField(null=True, blank=True, default=None)  # public id; None: it fits no sentence
    code = columns.words(20)  # of the recommendation it is about
    text = columns.made()
    quote = columns.made()
    where = columns.made()
    stated_author = columns.words()
    stated_at = columns.words(40)
    is_tracked = models.BooleanField(default=True)
    digest = models.CharField(max_length=64)
    proposal = models.ForeignKey(WordingProposal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["file", "position"]
        constraints = [
            models.UniqueConstraint(fields=["file", "digest"], name="a_returned_item_is_taken_over_once"),
            models.CheckConstraint(condition=columns.known("kind", Kinds), name="returned_item_kind_is_known"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="a_returned_item_is_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{Kinds(self.kind).label}: {self.text}"
