"""What every picture shares: words and shapes as SVG text, and the looks of classes in a file of its own.

On a page a class has its color from the style sheet, light or dark. A file has no style sheet: `standalone` puts the
printed color of each class into the element itself, which every program that opens SVG understands.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

CONCERN: Final = ("#fbf3e6", "#f3d9b1", "#e3ae6b", "#c27a35", "#8f4a17", "#4a1f08")
RESPONSE: Final = ("#eef3f8", "#cbddeb", "#93b9d6", "#5590bc", "#2a6496", "#10365c")
INK, PAPER, QUIET, RULE, HAIR = "#1b1b1b", "#ffffff", "#55595e", "#8a9097", "#d5d9de"
FACE: Final = "Public Sans, Helvetica, Arial, sans-serif"


def _text(size: int, fill: str = INK, *, anchor: str = "", weight: str = "") -> str:
    more = f' text-anchor="{anchor}"' if anchor else ""
    more += f' font-weight="{weight}"' if weight else ""
    return f'fill="{fill}" font-family="{FACE}" font-size="{size}"{more}'


def _fill(color: str, edge: str = RULE, width: float = 0.5, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="{color}" stroke="{edge}" stroke-width="{width}"{dashed}'


LOOKS: Final[Mapping[str, str]] = {
    **{f"c{level}": _fill(color) for level, color in enumerate(CONCERN)},
    **{f"r{level}": _fill(color) for level, color in enumerate(RESPONSE)},
    **{f"n{level}": _text(11, INK if level < 4 else PAPER, anchor="middle", weight="700") for level in range(6)},
    "sn": _fill(PAPER, INK, 0.6, "3 2"),
    "si": _fill(PAPER, INK, 0.8, "1 2"),
    "sa": _fill(PAPER, HAIR),
    "sk": _fill(PAPER, RULE),
    "sq": _fill(PAPER, RULE),
    "su": _fill(PAPER, HAIR),
    "pp": _fill("#000000", "#000000", 1),
    "t1": _fill("#e3e6ea"),
    "t2": _fill("#c2c8ce"),
    "tw": _fill("#8a9097"),
    "t3": _fill("#1b1b1b"),
    "ts": _fill(PAPER, INK, 0.8, "1 2"),
    "none": _fill(PAPER, QUIET, 0.7, "3 2"),
    "land": _fill(PAPER),
    "rule": f'stroke="{RULE}" stroke-width="1" fill="none"',
    "hair": f'stroke="{HAIR}" stroke-width="1" fill="none"',
    "dash": f'stroke="{INK}" stroke-width="1.2" fill="none" stroke-dasharray="4 3"',
    "way": f'stroke="{QUIET}" stroke-width="1.2" fill="none"',
    "move": f'stroke="{INK}" stroke-width="2.5" fill="none"',
    "head": f'fill="{INK}"',
    "dot": _fill(PAPER, INK, 1),
    "here": _fill(INK, INK, 1),
    "before": f'fill="none" stroke="{INK}" stroke-width="1.2" stroke-dasharray="2 1.5"',
    "was": _fill(PAPER, INK, 1.2),
    "hit": 'fill="none"',
    "word": _text(12),
    "mid": _text(12, anchor="middle"),
    "end": _text(12, anchor="end"),
    "small": _text(10, QUIET),
    "smallmid": _text(10, QUIET, anchor="middle"),
    "year": _text(9, INK, anchor="middle"),
    "yearhere": _text(9, PAPER, anchor="middle", weight="700"),
    "bold": _text(12, weight="700"),
    "dark": _text(11, INK, anchor="middle", weight="700"),
    "light": _text(11, PAPER, anchor="middle", weight="700"),
    "strip-line": f'stroke="{HAIR}" stroke-width="1"',
    "strip-lane": _text(12, QUIET),
    "strip-year": _text(11, anchor="middle"),
    "strip-listed": _fill(RESPONSE[5], RESPONSE[5], 1.5),
    "strip-derived": _fill(PAPER, INK, 1.5, "5 2"),
    "strip-conflict": _fill(PAPER, INK, 2, "1.5 2"),
    "strip-numeral-listed": _text(12, PAPER, anchor="middle", weight="700"),
    "strip-numeral-derived": _text(12, anchor="middle", weight="700"),
    "strip-numeral-conflict": _text(12, anchor="middle", weight="700"),
    "strip-sign": 'font-size="9" font-weight="400"',
}
"""By class: what it looks like in a file. On a page pictures.css draws each, reference.css the strip of tiers."""

_CLASS = re.compile(r' class="([\w -]+)"')
_LINK = re.compile(r"</?a\b[^>]*>")


def words(text: object) -> str:
    """Return a text that stands between tags or in quotes."""
    return escape(str(text))


def svg(width: float, height: float, label: str, parts: Iterable[str], name: str = "picture") -> str:
    """Return a picture with its name for those who do not see it."""
    head = f'<svg class="{name}" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return f'{head} role="img" aria-label="{words(label)}">{"".join(parts)}</svg>'


def stacked(drawings: Sequence[str], gap: int = 14) -> str:
    """Return pictures beneath each other as one, as wide as the widest; their names are left to it."""
    parts, y, wide = [], 0.0, 0.0
    for drawn in drawings:
        found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
        width, height = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
        parts.append(f'<g transform="translate(0 {y:g})">{drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]}</g>')
        y, wide = y + height + gap, max(wide, width)
    return svg(wide, max(y - gap, 0), "", parts)


def standalone(drawn: str, title: str, notes: Iterable[str] = ()) -> bytes:
    """Return the picture as a file: colors in its elements, no links, title and notes beneath the drawing."""
    lines = [title, *notes]
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
    width, height = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    foot = "".join(
        f'<text class="small" x="4" y="{height + 14 + 13 * place:g}">{words(line)}</text>'
        for place, line in enumerate(lines)
    )
    total = height + 8 + 13 * len(lines) + 6
    inner = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {total:g}" width="{width:g}" '
        f'height="{total:g}" role="img"><title>{words(title)}</title>'
        f'<rect width="{width:g}" height="{total:g}" fill="{PAPER}"/>'
    )
    body = _CLASS.sub(_looked, _LINK.sub("", inner) + foot)
    return f"{head}{body}</svg>\n".encode()


def _looked(found: re.Match[str]) -> str:
    looks = [LOOKS[name] for name in found[1].split() if name in LOOKS]
    return f" {looks[0]}" if looks else ""
