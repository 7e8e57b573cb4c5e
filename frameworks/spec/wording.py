"""The wording: patterns, hedges, attributions, strength words and house style, versioned apart from measurement.

An editor changes how something is said here without touching what is measured. Source: narrative-style.md 3 to 9.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StringConstraints, model_validator

from frameworks.spec.base import Mark, Slug, SpecModel, Text, suggestion
from frameworks.spec.patterns import CompiledForm, InvalidForm, parse
from frameworks.spec.versioned import Versioned

K = TypeVar("K")
T = TypeVar("T")

SECTIONS = ("tier", "prosecution", "protection", "prevention", "profile", "recommendations")
PatternId = Annotated[str, StringConstraints(pattern=r"^NP-\d{2}$")]
ReportYear = Annotated[StrictInt, Field(ge=2001, le=2100)]


def _form(text: str) -> str:
    try:
        parse(text)
    except InvalidForm as exc:
        raise ValueError(str(exc)) from exc
    return text


Form = Annotated[Text, AfterValidator(_form)]
"""A text with slots; checked where it stands, so that an error leads to its own line."""


class PatternSpec(SpecModel):
    """One sentence pattern with its forms; the core chooses pattern and form, the words are the editor's."""

    id: PatternId
    section: Slug
    family: Slug  # patterns of one family say one claim in its different states
    title: Text
    use_when: Text
    never: str = ""  # what must not be written with it
    valid_from: ReportYear | None = None  # first report year; None: no limit
    valid_to: ReportYear | None = None
    mark: Mark
    internal: StrictBool = False  # a working note, never a sentence
    forms: dict[Slug, Form] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_written(self) -> Self:
        if self.section not in SECTIONS:
            raise ValueError(f'unknown section "{self.section}"{suggestion(self.section, SECTIONS)}')
        return self

    def valid_in(self, report_year: int) -> bool:
        """Say whether the pattern may be used in a report year."""
        return (self.valid_from or 0) <= report_year <= (self.valid_to or 9999)


class AttributionSpec(SpecModel):
    """How a class of sources is named in a text, and with which verbs."""

    source_class: Annotated[str, StringConstraints(pattern=r"^SC-[A-H]$")]
    singular: Text  # "an NGO"
    plural: Text  # "NGOs"
    verbs: dict[Slug, Text]  # by modality: "reported"
    spoken: StrictBool = True  # False: facts stand without attribution


class StrengthSpec(SpecModel):
    """Words a concern level permits; none of them is ever used without that level or a source that said them."""

    level: Annotated[StrictInt, Field(ge=0, le=5)]
    concern: Text  # "a significant concern"
    concerns: Text  # "significant concerns"
    verb: Text  # "impeded"
    adverbs: tuple[Text, ...] = ()  # words allowed at this level and above


class HedgeSpec(SpecModel):
    """What a stage of proceeding allows to be said."""

    stage: Slug
    act: str  # words before the act: "for allegedly"
    link: Text  # where no act is on record: "for alleged complicity in trafficking"
    officials: Text  # "allegedly complicit officials"
    forbidden: tuple[Text, ...] = ()


class StageSpec(SpecModel):
    """Word forms of a stage."""

    stage: Slug
    past: Text  # "investigated"
    gerund: Text  # "investigating"
    base: Text  # "investigate"
    noun: Text  # "investigation"
    nouns: Text  # "investigations"
    body: Text  # who acts where the record names nobody: "authorities"
    cases_past: Text  # with cases as the object: "investigated"
    cases_gerund: Text
    cases_base: Text


class StyleSpec(SpecModel):
    """House style: one setting per output."""

    comparison: Text  # "compared with"
    serial_comma: StrictBool
    period: Text  # "the reporting period"
    previous_period: Text  # "the previous reporting period"
    government: Text  # "the government"
    government_short: Text  # second mention inside one passage
    from_agency: Text  # "from", between officers and their agency
    of_agency: Text  # "of", between an office that exists once and its body
    observers: Text  # who speaks where sources are mixed or protected
    credible: Text  # "credibly"
    however: Text  # the word that turns from efforts to shortfalls
    general_roles: tuple[str, ...] = ()  # roles that say no more than "official"; lower case
    general_agencies: tuple[str, ...] = ()  # words that stand in an agency's place and name none; lower case
    agency_words: tuple[str, ...] = ()  # words of a name that tell no agency from another: "national", "service"
    implied_agencies: dict[str, tuple[str, ...]] = {}  # by word of a role: bodies such people always serve in


class WordingSpec(SpecModel):
    """One version of the wording, as its files state it."""

    code: Slug
    version: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d+$")]
    title: Text
    in_force_from: date
    note: str = ""
    style: StyleSpec
    attributions: tuple[AttributionSpec, ...]
    strengths: tuple[StrengthSpec, ...]
    hedges: tuple[HedgeSpec, ...]
    stages: tuple[StageSpec, ...]
    words: dict[Slug, dict[str, str]]  # tables of words by name: counts, statutes, responses, ...
    phrases: dict[Slug, Form]  # parts of sentences with slots
    patterns: tuple[PatternSpec, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        ids = [pattern.id for pattern in self.patterns]
        twice = sorted({key for key in ids if ids.count(key) > 1})
        if twice:
            raise ValueError(f"pattern {', '.join(twice)} stands twice")
        return self

    @property
    def label(self) -> str:
        """Code and version."""
        return f"{self.code} {self.version}"


class UnknownWords(LookupError):
    """The wording has no entry of this name; the message names the nearest one."""

    def __str__(self) -> str:
        """Return the sentence itself."""
        return str(self.args[0])


class Pattern:
    """A compiled pattern: its spec and its forms, each compiled once."""

    def __init__(self, spec: PatternSpec) -> None:
        """Keep the spec; forms compile when first used."""
        self.spec = spec
        self.forms: Mapping[str, CompiledForm] = {name: CompiledForm(text) for name, text in spec.forms.items()}

    @property
    def id(self) -> str:
        """The pattern's id, e.g. `NP-13`."""
        return self.spec.id

    @property
    def family(self) -> str:
        """The claim family its sentences belong to."""
        return self.spec.family

    @property
    def title(self) -> str:
        """What the pattern is for."""
        return self.spec.title

    def form(self, name: str) -> CompiledForm:
        """Return one form. Raises UnknownWords."""
        try:
            return self.forms[name]
        except KeyError:
            raise UnknownWords(f'{self.id} has no form "{name}"{suggestion(name, self.forms)}') from None

    def write(self, form: str, slots: Mapping[str, str]) -> str:
        """Fill one form. Raises MissingSlot where a needed slot is absent."""
        return self.form(form).write(slots)


class CompiledWording(Versioned[WordingSpec]):
    """One wording version, frozen, with lookups. Two are equal when their digests are.

    Every lookup raises UnknownWords for a name that does not exist.
    """

    def __init__(self, spec: WordingSpec) -> None:
        """Build the lookups of a spec that was read and checked."""
        super().__init__(spec)
        self._patterns = {pattern.id: Pattern(pattern) for pattern in spec.patterns}
        self._attributions = {item.source_class: item for item in spec.attributions}
        self._strengths = {item.level: item for item in spec.strengths}
        self._hedges = {item.stage: item for item in spec.hedges}
        self._stages = {item.stage: item for item in spec.stages}
        self._words = spec.words
        self._phrases = {name: CompiledForm(text) for name, text in spec.phrases.items()}

    @property
    def style(self) -> StyleSpec:
        """House style settings."""
        return self._spec.style

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """All patterns in the order of the files."""
        return tuple(self._patterns.values())

    def pattern(self, key: str) -> Pattern:
        """Return the pattern of this id, e.g. `NP-13`."""
        return _find(self._patterns, key, "pattern")

    def attribution(self, source_class: str) -> AttributionSpec:
        """Return how a class of sources is named."""
        return _find(self._attributions, source_class, "attribution")

    def strength(self, level: int) -> StrengthSpec:
        """Return the words a concern level permits."""
        return _find(self._strengths, level, "strength of level")

    def hedge(self, stage: str) -> HedgeSpec:
        """Return the hedge of a stage of proceeding."""
        return _find(self._hedges, stage, "hedge for stage")

    def stage(self, stage: str) -> StageSpec:
        """Return the word forms of a stage."""
        return _find(self._stages, stage, "stage")

    def word(self, table: str, key: str) -> str:
        """Return one entry of a table of words; an entry may be empty on purpose."""
        return _find(_find(self._words, table, "table of words"), key, table)

    def phrase(self, name: str, **slots: str) -> str:
        """Fill one phrase. Raises MissingSlot where a needed slot is absent."""
        return _find(self._phrases, name, "phrase").write(slots)


def _find(records: Mapping[K, T], key: K, what: str) -> T:
    try:
        return records[key]
    except KeyError:
        near = suggestion(str(key), [str(known) for known in records])
        raise UnknownWords(f'The wording has no {what} "{key}"{near}') from None
