"""Terms of the framework as words of a sentence: their small patterns, filled from the record that names them."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from assessments.core.grammar import clean, count_words, figures, join, number
from assessments.core.sheets import PolicyElement
from assessments.core.values import Count, CountKind
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.patterns import CompiledForm
from frameworks.spec.registry import TermSpec

ANY_CRIME = "trafficking"
_NOTHING_SAID = frozenset({CountKind.UNKNOWN, CountKind.NOT_REPORTED, CountKind.NOT_APPLICABLE, CountKind.TOOK_PLACE})


@lru_cache(maxsize=1024)
def form(text: str) -> CompiledForm:
    """Return one form of a term, ready to be written."""
    return CompiledForm(text)


def known(framework: CompiledFramework, vocabulary: str, slugs: Collection[str]) -> list[TermSpec]:
    """Return the terms of some slugs, each once; a name the framework does not have is passed over."""
    return framework.known_terms(vocabulary, slugs) if slugs else []  # most records name none


def crime(framework: CompiledFramework, slug: str | None) -> str:
    """Return a kind of trafficking as a noun; without one on record "trafficking"."""
    terms = known(framework, "crime", (slug,)) if slug else []
    return terms[0].phrase if terms else ANY_CRIME


def objects(names: Iterable[str]) -> str:
    """Return names of things as one phrase."""
    return join(dict.fromkeys(text for name in names if (text := clean(name))))


def amount(scale: Count | None) -> str:
    """Return a number of people as words before their noun; empty where none is on record."""
    if scale is None or scale.kind in _NOTHING_SAID:
        return ""
    if scale.kind is CountKind.REPORTED_ZERO:
        return "no"
    return count_words(scale)


def percent(count: Count) -> str:
    """Return a rate or a share: figures and the word, "approximately 4 percent" (narrative-style.md 9)."""
    value = count.value or 0
    return f"{count_words(count).replace(number(value), figures(value))} percent"


def legal_limit(item: PolicyElement) -> str:
    """Return the legal limit of a service: "18 months"; empty where none is on record."""
    if not item.term:
        return ""
    unit = item.term_unit.removesuffix("s") if item.term == 1 else item.term_unit
    return f"{number(item.term)} {unit}"


def element_slots(framework: CompiledFramework, item: PolicyElement) -> dict[str, str]:
    """Return what the form of a state's conduct or of a remedy may name."""
    sector = known(framework, "sector", (item.sector,)) if item.sector else []
    return {
        "crime": ANY_CRIME,
        "group": clean(item.groups),
        "object": objects(item.objects),
        "sector": sector[0].phrase if sector else "",
        "count": amount(item.scale),
        "period": f"beyond the legal limit of {limit}" if (limit := legal_limit(item)) else "",
    }


def state_conduct(framework: CompiledFramework, item: PolicyElement, tense: str) -> str:
    """Return what a state did in the words of the vocabulary: "past", "base" or "gerund". Empty if not known."""
    slots = element_slots(framework, item)
    return join(form(getattr(term, tense)).write(slots) for term in known(framework, "state-conduct", item.conducts))
