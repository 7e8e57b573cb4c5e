"""Where words stand in all that an assessment keeps, and taking them out (decisions.md 16).

Rows, the value store and the sealed parts of snapshots can lose them: digests stay, so that every chain still verifies.
Two things cannot, since a published hash covers them: the open part of a snapshot, and the reason or target of an
event. Those are named, so that people know what is left. A file in which the words stand is not kept any more
(kept_files.py); one that nothing can read is named as well.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from assessments import kept_files
from assessments.core.redacting import Words
from assessments.enums import Subject
from assessments.models import (
    Assessment,
    Document,
    Event,
    Excerpt,
    Redaction,
    Revision,
    SealedPart,
    Snapshot,
    Source,
    StoredValue,
)
from frameworks.spec.canonical import canonical_json, parse_canonical

KEPT_APART = (Event, StoredValue, Snapshot, SealedPart, Redaction)
"""Tables that are not searched as rows: two are added to only, the others have ways of their own."""
NAMES = frozenset({"ref", "target", "family", "pattern", "code", "sheet", "key", "slug"})
"""Columns that hold names of ours, never anybody's words."""

NAME_LENGTHS = frozenset({10, 80})
"""Lengths of the columns that may be empty and hold a date or a name from the framework (models/columns.py)."""


@dataclass(frozen=True)
class Place:
    """Where the words stand: in words for people, and how often. `stays` where they cannot be taken out."""

    where: str
    times: int
    stays: bool = False

    def plain(self) -> dict[str, Any]:
        """Return it as JSON would hold it."""
        return asdict(self)


SHARED: tuple[tuple[type[models.Model], str], ...] = (
    (Source, "uses__revision__assessment"),
    (Document, "source__uses__revision__assessment"),
    (Excerpt, "source__uses__revision__assessment"),
)
"""What several assessments share, with the way from the row to one that uses it."""


def find(assessment: Assessment, words: Words) -> list[Place]:
    """Return every place in which the words stand, what can't be altered last; about one query a table."""
    found = [Place(_name(row, column), times) for row, column, times in _in_rows(assessment, words)]
    history = sum(words.times(parse_canonical(value.value.encode())) for value in _values(assessment, words))
    if history:
        found.append(Place("earlier values in the log", history))
    found += [*_in_sealed(assessment, words), *_in_files(assessment, words), *_lasting(assessment, words)]
    return [*found, *_unread(assessment)] if found else []


def take_out(assessment: Assessment, words: Words, *, at: datetime) -> list[Place]:
    """Take the words out wherever that is possible, and return where they stood. Needs the assessment's lock."""
    places = find(assessment, words)
    files = [file.digest for file, _ in _files_with(assessment, words)]
    for row in {(type(row), row.pk): row for row, _, _ in _in_rows(assessment, words)}.values():
        _clean(row, words)
    for value in _values(assessment, words):
        cleaned = canonical_json(words.out_of(parse_canonical(value.value.encode()))).decode()
        StoredValue.objects.filter(pk=value.pk).redact(cleaned, at=at)
    for part in _sealed(assessment):
        body = parse_canonical(part.body.encode())
        if words.times(body):
            part.body = canonical_json(words.out_of(body)).decode()
            part.save(update_fields=["body"])
    kept_files.take_away(files, at=at)
    return places


# --- Files


def _files_with(assessment: Assessment, words: Words) -> list[tuple[kept_files.KeptFile, int]]:
    """Return the kept files in which the words stand and that can be taken away, each with how often."""
    counted = ((file, kept_files.times(file, words)) for file in kept_files.of(assessment))
    return [(file, times) for file, times in counted if times and not kept_files.is_shared(file.digest)]


def _in_files(assessment: Assessment, words: Words) -> Iterator[Place]:
    for file, times in _files_with(assessment, words):
        yield Place(f"{file.name}: the file is removed, its hash {file.digest[:12]} stays on record", times)


def _unread(assessment: Assessment) -> Iterator[Place]:
    for file in kept_files.of(assessment):
        if kept_files.unread(file):
            yield Place(f"{file.name}: nothing can read it; look at it yourself", 0, stays=True)


# --- Rows --------------------------------------------------------------------------------------------------------


@cache
def _tables() -> tuple[tuple[type[models.Model], str], ...]:
    """Return every table that hangs on an assessment, with the way up to it: "revision__assessment"."""
    return tuple(
        (model, path)
        for model in apps.get_app_config("assessments").get_models()
        if model is not Assessment and model not in KEPT_APART and (path := _path_up(model))
    )


def _path_up(model: type[models.Model]) -> str:
    """Return the shortest way of foreign keys from a table to the assessment; "" where there is none."""
    waiting: deque[tuple[type[models.Model], tuple[str, ...]]] = deque([(model, ())])
    seen = {model}
    while waiting:
        here, path = waiting.popleft()
        for field in here._meta.concrete_fields:
            to = field.related_model
            if to is Assessment:
                return "__".join((*path, field.name))
            if isinstance(to, type) and to not in seen and to._meta.app_label == "assessments":
                seen.add(to)
                waiting.append((to, (*path, field.name)))
    return ""


@cache
def _columns(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    """Return the columns of a table that hold what somebody wrote."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and not field.unique
        and not (field.null and (field.max_length or 0) in NAME_LENGTHS)
        and field.name not in NAMES
        and not field.name.endswith(("hash", "digest", "version"))
    )


def _in_rows(assessment: Assessment, words: Words) -> Iterator[tuple[models.Model, str, int]]:
    for model, path in (*_tables(), *SHARED):
        columns = _columns(model)
        if not columns:
            continue
        for row in model._base_manager.filter(**{path: assessment}).order_by("pk").distinct():
            for field in columns:
                if times := words.times(getattr(row, field.name)):
                    yield row, field.name, times


def _clean(row: models.Model, words: Words) -> None:
    """Write a row's columns without the words; whoever has it open must see that it changed."""
    changed = []
    for field in _columns(type(row)):
        value = getattr(row, field.name)
        if words.times(value):
            # Excerpts are found in a document by their place, so its text keeps its length.
            is_text = isinstance(row, Document) and field.name == "text"
            new = words.blackened(value) if is_text else words.out_of(value, getattr(field, "max_length", None))
            setattr(row, field.name, new)
            changed.append(field.name)
    if hasattr(row, "version"):
        row.version += 1
        changed.append("version")
    type(row)._base_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in changed})


def _name(row: models.Model, column: str) -> str:
    ref = getattr(row, "ref", "")
    return " ".join(part for part in (str(row._meta.verbose_name), ref, column.replace("_", " ")) if part)


# --- The log and what was frozen ---------------------------------------------------------------------------------


def _values(assessment: Assessment, words: Words) -> list[StoredValue]:
    sources = Source.objects.filter(uses__revision__assessment=assessment).order_by().values("public_id")
    kept = StoredValue.objects.filter(
        Q(subject_kind=Subject.ASSESSMENT.value, subject_id=assessment.public_id)
        | Q(subject_kind=Subject.SOURCE.value, subject_id__in=sources)
    )
    return [value for value in kept.order_by("pk") if words.times(parse_canonical(value.value.encode()))]


def _in_sealed(assessment: Assessment, words: Words) -> Iterator[Place]:
    for part in _sealed(assessment):
        if times := words.times(parse_canonical(part.body.encode())):
            yield Place(f"the sealed part of the snapshot {part.snapshot.open_digest[:12]}", times)


def _sealed(assessment: Assessment) -> Iterator[SealedPart]:
    revisions = Revision.objects.filter(assessment=assessment)
    yield from SealedPart.objects.filter(snapshot__revision__in=revisions).select_related("snapshot").order_by("pk")


def _lasting(assessment: Assessment, words: Words) -> Iterator[Place]:
    """Yield what a published hash covers and nobody can alter."""
    for snapshot in Snapshot.objects.filter(revision__assessment=assessment).order_by("pk"):
        if times := words.times(parse_canonical(snapshot.open_part.encode())):
            where = f"the text and record frozen as {snapshot.open_digest[:12]}"
            yield Place(where, times, stays=True)
    for event in Event.objects.about(Subject.ASSESSMENT, assessment.public_id):
        if times := words.times(f"{event.reason} {event.target}"):
            yield Place(f"the reason of event {event.sequence} in the log", times, stays=True)
