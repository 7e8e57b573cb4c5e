"""The one record of who did what, when, from what to what: rows that are added and never changed."""

from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.core.values import Protection
from assessments.enums import Subject
from assessments.models import columns


class AppendOnly(TypeError):
    """Something tried to alter or delete what is only ever added."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are added; there is no way to alter or delete them here."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnly(f"A {self.model._meta.verbose_name} is added and never changed or deleted.")

    update = delete = bulk_update = update_or_create = _update = _raw_delete = _refuse


class AppendOnlyModel(models.Model):
    """A row that is added and never changed or deleted, whichever way somebody tries."""

    class Meta:
        abstract = True
        base_manager_name = "objects"  # so that saving a row again meets the same refusal

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly(f"A {self._meta.verbose_name} is never deleted.")


class EventQuerySet(AppendOnlyQuerySet):
    """Events."""

    def about(self, kind: Subject, subject_id: object) -> Self:
        """Keep the events of one subject, oldest first."""
        return self.filter(subject_kind=kind.value, subject_id=subject_id).order_by("sequence")


class Event(AppendOnlyModel):
    """One act on one subject. Values stand in the value store; the event has their digests, in a chain by subject."""

    subject_kind = columns.choice(Subject)
    subject_id = models.UUIDField()  # the subject's public id
    sequence = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    target = columns.words(240)  # what within the subject: "statistics/F1", a sentence's public id
    reason = columns.words(2000)
    fields = columns.members()  # names of the fields that changed
    old = models.JSONField(default=dict, blank=True)  # digest of the value by field
    new = models.JSONField(default=dict, blank=True)
    previous_hash = columns.words(64)  # empty for the first event of a subject
    hash = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        ordering = ["subject_kind", "subject_id", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "sequence"], name="events_of_a_subject_stand_in_one_order"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="events_are_counted_from_1"),
            models.CheckConstraint(
                condition=Q(sequence=1, previous_hash="") | (Q(sequence__gt=1) & ~Q(previous_hash="")),
                name="every_event_but_the_first_names_the_one_before",
            ),
            models.CheckConstraint(condition=columns.known("subject_kind", Subject), name="event_subject_is_known"),
        ]
        indexes = [models.Index(fields=["-at"], name="event_by_time")]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.action}"


class StoredValueQuerySet(AppendOnlyQuerySet):
    """Old and new values of events; nothing but a redaction alters one, and nothing deletes one."""

    def redact(self, replacement: str, *, at: object) -> int:
        """Replace these values; their digests stay, so that the chain of events still verifies."""
        return models.QuerySet.update(self, value=replacement, redacted_at=at)


class StoredValue(AppendOnlyModel):
    """The value of one field that an event names by digest, under the same policy as the field.

    `salt` goes before the value in the digest of a protected field, so that nobody can guess it from the digest.
    """

    digest = models.CharField(max_length=64)
    subject_kind = columns.choice(Subject)
    subject_id = models.UUIDField()
    field = models.CharField(max_length=240)
    value = models.TextField()  # canonical JSON
    salt = columns.words(64)
    protection = columns.choice(Protection, Protection.OPEN)
    redacted_at = models.DateTimeField(null=True, blank=True)

    objects = StoredValueQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "field", "digest"], name="a_value_is_stored_once"
            ),
            models.CheckConstraint(
                condition=columns.known("protection", Protection), name="stored_value_protection_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.digest[:12]}"
