"""The texts of an assessment as sides of a comparison: frozen ones from their open part, the working one from rows.

Both are brought to the form of a snapshot's open part, so that no protected field can enter a comparison.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.content import FACTS
from assessments.core.comparison import ANSWER, Entry, Said, Text
from assessments.core.interchange import canonical, write
from assessments.core.types import AssessmentRecord
from assessments.core.values import RatingState
from assessments.enums import SentenceState
from assessments.exporters.document import overrides_in_public
from assessments.models import Assessment, DraftRecommendation, DraftSentence
from frameworks.spec.canonical import canonical_json, digest, parse_canonical
from frameworks.spec.compiled import CompiledFramework

RECOMMENDATIONS = "recommendations"
"""Stands for a section: the top recommendations are compared like sentences."""

Ancestors = Mapping[str, tuple[str, ...]]
"""By the public id of a sentence, the ids of all it came from."""


@dataclass(frozen=True)
class Side:
    """One text of a comparison: what it is called, and what is compared."""

    name: str
    text: Text
    questions: Mapping[str, tuple[str, str]]  # code and title by rating key
    notices: tuple[str, ...] = ()  # what every file of the text says of an override


def working_side(
    name: str,
    record: AssessmentRecord,
    framework: CompiledFramework,
    sentences: Iterable[DraftSentence],
    recommendations: Iterable[DraftRecommendation],
    ancestors: Ancestors,
) -> Side:
    """Return the working text as a side. Rows come in printing order."""
    values = {
        "record": parse_canonical(write(canonical(record))),
        "sentences": [
            {
                "id": str(row.public_id),
                "section": row.section,
                "family": row.family,
                "subjects": row.subjects,
                "text": row.shown,
                "basis": row.basis,
            }
            for row in sentences
            if row.state != SentenceState.REMOVED and row.shown
        ],
        "recommendations": [
            {
                "code": row.code,
                "text": row.shown,
                "is_top": row.is_top,
                "for_others": row.for_others,
                "basis": row.basis,
            }
            for row in recommendations
        ],
        "indicators": [
            {"key": rating.key, "code": indicator.code, "title": indicator.title}
            for rating in record.ratings
            for indicator in [framework.indicator(rating.indicator)]
        ],
    }
    return frozen_side(name, values, ancestors)


def frozen_side(name: str, values: Mapping[str, Any], ancestors: Ancestors) -> Side:
    """Return a snapshot's open part as a side, with an unreleased tier only if it was put back into it."""
    said = [
        Said(
            public_id=item["id"],
            section=item["section"],
            text=item["text"],
            family=item["family"] or "",
            subjects=tuple(item["subjects"]),
            ancestors=tuple(ancestors.get(item["id"], ())),
            rests_on=_names(item["basis"]),
        )
        for item in values["sentences"]
    ]
    said += [
        Said(
            public_id="",
            section=RECOMMENDATIONS,
            text=item["text"],
            lasting=item["code"],
            rests_on=_names(item["basis"]),
        )
        for item in values["recommendations"]
        if item["is_top"] and not item["for_others"]
    ]
    questions = {item["key"]: (item["code"], item["title"]) for item in values["indicators"]}
    notices = tuple(overrides_in_public(values)) if "approvals" in values else ()
    return Side(name, Text(sentences=tuple(said), record=_entries(values["record"])), questions, notices)


def _names(basis: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    answers = [f"{ANSWER}{key}" for key in basis.get("ratings", ())]
    return (*answers, *(f"facts {ref}" for ref in basis.get("facts", ())))


def _entries(record: Mapping[str, Any]) -> dict[str, Entry]:
    """Return what every answer and fact says; notes for colleagues and the evidence behind it don't count."""
    found = {}
    for item in record.get("ratings", ()):
        key = f"{item['indicator']}/{item['part']}" if item.get("part") else item["indicator"]
        level = item.get("level")
        words = f"level {level}" if level is not None else RatingState(item["state"]).label.split(":")[0]
        found[f"{ANSWER}{key}"] = Entry(words=words, value=f"{item['state']} {level}")
    for name in FACTS:
        for item in record.get(name, ()):
            says = {field: value for field, value in item.items() if field not in {"note", "evidence"}}
            found[f"facts {item['id']}"] = Entry(words=item["id"], value=digest(canonical_json(says)))
    return found


def ancestors_of(assessment: Assessment) -> Ancestors:
    """Return what each sentence of an assessment came from, over all its revisions; one query."""
    rows = DraftSentence.objects.filter(revision__assessment=assessment).order_by()
    parents = {str(public_id): list(before) for public_id, before in rows.values_list("public_id", "predecessors")}
    found: dict[str, tuple[str, ...]] = {}
    for start in parents:
        seen: dict[str, None] = {}
        waiting = list(parents[start])
        while waiting:
            parent = waiting.pop()
            if parent not in seen:
                seen[parent] = None
                waiting += parents.get(parent, [])
        found[start] = tuple(seen)
    return found
