"""The data release as CSV: a zip with one file a table, the codebook, and a descriptor (Frictionless data package)."""

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, BinaryIO

from assessments.core.document import METHOD, Audience
from assessments.exporters.archive import Archive
from assessments.exporters.cells import cell
from assessments.exporters.data import CODEBOOK, TABLES, Cell, Column, Row, Table, codebook, rows
from assessments.exporters.document import frozen
from frameworks.spec.compiled import CompiledFramework

DESCRIPTOR = "datapackage.json"
DEMONSTRATION = "Holds demonstration data, which is no assessment by any government; see the column demonstration."
Country = tuple[Mapping[str, Any], CompiledFramework]
"""The open part of a snapshot, and the framework it was measured by."""


def write(countries: Iterable[Country], audience: Audience, out: BinaryIO) -> None:
    """Write the release of these snapshots as a zip; one country is in memory at a time."""
    archive = Archive(out)
    described = []
    with _Sheets() as sheets:
        years: set[int] = set()
        versions: dict[str, CompiledFramework] = {}
        is_demonstration = False
        for values, framework in countries:
            years.add(int(values["assessment"]["report_year"]))
            is_demonstration = is_demonstration or bool(values["assessment"]["demonstration"])
            versions[framework.digest] = framework
            for table in TABLES:
                sheets.add(table, rows(table, values, framework, audience))
        for framework in versions.values():
            sheets.add(CODEBOOK, codebook(framework))
        for table in (*TABLES, CODEBOOK):
            archive.add(f"{table.name}.csv", sheets.chunks(table))
            described.append(sheets.described(table))
        note = [DEMONSTRATION] if is_demonstration else []
        archive.add(DESCRIPTOR, _descriptor(described, sorted(years), audience, [METHOD, *note]))
    archive.close()


def export(values: Mapping[str, Any], framework: CompiledFramework, audience: Audience) -> bytes:
    """Return the release of one snapshot."""
    out = io.BytesIO()
    write([(frozen(values), framework)], audience, out)
    return out.getvalue()


class _Sheets:
    """One temporary file a table, which its rows go into as they come."""

    def __init__(self) -> None:
        self._files: dict[str, IO[bytes]] = {}
        self._hashes: dict[str, Any] = {}
        self._sizes: dict[str, int] = {}
        self._rows: dict[str, int] = {}  # without the names of columns

    def __enter__(self) -> "_Sheets":
        for table in (*TABLES, CODEBOOK):
            self._files[table.name] = tempfile.SpooledTemporaryFile(max_size=1_000_000)
            self._hashes[table.name] = hashlib.sha256()
            self._sizes[table.name], self._rows[table.name] = 0, -1
            self._write(table, [[column.name for column in table.columns]])
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def add(self, table: Table, found: Iterable[Row]) -> None:
        self._write(table, ([_told(value) for value in row] for row in found))

    def _write(self, table: Table, found: Iterable[Sequence[str]]) -> None:
        text, listed = io.StringIO(newline=""), list(found)
        csv.writer(text).writerows(listed)
        self._rows[table.name] += len(listed)
        data = text.getvalue().encode()
        self._files[table.name].write(data)
        self._hashes[table.name].update(data)
        self._sizes[table.name] += len(data)

    def chunks(self, table: Table) -> Iterator[bytes]:
        file = self._files[table.name]
        file.seek(0)
        while chunk := file.read(65_536):
            yield chunk

    def described(self, table: Table) -> dict[str, Any]:
        """Return what the descriptor says of a table's file."""
        return {
            "name": table.name,
            "title": table.title,
            "path": f"{table.name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": self._sizes[table.name],
            "rows": self._rows[table.name],
            "hash": f"sha256:{self._hashes[table.name].hexdigest()}",
            "schema": {
                "fields": [_field(column) for column in table.columns],
                "missingValues": [""],
                **({"primaryKey": list(table.key)} if table.key else {}),
            },
        }


def _told(value: Cell) -> str:
    return "" if value is None else cell(value) if isinstance(value, str) else str(value)


def _field(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": column.kind,
        "description": column.meaning,
        **({"constraints": {"required": True}} if column.required else {}),
    }


def _descriptor(
    resources: Sequence[Mapping[str, Any]], years: Sequence[int], audience: Audience, notes: Sequence[str]
) -> bytes:
    span = "-".join(str(year) for year in dict.fromkeys((years[0], years[-1]))) if years else "empty"
    described = {
        "profile": "tabular-data-package",
        "name": f"official-complicity-{span}-{audience.value}",
        "title": f"Official complicity in human trafficking: levels, {span.replace('-', ' to ')}",
        "description": " ".join(notes),
        "resources": list(resources),
    }
    return (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()
