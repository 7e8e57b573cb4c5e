"""Proving a snapshot's file: its hash, and, with the same rules, that the record still gives these levels and words.

Needs no database: framework and wording come from the program's own files, where their digests are the snapshot's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from assessments import content, snapshots
from assessments.core.interchange import read
from assessments.core.parts import digest_of, file_of, parts
from assessments.core.types import Basis, Case, CountryForms
from assessments.core.version import RULES_VERSION
from frameworks import loader, wording_loader
from frameworks.spec.canonical import NotCanonical, canonical_json, parse_canonical
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.wording import CompiledWording

FRAMEWORKS = Path(settings.BASE_DIR) / "fixtures" / "frameworks"


@dataclass(frozen=True)
class Verdict:
    """Whether a file proves itself; `recomputed` says whether the rules were run again, `text` all in a sentence."""

    holds: bool
    recomputed: bool
    text: str


def verify(data: bytes) -> Verdict:
    """Return what a file's content says about itself: identical, or the first difference."""
    try:
        file = parse_canonical(data)
        snapshot, stated, stated_parts = file["snapshot"], file["sha256"], file["parts"]
        if digest_of(snapshot) != stated or parts(snapshot) != stated_parts:
            return Verdict(holds=False, recomputed=False, text=_altered(snapshot, stated_parts))
        if canonical_json(file_of(snapshot, file.get("tier"))).strip() != data.strip():
            text = "The hash holds, but something beside the snapshot was altered, or the file was written anew."
            return Verdict(holds=False, recomputed=False, text=text)
        return _recomputed(snapshot)
    except (ValueError, KeyError, TypeError, AttributeError, NotCanonical):
        return Verdict(holds=False, recomputed=False, text="This is no snapshot file.")


def _altered(snapshot: Mapping[str, Any], stated: Mapping[str, str]) -> str:
    now = parts(snapshot)
    for name in sorted({*now, *stated}):
        if now.get(name) != stated.get(name):
            what = "is missing" if name not in now else "was added" if name not in stated else "was altered"
            return f"The content does not match its hash: {name} {what}."
    return "The content does not match its hash."


def _recomputed(snapshot: Mapping[str, Any]) -> Verdict:
    rules = snapshot["program"]["rules"]
    if rules != RULES_VERSION:
        text = f"The hash holds. Made by rules {rules}, and these are rules {RULES_VERSION}: nothing was recomputed."
        return Verdict(holds=True, recomputed=False, text=text)
    framework, wording = _framework(snapshot["framework"]), _wording(snapshot["wording"])
    if framework is None or wording is None:
        missing = snapshot["framework"] if framework is None else snapshot["wording"]
        name = f"{missing['code']} {missing['version']}"
        text = f"The hash holds. {name} as it was then is not here: nothing was recomputed."
        return Verdict(holds=True, recomputed=False, text=text)
    record = read(canonical_json(snapshot["record"]))
    forms: CountryForms = content.adapter(CountryForms).validate_python(snapshot["country"])
    now = snapshots.derived(Case(record=record, country=forms, framework=framework, wording=wording))
    path = difference(snapshot["derived"], parse_canonical(canonical_json(now)))
    if path is not None:
        return Verdict(holds=False, recomputed=True, text=f"The hash holds, but the rules now give another {path}.")
    if not snapshot["tier_withheld"] and _content_hash(snapshot) != snapshot["content_hash"]:
        return Verdict(holds=False, recomputed=True, text="The hash holds, but the approved content is another.")
    return Verdict(
        holds=True, recomputed=True, text="Identical: hash, levels, findings, sentences and recommendations."
    )


def _content_hash(snapshot: Mapping[str, Any]) -> str:
    """Return the hash an approval must name, made anew from the open part."""
    basis = content.adapter(Basis)
    lines = [
        content.Line(item["section"], item["text"], basis.validate_python(item["basis"]))
        for item in snapshot["sentences"]
    ]
    points = [
        content.Point(item["code"], item["text"], int(item["rank"]), item["is_top"])
        for item in snapshot["recommendations"]
    ]
    versions = {ref: int(version) for ref, version in snapshot["evidence_versions"].items()}
    return content.content_hash(read(canonical_json(snapshot["record"])), versions, lines, points)


def difference(one: Any, other: Any, path: str = "") -> str | None:
    """Return the path to the first place where two values differ; None where they are the same."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted({*one, *other}):
            found = difference(one.get(key), other.get(key), f"{path}/{key}" if path else str(key))
            if found is not None:
                return found
        return None
    if isinstance(one, list) and isinstance(other, list):
        for place, (left, right) in enumerate(zip(one, other, strict=False), start=1):
            found = difference(left, right, f"{path}/{place}")
            if found is not None:
                return found
        return None if len(one) == len(other) else f"{path}/{min(len(one), len(other)) + 1}"
    return None if one == other else path or "value"


def _framework(stated: Mapping[str, Any]) -> CompiledFramework | None:
    folder = _folder(stated)
    found = None if folder is None else _read_framework(folder)
    return found if found is not None and found.digest == stated["digest"] else None


def _wording(stated: Mapping[str, Any]) -> CompiledWording | None:
    folder = _folder(stated)
    found = None if folder is None else _read_wording(folder)
    return found if found is not None and found.digest == stated["digest"] else None


@cache
def _read_framework(folder: Path) -> CompiledFramework:
    return CompiledFramework(loader.read(folder))


@cache
def _read_wording(folder: Path) -> CompiledWording:
    return CompiledWording(wording_loader.read(folder))


def _folder(stated: Mapping[str, Any]) -> Path | None:
    """Return the program's own files of a version; None where there are none, or the name would lead elsewhere."""
    folder = (FRAMEWORKS / str(stated["code"]) / str(stated["version"])).resolve()
    return folder if folder.is_dir() and folder.is_relative_to(FRAMEWORKS.resolve()) else None
