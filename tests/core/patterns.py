"""An invented record for each sentence pattern, and the sentence it makes: the table of docs/patterns.md."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assessments.core import engine, interchange
from assessments.core.grammar import finish_sentence
from assessments.core.types import Case, Draft, Sentence
from frameworks.spec.base import Origin
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.registry import TermSpec
from frameworks.spec.wording import Pattern
from tests.core.factories import COUNTRY, framework, wording

DATA = Path(__file__).parents[1] / "data"
PATTERNS: list[dict[str, Any]] = YAML(typ="safe").load(DATA / "patterns.yaml")
CLAIM_TYPES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(DATA / "claim_types.yaml")
CLASSES = {"gov": "SC-C", "ngo": "SC-D", "un": "SC-G", "media": "SC-F"}
COMMON = {
    "format": "indicia-assessment",
    "format_version": 1,
    "country": COUNTRY.iso3,
    "report_year": 2024,
    "framework": {"code": "official-complicity", "version": "2026.1"},
    "sources": [{"id": ref, "title": ref, "source_class": letter} for ref, letter in CLASSES.items()],
    "evidence": [{"id": ref, "source": ref, "credibility": "2"} for ref in CLASSES],
}
INTERNAL = "never published"
PENALIZING = TermSpec(
    vocabulary="act",
    slug="penalize-victims",
    label="Penalizing victims",
    meaning="penalizing victims for unlawful acts that trafficking compelled",
    origin=Origin.PRACTICE,
    gerund="penalizing victims for unlawful acts that traffickers compelled",
    past="penalized victims for unlawful acts that traffickers compelled",
    noun="penalization of victims",
    gravity=99,
    indicators=("revictimization-by-authorities",),
)
"""An act as an editor may add one: the vocabulary need not hold one for NP-44 to be told."""


@cache
def extended() -> CompiledFramework:
    """Return the framework of the fixtures with one act more."""
    spec = framework().spec
    return CompiledFramework(spec.model_copy(update={"terms": (*spec.terms, PENALIZING)}))


@dataclass(frozen=True)
class Example:
    """One form of a pattern with the sentence that shows it; `text` is empty where no record makes it."""

    pattern: Pattern
    form: str
    text: str


def drafted(record: dict[str, Any]) -> Draft:
    """Return the draft of an invented record, in the shape of the interchange file."""
    read = interchange.read(json.dumps(COMMON | record).encode())
    return engine.run(Case(record=read, country=COUNTRY, framework=extended(), wording=wording())).draft


@cache
def drafts() -> tuple[Draft, ...]:
    """Return the drafts of all invented records."""
    rows = [*PATTERNS, *(row for rows in CLAIM_TYPES.values() for row in rows)]
    return tuple(drafted(row["record"]) for row in rows)


def examples() -> Iterator[Example]:
    """Yield each form of each pattern, in the order of their numbers, with the first sentence that shows it."""
    for pattern in sorted(wording().patterns, key=lambda each: each.id):
        for form in pattern.forms:
            found = _items(pattern, form) if pattern.spec.section == "recommendations" else _told(pattern, form)
            yield Example(pattern=pattern, form=form, text=next(found, ""))


def _told(pattern: Pattern, form: str) -> Iterator[str]:
    for draft in drafts():
        for sentence in draft.sentences:
            if sentence.pattern == pattern.id and _is_written_by(sentence, pattern, form):
                yield sentence.text


def _is_written_by(sentence: Sentence, pattern: Pattern, form: str) -> bool:
    needed = pattern.form(form).required
    return needed <= sentence.slots.keys() and finish_sentence(pattern.write(form, sentence.slots)) == sentence.text


def _items(pattern: Pattern, form: str) -> Iterator[str]:
    """Yield recommendations that hold the fixed words of a form in their order."""
    fixed = [part for part in re.split(r"{{.*?}}|{%.*?%}", pattern.form(form).text) if part.strip(" ,;:")]
    words = re.compile(".*".join(re.escape(part.strip()) for part in fixed), re.IGNORECASE | re.DOTALL)
    for draft in drafts():
        yield from (item.text for item in draft.recommendations if words.search(item.text))


INTRODUCTION = """# Sentence patterns, and a sentence for each

Made by `python3 manage.py patterns_table > docs/patterns.md`; `tests/core/test_patterns.py` says when it is stale.

NP-01 to NP-55 are the patterns of the narrative style; the others are ours. Each form of each pattern is shown by the
sentence that an invented record of an invented country makes (`tests/data/patterns.yaml` and `claim_types.yaml`).
**A level never supplies a fact**: a pattern is used where the record it names stands, and a level only permits a
strength word. What a stage of proceeding forbids stands in `stages.yaml`, what a figure's state forbids under “never”.
"""


def table() -> str:
    """Return docs/patterns.md."""
    lines = [INTRODUCTION]
    last = ""
    for example in examples():
        spec = example.pattern.spec
        if spec.id != last:
            last = spec.id
            years = _years(spec.valid_from, spec.valid_to)
            lines += [
                f"## {spec.id} {spec.title}",
                "",
                f"Section: {spec.section}. Report years: {years}. Support: {spec.mark.value}.",
                "",
                f"- **Used when:** {spec.use_when}",
            ]
            lines += [f"- **Never:** {spec.never}"] if spec.never else []
            lines += [""]
        text = example.text or (f"({INTERNAL}: a working note)" if spec.internal else "")
        lines += [f"`{example.form}`: {text}", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _years(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return "all"
    return f"from {first}" if last is None else f"to {last}" if first is None else f"{first} to {last}"
