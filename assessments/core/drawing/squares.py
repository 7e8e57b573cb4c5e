"""Our level beside the recorded tier: a square a pair, its area the number of country-years, the number beneath."""

import math
from collections.abc import Iterator, Sequence

from assessments.core.drawing.look import svg, words

LEFT, WIDE, HIGH, TOP, SIDE = 92, 34, 44, 26, 26
WIDTH = LEFT + WIDE * 6 + 24


def squares(counts: Sequence[Sequence[int]], names: Sequence[str], *, scale: str, title: str, label: str) -> str:
    """Return the picture: a row a tier, a column a level. `counts` are by row and level; `scale` is "c" or "r"."""
    most = max((number for row in counts for number in row), default=0) or 1
    parts = [f'<text class="bold" x="0" y="10">{words(title)}</text>']
    parts += [f'<text class="smallmid" x="{at(level):g}" y="{TOP}">{level}</text>' for level in range(6)]
    for place, (name, row) in enumerate(zip(names, counts, strict=True)):
        parts += _row(name, row, TOP + 6 + place * HIGH, most, scale)
    return svg(WIDTH, TOP + 6 + HIGH * len(counts) + 2, label, parts, "picture squares")


def at(level: int) -> float:
    """Return the middle of a level's column."""
    return LEFT + WIDE * level + WIDE / 2


def side(number: int, most: int) -> float:
    """Return how long the side of a square is, so that its area goes with the number."""
    return SIDE * math.sqrt(number / most)


def _row(name: str, row: Sequence[int], y: int, most: int, scale: str) -> Iterator[str]:
    yield f'<path class="hair" d="M0 {y}H{WIDTH}"/>'
    yield f'<text class="small" x="0" y="{y + 22}">{words(name)}</text>'
    for level, number in enumerate(row):
        if number:
            long = side(number, most)
            x, top = at(level) - long / 2, y + 2 + (SIDE - long) / 2
            yield f'<rect class="{scale}{level}" x="{x:.1f}" y="{top:.1f}" width="{long:.1f}" height="{long:.1f}">'
            yield f"<title>{words(name)}, level {level}: {number}</title></rect>"
        yield f'<text class="mid" x="{at(level):g}" y="{y + HIGH - 4}">{number or "·"}</text>'
    yield f'<text class="small" x="{LEFT + WIDE * 6 + 4}" y="{y + 22}">{sum(row)}</text>'
