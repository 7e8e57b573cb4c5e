"""A measurement framework's versions and their parts."""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.reverse_related import ForeignObjectRel

from frameworks.spec.base import Direction, Origin


def is_referred_to(model: type[models.Model], path: str, version: models.Model) -> bool:
    """Tell whether a row of another app refers to one of the rows of `model` that belong to a version.

    `path` leads from `model` to the version, e.g. `__version`; it is empty where `model` is the version itself.
    """
    return any(
        relation.related_model._base_manager.filter(**{f"{relation.field.name}{path}": version}).exists()
        for relation in model._meta.get_fields(include_hidden=True)  # with relations that have no way back
        if isinstance(relation, ForeignObjectRel) and relation.related_model._meta.app_label != model._meta.app_label
    )


class FrameworkVersionQuerySet(models.QuerySet["FrameworkVersion"]):
    """Versions of measurement frameworks."""

    def in_force_on(self, day: date) -> Self:
        """Keep the versions that may be used on a day, newest first."""
        return self.filter(in_force_from__lte=day, superseded=False).order_by("-in_force_from", "-loaded_at")


class FrameworkVersion(models.Model):
    """One immutable version of what is measured. Assessments are pinned to it; `loader.compiled` gives its content."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    in_force_from = models.DateField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical JSON of the document.")
    superseded = models.BooleanField(default=False, help_text="No longer offered for new assessments.")
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: a command.",
    )

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-in_force_from", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_framework_per_code_and_version"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="framework_digest_is_sha256"),
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
        """Tell whether a row outside this app refers to the version or to one of its parts."""
        return any(is_referred_to(model, path, self) for model, path in _OWNED.items())

    def delete_parts(self) -> None:
        """Delete the rows of a version that is about to be replaced; the caller made sure that it is not in use."""
        Level.objects.filter(indicator__version=self).delete()
        for model in (Indicator, Provision, Term, Recommendation, SeedRow, FrameworkDocument):
            model._base_manager.filter(version=self).delete()


class FrameworkDocument(models.Model):
    """The document of a version, in a table of its own so that joins over versions stay light."""

    version = models.OneToOneField(FrameworkVersion, primary_key=True, on_delete=models.PROTECT, related_name="content")
    document = models.JSONField()

    def __str__(self) -> str:
        """Name the version."""
        return f"document of {self.version}"


class Provision(models.Model):
    """A citable part of an instrument."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="provisions")
    slug = models.SlugField(max_length=60)
    instrument = models.SlugField(max_length=60)
    cite = models.CharField(max_length=120)
    label = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "slug"], name="one_provision_per_version_and_slug")]

    def __str__(self) -> str:
        """Return the citation."""
        return self.cite


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators of all versions."""

    def core(self) -> Self:
        """Keep those that must be rated, or given a state with a reason, before approval."""
        return self.filter(core=True)


class Indicator(models.Model):
    """One question an analyst rates."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=8)
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    group = models.SlugField(max_length=60)
    direction = models.CharField(max_length=10, choices=[(d.value, d.in_words) for d in Direction])
    core = models.BooleanField()
    scale_top = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "slug"], name="one_indicator_per_version_and_slug"),
            models.UniqueConstraint(fields=["version", "code"], name="one_indicator_per_version_and_code"),
            models.CheckConstraint(condition=Q(scale_top__range=(1, 5)), name="indicator_scale_ends_at_1_to_5"),
            models.CheckConstraint(
                condition=Q(direction__in=[d.value for d in Direction]), name="indicator_direction_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Return code and title."""
        return f"{self.code} {self.title}"


class Level(models.Model):
    """One rung of an indicator's scale."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="levels")
    value = models.PositiveSmallIntegerField()
    descriptor = models.TextField()

    class Meta:
        ordering = ["indicator", "value"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "value"], name="one_descriptor_per_indicator_and_level"),
            models.CheckConstraint(condition=Q(value__lte=5), name="level_is_0_to_5"),
        ]

    def __str__(self) -> str:
        """Return the level in words."""
        return f"{self.value}: {self.descriptor}"


class TermQuerySet(models.QuerySet["Term"]):
    """Terms of all vocabularies and versions."""

    def of(self, vocabulary: str) -> Self:
        """Keep one vocabulary."""
        return self.filter(vocabulary=vocabulary)

    def offered(self) -> Self:
        """Leave out retired terms."""
        return self.filter(retired=False)


class Term(models.Model):
    """One entry of a vocabulary: an act, a category of officials, a sector, ..."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="terms")
    vocabulary = models.SlugField(max_length=30)
    slug = models.SlugField(max_length=60)
    label = models.CharField(max_length=200)
    origin = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Origin])
    retired = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    data = models.JSONField(default=dict, help_text="Word forms and links; what is not given is empty.")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "vocabulary", "slug"], name="one_term_per_vocabulary_and_slug")
        ]

    def __str__(self) -> str:
        """Return the label."""
        return self.label


class Recommendation(models.Model):
    """A step to close a gap, R1 to R11, T1, P1 to P4."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="recommendations")
    code = models.CharField(max_length=8)
    slug = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    data = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="one_recommendation_per_version_and_code")
        ]

    def __str__(self) -> str:
        """Return code and slug."""
        return f"{self.code} {self.slug}"


class SeedRow(models.Model):
    """One statement of the seed document and the records that carry it."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="seed_rows")
    number = models.PositiveSmallIntegerField()
    paragraph = models.CharField(max_length=4)
    statement = models.TextField()
    records = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="one_seed_row_per_number")]

    def __str__(self) -> str:
        """Return the row's key."""
        return f"S{self.number}"


_OWNED: dict[type[models.Model], str] = {
    FrameworkVersion: "",
    Indicator: "__version",
    Level: "__indicator__version",
    Provision: "__version",
    Recommendation: "__version",
    SeedRow: "__version",
    Term: "__version",
}
