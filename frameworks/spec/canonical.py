"""One byte form for one value, so that equal content has equal digests on every machine."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from json.encoder import encode_basestring as _quoted  # what json.dumps itself uses, without an encoder a text
from typing import Any
from uuid import UUID

from pydantic import BaseModel


class Encoded(str):
    """The canonical JSON of a value, made before: it stands in the value's place and is not made again."""

    __slots__ = ()


class NotCanonical(TypeError):
    """A value has no canonical form: not a number, a naive moment, a key that is no text, or an unknown kind."""


def canonical_json(value: object) -> bytes:
    """Return the canonical JSON of a value: UTF-8, NFC, sorted keys, no spaces, fixed number form.

    Numbers are written in full without exponent, sign of zero or trailing zeros (1.50 becomes 1.5, 2.0 becomes 2).
    Dates are ISO 8601; moments must carry a zone and are written in UTC with a Z. Enumerations stand for their value,
    models and dataclasses for their fields, sets for the sorted list of their members. Raises NotCanonical otherwise.
    """
    return _encode(value).encode()


def parse_canonical(data: bytes) -> Any:
    """Read JSON with all digits kept, so that `canonical_json` gives canonical bytes back unchanged."""
    return json.loads(data, parse_float=Decimal)


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 lower case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _encode(value: object) -> str:
    if type(value) is str:  # most of what there is
        return _quoted(unicodedata.normalize("NFC", value))
    if isinstance(value, Enum):
        return _encode(value.value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if isinstance(value, Encoded):
        return str(value)
    if isinstance(value, (str, UUID, date)):
        return _quoted(_text(value))
    return _encode_container(value)


def _encode_container(value: object) -> str:
    if isinstance(value, BaseModel):
        return _object({name: getattr(value, name) for name in type(value).model_fields})
    if is_dataclass(value) and not isinstance(value, type):
        return _object({field.name: getattr(value, field.name) for field in fields(value)})
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, AbstractSet):
        return "[" + ",".join(sorted(_encode(member) for member in value)) + "]"
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return "[" + ",".join(_encode(member) for member in value) + "]"
    raise NotCanonical(f"{type(value).__name__} has no canonical form.")


def _object(mapping: Mapping[Any, object]) -> str:
    members: dict[str, str] = {}
    for key, value in mapping.items():
        name = key.value if isinstance(key, Enum) else key
        if not isinstance(name, str):
            raise NotCanonical(f"A key must be a text, not {name!r}.")
        name = unicodedata.normalize("NFC", name)
        if name in members:
            raise NotCanonical(f"The key {name!r} occurs twice.")
        members[name] = _encode(value)
    return "{" + ",".join(f"{_quoted(key)}:{members[key]}" for key in sorted(members)) + "}"


def _number(value: float | Decimal) -> str:
    number = Decimal(repr(value)) if isinstance(value, float) else value
    if not number.is_finite():
        raise NotCanonical(f"{value} is not a number that can be written.")
    if number == 0:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(value: str | UUID | date) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise NotCanonical("A moment must carry a time zone.")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return unicodedata.normalize("NFC", str(value))
