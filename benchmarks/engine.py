"""The rules alone, on one core and without a database: one full record part by part, and a whole Report's countries."""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from assessments.core import checks, drafting, engine, findings, recommendations
from assessments.core.hinge import hinge_of
from assessments.core.merge import address, merge
from assessments.core.types import Case
from assessments.importers.unstored import case_of
from frameworks.spec.canonical import canonical_json

DEMO = Path(__file__).parents[1] / "fixtures" / "demo"
COUNTRIES = 189
"""As many as the Report of 2024 has narratives."""
FACTS = {"statistics": 12, "cases": 14, "allegations": 12, "elements": 6, "measures": 1, "statements": 15}
"""The sixty facts of a full record, by sheet, taken from the demo's files one after another."""
LISTS = ("sources", "evidence", "search_notes", *FACTS)


def demo_files() -> list[dict[str, Any]]:
    """Return the demo's files as JSON holds them, in the order of their names."""
    return [json.loads(path.read_bytes()) for path in sorted(DEMO.glob("*.json"))]


def full_case() -> Case:
    """Return a record with an answer to every question and sixty facts, of all the demo's files together."""
    files = [_apart(number, file) for number, file in enumerate(demo_files())]
    whole = dict(files[-1])
    for name in LISTS:
        whole[name] = list(islice((item for file in files for item in file.get(name, ())), FACTS.get(name)))
    kept = {item["id"] for item in whole["statistics"]}
    whole["cases"] = [
        {name: value for name, value in item.items() if name != "counted_in" or value in kept}
        for item in whole["cases"]
    ]
    known = {item["indicator"]: item for file in reversed(files) for item in file["ratings"] if not item.get("part")}
    framework = case_of(canonical_json(files[-1])).case.framework
    evidence = [item["id"] for item in whole["evidence"][:3]]
    whole["ratings"] = [
        known.get(slug, _rated(slug, evidence)) for slug in (item.slug for item in framework.indicators)
    ]
    whole |= {"determinations": [], "endorsements": []}
    return case_of(canonical_json(whole)).case


def _rated(slug: str, evidence: list[str]) -> dict[str, Any]:
    return {
        "indicator": slug,
        "state": "rated",
        "level": 2,
        "confidence": "moderate",
        "rationale": "Seen.",
        "evidence": evidence,
    }


def _apart(number: int, file: Mapping[str, Any]) -> dict[str, Any]:
    """Return a file whose ids no other file has."""
    ids = {item["id"] for name in LISTS for item in file.get(name, ())}

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(member) for key, member in value.items()}
        if isinstance(value, list):
            return [renamed(member) for member in value]
        return f"{value}-{number}" if value in ids else value

    found: dict[str, Any] = renamed(file)
    return found


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of some work."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000)
    return median(times)


def fresh(case: Case) -> Case:
    """Return an equal case that nothing was worked out for yet."""
    return Case(record=case.record, country=case.country, framework=case.framework, wording=case.wording)


def parts(case: Case) -> Iterable[tuple[str, Callable[[], object]]]:
    """Yield the parts of the core's way in order, each with its inputs made before, and the whole last."""
    finding = findings.derive(case)
    drafted = drafting.draft(case, finding)
    ranked = replace(drafted, recommendations=recommendations.rank(case, finding))
    sentences = merge((), ranked, address)
    yield "derive", lambda: findings.derive(fresh(case))
    yield "draft", lambda: drafting.draft(fresh(case), finding)
    yield "rank", lambda: recommendations.rank(fresh(case), finding)
    yield "merge with the draft as it stands", lambda: merge(sentences, ranked, address)
    yield "checks", lambda: checks.run(fresh(case), finding, sentences)
    yield "hinge card", lambda: hinge_of(fresh(case))
    yield "all, on an empty draft", lambda: engine.run(fresh(case))
    yield "all, on the draft as it stands", lambda: engine.run(fresh(case), sentences)


def table(rounds: int = 30) -> str:
    """Return the times as Markdown."""
    case = full_case()
    lines = [f"| rules, {len(case.record.ratings)} answers and {sum(FACTS.values())} facts | ms |", "| --- | --: |"]
    lines += [f"| {name} | {milliseconds(work, rounds):.2f} |" for name, work in parts(case)]
    cases = [case_of(canonical_json(file)).case for file in demo_files()]
    whole = milliseconds(
        lambda: [engine.run(fresh(one)) for one in islice(cycle(cases), COUNTRIES)], max(3, rounds // 10)
    )
    return "\n".join([*lines, f"| {COUNTRIES} countries, those of the demo in turn | {whole:.0f} |"])
