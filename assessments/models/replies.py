"""The assessed government's right of reply: what it wrote on a finding, a sentence or a recommendation."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.enums import ReplyAbout, Stance
from assessments.models import columns
from assessments.models.assessment import Revision


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Replies, withdrawn ones included."""

    def standing(self) -> Self:
        """Keep those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Reply(models.Model):
    """One answer of the assessed government, entered by an analyst; it stands beside the text and changes nothing.

    `target` is the public id of a sentence, the code of a recommendation, or empty for the finding; `quote` what the
    government was shown. Its own evidence hangs on it by links under the sheet "replies".
    """

    sheet = "replies"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="replies")
    ref = models.CharField(max_length=40)
    about = columns.choice(ReplyAbout)
    target = columns.words(80)
    quote = models.TextField()
    stance = columns.choice(Stance)
    text = models.CharField(max_length=4000)
    received_on = models.DateField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = columns.words(2000)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "received_on", "pk"]
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(fields=["revision", "ref"], name="reply_ref_is_used_once_in_a_revision"),
            models.CheckConstraint(condition=~Q(text=""), name="a_reply_says_something"),
            models.CheckConstraint(condition=columns.known("about", ReplyAbout), name="reply_is_about_something_known"),
            models.CheckConstraint(condition=columns.known("stance", Stance), name="reply_stance_is_known"),
            models.CheckConstraint(
                condition=Q(about=ReplyAbout.FINDING.value, target="")
                | (~Q(about=ReplyAbout.FINDING.value) & ~Q(target="")),
                name="a_reply_names_what_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="a_reply_is_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref}: {Stance(self.stance).label}"
