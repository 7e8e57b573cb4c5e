"""What people are told, and how they want to be told it. A notice never holds protected content or a level."""

import uuid
from typing import Self

from django.db import models

from accounts.models import User
from assessments.enums import MailWay, NoticeKind
from assessments.models import columns
from assessments.models.assessment import Assessment


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices."""

    def unread(self) -> Self:
        """Keep those that nobody read yet."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One thing one person is told. `mailed_at` None: not sent by e-mail, or not yet."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    kind = columns.choice(NoticeKind)
    text = models.CharField(max_length=500)
    place = columns.words(200)  # what follows the address of the review page: "#remarks"
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=columns.known("kind", NoticeKind), name="notice_kind_is_known")]
        indexes = [models.Index(fields=["person", "read_at"], name="notice_by_person")]

    def __str__(self) -> str:
        return self.text


class NoticeChoice(models.Model):
    """How one person wants to be told; without a row, each notice at once by e-mail and nothing muted."""

    person = models.OneToOneField(User, on_delete=models.PROTECT, related_name="notice_choice")
    mail = columns.choice(MailWay, MailWay.EACH)
    muted = columns.members()  # kinds that are neither listed nor mailed

    class Meta:
        constraints = [models.CheckConstraint(condition=columns.known("mail", MailWay), name="way_of_mail_is_known")]

    def __str__(self) -> str:
        return f"{self.person}: {MailWay(self.mail).label}"
