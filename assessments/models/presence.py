"""Who has a page of an assessment open now: a mark that each page renews, and that counts for a minute."""

from django.db import models

from accounts.models import User
from assessments.models import columns
from assessments.models.assessment import Assessment


class Presence(models.Model):
    """The page of an assessment that a person has open; the only rows that are deleted, since they are no record."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = columns.words(60)  # what is open there: "I02", "facts"
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="a_person_is_in_one_place")]

    def __str__(self) -> str:
        return f"{self.person}, {self.place}"
