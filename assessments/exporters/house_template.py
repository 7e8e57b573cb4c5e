"""An office's own Word template: what may stand in it, found and judged paragraph by paragraph before it is kept.

A place is a name in double braces. `{{ country }}` stands within a line and becomes a text; `{{ text }}` or
`{{ prosecution }}` stands alone in its paragraph and becomes blocks. Nothing else is understood: no condition, no loop,
no expression, so that nothing of a template is ever compiled or run.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.core.values import Section
from assessments.core.words import counted
from assessments.exporters.docx_body import CELL, INSTEAD, NARRATIVE, NOTE, NOTICE, TABLE
from assessments.importers.package import MEGABYTE, Package, Unreadable, W, opened

LARGEST_TEMPLATE = 10 * MEGABYTE
LINES: Mapping[str, str] = {
    "country": "the country's name",
    "report_year": "the report year: 2024",
    "period": "the reporting period: April 1, 2023 to March 31, 2024",
    "title": "country, report year and period together",
    "audience": "who the file is for: internal, clearance or public",
    "state": "“Approved text” or “Draft, not approved”",
    "frozen_on": "the day the text was frozen",
    "digest": "the SHA-256 of the frozen text",
}
"""Places within a line."""
WHOLE, NOTICES, POINTS, NOTES = "text", "notices", "recommendations", "notes"
SECTIONS: Mapping[str, str] = {section.value: section.label for section in Section}
BLOCKS: Mapping[str, str] = {
    WHOLE: "all of the text: notices, sections with their headings, recommendations, notes and annexes",
    NOTICES: "demonstration, draft, status of the authority; before the first section where it has no place",
    **{name: f"the sentences of {label}, without its heading" for name, label in SECTIONS.items()},
    POINTS: "the recommendations in order",
    NOTES: "method, versions, finding and annexes; behind all where it has no place",
}
"""Places that are a paragraph of their own."""
_TEXT_STYLES = (NARRATIVE, NOTICE, NOTE, CELL, TABLE, "heading 1", "heading 2", "Title", "List Number", "caption")
STYLES = (*_TEXT_STYLES, "footnote text", "footnote reference", "header")

_PLACE = re.compile(r"\{\{(.*?)\}\}")
_LOGIC = re.compile(r"\{%|%\}|\{#|#\}")
_CHANGES = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
KEPT_KINDS = frozenset(
    {"styles", "stylesWithEffects", "settings", "webSettings", "numbering", "footnotes", "endnotes", "header", "footer"}
) | {"fontTable", "theme", "image", "font"}
"""Kinds of parts that a template may bring into a file."""
LEFT_OUT = frozenset(
    {"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "customXml", "glossaryDocument"}
) | {"custom-properties", "extended-properties", "core-properties", "thumbnail", "keyMapCustomizations", "metadata"}
"""Kinds of parts that stay behind: they tell of people and machines, and hold nothing that is printed."""


@dataclass
class Found:
    """What a template has: its places and styles by name, and what is wrong with it, each with its paragraph."""

    places: dict[str, int] = field(default_factory=dict)  # how often each stands there
    styles: dict[str, str] = field(default_factory=dict)  # which style of the template each of ours becomes
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """Return it as it is kept beside the template."""
        return {"places": self.places, "styles": self.styles, "notes": self.notes}


def examined(data: bytes) -> Found:
    """Return what a template has and what is wrong with it. Raises Unreadable where it can't even be opened."""
    package = opened(data, largest=LARGEST_TEMPLATE)
    found = Found()
    _refuse_parts(package, found)
    for where, part in _printed(package):
        root = package.xml(part)
        for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
            _judge(f"{where}paragraph {number}" if where else f"Paragraph {number}", paragraph, found, bool(where))
        if any(node.tag in _CHANGES for node in root.iter()):
            found.errors.append(f"{where or 'Text: '}it has tracked changes; accept or refuse them all first.")
    _judge_whole(found)
    _name_styles(package, found)
    return found


def _refuse_parts(package: Package, found: Found) -> None:
    for name in package.macros:
        found.errors.append(f"{name}: macros, controls and embedded programs are not taken.")
    for owner, relation in package.external:
        found.errors.append(
            f"{owner or 'The file'} leads outside, to {relation.target[:120]} ({relation.kind}): a template brings all "
            "it needs itself; take the link out, its text may stay."
        )
    for relation in package.relations(package.main):
        if not relation.is_external and relation.kind not in KEPT_KINDS | LEFT_OUT:
            found.errors.append(f"{relation.target}: a part of the kind “{relation.kind}” is not taken.")


def _printed(package: Package) -> Iterator[tuple[str, str]]:
    yield "", package.main
    names = {"header": "Header", "footer": "Footer", "footnotes": "Footnotes", "endnotes": "Endnotes"}
    seen: dict[str, int] = {}
    for relation in package.relations(package.main):
        if relation.kind in names and relation.target in package.parts:
            seen[relation.kind] = seen.get(relation.kind, 0) + 1
            yield f"{names[relation.kind]} {seen[relation.kind]}, ", relation.target


def text_of(paragraph: Any) -> str:
    """Return the text of a paragraph, without that of paragraphs within it (text boxes)."""
    return "".join(node.text or "" for node in texts_of(paragraph))


def texts_of(paragraph: Any) -> list[Any]:
    """Return the elements that hold a paragraph's own text, in order."""
    return [node for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p")) is paragraph]


def _judge(where: str, paragraph: Any, found: Found, is_margin: bool) -> None:
    text = text_of(paragraph)
    if _LOGIC.search(text):
        found.errors.append(f"{where}: conditions and loops ({{% %}}, {{# #}}) are not understood; use places only.")
    if any(next(node.iterancestors(f"{W}p")) is paragraph for node in paragraph.iter(f"{W}vanish")) and text.strip():
        found.errors.append(f"{where}: it has hidden text; take it out or show it.")
    rest = _PLACE.sub("", text)
    if "{{" in rest or "}}" in rest:
        found.errors.append(f"{where}: a place is not closed; it is written {{{{ country }}}}, in one line.")
    for match in _PLACE.finditer(text):
        name = match[1].strip()
        if name in BLOCKS:
            found.places[name] = found.places.get(name, 0) + 1
            if rest.strip() or text.count("{{") > 1:
                found.errors.append(f"{where}: {{{{ {name} }}}} stands alone in its paragraph, without other text.")
            if is_margin:
                found.errors.append(f"{where}: {{{{ {name} }}}} stands in the text, not in a margin.")
        elif name in LINES:
            found.places[name] = found.places.get(name, 0) + 1
        else:
            near = difflib.get_close_matches(name.lower(), [*LINES, *BLOCKS], n=1)
            hint = f"; did you mean {{{{ {near[0]} }}}}?" if near else "; there is no such place."
            found.errors.append(f"{where}: {{{{ {name[:60]} }}}} is unknown{hint}")


def _judge_whole(found: Found) -> None:
    """Ask whether all of a text would be printed, once."""
    sections = [name for name in SECTIONS if name in found.places]
    for name in BLOCKS:
        if found.places.get(name, 0) > 1:
            found.errors.append(f"{{{{ {name} }}}} stands {found.places[name]} times; a text is printed once.")
    if WHOLE in found.places:
        for name in (*sections, *(each for each in (NOTICES, POINTS, NOTES) if each in found.places)):
            found.errors.append(f"{{{{ {name} }}}} is part of {{{{ {WHOLE} }}}} already; keep one of them.")
    elif not sections:
        found.errors.append(f"No place for the text: give {{{{ {WHOLE} }}}} a paragraph of its own.")
    else:
        missing = [name for name in (*SECTIONS, POINTS) if name not in found.places]
        found.errors += [f"There is no place for {{{{ {one} }}}}; nothing approved may be left out." for one in missing]


def _name_styles(package: Package, found: Found) -> None:
    part = package.related("styles")
    names = {}
    if part:
        for node in package.xml(part).iter(f"{W}style"):
            named = node.find(f"{W}name")
            if named is not None:
                names[str(named.get(f"{W}val", "")).lower()] = str(named.get(f"{W}val", ""))
    for name in STYLES:
        found.styles[name] = names.get(name.lower()) or names.get(INSTEAD.get(name, "").lower()) or ""
    missing = [name for name, style in found.styles.items() if not style]
    if missing:
        found.notes.append(
            f"{counted(len(missing), 'style').capitalize()} the template lacks take its default look: "
            f"{', '.join(missing)}."
        )


__all__ = ["BLOCKS", "LINES", "Found", "Unreadable", "examined", "text_of", "texts_of"]
