"""The answers of one country by group: each question's scale with its level, and last year's as a dashed edge."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.core.drawing.look import svg, words

LEFT, BOX, HIGH, WIDTH = 330, 40, 20, 640
SIGNS = {"i": "?", "n": "not assessed", "q": "no request", "k": "no known cases", "a": "–", "u": "no answer"}


@dataclass(frozen=True, slots=True)
class Line:
    """One question: `answer` and `before` are characters of core.figures; "" where there was no year before."""

    code: str
    title: str
    is_concern: bool
    top: int
    answer: str
    before: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions under its title."""

    title: str
    lines: tuple[Line, ...]


def profile(groups: Iterable[Group], label: str) -> str:
    """Return the picture, group by group."""
    parts, y = [], 4
    for group in groups:
        parts.append(f'<text class="bold" x="0" y="{y + 15}">{words(group.title)}</text>')
        y += 24
        for line in group.lines:
            parts += _line(line, y)
            y += HIGH
        y += 8
    return svg(WIDTH, y, label, parts, "picture profile")


def _line(line: Line, y: int) -> Iterable[str]:
    yield f'<text class="word" x="0" y="{y + 14}">{words(line.code)}</text>'
    title = line.title if len(line.title) < 48 else f"{line.title[:46]}…"
    yield f'<text class="word" x="34" y="{y + 14}">{words(title)}</text>'
    scale = "c" if line.is_concern else "r"
    cells = "".join(f"M{LEFT + BOX * level} {y + 2}h{BOX}v{HIGH - 4}h-{BOX}z" for level in range(line.top + 1))
    yield f'<path class="hair" d="{cells}"/>'
    if line.answer.isdigit():
        level = int(line.answer)
        x = LEFT + BOX * level
        yield f'<rect class="{scale}{level}" x="{x}" y="{y + 2}" width="{BOX}" height="{HIGH - 4}"/>'
        yield f'<text class="n{level}" x="{x + BOX // 2}" y="{y + 14}">{level}</text>'
    else:
        yield f'<text class="small" x="{LEFT + BOX * (line.top + 1) + 6}" y="{y + 14}">{SIGNS[line.answer]}</text>'
    if line.before.isdigit() and line.before != line.answer:
        x = LEFT + BOX * int(line.before)
        yield f'<rect class="before" x="{x + 2}" y="{y + 4}" width="{BOX - 4}" height="{HIGH - 8}"/>'
