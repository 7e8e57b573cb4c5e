"""Sentence patterns: the published vocabulary of slots, and the compiler that turns a form into a checked template.

A form is read as Jinja: text, `{{ slot }}`, `{% if slot %}`, comparison with a constant. Loops, calls, attributes
and slots that are not published here are refused when a wording is read. Jinja only parses: `writing.py` writes the
tree that is left, so that nothing in a form is ever compiled or run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from frameworks.spec.base import suggestion
from frameworks.spec.writing import FILTERS, EmptySlot, Writer, writer

SLOTS: Mapping[str, str] = {
    "act": "what officials did, as a gerund phrase: “taking bribes”",
    "act_past": "the same in the past tense, with its verb: “took bribes”",
    "addressee": "whom a recommendation concerns: “police and prosecutors”",
    "again": "a small word where the sentence before had the same speaker: “also”",
    "amount": "money in local currency, with dollars in parentheses",
    "article": "part of a law: “an article of the labor code”",
    "authority": "name of an authority that is not recognized as the government",
    "basis": "legal basis: “an article of the labor code”",
    "benefit": "what the state gained from the conduct",
    "body": "court or authority that acted, with its article: “a district court”",
    "case": "a case named shortly: “the case”, “two cases”",
    "charge": "offense charged: “labor trafficking”",
    "clause": "a whole clause as the record gives it",
    "comparison": "the figure of the period before, with the words that compare",
    "concern": "how grave a matter is said to be: “a significant concern”",
    "conduct": "past-tense clause without its subject: “mobilized adults and children for the harvest”",
    "consequence": "what followed, as a clause",
    "continued": "how many were carried over from earlier periods",
    "count": "a number with its noun: “three officials”",
    "country": "country's name as it stands in a text: “the Philippines”",
    "coverage": "whom or what a measure covers",
    "crime": "kind of trafficking: “bonded labor”",
    "crimes": "crimes a recommendation names: “trafficking crimes”",
    "data": "what a data gap concerns: “investigations and convictions”",
    "date": "a date in words: “in May 2022”",
    "degree": "how strongly a recommendation opens: “Increase”",
    "details": "further details as phrases, each with its preposition",
    "direction": "how efforts moved: “rose”",
    "effect": "what was held back: “inspections”",
    "efforts": "list of efforts as gerund phrases or clauses",
    "factor": "proof-of-failure factor: “forced labor in agriculture”",
    "force": "armed force or group, with its article",
    "frequency": "how often, as an adverb: “seldom”",
    "further": "further claims of the same speaker: “and that police officers took bribes”",
    "gov": "the government, or the authority's own name",
    "gov_full": "government in full, for the tier paragraph: “the Government of Moldova”",
    "group": "people affected: “foreign workers”",
    "involving": "victims of one case: “44 women”",
    "kind": "the statutory noun: “policy”, “pattern” or “policy or pattern”",
    "link": "why officials were pursued, hedged by stage: “for alleged complicity in trafficking”",
    "list": "a list of phrases",
    "means": "means of a policy: “quotas and threats of dismissal”",
    "measure": "a measure as a phrase or clause",
    "motive": "a motive somebody states, as an infinitive: “to stop further inquiry”",
    "move": "how the tier moved: “stayed on”",
    "new": "how many were new",
    "object": "whom or what a verb acts on",
    "officials": "officials as a noun phrase with count, role and agency",
    "opening": "words that open a sentence: “In May 2022”",
    "ordinal": "a consecutive year in words: “third”",
    "other_crime": "kind of trafficking that is compared with: “sex trafficking”",
    "organ": "who acted, with its article",
    "period": "the period a sentence is about: “the reporting period”",
    "place": "coarse place with its preposition",
    "prev": "the period before: “the previous reporting period”",
    "provision": "a provision of law",
    "purpose": "the government's own name for a practice",
    "quality": "adjectives: “modest”",
    "reason": "reason as a noun phrase: “lack of evidence”",
    "remedy": "a remedial step, past-tense clause without its subject",
    "response": "what the authorities did about it, as a clause",
    "result": "the result a recommendation asks for",
    "roles": "what children were used for",
    "sanction": "what a court or an authority imposed, as clauses",
    "scale": "how many people: “about 2,000 public workers”",
    "scope": "what a figure or a zero is limited to, with its preposition",
    "sector": "sector with its preposition",
    "setting": "where it happened, with its preposition",
    "shortfalls": "list of shortfalls as clauses",
    "source": "who says so, by permitted attribution: “NGOs”",
    "stages": "stages of proceedings: “investigating, prosecuting, or convicting”",
    "statistics": "figures by stage as one phrase",
    "status": "how a proceeding stood at the end of the period, as a clause",
    "step": "what an authority did in a case, as verbs: “arrested and charged”",
    "streak": "a streak: “For the third consecutive year”",
    "subject": "subject of a sentence",
    "subsequent": "steps that followed in a case, as clauses",
    "tier": "the tier decided: “Tier 2”",
    "topic": "what a concern is about: “official complicity”",
    "total": "the total that officials are part of: “19 defendants”",
    "verb": "a verb form chosen by record: “impeded”",
    "verified": "who verified a figure",
    "when": "date at the start of a sentence: “In May 2022”",
}
"""Every slot a form may name, and what stands in it. Empty slots are allowed only where a form asks `{% if slot %}`."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
)
_WORDS = {
    "For": "a loop",
    "Call": "a call",
    "Getattr": "an attribute",
    "Getitem": "an item in brackets",
    "Assign": "an assignment",
    "Include": "an include",
    "Import": "an import",
    "Macro": "a macro",
}


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.filters = dict(FILTERS)
    environment.tests = {}
    environment.globals = {}
    return environment


_ENVIRONMENT = _environment()


class InvalidForm(ValueError):
    """A form cannot be used; the message says why and, where one is near, names the slot that was meant."""


class MissingSlot(LookupError):
    """A form was to be written without a slot it needs."""


@dataclass(frozen=True)
class CompiledForm:
    """One form, ready to be written; `required` slots must be filled, `optional` ones may be left out."""

    text: str

    @cached_property
    def _tree(self) -> nodes.Template:
        return parse(self.text)

    @cached_property
    def required(self) -> frozenset[str]:
        """Slots the form cannot do without: those that stand outside every condition."""
        conditional = {name for node in self._conditions for name in node.find_all(nodes.Name)}
        return frozenset(name.name for name in self._tree.find_all(nodes.Name) if name not in conditional)

    @cached_property
    def optional(self) -> frozenset[str]:
        """Slots that may be left out."""
        return frozenset(_names(self._tree)) - self.required

    @property
    def _conditions(self) -> tuple[nodes.Node, ...]:
        return (*self._tree.find_all(nodes.If), *self._tree.find_all(nodes.CondExpr))

    @cached_property
    def _writer(self) -> Writer:
        return writer(self._tree, self.required)

    def write(self, slots: Mapping[str, str]) -> str:
        """Return the text with its slots filled. Raises MissingSlot where a required one is absent or empty."""
        try:
            return self._writer(slots)
        except EmptySlot as exc:
            raise MissingSlot(f'“{self.text}” needs the slot "{exc}"') from None


def parse(text: str) -> nodes.Template:
    """Parse a form. Raises InvalidForm for broken syntax, for what a form may not do and for unknown slots."""
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateSyntaxError as exc:
        raise InvalidForm(f"the form cannot be read: {exc.message}") from exc
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            kind = type(node).__name__
            raise InvalidForm(f"a form holds text, slots and conditions, not {_WORDS.get(kind, kind.lower())}")
        if isinstance(node, nodes.Filter) and node.name not in _ENVIRONMENT.filters:
            raise InvalidForm(f'unknown filter "{node.name}"{suggestion(node.name, _ENVIRONMENT.filters)}')
    for name in _names(tree):
        if name not in SLOTS:
            raise InvalidForm(f'unknown slot "{name}"{suggestion(name, SLOTS)}')
    return tree


def _names(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        yield node.name
    yield from (name.name for name in node.find_all(nodes.Name))
