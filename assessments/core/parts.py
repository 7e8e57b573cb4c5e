"""The file of a snapshot: its open part, and digests of the parts, so that a difference can be named."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessments.core.document import METHOD, demonstration_notice
from frameworks.spec.canonical import canonical_json, digest

FILE_FORMAT = "indicia-snapshot-file"


def file_of(snapshot: Mapping[str, Any], tier: Any = None) -> dict[str, Any]:
    """Return all that stands in a snapshot's file; `tier` is an unreleased one, for people who may see it."""
    file: dict[str, Any] = {
        "format": FILE_FORMAT,
        "sha256": digest_of(snapshot),
        "parts": parts(snapshot),
        "method": METHOD,
        "snapshot": snapshot,
    }
    if snapshot["assessment"]["demonstration"]:
        file["notice"] = demonstration_notice(int(snapshot["assessment"]["report_year"]))
    if tier is not None:
        file["tier"] = tier
    return file


def parts(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """Return the digest of every part of an open part, so that a difference can be named."""
    found: dict[str, str] = {}
    for name, value in snapshot.items():
        if name in {"record", "derived"}:
            found |= {f"{name}/{path}": digest_of(member) for path, member in _members(value)}
        elif isinstance(value, list):
            found |= {f"{name}/{_name(member, place)}": digest_of(member) for place, member in enumerate(value, 1)}
        else:
            found[name] = digest_of(value)
    return found


def _members(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, list):
            for place, member in enumerate(value, start=1):
                yield f"{name}/{_name(member, place)}", member
        else:
            yield name, value


def _name(member: Any, place: int) -> str:
    if isinstance(member, Mapping):
        for key in ("id", "key", "code", "indicator", "report_year"):
            if member.get(key):
                part = f"/{member['part']}" if key == "indicator" and member.get("part") else ""
                return f"{member[key]}{part}"
    return str(place)


def digest_of(value: Any) -> str:
    """Return the SHA-256 of a value in canonical form."""
    return digest(canonical_json(value))
