"""Wording versions: sentence patterns, hedges and house style, apart from what is measured."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from frameworks.models.measurement import is_referred_to


class WordingVersionQuerySet(models.QuerySet["WordingVersion"]):
    """Versions of wordings."""

    def for_report_year(self, year: int) -> Self:
        """Keep the versions that may word a report year, the newest first."""
        return self.filter(valid_from_year__lte=year).order_by("-valid_from_year", "-loaded_at")


class WordingVersion(models.Model):
    """One immutable version of how things are said. Changing it changes no rating."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical JSON of the document.")
    valid_from_year = models.PositiveSmallIntegerField(help_text="First report year it may word.")
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: a command.",
    )

    objects = WordingVersionQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_wording_per_code_and_version"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="wording_digest_is_sha256"),
            models.CheckConstraint(
                condition=Q(valid_from_year__gte=2001, valid_from_year__lte=2100), name="wording_year_is_2001_to_2100"
            ),
        ]

    def __str__(self) -> str:
        """Return code and version."""
        return f"{self.code} {self.version}"

    @property
    def document(self) -> dict[str, Any]:
        """The whole content as stored; one query."""
        document: dict[str, Any] = self.content.document
        return document

    def is_in_use(self) -> bool:
        """Tell whether a row outside this app refers to the version."""
        return is_referred_to(WordingVersion, "", self)


class WordingDocument(models.Model):
    """The document of a wording, in a table of its own so that joins over versions stay light."""

    version = models.OneToOneField(WordingVersion, primary_key=True, on_delete=models.PROTECT, related_name="content")
    document = models.JSONField()

    def __str__(self) -> str:
        """Name the version."""
        return f"document of {self.version}"
