"""From bytes to a record, with every error named in words."""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from assessments.core.interchange.problems import InvalidFile, Path, Problem, place
from assessments.core.types import AssessmentRecord
from frameworks.spec.base import suggestion

MAX_BYTES = 20_000_000
"""Files above this are refused unread; the largest real one is below a hundredth of it."""


def read(data: bytes) -> AssessmentRecord:
    """Return the record in a file. Raises InvalidFile with everything that is wrong with its form.

    Texts come back in NFC. What the record says is not judged here: see `check_inside` and `check_against`.
    """
    values = _parse(data)
    problems = [Problem(place=place(path, values), message=message) for path, message in _unfit_texts(values)]
    if problems:
        raise InvalidFile(problems)
    try:
        # As JSON, so that text stands for choices and lists for tuples; strict, so that "3" never stands for 3.
        return adapter().validate_json(json.dumps(values), strict=True)
    except ValidationError as exc:
        raise InvalidFile(_in_words(error, values) for error in exc.errors()) from exc


@cache
def adapter() -> TypeAdapter[AssessmentRecord]:
    """Return the validator of the record; built once."""
    return TypeAdapter(AssessmentRecord)


def _parse(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise InvalidFile([Problem(place="", message=f"The file has more than {MAX_BYTES:,} bytes.")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise InvalidFile([Problem(place="", message=f"The file is not UTF-8 (byte {exc.start + 1}).")]) from exc
    try:
        values = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as exc:
        where = f"line {exc.lineno}, column {exc.colno}"
        raise InvalidFile([Problem(place=where, message=f"This is not JSON: {exc.msg}.")]) from exc
    except RecursionError as exc:
        raise InvalidFile([Problem(place="", message="The file is nested too deeply.")]) from exc
    except ValueError as exc:
        raise InvalidFile([Problem(place="", message=str(exc))]) from exc
    if not isinstance(values, dict):
        raise InvalidFile([Problem(place="", message="The file must hold one object, in braces.")])
    return _composed(values)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise ValueError(f"The key “{key}” occurs twice in one object.")
        values[key] = value
    return values


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number that can be recorded.")


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(member) for member in value]
    if isinstance(value, dict):
        return {key: _composed(member) for key, member in value.items()}
    return value


def _unfit_texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Name texts that a database or a page cannot hold: control characters and halves of a pair."""
    if isinstance(value, str):
        for character in value:
            if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t":
                yield path, f"the character U+{ord(character):04X} cannot stand in a text"
                return
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _unfit_texts(member, (*path, index))
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _unfit_texts(key, path)
            yield from _unfit_texts(member, (*path, key))


def _in_words(error: ErrorDetails, values: Any) -> Problem:
    path = tuple(error["loc"])
    if error["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        name, known = str(path[-1]), _fields_at(path[:-1])
        return Problem(place=place(path[:-1], values), message=f"there is no field “{name}”{suggestion(name, known)}")
    return Problem(place=place(path, values), message=_message(error, path))


def _message(error: ErrorDetails, path: Path) -> str:
    given = error["input"]
    context = error.get("ctx", {})
    match error["type"]:
        case "missing" | "missing_argument" | "missing_keyword_only_argument":
            return "this is needed and was not given"
        case "enum" | "literal_error":
            choices = [str(choice) for choice in _choices_at(path)]
            return f"“{given}” is not one of {', '.join(choices)}{suggestion(str(given), choices)}"
        case "string_too_long":
            return f"at most {context['max_length']} characters are possible here, not {len(given)}"
        case "string_pattern_mismatch":
            return _PATTERNS.get(str(context.get("pattern")), f"“{given}” does not have the right form")
        case "value_error":
            return str(context.get("error", error["msg"]))
        case "dataclass_type":
            return "this must be an object, in braces"
        case "tuple_type":
            return "this must be a list, in brackets"
        case _:
            return error["msg"][:1].lower() + error["msg"][1:]


_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "a name from the framework has lower-case letters, digits and single hyphens only",
    r"^([a-z0-9]+(-[a-z0-9]+)*)?$": "a name from the framework has lower-case letters, digits and single hyphens only",
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$": "an id has up to 40 letters, digits, dots, hyphens and underscores",
    r"^[A-Z]{3}$": "a country is named by the three capital letters of ISO 3166-1",
    r"^(years|months|days)$": "the unit is years, months or days",
    r"^[^\n\r]*$": "this must be one line",
}


def type_at(path: Sequence[str | int]) -> Any:
    """Return the type that stands at a place of the record; None where there is none."""
    found: Any = AssessmentRecord
    for step in path:
        if isinstance(step, int):
            found = _bare(get_args(found)[0]) if get_origin(found) is tuple else None
        elif is_dataclass(found):
            hint = get_type_hints(found, include_extras=True).get(step)
            found = None if hint is None else _bare(hint)
        else:
            return None
    return found


def _bare(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin is Annotated:
        return _bare(get_args(hint)[0])
    if origin in {Union, UnionType}:
        return _bare(next(part for part in get_args(hint) if part is not NoneType))
    return hint


def _fields_at(path: Path) -> list[str]:
    found = type_at(path)
    return [field.name for field in fields(found)] if is_dataclass(found) else []


def _choices_at(path: Path) -> list[Any]:
    found = type_at(path)
    if isinstance(found, type) and issubclass(found, Enum):
        return [member.value for member in found]
    return list(get_args(found))
