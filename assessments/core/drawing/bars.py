"""How often each level was given to each question: one bar a question, in parts that add up to all countries.

As wide as a phone, so that no numeral is scaled down on one.
"""

from collections.abc import Iterable, Mapping

from assessments.core.drawing.look import svg, words

LEFT, WIDE, HIGH = 40, 284, 20
LEAST = 12  # units of width a numeral needs


def bars(lines: Iterable[tuple[str, bool, Mapping[str, int]]], label: str) -> str:
    """Return the bars; a line is a code, whether its scale is one of concern, and countries by character."""
    parts, y = [], 4
    for code, is_concern, counts in lines:
        total = sum(counts.values()) or 1
        parts.append(f'<text class="word" x="0" y="{y + 14}">{words(code)}</text>')
        x = float(LEFT)
        scale = "c" if is_concern else "r"
        order = [*(str(level) for level in range(6)), *sorted(set(counts) - set("012345"))]
        for letter in order:
            number = counts.get(letter, 0)
            if not number:
                continue
            wide = WIDE * number / total
            look = f"{scale}{letter}" if letter.isdigit() else f"s{letter}"
            ink = f"n{letter}" if letter.isdigit() else "dark"
            parts.append(f'<rect class="{look}" x="{x:.1f}" y="{y + 1}" width="{wide:.1f}" height="{HIGH - 4}"/>')
            if wide >= LEAST and letter.isdigit():
                parts.append(f'<text class="{ink}" x="{x + wide / 2:.1f}" y="{y + 13}">{letter}</text>')
            x += wide
        y += HIGH
    return svg(LEFT + WIDE + 4, y + 4, label, parts, "picture bars")
