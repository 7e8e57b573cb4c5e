"""What a framework must satisfy beyond the shape of its parts: every name used exists, nothing is named twice."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from frameworks.spec.base import suggestion
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import FrameworkSpec, IndicatorSpec, RecommendationSpec
from frameworks.spec.registry import VOCABULARIES, TermSpec
from frameworks.spec.vocabulary import check

Path = tuple[str | int, ...]
FACT_SHEETS = ("f1", "f2", "f3", "f4", "f5", "f6")
_TEST_NODE = re.compile(r"^tests/[\w/]+\.py::\w+(::\w+)?$")
_SLOT = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not fit, with the path of keys from the document's root."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Known:
    """The names of a framework by what they name."""

    indicators: frozenset[str]
    groups: frozenset[str]
    states: frozenset[str]
    provisions: frozenset[str]
    law: frozenset[str]  # provisions, standards and indicia: what an indicator may rest on
    factors: frozenset[str]
    record_kinds: frozenset[str]
    recommendations: frozenset[str]
    seed_rows: frozenset[str]
    records: frozenset[str]
    terms: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, spec: FrameworkSpec) -> "Known":
        """Collect the names of a framework."""
        provisions = frozenset(provision.slug for provision in spec.provisions)
        law = {*provisions, *(s.slug for s in spec.standards), *(i.slug for i in spec.indicia)}
        return cls(
            indicators=frozenset(indicator.slug for indicator in spec.indicators),
            groups=frozenset(group.slug for group in spec.groups),
            states=frozenset(state.slug for state in spec.states),
            provisions=provisions,
            law=frozenset(law),
            factors=frozenset(factor.slug for factor in spec.proof_of_failure),
            record_kinds=frozenset(kind.slug for kind in spec.record_kinds),
            recommendations=frozenset(recommendation.code for recommendation in spec.recommendations),
            seed_rows=frozenset(row.code for row in spec.seed_rows),
            records=CompiledFramework(spec).records,
            terms={v: frozenset(t.slug for t in spec.terms if t.vocabulary == v) for v in VOCABULARIES},
        )


def problems(spec: FrameworkSpec) -> list[Problem]:
    """Return everything in a framework that does not fit, in the order of the document."""
    known = Known.of(spec)
    return [
        *_named_twice(spec),
        *_law(spec, known),
        *_indicators(spec, known),
        *_method(spec, known),
        *_terms(spec, known),
        *_recommendations(spec, known),
        *_seed(spec, known),
        *_lineage(spec, known),
    ]


def _references(path: Path, names: Sequence[str], known: Iterable[str], what: str) -> Iterator[Problem]:
    allowed = frozenset(known)
    for position, name in enumerate(names):
        if name not in allowed:
            yield Problem((*path, position), f'unknown {what} "{name}"{suggestion(name, allowed)}')


def _reference(path: Path, name: str, known: Iterable[str], what: str) -> Iterator[Problem]:
    allowed = frozenset(known)
    if name not in allowed:
        yield Problem(path, f'unknown {what} "{name}"{suggestion(name, allowed)}')


def _named_twice(spec: FrameworkSpec) -> Iterator[Problem]:
    keys: dict[str, list[object]] = {
        "standards": [part.slug for part in spec.standards],
        "indicia": [part.slug for part in spec.indicia],
        "elements": [part.code for part in spec.elements],
        "significant_efforts": [part.slug for part in spec.significant_efforts],
        "proof_of_failure": [part.slug for part in spec.proof_of_failure],
        "tiers": [part.slug for part in spec.tiers],
        "provisions": [part.slug for part in spec.provisions],
        "groups": [part.slug for part in spec.groups],
        "indicators": [part.slug for part in spec.indicators],
        "states": [part.slug for part in spec.states],
        "record_kinds": [part.slug for part in spec.record_kinds],
        "evidence_rules": [(part.direction.value, part.level) for part in spec.evidence_rules],
        "parameters": [part.slug for part in spec.parameters],
        "indicator_sets": [part.slug for part in spec.indicator_sets],
        "finding_categories": [part.slug for part in spec.finding_categories],
        "terms": [part.record for part in spec.terms],
        "recommendations": [part.code for part in spec.recommendations],
        "rules": [part.slug for part in spec.rules],
        "seed_rows": [part.number for part in spec.seed_rows],
    }
    yield from _twice("indicators", [part.code for part in spec.indicators])
    yield from _twice("recommendations", [part.slug for part in spec.recommendations])
    for collection, names in keys.items():
        yield from _twice(collection, names)


def _twice(collection: str, names: Sequence[object]) -> Iterator[Problem]:
    counts = Counter(names)
    seen: set[object] = set()
    for position, name in enumerate(names):
        if counts[name] > 1 and name in seen:
            yield Problem((collection, position), f'"{name}" occurs {counts[name]} times in {collection}')
        seen.add(name)


def _law(spec: FrameworkSpec, known: Known) -> Iterator[Problem]:
    for i, indicium in enumerate(spec.indicia):
        yield from _references(("indicia", i, "indicators"), indicium.indicators, known.indicators, "indicator")
    for i, element in enumerate(spec.elements):
        yield from _references(("elements", i, "indicators"), element.indicators, known.indicators, "indicator")
        if not element.indicators and not element.assessed_by:
            yield Problem(("elements", i), f"{element.code} names neither an indicator nor what else assesses it")
    for i, factor in enumerate(spec.proof_of_failure):
        yield from _reference(("proof_of_failure", i, "slug"), factor.slug, known.indicators, "indicator")
        yield from _reference(("proof_of_failure", i, "provision"), factor.provision, known.provisions, "provision")
    for i, provision in enumerate(spec.provisions):
        path = ("provisions", i)
        yield from _reference((*path, "instrument"), provision.instrument, known.terms["instrument"], "instrument")
        yield from _references((*path, "indicators"), provision.indicators, known.indicators, "indicator")


def _indicators(spec: FrameworkSpec, known: Known) -> Iterator[Problem]:
    directions = {group.slug: group.direction for group in spec.groups}
    answers = {recommendation.code: recommendation.answers for recommendation in spec.recommendations}
    for i, indicator in enumerate(spec.indicators):
        path = ("indicators", i)
        yield from _reference((*path, "group"), indicator.group, known.groups, "group")
        yield from _references((*path, "parts"), indicator.parts, known.terms["sector"], "sector")
        yield from _references((*path, "states"), indicator.states, known.states, "state")
        yield from _references((*path, "provisions"), indicator.provisions, known.law, "provision")
        yield from _references((*path, "feeds"), indicator.feeds, known.recommendations, "recommendation")
        yield from _references((*path, "fact_sheets"), indicator.fact_sheets, FACT_SHEETS, "fact sheet")
        if directions.get(indicator.group, indicator.direction) is not indicator.direction:
            yield Problem((*path, "direction"), f"{indicator.slug} runs against the direction of {indicator.group}")
        yield from _unanswered(path, indicator, answers)


def _unanswered(path: Path, indicator: IndicatorSpec, answers: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    for position, code in enumerate(indicator.feeds):
        if indicator.slug not in answers.get(code, (indicator.slug,)):
            message = f"{indicator.slug} feeds {code}, but {code} does not answer it"
            yield Problem((*path, "feeds", position), message)


def _method(spec: FrameworkSpec, known: Known) -> Iterator[Problem]:
    for i, state in enumerate(spec.states):
        yield from _references(("states", i, "groups"), state.groups, known.groups, "group")
        yield from _references(("states", i, "indicators"), state.indicators, known.indicators, "indicator")
    for i, rule in enumerate(spec.evidence_rules):
        path: Path = ("evidence_rules", i)
        yield from _references((*path, "determination_groups"), rule.determination_groups, known.groups, "group")
        for j, option in enumerate(rule.any_of):
            place = (*path, "any_of", j)
            yield from _references((*place, "classes"), option.classes, known.terms["source-class"], "source class")
            for k, kinds in enumerate(option.records):
                yield from _references((*place, "records", k), kinds, known.record_kinds, "record kind")
    ruled = {(rule.direction, rule.level) for rule in spec.evidence_rules}
    for i, indicator in enumerate(spec.indicators):
        for level in indicator.scale:
            if (indicator.direction, level) not in ruled:
                message = f"there is no evidence rule for {indicator.direction.value} level {level}"
                yield Problem(("indicators", i, "levels", level), message)
    for i, members in enumerate(spec.indicator_sets):
        yield from _references(("indicator_sets", i, "members"), members.members, known.indicators, "indicator")


def _terms(spec: FrameworkSpec, known: Known) -> Iterator[Problem]:
    for i, term in enumerate(spec.terms):
        yield from _reference(("terms", i, "vocabulary"), term.vocabulary, VOCABULARIES, "vocabulary")
        yield from _term(("terms", i), term, known)


def _term(path: Path, term: TermSpec, known: Known) -> Iterator[Problem]:
    yield from _references((*path, "indicators"), term.indicators, known.indicators, "indicator")
    yield from _references((*path, "forms"), term.forms, known.terms["form"], "form")
    yield from _references((*path, "modes"), term.modes, known.terms["mode"], "mode")


def _recommendations(spec: FrameworkSpec, known: Known) -> Iterator[Problem]:
    names = CompiledFramework(spec).names
    groups = tuple(group.slug for group in spec.groups)
    for i, recommendation in enumerate(spec.recommendations):
        path: Path = ("recommendations", i)
        yield from _recommendation(path, recommendation, known)
        for problem in check(recommendation.trigger, names, groups):
            yield Problem((*path, "trigger", *problem.path), problem.message)


def _recommendation(path: Path, recommendation: RecommendationSpec, known: Known) -> Iterator[Problem]:
    allowed: dict[str, tuple[Sequence[str], Iterable[str], str]] = {
        "addressees": (recommendation.addressees, known.terms["addressee"], "addressee"),
        "government_addressees": (recommendation.government_addressees, recommendation.addressees, "addressee"),
        "provisions": (recommendation.provisions, known.provisions, "provision"),
        "instruments": (recommendation.instruments, known.terms["instrument"], "instrument"),
        "answers": (recommendation.answers, known.indicators, "indicator"),
        "factors": (recommendation.factors, known.factors, "proof-of-failure factor"),
        "acts": (recommendation.acts, known.terms["act"], "act"),
        "sources": (recommendation.sources, known.terms["source"], "source"),
        "seed_rows": (recommendation.seed_rows, known.seed_rows, "seed row"),
    }
    for key, (given, names, what) in allowed.items():
        yield from _references((*path, key), given, names, what)
    if recommendation.merges_with:
        other = recommendation.merges_with
        yield from _reference((*path, "merges_with"), other, known.recommendations, "recommendation")
    used = tuple(dict.fromkeys(_SLOT.findall(recommendation.text)))
    if used != recommendation.slots:
        declared = ", ".join(recommendation.slots) or "none"
        message = f"the text uses the slots {', '.join(used) or 'none'}, declared are {declared}"
        yield Problem((*path, "slots"), message)


def _seed(spec: FrameworkSpec, known: Known) -> Iterator[Problem]:
    for i, row in enumerate(spec.seed_rows):
        yield from _references(("seed_rows", i, "records"), row.records, known.records, "record")
    for i, rule in enumerate(spec.rules):
        if not _TEST_NODE.match(rule.test):
            yield Problem(("rules", i, "test"), f'"{rule.test}" is not the node of a test in tests/')


def _lineage(spec: FrameworkSpec, known: Known) -> Iterator[Problem]:
    for i, entry in enumerate(spec.lineage):
        if (entry.change == "dropped") == bool(entry.indicator):
            yield Problem(("lineage", i), "a dropped indicator has no name in this version; every other one has")
        if (entry.change == "new") == bool(entry.previous):
            yield Problem(("lineage", i), "a new indicator has none before it; every other one has")
        if entry.indicator:
            yield from _reference(("lineage", i, "indicator"), entry.indicator, known.indicators, "indicator")
    told = {entry.indicator for entry in spec.lineage}
    if spec.previous_version:
        for i, indicator in enumerate(spec.indicators):
            if indicator.slug not in told:
                message = f"the lineage does not say where it comes from in {spec.previous_version}"
                yield Problem(("indicators", i), message)
