"""The map of the world: a shape or a dot for each country, in the look of its value, with the value's sign on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.core.drawing.look import words

HIT = 24  # radius in units: 24 px across where the drawing is 1,000 px wide


@dataclass(frozen=True, slots=True)
class Colored:
    """One country on the map: the class it has, the sign printed on it, its name with its value, and where it leads."""

    iso3: str
    look: str
    sign: str
    told: str
    url: str = ""


def world(shapes: Mapping[str, Any], countries: Iterable[Colored], label: str) -> str:
    """Return the map; `shapes` is the content of fixtures/world/shapes.json."""
    known: Mapping[str, Any] = shapes["shapes"]
    found = [item for item in countries if item.iso3 in known]
    large = [item for item in found if "dot" not in known[item.iso3]]
    small = [item for item in found if "dot" in known[item.iso3]]
    colored = {item.iso3 for item in found}
    rest = "".join(shape["d"] for iso3, shape in known.items() if iso3 not in colored)
    parts = [f'<path class="land" d="{shapes["other"]}{rest}"/>']
    parts += [_shape(item, known[item.iso3]) for item in large]
    parts.append(f'<path class="dash" d="{shapes["disputed"]}"/>')
    parts += [_dot(item, known[item.iso3], shapes["dot"]) for item in small]
    width, height = shapes["width"], shapes["height"]
    head = f'<svg class="picture world" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'{head} role="group" aria-label="{words(label)}">{"".join(parts)}</svg>'


def _linked(item: Colored, inner: str) -> str:
    told = words(item.told)
    if not item.url:
        return f"<g>{inner}<title>{told}</title></g>"
    return f'<a href="{words(item.url)}" aria-label="{told}">{inner}<title>{told}</title></a>'


def _shape(item: Colored, shape: Mapping[str, Any]) -> str:
    inner = f'<path class="{item.look}" d="{shape["d"]}"/>'
    if item.sign and shape["numeral"]:
        x, y = shape["at"]
        inner += f'<text class="{_ink(item.look)}" x="{x}" y="{y + 6}">{words(item.sign)}</text>'
    return _linked(item, inner)


def _dot(item: Colored, shape: Mapping[str, Any], radius: int) -> str:
    (x, y), (home_x, home_y) = shape["dot"], shape["at"]
    inner = f'<path class="{item.look}" d="{shape["d"]}"/>' if shape["d"] else ""
    if abs(x - home_x) + abs(y - home_y) > radius:
        inner += f'<path class="way" d="M{home_x} {home_y}L{x} {y}"/>'
    inner += f'<circle class="hit" cx="{x}" cy="{y}" r="{HIT}"/>'
    inner += f'<circle class="{item.look}" cx="{x}" cy="{y}" r="{radius}"/>'
    if item.sign:
        inner += f'<text class="{_ink(item.look)}" x="{x}" y="{y + 6}">{words(item.sign)}</text>'
    return _linked(item, inner)


def _ink(look: str) -> str:
    return "light" if look in {"c4", "c5", "r4", "r5", "t3", "pp"} else "dark"
