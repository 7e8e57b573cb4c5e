"""Whether a wording has all the drafting asks for, so that no draft of any record can ever fail on it."""

from collections.abc import Iterable, Iterator

from frameworks.spec.base import suggestion
from frameworks.spec.crosscheck import Problem
from frameworks.spec.needed import PATTERNS, PHRASES, WORDS
from frameworks.spec.patterns import CompiledForm
from frameworks.spec.wording import WordingSpec

Path = tuple[str | int, ...]
STAGES = frozenset(WORDS["stage-state"].split())
"""Stages of a proceeding, each with a hedge and its word forms."""
CLASSES = frozenset(f"SC-{letter}" for letter in "ABCDEFGH")
VERBS = frozenset({"stated", "reported", "alleged", "presumed"})
LEVELS = range(6)


def problems(spec: WordingSpec) -> list[Problem]:
    """Return everything the drafting needs that a wording lacks, and every form that asks for more than it gets."""
    return [*_patterns(spec), *_phrases(spec), *_words(spec), *_tables(spec)]


def _patterns(spec: WordingSpec) -> Iterator[Problem]:
    places = {pattern.id: (position, pattern) for position, pattern in enumerate(spec.patterns)}
    for key, forms in PATTERNS.items():
        if key not in places:
            yield Problem(("patterns",), f'lacks the pattern "{key}"')
            continue
        position, pattern = places[key]
        path: Path = ("patterns", position, "forms")
        yield from _lacking(path, forms, pattern.forms, f"{key} lacks the form")
        for name, given in forms.items():
            if name in pattern.forms:
                yield from _asking((*path, name), pattern.forms[name], given)


def _phrases(spec: WordingSpec) -> Iterator[Problem]:
    yield from _lacking(("phrases",), PHRASES, spec.phrases, "lacks the phrase")
    for name, text in spec.phrases.items():
        if name in PHRASES:
            yield from _asking(("phrases", name), text, PHRASES[name])


def _words(spec: WordingSpec) -> Iterator[Problem]:
    yield from _lacking(("words",), WORDS, spec.words, "lacks the table of words")
    for table, keys in WORDS.items():
        if table in spec.words:
            yield from _lacking(("words", table), keys.split(), spec.words[table], f"the table {table} lacks")


def _tables(spec: WordingSpec) -> Iterator[Problem]:
    yield from _lacking(("hedges",), sorted(STAGES), {item.stage for item in spec.hedges}, "lacks the hedge of stage")
    yield from _lacking(("stages",), sorted(STAGES), {item.stage for item in spec.stages}, "lacks the words of stage")
    levels = {str(item.level) for item in spec.strengths}
    yield from _lacking(("strengths",), map(str, LEVELS), levels, "lacks the words of level")
    named = {item.source_class for item in spec.attributions}
    yield from _lacking(("attributions",), sorted(CLASSES), named, "lacks the source class")
    for position, item in enumerate(spec.attributions):
        path: Path = ("attributions", position, "verbs")
        yield from _lacking(path, sorted(VERBS), item.verbs, f"{item.source_class} lacks the verb for")


def _lacking(path: Path, wanted: Iterable[str], there: Iterable[str], what: str) -> Iterator[Problem]:
    known = frozenset(there)
    for name in wanted:
        if name not in known:
            yield Problem(path, f'{what} "{name}"{suggestion(name, known)}')


def _asking(path: Path, text: str, given: str) -> Iterator[Problem]:
    for slot in sorted(CompiledForm(text).required - frozenset(given.split())):
        yield Problem(path, f'the slot "{slot}" may be empty here: write it inside {{% if {slot} %}} … {{% endif %}}')
