"""Rows of a list by a stencil: the markup of one row is rendered once for a page or a process, and filled for each.

A template looks up, checks and joins each cell anew, which for hundreds of rows is most of a page's time. The markup
stays in a template; every value is escaped here as there.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

# Private-use characters around a name: they come out of a template as they went in, and no address or label has them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_HOLE = re.compile(f"{_OPEN}([a-z_]+){_CLOSE}")


def hole(name: str) -> str:
    """Return what marks the place of a value, for a text that is the same in all rows but for it: an address."""
    return f"{_OPEN}{name}{_CLOSE}"


def _pattern(text: str) -> str:
    return _HOLE.sub(r"{\1}", text.replace("{", "{{").replace("}", "}}")).strip()


class Stencil:
    """One row's markup with holes. The template prints each name as it is: no filter on it and no condition."""

    def __init__(self, template: str, names: Iterable[str], same: Mapping[str, object] | None = None) -> None:
        """Render the template once, with a hole for each name; `same` are the values that all rows share."""
        text = render_to_string(template, {**(same or {}), **{name: hole(name) for name in names}})
        self._pattern = _pattern(text)

    @classmethod
    def of(cls, text: str) -> "Stencil":
        """Return a stencil of markup that was rendered with holes elsewhere."""
        made = cls.__new__(cls)
        made._pattern = _pattern(text)
        return made

    def fill(self, values: Mapping[str, str]) -> SafeString:
        """Return the row with these values, each escaped unless it is markup already."""
        held = {name: text if isinstance(text, SafeString) else escape(text) for name, text in values.items()}
        return mark_safe(self._pattern.format_map(held))  # noqa: S308  each value was escaped above
