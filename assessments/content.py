"""What identifies content: the digest of what went into the rules, and the hash an approval hangs on.

Both are made of plain values, so that a snapshot can be checked by the same functions on another machine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from pydantic import TypeAdapter

from assessments.core.interchange import withheld
from assessments.core.once import once_each
from assessments.core.types import AssessmentRecord, Basis, Case
from assessments.core.version import RULES_VERSION
from assessments.models import Evidence, Revision
from assessments.planned import Planned
from frameworks import loader, wording_loader
from frameworks.spec.canonical import Encoded, canonical_json, digest
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.wording import CompiledWording

FACTS = (
    "search_notes",
    "statistics",
    "cases",
    "allegations",
    "elements",
    "measures",
    "commitments",
    "requests",
    "statements",
    "determinations",
)
"""Lists whose entries a sentence names by id."""


@dataclass(frozen=True)
class Line:
    """One sentence as it is read, with its basis."""

    section: str
    text: str
    basis: Basis


@dataclass(frozen=True)
class Item:
    """One sentence or recommendation as it is approved: `digest` is of all that is read, `evidence` of its ground."""

    ref: str
    text: str
    digest: str
    evidence: str
    basis: Mapping[str, Any]
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """One recommendation as it is read, at its place."""

    code: str
    text: str
    rank: int
    is_top: bool


def framework_of(revision: Revision) -> CompiledFramework:
    """Return the framework a revision is pinned to; built once in a process."""
    return loader.compiled(revision.framework)


def wording_of(revision: Revision) -> CompiledWording:
    """Return the wording a revision is pinned to; built once in a process."""
    return wording_loader.compiled(revision.wording)


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what turns values of a type into JSON and back; built once."""
    return TypeAdapter(kind)


def plain(value: Any) -> Any:
    """Return a value of the core as JSON would hold it."""
    if isinstance(value, tuple):
        return [plain(member) for member in value]
    kind: Any = type(value)
    return adapter(kind).dump_python(value, mode="json")


def input_digest(case: Case) -> str:
    """Return the digest of all that went into the rules: record, names, framework, wording and the rules' version."""
    record = case.record
    values = {
        "record": {field.name: _encoded(getattr(record, field.name)) for field in fields(record)},
        "country": case.country,
        "framework": case.framework.digest,
        "wording": case.wording.digest,
        "rules": RULES_VERSION,
    }
    return digest(canonical_json(values))


def _encoded(value: Any) -> Any:
    """Return a list of records with each in its canonical form; anything else as it is."""
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return tuple(_whole(member) for member in value)
    return value


@once_each
def _whole(item: Any) -> Encoded:
    return Encoded(canonical_json(item).decode())


@once_each
def _open(item: Any) -> Encoded:
    """Return what of an entry is open and counts, in canonical form."""
    return Encoded(canonical_json(_without_notes(withheld(item))).decode())


def evidence_versions(revision: Revision) -> dict[str, int]:
    """Return the version of each item of evidence by id; one query."""
    return dict(_evidence_versions(revision=revision.pk))


@Planned
def _evidence_versions(*, revision: int) -> "QuerySet[Evidence, tuple[str, int]]":
    found = Evidence.objects.filter(revision=revision, withdrawn_at__isnull=True).order_by()
    return found.values_list("ref", "version")


def content_hash(
    record: AssessmentRecord, versions: Mapping[str, int], lines: Iterable[Line], points: Iterable[Point]
) -> str:
    """Return the hash of the text, what it rests on and the recommendations: what somebody approves.

    Made of what is open. Of protected fields only the version of their item counts, so that the hash can be recomputed
    from a snapshot's open part, and still changes when an excerpt does. Notes for colleagues do not count.
    """
    known = ground(record, versions)
    values = {
        "sentences": [
            {"section": line.section, "text": line.text, "basis": _basis(line.basis, known)} for line in lines
        ],
        "recommendations": [vars(point) for point in sorted(points, key=lambda point: (point.rank, point.code))],
    }
    return digest(canonical_json(values))


def item_of_line(ref: str, line: Line, known: Mapping[str, str], predecessors: Iterable[str] = ()) -> Item:
    """Return a sentence as it is approved; `known` is what `ground` gave."""
    ground_of = _basis(line.basis, known)
    values = {"section": line.section, "text": line.text, "basis": ground_of}
    return Item(
        ref,
        line.text,
        digest(canonical_json(values)),
        digest(canonical_json({"section": line.section, "basis": ground_of})),
        plain(line.basis),
        tuple(predecessors),
    )


def item_of_point(point: Point, basis: Basis, known: Mapping[str, str]) -> Item:
    """Return a recommendation as it is approved. Its place among others is not part of it: order is mechanical."""
    ground_of = {"basis": _basis(basis, known), "is_top": point.is_top}
    return Item(
        f"recommendations/{point.code}",
        point.text,
        digest(canonical_json({"text": point.text, **ground_of})),
        digest(canonical_json(ground_of)),
        plain(basis),
    )


def ground(record: AssessmentRecord, versions: Mapping[str, int]) -> Mapping[str, str]:
    """Return the digest of every fact, rating and item of evidence that a sentence may rest on, by kind and id."""
    return _digests(record, versions)


def _digests(record: AssessmentRecord, versions: Mapping[str, int]) -> dict[str, str]:
    found: dict[str, str] = {}
    sources = {source.id: source for source in record.sources}
    for item in record.evidence:
        source = sources.get(item.source)
        parts = [_open(item), source and _open(source), versions.get(item.id, 1)]
        found[f"evidence {item.id}"] = digest(canonical_json(parts))
    for name in FACTS:
        for fact in getattr(record, name):
            found[f"facts {fact.id}"] = digest(_open(fact).encode())
    for rating in record.ratings:
        found[f"ratings {rating.key}"] = digest(_open(rating).encode())
    return found


def _without_notes(value: Any) -> Any:
    if not is_dataclass(value):
        return value
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name != "note"}


def _basis(basis: Basis, known: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: {key: known.get(f"{name} {key}", "") for key in sorted(getattr(basis, name))}
        for name in ("facts", "evidence", "ratings")
    } | {"decisions": sorted(basis.decisions)}
