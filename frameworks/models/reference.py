"""Reference data on countries: how they are named, what they are party to, where they were listed. Facts with a source.

Every row keeps where it comes from and says in `mark` how far it can be relied on.
"""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class Mark(models.TextChoices):
    """How far a row can be relied on; printed beside it wherever it is shown."""

    VERIFIED = "verified", "verified"
    UNVERIFIED = "unverified", "unverified"
    DERIVED = "derived", "derived"
    CONFLICT = "conflict", "sources disagree"


class CountryQuerySet(models.QuerySet["Country"]):
    """Countries, in the order of their names in running text."""

    def covered(self) -> Self:
        """Keep those the Report covered last."""
        return self.filter(in_report=True)


class Country(models.Model):
    """A country or territory the Report covers or covered, with the forms of its name that sentences need."""

    iso3 = models.CharField(primary_key=True, max_length=3)  # ISO 3166-1; XKX (user-assigned) for Kosovo
    iso2 = models.CharField(max_length=2, unique=True)
    iso_numeric = models.CharField(max_length=3, blank=True, help_text="With leading zeros; empty for Kosovo.")
    name = models.CharField(max_length=60, help_text="As on the list of tiers.")
    name_in_text = models.CharField(max_length=60, help_text='In a sentence: "the Philippines".')
    name_after_government_of = models.CharField(max_length=60, blank=True)
    government_phrase = models.CharField(max_length=90, help_text='"the Government of the Philippines".')
    government_phrase_source = models.CharField(max_length=120, blank=True)
    adjective = models.CharField(max_length=40)
    adjective_source = models.CharField(max_length=60, blank=True)
    sort_name = models.CharField(max_length=60, help_text="The name in running text without article and accents.")
    bureau = models.CharField(max_length=3, blank=True, help_text="Regional bureau of the Department of State.")
    bureau_mark = models.CharField(max_length=10, choices=Mark.choices, default=Mark.UNVERIFIED)
    un_region = models.CharField(max_length=20, blank=True)
    un_subregion = models.CharField(max_length=40, blank=True)
    un_member = models.BooleanField()
    first_year_in_tiers = models.PositiveSmallIntegerField(null=True)  # None: no row in the list of tiers
    in_report = models.BooleanField(help_text="Covered by the Report of 2025.")
    notes = models.CharField(max_length=200, blank=True)

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name"]
        verbose_name_plural = "countries"
        constraints = [
            models.CheckConstraint(condition=Q(iso3__regex=r"^[A-Z]{3}$"), name="country_code_is_three_capitals"),
            models.CheckConstraint(condition=~Q(name_in_text=""), name="country_has_a_name_in_text"),
        ]

    def __str__(self) -> str:
        """Return the name as on the list of tiers."""
        return self.name

    @property
    def text_at_start(self) -> str:
        """The name at the start of a sentence: "The Philippines"."""
        return self.name_in_text[:1].upper() + self.name_in_text[1:]

    @property
    def adjective_mark(self) -> str:
        """How far the adjective can be relied on."""
        return Mark.UNVERIFIED if self.adjective_source == "unverified" else Mark.VERIFIED

    @property
    def government_phrase_mark(self) -> str:
        """How far the phrase can be relied on; one built by pattern is derived."""
        return Mark.DERIVED if self.government_phrase_source.startswith("pattern") else Mark.VERIFIED


class Sourced(models.Model):
    """A row that keeps its source."""

    source = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class TreatyStatusQuerySet(models.QuerySet["TreatyStatus"]):
    """Standing of states towards instruments."""

    def parties_on(self, instrument: str, day: datetime.date) -> Self:
        """Keep the states that were party on a day. A party whose date is not known is left out.

        The European Union, party to all but the OECD Convention, has no row: a total of parties is one more.
        """
        return self.filter(instrument=instrument, status="party", date__lte=day.isoformat()).exclude(date="")


class TreatyStatus(Sourced):
    """Whether a state is party to one of the four instruments. Goes beyond the countries of the Report."""

    class Status(models.TextChoices):
        """Standing towards an instrument."""

        PARTY = "party", "party"
        SIGNATORY = "signatory", "signatory"
        NONE = "none", "neither party nor signatory"

    iso3 = models.CharField(max_length=3)
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="treaty_statuses")
    instrument = models.SlugField(max_length=60)
    status = models.CharField(max_length=10, choices=Status.choices)
    date = models.CharField(max_length=10, blank=True, help_text="ISO 8601, as precise as known.")
    status_verified = models.CharField(max_length=20, help_text='"yes", "no", "totals" or "as of DATE".')
    date_verified = models.CharField(max_length=5, blank=True)

    objects = TreatyStatusQuerySet.as_manager()

    class Meta:
        ordering = ["iso3", "instrument"]
        verbose_name_plural = "treaty statuses"
        constraints = [
            models.UniqueConstraint(fields=["iso3", "instrument"], name="one_treaty_status_per_state_and_instrument"),
            models.CheckConstraint(
                condition=Q(status__in=["party", "signatory", "none"]), name="treaty_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Say the status."""
        return f"{self.iso3} {self.instrument}: {self.get_status_display()}"

    @property
    def mark(self) -> str:
        """How far the status can be relied on; one that only dated totals support is derived."""
        if self.status_verified == "totals":
            return Mark.DERIVED
        return Mark.UNVERIFIED if self.status_verified == "no" else Mark.VERIFIED


class TierRecordQuerySet(models.QuerySet["TierRecord"]):
    """Tiers of past reports."""

    def of_year(self, year: int) -> Self:
        """Keep one report year."""
        return self.filter(report_year=year)


class TierRecord(Sourced):
    """The tier of a country in a past report; prefill only, never a decision of the office."""

    class Tier(models.TextChoices):
        """Tiers as the lists name them."""

        ONE = "1", "Tier 1"
        TWO = "2", "Tier 2"
        WATCH_LIST = "2WL", "Tier 2 Watch List"
        THREE = "3", "Tier 3"
        SPECIAL = "SC", "Special case"

    class Basis(models.TextChoices):
        """How the value is known."""

        LISTED = "listed", "printed in the source"
        DERIVED = "derived", "follows from listed rows, totals or a report's sentence"
        CONFLICT = "conflict", "two sources disagree"

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="tier_records")
    report_year = models.PositiveSmallIntegerField()
    tier = models.CharField(max_length=3, choices=Tier.choices)
    basis = models.CharField(max_length=10, choices=Basis.choices)

    objects = TierRecordQuerySet.as_manager()

    class Meta:
        ordering = ["country", "report_year"]
        constraints = [
            models.UniqueConstraint(fields=["country", "report_year"], name="one_tier_per_country_and_report_year"),
            models.CheckConstraint(condition=Q(tier__in=["1", "2", "2WL", "3", "SC"]), name="tier_is_known"),
            models.CheckConstraint(condition=Q(report_year__gte=2001), name="tier_year_is_2001_or_later"),
        ]

    def __str__(self) -> str:
        """Say the tier."""
        return f"{self.country_id} {self.report_year}: {self.get_tier_display()}"

    @property
    def mark(self) -> str:
        """How far the tier can be relied on."""
        return {"listed": Mark.VERIFIED, "derived": Mark.DERIVED, "conflict": Mark.CONFLICT}[self.basis]


class ListedYear(Sourced):
    """A government that stood on a list of a report year."""

    verified = models.BooleanField()

    class Meta:
        abstract = True

    @property
    def mark(self) -> str:
        """How far the listing can be relied on."""
        return Mark.VERIFIED if self.verified else Mark.UNVERIFIED


class ChildSoldierListing(ListedYear):
    """A government on the list of the Child Soldiers Prevention Act of a report year."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="child_soldier_listings")
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["country", "year"]
        constraints = [
            models.UniqueConstraint(fields=["country", "year"], name="one_child_soldier_listing_per_country_and_year")
        ]

    def __str__(self) -> str:
        """Say country and year."""
        return f"{self.country_id} {self.year}"


class PolicyOrPatternYear(ListedYear):
    """A government whose narrative of a report year named a policy or pattern."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="policy_or_pattern_years")
    report_year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["country", "report_year"]
        constraints = [
            models.UniqueConstraint(fields=["country", "report_year"], name="one_policy_or_pattern_per_country_year")
        ]

    def __str__(self) -> str:
        """Say country and year."""
        return f"{self.country_id} {self.report_year}"


class StoredReference(models.Model):
    """Which reference data the rows are of: one row, written with them, so that what follows from them can be kept."""

    digest = models.CharField(max_length=64)  # SHA-256 of all that was read

    def __str__(self) -> str:
        """Say the beginning of the digest."""
        return f"Reference data {self.digest[:12]}"
