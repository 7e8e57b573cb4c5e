"""How files get damaged: cut short, bytes lost or changed, lines lost or twice, a value of JSON replaced."""

import json
from typing import Any

from hypothesis import strategies as st

BYTES = st.binary(min_size=1, max_size=8) | st.sampled_from(
    [
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\t",
        b"- ",
        b": ",
        b"*a",
        b"&a ",
        b"{",
        b"!!python/object:os.x ",
        b"%",
        b"\r",
    ]
)


@st.composite
def damaged_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Return the file damaged in one place."""
    start = draw(st.integers(0, max(0, len(data) - 1)))
    length = draw(st.integers(0, 60))
    kind = draw(st.sampled_from(["cut", "replace", "insert", "drop line", "line twice", "other end"]))
    if kind == "cut":
        return data[:start]
    if kind == "replace":
        return data[:start] + draw(BYTES) + data[start + length :]
    if kind == "insert":
        return data[:start] + draw(BYTES) + data[start:]
    if kind == "other end":
        return data[start:] + data[:start]
    lines = data.splitlines(keepends=True)
    number = draw(st.integers(0, len(lines) - 1))
    middle = [] if kind == "drop line" else [lines[number], lines[number]]
    return b"".join([*lines[:number], *middle, *lines[number + 1 :]])


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside a value of JSON."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(found for key, member in inside for found in places(member, (*way, key)))]


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(
        ["", " ", "2024-02-30", "9999-12-31", "I01", "S1", "exact", "\u0000", "\u202e", "{{ 7*7 }}", "=1+1"]
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)


@st.composite
def damaged_json(draw: st.DrawFn, data: bytes) -> bytes:
    """Return a file of JSON with one or two of its values replaced, taken away, twice, or swapped with another."""
    whole = json.loads(data)
    for _ in range(draw(st.integers(1, 2))):
        ways = [way for way in places(whole) if way]
        *before, last = draw(st.sampled_from(ways))
        holder = whole
        for key in before:
            holder = holder[key]
        kind = draw(st.sampled_from(["replace", "drop", "twice", "another"]))
        if kind == "drop":
            del holder[last]
        elif kind == "twice" and isinstance(holder, list):
            holder.append(holder[last])
        elif kind == "another":
            other = whole
            for key in draw(st.sampled_from(ways)):
                other = other[key] if isinstance(other, list | dict) and _has(other, key) else other
            holder[last] = json.loads(json.dumps(other))
        else:
            holder[last] = draw(VALUES)
    return json.dumps(whole).encode("utf-8", "surrogatepass")


def _has(holder: Any, key: Any) -> bool:
    return key in holder if isinstance(holder, dict) else isinstance(key, int) and key < len(holder)
