"""What a record of right form may still say wrongly: ids, references, and names the framework does not have."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from assessments.core.interchange.problems import Path, Problem
from assessments.core.ordering import SHEETS
from assessments.core.sheets import (
    Allegation,
    Commitment,
    Conduct,
    Evidence,
    InformationGap,
    Measure,
    OfficialCase,
    OfficialGroup,
    PolicyElement,
    Proceeding,
    Sanction,
    SearchNote,
    Statement,
    Statistic,
)
from assessments.core.types import AssessmentRecord, Determination, Endorsement, PastRating, Rating
from assessments.core.values import RatingState
from frameworks.spec.base import suggestion
from frameworks.spec.compiled import CompiledFramework

FACTS = frozenset(SHEETS) - {"sources", "evidence"}
"""Lists that share one set of ids, because sentences name their entries by id alone."""

_REFERENCES: Mapping[tuple[type, str], str] = {
    (Evidence, "source"): "sources",
    (OfficialCase, "counted_in"): "statistics",
    (Allegation, "case"): "cases",
    (Statement, "explains"): "statistics",
    (Determination, "elements"): "elements",
}
_TERMS: Mapping[tuple[type, str], str] = {
    (Conduct, "acts"): "act",
    (Conduct, "mode"): "mode",
    (Conduct, "form"): "form",
    (Conduct, "sectors"): "sector",
    (Conduct, "leverage"): "leverage",
    (Conduct, "crime"): "crime",
    (Conduct, "manners"): "manner",
    (Conduct, "motives"): "motive",
    (Allegation, "results"): "effect",
    (Allegation, "effects"): "effect",
    (Proceeding, "motives"): "motive",
    (Sanction, "severity"): "severity",
    (OfficialGroup, "standing"): "standing",
    (Statistic, "crime"): "crime",
    (Statistic, "notability"): "notability",
    (PolicyElement, "conducts"): "state-conduct",
    (PolicyElement, "remedies"): "remedy",
    (Statement, "observations"): "observation",
    (Statement, "topics"): "topic",
    (Statement, "crime"): "crime",
    (Statement, "other_crime"): "crime",
    (Statement, "qualities"): "quality",
    (Statement, "extents"): "extent",
    (Statement, "manners"): "manner",
    (Statement, "levels"): "level",
    (Statement, "sectors"): "sector",
    (Statement, "effects"): "effect",
    (Statement, "results"): "effect",
    (OfficialGroup, "category"): "official",
    (OfficialGroup, "rank"): "rank",
    (PolicyElement, "sector"): "sector",
    (Determination, "sector"): "sector",
}
_INDICATORS = frozenset(
    {
        (Rating, "indicator"),
        (Endorsement, "indicator"),
        (Measure, "indicator"),
        (SearchNote, "indicators"),
        (Evidence, "indicators"),
        (InformationGap, "indicators"),
    }
)
_FACTORS = frozenset({(PolicyElement, "factor"), (Determination, "factor")})

Value = tuple[Path, type, str, str]
"""One text of a record: where it stands, the type of record and the field it is in, and the text itself."""


def check_inside(record: AssessmentRecord) -> tuple[Problem, ...]:
    """Name ids given twice, entries that must be single and are not, and references that lead nowhere."""
    return (*_doubled(record), *_dangling(record), *_odd_sentences(record))


def check_entry(record: AssessmentRecord, name: str, ref: str) -> tuple[Problem, ...]:
    """Name the references of one entry that lead nowhere, where all others of the record were checked before."""
    index = next((place for place, item in enumerate(getattr(record, name)) if item.id == ref), None)
    if index is None:
        return ()
    return tuple(_dangling_in(_values(getattr(record, name)[index], (name, index)), record))


def check_against(record: AssessmentRecord, framework: CompiledFramework) -> tuple[Problem, ...]:
    """Name all that `check_inside` does, and all names, levels and states this framework does not have."""
    return (*check_inside(record), *check_names(record, framework))


def check_names(record: AssessmentRecord, framework: CompiledFramework) -> tuple[Problem, ...]:
    """Name all names, levels and states this framework does not have; references are left alone."""
    return (*_unknown_names(record, framework), *_misfit_ratings(record, framework))


def _doubled(record: AssessmentRecord) -> Iterator[Problem]:
    seen: dict[str, dict[str, str]] = {"facts": {}}
    for name in SHEETS:
        names = seen["facts"] if name in FACTS else seen.setdefault(name, {})
        for index, item in enumerate(getattr(record, name)):
            here = _place((name, index), record)
            if item.id in names:
                yield Problem(place=here, message=f"the id “{item.id}” is used already by {names[item.id]}")
            names.setdefault(item.id, here)
    yield from _twice("ratings", ((item.key,) for item in record.ratings), "this indicator is rated twice")
    yield from _twice("history", ((item.report_year,) for item in record.history), "this year is given twice")
    yield from _twice(
        "endorsements",
        ((item.indicator, item.part, item.level, item.endorsed_by) for item in record.endorsements),
        "this endorsement is given twice",
    )
    yield from _twice(
        "determinations",
        ((item.factor, item.sector) for item in record.determinations),
        "this factor is determined twice",
    )
    yield from _twice(
        "sentences",
        ((item.section, item.family, item.subjects) for item in record.sentences if item.family),
        "this sentence is edited twice",
    )


def _twice(name: str, keys: Iterable[tuple[object, ...]], message: str) -> Iterator[Problem]:
    for key, count in Counter(keys).items():
        if count > 1:
            named = "/".join(str(part) for part in key if part and not isinstance(part, tuple))
            yield Problem(place=f"{name}, {named}", message=message)


def _dangling(record: AssessmentRecord) -> Iterator[Problem]:
    return _dangling_in(_values(record), record)


def _target(owner: type, field: str) -> str | None:
    """Return the list that a field names entries of."""
    return "evidence" if field == "evidence" else _of(_REFERENCES, owner, field)


def _dangling_in(values: Iterable[Value], record: AssessmentRecord) -> Iterator[Problem]:
    ids = {name: {item.id for item in getattr(record, name)} for name in SHEETS}
    for path, owner, field, value in values:
        if isinstance(path[-1], int) and not value:
            yield Problem(place=_place(path, record), message="this entry is empty")
        target = _target(owner, field)
        if target is not None and value not in ids[target]:
            near = suggestion(value, ids[target])
            yield Problem(place=_place(path, record), message=f"{target} has no entry “{value}”{near}")


def _odd_sentences(record: AssessmentRecord) -> Iterator[Problem]:
    known = {item.id for name in FACTS for item in getattr(record, name)}
    known |= {item.indicator for item in record.ratings}
    for index, sentence in enumerate(record.sentences):
        if sentence.family is None and sentence.text is None:
            yield Problem(
                place=_place(("sentences", index, "text"), record), message="a sentence written by hand needs its words"
            )
        for subject in sentence.subjects:
            if subject not in known:
                yield Problem(
                    place=_place(("sentences", index, "subjects"), record),
                    message=f"no entry has the id “{subject}”; the sentence will be kept apart for a person to settle",
                    is_warning=True,
                )


def _unknown_names(record: AssessmentRecord, framework: CompiledFramework) -> Iterator[Problem]:
    indicators = {indicator.slug for indicator in framework.indicators}
    instruments = {provision.instrument for provision in framework.provisions}
    instruments |= {term.slug for term in framework.terms("instrument")}
    provisions = {provision.slug for provision in framework.provisions}
    for path, owner, field, value in _values(record):
        say = _teller(path, record)
        vocabulary = _of(_TERMS, owner, field)
        if vocabulary is not None:
            yield from _check_term(say, framework, vocabulary, value)
        elif (owner, field) in _INDICATORS:
            yield from say("indicator", value, indicators)
        elif (owner, field) in _FACTORS:
            yield from say("proof-of-failure factor", value, framework.proof_of_failure)
        elif (owner, field) == (Commitment, "instrument"):
            yield from say("instrument", value, instruments)
        elif (owner, field) == (Commitment, "provision"):
            yield from say("provision", value, provisions)
        elif (owner, field) == (PastRating, "indicator") and value not in indicators:
            yield Problem(
                place=_place(path, record),
                message=f"this version of the framework has no indicator “{value}”{suggestion(value, indicators)}",
                is_warning=True,
            )


_Say = Callable[[str, str, Iterable[str]], Iterator[Problem]]


def _teller(path: Path, record: AssessmentRecord) -> _Say:
    def say(what: str, value: str, known: Iterable[str]) -> Iterator[Problem]:
        if value not in known:
            message = f"there is no {what} “{value}”{suggestion(value, known)}"
            yield Problem(place=_place(path, record), message=message)

    return say


def _check_term(say: _Say, framework: CompiledFramework, vocabulary: str, value: str) -> Iterator[Problem]:
    terms = {term.slug: term for term in framework.terms(vocabulary)}
    words = {"act": "act", "official": "kind of official"}.get(vocabulary, vocabulary)
    yield from say(words, value, terms)


def _misfit_ratings(record: AssessmentRecord, framework: CompiledFramework) -> Iterator[Problem]:
    known = {indicator.slug: indicator for indicator in framework.indicators}
    for index, rating in enumerate(record.ratings):
        indicator = known.get(rating.indicator)
        if indicator is None:
            continue
        here = _place(("ratings", index), record)
        if rating.part and rating.part not in indicator.parts:
            message = f"{indicator.code} has no part “{rating.part}”{suggestion(rating.part, indicator.parts)}"
            yield Problem(place=f"{here}, part", message=message)
        if rating.level is not None and rating.level not in indicator.scale:
            message = f"{indicator.code} has levels 0 to {indicator.scale_top}, not {rating.level}"
            yield Problem(place=f"{here}, level", message=message)
        if rating.state is not RatingState.RATED and rating.state not in indicator.states:
            message = f"“{rating.state.label}” cannot be said of {indicator.code}"
            yield Problem(place=f"{here}, state", message=message)


def _of(table: Mapping[tuple[type, str], str], owner: type, field: str) -> str | None:
    """Look up a field by its record, or by a record it inherits from."""
    return next((table[base, field] for base in owner.__mro__ if (base, field) in table), None)


def _values(value: Any, path: Path = ()) -> Iterator[Value]:
    """Walk all texts and members of lists of texts: path, record type, field and the text itself."""
    for field in fields(value):
        content, here = getattr(value, field.name), (*path, field.name)
        if isinstance(content, str):
            yield here, type(value), field.name, content
        elif is_dataclass(content):
            yield from _values(content, here)
        elif isinstance(content, tuple):
            for index, member in enumerate(content):
                if isinstance(member, str):
                    yield (*here, index), type(value), field.name, member
                elif is_dataclass(member):
                    yield from _values(member, (*here, index))


def _place(path: Path, record: AssessmentRecord) -> str:
    words: list[str] = []
    found: Any = record
    for step in path:
        found = found[step] if isinstance(step, int) else getattr(found, step)
        if isinstance(step, int):
            name = getattr(found, "id", None) or getattr(found, "indicator", None)
            words[-1] += f" {step + 1}" + (f" ({name})" if name else "")
        else:
            words.append(step)
    return ", ".join(words)
