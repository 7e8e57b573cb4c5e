"""Two people changed one entry: both texts, field by field, so that nothing typed is lost."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from assessments.actions import Conflict
from assessments.core.values import Choice, Count
from assessments.forms.labels import WORDS
from assessments.views.summaries import count_in_words


@dataclass(frozen=True)
class Difference:
    """One field that the two texts give differently."""

    label: str
    theirs: str
    mine: str


def differences(conflict: Conflict, record: type) -> tuple[Difference, ...]:
    """Return the fields in which what is stored and what was typed differ."""
    words = WORDS.get(record, {})
    found = []
    for field in dataclasses.fields(record):
        theirs, mine = (getattr(side, field.name, None) for side in (conflict.theirs, conflict.mine))
        if field.name != "id" and theirs != mine:
            label = words[field.name].label if field.name in words else field.name.replace("_", " ").capitalize()
            found.append(Difference(label, in_words(theirs), in_words(mine)))
    return tuple(found)


def in_words(value: Any) -> str:
    """Say a value of a record as a person reads it."""
    if value is None or value == ():
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, Count):
        return count_in_words(value)
    if isinstance(value, tuple):
        return "; ".join(in_words(item) for item in value)
    if dataclasses.is_dataclass(value):
        parts = (
            (f.name, getattr(value, f.name)) for f in dataclasses.fields(value) if getattr(value, f.name) != f.default
        )
        return ", ".join(f"{name.replace('_', ' ')}: {in_words(part)}" for name, part in parts)
    return str(value) or "nothing"
