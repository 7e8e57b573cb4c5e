"""The results as Markdown: docs/performance.md, with the date, the machine, and which goals were met."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

GOALS: Mapping[str, float] = {
    "list of all assessments": 2,
    "workbench: a section": 3,
    "workbench: a question with the draft": 3,
    "save acknowledged": 3,
    "save with refreshed draft": 6,
    "draft": 3,
    "approved text as a page": 3,
}
"""How many times its bare page a request may take, by the median with one person at work."""
SAVES_A_SECOND, MEMORY_MB, START_SECONDS = 150, 120, 1.5
APART = "beside each worker, while files are made: the process that makes them"
BEGIN, END = "<!-- measured: written by the benchmark -->", "<!-- end of what was measured -->"


def machine() -> str:
    """Return what was measured on, without a name."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    cores, memory = os.cpu_count(), round(pages * size / 2**30)
    return f"{cores} cores ({cpu}), {memory} GB, {platform.system()}, Python {platform.python_version()}"


def markdown(results: Sequence[Mapping[str, Any]], *, day: date, minutes: float, short: bool) -> str:
    """Return the part of docs/performance.md that is measured."""
    how = "short run" if short else "full run"
    lines = [f"Measured on {day:%B} {day.day}, {day:%Y}, {how} of {minutes:.0f} minutes: {machine()}.", ""]
    lines += ["### Goals", "", *_goals(results), ""]
    for result in results:
        for size in result["sizes"]:
            lines += [f"### {result['database']}, {size['assessments']:,} assessments", "", *_table(size), ""]
    return "\n".join(lines)


def _goals(results: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "| goal | " + " | ".join(result["database"] for result in results) + " |"
    yield "| --- |" + " --: |" * len(results)
    for name, limit in GOALS.items():
        cells = [_verdict(_ratio(result, name), limit, "x") for result in results]
        yield f"| {name}, at 190 assessments, at most {limit}x | {' | '.join(cells)} |"
    saves = [_verdict(-_phase(result, 1, 50)["saves_a_second"], -SAVES_A_SECOND, "/s") for result in results]
    yield f"| saves from 50 people on two workers, at least {SAVES_A_SECOND}/s | {' | '.join(saves)} |"
    bare = [f"{_phase(result, 1, 50)['bare_saves_a_second']:.0f}/s" for result in results]
    yield f"| bare saves of one row from the same people | {' | '.join(bare)} |"
    memory = [_verdict(max(rss for size in r["sizes"] for rss, _ in size["memory"]), MEMORY_MB, " MB") for r in results]
    yield f"| a worker's memory after all of it, under {MEMORY_MB} MB | {' | '.join(memory)} |"
    own = [f"{max(own for size in r['sizes'] for _, own in size['memory']):.0f} MB" for r in results]
    yield f"| of that not shared with the others | {' | '.join(own)} |"
    apart = [max((rss for size in r["sizes"] for rss, _ in size["apart"]), default=0.0) for r in results]
    yield f"| {APART} | {' | '.join(f'{rss:.0f} MB' for rss in apart)} |"
    starts = [_verdict(result["start"], START_SECONDS, " s") for result in results]
    yield f"| from start to the first answer, under {START_SECONDS} s | {' | '.join(starts)} |"
    constant = ["yes" if not _growing(result) else f"no: {', '.join(_growing(result))}" for result in results]
    yield f"| the same queries at every size | {' | '.join(constant)} |"


def _verdict(value: float, limit: float, unit: str) -> str:
    shown = f"{abs(value):.0f}" if abs(value) >= 20 else f"{abs(value):.1f}"
    return f"{shown}{unit}" if value <= limit else f"**{shown}{unit}**, not met"


def _phase(result: Mapping[str, Any], size: int, users: int) -> Any:
    return next(phase for phase in result["sizes"][size]["phases"] if phase["users"] == users)


def _ratio(result: Mapping[str, Any], name: str) -> float:
    return float(_phase(result, 1, 1)["rows"][name]["ratio"])


def _growing(result: Mapping[str, Any]) -> list[str]:
    first = result["sizes"][0]["queries"]
    return [name for name in first if len({size["queries"].get(name) for size in result["sizes"]}) > 1]


def _table(size: Mapping[str, Any]) -> Iterator[str]:
    phases = size["phases"]
    yield "| request | queries | ratio | " + " | ".join(f"{phase['users']}: p50 | p95" for phase in phases) + " |"
    yield "| --- | --: | --: |" + " --: | --: |" * len(phases)
    for name, row in phases[0]["rows"].items():
        ratio = f"{row['ratio']:.1f}" if row["ratio"] else ""
        cells = []
        for phase in phases:
            found = phase["rows"].get(name)
            cells += [f"{found['p50']:.1f}", f"{found['p95']:.1f}"] if found else ["", ""]
        yield f"| {name} | {size['queries'].get(name, '')} | {ratio} | {' | '.join(cells)} |"
    saves = _by_people(phases, "saves_a_second")
    bare = _by_people(phases, "bare_saves_a_second")
    memory = ", ".join(f"{rss:.0f} MB ({own:.0f} its own)" for rss, own in size["memory"])
    yield ""
    yield f"Saves acknowledged a second: {saves}; bare ones: {bare}. Memory of the workers: {memory}."
    for phase in phases:
        if phase["failed"]:
            yield ""
            yield f"With {phase['users']} at once {phase['failed']} requests failed: {'; '.join(phase['failures'])}."


def _by_people(phases: Sequence[Mapping[str, Any]], name: str) -> str:
    return ", ".join(f"{phase[name]:.0f} by {phase['users']}" for phase in phases)


def write(path: Path, measured: str) -> None:
    """Put what was measured between its marks in the page, and leave the words around it."""
    text = path.read_text() if path.exists() else f"# Performance\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}")
