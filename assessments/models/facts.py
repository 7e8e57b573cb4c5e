"""What the rows of all fact sheets have in common."""

import uuid
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from accounts.models import User

Row = TypeVar("Row", bound="FactRow", covariant=True)


class FactRowQuerySet(models.QuerySet[Row]):
    """Rows of one sheet."""

    def current(self) -> Self:
        """Leave out what was withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def in_order(self) -> Self:
        """Order as the analyst put them; the same on both databases."""
        return self.order_by("position", "pk")


class FactRowManager(models.Manager[Row]):
    """Rows of one sheet; written out, because the type checker loses a made one on the way to the sheets."""

    def get_queryset(self) -> FactRowQuerySet[Row]:
        """Return all rows."""
        return FactRowQuerySet(self.model, using=self._db)

    def current(self) -> FactRowQuerySet[Row]:
        """Leave out what was withdrawn."""
        return self.get_queryset().current()


class FactRow(models.Model):
    """One entry on a sheet of a revision; its columns mirror `record`. Withdrawn with a reason, never deleted.

    `ref` is the id the entry has in files, drafts and later periods; it is never given to another entry of the
    revision. `version` goes up with every change, so that two people who change one entry are told. `late` says that
    the entry came after the text was submitted. `held` keeps a fact that came after the period's cut-off out of the
    text until a named person lets it in; evidence and searches are never held.
    """

    record: ClassVar[type]
    sheet: ClassVar[str]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=2000, blank=True, default="")
    late = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    let_in_at = models.DateTimeField(null=True, blank=True)
    let_in_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FactRowManager()

    class Meta:
        abstract = True
        ordering = ["revision", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "ref"], name="%(class)s_ref_is_used_once_in_a_revision"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="%(class)s_is_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(ref=""), name="%(class)s_has_a_ref"),
            models.CheckConstraint(
                condition=Q(let_in_at__isnull=True, let_in_by__isnull=True)
                | Q(held=False, let_in_at__isnull=False, let_in_by__isnull=False),
                name="%(class)s_is_let_in_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.ref}"
