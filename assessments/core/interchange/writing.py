"""From a record to bytes, in the one canonical form."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

from assessments.core.interchange.reading import adapter
from assessments.core.ordering import KEYED
from assessments.core.protected import PROTECTED, WITHHELD
from assessments.core.sheets import Source
from assessments.core.types import AssessmentRecord, HumanSentence
from assessments.core.values import Protection, Section
from frameworks.spec.canonical import canonical_json

_SECTIONS = {section: place for place, section in enumerate(Section)}


def write(record: AssessmentRecord, *, with_protected: bool = False) -> bytes:
    """Return the canonical file of a record; protected fields are left out unless asked for (see `withhold`)."""
    whole = canonical(record if with_protected else withhold(record))
    values = adapter().dump_python(whole, mode="json", exclude_defaults=True)
    values |= {"format": record.format, "format_version": record.format_version}
    return (_lines(values, "") + "\n").encode()


def canonical(record: AssessmentRecord) -> AssessmentRecord:
    """Return the record with the lists whose order says nothing in their one order; all other lists stay as they are.

    Sentences of people go by section; within one, edits and removals by what they are about, then those written by
    hand in the order given, for that is the order they are read in.
    """
    keyed: dict[str, Any] = {name: tuple(sorted(getattr(record, name), key=key)) for name, key in KEYED.items()}
    return replace(
        record,
        **keyed,
        sentences=tuple(sorted(map(_with_sorted_subjects, record.sentences), key=_place_of_sentence)),
    )


def _with_sorted_subjects(sentence: HumanSentence) -> HumanSentence:
    return replace(sentence, subjects=tuple(sorted(sentence.subjects)))


def _place_of_sentence(sentence: HumanSentence) -> tuple[int, bool, str, tuple[str, ...]]:
    section = _SECTIONS[sentence.section]
    if sentence.family is None:
        return section, True, "", ()
    return section, False, sentence.family, sentence.subjects


def withhold(record: AssessmentRecord) -> AssessmentRecord:
    """Return the record without protected fields: excerpts, recruiters, dockets, and who a source is unless it is open.

    What is left out gets its default; a source that must have a title is called by WITHHELD.
    """
    whole: AssessmentRecord = withheld(record)
    return whole


def withheld(value: Any) -> Any:
    """Return any part of a record without its protected fields; see `withhold`."""
    if isinstance(value, tuple):
        return tuple(withheld(member) for member in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    hidden = PROTECTED.get(type(value), frozenset())
    if isinstance(value, Source) and value.protection is Protection.OPEN:
        hidden = frozenset()
    changes: dict[str, Any] = {}
    for field in fields(value):
        if field.name in hidden:
            changes[field.name] = WITHHELD if field.default is MISSING else field.default
        elif field.init:
            changes[field.name] = withheld(getattr(value, field.name))
    return replace(value, **changes)


def _lines(value: Any, indent: str) -> str:
    """Write JSON with an entry a line; texts and numbers in the form they have in digests."""
    inner = indent + "  "
    if isinstance(value, Mapping) and value:
        members = (f"{inner}{_scalar(key)}: {_lines(value[key], inner)}" for key in sorted(value))
        return "{\n" + ",\n".join(members) + f"\n{indent}}}"
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        return "[\n" + ",\n".join(inner + _lines(member, inner) for member in value) + f"\n{indent}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    return canonical_json(value).decode()
