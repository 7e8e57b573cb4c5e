"""The whole installation in one file, and back: rows and stored files, the same from either database.

A backup is a zip: one file of JSON lines for each table, sorted by key, the stored files, and a manifest with the
digest of each. It is made in one transaction, so it is one moment. Restoring needs an empty installation with the same
migrations, writes all or nothing, and proves by digest that the rows are those of the backup. Sessions, limits and
caches stay behind: people sign in again.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist
from django.core.management.color import no_style
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from assessments.core.grammar.lists import join
from assessments.zipped import BROKEN

FORMAT = "indicia-backup-1"
MANIFEST = "manifest.json"
_LEFT_BEHIND = frozenset(
    {"sessions.session", "usersessions.usersession", "contenttypes.contenttype", "django_tasks_database.dbtaskresult"}
)
_ROWS = 500  # written at a time
_CHUNK = 1 << 20  # bytes read at a time


class Unfit(ValueError):
    """The backup, or the place it is to be restored to, is not fit for it; the text says why."""


def tables() -> list[type[models.Model]]:
    """Return every model whose rows belong into a backup, in the order of its name."""
    found = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    kept = [model for model in found if model._meta.label_lower not in _LEFT_BEHIND]
    kept = [model for model in kept if not model._meta.app_label.startswith("auth")]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def write(target: BinaryIO, files: Path) -> dict[str, Any]:
    """Write the backup and return its manifest. `files` is the folder of stored files; it may be missing."""
    digests: dict[str, str] = {}
    counts: dict[str, int] = {}
    with one_moment(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in tables():
            name = f"rows/{model._meta.label_lower}.jsonl"
            with archive.open(name, "w", force_zip64=True) as out:
                counts[model._meta.label_lower], digests[name] = _write_lines(_lines(model), out)
        for path in sorted(files.rglob("*")) if files.is_dir() else ():
            if path.is_file():
                name = f"files/{path.relative_to(files).as_posix()}"
                archive.write(path, name)
                digests[name] = _digest_of(path.open("rb"))
        manifest = {"format": FORMAT, "migrations": _migrations(), "rows": counts, "digests": digests}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """See one state of the database from beginning to end, whoever writes meanwhile.

    Inside a transaction that is open already, the moment is what that transaction sees.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    rows = model._base_manager.order_by("pk").iterator(chunk_size=_ROWS)
    for row in rows:
        values = serializers.serialize("python", [row])[0]
        yield json.dumps(values, default=_plain, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _plain(value: object) -> str:
    """Return a value JSON does not know as text; a moment keeps its microseconds, for the log's hashes cover them."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_lines(lines: Iterable[bytes], out: io.IOBase | Any) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    for line in lines:
        out.write(line)
        digest.update(line)
        count += 1
    return count, digest.hexdigest()


def _digest_of(stream: BinaryIO | Any) -> str:
    digest = hashlib.sha256()
    with stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _migrations() -> list[str]:
    """Return what was applied. One that only says many in one says nothing that those it replaces don't say."""
    in_one = MigrationLoader(None, ignore_no_migrations=True).replacements
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if (app, name) not in in_one)


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return a backup's manifest once every entry was found to be what it says. Raises Unfit."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except BROKEN as exc:
        raise Unfit("This is no backup of Indicia: it has no readable manifest.") from exc
    if not isinstance(manifest, dict):
        raise Unfit("This is no backup of Indicia: it has no readable manifest.")
    if manifest.get("format") != FORMAT:
        raise Unfit(f"This backup has the format {manifest.get('format')!r}; {FORMAT!r} is known here.")
    _check_parts(manifest)
    for name, expected in manifest["digests"].items():
        try:
            found = _digest_of(archive.open(name))
        except BROKEN as exc:
            raise Unfit(f"{name} is missing from the backup, or damaged.") from exc
        if found != expected:
            raise Unfit(f"{name} in the backup is not what was written: its digest differs.")
    if extra := sorted(set(archive.namelist()) - {MANIFEST, *manifest["digests"]}):
        raise Unfit(f"The backup holds files that its manifest does not name: {', '.join(extra[:3])}.")
    return manifest


def _check_parts(manifest: dict[str, Any]) -> None:
    """Refuse a manifest that lacks a part or a table, or has something else in its place: nobody here wrote it."""
    kinds: Mapping[str, type] = {"migrations": list, "rows": dict, "digests": dict}
    if wrong := [name for name, kind in kinds.items() if not isinstance(manifest.get(name), kind)]:
        raise Unfit(
            f"The manifest of this backup was not made by Indicia: it has no {join(wrong, 'and')} as it writes."
        )
    if odd := [name for name, digest in manifest["digests"].items() if not isinstance(digest, str)]:
        raise Unfit(f"The manifest of this backup was not made by Indicia: {odd[0]} has no digest.")
    if odd := [name for name, count in manifest["rows"].items() if type(count) is not int or count < 0]:
        raise Unfit(f"The manifest of this backup was not made by Indicia: it does not count the rows of {odd[0]}.")
    for name in manifest["digests"]:
        inside = PurePosixPath(name)
        if ".." in inside.parts or inside.is_absolute():
            raise Unfit(f"{name} in the backup leads out of its folder.")


def restore(source: BinaryIO, files: Path) -> dict[str, Any]:
    """Fill an empty installation from a backup, and return its manifest. Raises Unfit, and then nothing is written."""
    try:
        archive = zipfile.ZipFile(source)
    except zipfile.BadZipFile as exc:
        raise Unfit("This is no backup of Indicia: it is not a zip file.") from exc
    with archive:
        manifest = read_manifest(archive)
        _check_place(manifest, files)
        names = {f"rows/{model._meta.label_lower}.jsonl": model for model in tables()}
        if unknown := sorted(name for name in manifest["digests"] if name.startswith("rows/") and name not in names):
            raise Unfit(f"The backup has rows that this program does not know: {', '.join(unknown)}.")
        if missing := sorted(name for name in names if name not in manifest["digests"]):
            raise Unfit(f"The backup lacks rows that this program has: {', '.join(missing[:3])}.")
        try:
            with transaction.atomic():
                _fill_all(archive, manifest, names)
                _put_files(archive, files)
        except IntegrityError as exc:  # told at the end of the transaction
            raise Unfit("Rows in the backup name other rows that are not in it.") from exc
    return manifest


def _fill_all(archive: zipfile.ZipFile, manifest: dict[str, Any], names: Mapping[str, type[models.Model]]) -> None:
    for name, model in names.items():
        _fill(model, archive.open(name))
    _continue_counting(list(names.values()))
    for name, model in names.items():
        if _write_lines(_lines(model), io.BytesIO())[1] != manifest["digests"][name]:
            raise Unfit(f"After restoring, the rows of {model._meta.label} are not those of the backup.")


def _check_place(manifest: dict[str, Any], files: Path) -> None:
    if manifest["migrations"] != _migrations():
        raise Unfit(
            "The backup was made with other migrations. Restore it with the program it was made with, then upgrade."
        )
    filled = [model._meta.verbose_name_plural for model in tables() if model._base_manager.exists()]
    if filled:
        raise Unfit(f"A backup is restored into an empty installation; this one has {filled[0]}.")
    if files.is_dir() and any(files.iterdir()):
        raise Unfit("A backup is restored into an empty installation; this one has stored files.")


def _fill(model: type[models.Model], lines: Any) -> None:
    try:
        with lines:
            rows = (item.object for item in serializers.deserialize("python", map(json.loads, lines)))
            while batch := list(islice(rows, _ROWS)):
                model._base_manager.bulk_create(batch)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        FieldDoesNotExist,
        serializers.base.DeserializationError,
        DatabaseError,
    ) as exc:
        raise Unfit(f"The rows of {model._meta.label} in the backup are not rows that Indicia wrote.") from exc


def _continue_counting(found: list[type[models.Model]]) -> None:
    """Let new keys follow the restored ones, where the database counts for itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)


def _put_files(archive: zipfile.ZipFile, files: Path) -> None:
    for name in archive.namelist():
        if not name.startswith("files/"):
            continue
        target = files.joinpath(*PurePosixPath(name).parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
