"""What was approved, or given out as a marked draft, frozen: the only way to an export."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.enums import SnapshotKind
from assessments.models import columns
from assessments.models.assessment import Revision


class Snapshot(models.Model):
    """The open part of a frozen revision as canonical JSON, with its SHA-256.

    The sealed part (protected fields and their salts) is a row of its own. A correction supersedes a snapshot, nothing
    alters it: only release and supersession are noted on it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="snapshots")
    kind = columns.choice(SnapshotKind)
    open_part = models.TextField()
    open_digest = models.CharField(max_length=64)
    rules_version = columns.words(40)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.PositiveIntegerField(default=0)  # of the text and its recommendations
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=columns.known("kind", SnapshotKind), name="snapshot_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=SnapshotKind.APPROVED.value) | Q(released_at__isnull=True),
                name="only_an_approved_snapshot_is_released",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}, {SnapshotKind(self.kind).label} {self.open_digest[:12]}"


class SealedPart(models.Model):
    """The protected fields of a snapshot with their salts, as canonical JSON; shown only by policy."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="sealed_part")
    body = models.TextField()

    def __str__(self) -> str:
        return f"Sealed part, {self.snapshot}"
