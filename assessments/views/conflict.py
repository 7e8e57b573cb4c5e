"""Two people changed one entry: both texts, field by field, so that nothing typed is lost."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from assessments.actions import Conflict
from assessments.core.types import Rating
from assessments.core.values import Choice, Count
from assessments.forms.base import PageForm
from assessments.forms.labels import WORDS
from assessments.views.summaries import count_in_words

SAID_BY_LEVEL = frozenset({"state", "rated_by", "indicator", "part"})
"""Fields of a rating that its level says already, or that say who answered and not what."""


@dataclass(frozen=True)
class Difference:
    """One field that the two texts give differently."""

    label: str
    theirs: str
    mine: str
    stored: str = ""  # what the form's fields hold for the stored text, as JSON; empty where no field can take it
    typed: str = ""  # the same of what was typed
    joins: bool = False  # both can be kept, one after the other


def differences(
    conflict: Conflict, record: type, stored: PageForm | None = None, typed: PageForm | None = None
) -> tuple[Difference, ...]:
    """Return the fields in which what is stored and what was typed differ.

    `stored` and `typed` are forms that show the two; with them a page can take a field from either side.
    """
    words = WORDS.get(record, {})
    found = []
    for field in dataclasses.fields(record):
        if field.name == "id" or (record is Rating and field.name in SAID_BY_LEVEL):
            continue
        name = "answer" if record is Rating and field.name == "level" else field.name
        theirs, mine = (_said(side, field.name) for side in (conflict.theirs, conflict.mine))
        if theirs == mine:
            continue
        label = words[field.name].label if field.name in words else field.name.replace("_", " ").capitalize()
        if stored is not None and typed is not None and name in stored.fields and name in typed.fields:
            label = str(stored.fields[name].label) if not words else label
            sides = (json.dumps(values_of(stored[name])), json.dumps(values_of(typed[name])))
            joins = name != "answer" and isinstance(theirs, (str, tuple)) and not isinstance(theirs, Choice)
            found.append(Difference(label, in_words(theirs), in_words(mine), *sides, joins and bool(theirs and mine)))
        else:
            found.append(Difference(label, in_words(theirs), in_words(mine)))
    return tuple(found)


def _said(side: object, name: str) -> Any:
    if isinstance(side, Rating) and name == "level":
        return f"level {side.level}" if side.level is not None else side.state
    return getattr(side, name, None)


def values_of(field: BoundField) -> Mapping[str, list[str]]:
    """Return what stands in the elements of one field, by their names on the page."""
    widget, value = field.field.widget, field.value()
    if isinstance(widget, forms.MultiWidget):
        parts: list[Any] = value if isinstance(value, list) else widget.decompress(value) or []
        suffixes: list[str] = widget.widgets_names  # type: ignore[attr-defined]  # Django's own, left out of its types
        return {f"{field.html_name}{suffix}": [_text(part)] for suffix, part in zip(suffixes, parts, strict=False)}
    if isinstance(widget, forms.CheckboxInput):
        return {field.html_name: ["on"] if value else []}
    if isinstance(value, (list, tuple)):
        return {field.html_name: [_text(item) for item in value]}
    return {field.html_name: [_text(value)]}


def _text(value: object) -> str:
    return "" if value is None else str(value)


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
