"""Countries alike in a group but for one question: how many stand on which level of it, and how far apart they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments.core.drawing.look import svg, words

LEFT, STEP, HIGH, TOP, WIDTH = 46, 36, 24, 24, 320


@dataclass(frozen=True, slots=True)
class Difference:
    """One question: its code, whether its scale is one of concern, and the countries on each level."""

    code: str
    is_concern: bool
    by_level: Mapping[str, Sequence[str]]


def apart(lines: Iterable[Difference], label: str) -> str:
    """Return the picture, a question below the other in the order given; a dot has the number of its countries."""
    parts = [
        '<text class="small" x="0" y="12">Level</text>',
        *(f'<text class="smallmid" x="{at(level):g}" y="12">{level}</text>' for level in range(6)),
    ]
    y = TOP
    for line in lines:
        parts += _line(line, y)
        y += HIGH
    return svg(WIDTH, y + 4, label, parts, "picture apart")


def at(level: int) -> float:
    """Return where a level stands."""
    return LEFT + STEP * level + STEP / 2


def _line(line: Difference, y: int) -> Iterator[str]:
    middle = y + HIGH / 2
    levels = sorted(int(level) for level in line.by_level)
    yield f'<text class="word" x="0" y="{middle + 4:g}">{words(line.code)}</text>'
    yield f'<path class="hair" d="M{at(0):g} {middle:g}H{at(5):g}"/>'
    yield f'<line class="move" x1="{at(levels[0]):g}" y1="{middle:g}" x2="{at(levels[-1]):g}" y2="{middle:g}"/>'
    for level in levels:
        names = line.by_level[str(level)]
        look = f"{'c' if line.is_concern else 'r'}{level}"
        yield f'<circle class="{look}" cx="{at(level):g}" cy="{middle:g}" r="10">'
        yield f"<title>{words(line.code)} level {level}: {words(', '.join(names))}</title></circle>"
        yield f'<text class="n{level}" x="{at(level):g}" y="{middle + 4:g}">{len(names)}</text>'
    distance = levels[-1] - levels[0]
    yield f'<text class="small" x="{LEFT + STEP * 6 + 8}" y="{middle + 4:g}">{distance} apart</text>'
