"""One byte form for one value."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.spec.base import Mark
from frameworks.spec.canonical import NotCanonical, canonical_json, digest, parse_canonical
from frameworks.spec.law import StandardSpec

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def _has_double_key(value: Any) -> bool:
    import unicodedata

    if isinstance(value, dict):
        keys = [unicodedata.normalize("NFC", key) for key in value]
        return len(set(keys)) < len(keys) or any(map(_has_double_key, value.values()))
    return isinstance(value, list) and any(map(_has_double_key, value))


@given(json_values.filter(lambda value: not _has_double_key(value)))
def test_canonical_bytes_come_back_unchanged(value: Any) -> None:
    data = canonical_json(value)
    assert canonical_json(parse_canonical(data)) == data
    json.loads(data)


@dataclass(frozen=True)
class Point:
    """A value with two fields."""

    y: int
    x: int


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        (1.50, "1.5"),
        (2.0, "2"),
        (-0.0, "0"),
        (1e21, "1000000000000000000000"),
        (Decimal("0.10"), "0.1"),
        (Decimal("100"), "100"),
        ("Cote\u0301", '"Coté"'),
        ('a "b"\n', '"a \\"b\\"\\n"'),
        (date(2024, 3, 31), '"2024-03-31"'),
        (datetime(2024, 3, 31, 14, 2, tzinfo=timezone(timedelta(hours=2))), '"2024-03-31T12:02:00Z"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (Mark.VERIFIED, '"verified"'),
        ({Mark.VERIFIED: (1,)}, '{"verified":[1]}'),
        ({"b", "a"}, '["a","b"]'),
        (Point(1, 2), '{"x":2,"y":1}'),
        (
            StandardSpec(slug="s", cite="c", summary="t", mark=Mark.VERIFIED),
            '{"cite":"c","mark":"verified","slug":"s","summary":"t"}',
        ),
    ],
)
def test_each_kind_has_one_form(value: object, expected: str) -> None:
    assert canonical_json(value).decode() == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (float("nan"), "nan is not a number"),
        (datetime(2024, 1, 1), "must carry a time zone"),  # noqa: DTZ001
        ({1: "a"}, "A key must be a text, not 1"),
        ({"é": 1, "e\u0301": 2}, "occurs twice"),
        (b"bytes", "bytes has no canonical form"),
        (object(), "object has no canonical form"),
    ],
)
def test_what_has_no_form_is_refused(value: object, message: str) -> None:
    with pytest.raises(NotCanonical, match=message):
        canonical_json(value)


def test_digest_is_sha256() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
