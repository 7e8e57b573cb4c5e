"""Where countries moved: last year's level as a hollow dot, this year's as a full one, a line from one to the other.

As wide as a phone, so that no numeral is scaled down on one. Both scales stand beside each other, each from 0 to 5; in
front of 0 is the place of a country without that level.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessments.core.drawing.look import svg, words

STEP, BETWEEN, HIGH, TOP = 20, 24, 38, 34
TRACK = 7 * STEP
WIDTH = 2 * TRACK + BETWEEN
SCALES = (("c", 0, "Concern, 5 is worst"), ("r", TRACK + BETWEEN, "Accountability, 5 is best"))
NONE = "none"


@dataclass(frozen=True, slots=True)
class Move:
    """One country: concern and accountability before and now. None: no such level was derived."""

    name: str
    before: tuple[int | None, int | None]
    now: tuple[int | None, int | None]


def dumbbells(moves: Iterable[Move], label: str) -> str:
    """Return the picture, a country below the other in the order given."""
    parts, y = [*_heads()], TOP
    for move in moves:
        parts.append(f'<text class="word" x="0" y="{y + 11}">{words(move.name)}</text>')
        for (scale, left, _), old, new in zip(SCALES, move.before, move.now, strict=True):
            parts += _track(scale, left, y + 24, move.name, old, new)
        y += HIGH
    return svg(WIDTH, y + 4, label, parts, "picture dumbbells")


def _heads() -> Iterator[str]:
    for _, left, title in SCALES:
        yield f'<text class="small" x="{left}" y="10">{words(title)}</text>'
        for level in (None, *range(6)):
            sign = "–" if level is None else level
            yield f'<text class="smallmid" x="{at(left, level):g}" y="26">{sign}</text>'


def at(left: int, level: int | None) -> float:
    """Return where a level stands on a scale that begins at `left`."""
    return left + STEP * (0 if level is None else level + 1) + STEP / 2


def _track(scale: str, left: int, y: int, name: str, old: int | None, new: int | None) -> Iterator[str]:
    start, end = at(left, old), at(left, new)
    yield f'<path class="hair" d="M{at(left, None):g} {y}H{at(left, 5):g}"/>'
    told = NONE if new is None else str(new)
    if old != new:
        way = 1 if end > start else -1
        yield f'<line class="move" x1="{start + way * 5:g}" y1="{y}" x2="{end - way * 8:g}" y2="{y}"/>'
        yield f'<circle class="was" cx="{start:g}" cy="{y}" r="5"/>'
        told = f"{NONE if old is None else old} to {told}"
    scale_name = "concern" if scale == "c" else "accountability"
    look = "su" if new is None else f"{scale}{new}"
    yield f'<circle class="{look}" cx="{end:g}" cy="{y}" r="8">'
    yield f"<title>{words(name)}: {scale_name} {told}</title></circle>"
    if new is None:
        yield f'<text class="smallmid" x="{end:g}" y="{y + 4}">–</text>'
    else:
        yield f'<text class="n{new}" x="{end:g}" y="{y + 4}">{new}</text>'
