"""The vocabularies (acts, officials, sectors, ...) and the map of the seed document onto them."""

from typing import Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from frameworks.spec.base import Mark, Origin, Slug, SpecModel, Text, suggestion
from frameworks.spec.patterns import CompiledForm, InvalidForm, parse

VOCABULARIES = (
    "mode",
    "act",
    "form",
    "official",
    "rank",
    "sector",
    "leverage",
    "effect",
    "body",
    "source",
    "instrument",
    "concept",
    "evidence",
    "addressee",
    "source-class",
    "attribution-level",
    "mechanism",
    "place",
    "force",
    "crime",
    "topic",
    "observation",
    "state-conduct",
    "remedy",
    "manner",
    "motive",
    "level",
    "extent",
    "quality",
    "severity",
    "standing",
    "notability",
)
"""Kinds of terms. The first fourteen are the seed's registry; the others come from the fact sheets."""

REQUIRED_FORMS: dict[str, tuple[str, ...]] = {
    "official": ("singular", "plural"),
    "act": ("gerund", "past", "noun", "gravity"),
    "sector": ("phrase",),
    "leverage": ("phrase",),
    "effect": ("phrase", "clause"),
    "addressee": ("phrase",),
    "observation": ("past",),
    "state-conduct": ("past", "base", "gerund"),
    "remedy": ("past",),
} | dict.fromkeys(
    ("crime", "topic", "manner", "motive", "level", "extent", "quality", "severity", "standing", "notability"),
    ("phrase",),
)
"""The word forms a vocabulary's terms need before sentences can be written with them."""
WITH_SLOTS = frozenset({"topic", "observation", "state-conduct", "remedy", "extent"})
"""Vocabularies whose forms are small patterns: their slots are filled from the record that uses the term."""
TERM_SLOTS = frozenset({"count", "crime", "other_crime", "frequency", "group", "object", "period", "quality", "sector"})
"""The slots such a form may name. Only the crime always has words; every other slot stands inside a condition."""
_SLOT_FORMS = ("subject", "past", "base", "gerund", "phrase")


class TermSpec(SpecModel):
    """One entry of a vocabulary, with the word forms sentences are built from; a form that is not used is empty."""

    vocabulary: Slug
    slug: Slug
    label: Text  # on forms and in lists
    meaning: Text  # one line of help
    origin: Origin
    singular: str = ""  # official: "police officer"
    plural: str = ""  # official: "police officers"
    gerund: str = ""  # act: "accepting bribes"
    past: str = ""  # act: "accepted bribes"
    noun: str = ""  # act: "bribe-taking"
    phrase: str = ""  # others: how the term stands inside a sentence, e.g. "in the fishing sector"
    base: str = ""  # state-conduct: "mobilize people", after "did not" and "continued to"; manner: "publicly"
    subject: str = ""  # observation: who did or suffered it where the record names nobody; empty: the government
    clause: str = ""  # effect: what followed, as a clause: "victims were not identified"
    many: StrictBool = False  # topic: a plural, "weak courts"
    gravity: StrictInt = 0  # act: 1 is the gravest; 0 where the vocabulary has no order
    indicators: tuple[Slug, ...] = ()  # act: concern indicators it bears on
    forms: tuple[Slug, ...] = ()  # act: forms of corruption it can take
    modes: tuple[Slug, ...] = ()  # act: usual mode of involvement, offered first on the form
    by_official: StrictBool = True  # act: a public official can be the actor
    against_justice: StrictBool = False  # act: against criminal justice, flagged as aggravating
    date: str = ""  # source, instrument: its date as far as known
    retired: StrictBool = False  # kept for old assessments, no longer offered
    note: str = ""
    mark: Mark = Mark.PROPOSAL

    @model_validator(mode="after")
    def _has_the_forms_its_sentences_need(self) -> Self:
        missing = [form for form in REQUIRED_FORMS.get(self.vocabulary, ()) if not getattr(self, form)]
        if missing:
            raise ValueError(f"{self.vocabulary} {self.slug} lacks {' and '.join(missing)}")
        if self.vocabulary in WITH_SLOTS:
            for name in _SLOT_FORMS:
                _check_slots(f"{self.vocabulary} {self.slug}, {name}", getattr(self, name))
        return self

    @property
    def record(self) -> str:
        """The name the seed map uses, e.g. `act:accept-bribe`."""
        return f"{self.vocabulary}:{self.slug}"


def _check_slots(where: str, text: str) -> None:
    """Refuse a form that names a slot no record fills, or that cannot be written where a slot is empty."""
    try:
        parse(text)
    except InvalidForm as exc:
        raise ValueError(f"{where}: {exc}") from exc
    form = CompiledForm(text)
    for name in sorted((form.required | form.optional) - TERM_SLOTS):
        raise ValueError(f'{where}: no record fills the slot "{name}"{suggestion(name, TERM_SLOTS)}')
    for name in sorted(form.required - {"crime"}):
        raise ValueError(f'{where}: the slot "{name}" may be empty; write {{% if {name} %}} around it')


class RuleSpec(SpecModel):
    """A statement of the seed that is behavior: its record is a test."""

    slug: Slug
    must_hold: Text
    test: Text  # pytest node, e.g. tests/frameworks/test_seed_rules.py::test_forms_not_definition


class SeedRowSpec(SpecModel):
    """One statement of the seed document, in our own words, and the records that carry it."""

    number: StrictInt = Field(ge=1)
    paragraph: Text
    statement: Text
    records: tuple[Text, ...] = Field(min_length=1)  # `type:slug`, the item's own record first

    @property
    def code(self) -> str:
        """The row's key, e.g. `S42`."""
        return f"S{self.number}"


class SeedDefectSpec(SpecModel):
    """A known text defect of the seed: recorded, never repaired in silence."""

    number: StrictInt = Field(ge=1)
    text: Text


class SeedDocument(SpecModel):
    """What the seed document is."""

    file: Text
    title: Text
    note: Text
    mark: Mark
