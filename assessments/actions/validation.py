"""What is malformed is refused here, with a message by field; what is merely missing is kept, and the checks say so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

from assessments.actions.door import Invalid
from assessments.content import adapter
from assessments.core import sheets
from assessments.core.interchange import InvalidFile, Problem, check_names, read
from assessments.core.types import AssessmentRecord
from assessments.models import SHEETS, DeterminationRecord, Evidence, Revision
from frameworks.loader import compiled
from frameworks.spec.canonical import canonical_json

R = TypeVar("R")

PREFIXES: Mapping[str, str] = {
    "sources": "d",
    "evidence": "e",
    "search_notes": "n",
    "information_gaps": "u",
    "statistics": "s",
    "cases": "c",
    "allegations": "a",
    "elements": "p",
    "measures": "m",
    "commitments": "t",
    "requests": "r",
    "statements": "x",
    "determinations": "f",
}
"""The letter a new entry's id begins with, by the list it stands in."""


def refused(problems: Iterable[Problem]) -> Invalid:
    """Return the refusal of a record, its messages by the field they are about."""
    errors: dict[str, list[str]] = {}
    for problem in problems:
        parts = problem.place.split(", ")
        field = parts[1].split(" ")[0] if len(parts) > 1 else ""
        errors.setdefault(field, []).append(problem.sentence)
    return Invalid(errors)


def validated(revision: Revision, name: str, record: R) -> R:
    """Return a record of one list as a file would give it, its names known to the revision's framework.

    `name` is the list of the interchange file. Raises Invalid.
    """
    try:
        whole = read(_as_file(revision, name, record))
    except InvalidFile as exc:
        raise refused(exc.problems) from exc
    found = _unknown(whole, revision)
    if found:
        raise refused(found)
    kept: R = getattr(whole, name) if name == "decision" else getattr(whole, name)[0]
    return kept


def problems_of(revision: Revision, name: str, record: Any) -> Sequence[Problem]:
    """Return what `validated` would refuse a record for, each with its place in it."""
    try:
        return _unknown(read(_as_file(revision, name, record)), revision)
    except InvalidFile as exc:
        return exc.problems


def _unknown(whole: AssessmentRecord, revision: Revision) -> list[Problem]:
    return [problem for problem in check_names(whole, compiled(revision.framework)) if not problem.is_warning]


def _as_file(revision: Revision, name: str, record: Any) -> bytes:
    """Return a file of the revision with nothing in it but this record."""
    values = {
        "format": "indicia-assessment",
        "format_version": 1,
        "country": revision.assessment.country_id,
        "report_year": revision.assessment.period.report_year,
        "framework": {"code": revision.framework.code, "version": revision.framework.version},
        name: asdict(record) if name == "decision" else [asdict(record)],
    }
    return canonical_json(values)


def validated_source(record: sheets.Source) -> sheets.Source:
    """Return a source as a file would give it. Raises Invalid."""
    values = {
        "format": "indicia-assessment",
        "format_version": 1,
        "country": "XAA",
        "report_year": 2024,
        "framework": {"code": "none", "version": "1"},
        "sources": [asdict(record)],
    }
    try:
        return read(canonical_json(values)).sources[0]
    except InvalidFile as exc:
        raise refused(exc.problems) from exc


def plain(record: Any, *, without: frozenset[str] = frozenset({"id"})) -> dict[str, Any]:
    """Return the fields of a record that differ from their defaults, as JSON would hold them."""
    kind: Any = type(record)
    values: dict[str, Any] = adapter(kind).dump_python(record, mode="json", exclude_defaults=True)
    return {key: value for key, value in values.items() if key not in without}


def with_id(record: R, ref: str) -> R:
    """Return the record under another id."""
    return replace(record, id=ref)  # type: ignore[type-var]


def next_ref(revision: Revision, name: str) -> str:
    """Return the next id of a list that no entry of the revision ever had: "s1", "c2"; one query.

    Facts and determinations share one set of ids, because sentences name them by id alone.
    """
    prefix = PREFIXES[name]
    if name == "sources":
        taken = set(revision.sources.values_list("ref", flat=True))
    elif name == "evidence":
        taken = set(Evidence.objects.filter(revision=revision).values_list("ref", flat=True))
    else:
        taken = facts_refs(revision, prefix)
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def facts_refs(revision: Revision, start: str = "") -> set[str]:
    """Return the ids, used or withdrawn, of all facts and determinations of a revision; one query."""
    models: list[Any] = [*SHEETS.values(), DeterminationRecord]
    queries = [
        model._default_manager.filter(revision=revision, ref__startswith=start).order_by().values_list("ref", flat=True)
        for model in models
    ]
    return set(queries[0].union(*queries[1:], all=True))
