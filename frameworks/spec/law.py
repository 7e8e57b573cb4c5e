"""The legal texts a framework rests on: standards, indicia, significant efforts, tiers, provisions."""

from datetime import date
from enum import StrEnum

from pydantic import Field, StrictBool, StrictInt

from frameworks.spec.base import Mark, Origin, Slug, SpecModel, Text


class StandardSpec(SpecModel):
    """A minimum standard of sec. 108(a)."""

    slug: Slug
    cite: Text
    summary: Text
    mark: Mark


class IndiciumSpec(SpecModel):
    """A statutory criterion of serious and sustained efforts, sec. 108(b)(1) to (12)."""

    slug: Slug
    cite: Text
    summary: Text
    relevance: Text  # what it has to do with official complicity, in words; "none" where nothing
    indicators: tuple[Slug, ...] = ()
    mark: Mark


class ElementSpec(SpecModel):
    """One assessable element of sec. 108(b)(7), E1 to E12, with the law that added it."""

    code: Text
    text: Text
    added_by: Text
    indicators: tuple[Slug, ...] = ()
    assessed_by: str = ""  # what assesses it where that is not an indicator's level
    mark: Mark


class FactorSpec(SpecModel):
    """A factor for significant efforts, sec. 110(b)(3), with the cite as printed in the Code."""

    slug: Slug
    cite: Text
    text: Text
    note: str = ""
    mark: Mark


class ProofOfFailureSpec(SpecModel):
    """A factor of sec. 110(b)(3)(B): conduct of which a government policy or pattern is proof of failure.

    `slug` is the indicator's; `noun` completes "a government policy or pattern of ...".
    """

    slug: Slug
    cite: Text
    noun: Text
    provision: Slug
    by_sector: StrictBool = False
    mark: Mark


class TierSpec(SpecModel):
    """A tier as the statute and the Department's lists name it; never computed, only recorded."""

    slug: Text  # "1", "2", "2WL", "3", "SC", as in the reference data
    label: Text
    cite: Text
    test: Text
    mark: Mark


class LegalDateSpec(SpecModel):
    """A date or period the law sets, for example June 30 for the report."""

    slug: Slug
    label: Text
    value: Text
    cite: Text
    note: str = ""
    mark: Mark


class Obligation(StrEnum):
    """How strongly a provision binds. A missing optional provision is a gap, never a breach."""

    MANDATORY = "mandatory"
    QUALIFIED = "qualified"
    OPTIONAL = "optional"
    DEFINITION = "definition"
    STATUTE = "statute"  # U.S. law: binds the Department's assessment, not the assessed government

    @property
    def letter(self) -> str:
        """The letter of the method table: M, Q or C; empty for definitions and U.S. law."""
        return {"mandatory": "M", "qualified": "Q", "optional": "C"}.get(self.value, "")

    @property
    def label(self) -> str:
        """The words shown to users."""
        return _OBLIGATION_LABELS[self]


_OBLIGATION_LABELS = {
    Obligation.MANDATORY: "mandatory",
    Obligation.QUALIFIED: "mandatory with a qualifier",
    Obligation.OPTIONAL: "to be considered or optional",
    Obligation.DEFINITION: "definition",
    Obligation.STATUTE: "U.S. law",
}


class ProvisionSpec(SpecModel):
    """A citable part of an instrument."""

    slug: Slug
    instrument: Slug
    cite: Text
    label: Text  # one line: what it is about
    obligations: tuple[Obligation, ...] = Field(min_length=1)  # several where its paragraphs bind differently
    qualifier: str = ""  # the words that limit the duty
    indicators: tuple[Slug, ...] = ()
    origin: Origin
    in_force_from: date | None = None  # None: not collected
    note: str = ""
    mark: Mark
    title_mark: Mark | None = None  # where the article's title is better checked than its obligation level


class PeriodNote(SpecModel):
    """The day and month of the reporting period."""

    starts_month: StrictInt = Field(ge=1, le=12)
    starts_day: StrictInt = Field(ge=1, le=31)
    text: Text
