"""JSON: a snapshot with its hash, to be proved anywhere; and for the public, what is published of it."""

from collections.abc import Mapping
from typing import Any

from assessments.core.document import METHOD, Audience, Document, Heading, Notice, NumberedList, Paragraph
from assessments.core.parts import file_of
from assessments.exporters.data import FINDINGS, LEVELS, Row, Table, rows
from assessments.exporters.document import frozen
from frameworks.spec.canonical import canonical_json
from frameworks.spec.compiled import CompiledFramework

PUBLICATION = "indicia-publication"
PUBLICATION_VERSION = 1


def export(values: Mapping[str, Any]) -> bytes:
    """Return a snapshot as a file that `manage.py verify_snapshot` proves; an unreleased tier is outside the hash.

    It holds the whole open part, with rationales and people of the office: never for the public.
    """
    return canonical_json(file_of(frozen(values), values.get("tier"))) + b"\n"


def publication(document: Document, values: Mapping[str, Any], framework: CompiledFramework) -> bytes:
    """Return what the public reads: text, recommendations, levels, versions, and the hash of the snapshot."""
    sections: list[dict[str, Any]] = []
    lists: list[dict[str, Any]] = []
    for block in document.blocks:
        match block:
            case Heading(section=section, text=text) if section:
                sections.append({"section": section, "heading": text, "sentences": []})
            case Paragraph(lines=lines) if sections:
                told = [{"text": line.text, "sources": [item.text for item in line.citations]} for line in lines]
                sections[-1]["sentences"] += told
            case NumberedList(heading=heading, items=items):
                lists.append({"heading": heading, "items": [item.text for item in items]})
    told_of = {
        "format": PUBLICATION,
        "format_version": PUBLICATION_VERSION,
        "title": document.title,
        "notices": list(dict.fromkeys(block.text for block in document.blocks if isinstance(block, Notice))),
        "method": METHOD,
        "sections": sections,
        "recommendations": lists,
        "finding": _named(FINDINGS, next(rows(FINDINGS, values, framework, Audience.PUBLIC))),
        "levels": [_named(LEVELS, row) for row in rows(LEVELS, values, framework, Audience.PUBLIC)],
        "framework": {name: values["framework"][name] for name in ("code", "version", "title", "in_force_from")},
        "wording": {name: values["wording"][name] for name in ("code", "version")},
        "sha256": document.digest,
    }
    return canonical_json(told_of) + b"\n"


def _named(table: Table, row: Row) -> dict[str, Any]:
    return {column.name: value for column, value in zip(table.columns, row, strict=True)}
