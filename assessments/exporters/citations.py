"""What each sentence of a snapshot rests on, as an audience may name it; and what is withheld from it.

Only an open source is ever named, described or given a place in it. Any other stands under its permitted attribution,
in every audience: the identity of a protected source is not in the open part, and what could lead to it (a pinpoint,
the day it was read, its language) is not printed either (decisions.md 13).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.core.document import Audience, Citation, Withheld
from assessments.core.few import FEW_INHABITANTS
from assessments.core.grammar import clean, date_words
from assessments.core.values import Protection

OBSERVERS = "observers"
"""Stands for a protected source that permits no attribution of its own."""
_FACTS = ("statistics", "cases", "allegations", "elements", "measures", "commitments", "requests", "statements")


@dataclass(frozen=True)
class Cited:
    """Citations by sentence, what is withheld, and what the maker of the file must look at."""

    by_sentence: Mapping[str, tuple[Citation, ...]]
    withheld: tuple[Withheld, ...]
    warnings: tuple[str, ...]

    def of(self, public_id: str) -> tuple[Citation, ...]:
        """Return the citations of a sentence."""
        return self.by_sentence.get(public_id, ())


def cited(values: Mapping[str, Any], audience: Audience) -> Cited:
    """Return the citations of all sentences of an open part."""
    record = values["record"]
    sources = {item["id"]: item for item in record.get("sources", ())}
    evidence = {item["id"]: item for item in record.get("evidence", ())}
    by_sentence: dict[str, tuple[Citation, ...]] = {}
    leaning: defaultdict[str, list[str]] = defaultdict(list)
    for sentence in values["sentences"]:
        found = []
        for ref in _evidence_of(sentence, record):
            item = evidence.get(ref)
            source = sources.get(item["source"]) if item else None
            if item is None or source is None:
                continue
            if not is_open(source):
                leaning[source["id"]].append(sentence["id"])
            found.append(Citation(source=source["id"], evidence=ref, text=_words(item, source, audience)))
        by_sentence[sentence["id"]] = tuple(found)
    withheld = tuple(
        Withheld(ref=ref, why=_why(sources[ref]), sentences=tuple(dict.fromkeys(ids))) for ref, ids in leaning.items()
    )
    used = [sources[ref] for ref in leaning]
    return Cited(by_sentence, withheld, tuple(_warnings(values["country"], used)))


def _evidence_of(sentence: Mapping[str, Any], record: Mapping[str, Any]) -> Iterable[str]:
    """Return the evidence of a sentence: its own, else that of its facts; in order, each once."""
    basis = sentence["basis"]
    own = list(basis.get("evidence", ()))
    if not own:
        wanted = set(basis.get("facts", ()))
        own = [
            ref
            for name in _FACTS
            for fact in record.get(name, ())
            if fact.get("id") in wanted
            for ref in fact.get("evidence", ())
        ]
    return dict.fromkeys(own)


def is_open(source: Mapping[str, Any]) -> bool:
    """Say whether a source may be named."""
    return str(source.get("protection", Protection.OPEN.value)) == Protection.OPEN.value


def named(source: Mapping[str, Any]) -> str:
    """Return how a source is called where it may stand: its own name, or its permitted attribution."""
    if not is_open(source):
        permitted = [clean(name) for name in source.get("attributions", ())]
        return permitted[0] if permitted else OBSERVERS
    published = source.get("published")
    parts = [source.get("publisher", ""), source["title"], date_words(published) if published else ""]
    return ", ".join(clean(part) for part in parts if part)


def _words(item: Mapping[str, Any], source: Mapping[str, Any], audience: Audience) -> str:
    name = named(source)
    if not is_open(source):
        wanted = clean(item.get("attribution", ""))
        permitted = [clean(each) for each in source.get("attributions", ())]
        name = wanted if wanted in permitted else name
        return name if audience is Audience.PUBLIC else f"{name} (source {source['id']})"
    place = clean(item.get("pinpoint", "")) if audience is not Audience.PUBLIC else ""
    told = ", ".join(part for part in (name, place, source.get("url", "")) if part)
    if audience is Audience.INTERNAL:
        told += f" ({item['id']}: {source.get('reliability', 'F')}{item.get('credibility', '6')})"
    return told


def _why(source: Mapping[str, Any]) -> str:
    return f"{source['protection']} source; it stands as “{named(source)}”"


def _warnings(country: Mapping[str, Any], used: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield where an attribution may give a source away: where there are few who could be meant."""
    if country["iso3"] not in FEW_INHABITANTS:
        return
    for source in used:
        name = named(source)
        if name != OBSERVERS:
            yield (
                f"“{name}” (source {source['id']}) may identify one in {country['in_text']}: fewer than a million "
                "people live there. “observers” says less."
            )
