"""A draft as JSON with all that is behind it: each sentence with its pattern, slots, basis and choice, each level with
its reasons."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter

from assessments.core.engine import Result
from assessments.core.merge import CurrentSentence
from assessments.core.types import AssessmentRecord, Case, Check, DraftGap, Finding, RankedRecommendation
from assessments.core.version import PROGRAM, PROGRAM_VERSION, RULES_VERSION

_FINDING: TypeAdapter[Finding] = TypeAdapter(Finding)
_CHECKS: TypeAdapter[tuple[Check, ...]] = TypeAdapter(tuple[Check, ...])
_GAPS: TypeAdapter[tuple[DraftGap, ...]] = TypeAdapter(tuple[DraftGap, ...])
_RECOMMENDATIONS: TypeAdapter[tuple[RankedRecommendation, ...]] = TypeAdapter(tuple[RankedRecommendation, ...])


def explained(case: Case, result: Result, *, stated: Sequence[str] = ()) -> bytes:
    """Return a run as UTF-8 JSON, keys in order. `stated` are approvals that nobody but the file vouches for.

    Of evidence it gives ids, sources and permitted attributions, never an excerpt.
    """
    values = {
        "format": "indicia-draft",
        "program": f"{PROGRAM} {PROGRAM_VERSION}, rules {RULES_VERSION}",
        "status": "draft, not reviewed",
        "country": case.country.iso3,
        "report_year": case.record.report_year,
        "demonstration": case.record.demonstration,
        "framework": {"version": f"{case.framework.code} {case.framework.version}", "digest": case.framework.digest},
        "wording": {"version": f"{case.wording.code} {case.wording.version}", "digest": case.wording.digest},
        "as_stated_in_the_file": list(stated),
        "finding": _FINDING.dump_python(result.finding, mode="json"),
        "sentences": [_sentence(item) for item in _in_order(result.sentences)],
        "recommendations": _RECOMMENDATIONS.dump_python(result.draft.recommendations, mode="json"),
        "gaps": _GAPS.dump_python(result.draft.gaps, mode="json"),
        "checks": _CHECKS.dump_python(result.checks, mode="json"),
        "evidence": _evidence(case.record),
    }
    return (json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _in_order(sentences: Iterable[CurrentSentence]) -> list[CurrentSentence]:
    return sorted(sentences, key=lambda item: item.position)


def _sentence(item: CurrentSentence) -> dict[str, Any]:
    return {
        "id": item.public_id,
        "section": item.key.section.value,
        "family": item.key.family,
        "subjects": list(item.key.subjects),
        "text": item.shown,
        "state": item.state.value,
        "suggestion": item.suggestion,
        "pattern": item.pattern,
        "slots": dict(item.slots),
        "choice": item.choice,
        "facts": list(item.basis.facts),
        "evidence": list(item.basis.evidence),
        "ratings": list(item.basis.ratings),
        "decisions": list(item.basis.decisions),
        "author": item.author,
    }


def _evidence(record: AssessmentRecord) -> list[dict[str, str]]:
    return [
        {
            "id": item.id,
            "source": item.source,
            "attribution": item.attribution,
            "credibility": item.credibility.value,
        }
        for item in record.evidence
    ]
