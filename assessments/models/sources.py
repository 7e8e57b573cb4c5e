"""Sources, who may know them, the evidence taken from them, and where somebody looked in vain."""

import uuid
from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from assessments.core import sheets
from assessments.core.protected import PROTECTED
from assessments.core.values import Credibility, Protection, Reliability, SourceClass
from assessments.models import columns
from assessments.models.assessment import Revision
from assessments.models.facts import FactRow


class Source(models.Model):
    """A document or person, and the day it was read; shared by assessments.

    What stands in PROTECTED is shown to the people policies.py names, unless the source is open.
    """

    record: ClassVar[type] = sheets.Source
    PROTECTED: ClassVar[frozenset[str]] = PROTECTED[sheets.Source]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200)
    source_class = columns.choice(SourceClass)
    publisher = columns.words()
    url = columns.words(500)
    published = columns.day()
    read_on = columns.day()
    language = models.CharField(max_length=40, blank=True, default="English")
    reliability = columns.choice(Reliability, Reliability.F)
    protection = columns.choice(Protection, Protection.OPEN)
    attributions = columns.members()
    demonstration = columns.yes()
    note = columns.note()

    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="entered_sources"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = columns.words(2000)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=columns.known("source_class", SourceClass), name="source_class_is_known"),
            models.CheckConstraint(
                condition=columns.known("protection", Protection), name="source_protection_is_known"
            ),
            models.CheckConstraint(
                condition=columns.known("reliability", Reliability), name="source_reliability_is_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="source_is_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        """Name the source by its class and public id: the title may be protected."""
        return f"{SourceClass(self.source_class).label}, {self.public_id}"


class SourceReader(models.Model):
    """A person named on a confidential source as one who may know it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="readable_sources")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["source", "user"]
        constraints = [models.UniqueConstraint(fields=["source", "user"], name="a_person_is_named_once_on_a_source")]

    def __str__(self) -> str:
        return f"{self.user}, {self.source}"


class SourceUse(models.Model):
    """A source in one revision, under the id it has there ("S1"): files and evidence name it by this id."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="sources")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="uses")
    ref = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["revision", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "ref"], name="source_ref_is_used_once_in_a_revision"),
            models.UniqueConstraint(fields=["revision", "source"], name="a_source_has_one_ref_in_a_revision"),
            models.CheckConstraint(condition=~Q(ref=""), name="source_use_has_a_ref"),
        ]

    def __str__(self) -> str:
        return self.ref


class Evidence(FactRow):
    """An excerpt as found, with its pinpoint and grades. The excerpt stays internal for ever."""

    record = sheets.Evidence
    sheet = "evidence"
    PROTECTED: ClassVar[frozenset[str]] = PROTECTED[sheets.Evidence]

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="evidence")
    use = models.ForeignKey(SourceUse, on_delete=models.PROTECT, related_name="evidence")
    excerpt = columns.note()
    edited = columns.note()
    pinpoint = columns.words()
    source_class = columns.maybe(SourceClass)
    attribution = columns.words()
    credibility = columns.choice(Credibility, Credibility.UNJUDGED)
    origin = columns.words()
    official_record = columns.yes()
    dated = columns.day()
    original_language = columns.words(40)
    translation = columns.note()
    translator = columns.words()
    set_aside = columns.note()
    indicators = columns.members()
    demonstration = columns.yes()

    class Meta(FactRow.Meta):
        constraints = [
            *FactRow.Meta.constraints,
            models.CheckConstraint(
                condition=columns.known("source_class", SourceClass, optional=True),
                name="evidence_source_class_is_known",
            ),
            models.CheckConstraint(
                condition=columns.known("credibility", Credibility), name="evidence_credibility_is_known"
            ),
        ]


class UnknownEvidence(LookupError):
    """A record names evidence that the revision does not have; `refs` says which."""

    def __init__(self, refs: tuple[str, ...]) -> None:
        """Keep the names that were not found."""
        self.refs = refs
        super().__init__(f"There is no evidence {', '.join(refs)} in this assessment.")


class EvidenceLinkQuerySet(models.QuerySet["EvidenceLink"]):
    """Links of a revision."""

    def of(self, revision: Revision | int) -> "EvidenceLinkQuerySet":
        """Links to evidence that was not withdrawn of this revision (or its number), in the order records name it."""
        return self.filter(evidence__revision=revision, evidence__withdrawn_at__isnull=True).order_by(
            "sheet", "ref", "position"
        )

    def set(self, revision: Revision, *, sheet: str, ref: str, evidence: Sequence[str]) -> None:
        """Make these the evidence of one record, in this order. Raises UnknownEvidence, and then nothing is written.

        `sheet` is the name of the record's list in the interchange file; `ref` its id, or a rating's `link_ref`.
        """
        found = dict(Evidence.objects.filter(revision=revision, ref__in=evidence).values_list("ref", "pk"))
        missing = tuple(sorted(set(evidence) - set(found)))
        if missing:
            raise UnknownEvidence(missing)
        self.filter(evidence__revision=revision, sheet=sheet, ref=ref).delete()
        self.bulk_create(
            EvidenceLink(evidence_id=found[name], sheet=sheet, ref=ref, position=position)
            for position, name in enumerate(dict.fromkeys(evidence))
        )


class EvidenceLink(models.Model):
    """One item of evidence behind one record of the same revision."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="links")
    sheet = models.CharField(max_length=40)
    ref = models.CharField(max_length=240)
    position = models.PositiveSmallIntegerField(default=0)

    objects = EvidenceLinkQuerySet.as_manager()

    class Meta:
        ordering = ["sheet", "ref", "position"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "sheet", "ref"], name="evidence_is_linked_once_to_a_record"),
        ]
        indexes = [models.Index(fields=["sheet", "ref"], name="evidence_link_by_record")]

    def __str__(self) -> str:
        return f"{self.evidence.ref} for {self.sheet} {self.ref}"


class SearchNote(FactRow):
    """Where somebody looked, so that level 0 means "searched, nothing credible found"."""

    record = sheets.SearchNote
    sheet = "search_notes"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="search_notes")
    searched = columns.note()
    on = columns.day()
    indicators = columns.members()


class InformationGapRecord(FactRow):
    """Something the office does not know, and how it came to be known."""

    record = sheets.InformationGap
    sheet = "information_gaps"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="information_gaps")
    text = columns.note()
    indicators = columns.members()
    stages = columns.members()
    noted_on = columns.day()
    tried = columns.note()
    closed_on = columns.day()
    outcome = columns.note()
    note = columns.note()
