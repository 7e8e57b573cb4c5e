"""JSON: the open part of a snapshot in canonical form, with its hash and those of its parts, to be proved anywhere."""

from collections.abc import Mapping
from typing import Any

from assessments.core.parts import file_of
from assessments.exporters.document import frozen
from frameworks.spec.canonical import canonical_json


def export(values: Mapping[str, Any]) -> bytes:
    """Return a snapshot as a file that `manage.py verify_snapshot` proves; an unreleased tier is outside the hash."""
    return canonical_json(file_of(frozen(values), values.get("tier"))) + b"\n"
