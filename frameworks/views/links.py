"""Ways from a name to the place where the record stands: what an indicator rests on, what carries a seed statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from frameworks.models import FrameworkVersion
from frameworks.spec.compiled import CompiledFramework, UnknownRecord

_PAGES = ("law", "provisions", "registry", "recommendations", "seed")


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a record: the short text that stands for it, and its title in words."""

    url: str
    text: str
    title: str


class Links:
    """The addresses of one version's records. Every method raises UnknownRecord for a name that does not exist."""

    def __init__(self, version: FrameworkVersion, framework: CompiledFramework) -> None:
        """Work the pages' addresses out once; a page may have hundreds of links."""
        self._framework = framework
        self._pages = {name: reverse(f"frameworks:{name}", args=[version.public_id]) for name in _PAGES}
        self._indicators = reverse("frameworks:version", args=[version.public_id]) + "indicators/"

    @cached_property
    def _law(self) -> dict[str, tuple[str, str]]:
        spec = self._framework.spec
        standards = {part.slug: (part.cite, part.summary) for part in spec.standards}
        return standards | {part.slug: (part.cite, part.summary) for part in spec.indicia}

    def indicator(self, slug: str) -> Link:
        """Lead to an indicator's page by its code."""
        found = self._framework.indicator(slug)
        return Link(f"{self._indicators}{found.slug}/", found.code, found.title)

    def indicators(self, slugs: Iterable[str]) -> tuple[Link, ...]:
        """Lead to several indicators, in the order given."""
        return tuple(self.indicator(slug) for slug in slugs)

    def provision(self, slug: str) -> Link:
        """Lead to a provision by its citation."""
        found = self._framework.provision(slug)
        return Link(f"{self._pages['provisions']}#{found.slug}", found.cite, found.label)

    def basis(self, slug: str) -> Link:
        """Lead to a standard, an indicium or a provision."""
        if slug in self._law:
            cite, summary = self._law[slug]
            return Link(f"{self._pages['law']}#{slug}", cite, summary)
        return self.provision(slug)

    def recommendation(self, code: str) -> Link:
        """Lead to a recommendation by its code."""
        found = self._framework.recommendation(code)
        return Link(f"{self._pages['recommendations']}#{found.code.lower()}", found.code, found.text)

    def term(self, vocabulary: str, slug: str) -> Link:
        """Lead to a term of a vocabulary by its label."""
        found = self._framework.term(vocabulary, slug)
        return Link(f"{self._pages['registry']}#{vocabulary}-{slug}", found.label, found.meaning)

    def seed(self, code: str) -> Link:
        """Lead to a statement of the seed by its key, e.g. `S42`."""
        return Link(f"{self._pages['seed']}#{code.lower()}", code, f"statement {code[1:]} of the seed")

    def rule(self, slug: str) -> Link:
        """Lead to a statement of the seed that is behavior."""
        return Link(f"{self._pages['seed']}#rule-{slug}", slug, "behavior of the program, held by a test")

    def record(self, name: str) -> Link:
        """Lead to a record as the seed map names it, e.g. `act:accept-bribe`."""
        if name not in self._framework.records:
            raise UnknownRecord(f'There is no record "{name}"')
        kind, _, slug = name.partition(":")
        ways = {
            "indicator": self.indicator,
            "provision": self.provision,
            "rec": self.recommendation,
            "rule": self.rule,
        }
        return ways[kind](slug) if kind in ways else self.term(kind, slug)
