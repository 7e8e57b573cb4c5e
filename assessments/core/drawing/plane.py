"""Where a country stands on concern and accountability: a place a year, the way, the last move as an arrow."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.core.drawing.look import svg, words

CELL, LEFT, TOP, STEP = 92, 74, 14, 18
LANES = 6


@dataclass(frozen=True, slots=True)
class Place:
    """One year's two levels. Accountability None: none was derived, which stands in a lane of its own."""

    year: int
    concern: int
    accountability: int | None


def plane(places: Iterable[Place], label: str) -> str:
    """Return the picture; concern grows worse to the right, accountability better upwards."""
    ordered = sorted(places, key=lambda place: place.year)
    spots = _spots(ordered)
    bottom = TOP + CELL * (LANES + 1)
    parts = [*_grid(bottom)]
    line = " ".join(f"{x:g},{y:g}" for x, y in spots)
    if len(spots) > 2:
        parts.append(f'<polyline class="way" points="{" ".join(line.split(" ")[:-1])}"/>')
    if len(spots) > 1:
        parts += _arrow(spots[-2], spots[-1])
    for number, (place, (x, y)) in enumerate(zip(ordered, spots, strict=True), start=1):
        is_last = number == len(spots)
        told = "no accountability level" if place.accountability is None else f"accountability {place.accountability}"
        parts.append(
            f'<circle class="{"here" if is_last else "dot"}" cx="{x:g}" cy="{y:g}" r="8.5">'
            f"<title>{place.year}: concern {place.concern}, {told}</title></circle>"
            f'<text class="{"yearhere" if is_last else "year"}" x="{x:g}" y="{y + 3:g}">{place.year % 100:02}</text>'
        )
    return svg(LEFT + CELL * LANES + 10, bottom + 44, label, parts, "picture plane")


def _spots(places: list[Place]) -> list[tuple[float, float]]:
    """Give every year a spot of its own within its cell, in the order of the years."""
    taken: defaultdict[tuple[int, int | None], int] = defaultdict(int)
    found: list[tuple[float, float]] = []
    for place in places:
        key = place.concern, place.accountability
        number = taken[key]
        taken[key] += 1
        column, row = number % 5, number // 5
        found.append((_x(place.concern) + 10 + column * STEP, _y(place.accountability) + 10 + row * STEP))
    return found


def _x(concern: int) -> int:
    return LEFT + CELL * concern


def _y(accountability: int | None) -> int:
    lane = LANES if accountability is None else LANES - 1 - accountability
    return TOP + CELL * lane


def _grid(bottom: int) -> list[str]:
    right = LEFT + CELL * LANES
    parts = []
    for level in range(LANES):
        middle = _x(level) + CELL / 2
        parts.append(f'<rect class="c{level}" x="{_x(level)}" y="{bottom}" width="{CELL}" height="18"/>')
        parts.append(f'<text class="n{level}" x="{middle:g}" y="{bottom + 13}">{level}</text>')
        y = _y(level) + CELL / 2
        parts.append(f'<rect class="r{level}" x="{LEFT - 18}" y="{_y(level)}" width="18" height="{CELL}"/>')
        parts.append(f'<text class="n{level}" x="{LEFT - 9}" y="{y + 4:g}">{level}</text>')
    for number in range(LANES + 1):
        x, y = LEFT + CELL * number, TOP + CELL * number
        parts.append(f'<path class="hair" d="M{x} {TOP}V{bottom}M{LEFT} {y}H{right}"/>')
    lane = _y(None) + CELL / 2
    parts.append(f'<path class="rule" d="M{LEFT} {TOP}V{bottom}H{right}"/>')
    parts.append(f'<text class="small" x="0" y="{lane - 4:g}">no level of</text>')
    parts.append(f'<text class="small" x="0" y="{lane + 9:g}">accountability</text>')
    parts.append(
        f'<text class="small" x="0" y="{TOP + 9}">Account-</text>'
        f'<text class="small" x="0" y="{TOP + 21}">ability,</text>'
    )
    parts.append(f'<text class="small" x="0" y="{TOP + 33}">5 is best</text>')
    parts.append(f'<text class="small" x="{LEFT}" y="{bottom + 34}">{words("Concern, 5 is worst")}</text>')
    return parts


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> list[str]:
    """Return the last move: a line from edge to edge of its dots, and its head."""
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1)
    if length < 20:  # the dots touch: no room for a line
        return []
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    tip_x, tip_y = x2 - ux * 10, y2 - uy * 10
    back_x, back_y = tip_x - ux * 10, tip_y - uy * 10
    wing_x, wing_y = -uy * 5, ux * 5
    corners = ((tip_x, tip_y), (back_x + wing_x, back_y + wing_y), (back_x - wing_x, back_y - wing_y))
    head = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return [
        f'<line class="move" x1="{x1 + ux * 9:.1f}" y1="{y1 + uy * 9:.1f}" x2="{back_x:.1f}" y2="{back_y:.1f}"/>',
        f'<polygon class="head" points="{head}"/>',
    ]
