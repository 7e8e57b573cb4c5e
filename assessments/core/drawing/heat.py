"""The heat map as a picture of its own: countries by questions. Cells of one look are one path, so it stays small."""

from collections import defaultdict
from collections.abc import Sequence

from assessments.core.drawing.look import svg, words

LEFT, TOP, WIDE, HIGH = 190, 30, 18, 15
SIGNS = {"i": "?", "n": "n", "q": "q", "k": "k", "a": "–", "u": "·"}
"""The sign of each state in a cell."""


def heat(
    columns: Sequence[tuple[str, bool]], rows: Sequence[tuple[str, str, int | None, int | None]], label: str
) -> str:
    """Return the picture. A column is a code and whether its scale is one of concern; a row a name, its characters in
    the order of the columns, and both derived levels."""
    cells: defaultdict[str, list[str]] = defaultdict(list)
    signs: list[str] = []
    heads = ["CL", "AL", *(code for code, _ in columns)]
    for place, code in enumerate(heads):
        x = LEFT + place * WIDE + WIDE / 2
        signs.append(f'<text class="year" x="{x:g}" y="{TOP - 6}">{words(code.removeprefix("I"))}</text>')
    for number, (name, letters, concern, accountability) in enumerate(rows):
        y = TOP + number * HIGH
        signs.append(f'<text class="small" x="0" y="{y + 11}">{words(name)}</text>')
        told = ["u" if level is None else str(level) for level in (concern, accountability)]
        kinds = [True, False, *(is_concern for _, is_concern in columns)]
        for place, (letter, is_concern) in enumerate(zip([*told, *letters], kinds, strict=True)):
            x = LEFT + place * WIDE
            look = f"{'c' if is_concern else 'r'}{letter}" if letter.isdigit() else f"s{letter}"
            cells[look].append(f"M{x} {y}h{WIDE}v{HIGH}h-{WIDE}z")
        for ink, wanted in (("year", "0123"), ("yearhere", "45"), ("year", "inqkau")):
            signs += _signs([*told, *letters], wanted, ink, y)
    parts = [f'<path class="{look}" d="{"".join(found)}"/>' for look, found in sorted(cells.items())]
    width = LEFT + WIDE * len(heads) + 4
    return svg(width, TOP + HIGH * len(rows) + 4, label, [*parts, *signs], "picture heat")


def _signs(letters: Sequence[str], wanted: str, ink: str, y: int) -> list[str]:
    """Return the signs of one row in one ink as one text, each at its place."""
    places = [n for n, letter in enumerate(letters) if letter in wanted]
    if not places:
        return []
    xs = " ".join(f"{LEFT + place * WIDE + WIDE / 2:g}" for place in places)
    text = "".join(SIGNS.get(letters[place], letters[place]) for place in places)
    return [f'<text class="{ink}" x="{xs}" y="{y + 11}">{text}</text>']
