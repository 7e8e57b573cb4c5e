"""Measurement frameworks from files into rows: `read`, `store`, `compiled`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from pydantic import BaseModel, ValidationError

from frameworks.models import (
    FrameworkDocument,
    FrameworkVersion,
    Indicator,
    Level,
    Provision,
    Recommendation,
    SeedRow,
    Term,
)
from frameworks.spec import law, measurement, registry
from frameworks.spec.base import suggestion
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.crosscheck import problems as crosscheck
from frameworks.spec.measurement import FrameworkSpec
from frameworks.spec.registry import TermSpec
from frameworks.yaml_source import Document, InvalidFiles, Problem, read_mapping, shape_problems

if TYPE_CHECKING:
    from accounts.models import User

HEADER = "framework.yaml"
_HEADER_KEYS = (
    "kind",
    "code",
    "version",
    "title",
    "in_force_from",
    "as_of",
    "legal_basis",
    "method_note",
    "previous_version",
    "reporting_period",
    "seed",
)
FILES: dict[str, tuple[str, ...]] = {
    HEADER: _HEADER_KEYS,
    "standards.yaml": ("standards",),
    "indicia.yaml": ("indicia", "elements", "notes"),
    "significant_efforts.yaml": ("significant_efforts", "proof_of_failure", "tiers", "legal_dates", "notes"),
    "provisions.yaml": ("provisions",),
    "states.yaml": ("states",),
    "evidence_rules.yaml": ("scale_meanings", "record_kinds", "evidence_rules"),
    "rules.yaml": ("parameters", "indicator_sets", "finding_categories"),
    "recommendations.yaml": ("recommendations",),
    "seed.yaml": ("seed_rows", "seed_defects"),
    "seed_rules.yaml": ("rules",),
}
OPTIONAL_FILES: dict[str, tuple[str, ...]] = {"lineage.yaml": ("lineage",)}
FOLDERS: dict[str, tuple[str, ...]] = {"indicators": ("group", "indicators"), "registry": ("vocabulary", "terms")}


class InvalidFramework(InvalidFiles):
    """The files are not a framework; nothing was written. `problems` names every error with its place."""


class VersionInUse(Exception):
    """A version that assessments are pinned to would be altered; load the change under a new version."""


def read(path: Path) -> FrameworkSpec:
    """Read and check a framework's folder. Raises InvalidFramework with all errors found; touches no database."""
    document = _collect(path)
    try:
        spec = FrameworkSpec.model_validate(document.values)
    except ValidationError as exc:
        raise InvalidFramework(shape_problems(document, exc, _spec_keys())) from exc
    misfits = crosscheck(spec)
    if misfits:
        raise InvalidFramework(document.problem(misfit.path, misfit.message) for misfit in misfits)
    return spec


def _collect(path: Path) -> Document:
    document, problems = Document(), list(_missing_and_stray_files(path))
    allowed = FILES | OPTIONAL_FILES
    for name, keys in allowed.items():
        if (path / name).is_file():
            problems += _add_file(document, path, name, keys)
    for folder, keys in FOLDERS.items():
        for file in sorted((path / folder).glob("*.yaml")):
            problems += _add_file(document, path, f"{folder}/{file.name}", keys)
    if problems:
        raise InvalidFramework(problems)
    return document


def _missing_and_stray_files(path: Path) -> Iterator[Problem]:
    for name in FILES:
        if not (path / name).is_file():
            yield Problem(name, 0, 0, "", "the file is missing")
    for folder in FOLDERS:
        if not any((path / folder).glob("*.yaml")):
            yield Problem(f"{folder}/", 0, 0, "", "the folder has no files")
    known = {*FILES, *OPTIONAL_FILES}
    for file in sorted(path.glob("*.yaml")):
        if file.name not in known:
            yield Problem(file.name, 0, 0, "", f"a framework has no such file{suggestion(file.name, known)}")


def _add_file(document: Document, path: Path, name: str, keys: tuple[str, ...]) -> list[Problem]:
    try:
        data = read_mapping(path / name, name)
    except InvalidFiles as exc:
        return list(exc.problems)
    problems = [_unknown_key(name, data, key, keys) for key in data if key not in keys]
    optional = {"previous_version", "notes"}
    problems += [Problem(name, 1, 1, "", f'lacks "{key}"') for key in keys if key not in data and key not in optional]
    if not problems:
        extra = _given_to_members(data)
        for key in data:
            if key not in ("group", "vocabulary"):
                document.add(name, key, data, extra)
        if "group" in data:
            _add_group(document, name, data)
    return problems


def _unknown_key(name: str, data: Any, key: object, keys: tuple[str, ...]) -> Problem:
    line, column = data.lc.key(key)
    return Problem(name, line + 1, column + 1, "", f'unknown key "{key}"{suggestion(str(key), keys)}')


def _given_to_members(data: Any) -> dict[str, Any]:
    if "vocabulary" in data:
        return {"vocabulary": str(data["vocabulary"])}
    if isinstance(data.get("group"), dict):
        return {"group": data["group"].get("slug", ""), "direction": data["group"].get("direction", "")}
    return {}


def _add_group(document: Document, name: str, data: Any) -> None:
    # A group is written once above its indicators; in the document the groups are a list of their own.
    part = Document()
    part.add(name, "group", data)
    groups = document.values.setdefault("groups", [])
    document.files.setdefault("groups", name)
    document.origins[("groups", len(groups))] = part.origins[("group",)]
    groups.append(part.values["group"])


def _spec_keys() -> set[str]:
    models = [
        member
        for module in (law, measurement, registry)
        for member in vars(module).values()
        if isinstance(member, type) and issubclass(member, BaseModel)
    ]
    return {key for model in models for key in model.model_fields}


def store(spec: FrameworkSpec, *, by: "User | None", at: datetime) -> FrameworkVersion:
    """Write a framework's rows, whole or not at all, and return its version.

    Storing the same content again changes nothing. A version that something refers to is never altered: VersionInUse
    is raised for any difference. A version nothing refers to yet is replaced. `by` is None for the command line.
    """
    framework = CompiledFramework(spec)
    with transaction.atomic():
        version = FrameworkVersion.objects.select_for_update().filter(code=spec.code, version=spec.version).first()
        if version and version.digest == framework.digest:
            return version
        if version and version.is_in_use():
            raise VersionInUse(
                f"{spec.label} is in use and cannot be altered; the files differ from what is stored. "
                "Load the change under a new version."
            )
        if version:
            version.delete_parts()
        else:
            version = FrameworkVersion(code=spec.code, version=spec.version)
        version.title = spec.title
        version.in_force_from = spec.in_force_from
        version.digest = framework.digest
        version.loaded_at, version.loaded_by = at, by
        version.save()
        FrameworkDocument.objects.create(version=version, document=spec.model_dump(mode="json"))
        _write_parts(version, spec)
    return version


def _write_parts(version: FrameworkVersion, spec: FrameworkSpec) -> None:
    Provision.objects.bulk_create(
        Provision(version=version, position=position, **_columns(provision, "slug", "instrument", "cite", "label"))
        for position, provision in enumerate(spec.provisions)
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(
            version=version,
            position=position,
            direction=indicator.direction.value,
            **_columns(indicator, "code", "slug", "title", "group", "core", "scale_top"),
        )
        for position, indicator in enumerate(spec.indicators)
    )
    Level.objects.bulk_create(
        Level(indicator=row, value=level.value, descriptor=level.descriptor)
        for row, indicator in zip(indicators, spec.indicators, strict=True)
        for level in indicator.levels
    )
    Term.objects.bulk_create(
        Term(version=version, position=position, origin=term.origin.value, data=_forms(term), **_name(term))
        for position, term in enumerate(spec.terms)
    )
    Recommendation.objects.bulk_create(
        Recommendation(
            version=version, position=position, data=part.model_dump(mode="json"), **_columns(part, "code", "slug")
        )
        for position, part in enumerate(spec.recommendations)
    )
    SeedRow.objects.bulk_create(
        SeedRow(version=version, records=list(row.records), **_columns(row, "number", "paragraph", "statement"))
        for row in spec.seed_rows
    )


def _columns(part: BaseModel, *names: str) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


def _name(term: TermSpec) -> dict[str, Any]:
    return _columns(term, "vocabulary", "slug", "label", "retired")


def _forms(term: TermSpec) -> dict[str, Any]:
    return term.model_dump(
        mode="json", exclude={"vocabulary", "slug", "label", "origin", "retired"}, exclude_defaults=True
    )


_COMPILED: dict[str, CompiledFramework] = {}


def compiled(version: FrameworkVersion) -> CompiledFramework:
    """Return a stored version with its lookups; read and built once in a process, kept by digest."""
    framework = _COMPILED.get(version.digest)
    if framework is None:
        framework = CompiledFramework(FrameworkSpec.model_validate(version.document))
        _COMPILED[version.digest] = framework
    return framework
