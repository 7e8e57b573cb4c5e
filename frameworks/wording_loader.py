"""Wordings from files: `read` a folder of YAML into a checked document, with file and line for every error.

`store` keeps it as a row, as the measurement loader does for frameworks.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from pydantic import BaseModel, ValidationError

from frameworks.loader import VersionInUse
from frameworks.models import WordingDocument, WordingVersion
from frameworks.spec import wording
from frameworks.spec.base import suggestion
from frameworks.spec.wholeness import problems as lacking
from frameworks.spec.wording import CompiledWording, WordingSpec
from frameworks.yaml_source import Document, InvalidFiles, Problem, read_mapping, shape_problems

if TYPE_CHECKING:
    from accounts.models import User

HEADER = "wording.yaml"
FIRST_REPORT_YEAR = 2001
FILES: dict[str, tuple[str, ...]] = {
    HEADER: ("kind", "code", "version", "title", "in_force_from", "note", "style"),
    "attributions.yaml": ("attributions",),
    "strength.yaml": ("strengths",),
    "stages.yaml": ("hedges", "stages"),
    "words.yaml": ("words", "phrases"),
}


class InvalidWording(InvalidFiles):
    """The files are not a wording; nothing was written. `problems` names every error with its place."""


def read(path: Path) -> WordingSpec:
    """Read and check a wording's folder. Raises InvalidWording with all errors found; touches no database.

    A wording that lacks what the drafting asks for is refused here, not when a draft is written.
    """
    document = _collect(path)
    try:
        spec = WordingSpec.model_validate(document.values)
    except ValidationError as exc:
        raise InvalidWording(shape_problems(document, exc, _spec_keys())) from exc
    found = lacking(spec)
    if found:
        raise InvalidWording(document.problem(each.path, each.message) for each in found)
    return spec


def _collect(path: Path) -> Document:
    document, problems = Document(), []
    for name in FILES:
        if (path / name).is_file():
            problems += _add(document, path, name, FILES[name])
        else:
            problems.append(Problem(name, 0, 0, "", "the file is missing"))
    for file in sorted((path / "patterns").glob("*.yaml")):
        problems += _add(document, path, f"patterns/{file.name}", ("patterns",))
    problems += [
        Problem(file.name, 0, 0, "", f"a wording has no such file{suggestion(file.name, FILES)}")
        for file in sorted(path.glob("*.yaml"))
        if file.name not in FILES
    ]
    if problems:
        raise InvalidWording(problems)
    document.values.pop("kind", None)
    return document


def _add(document: Document, path: Path, name: str, keys: tuple[str, ...]) -> list[Problem]:
    try:
        data = read_mapping(path / name, name)
    except InvalidFiles as exc:
        return list(exc.problems)
    problems = [
        Problem(
            name, data.lc.key(key)[0] + 1, data.lc.key(key)[1] + 1, "", f'unknown key "{key}"{suggestion(key, keys)}'
        )
        for key in map(str, data)
        if key not in keys
    ]
    problems += [Problem(name, 1, 1, "", f'lacks "{key}"') for key in keys if key not in data and key != "note"]
    if not problems:
        for key in data:
            document.add(name, str(key), data)
    return problems


def _spec_keys() -> set[str]:
    models = [member for member in vars(wording).values() if isinstance(member, type) and issubclass(member, BaseModel)]
    return {key for model in models for key in model.model_fields}


def first_report_year(spec: WordingSpec) -> int:
    """Return the first report year a wording may word: that of its earliest pattern."""
    return min((pattern.valid_from or FIRST_REPORT_YEAR for pattern in spec.patterns), default=FIRST_REPORT_YEAR)


def store(spec: WordingSpec, *, by: "User | None", at: datetime) -> WordingVersion:
    """Write a wording's row, or return the one that is there. `by` is None for the command line.

    Storing the same content again changes nothing. A version that something refers to is never altered: VersionInUse
    is raised for any difference. A version nothing refers to yet is replaced.
    """
    digest = CompiledWording(spec).digest
    with transaction.atomic():
        version = WordingVersion.objects.select_for_update().filter(code=spec.code, version=spec.version).first()
        if version and version.digest == digest:
            return version
        if version and version.is_in_use():
            raise VersionInUse(
                f"{spec.label} is in use and cannot be altered; the files differ from what is stored. "
                "Load the change under a new version."
            )
        version = version or WordingVersion(code=spec.code, version=spec.version)
        version.title, version.digest = spec.title, digest
        version.valid_from_year = first_report_year(spec)
        version.loaded_at, version.loaded_by = at, by
        version.save()
        WordingDocument.objects.update_or_create(version=version, defaults={"document": spec.model_dump(mode="json")})
    return version


_COMPILED: dict[str, CompiledWording] = {}


def compiled(version: WordingVersion) -> CompiledWording:
    """Return a stored version with its lookups; read and built once in a process, kept by digest."""
    found = _COMPILED.get(version.digest)
    if found is None:
        found = _COMPILED[version.digest] = CompiledWording(WordingSpec.model_validate(version.document))
    return found
