"""YAML files read into one plain document in which every value knows its file, line and column."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

KeyPath = tuple[str | int, ...]
_NAMES = ("slug", "code", "number", "id")  # what records are called by, in this order


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error in a framework's files. Lines and columns count from 1; 0 where there is no place in the file."""

    file: str
    line: int
    column: int
    slug: str
    message: str

    def __str__(self) -> str:
        """Say file, place, record and error on one line."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.slug}: {self.message}" if self.slug else f"{place}: {self.message}"


class InvalidFiles(ValueError):
    """Files that cannot be read as what they say they are; `problems` has every error found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of files and lines."""
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_mapping(path: Path, name: str) -> CommentedMap:
    """Read one YAML 1.2 file whose root is a mapping. Raises InvalidFiles with line and column."""
    try:
        data = parsed(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        message = (exc.problem or exc.context or "not YAML").split(" To suppress")[0].strip()
        raise InvalidFiles([Problem(name, line, column, "", " ".join(message.split()))]) from exc
    except (YAMLError, UnicodeDecodeError) as exc:
        raise InvalidFiles([Problem(name, 0, 0, "", f"not YAML in UTF-8: {exc}")]) from exc
    if not isinstance(data, CommentedMap):
        raise InvalidFiles([Problem(name, 1, 1, "", "the file must be a mapping of keys to values")])
    return data


def parsed(text: str) -> Any:
    """Return what a YAML text holds, with the places it stands at; nobody changes it. Raises YAMLError."""
    return YAML().load(text)


def plain(node: object) -> Any:
    """Return a value without its YAML dress: plain containers and scalars, folded text on one line."""
    if isinstance(node, Mapping):
        return {plain(key): plain(value) for key, value in node.items()}
    if isinstance(node, str):
        return " ".join(str(node).split()) if "\n" in node else str(node)
    if isinstance(node, Sequence):
        return [plain(member) for member in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    return float(node) if isinstance(node, float) else node


@dataclass(slots=True)
class Origin:
    """A file and the node in it that a part of the document came from."""

    file: str
    node: Any
    line: int
    column: int


@dataclass(slots=True)
class Document:
    """Plain values collected from several files, and where each came from."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[KeyPath, Origin] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # which file a top-level key belongs to

    def add(self, file: str, key: str, parent: CommentedMap, extra: Mapping[str, Any] | None = None) -> None:
        """Add one top-level key of a file; lists are joined over files, `extra` is given to each of their members."""
        value = parent[key]
        line, column = parent.lc.key(key)
        self.files.setdefault(key, file)
        if not isinstance(value, CommentedSeq):
            self.values[key] = plain(value)
            self.origins[(key,)] = Origin(file, value, line + 1, column + 1)
            return
        members = self.values.setdefault(key, [])
        self.origins.setdefault((key,), Origin(file, value, line + 1, column + 1))
        for position, node in enumerate(value):
            line, column = value.lc.item(position)
            self.origins[(key, len(members))] = Origin(file, node, line + 1, column + 1)
            member = plain(node)
            members.append({**member, **(extra or {})} if isinstance(member, dict) else member)

    def problem(self, path: KeyPath, message: str) -> Problem:
        """Return a problem at the nearest place in a file that the path leads to."""
        for length in range(len(path), 0, -1):
            origin = self.origins.get(path[:length])
            if origin:
                return _place(origin, path[length:], message)
        return Problem(self.files.get(str(path[0]) if path else "", ""), 0, 0, "", message)


def _place(origin: Origin, rest: KeyPath, message: str) -> Problem:
    node, line, column, slug = origin.node, origin.line, origin.column, ""
    for part in (None, *rest):
        if part is not None:
            found = _child(node, part)
            if found is None:
                continue  # a tag of a union, or a key that is missing: stay at the parent
            node, line, column = found
        if isinstance(node, Mapping):
            slug = str(next((node[name] for name in _NAMES if node.get(name)), slug))
    return Problem(origin.file, line, column, slug, message)


def _child(node: object, part: str | int) -> tuple[Any, int, int] | None:
    if isinstance(node, CommentedMap) and part in node:
        line, column = node.lc.key(part)
        return node[part], line + 1, column + 1
    if isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
        line, column = node.lc.item(part)
        return node[part], line + 1, column + 1
    return None


def shape_problems(document: Document, error: ValidationError, known_keys: Iterable[str]) -> list[Problem]:
    """Turn pydantic's errors into problems with their place; one misspelled key gives one problem."""
    details = _without_echoes(error.errors(include_url=False))
    missing = {item["loc"] for item in details if item["type"] == "missing"}
    problems = []
    for item in details:
        if item["type"] == "extra_forbidden":
            key = str(item["loc"][-1])
            lost = [loc for loc in missing if loc[:-1] == item["loc"][:-1]]
            meant = _nearest(key, [str(loc[-1]) for loc in lost]) or _nearest(key, known_keys)
            missing -= {loc for loc in lost if str(loc[-1]) == meant}
            hint = f'; did you mean "{meant}"?' if meant else ""
            problems.append(document.problem(item["loc"], f'unknown key "{key}"{hint}'))
        elif item["type"] != "missing":
            problems.append(document.problem(item["loc"], _sentence(item)))
    problems += [document.problem(loc, f'lacks "{loc[-1]}"') for loc in sorted(missing, key=str)]
    return problems


def _without_echoes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    # pydantic counts only the members of a list it could read: a list with one bad member is also "too short".
    return [
        item
        for item in details
        if item["type"] != "too_short"
        or not any(other["loc"][: len(item["loc"])] == item["loc"] and other is not item for other in details)
    ]


def _nearest(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return near[0] if near else ""


def _sentence(item: ErrorDetails) -> str:
    message = item["msg"].removeprefix("Value error, ").replace("Input should be", "should be")
    message = message.replace("String should", "the text should").replace("Tuple should", "the list should")
    if item["type"] in ("enum", "literal_error"):
        given = str(item["input"])
        meant = _nearest(given, str(item["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", "))
        return f'"{given}" {message}' + (f'; did you mean "{meant}"?' if meant else "")
    given = item["input"]
    return (
        f"{message}, not {given!r}" if isinstance(given, (str, int, bool, float)) and len(str(given)) < 60 else message
    )
