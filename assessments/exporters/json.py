"""JSON: the open part of a snapshot in canonical form, with its hash and those of its parts, to be proved anywhere."""

from collections.abc import Mapping
from typing import Any

from assessments.core.document import METHOD
from assessments.core.parts import FILE_FORMAT, parts
from assessments.exporters.document import demonstration_notice, frozen, open_digest
from frameworks.spec.canonical import canonical_json


def export(values: Mapping[str, Any]) -> bytes:
    """Return a snapshot as a file that `manage.py verify_snapshot` proves; an unreleased tier is outside the hash."""
    snapshot = frozen(values)
    file: dict[str, Any] = {
        "format": FILE_FORMAT,
        "sha256": open_digest(values),
        "parts": parts(snapshot),
        "method": METHOD,
        "snapshot": snapshot,
    }
    if snapshot["assessment"]["demonstration"]:
        file["notice"] = demonstration_notice(int(snapshot["assessment"]["report_year"]))
    if "tier" in values:
        file["tier"] = values["tier"]
    return canonical_json(file) + b"\n"
