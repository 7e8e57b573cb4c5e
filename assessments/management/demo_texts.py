"""The invented texts of the demo: sources with marked excerpts, one in another language, and one set aside."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from accounts.models import User
from assessments import actions
from assessments.core import sheets
from assessments.enums import TextOrigin
from assessments.models import Excerpt, Source

_SOURCE = frozenset(
    ["title", "source_class", "publisher", "read_on", "language", "reliability", "attributions", "note"]
)


def load_texts(folder: Path, *, by: User, at: datetime) -> int:
    """Enter the texts that are not there yet as a person's own sources; return how many were new."""
    return sum(_load(json.loads(file.read_text(encoding="utf-8")), by, at) for file in sorted(folder.glob("*.json")))


def _load(given: dict[str, Any], by: User, at: datetime) -> bool:
    if Source.objects.filter(title=given["title"]).exists():
        return False
    values = {name: given[name] for name in _SOURCE} | {"id": "new", "demonstration": True}
    record = TypeAdapter(sheets.Source).validate_python(values)
    source_id = actions.save_source(record=record, by=by, at=at).public_id
    assert source_id is not None  # noqa: S101  a source that was saved has one
    text, origin = "\n\n".join(given["paragraphs"]), TextOrigin.PASTED
    number = actions.add_document(source_id=source_id, text=text, origin=origin, upload=None, by=by, at=at)
    for mark in given["marks"]:
        _mark(mark, by, at, source_id=source_id, number=number)
    return True


def _mark(mark: dict[str, Any], by: User, at: datetime, **where: Any) -> None:
    sentences = [place - 1 for place in mark["sentences"]]
    (excerpt_id,) = actions.mark_excerpts(sentences=sentences, by=by, at=at, **where)
    if "language" in mark:
        row = Excerpt.objects.get(public_id=excerpt_id)
        actions.translate_excerpt(
            excerpt_id=excerpt_id,
            language=mark["language"],
            translation=mark.get("translation", ""),
            translator=mark.get("translator", ""),
            pinpoint=row.pinpoint,
            version=row.version,
            by=by,
            at=at,
        )
    if "set_aside" in mark:
        actions.set_aside_excerpt(excerpt_id=excerpt_id, reason=mark["set_aside"], by=by, at=at)
