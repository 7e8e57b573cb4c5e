"""The choice of a level, by stencils: every descriptor is the label of its level, and so is the meaning of a state."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

from assessments.stencil import Stencil

_CHECKED = SafeString(" checked")


def rungs(field: BoundField, direction: str, levels: Iterable[tuple[str, int, str]]) -> SafeString:
    """Return the levels to choose from, each by its key, its number and its descriptor."""
    held = [{"key": key, "value": str(value), "direction": direction, "words": words} for key, value, words in levels]
    return _joined(_rung().fill(each) for each in _marked(field, held))


def states(field: BoundField, offered: Iterable[tuple[str, str, str]]) -> SafeString:
    """Return the states to choose instead of a level, each by its key, its name and its meaning."""
    held = [{"key": key, "words": words, "meaning": meaning} for key, words, meaning in offered]
    return _joined(_state(each["key"]).fill(each) for each in _marked(field, held))


def _marked(field: BoundField, choices: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Put to each choice its field, and whether it is the one that was made."""
    chosen, ours = field.value(), {"name": field.html_name, "field": str(field.auto_id)}
    for choice in choices:
        yield {**choice, **ours, "checked": _CHECKED if choice["key"] == chosen else ""}


def _joined(filled: Iterable[str]) -> SafeString:
    return mark_safe("\n".join(filled))  # noqa: S308  each was escaped by its stencil


@cache
def _rung() -> Stencil:
    return Stencil("assessments/forms/rung.html", ("key", "value", "direction", "words", "name", "field", "checked"))


@cache
def _state(key: str) -> Stencil:
    return Stencil("assessments/forms/state.html", ("words", "meaning", "name", "field", "checked"), {"key": key})
